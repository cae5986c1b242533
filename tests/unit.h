/* What every unit test includes: cmocka with what it wants before it. */
#ifndef FERRY_TESTS_UNIT_H
#define FERRY_TESTS_UNIT_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/base.h"

/* fail() and fail_msg() do not return; cmocka's header leaves it out. */
__attribute__((noreturn)) void _fail(const char *file, int line);

/* A small generator with a seed, so that a failing case can be run again. */
static inline uint64_t next_random(uint64_t *state)
{
    *state ^= *state << 13;
    *state ^= *state >> 7;
    *state ^= *state << 17;
    return *state;
}

#endif
