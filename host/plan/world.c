#include "plan/plan_internal.h"

#include <stdlib.h>

#define RECORD_TEXT_MAX ((size_t)256 << 20) /* what was read is smaller */

/*
 * Evaluation reads the store through here. Records are parsed once per batch (the reader's
 * snapshot does not move meanwhile), and every question is noted as a look; but for what is the
 * root's own (its record, whether its document is written), and for the members of a group, whose
 * coming and going makes it dirty by itself.
 */
struct plan_world {
    const struct integration *integration;
    struct db *db;
    struct arena *arena, *text;              /* text: of one record, until it is parsed */
    struct plan_parsed *parsed, *own_parsed; /* own: NULL when they are somebody else's */
    struct dict *found; /* "list\x1findex\x1fvalue" → struct found_keys, in the arena */
    json_t *wants;      /* array: what documents want, parsed; lives as long as records do */
    struct map_world map;
    const struct map_mapping *mapping; /* whose root is looked at; NULL: nobody's */
    uint64_t own;                      /* the root's own record; 0: it is none */
    struct world_look *looks;
    size_t look_count, look_capacity;
    struct error error;
    uint64_t spent;
    size_t read_bytes;
};

static int64_t scope_of(const struct plan_world *world, const char *list)
{
    return integration_side(world->integration, list)->scope;
}

/* (Whoever goes over a list looks at its changed records anyway.) */
static void note(struct plan_world *world, uint64_t hash, bool moves)
{
    if (hash == world->own) {
        return;
    }
    memory_grow(&world->looks, &world->look_capacity, world->look_count, sizeof *world->looks);
    world->looks[world->look_count++] = (struct world_look){hash, moves};
}

static void note_look(struct plan_world *world, uint64_t hash)
{
    note(world, hash, false);
}

static void note_document(struct plan_world *world, uint64_t hash)
{
    note(world, hash, true);
}

static bool is_xero(const struct map_list *list)
{
    return list && strncmp(map_list_declared(list)->name, "xero.", 5) == 0;
}

/*
 * What a document searches for on the side that its record comes from is what it is made of: the
 * payments of an expense, the items of an invoice. What it only refers to, what people filled in,
 * what is set up in small lists, and the other side's records are looked up.
 */
static bool is_made_of(const struct plan_world *world, const char *list)
{
    const struct map_list *searched = map_list_find(world->integration->program, list);

    return world->mapping && searched && !map_list_is_small(searched) &&
           is_xero(searched) == is_xero(map_mapping_base(world->mapping));
}

static const json_t *read_record(struct plan_world *world, const char *list, const char *key)
{
    struct text name = text_of(arena_key(world->arena, list, key, ""));
    const json_t *known = plan_parsed_known(world->parsed, name);
    const char *body = NULL;

    if (known) {
        return known;
    }
    arena_reset(world->text);
    if (!mirror_get(world->db, scope_of(world, list), list, key, world->text, &body,
                    &world->error) ||
        !body) {
        return NULL;
    }
    world->read_bytes += strlen(body);
    return plan_parsed_read(world->parsed, name, body, &world->error);
}

bool plan_world_has(struct plan_world *world, const char *list, const char *key)
{
    return read_record(world, list, key) != NULL;
}

static const json_t *world_record(void *self, const char *list, const char *key)
{
    struct plan_world *world = self;

    note_look(world, look_record(scope_of(world, list), list, key));
    return read_record(world, list, key);
}

/* index "": all keys of the list. Asked once: several mappings of one record ask the same. */
static size_t find_keys(struct plan_world *world, const char *list, const char *index,
                        const char *value, const char *const **ret_keys)
{
    const char *name = arena_key(world->arena, list, index, value);
    struct found_keys *keys = dict_get(world->found, text_of(name));
    struct mirror_index by = {index, value};
    int64_t scope = scope_of(world, list);

    if (!keys) {
        keys = arena_alloc(world->arena, 1, sizeof *keys);
        if (!(index[0]
                  ? mirror_search(world->db, scope, list, &by, world->arena, keys, &world->error)
                  : mirror_keys(world->db, scope, list, world->arena, keys, &world->error))) {
            return 0;
        }
        dict_set(world->found, text_of(name), keys);
    }
    *ret_keys = keys->at;
    return keys->count;
}

