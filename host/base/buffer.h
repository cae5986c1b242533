/*
 * A growing run of bytes with a mandatory maximum. Adding past it sets `overflow` and drops the
 * addition; look once at the end. Always terminated, so `at` is a C string when it holds text.
 * Never grows into a rope, a stream or a formatter of values.
 */
#ifndef FERRY_BASE_BUFFER_H
#define FERRY_BASE_BUFFER_H

#include "base/error.h"
#include "base/text.h"

struct buffer {
    char *at;
    size_t size;
    size_t capacity;
    size_t max;
    bool overflow;
};

void buffer_init(struct buffer *b, size_t max);
void buffer_done(struct buffer *b);
/* Empty again, memory kept. */
void buffer_clear(struct buffer *b);
void buffer_add(struct buffer *b, const void *bytes, size_t size);
void buffer_add_text(struct buffer *b, struct text t);
void buffer_add_cstr(struct buffer *b, const char *terminated);
void buffer_add_char(struct buffer *b, char c);
/* A character of Unicode, as UTF-8. */
void buffer_add_character(struct buffer *b, unsigned code);
void buffer_addf(struct buffer *b, const char *format, ...) PRINTF_LIKE(2, 3);
struct text buffer_text(const struct buffer *b);
/* Hand over the bytes (terminated, memory_free them); the buffer is empty afterwards. */
char *buffer_take(struct buffer *b);

#endif
