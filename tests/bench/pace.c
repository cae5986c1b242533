/*
 * pace: lets a shared clock go on by itself, so many times as fast as the machine's, until it is
 * ended. What a program takes to compute then counts on that clock, too; left alone, a shared clock
 * stands still meanwhile.
 *
 *   pace CLOCK FACTOR
 */
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/prctl.h>
#include <time.h>

#include "base/base.h"
#include "base/clock.h"

#define STEP_NS 1000000

static double now_ms(void)
{
    struct timespec t;

    clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec * 1e3 + (double)t.tv_nsec / 1e6;
}

int main(int count, char **words)
{
    const struct timespec step = {0, STEP_NS};
    struct clock *clock = NULL;
    struct error err = {0};
    double factor = count == 3 ? strtod(words[2], NULL) : 0, begun;
    int64_t given_ms = 0;

    prctl(PR_SET_PDEATHSIG, SIGTERM); /* not longer than who measures */
    if (factor <= 0) {
        fprintf(stderr, "usage: pace CLOCK FACTOR\n");
        return 2;
    }
    if (!clock_open_shared(words[1], 0, &clock, &err)) {
        fprintf(stderr, "pace: %s\n", err.text);
        return 2;
    }
    begun = now_ms();
    for (;;) {
        int64_t due_ms = (int64_t)((now_ms() - begun) * factor);

        clock_advance(clock, due_ms - given_ms);
        given_ms = due_ms;
        nanosleep(&step, NULL);
    }
}
