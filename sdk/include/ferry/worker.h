/*
 * ferry/worker.h: how ferry-worker and Ferry talk. Private to the two (and to tests): connectors
 * never need it.
 *
 *   ferry-worker --describe PATH            PATH: a shared object, mostly /proc/self/fd/N
 *   ferry-worker --describe-unfenced PATH   also where the kernel has no seccomp: only for a file
 *                                           whose hash the operator consented to
 *
 * Without seccomp, --describe ends before anything is opened, with "refused no-sandbox".
 *
 * The worker writes to descriptor 3, never to its standard streams, which are the connector's:
 *
 *   ferry-worker 1 landlock=7 seccomp=1\n     before any foreign code runs: the fence it has;
 *                                             landlock is the kernel's ABI, 0 for none
 *   then one of
 *   ok SIZE\n and SIZE bytes of JSON          the description, see ferry/describe.h
 *   refused CODE SENTENCE\n                   why there is none
 *   policy CALL\n                             the connector made a call that ends it
 *
 * Nothing after the first line can be believed more than the connector itself: it shares the
 * worker's memory.
 *
 * FERRY_WORKER_HIDE=landlock,seccomp in the environment makes the worker behave as on a kernel
 * without them; "landlock=2" as on one with no more than that ABI.
 */
#ifndef FERRY_WORKER_H
#define FERRY_WORKER_H

#define FERRY_WORKER_PROTOCOL 1
#define FERRY_WORKER_FD       3

/* How the worker exits; any other status was not its own idea. */
enum ferry_worker_exit {
    FERRY_WORKER_OK = 0,
    FERRY_WORKER_REFUSED = 10,
    FERRY_WORKER_POLICY = 11,
    FERRY_WORKER_SANDBOX = 12, /* the kernel has a fence, but it could not be put up */
    FERRY_WORKER_USAGE = 64,
};

#endif
