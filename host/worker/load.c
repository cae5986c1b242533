/*
 * libltdl, as it must be handled: absolute paths only, one thread, local scope, never closed. It
 * says "file not found" for every failure, so the true reason is asked of dlopen afterwards.
 */
#include <dlfcn.h>
#include <ltdl.h>
#include <string.h>

#include "worker/worker.h"

#define ENTRY "ferry_connector_entry"

static bool refuse(const char *path, struct error *err)
{
    void *again = dlopen(path, RTLD_NOW | RTLD_LOCAL);
    const char *why = again ? NULL : dlerror();

    return error_set(err, ERROR_REJECTED, "load", "The connector cannot be loaded: %s.",
                     why ? why : lt_dlerror());
}

bool connector_load(const char *path, connector_entry_fn **ret, struct error *err)
{
    lt_dladvise advise = NULL;
    lt_dlhandle handle = NULL;

    if (path[0] != '/') {
        return error_set(err, ERROR_REJECTED, "load", "The path %s is not absolute.", path);
    }
    if (lt_dlinit() != 0 || lt_dladvise_init(&advise) != 0 || lt_dladvise_local(&advise) != 0 ||
        lt_dladvise_resident(&advise) != 0) {
        return error_set(err, ERROR_BUG, "load", "libltdl does not start: %s.", lt_dlerror());
    }
    handle = lt_dlopenadvise(path, advise);
    lt_dladvise_destroy(&advise);
    if (!handle) {
        return refuse(path, err);
    }
    void *symbol = lt_dlsym(handle, ENTRY);
    if (!symbol) {
        return error_set(err, ERROR_REJECTED, "no-entry", "The connector does not export %s.",
                         ENTRY);
    }
    /* The one way C allows a data pointer to become a function's. */
    memcpy(ret, &symbol, sizeof *ret);
    return true;
}
