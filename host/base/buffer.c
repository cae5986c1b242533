#include "base/buffer.h"

#include <stdarg.h>
#include <stdio.h>

#include "base/memory.h"

void buffer_init(struct buffer *b, size_t max)
{
    *b = (struct buffer){.max = max};
}

void buffer_done(struct buffer *b)
{
    memory_free(b->at);
    *b = (struct buffer){.max = b->max};
}

void buffer_clear(struct buffer *b)
{
    b->size = 0;
    b->overflow = false;
    if (b->at) {
        b->at[0] = '\0';
    }
}

static bool grow(struct buffer *b, size_t more)
{
    size_t capacity = b->capacity ? b->capacity : 64;

    if (more > b->max || b->size > b->max - more) {
        b->overflow = true;
        return false;
    }
    while (capacity < b->size + more + 1) {
        capacity *= 2;
    }
    if (capacity != b->capacity) {
        b->at = memory_resize(b->at, capacity, 1);
        b->capacity = capacity;
    }
    return true;
}

/* Room for `more` bytes and the terminator; false (and overflow) past the maximum. */
static inline bool make_room(struct buffer *b, size_t more)
{
    bool is_there = b->capacity > b->size && more < b->capacity - b->size;

    return (is_there && b->size + more <= b->max) || grow(b, more);
}

void buffer_add(struct buffer *b, const void *bytes, size_t size)
{
    if (!make_room(b, size)) {
        return;
    }
    if (size) {
        memcpy(b->at + b->size, bytes, size);
    }
    b->size += size;
    b->at[b->size] = '\0';
}

void buffer_add_text(struct buffer *b, struct text t)
{
    buffer_add(b, t.at, t.size);
}

void buffer_add_cstr(struct buffer *b, const char *terminated)
{
    buffer_add(b, terminated, strlen(terminated));
}

void buffer_add_char(struct buffer *b, char c)
{
    if (make_room(b, 1)) {
        b->at[b->size++] = c;
        b->at[b->size] = '\0';
    }
}

void buffer_add_character(struct buffer *b, unsigned code)
{
    if (code < 0x80) {
        buffer_add_char(b, (char)code);
    } else if (code < 0x800) {
        buffer_add_char(b, (char)(0xc0 | code >> 6));
        buffer_add_char(b, (char)(0x80 | (code & 0x3f)));
    } else if (code < 0x10000) {
        buffer_add_char(b, (char)(0xe0 | code >> 12));
        buffer_add_char(b, (char)(0x80 | (code >> 6 & 0x3f)));
        buffer_add_char(b, (char)(0x80 | (code & 0x3f)));
    } else {
        buffer_add_char(b, (char)(0xf0 | code >> 18));
        buffer_add_char(b, (char)(0x80 | (code >> 12 & 0x3f)));
        buffer_add_char(b, (char)(0x80 | (code >> 6 & 0x3f)));
        buffer_add_char(b, (char)(0x80 | (code & 0x3f)));
    }
}

void buffer_addf(struct buffer *b, const char *format, ...)
{
    va_list args, again;
    int size;

    va_start(args, format);
    va_copy(again, args);
    size = vsnprintf(NULL, 0, format, args);
    va_end(args);
    if (size >= 0 && make_room(b, (size_t)size)) {
        vsnprintf(b->at + b->size, (size_t)size + 1, format, again);
        b->size += (size_t)size;
    }
    va_end(again);
}

struct text buffer_text(const struct buffer *b)
{
    return (struct text){b->at ? b->at : "", b->size};
}

char *buffer_take(struct buffer *b)
{
    char *at = b->at ? b->at : memory_copy_text("");

    *b = (struct buffer){.max = b->max};
    return at;
}
