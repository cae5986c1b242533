#include <sys/random.h>

#include "base/json.h"
#include "base/memory.h"

#define REPLACEMENT 0xfffdu /* the character for what cannot be one */

/* Straight from the text to Jansson's values; its own reader would make doubles of numbers. */
struct reader {
    const char *start, *at, *end;
    unsigned depth, max_depth;
    struct buffer scratch; /* a text with escapes, or a number with its mark */
    struct error *err;
};

static json_t *read_value(struct reader *r);

static bool fail(struct reader *r, const char *what)
{
    unsigned line = 1, column = 1;

    for (const char *at = r->start; at < r->at; at++) {
        column = *at == '\n' ? 1 : column + 1;
        line += *at == '\n';
    }
    return error_set(r->err, ERROR_REJECTED, "json", "line %u column %u: %s", line, column, what);
}

static json_t *fail_value(struct reader *r, const char *what)
{
    (void)fail(r, what);
    return NULL;
}

static char peek(const struct reader *r)
{
    return r->at < r->end ? *r->at : '\0';
}

static bool is_blank(char c)
{
    return c == ' ' || c == '\n' || c == '\r' || c == '\t';
}

static void skip_blanks(struct reader *r)
{
    while (r->at < r->end && is_blank(*r->at)) {
        r->at++;
    }
}

static bool takes(struct reader *r, char c)
{
    skip_blanks(r);
    if (r->at == r->end || *r->at != c) {
        return false;
    }
    r->at++;
    return true;
}

/* ---- texts ---- */

/* Four hexadecimal digits; a number beyond them all when they are none. */
static unsigned read_hex(struct reader *r)
{
    unsigned code = 0;

    if (r->end - r->at < 4) {
        return UINT32_MAX;
    }
    for (unsigned i = 0; i < 4; i++) {
        char c = r->at[i];
        unsigned digit = c >= '0' && c <= '9'   ? (unsigned)(c - '0')
                         : c >= 'a' && c <= 'f' ? (unsigned)(c - 'a' + 10)
                         : c >= 'A' && c <= 'F' ? (unsigned)(c - 'A' + 10)
                                                : 16;

        if (digit == 16) {
            return UINT32_MAX;
        }
        code = code << 4 | digit;
    }
    r->at += 4;
    return code;
}

/* The second half of a character outside of the first plane; 0: it is none. */
static unsigned read_low_half(struct reader *r)
{
    unsigned low;

    if (r->end - r->at < 6 || r->at[0] != '\\' || r->at[1] != 'u') {
        return 0;
    }
    r->at += 2;
    low = read_hex(r);
    return low >= 0xdc00 && low <= 0xdfff ? low : 0;
}

/* Behind "\u". What would end a text in C, and what would forge a number, become U+FFFD. */
static bool read_unicode(struct reader *r)
{
    unsigned code = read_hex(r), low;

    if (code == UINT32_MAX) {
        return fail(r, "\\u is followed by four hexadecimal digits");
    }
    if (code >= 0xd800 && code <= 0xdfff) {
        low = code < 0xdc00 ? read_low_half(r) : 0;
        if (!low) {
            return fail(r, "half a character is escaped");
        }
        code = 0x10000 + ((code - 0xd800) << 10) + (low - 0xdc00);
    }
    buffer_add_character(&r->scratch, code > 1 ? code : REPLACEMENT);
    return true;
}

/* Behind a backslash. */
static bool read_escape(struct reader *r)
{
    static const char escapes[] = "\"\"\\\\//b\bf\fn\nr\rt\t";
    char c = peek(r);

    r->at += r->at < r->end;
    if (c == 'u') {
        return read_unicode(r);
    }
    for (size_t i = 0; i + 1 < sizeof escapes; i += 2) {
        if (escapes[i] == c) {
            buffer_add_char(&r->scratch, escapes[i + 1]);
            return true;
        }
    }
    return fail(r, "no such escape");
}

/* Bytes that stand for themselves. */
static struct text read_plain(struct reader *r)
{
    struct text plain = {r->at, 0};

    while (r->at < r->end && (unsigned char)*r->at >= 0x20 && *r->at != '"' && *r->at != '\\') {
        r->at++;
    }
    plain.size = (size_t)(r->at - plain.at);
    return plain;
}

/* Behind the first quote, up to and with the second; the text is good until the next is read. */
static bool read_text(struct reader *r, struct text *ret)
{
    *ret = read_plain(r);
    if (peek(r) == '\\') {
        buffer_clear(&r->scratch);
        buffer_add_text(&r->scratch, *ret);
        while (peek(r) == '\\') {
            r->at++;
            if (!read_escape(r)) {
                return false;
            }
            buffer_add_text(&r->scratch, read_plain(r));
        }
        *ret = buffer_text(&r->scratch);
    }
    if (r->at == r->end) {
        return fail(r, "a string does not end");
    }
    if (*r->at != '"') {
        return fail(r, "a control character is escaped in a string");
    }
    r->at++;
    return true;
}

static json_t *read_string(struct reader *r)
{
    struct text text;
    json_t *j;

    if (!read_text(r, &text)) {
        return NULL;
    }
    j = json_stringn(text.at, text.size);
    return j ? j : fail_value(r, "the string before is not UTF-8");
}

/* ---- numbers and words ---- */

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

