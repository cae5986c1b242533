#include "form.h"

#include <stdio.h>

static int hex_digit(char c)
{
    const char *digits = "0123456789abcdef";
    const char *at = c ? strchr(digits, c | 0x20) : NULL;

    return c >= '0' && c <= '9' ? c - '0' : at ? (int)(at - digits) : -1;
}

static void decode(struct text value, char *out, size_t size)
{
    size_t n = 0;

    for (size_t i = 0; i < value.size && n + 1 < size; i++) {
        char c = value.at[i];
        if (c == '%' && i + 2 < value.size && hex_digit(value.at[i + 1]) >= 0 &&
            hex_digit(value.at[i + 2]) >= 0) {
            c = (char)(hex_digit(value.at[i + 1]) * 16 + hex_digit(value.at[i + 2]));
            i += 2;
        } else if (c == '+') {
            c = ' ';
        }
        out[n++] = c;
    }
    out[n] = '\0';
}

const char *form_field(struct text body, const char *name, char *out, size_t size)
{
    out[0] = '\0';
    while (body.size > 0) {
        struct text value = text_split(&body, '&'), key = text_split(&value, '=');
        if (text_is(key, name)) {
            decode(value, out, size);
            break;
        }
    }
    return out;
}
