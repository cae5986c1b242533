/*
 * Memory with one end: everything from an arena dies with it. One thread at a time.
 */
#ifndef FERRY_BASE_ARENA_H
#define FERRY_BASE_ARENA_H

#include "base/error.h"
#include "base/text.h"

struct arena;

/* max_bytes is a promise about input: past it the process aborts, so size-check input first. */
struct arena *arena_new(size_t max_bytes);
void arena_free(struct arena *arena);
/* Forget everything, keep some memory for what comes next. */
void arena_reset(struct arena *arena);
size_t arena_used_bytes(const struct arena *arena);
/* Zeroed, aligned for anything. */
void *arena_alloc(struct arena *arena, size_t count, size_t size);
/* Terminated copies; NULL gives NULL. */
char *arena_copy(struct arena *arena, const char *text);
char *arena_copy_text(struct arena *arena, struct text text);
/* One name of three parts, none of which has the separator (0x1f) in it. */
char *arena_key(struct arena *arena, const char *a, const char *b, const char *c);
char *arena_printf(struct arena *arena, const char *format, ...) PRINTF_LIKE(2, 3);

#endif
