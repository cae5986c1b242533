#include "intake/intake.h"

#include <ctype.h>

#define VALUE_MAX 4096

static bool is_name_char(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' ||
           c == '.';
}

static bool is_unreserved(unsigned char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
           (c != '\0' && strchr("-._~", c) != NULL);
}

/* Characters with a meaning in a path or query stay in what the declaration itself says. */
static bool may_stand(unsigned char c)
{
    return is_unreserved(c) || (c != '\0' && strchr("/?&=:$,;@+!*'()%[]", c) != NULL);
}

static void add_encoded(struct buffer *out, struct text value, bool (*stays)(unsigned char))
{
    for (size_t i = 0; i < value.size; i++) {
        unsigned char c = (unsigned char)value.at[i];

        if (stays(c)) {
            buffer_add_char(out, (char)c);
        } else {
            buffer_addf(out, "%%%02X", c);
        }
    }
}

/* "{name}" at *at: its name in *ret_name and *at behind it; false: no placeholder here. */
bool template_placeholder(const char **at, struct text *ret_name)
{
    const char *end = *at + 1;

    if (**at != '{' || !is_name_char(*end) || (*end >= '0' && *end <= '9')) {
        return false;
    }
    while (is_name_char(*end)) {
        end++;
    }
    if (*end != '}') {
        return false;
    }
    *ret_name = (struct text){*at + 1, (size_t)(end - *at - 1)};
    *at = end + 1;
    return true;
}

static bool find_value(struct text name, const json_t *context, struct text *ret, struct error *err)
{
    char path[256];

    if (name.size >= sizeof path) {
        return error_set(err, ERROR_REJECTED, "template", "a placeholder's name is too long");
    }
    memcpy(path, name.at, name.size);
    path[name.size] = '\0';
    *ret = json_text(json_path(context, path));
    if (!ret->at || ret->size == 0 || ret->size > VALUE_MAX) {
        return error_set(err, ERROR_REJECTED, "template", "{%s} has no value; is it set?", path);
    }
    return true;
}

/* "." and ".." cannot be encoded: every reader of a URL takes "%2e" for a dot. */
static bool keeps_its_place(const struct buffer *out)
{
    struct text path = buffer_text(out);
    const char *query = path.size ? memchr(path.at, '?', path.size) : NULL;

    path.size = query ? (size_t)(query - path.at) : path.size;
    while (path.at) {
        struct text segment = text_split(&path, '/');

        if (text_is(segment, ".") || text_is(segment, "..")) {
            return false;
        }
    }
    return true;
}

bool template_fill(const char *template, const json_t *context, struct buffer *out,
                   struct error *err)
{
    const char *at = template;

    while (*at) {
        struct text name, value = TEXT_NONE;

        if (template_placeholder(&at, &name)) {
            if (!find_value(name, context, &value, err)) {
                return false;
            }
            add_encoded(out, value, is_unreserved);
        } else {
            add_encoded(out, (struct text){at, 1}, may_stand);
            at++;
        }
    }
    return keeps_its_place(out) ||
           error_set(err, ERROR_REJECTED, "template",
                     "a value is \".\" or \"..\", which would lead to another address");
}

bool template_fill_header(const char *template, const json_t *context, struct buffer *out,
                          struct error *err)
{
    const char *at = template;

    while (*at) {
        struct text name, value = TEXT_NONE;

        if (!template_placeholder(&at, &name)) {
            buffer_add_char(out, *at++);
            continue;
        }
        if (!find_value(name, context, &value, err)) {
            return false;
        }
        for (size_t i = 0; i < value.size; i++) {
            if ((unsigned char)value.at[i] < 0x20 || value.at[i] == 0x7f) {
                return error_set(err, ERROR_REJECTED, "template",
                                 "a header value has control characters");
            }
        }
        buffer_add_text(out, value);
    }
    return true;
}

/* A value as it stands between the quotes of a JSON string. */
static void add_escaped(struct buffer *out, struct text value)
{
    AUTO(buffer_done) struct buffer quoted;

    buffer_init(&quoted, 6 * VALUE_MAX + 2);
    json_write_string(value, &quoted);
    buffer_add(out, quoted.at + 1, quoted.size - 2);
}

bool template_fill_json(const char *template, const json_t *context, struct buffer *out,
                        struct error *err)
{
    const char *at = template;

    while (*at) {
        struct text name, value = TEXT_NONE;

        if (!template_placeholder(&at, &name)) {
            buffer_add_char(out, *at++);
        } else if (find_value(name, context, &value, err)) {
            add_escaped(out, value);
        } else {
            return false;
        }
    }
    return true;
}
