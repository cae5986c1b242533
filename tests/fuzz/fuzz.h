/*
 * What every fuzz target has: an input that is nobody's friend, and properties that hold for all
 * of them. A target is one file with fuzz_one(); libFuzzer makes up the inputs. Its line in
 * targets.txt says how long they get.
 */
#ifndef FERRY_TESTS_FUZZ_H
#define FERRY_TESTS_FUZZ_H

#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/base.h"

/* One input. Called many times in one process: what it makes, it frees. */
static void fuzz_one(struct text input);

int LLVMFuzzerTestOneInput(const uint8_t *at, size_t size);
int LLVMFuzzerTestOneInput(const uint8_t *at, size_t size)
{
    fuzz_one((struct text){(const char *)at, size});
    return 0;
}

/* A property does not hold: say which, and stop; libFuzzer keeps the input. */
#define MUST(condition, ...)                                                                       \
    do {                                                                                           \
        if (!(condition)) {                                                                        \
            fuzz_stop(#condition, __VA_ARGS__);                                                    \
        }                                                                                          \
    } while (0)

static inline _Noreturn void fuzz_stop(const char *condition, const char *format, ...)
    PRINTF_LIKE(2, 3);

static inline _Noreturn void fuzz_stop(const char *condition, const char *format, ...)
{
    va_list args;

    fprintf(stderr, "\nPROPERTY: ");
    va_start(args, format);
    vfprintf(stderr, format, args);
    va_end(args);
    fprintf(stderr, " [%s]\n", condition);
    abort();
}

/* ---- taking an input apart ---- */

/* A terminated copy, cut at its first zero byte. Owned. */
static inline char *fuzz_copy(struct text t)
{
    char *copy = memory_new(t.size + 1, 1);

    if (t.size) {
        memcpy(copy, t.at, t.size);
    }
    return copy;
}

/* The next byte; 0 at the end. */
static inline uint8_t fuzz_byte(struct text *input)
{
    uint8_t byte = 0;

    if (input->size) {
        byte = (uint8_t)*input->at++;
        input->size--;
    }
    return byte;
}

/* What is before the next newline; the input goes on behind it. Owned, terminated. */
static inline char *fuzz_line(struct text *input)
{
    return fuzz_copy(text_split(input, '\n'));
}

/* ---- what is checked in several targets ---- */

/* Nothing that could end a line or a header, or make a terminal do something. */
static inline bool fuzz_is_printable(struct text t)
{
    for (size_t i = 0; i < t.size; i++) {
        if ((unsigned char)t.at[i] < 0x20 || t.at[i] == 0x7f) {
            return false;
        }
    }
    return true;
}

/* An error that was returned says what it is, in whole characters. */
static inline void fuzz_check_error(const struct error *err)
{
    MUST(err->kind != ERROR_NONE && err->kind != ERROR_BUG, "an input is no bug: %s: %s", err->code,
         err->text);
    MUST(err->code[0] && err->text[0], "an error has no code or no words");
    MUST(text_is_utf8(text_of(err->text)), "an error's words are cut inside of a character");
}

#endif
