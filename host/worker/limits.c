#include <errno.h>
#include <signal.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/resource.h>

#include "worker/worker.h"

#define MEBIBYTE ((rlim_t)1 << 20)

/* RLIMIT_DATA stops at private memory, RLIMIT_AS at shared memory too; new processes are denied by
 * the filter, and by RLIMIT_NPROC where there is none (it does not count for root). */
static const struct {
    int resource;
    rlim_t soft, hard;
    const char *name;
} limits[] = {
    {RLIMIT_CORE, 0, 0, "RLIMIT_CORE"},
    {RLIMIT_CPU, 2, 3, "RLIMIT_CPU"}, /* SIGXCPU at 2 s, SIGKILL at 3 s */
    {RLIMIT_NOFILE, 32, 32, "RLIMIT_NOFILE"},
    {RLIMIT_FSIZE, 0, 0, "RLIMIT_FSIZE"},
    {RLIMIT_MEMLOCK, 0, 0, "RLIMIT_MEMLOCK"},
    {RLIMIT_NPROC, 0, 0, "RLIMIT_NPROC"},
#if !defined(__SANITIZE_ADDRESS__) &&                                                              \
    !defined(__SANITIZE_THREAD__) /* its shadow memory is larger than any honest limit */
    {RLIMIT_DATA, 256 * MEBIBYTE, 256 * MEBIBYTE, "RLIMIT_DATA"},
    {RLIMIT_AS, 1024 * MEBIBYTE, 1024 * MEBIBYTE, "RLIMIT_AS"},
#endif
};

bool limits_apply(struct error *err)
{
    struct rlimit had;

    for (size_t i = 0; i < sizeof limits / sizeof *limits; i++) {
        struct rlimit limit = {.rlim_cur = limits[i].soft, .rlim_max = limits[i].hard};
        if (getrlimit(limits[i].resource, &had) == 0 && had.rlim_max < limit.rlim_max) {
            limit.rlim_max = had.rlim_max;
            limit.rlim_cur = had.rlim_max < limit.rlim_cur ? had.rlim_max : limit.rlim_cur;
        }
        if (setrlimit(limits[i].resource, &limit) != 0) {
            return error_set(err, ERROR_CONFIG, "limits", "%s could not be set: %s.",
                             limits[i].name, strerror(errno));
        }
    }
    /* A connector that prints into a file meets an error instead of a signal. */
    signal(SIGXFSZ, SIG_IGN);
    signal(SIGPIPE, SIG_IGN);
    if (prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0) {
        return error_set(err, ERROR_CONFIG, "limits", "no_new_privs could not be set: %s.",
                         strerror(errno));
    }
    return true;
}