static size_t world_search(void *self, const char *list, const char *index, const char *value,
                           const char *const **ret_keys)
{
    struct plan_world *world = self;

    note(world, look_search(scope_of(world, list), list, index, value), is_made_of(world, list));
    return find_keys(world, list, index, value, ret_keys);
}

/* Small lists are looked at as a whole: any change of theirs counts. */
static size_t world_all(void *self, const char *list, const char *const **ret_keys)
{
    struct plan_world *world = self;

    note_look(world, look_search(scope_of(world, list), list, "", ""));
    return find_keys(world, list, "", "", ret_keys);
}

static size_t world_members(void *self, const char *mapping, const char *group_key,
                            const char *const **ret_keys, const char **ret_unreadable)
{
    struct plan_world *world = self;
    const struct map_mapping *of = map_mapping_find(world->integration->program, mapping);
    const char *list = map_list_declared(map_mapping_base(of))->name;
    struct member_of group = {scope_of(world, list), list, mapping, group_key};
    struct found_keys keys = {NULL, 0};
    int64_t id = world->integration->id;

    if (!member_list(world->db, id, mapping, group_key, world->arena, &keys, &world->error) ||
        !member_unreadable(world->db, id, &group, world->arena, ret_unreadable, &world->error)) {
        return 0;
    }
    *ret_keys = keys.at;
    return keys.count;
}

/* The language has one word, "open", for every state in which a document is on its way. */
static const char *const state_words[] = {
    [DOCUMENT_WAITING] = "waiting",     [DOCUMENT_HELD] = "held",
    [DOCUMENT_READY] = "open",          [DOCUMENT_SENDING] = "open",
    [DOCUMENT_UNKNOWN] = "open",        [DOCUMENT_DONE] = "done",
    [DOCUMENT_WITHDRAWN] = "withdrawn", [DOCUMENT_SKIPPED] = "none",
    [DOCUMENT_TOMBSTONE] = "removed",
};

static void to_map_document(struct plan_world *world, const struct document *document,
                            struct map_document *ret)
{
    json_t *want = NULL;

    if (document->want[0] &&
        !json_read(text_of(document->want), JSON_DEPTH_MAX, &want, &world->error)) {
        want = NULL;
    }
    if (want) {
        json_array_append_new(world->wants, want);
    }
    *ret = (struct map_document){
        .mapping = document->mapping,
        .key = document->key,
        .state = state_words[document->state],
        .id = document->target_id,
        .code = document->code,
        .why = document->why,
        .url = document->url,
        .root = document->root,
        .want = want,
    };
}

static bool world_document(void *self, const char *mapping, const char *key,
                           struct map_document *ret)
{
    struct plan_world *world = self;
    struct document document;

    note_document(world, look_document(world->integration->id, mapping, key));
    if (!ledger_find(world->db, world->integration->id, mapping, key, world->arena, &document,
                     &world->error) ||
        !document.id || !ledger_fate(world->db, &document, world->arena, &world->error)) {
        return false;
    }
    to_map_document(world, &document, ret);
    return true;
}

static bool world_is_written(void *self, const char *mapping, const char *key)
{
    struct plan_world *world = self;
    struct document document;

    return ledger_find(world->db, world->integration->id, mapping, key, world->arena, &document,
                       &world->error) &&
           document.id && document.target_id[0];
}

struct collected {
    struct plan_world *world;
    struct map_document *at;
    size_t count, capacity;
};

static bool collect_document(void *self, const struct document *document, struct error *err)
{
    struct collected *all = self;

    (void)err;
    memory_grow(&all->at, &all->capacity, all->count, sizeof *all->at);
    to_map_document(all->world, document, &all->at[all->count++]);
    note_document(all->world,
                  look_document(all->world->integration->id, document->mapping, document->key));
    return true;
}

static size_t documents_where(struct plan_world *world, const struct ledger_filter *filter,
                              const struct map_document **ret)
{
    struct collected all = {.world = world};
    struct map_document *copy;

    if (!ledger_each(world->db, filter, world->arena, collect_document, &all, &world->error)) {
        all.count = 0;
    }
    copy = arena_alloc(world->arena, all.count + 1, sizeof *copy);
    if (all.count) {
        memcpy(copy, all.at, all.count * sizeof *copy);
    }
    memory_free(all.at);
    *ret = copy;
    return all.count;
}

