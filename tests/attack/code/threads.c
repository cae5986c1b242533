/* Leaves a thread behind. */
#include <pthread.h>
#include <stdint.h>

#include "ferry/connector.h"

#include "../../unit/connectors/bad/entry.h"

static void *stay(void *nothing)
{
    for (;;) {
    }
    return nothing;
}

static void on_entry(struct ferry_connector *table)
{
    pthread_t thread;

    (void)table;
    pthread_create(&thread, NULL, stay, NULL);
}
BAD_CONNECTOR("threads")
