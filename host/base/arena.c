#include "base/arena.h"

#include <stdalign.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/memory.h"

#define BLOCK_BYTES ((size_t)1 << 10) /* the first; each is twice as large as the one before */
#ifdef __SANITIZE_ADDRESS__
#define KEPT_BYTES ((size_t)0) /* so that what is used after a reset is seen */
#else
#define KEPT_BYTES ((size_t)128 << 10)
#endif

struct block {
    struct block *before;
    size_t size, used;
    alignas(max_align_t) unsigned char bytes[];
};

struct arena {
    struct block *last;
    size_t used_bytes, max_bytes;
};

static struct block *block_new(struct block *before, size_t size)
{
    struct block *block = memory_resize(NULL, 1, sizeof *block + size);

    *block = (struct block){.before = before, .size = size};
    return block;
}

struct arena *arena_new(size_t max_bytes)
{
    struct arena *arena = memory_new(1, sizeof *arena);

    arena->max_bytes = max_bytes;
    arena->last = block_new(NULL, BLOCK_BYTES);
    return arena;
}

static void forget_before(struct block *block)
{
    while (block->before) {
        struct block *before = block->before;

        block->before = before->before;
        memory_free(before);
    }
}

/* Blocks grow, so the last that is not too large to lie idle is the largest of those. */
void arena_reset(struct arena *arena)
{
    while (arena->last->before && arena->last->size > KEPT_BYTES) {
        struct block *before = arena->last->before;

        memory_free(arena->last);
        arena->last = before;
    }
    forget_before(arena->last);
    arena->last->used = 0;
    arena->used_bytes = 0;
}

void arena_free(struct arena *arena)
{
    if (!arena) {
        return;
    }
    forget_before(arena->last);
    memory_free(arena->last);
    memory_free(arena);
}

size_t arena_used_bytes(const struct arena *arena)
{
    return arena->used_bytes;
}

/* Not cleared. */
static void *take(struct arena *arena, size_t count, size_t size)
{
    const size_t step = alignof(max_align_t);
    size_t bytes;
    void *at;

    if (size && count > (SIZE_MAX / 2) / size) {
        abort();
    }
    bytes = (count * size + step - 1) / step * step;
    arena->used_bytes += bytes;
    if (arena->used_bytes > arena->max_bytes) {
        fprintf(stderr, "ferry: an arena of %zu bytes is full\n", arena->max_bytes);
        abort();
    }
    if (arena->last->size - arena->last->used < bytes) {
        /* blocks double, so that many small ones do not make a long chain */
        size_t block = arena->last->size * 2;

        arena->last = block_new(arena->last, bytes > block ? bytes : block);
    }
    at = arena->last->bytes + arena->last->used;
    arena->last->used += bytes;
    return at;
}

void *arena_alloc(struct arena *arena, size_t count, size_t size)
{
    return memset(take(arena, count, size), 0, count * size);
}

char *arena_copy_text(struct arena *arena, struct text text)
{
    char *copy;

    if (!text.at) {
        return NULL;
    }
    copy = take(arena, text.size + 1, 1);
    memcpy(copy, text.at, text.size);
    copy[text.size] = '\0';
    return copy;
}

char *arena_copy(struct arena *arena, const char *text)
{
    return arena_copy_text(arena, text_of(text));
}

char *arena_key(struct arena *arena, const char *a, const char *b, const char *c)
{
    char *key = take(arena, strlen(a) + strlen(b) + strlen(c) + 3, 1), *end;

    end = stpcpy(key, a);
    *end++ = '\x1f';
    end = stpcpy(end, b);
    *end++ = '\x1f';
    stpcpy(end, c);
    return key;
}

char *arena_printf(struct arena *arena, const char *format, ...)
{
    char brief[256], *text;
    va_list args, again;
    size_t size;

    va_start(args, format);
    va_copy(again, args);
    size = (size_t)vsnprintf(brief, sizeof brief, format, args);
    va_end(args);
    text = take(arena, size + 1, 1);
    if (size < sizeof brief) {
        memcpy(text, brief, size + 1);
    } else {
        vsnprintf(text, size + 1, format, again);
    }
    va_end(again);
    return text;
}
