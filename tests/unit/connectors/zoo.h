/* Where the build put the connectors that misbehave, and the worker. */
#ifndef TESTS_CONNECTORS_ZOO_H
#define TESTS_CONNECTORS_ZOO_H

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/memory.h"
#include "connectors/connectors.h"

static inline const char *zoo_build(void)
{
    const char *build = getenv("FERRY_BUILD");

    if (!build) {
        fail_msg("FERRY_BUILD is not set; run the tests with ctest");
    }
    return build;
}

static inline const char *zoo_path(const char *name)
{
    static char path[512];

    snprintf(path, sizeof path, "%s/bad/%s.so", zoo_build(), name);
    return path;
}

static inline struct connector_worker zoo_worker(void)
{
    static char path[512];

    snprintf(path, sizeof path, "%s/bin/ferry-worker", zoo_build());
    return (struct connector_worker){.path = path};
}

#endif
