/* ferry-worker: see worker.h and ferry/worker.h. */
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/buffer.h"
#include "ferry/describe.h"
#include "ferry/worker.h"
#include "worker/worker.h"

#define DESCRIPTION_MAX (1u << 20)

/* What may be used of what the kernel has. */
struct fence {
    int landlock; /* most ABI; 0: none */
    bool seccomp;
    bool needed; /* nothing is opened without seccomp */
};

#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
#define SANITIZED true
#else
#define SANITIZED false
#endif

static struct fence fence_wanted(bool needed)
{
    struct fence fence = {.landlock = 1000, .seccomp = true, .needed = needed};
    const char *hide = getenv("FERRY_WORKER_HIDE");
    struct text rest = text_of(hide);

    if (SANITIZED) {
        /* The sanitizer needs files, memory and ptrace of its own. */
        fputs("ferry-worker: built with a sanitizer: no sandbox\n", stderr);
        return (struct fence){0, false, false};
    }
    while (rest.size > 0) {
        struct text word = text_trim(text_split(&rest, ','));
        if (text_is(word, "landlock")) {
            fence.landlock = 0;
        } else if (text_starts(word, "landlock=") && word.size == 10) {
            fence.landlock = word.at[9] - '0';
        } else if (text_is(word, "seccomp")) {
            fence.seccomp = false;
        }
    }
    return fence;
}

/* Says what was reached before anything foreign is near. */
static bool fence_apply(struct fence *fence, const char *path, struct error *err)
{
    if (!limits_apply(err)) {
        return false;
    }
    fence->landlock = fence->landlock > 0 ? landlock_abi(fence->landlock) : 0;
    if (fence->landlock > 0 && !landlock_apply(fence->landlock, path, err)) {
        return false;
    }
    fence->seccomp = fence->seccomp && filter_is_possible();
    if (fence->seccomp && !filter_apply(FILTER_LOADING, err)) {
        return false;
    }
    report_line("ferry-worker %d landlock=%d seccomp=%d", FERRY_WORKER_PROTOCOL, fence->landlock,
                fence->seccomp ? 1 : 0);
    return fence->seccomp || !fence->needed ||
           error_set(err, ERROR_CONFIG, "no-sandbox", "The kernel has no seccomp.");
}

static int sink_add(void *self, const char *bytes, size_t size)
{
    struct buffer *out = self;

    buffer_add(out, bytes, size);
    return !out->overflow;
}

static int refused(const char *code, const char *sentence)
{
    report_line("refused %s %s", code, sentence);
    return FERRY_WORKER_REFUSED;
}

static int describe(connector_entry_fn *entry)
{
    struct buffer out;
    struct ferry_sink sink = {&out, sink_add};
    struct ferry_problem problem;

    buffer_init(&out, DESCRIPTION_MAX);
    if (!ferry_describe(entry(), &sink, &problem)) {
        return refused(problem.code, problem.sentence);
    }
    return report_line("ok %zu", out.size) && report_write(out.at, out.size) ? FERRY_WORKER_OK
                                                                             : FERRY_WORKER_USAGE;
}

static int run(const char *path, bool needs_fence)
{
    struct error err = {0};
    struct fence fence = fence_wanted(needs_fence);
    connector_entry_fn *entry = NULL;

    clearenv();
    if (!fence_apply(&fence, path, &err)) {
        report_line("refused %s %s", err.code, err.text);
        return FERRY_WORKER_SANDBOX;
    }
    if (!connector_load(path, &entry, &err)) {
        return refused(err.code, err.text);
    }
    if (fence.seccomp && !filter_apply(FILTER_DESCRIBE, &err)) {
        report_line("refused %s %s", err.code, err.text);
        return FERRY_WORKER_SANDBOX;
    }
    return describe(entry);
}

int main(int count, char **arguments)
{
    bool unfenced = count == 3 && strcmp(arguments[1], "--describe-unfenced") == 0;

    if (count != 3 || (!unfenced && strcmp(arguments[1], "--describe") != 0) ||
        fcntl(FERRY_WORKER_FD, F_GETFD) < 0) {
        fputs("usage: ferry-worker --describe /path/to/connector.so 3>description\n"
              "Started by ferry; see ferry connector show.\n",
              stderr);
        return FERRY_WORKER_USAGE;
    }
    /* Not exit(): what the connector left to run at exit does not run. */
    _exit(run(arguments[2], !unfenced));
}
