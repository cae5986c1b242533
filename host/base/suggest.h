/*
 * "Did you mean …?": the nearest of some names, or NULL when none is near.
 */
#ifndef FERRY_BASE_SUGGEST_H
#define FERRY_BASE_SUGGEST_H

#include <stddef.h>

const char *suggest_name(const char *typed, const char *const *names, size_t count);

#endif
