/*
 * What was found out about a connector's file, kept in the store by the hash of the file: a verdict
 * and, when it is a good one, the description. A file with a bad verdict is in quarantine: it is
 * not opened again until somebody releases it or another Ferry looks at it.
 */
#ifndef FERRY_SCHEDULE_SHELF_H
#define FERRY_SCHEDULE_SHELF_H

#include "connectors/connectors.h"
#include "store/store.h"

/* Shelves work at once, on the loop, while nothing runs yet. */
struct shelf {
    struct store *store;
    struct arena *arena;
};
struct connector_shelf shelf_open(struct shelf *shelf);

/* [any] The description of a file that was described well, by whatever version; "" when there is
 * none. */
MUST_CHECK bool shelf_description(struct db *db, const char *sha256, struct arena *arena,
                                  struct text *ret, struct error *err);
/* [writer] */
MUST_CHECK bool shelf_forget(struct db *db, const char *sha256, struct error *err);

#endif
