#include "base/json_scan.h"

/*
 * Knows just enough of JSON to tell strings, numbers and nesting apart; Jansson checks the rest.
 */
struct scan {
    struct text in;
    size_t at;
    unsigned depth, max_depth;
    struct buffer *out;
    struct error *err;
};

static bool fail(struct scan *s, const char *what)
{
    unsigned line = 1, column = 1;

    for (size_t i = 0; i < s->at && i < s->in.size; i++) {
        column = s->in.at[i] == '\n' ? 1 : column + 1;
        line += s->in.at[i] == '\n';
    }
    return error_set(s->err, ERROR_REJECTED, "json", "line %u column %u: %s", line, column, what);
}

static char peek(const struct scan *s, size_t ahead)
{
    return s->at + ahead < s->in.size ? s->in.at[s->at + ahead] : '\0';
}

static void copy(struct scan *s, size_t bytes)
{
    buffer_add(s->out, s->in.at + s->at, bytes);
    s->at += bytes;
}

/* What would end a text in C, and what would forge a number. */
static bool is_unwanted_escape(const struct scan *s)
{
    const char *at = s->in.at + s->at;

    return s->in.size - s->at >= 6 &&
           (memcmp(at, "\\u0000", 6) == 0 || memcmp(at, "\\u0001", 6) == 0);
}

/* Bytes up to the next quote or backslash. */
static size_t count_plain(const struct scan *s)
{
    size_t n = 0, left = s->in.size - s->at;
    const char *at = s->in.at + s->at;

    while (n < left && at[n] != '"' && at[n] != '\\') {
        n++;
    }
    return n;
}

/* A string goes over as it is, but for two escapes. */
static bool scan_string(struct scan *s)
{
    copy(s, 1);
    while (s->at < s->in.size) {
        copy(s, count_plain(s));
        if (peek(s, 0) == '"') {
            copy(s, 1);
            return true;
        }
        if (is_unwanted_escape(s)) {
            buffer_add_cstr(s->out, "\\ufffd");
            s->at += 6;
        } else if (s->in.size - s->at >= 2) {
            copy(s, 2);
        } else {
            break;
        }
    }
    return fail(s, "a string does not end");
}

static size_t count_digits(const struct scan *s, size_t from)
{
    size_t n = from;

    while (peek(s, n) >= '0' && peek(s, n) <= '9') {
        n++;
    }
    return n - from;
}

/* Length of the number literal at s->at; 0: it is none. */
static size_t number_size(const struct scan *s)
{
    size_t n = peek(s, 0) == '-', digits = count_digits(s, n);

    if (digits == 0 || (digits > 1 && peek(s, n) == '0')) {
        return 0;
    }
    n += digits;
    if (peek(s, n) == '.') {
        digits = count_digits(s, n + 1);
        if (digits == 0) {
            return 0;
        }
        n += 1 + digits;
    }
    if (peek(s, n) == 'e' || peek(s, n) == 'E') {
        n += 1 + (peek(s, n + 1) == '-' || peek(s, n + 1) == '+');
        digits = count_digits(s, n);
        if (digits == 0) {
            return 0;
        }
        n += digits;
    }
    return n;
}

static bool scan_number(struct scan *s)
{
    size_t size = number_size(s);

    if (size == 0) {
        return fail(s, "a number is not written as JSON writes numbers");
    }
    buffer_add_cstr(s->out, "\"\\u0001");
    copy(s, size);
    buffer_add_char(s->out, '"');
    while (peek(s, 0) != '\0' && strchr(" \t\r\n", peek(s, 0))) {
        copy(s, 1);
    }
    /* as a string Jansson would take it */
    return peek(s, 0) != ':' || fail(s, "a name is written in quotes");
}

static bool scan_bracket(struct scan *s, char c)
{
    if (c == '{' || c == '[') {
        if (++s->depth > s->max_depth) {
            return fail(s, "it is nested too deeply");
        }
    } else if (s->depth > 0) {
        s->depth--;
    }
    copy(s, 1);
    return true;
}

bool json_scan(struct text t, unsigned max_depth, struct buffer *out, struct error *err)
{
    struct scan s = {.in = t, .max_depth = max_depth, .out = out, .err = err};

    if (text_starts(t, "\xef\xbb\xbf")) {
        s.at = 3;
    }
    while (s.at < t.size) {
        char c = t.at[s.at];
        bool ok = true;

        if (c == '"') {
            ok = scan_string(&s);
        } else if (c == '-' || (c >= '0' && c <= '9')) {
            ok = scan_number(&s);
        } else if (c != '\0' && strchr("{}[]", c)) {
            ok = scan_bracket(&s, c);
        } else {
            copy(&s, 1);
        }
        if (!ok) {
            return false;
        }
    }
    return true;
}
