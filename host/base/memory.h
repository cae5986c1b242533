/*
 * Memory that cannot run out quietly: allocation aborts with a message when the machine has no
 * more (the ledger makes restart safe), so callers never check. Sizes from outside are checked
 * against a maximum before they come here.
 */
#ifndef FERRY_BASE_MEMORY_H
#define FERRY_BASE_MEMORY_H

#include <stddef.h>

/* Zeroed. Free with memory_free (or free). */
void *memory_new(size_t count, size_t size);
/* Like realloc; new bytes are not zeroed. */
void *memory_resize(void *at, size_t count, size_t size);
/* NULL gives NULL. */
char *memory_copy_text(const char *text);
void memory_free(void *at);
/* Overwrites; the compiler may not leave it out. Frees nothing; NULL ok. */
void memory_wipe(void *at, size_t size);

/* One heap for all threads, at the start: what one has freed, another uses, and a third of the
 * memory is saved. Few threads work at a time, so that they do not wait for each other. */
void memory_share(void);
/* What was freed goes back to the machine, where the C library can do that: after a start, a run.
 */
void memory_give_back(void);

/* Make room for one more element: grows *array (an array of size-byte elements) by doubling. */
void memory_grow(void *array, size_t *capacity, size_t count, size_t size);

/* A local that is cleaned up when it leaves scope: AUTO(buffer_done) struct buffer b = …; */
#define AUTO(with) __attribute__((cleanup(with)))
/* AUTO_FREE char *text = …; */
void memory_free_at(void *pointer_to_pointer);
#define AUTO_FREE AUTO(memory_free_at)

#endif