static bool skip_digits(struct reader *r)
{
    const char *first = r->at;

    while (is_digit(peek(r))) {
        r->at++;
    }
    return r->at > first;
}

static bool skip_number(struct reader *r)
{
    r->at += *r->at == '-';
    if (peek(r) == '0') {
        r->at++;
    } else if (!skip_digits(r)) {
        return false;
    }
    if (peek(r) == '.') {
        r->at++;
        if (!skip_digits(r)) {
            return false;
        }
    }
    if (peek(r) == 'e' || peek(r) == 'E') {
        r->at++;
        r->at += peek(r) == '-' || peek(r) == '+';
        return skip_digits(r);
    }
    return true;
}

static json_t *read_number(struct reader *r)
{
    const char *first = r->at;
    struct text marked;

    if (!skip_number(r) || is_digit(peek(r))) {
        r->at = first;
        return fail_value(r, "a number is not written as JSON writes numbers");
    }
    buffer_clear(&r->scratch);
    buffer_add_char(&r->scratch, JSON_NUMBER_MARK);
    buffer_add(&r->scratch, first, (size_t)(r->at - first));
    marked = buffer_text(&r->scratch);
    return json_stringn_nocheck(marked.at, marked.size);
}

static json_t *read_word(struct reader *r)
{
    struct text left = {r->at, (size_t)(r->end - r->at)};

    if (text_starts(left, "true")) {
        r->at += 4;
        return json_true();
    }
    if (text_starts(left, "false")) {
        r->at += 5;
        return json_false();
    }
    if (text_starts(left, "null")) {
        r->at += 4;
        return json_null();
    }
    return fail_value(r, left.size ? "invalid: no value begins like this"
                                   : "it ends where a value is expected");
}

/* ---- arrays and objects ---- */

static bool read_elements(struct reader *r, json_t *into)
{
    if (takes(r, ']')) {
        return true;
    }
    do {
        json_t *element = read_value(r);

        if (!element) {
            return false;
        }
        json_array_append_new(into, element);
    } while (takes(r, ','));
    return takes(r, ']') || fail(r, "a comma or ] is expected");
}

/* The text of a name, kept while its value is read. */
static bool read_name(struct reader *r, struct text *ret, char **ret_kept)
{
    if (!takes(r, '"')) {
        return fail(r, "a name in quotes is expected");
    }
    if (!read_text(r, ret)) {
        return false;
    }
    if (ret->at == r->scratch.at) {
        ret->at = *ret_kept = buffer_take(&r->scratch);
    }
    return takes(r, ':') || fail(r, "a colon is expected");
}

static bool read_member(struct reader *r, json_t *into)
{
    size_t count = json_object_size(into);
    AUTO_FREE char *kept = NULL;
    struct text name;
    json_t *value = read_name(r, &name, &kept) ? read_value(r) : NULL;

    if (!value) {
        return false;
    }
    if (json_object_setn_new(into, name.at, name.size, value) < 0) {
        return fail(r, "the name before is not UTF-8");
    }
    return json_object_size(into) > count || fail(r, "the name before is a duplicate");
}

static bool read_members(struct reader *r, json_t *into)
{
    if (takes(r, '}')) {
        return true;
    }
    do {
        if (!read_member(r, into)) {
            return false;
        }
    } while (takes(r, ','));
    return takes(r, '}') || fail(r, "a comma or } is expected");
}

static json_t *read_inside(struct reader *r, json_t *into,
                           bool (*read_all)(struct reader *r, json_t *into))
{
    bool ok;

    if (++r->depth > r->max_depth) {
        json_decref(into);
        return fail_value(r, "it is nested too deeply");
    }
    ok = read_all(r, into);
    r->depth--;
    if (!ok) {
        json_decref(into);
        return NULL;
    }
    return into;
}

static json_t *read_value(struct reader *r)
{
    if (takes(r, '{')) {
        return read_inside(r, json_object(), read_members);
    }
    if (takes(r, '[')) {
        return read_inside(r, json_array(), read_elements);
    }
    if (takes(r, '"')) {
        return read_string(r);
    }
    return peek(r) == '-' || is_digit(peek(r)) ? read_number(r) : read_word(r);
}

/* ---- a whole text ---- */

/* Seeded here and once, so that Jansson never opens a file for it (the worker may not). */
static void seed_once(void)
{
    static bool seeded;
    size_t seed = 1;

    if (!__atomic_exchange_n(&seeded, true, __ATOMIC_RELAXED)) {
        if (getrandom(&seed, sizeof seed, GRND_NONBLOCK) < 0) {
            seed = 1;
        }
        json_object_seed(seed ? seed : 1);
    }
}

bool json_read(struct text t, unsigned max_depth, json_t **ret, struct error *err)
{
    struct text text = t.at ? t : TEXT("");
    size_t mark = text_starts(text, "\xef\xbb\xbf") ? 3 : 0;
    struct reader r = {.start = text.at + mark,
                       .at = text.at + mark,
                       .end = text.at + text.size,
                       .max_depth = max_depth,
                       .err = err};
    json_t *j;

    seed_once();
    buffer_init(&r.scratch, text.size + 2);
    j = read_value(&r);
    skip_blanks(&r);
    if (j && r.at < r.end) {
        json_decref(j);
        j = fail_value(&r, "something follows the value");
    }
    buffer_done(&r.scratch);
    if (j) {
        *ret = j;
    }
    return j != NULL;
}