static size_t world_by_target(void *self, const char *mapping, const char *id,
                              const struct map_document **ret)
{
    struct plan_world *world = self;
    struct ledger_filter filter = {
        .integration = world->integration->id, .mapping = mapping, .target_id = id, .state = -1};

    note_document(world, look_document(world->integration->id, mapping, id));
    return documents_where(world, &filter, ret);
}

static size_t world_of_record(void *self, const char *list, const char *key,
                              const struct map_document **ret)
{
    struct plan_world *world = self;
    struct ledger_filter filter = {.integration = world->integration->id, .root = key, .state = -1};

    note_look(world, look_record(scope_of(world, list), list, key));
    return documents_where(world, &filter, ret);
}

struct plan_world *plan_world_with(const struct integration *integration, struct db *db,
                                   struct arena *arena, struct plan_parsed *parsed)
{
    struct plan_world *world = memory_new(1, sizeof *world);
    const char *const *keys = NULL;
    size_t count;

    *world = (struct plan_world){.integration = integration,
                                 .db = db,
                                 .arena = arena,
                                 .text = arena_new(RECORD_TEXT_MAX),
                                 .parsed = parsed,
                                 .wants = json_array(),
                                 .found = dict_new()};
    world->map = (struct map_world){
        .self = world,
        .record = world_record,
        .search = world_search,
        .all = world_all,
        .members = world_members,
        .document = world_document,
        .is_written = world_is_written,
        .by_target = world_by_target,
        .of_record = world_of_record,
        .options = integration->options,
        .spent = &world->spent,
    };
    count = world_all(world, "xero.Organisation", &keys);
    world->map.org = count ? read_record(world, "xero.Organisation", keys[0]) : NULL;
    world->look_count = 0;
    return world;
}

struct plan_world *plan_world_new(const struct integration *integration, struct db *db,
                                  struct arena *arena)
{
    struct plan_parsed *own = plan_parsed_new();
    struct plan_world *world = plan_world_with(integration, db, arena, own);

    world->own_parsed = own;
    return world;
}

uint64_t plan_world_spent(const struct plan_world *world)
{
    return world->spent;
}

size_t plan_world_read(const struct plan_world *world)
{
    return world->read_bytes;
}

void plan_world_free(struct plan_world *world)
{
    if (!world) {
        return;
    }
    arena_free(world->text);
    plan_parsed_free(world->own_parsed);
    json_decref(world->wants);
    dict_free(world->found);
    memory_free(world->looks);
    memory_free(world);
}

const struct map_world *plan_world_map(struct plan_world *world)
{
    return &world->map;
}

static int compare_looks(const void *a, const void *b)
{
    const struct world_look *left = a, *right = b;

    if (left->hash != right->hash) {
        return left->hash < right->hash ? -1 : 1;
    }
    return right->moves - left->moves; /* what moves comes first, and is kept */
}

size_t plan_world_looks(struct plan_world *world, const struct world_look **ret)
{
    struct world_look *copy = arena_alloc(world->arena, world->look_count + 1, sizeof *copy);
    size_t kept = 0;

    if (world->look_count) {
        qsort(world->looks, world->look_count, sizeof *world->looks, compare_looks);
    }
    for (size_t i = 0; i < world->look_count; i++) {
        if (kept == 0 || copy[kept - 1].hash != world->looks[i].hash) {
            copy[kept++] = world->looks[i];
        }
    }
    world->look_count = 0;
    *ret = copy;
    return kept;
}

void plan_world_look_at(struct plan_world *world, const char *mapping, const char *key)
{
    note_document(world, look_document(world->integration->id, mapping, key));
}

void plan_world_look_for(struct plan_world *world, const struct map_mapping *mapping,
                         const struct map_list *list, const char *root)
{
    const char *name = list ? map_list_declared(list)->name : NULL;

    world->mapping = mapping;
    world->own = name ? look_record(scope_of(world, name), name, root) : 0;
}

const struct error *plan_world_error(const struct plan_world *world)
{
    return &world->error;
}
