/*
 * meter: what a command spends. A small program of its own, because the peak of a process counts
 * from before its exec: a large parent would be counted in.
 *
 *   meter FILE COMMAND…     FILE gets one JSON object; the exit code is the command's
 */
#include <stdio.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

static double seconds(struct timeval t)
{
    return (double)t.tv_sec + (double)t.tv_usec / 1e6;
}

static double now(void)
{
    struct timespec t;

    clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

static int exit_code(int status)
{
    return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
}

int main(int count, char **words)
{
    const char *preload = getenv("BENCH_PRELOAD"); /* not for ourselves */
    struct rusage used;
    double begun;
    char text[40];
    int status = 0;
    pid_t child;
    FILE *f;

    if (count < 3) {
        fprintf(stderr, "usage: meter FILE COMMAND…\n");
        return 2;
    }
    begun = now();
    snprintf(text, sizeof text, "%.9f", begun);
    setenv("BENCH_BEGUN", text, 1); /* the probe counts from here */
    child = fork();
    if (child == 0) {
        if (preload) {
            setenv("LD_PRELOAD", preload, 1);
        }
        execv(words[2], words + 2);
        perror(words[2]);
        _exit(127);
    }
    if (child < 0 || wait4(child, &status, 0, &used) != child) {
        perror("meter");
        return 2;
    }
    f = fopen(words[1], "w");
    if (!f) {
        perror(words[1]);
        return 2;
    }
    fprintf(f,
            "{\"seconds\": %.6f, \"cpu_user\": %.6f, \"cpu_system\": %.6f, \"peak_mb\": %.3f, "
            "\"exit\": %d}\n",
            now() - begun, seconds(used.ru_utime), seconds(used.ru_stime),
            (double)used.ru_maxrss / 1024, exit_code(status));
    fclose(f);
    return exit_code(status);
}
