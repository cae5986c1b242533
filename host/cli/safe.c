/*
 * Texts from outside on their way to a terminal: what it would obey, or what would turn the
 * direction of reading, is written out instead.
 */
#include <string.h>

#include "cli/cli_internal.h"

/* Bytes of the character at `at`, 0 when it is none; ret: its number. */
static size_t character(const unsigned char *at, size_t left, uint32_t *ret)
{
    size_t size = at[0] < 0x80 ? 1 : at[0] >= 0xf0 ? 4 : at[0] >= 0xe0 ? 3 : at[0] >= 0xc2 ? 2 : 0;

    if (size == 0 || size > left || !text_is_utf8((struct text){(const char *)at, size})) {
        return 0;
    }
    *ret = size == 1 ? at[0] : at[0] & (0xffu >> (size + 1));
    for (size_t i = 1; i < size; i++) {
        *ret = *ret << 6 | (at[i] & 0x3fu);
    }
    return size;
}

static bool is_harmless(uint32_t c)
{
    static const struct {
        uint32_t first, last;
    } harmful[] = {{0, 0x1f},        {0x7f, 0x9f},     {0x61c, 0x61c},   {0x200e, 0x200f},
                   {0x2028, 0x202e}, {0x2066, 0x2069}, {0xfeff, 0xfeff}, {0xfff9, 0xfffb}};

    for (size_t i = 0; i < sizeof harmful / sizeof *harmful; i++) {
        if (c >= harmful[i].first && c <= harmful[i].last) {
            return false;
        }
    }
    return true;
}

static void add_escaped(struct buffer *out, uint32_t c)
{
    if (c == '\n' || c == '\t' || c == '\r') {
        buffer_addf(out, "\\%c", c == '\n' ? 'n' : c == '\t' ? 't' : 'r');
    } else {
        buffer_addf(out, c < 0x80 ? "\\x%02x" : "\\u%04x", c);
    }
}

static bool is_safe(const char *text, size_t size)
{
    for (size_t i = 0; i < size;) {
        uint32_t c;
        size_t bytes = character((const unsigned char *)text + i, size - i, &c);

        if (bytes == 0 || !is_harmless(c)) {
            return false;
        }
        i += bytes;
    }
    return true;
}

static const char *escaped(struct cli *cli, const char *text, size_t size)
{
    AUTO(buffer_done) struct buffer out = {0};

    buffer_init(&out, size * 8);
    for (size_t i = 0; i < size;) {
        uint32_t c = 0;
        size_t bytes = character((const unsigned char *)text + i, size - i, &c);

        if (bytes == 0) {
            buffer_addf(&out, "\\x%02x", (unsigned char)text[i]);
        } else if (is_harmless(c)) {
            buffer_add(&out, text + i, bytes);
        } else {
            add_escaped(&out, c);
        }
        i += bytes ? bytes : 1;
    }
    return arena_copy_text(cli->arena, buffer_text(&out));
}

const char *cli_safe(struct cli *cli, const char *text)
{
    size_t size = text ? strlen(text) : 0;

    if (size == 0) {
        return "";
    }
    return is_safe(text, size) ? text : escaped(cli, text, size);
}
