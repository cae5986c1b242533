#include "base/fault.h"

#ifdef FERRY_FAULTS

#include <fcntl.h>
#include <pthread.h>
#include <signal.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* Read from the environment once: which point, at which pass, and where to note passes. */
static struct {
    pthread_once_t once;
    char name[64];
    long left;
    int note_fd;
} plan = {PTHREAD_ONCE_INIT, "", 0, -1};

static void read_plan(void)
{
    const char *fault = getenv("FERRY_FAULT"), *count = getenv("FERRY_FAULT_COUNT");
    const char *colon = fault ? strrchr(fault, ':') : NULL;

    if (colon && (size_t)(colon - fault) < sizeof plan.name) {
        memcpy(plan.name, fault, (size_t)(colon - fault));
        plan.left = strtol(colon + 1, NULL, 10);
    }
    if (count) {
        plan.note_fd = open(count, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
    }
}

static void note(const char *name)
{
    char line[80];
    int size = snprintf(line, sizeof line, "%s\n", name);

    if (write(plan.note_fd, line, (size_t)size) < 0) {
        return;
    }
}

void fault_point(const char *name)
{
    pthread_once(&plan.once, read_plan);
    if (plan.note_fd >= 0) {
        note(name);
    }
    if ((strcmp(plan.name, name) == 0 || strcmp(plan.name, "any") == 0) &&
        __atomic_sub_fetch(&plan.left, 1, __ATOMIC_RELAXED) == 0) {
        kill(getpid(), SIGKILL);
    }
}

#else
extern int fault_points_are_compiled_out;
int fault_points_are_compiled_out = 1;
#endif
