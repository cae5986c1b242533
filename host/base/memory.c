#include "base/memory.h"

#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#ifdef __GLIBC__ /* (known once a header of the C library was read) */
#include <malloc.h>
#endif

static void *must_have(void *at, size_t count, size_t size)
{
    if (!at && count && size) {
        fprintf(stderr, "ferry: out of memory (%zu × %zu bytes)\n", count, size);
        abort();
    }
    return at;
}

void *memory_new(size_t count, size_t size)
{
    return must_have(calloc(count ? count : 1, size ? size : 1), 1, 1);
}

void *memory_resize(void *at, size_t count, size_t size)
{
    size_t bytes;

    if (size && count > SIZE_MAX / size) {
        return must_have(NULL, count, size);
    }
    bytes = count * size;
    return must_have(realloc(at, bytes > 0 ? bytes : 1), count, size);
}

char *memory_copy_text(const char *text)
{
    return text ? must_have(strdup(text), 1, 1) : NULL;
}

void memory_free(void *at)
{
    free(at);
}

void memory_wipe(void *at, size_t size)
{
    if (at) {
        explicit_bzero(at, size);
    }
}

void memory_grow(void *array, size_t *capacity, size_t count, size_t size)
{
    void *at;

    if (count < *capacity) {
        return;
    }
    *capacity = *capacity ? *capacity * 2 : 8;
    memcpy(&at, array, sizeof at);
    at = memory_resize(at, *capacity, size);
    memcpy(array, &at, sizeof at);
}

void memory_free_at(void *pointer_to_pointer)
{
    void *at;

    memcpy(&at, pointer_to_pointer, sizeof at);
    free(at);
}

void memory_share(void)
{
#ifdef __GLIBC__
    mallopt(M_ARENA_MAX, 1);
#endif
}

void memory_give_back(void)
{
#ifdef __GLIBC__
    malloc_trim(0);
#endif
}
