/* What is at work when only some flows run. Part of map/map.h. */
#ifndef FERRY_MAP_ACTIVITY_H
#define FERRY_MAP_ACTIVITY_H

#include "base/arena.h"

struct program;
struct map_list;
struct map_mapping;

/*
 * What is at work when only some flows run: their mappings, the contacts and the like that these
 * refer to, and the lists that all of them look at. flows: by their place in the declaration; NULL:
 * all of them. In arena.
 */
struct map_activity {
    const bool *mappings, *lists;
};
const struct map_activity *map_activity(const struct program *program, const bool *flows,
                                        struct arena *arena);
/* activity NULL: everything is. */
bool map_mapping_is_active(const struct map_activity *activity, const struct map_mapping *mapping);
bool map_list_is_active(const struct program *program, const struct map_activity *activity,
                        const struct map_list *list);

#endif
