/*
 * Requests as declared, filled with what the other side or a person wrote: what is filled in stays
 * in its place. It ends no line, and leads to no other host, path or parameter.
 */
#include "fuzz.h"

#include "http/http.h"
#include "intake/intake.h"

#define BASE "https://api.example.com"

static const char *const allowed[] = {"api.example.com", NULL};

static size_t count_of(struct text t, char c)
{
    size_t n = 0;

    for (size_t i = 0; i < t.size; i++) {
        n += t.at[i] == c;
    }
    return n;
}

/* The template with every placeholder as "x": what the author meant. Owned. */
static char *with_plain_values(const char *template)
{
    struct buffer out;
    const char *at = template;
    struct text name;

    buffer_init(&out, 1 << 20);
    while (*at) {
        if (template_placeholder(&at, &name)) {
            buffer_add_char(&out, 'x');
        } else {
            buffer_add_char(&out, *at++);
        }
    }
    return buffer_take(&out);
}

/* Whether a segment of the path is "." or "..", however it is written. */
static bool goes_elsewhere(struct text url)
{
    url.size = strcspn(url.at, "?#");
    while (url.at) {
        struct text segment = text_split(&url, '/');

        if (text_is(segment, ".") || text_is(segment, "..")) {
            return true;
        }
    }
    return false;
}

static void check_url(const char *template, struct text filled)
{
    static const char parts[] = "/?&=#:@;,";
    AUTO_FREE char *plain = with_plain_values(template);
    struct buffer whole;
    struct error err = {0};

    MUST(fuzz_is_printable(filled) && !count_of(filled, ' '), "a request that is two lines");
    for (const char *c = parts; *c; c++) {
        /* '#' of the template itself is encoded */
        MUST(count_of(filled, *c) == (*c == '#' ? 0 : count_of(text_of(plain), *c)),
             "a value brought or took a '%c': %s", *c, filled.at);
    }
    MUST(goes_elsewhere(text_of(plain)) || !goes_elsewhere(filled),
         "a value leads to another path: %.*s", TEXT_ARGS(filled));
    if (template[0] != '/') {
        return;
    }
    buffer_init(&whole, 1 << 20);
    buffer_add_cstr(&whole, BASE);
    buffer_add_text(&whole, filled);
    MUST(http_check_url(whole.at, allowed, &err), "%s: %s", whole.at, err.text);
    buffer_done(&whole);
}

/* A header's template, a newline, a template of a URL, a newline, the values as JSON. */
static void fuzz_one(struct text input)
{
    AUTO_FREE char *header = fuzz_line(&input);
    AUTO_FREE char *template = fuzz_line(&input);
    AUTO_JSON json_t *context = NULL;
    AUTO(buffer_done) struct buffer out = {0};
    struct error err = {0};

    if (!json_read(input, JSON_DEPTH_MAX, &context, NULL)) {
        return;
    }
    buffer_init(&out, 1 << 20);
    if (template_fill(template, context, &out, &err)) {
        check_url(template, out.size ? buffer_text(&out) : TEXT(""));
    } else {
        fuzz_check_error(&err);
    }
    buffer_clear(&out);
    /* what the author writes is checked when it is declared */
    if (fuzz_is_printable(text_of(header)) && template_fill_header(header, context, &out, &err)) {
        MUST(fuzz_is_printable(out.size ? buffer_text(&out) : TEXT("")),
             "a header that ends early");
    }
}
