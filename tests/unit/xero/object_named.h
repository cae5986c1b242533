/* Objects of Xero by their bare names. */
#ifndef FERRY_TESTS_OBJECT_NAMED_H
#define FERRY_TESTS_OBJECT_NAMED_H

#include "xero/xero.h"

#include <stdio.h>

/* "Invoices" for "xero.Invoices": tables of tests are easier to read so. */
static inline const struct xero_object *object_named(const char *bare)
{
    char list[64];

    snprintf(list, sizeof list, "xero.%s", bare);
    return xero_object_find(list);
}

#endif
