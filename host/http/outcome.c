#include <ctype.h>
#include <strings.h>
#include <unistd.h>

#include "base/memory.h"
#include "http/http_internal.h"

/* More than that is no advice. */
#define RETRY_DIGITS_MOST 9

/* ---- why it failed ---- */

static bool is_certificate(CURLcode code)
{
    static const CURLcode codes[] = {CURLE_PEER_FAILED_VERIFICATION, CURLE_SSL_CERTPROBLEM,
                                     CURLE_SSL_CACERT_BADFILE,       CURLE_SSL_CRL_BADFILE,
                                     CURLE_SSL_ISSUER_ERROR,         CURLE_SSL_INVALIDCERTSTATUS};

    for (size_t i = 0; i < sizeof codes / sizeof *codes; i++) {
        if (codes[i] == code) {
            return true;
        }
    }
    return false;
}

/* The own words of libcurl only where they cannot contain what was sent. */
static const char *own_words(const struct http_exchange *exchange, CURLcode code)
{
    bool safe = is_certificate(code) || code == CURLE_COULDNT_CONNECT ||
                code == CURLE_COULDNT_RESOLVE_HOST || code == CURLE_SSL_CONNECT_ERROR;

    return safe && exchange->why[0] ? exchange->why : curl_easy_strerror(code);
}

#define STATUS_MOST 999

/* libcurl is content with headers that end in the middle of a line. */
static bool is_whole(const struct http_exchange *exchange)
{
    return exchange->headers_ended && exchange->reply.status >= 200;
}

/* It also reads numbers of four digits and more ("HTTP/2 9114"), which are no status of anything.
 */
static int read_status(const struct http_exchange *exchange)
{
    long status = 0;

    curl_easy_getinfo(exchange->easy, CURLINFO_RESPONSE_CODE, &status);
    return status <= STATUS_MOST ? (int)status : 0;
}

static void explain(struct http_exchange *exchange, CURLcode code)
{
    const char *host = exchange->host;

    if (exchange->err.kind != ERROR_NONE || (code == CURLE_OK && is_whole(exchange))) {
        return; /* we stopped it ourselves, or all is well */
    }
    if (code == CURLE_OPERATION_TIMEDOUT) {
        (void)error_set(&exchange->err, ERROR_TRANSIENT, "timeout",
                        "%s did not answer in time (%u ms)", host, (unsigned)exchange->timeout_ms);
    } else if (is_certificate(code)) {
        (void)error_set(&exchange->err, ERROR_TRANSIENT, "certificate",
                        "the certificate of %s cannot be trusted: %s", host,
                        own_words(exchange, code));
    } else if (code == CURLE_OUT_OF_MEMORY || code == CURLE_FILESIZE_EXCEEDED) {
        /* libcurl's word for a line of headers that does not end */
        (void)error_set(&exchange->err, ERROR_REJECTED, "too-big",
                        "%s answered with more than 64 KB of headers", host);
    } else if (exchange->reply.status != 0 && code != CURLE_BAD_CONTENT_ENCODING) {
        (void)error_set(&exchange->err, ERROR_TRANSIENT, "truncated",
                        "the reply of %s ended too early", host);
    } else if (code == CURLE_OK && exchange->headers_ended) {
        (void)error_set(&exchange->err, ERROR_TRANSIENT, "network",
                        "%s answered with no status that there is", host);
    } else if (code == CURLE_ABORTED_BY_CALLBACK || code == CURLE_GOT_NOTHING || code == CURLE_OK) {
        (void)error_set(&exchange->err, ERROR_TRANSIENT, "network",
                        "%s closed the connection without a reply", host);
    } else {
        (void)error_set(&exchange->err, ERROR_TRANSIENT, "network", "%s: %s", host,
                        own_words(exchange, code));
    }
}

/* ---- what came ---- */

