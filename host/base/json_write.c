#include <stdlib.h>

#include "base/json.h"
#include "base/memory.h"

#define WRITE_MAX ((size_t)256 << 20)

/* Bytes at the start that are written as they are. */
static size_t count_plain(struct text t)
{
    size_t n = 0;

    while (n < t.size && (unsigned char)t.at[n] >= 0x20 && t.at[n] != 0x7f && t.at[n] != '"' &&
           t.at[n] != '\\') {
        n++;
    }
    return n;
}

static void write_escape(char c, struct buffer *out)
{
    static const char short_escapes[] = "\"\"\\\\\bb\ff\nn\rr\tt";

    for (size_t e = 0; e + 1 < sizeof short_escapes; e += 2) {
        if (short_escapes[e] == c) {
            buffer_add_char(out, '\\');
            buffer_add_char(out, short_escapes[e + 1]);
            return;
        }
    }
    buffer_addf(out, "\\u%04x", (unsigned char)c);
}

void json_write_string(struct text t, struct buffer *out)
{
    buffer_add_char(out, '"');
    while (t.size) {
        size_t plain = count_plain(t);

        buffer_add(out, t.at, plain);
        if (plain < t.size) {
            write_escape(t.at[plain++], out);
        }
        t.at += plain;
        t.size -= plain;
    }
    buffer_add_char(out, '"');
}

struct member {
    const char *name;
    const json_t *value;
};

static int compare_names(const void *a, const void *b)
{
    const struct member *left = a, *right = b;

    return strcmp(left->name, right->name);
}

static void write_object(const json_t *j, struct buffer *out)
{
    size_t n = 0;
    struct member *members = memory_new(json_object_size(j), sizeof *members);
    const char *name;
    json_t *value;

    json_object_foreach((json_t *)(uintptr_t)j, name, value)
    {
        members[n++] = (struct member){name, value};
    }
    qsort(members, n, sizeof *members, compare_names);
    buffer_add_char(out, '{');
    for (size_t i = 0; i < n; i++) {
        if (i) {
            buffer_add_char(out, ',');
        }
        json_write_string(text_of(members[i].name), out);
        buffer_add_char(out, ':');
        json_write(members[i].value, out);
    }
    buffer_add_char(out, '}');
    memory_free(members);
}

static void write_array(const json_t *j, struct buffer *out)
{
    size_t i;
    json_t *value;

    buffer_add_char(out, '[');
    json_array_foreach(j, i, value)
    {
        if (i) {
            buffer_add_char(out, ',');
        }
        json_write(value, out);
    }
    buffer_add_char(out, ']');
}

void json_write(const json_t *j, struct buffer *out)
{
    switch (json_typeof(j)) {
    case JSON_OBJECT:
        write_object(j, out);
        break;
    case JSON_ARRAY:
        write_array(j, out);
        break;
    case JSON_STRING:
        if (json_is_number_text(j)) {
            buffer_add_text(out, json_text(j));
        } else {
            json_write_string(json_text(j), out);
        }
        break;
    case JSON_TRUE:
        buffer_add_cstr(out, "true");
        break;
    case JSON_FALSE:
        buffer_add_cstr(out, "false");
        break;
    case JSON_NULL:
        buffer_add_cstr(out, "null");
        break;
    case JSON_INTEGER:
        buffer_addf(out, "%lld", (long long)json_integer_value(j));
        break;
    case JSON_REAL:
        abort(); /* nobody makes one: numbers are marked strings */
    }
}

char *json_write_text(const json_t *j)
{
    struct buffer out;

    buffer_init(&out, WRITE_MAX);
    json_write(j, &out);
    return buffer_take(&out);
}
