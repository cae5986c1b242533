#include "map/program.h"

/*
 * Which flows run decides which mappings are planned and which lists are read: those of the flows,
 * contacts and the like that they refer to, and what all of these look at.
 */

static size_t flow_index(const struct program *p, const char *name)
{
    size_t i = 0;

    while (i < p->flow_count && strcmp(p->flows[i].declared->name, name) != 0) {
        i++;
    }
    return i;
}

/* What is only made because others refer to it comes along, whatever flow it stands in. */
static bool add_on_demand(const struct program *p, bool *mappings)
{
    bool grown = false;

    for (size_t i = 0; i < p->mapping_count; i++) {
        for (size_t k = 0; mappings[i] && k < p->mapping_count; k++) {
            if (!mappings[k] && p->mappings[i].sends[k] &&
                map_mapping_is_on_demand(p, &p->mappings[k])) {
                mappings[k] = grown = true;
            }
        }
    }
    return grown;
}

static void add_lists(const struct program *p, const bool *reads, bool *lists)
{
    for (size_t i = 0; reads && i < p->list_count; i++) {
        lists[i] = lists[i] || reads[i];
    }
}

/* Whoever writes to Xero needs its directory: what is set up there, which is small. The
 * organisation itself is looked at in any case: it must be the right one. */
static void add_directory(const struct program *p, const bool *mappings, bool *lists)
{
    bool writes = false;

    for (size_t i = 0; i < p->mapping_count; i++) {
        writes = writes || (mappings[i] && p->mappings[i].target->is_xero);
    }
    for (size_t i = 0; writes && i < p->list_count; i++) {
        lists[i] = lists[i] || (p->lists[i].is_xero && p->lists[i].is_small);
    }
    for (size_t i = 0; i < p->list_count; i++) {
        lists[i] = lists[i] || strcmp(p->lists[i].declared->name, "xero.Organisation") == 0;
    }
}

const struct map_activity *map_activity(const struct program *p, const bool *flows,
                                        struct arena *arena)
{
    struct map_activity *activity = arena_alloc(arena, 1, sizeof *activity);
    bool *mappings = arena_alloc(arena, p->mapping_count + 1, sizeof *mappings);
    bool *lists = arena_alloc(arena, p->list_count + 1, sizeof *lists);

    for (size_t i = 0; i < p->mapping_count; i++) {
        mappings[i] = !flows || flows[flow_index(p, p->mappings[i].flow)];
    }
    while (add_on_demand(p, mappings)) {
    }
    for (size_t i = 0; i < p->mapping_count; i++) {
        if (mappings[i]) {
            add_lists(p, p->mappings[i].reads, lists);
        }
    }
    for (size_t i = 0; i < p->flow_count; i++) {
        add_lists(p, p->flows[i].reads, lists);
    }
    add_directory(p, mappings, lists);
    *activity = (struct map_activity){mappings, lists};
    return activity;
}

bool map_mapping_is_active(const struct map_activity *activity, const struct map_mapping *mapping)
{
    return !activity || activity->mappings[mapping->index];
}

bool map_list_is_active(const struct program *program, const struct map_activity *activity,
                        const struct map_list *list)
{
    return list->is_read && (!activity || activity->lists[list - program->lists]);
}
