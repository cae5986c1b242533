#include <stdlib.h>

#include "base/json.h"
#include "base/memory.h"

#define WRITE_MAX ((size_t)256 << 20)

void json_write_string(struct text t, struct buffer *out)
{
    static const char short_escapes[] = "\"\"\\\\\bb\ff\nn\rr\tt";

    buffer_add_char(out, '"');
    for (size_t i = 0; i < t.size; i++) {
        unsigned char c = (unsigned char)t.at[i];
        const char *escape = NULL;

        for (size_t e = 0; e + 1 < sizeof short_escapes; e += 2) {
            if ((unsigned char)short_escapes[e] == c) {
                escape = &short_escapes[e + 1];
            }
        }
        if (escape) {
            buffer_add_char(out, '\\');
            buffer_add_char(out, *escape);
        } else if (c < 0x20 || c == 0x7f) {
            buffer_addf(out, "\\u%04x", c);
        } else {
            buffer_add_char(out, (char)c);
        }
    }
    buffer_add_char(out, '"');
}

static int compare_names(const void *a, const void *b)
{
    return strcmp(*(const char *const *)a, *(const char *const *)b);
}

static void write_object(const json_t *j, struct buffer *out)
{
    size_t count = json_object_size(j), n = 0;
    const char **names = memory_new(count, sizeof *names);
    const char *name;
    json_t *value;

    json_object_foreach((json_t *)(uintptr_t)j, name, value)
    {
        names[n++] = name;
    }
    qsort(names, n, sizeof *names, compare_names);
    buffer_add_char(out, '{');
    for (size_t i = 0; i < n; i++) {
        if (i) {
            buffer_add_char(out, ',');
        }
        json_write_string(text_of(names[i]), out);
        buffer_add_char(out, ':');
        json_write(json_object_get(j, names[i]), out);
    }
    buffer_add_char(out, '}');
    memory_free(names);
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
