#include <errno.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/memory.h"
#include "http/http_internal.h"

/* A server drops idle connections without telling; one that was idle longer is not used again. */
#define IDLE_MOST_S 20L

struct http_exchange *exchange_new(struct http *http, const struct http_request *request)
{
    struct http_exchange *exchange = memory_new(1, sizeof *exchange);

    exchange->http = http;
    exchange->body_fd = -1;
    exchange->sink_fd = -1;
    exchange->is_head = request->method && strcmp(request->method, "HEAD") == 0;
    exchange->timeout_ms = request->timeout_ms;
    exchange->reply_max_bytes = request->reply_max_bytes;
    exchange->began_boot_ms = clock_boot_ms(http->clock);
    buffer_init(&exchange->body, request->reply_max_bytes);
    return exchange;
}

void exchange_free(struct http_exchange *exchange)
{
    for (struct curl_slist *h = exchange->headers; h; h = h->next) {
        memory_wipe(h->data, strlen(h->data));
    }
    curl_easy_cleanup(exchange->easy);
    curl_url_cleanup(exchange->url);
    curl_slist_free_all(exchange->headers);
    if (exchange->body_fd >= 0) {
        close(exchange->body_fd);
    }
    exchange_forget_secrets(exchange);
    memory_wipe(exchange->body.at, exchange->body.size); /* may be tokens */
    buffer_done(&exchange->body);
    memory_free(exchange->sink_path);
    memory_free(exchange->host);
    memory_free(exchange);
}

/* ---- what libcurl calls ---- */

/*
 * Right before the request is written. libcurl sends a second time, by itself, what it had sent
 * over a connection that turned out to be closed; whether the first was carried out it cannot
 * know. Here that ends.
 */
static int before_request(void *self, char *their_ip, char *our_ip, int their_port, int our_port)
{
    struct http_exchange *exchange = self;

    (void)their_ip;
    (void)our_ip;
    (void)their_port;
    (void)our_port;
    if (exchange->begun) {
        return CURL_PREREQFUNC_ABORT;
    }
    exchange->begun = true;
    return CURL_PREREQFUNC_OK;
}

static size_t on_header(char *at, size_t size, size_t count, void *self)
{
    struct http_exchange *exchange = self;

    /* 100 Continue has headers of its own, which end too */
    if (text_starts((struct text){at, size * count}, "HTTP/")) {
        exchange->headers_ended = false;
    } else if (*at == '\r' || *at == '\n') {
        exchange->headers_ended = true;
    }
    exchange->header_bytes += size * count;
    if (exchange->header_bytes > HTTP_HEADERS_MOST_BYTES) {
        (void)error_set(&exchange->err, ERROR_REJECTED, "too-big",
                        "%s answered with more than 64 KB of headers", exchange->host);
        return 0;
    }
    return size * count;
}

static bool write_all(int fd, const char *at, size_t size)
{
    while (size > 0) {
        ssize_t n = write(fd, at, size);

        if (n < 0 && errno != EINTR) {
            return false;
        }
        if (n > 0) {
            at += n;
            size -= (size_t)n;
        }
    }
    return true;
}

static bool goes_to_sink(const struct http_exchange *exchange)
{
    long status = 0;

    curl_easy_getinfo(exchange->easy, CURLINFO_RESPONSE_CODE, &status);
    return exchange->sink_fd >= 0 && status / 100 == 2;
}

static size_t on_body(char *at, size_t one, size_t size, void *self)
{
    struct http_exchange *exchange = self;

    (void)one; /* always 1 */
    if (size > exchange->reply_max_bytes - (size_t)exchange->reply.body_size) {
        (void)error_set(&exchange->err, ERROR_REJECTED, "too-big",
                        "%s answered with more than %zu bytes", exchange->host,
                        exchange->reply_max_bytes);
        return 0;
    }
    if (!goes_to_sink(exchange)) {
        buffer_add(&exchange->body, at, size);
    } else if (!write_all(exchange->sink_fd, at, size)) {
        (void)error_set(&exchange->err, ERROR_CONFIG, "file", "%s cannot be written: %s",
                        exchange->sink_path, strerror(errno));
        return 0;
    }
    exchange->reply.body_size += (int64_t)size;
    return size;
}

static size_t on_read(char *to, size_t one, size_t size, void *self)
{
    struct http_exchange *exchange = self;
    size_t most = exchange->body_left < (int64_t)size ? (size_t)exchange->body_left : size;
    ssize_t n;

    (void)one; /* always 1 */
    if (most == 0) {
        return 0;
    }
    do {
        n = read(exchange->body_fd, to, most);
    } while (n < 0 && errno == EINTR);
    if (n <= 0) {
        (void)error_set(&exchange->err, ERROR_CONFIG, "file", "the file that was being sent %s",
                        n < 0 ? "cannot be read any more" : "became shorter meanwhile");
        return CURL_READFUNC_ABORT;
    }
    exchange->body_left -= n;
    return (size_t)n;
}

/* ---- files ---- */

static bool open_body(struct http_exchange *exchange, const char *path, struct error *err)
{
    struct stat s;

    exchange->body_fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
    if (exchange->body_fd < 0 || fstat(exchange->body_fd, &s) < 0) {
        return error_set(err, ERROR_CONFIG, "file", "%s cannot be read: %s", path, strerror(errno));
    }
    if (!S_ISREG(s.st_mode)) {
        return error_set(err, ERROR_CONFIG, "file", "%s is not a regular file", path);
    }
    exchange->body_left = s.st_size;
    return true;
}

