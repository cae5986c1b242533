/* ferry-twin: options, start, wait for SIGTERM, end. */
#include <errno.h>
#include <getopt.h>
#include <inttypes.h>
#include <signal.h>
#include <stdlib.h>
#include <unistd.h>

#include "twin.h"

struct options {
    const char *port, *clock, *start, *seeds, *capture, *port_file;
};

static const struct option long_options[] = {
    {"port", required_argument, NULL, 'p'},    {"clock", required_argument, NULL, 'c'},
    {"start", required_argument, NULL, 't'},   {"seeds", required_argument, NULL, 's'},
    {"capture", required_argument, NULL, 'w'}, {"port-file", required_argument, NULL, 'f'},
    {"help", no_argument, NULL, 'h'},          {NULL, 0, NULL, 0}};

static int usage(FILE *out, int status)
{
    fputs("usage: ferry-twin --seeds DIR [--port N] [--clock FILE] [--capture FILE.jsonl]\n"
          "                  [--port-file FILE] [--start TIME, of a new clock file]\n"
          "Stands in for Xero (/xero) and Payhawk (/payhawk) on 127.0.0.1; port 0 takes any.\n",
          out);
    return status;
}

static bool read_options(int argc, char **argv, struct options *o)
{
    int c;

    while ((c = getopt_long(argc, argv, "", long_options, NULL)) != -1) {
        const char **where = c == 'p'   ? &o->port
                             : c == 'c' ? &o->clock
                             : c == 't' ? &o->start
                             : c == 's' ? &o->seeds
                             : c == 'w' ? &o->capture
                                        : &o->port_file;
        if (c == '?' || c == 'h') {
            return false;
        }
        *where = optarg;
    }
    return o->seeds && optind == argc;
}

static bool open_clock(struct twin *twin, const char *path, const char *start, struct error *err)
{
    twin->clock = clock_open_system();
    if (path) {
        int64_t now = clock_wall_ms(twin->clock);
        clock_close(twin->clock);
        twin->clock = NULL;
        if (start && !instant_parse(text_of(start), &now, err)) {
            return false;
        }
        return clock_open_shared(path, now, &twin->clock, err);
    }
    return true;
}

static bool open_capture(struct twin *twin, const char *path, struct error *err)
{
    if (!path) {
        return true;
    }
    twin->capture = fopen(path, "ae");
    return twin->capture ||
           error_set(err, ERROR_CONFIG, "capture", "%s: %s", path, strerror(errno));
}

/* A reader sees the whole file or none. */
static bool write_port(const char *path, uint16_t port, struct error *err)
{
    char whole[4096];
    FILE *f;

    if (!path) {
        printf("ferry-twin: listening on 127.0.0.1:%u\n", port);
        fflush(stdout);
        return true;
    }
    snprintf(whole, sizeof whole, "%s.new", path);
    f = fopen(whole, "we");
    if (!f || fprintf(f, "%u\n", port) < 0 || fclose(f) != 0 || rename(whole, path) != 0) {
        return error_set(err, ERROR_CONFIG, "port-file", "%s: %s", path, strerror(errno));
    }
    return true;
}

static bool run(const struct options *o, struct twin *twin, struct error *err)
{
    struct server *server = NULL;
    sigset_t set;
    int signal_number;
    bool ok;

    sigemptyset(&set);
    sigaddset(&set, SIGTERM);
    sigaddset(&set, SIGINT);
    pthread_sigmask(SIG_BLOCK, &set, NULL);
    signal(SIGPIPE, SIG_IGN);
    if (!open_clock(twin, o->clock, o->start, err) || !open_capture(twin, o->capture, err) ||
        !twin_load(twin, err)) {
        return false;
    }
    if (!server_start(twin, (uint16_t)strtoul(o->port ? o->port : "0", NULL, 10), &server, err)) {
        return false;
    }
    ok = write_port(o->port_file, server_port(server), err);
    if (ok) {
        sigwait(&set, &signal_number);
    }
    server_stop(server);
    return ok;
}

int main(int argc, char **argv)
{
    struct options o = {0};
    struct twin twin = {.lock = PTHREAD_MUTEX_INITIALIZER};
    struct error err = {0};
    bool ok;

    if (!read_options(argc, argv, &o)) {
        return usage(stderr, 2);
    }
    twin.seeds = o.seeds;
    ok = run(&o, &twin, &err);
    if (!ok) {
        fprintf(stderr, "ferry-twin: %s\n", err.text);
    }
    twin_unload(&twin);
    if (twin.capture) {
        fclose(twin.capture);
    }
    clock_close(twin.clock);
    return ok ? 0 : 1;
}
