#include "base/text.h"

#include <stdint.h>

bool text_starts(struct text whole, const char *start)
{
    size_t size = strlen(start);

    return whole.size >= size && memcmp(whole.at, start, size) == 0;
}

bool text_ends(struct text whole, const char *end)
{
    size_t size = strlen(end);

    return whole.size >= size && memcmp(whole.at + whole.size - size, end, size) == 0;
}

static bool is_blank(char c)
{
    return c == ' ' || (c >= '\t' && c <= '\r');
}

struct text text_trim(struct text t)
{
    while (t.size && is_blank(t.at[0])) {
        t.at++;
        t.size--;
    }
    while (t.size && is_blank(t.at[t.size - 1])) {
        t.size--;
    }
    return t;
}

struct text text_split(struct text *rest, char separator)
{
    struct text before = *rest;
    const char *at = rest->at ? memchr(rest->at, separator, rest->size) : NULL;

    if (!at) {
        *rest = TEXT_NONE;
        return before;
    }
    before.size = (size_t)(at - rest->at);
    rest->at = at + 1;
    rest->size -= before.size + 1;
    return before;
}

/* One row per form: how the first byte is known, how many follow, the smallest code point. */
static const struct utf8_form {
    unsigned char mask, lead, follow;
    uint32_t least;
} utf8_forms[] = {
    {0x80, 0x00, 0, 1},
    {0xe0, 0xc0, 1, 0x80},
    {0xf0, 0xe0, 2, 0x800},
    {0xf8, 0xf0, 3, 0x10000},
};

static const struct utf8_form *form_of(unsigned char lead)
{
    for (size_t i = 0; i < sizeof utf8_forms / sizeof *utf8_forms; i++) {
        if ((lead & utf8_forms[i].mask) == utf8_forms[i].lead) {
            return &utf8_forms[i];
        }
    }
    return NULL;
}

/* Bytes of the character at t, 0 when it is none. */
static size_t utf8_step(struct text t)
{
    const struct utf8_form *form = form_of((unsigned char)t.at[0]);
    uint32_t point;

    if (!form || t.size <= form->follow) {
        return 0;
    }
    point = (unsigned char)t.at[0] & (unsigned char)~form->mask;
    for (size_t i = 1; i <= form->follow; i++) {
        if (((unsigned char)t.at[i] & 0xc0) != 0x80) {
            return 0;
        }
        point = point << 6 | ((unsigned char)t.at[i] & 0x3f);
    }
    if (point < form->least || point > 0x10ffff || (point >= 0xd800 && point <= 0xdfff)) {
        return 0;
    }
    return (size_t)form->follow + 1;
}

bool text_is_utf8(struct text t)
{
    while (t.size) {
        size_t step = utf8_step(t);

        if (step == 0) {
            return false;
        }
        t.at += step;
        t.size -= step;
    }
    return true;
}

/* Whether `t` is the beginning of a character whose end is missing. */
static bool is_cut_off(struct text t)
{
    const struct utf8_form *form = form_of((unsigned char)t.at[0]);

    for (size_t i = 1; i < t.size; i++) {
        if (((unsigned char)t.at[i] & 0xc0) != 0x80) {
            return false;
        }
    }
    return form && t.size <= form->follow;
}

void text_mend(char *terminated)
{
    char *at = terminated;

    while (*at) {
        struct text rest = text_of(at);
        size_t step = utf8_step(rest);

        if (step == 0 && is_cut_off(rest)) {
            *at = '\0';
        } else if (step == 0) {
            *at++ = '?';
        } else {
            at += step;
        }
    }
}