/* Before anything is sent: what cannot be kept is not asked for. */
static bool open_sink(struct http_exchange *exchange, const char *path, struct error *err)
{
    int fd = open(path, O_WRONLY | O_CREAT | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK, 0600);
    struct stat s;
    bool ok = fd >= 0 && fstat(fd, &s) == 0 && S_ISREG(s.st_mode) && fchmod(fd, 0600) == 0 &&
              ftruncate(fd, 0) == 0;
    int why = fd >= 0 && !ok ? EINVAL : errno;

    if (!ok) {
        if (fd >= 0) {
            close(fd);
        }
        return error_set(err, ERROR_CONFIG, "file", "%s cannot be written: %s", path,
                         strerror(why));
    }
    exchange->sink_fd = fd;
    exchange->sink_path = memory_copy_text(path);
    return true;
}

/* ---- libcurl's handle ---- */

static void set_safety(CURL *easy, const struct http *http)
{
    curl_easy_setopt(easy, CURLOPT_PROTOCOLS_STR, "http,https");
    curl_easy_setopt(easy, CURLOPT_FOLLOWLOCATION, 0L);
    curl_easy_setopt(easy, CURLOPT_PROXY, "");
    curl_easy_setopt(easy, CURLOPT_NETRC, (long)CURL_NETRC_IGNORED);
    curl_easy_setopt(easy, CURLOPT_SSL_VERIFYPEER, 1L);
    curl_easy_setopt(easy, CURLOPT_SSL_VERIFYHOST, 2L);
    curl_easy_setopt(easy, CURLOPT_SSLVERSION, (long)CURL_SSLVERSION_TLSv1_2);
    curl_easy_setopt(easy, CURLOPT_HTTP_VERSION, (long)CURL_HTTP_VERSION_1_1);
    curl_easy_setopt(easy, CURLOPT_HTTP09_ALLOWED, 0L);
    curl_easy_setopt(easy, CURLOPT_NOSIGNAL, 1L);
    /* a name server that does not answer must not hold up the loop when we cancel */
    curl_easy_setopt(easy, CURLOPT_QUICK_EXIT, 1L);
    curl_easy_setopt(easy, CURLOPT_MAXAGE_CONN, IDLE_MOST_S);
    if (http->ca_file) {
        curl_easy_setopt(easy, CURLOPT_CAINFO, http->ca_file);
    }
}

static void set_callbacks(CURL *easy, struct http_exchange *exchange)
{
    curl_easy_setopt(easy, CURLOPT_PRIVATE, exchange);
    curl_easy_setopt(easy, CURLOPT_ERRORBUFFER, exchange->why);
    curl_easy_setopt(easy, CURLOPT_PREREQFUNCTION, before_request);
    curl_easy_setopt(easy, CURLOPT_PREREQDATA, exchange);
    curl_easy_setopt(easy, CURLOPT_HEADERFUNCTION, on_header);
    curl_easy_setopt(easy, CURLOPT_HEADERDATA, exchange);
    curl_easy_setopt(easy, CURLOPT_WRITEFUNCTION, on_body);
    curl_easy_setopt(easy, CURLOPT_WRITEDATA, exchange);
    curl_easy_setopt(easy, CURLOPT_READFUNCTION, on_read);
    curl_easy_setopt(easy, CURLOPT_READDATA, exchange);
}

static void set_request(CURL *easy, struct http_exchange *exchange,
                        const struct http_request *request)
{
    const struct http *http = exchange->http;

    exchange->headers = request_headers(request);
    curl_easy_setopt(easy, CURLOPT_CURLU, exchange->url);
    curl_easy_setopt(easy, CURLOPT_HTTPHEADER, exchange->headers);
    curl_easy_setopt(easy, CURLOPT_USERAGENT, http->user_agent);
    if (!request->sink_path) {
        /* libcurl does not notice a packed body that ends too early; JSON does, a file does not */
        curl_easy_setopt(easy, CURLOPT_ACCEPT_ENCODING, "gzip");
    }
    curl_easy_setopt(easy, CURLOPT_TIMEOUT_MS, (long)request->timeout_ms);
    curl_easy_setopt(easy, CURLOPT_CONNECTTIMEOUT_MS, (long)http->connect_timeout_ms);
    if (exchange->is_head) {
        curl_easy_setopt(easy, CURLOPT_NOBODY, 1L);
        return;
    }
    if (request->body_path) {
        curl_easy_setopt(easy, CURLOPT_POST, 1L);
        curl_easy_setopt(easy, CURLOPT_POSTFIELDSIZE_LARGE, (curl_off_t)exchange->body_left);
    } else if (request_has_body(request)) {
        curl_easy_setopt(easy, CURLOPT_POSTFIELDS, request->body.at ? request->body.at : "");
        curl_easy_setopt(easy, CURLOPT_POSTFIELDSIZE_LARGE, (curl_off_t)request->body.size);
    }
    curl_easy_setopt(easy, CURLOPT_CUSTOMREQUEST, request->method);
}

bool exchange_prepare(struct http_exchange *exchange, const struct http_request *request,
                      struct error *err)
{
    if (!request_check(request, err) ||
        !address_parse(request->url, request->allow_hosts, &exchange->url, &exchange->host, err) ||
        (request->body_path && !open_body(exchange, request->body_path, err)) ||
        (request->sink_path && !open_sink(exchange, request->sink_path, err))) {
        return false;
    }
    exchange->easy = curl_easy_init();
    set_safety(exchange->easy, exchange->http);
    set_callbacks(exchange->easy, exchange);
    set_request(exchange->easy, exchange, request);
    exchange_note_secret(exchange, request);
    return true;
}
