/* Brings a JSON library of its own, by the names of the host's. */
#include <stdint.h>
#include <stdlib.h>

#include "ferry/connector.h"

#include "../../unit/connectors/bad/entry.h"

void *json_loads(const char *text, size_t flags, void *err);
void *json_loads(const char *text, size_t flags, void *err)
{
    (void)text, (void)flags, (void)err;
    abort();
}
int json_object_set_new(void *object, const char *name, void *value);
int json_object_set_new(void *object, const char *name, void *value)
{
    (void)object, (void)name, (void)value;
    abort();
}
static void *(*volatile use)(const char *, size_t, void *) = json_loads;

static void on_entry(struct ferry_connector *table)
{
    (void)table;
    (void)use;
}
BAD_CONNECTOR("own-jansson")