/* Would we have noticed, had the reply been cut? */
static bool is_length_known(const struct http_exchange *exchange)
{
    const struct http_reply *reply = &exchange->reply;
    const char *transfer = http_header(reply, "Transfer-Encoding");
    curl_off_t length = -1;

    if (exchange->is_head || reply->status == 204 || reply->status == 304) {
        return true;
    }
    if (transfer) {
        size_t size = strlen(transfer);
        return size >= 7 && strcasecmp(transfer + size - 7, "chunked") == 0;
    }
    curl_easy_getinfo(exchange->easy, CURLINFO_CONTENT_LENGTH_DOWNLOAD_T, &length);
    return length >= 0;
}

/* libcurl takes lone CRs, and line ends in lines that go on in the next one. */
static bool is_harmless(const char *value)
{
    for (const char *c = value; *c; c++) {
        if (((unsigned char)*c < 0x20 && *c != '\t') || *c == 0x7f) {
            return false;
        }
    }
    return true;
}

static void describe_reply(struct http_exchange *exchange)
{
    struct http_reply *reply = &exchange->reply;
    char *type = NULL;

    reply->status = read_status(exchange);
    if (reply->status != 0) {
        curl_easy_getinfo(exchange->easy, CURLINFO_CONTENT_TYPE, &type);
        reply->content_type = type && is_harmless(type) ? type : "";
        reply->length_known = is_length_known(exchange);
    }
}

static void settle_sink(struct http_exchange *exchange)
{
    bool keep = exchange->reply.complete && exchange->reply.status / 100 == 2;

    if (exchange->sink_fd < 0) {
        return;
    }
    if (close(exchange->sink_fd) != 0 && keep) {
        (void)error_set(&exchange->err, ERROR_CONFIG, "file", "%s cannot be written",
                        exchange->sink_path);
        exchange->reply.complete = keep = false;
        exchange->reply.outcome = HTTP_UNKNOWN;
    }
    exchange->sink_fd = -1;
    if (!keep) {
        unlink(exchange->sink_path);
    }
}

void exchange_conclude(struct http_exchange *exchange, CURLcode code)
{
    struct http_reply *reply = &exchange->reply;

    reply->exchange = exchange;
    reply->content_type = "";
    exchange_strike_out(exchange);
    reply->body = buffer_text(&exchange->body);
    reply->took_ms = clock_boot_ms(exchange->http->clock) - exchange->began_boot_ms;
    if (exchange->easy) {
        describe_reply(exchange);
    }
    explain(exchange, code);
    reply->complete = exchange->err.kind == ERROR_NONE;
    reply->outcome = reply->complete   ? HTTP_REPLIED
                     : exchange->begun ? HTTP_UNKNOWN
                                       : HTTP_NOT_SENT;
    settle_sink(exchange);
}

const char *http_header(const struct http_reply *reply, const char *name)
{
    struct curl_header *header = NULL;

    if (!reply->exchange || !reply->exchange->easy ||
        curl_easy_header(reply->exchange->easy, name, 0, CURLH_HEADER, -1, &header) != CURLHE_OK) {
        return NULL;
    }
    return is_harmless(header->value) ? header->value : NULL;
}

/* ---- Retry-After ---- */

static int64_t read_seconds(struct text digits)
{
    int64_t s = 0;

    for (size_t i = 0; i < digits.size; i++) {
        if (!isdigit((unsigned char)digits.at[i]) || i >= RETRY_DIGITS_MOST) {
            return -1;
        }
        s = s * 10 + (digits.at[i] - '0');
    }
    return digits.size > 0 ? s : -1;
}

int64_t http_retry_after_s(const struct http_reply *reply, const struct clock *clock)
{
    const char *value = http_header(reply, "Retry-After");
    int64_t s = value ? read_seconds(text_trim(text_of(value))) : -1;
    time_t when;

    /* every date of RFC 9110 has a time of day and begins with a day's name */
    if (!value || s >= 0 || !strchr(value, ':') || !isalpha((unsigned char)*value)) {
        return s;
    }
    when = curl_getdate(value, NULL);
    if (when == (time_t)-1) {
        return -1;
    }
    s = ((int64_t)when * 1000 - clock_wall_ms(clock) + 999) / 1000;
    return s > 0 ? s : 0;
}
