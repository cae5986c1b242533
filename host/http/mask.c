/*
 * Some servers repeat in an answer what was sent to them, the token too. Whatever is made of the
 * answer later, a message, a log, a record, the token must not be in it: it is struck out here.
 */
#include <strings.h>

#include "base/memory.h"
#include "crypto/crypto.h"
#include "http/http_internal.h"

/* What is shorter stands in texts by chance. */
#define SECRET_LEAST 8

static void add(struct http_exchange *exchange, struct text secret)
{
    char *copy;

    if (secret.size < SECRET_LEAST || exchange->secret_count == HTTP_SECRETS_MOST) {
        return;
    }
    copy = memory_new(secret.size + 1, 1);
    memcpy(copy, secret.at, secret.size);
    exchange->secrets[exchange->secret_count++] = copy;
}

/* "user:password" behind Basic: both, each for itself. */
static void add_pair(struct http_exchange *exchange, struct text encoded)
{
    struct buffer plain;
    struct text rest, user;

    buffer_init(&plain, HTTP_HEADERS_MOST_BYTES);
    if (crypto_unbase64(encoded, &plain, NULL)) {
        rest = buffer_text(&plain);
        user = text_split(&rest, ':');
        add(exchange, user);
        add(exchange, rest);
    }
    memory_wipe(plain.at, plain.size);
    buffer_done(&plain);
}

void exchange_note_secret(struct http_exchange *exchange, const struct http_request *request)
{
    for (const char *const *h = request->headers; request->secret_header && h && h[0]; h += 2) {
        struct text value = text_of(h[1]), scheme = TEXT_NONE;

        if (strcasecmp(h[0], request->secret_header) != 0) {
            continue;
        }
        if (text_starts(value, "Bearer ") || text_starts(value, "Basic ")) {
            scheme = text_split(&value, ' ');
        }
        add(exchange, value);
        if (text_is(scheme, "Basic")) {
            add_pair(exchange, value);
        }
    }
}

void exchange_forget_secrets(struct http_exchange *exchange)
{
    for (size_t i = 0; i < exchange->secret_count; i++) {
        memory_wipe(exchange->secrets[i], strlen(exchange->secrets[i]));
        memory_free(exchange->secrets[i]);
    }
    exchange->secret_count = 0;
}

/* ---- finding it, also as JSON and addresses write it ---- */

static int hex_of(char c)
{
    return c >= '0' && c <= '9'   ? c - '0'
           : c >= 'A' && c <= 'F' ? c - 'A' + 10
           : c >= 'a' && c <= 'f' ? c - 'a' + 10
                                  : -1;
}

/* Bytes of `body` that stand for the character; 0: they stand for another. */
static size_t size_of(struct text body, char character)
{
    if (body.size >= 1 && body.at[0] == character) {
        return 1;
    }
    if (body.size >= 3 && body.at[0] == '%' && hex_of(body.at[1]) >= 0 && hex_of(body.at[2]) >= 0) {
        return hex_of(body.at[1]) * 16 + hex_of(body.at[2]) == (unsigned char)character ? 3 : 0;
    }
    return body.size >= 2 && body.at[0] == '\\' && body.at[1] == '/' && character == '/' ? 2 : 0;
}

/* Length of the secret at the beginning of `body`; 0: it does not begin there. */
static size_t match(struct text body, const char *secret)
{
    size_t at = 0;

    for (; *secret; secret++) {
        size_t size = size_of((struct text){body.at + at, body.size - at}, *secret);

        if (size == 0) {
            return 0;
        }
        at += size;
    }
    return at;
}

static void strike_out(struct buffer *body, const char *secret)
{
    for (size_t i = 0; i < body->size; i++) {
        char c = body->at[i];
        size_t size = c != *secret && c != '%' && c != '\\'
                          ? 0
                          : match((struct text){body->at + i, body->size - i}, secret);

        if (size > 0) {
            memset(body->at + i, '*', size);
            i += size - 1;
        }
    }
}

void exchange_strike_out(struct http_exchange *exchange)
{
    for (size_t i = 0; i < exchange->secret_count; i++) {
        strike_out(&exchange->body, exchange->secrets[i]);
    }
}
