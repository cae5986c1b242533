#include "plan/plan_internal.h"

#include "crypto/crypto.h"

/* ---- references in a body ---- */

struct references {
    struct arena *arena;
    const char **mappings, **keys;
    size_t count, capacity;
};

static void add_reference(struct references *all, const json_t *pair)
{
    size_t room = all->capacity;

    memory_grow(&all->mappings, &room, all->count, sizeof *all->mappings);
    memory_grow(&all->keys, &all->capacity, all->count, sizeof *all->keys);
    all->mappings[all->count] = arena_copy_text(all->arena, json_text(json_array_get(pair, 0)));
    all->keys[all->count++] = arena_copy_text(all->arena, json_text(json_array_get(pair, 1)));
}

static void find_references(struct references *all, const json_t *j)
{
    const json_t *pair = json_object_get(j, "@");
    const char *name;
    json_t *value;
    size_t i;

    if (json_is_array(pair)) {
        add_reference(all, pair);
        return;
    }
    json_object_foreach((json_t *)(uintptr_t)j, name, value)
    {
        find_references(all, value);
    }
    json_array_foreach(j, i, value)
    {
        find_references(all, value);
    }
}

static void keep_references(struct plan_batch *batch, const json_t *body,
                            struct document_plan *plan)
{
    struct references all = {.arena = batch->arena};
    const char **mappings, **keys;

    find_references(&all, body);
    mappings = arena_alloc(batch->arena, all.count + 1, sizeof *mappings);
    keys = arena_alloc(batch->arena, all.count + 1, sizeof *keys);
    for (size_t i = 0; i < all.count; i++) {
        mappings[i] = all.mappings[i];
        keys[i] = all.keys[i];
    }
    memory_free(all.mappings);
    memory_free(all.keys);
    plan->ref_mappings = mappings;
    plan->ref_keys = keys;
    plan->ref_count = all.count;
}

/* Nobody sends what Ferry keeps itself: it is written when it is looked at again. */
static void look_at_references(struct plan_batch *batch, const struct document_plan *plan)
{
    for (size_t i = 0; i < plan->ref_count; i++) {
        plan_world_look_at(batch->world, plan->ref_mappings[i], plan->ref_keys[i]);
    }
}

/* ---- one root ---- */

static const char *notes_text(struct plan_batch *batch, const struct map_subject *subject)
{
    json_t *notes = json_array();
    AUTO_FREE char *text = NULL;

    for (size_t i = 0; i < subject->note_count; i++) {
        json_array_append_new(notes, json_new_text(text_of(subject->notes[i])));
    }
    text = json_write_text(notes);
    json_decref(notes);
    return arena_copy(batch->arena, text);
}

/* The revision of a document: what approval binds, and what "unchanged" means. */
static const char *revision_of(struct plan_batch *batch, const char *body)
{
    char hex[CRYPTO_SHA256_HEX];

    return arena_copy(batch->arena, crypto_sha256_hex(text_of(body), hex));
}

/* ---- what is known to fail before it is sent ---- */

static const json_t *directory_record(void *self, const char *list, const char *key)
{
    const struct map_world *world = self;

    return world->record(world->self, list, key);
}

static const json_t *directory_find(void *self, const char *list, const char *field,
                                    const char *value)
{
    const struct map_world *world = self;
    const char *const *keys = NULL;
    size_t count = world->all(world->self, list, &keys);
    const json_t *found = NULL;

    for (size_t i = 0; i < count; i++) {
        const json_t *record = world->record(world->self, list, keys[i]);

        if (record && strcmp(json_path_text(record, field), value) == 0) {
            if (found) {
                return NULL;
            }
            found = record;
        }
    }
    return found;
}

/* Asked for like any record: what is held over a lock date heals when that moves. */
static const json_t *organisation_of(const struct map_world *world)
{
    const char *key = json_path_text(world->org, "OrganisationID");

    return key[0] ? world->record(world->self, "xero.Organisation", key) : world->org;
}

static void look_ahead(struct plan_batch *batch, const struct map_subject *subject,
                       struct plan_subject *kept)
{
    const struct xero_object *object = xero_object_find(kept->plan.target);
    const struct map_world *world = plan_world_map(batch->world);
    struct xero_directory directory = {.self = (void *)(uintptr_t)world,
                                       .record = directory_record,
                                       .find = directory_find,
                                       .org = organisation_of(world)};
    struct xero_finding finding = {0};

    if (!object) {
        return;
    }
    xero_tidy(object, subject->body);
    if (!xero_preflight(object, subject->body, &directory, batch->arena, &finding)) {
        kept->refused = finding.code;
        kept->plan.code = finding.code;
        kept->plan.why = finding.sentence;
        kept->plan.fix = finding.fix ? finding.fix : "";
    }
}

static void keep_wanted(struct plan_batch *batch, const struct map_subject *subject,
                        struct document_plan *plan)
{
    AUTO_FREE char *body = json_write_text(subject->body);
    char digits[DECIMAL_TEXT_MAX];

    plan->want = arena_copy(batch->arena, body);
    plan->want_hash = revision_of(batch, body);
    plan->currency = arena_copy(batch->arena, subject->total.currency);
    plan->total = arena_copy(batch->arena, decimal_format(subject->total.amount, digits));
    keep_references(batch, subject->body, plan);
}

struct evaluation {
    struct plan_batch *batch;
    struct plan_root *root;
};

static void keep_subject(void *owner, const struct map_subject *subject)
{
    struct evaluation *e = owner;
    struct plan_root *root = e->root;
    struct arena *arena = e->batch->arena;
    const struct declared_mapping *declared = map_mapping_declared(root->mapping);
    struct plan_subject *kept;

    memory_grow(&root->subjects, &root->subject_capacity, root->subject_count,
                sizeof *root->subjects);
    kept = &root->subjects[root->subject_count++];
    *kept = (struct plan_subject){
        .verdict = subject->verdict,
        .gone = subject->gone && subject->gone[0] ? arena_copy(arena, subject->gone) : "hold",
        .match_id = subject->match_id ? arena_copy(arena, subject->match_id) : "",
        .refused = "",
        .plan =
            {
                .mapping = declared->name,
                .key = arena_copy(arena, subject->key),
                .root = root->key,
                .target = declared->to,
                .code = arena_copy(arena, subject->code ? subject->code : ""),
                .why = arena_copy(arena, subject->sentence ? subject->sentence : ""),
                .fix = "",
                .want = "",
                .want_hash = "",
                .action = "",
                .approve = arena_copy(arena, subject->approve ? subject->approve : ""),
                .notes = notes_text(e->batch, subject),
                .currency = "",
                .total = "",
            },
    };
    if (subject->verdict == MAP_WANTED) {
        look_ahead(e->batch, subject, kept);
        keep_wanted(e->batch, subject, &kept->plan);
        if (map_list_is_kept(map_mapping_target(root->mapping))) {
            look_at_references(e->batch, &kept->plan);
        }
    }
}

/* That the root is a record of; NULL: it is none, but a group, or there is exactly one. */
static const struct map_list *list_of(const struct plan_root *root)
{
    return root->pass == PLAN_SUBJECTS && map_mapping_is_group(root->mapping)
               ? NULL
               : plan_pass_list(root->mapping, root->pass);
}

/*
 * A record that was read before and cannot be read now has not vanished: nothing follows from it.
 */
static bool find_unreadable(struct plan_batch *batch, struct db *db, struct plan_root *root,
                            struct error *err)
{
    const struct map_list *list = list_of(root);
    const char *name = list ? map_list_declared(list)->name : NULL;

    return !list || plan_world_has(batch->world, name, root->key) ||
           mirror_bad(db, integration_side(batch->integration, name)->scope, name, root->key,
                      batch->arena, &root->unreadable, err);
}

static void evaluate_member(struct plan_batch *batch, const struct map_context *in,
                            struct plan_root *root)
{
    struct error ignored = {0};
    const char *group;

    /* one that cannot be put into a group is in none; its documents say so themselves */
    if (map_group_key(in, root->mapping, root->key, &group, &ignored)) {
        root->group = arena_copy(batch->arena, group);
    }
}

static bool is_soft(const struct plan_root *root)
{
    return !(root->record->dirty.hard & root->duty->at.bit);
}

/* What its own pass looked at; the record itself is not noted: whoever goes over its list has to
 * look at it again anyway. */
static void keep_looks(struct plan_batch *batch, struct plan_root *root)
{
    struct plan_record *record = root->record;
    const struct world_look *looks = NULL;
    size_t count = plan_world_looks(batch->world, &looks);
    int64_t bit = root->duty->at.bit;

    for (size_t i = 0; i < count; i++) {
        memory_grow(&record->looks, &record->look_capacity, record->look_count,
                    sizeof *record->looks);
        record->looks[record->look_count++] =
            (struct look){looks[i].hash, looks[i].moves ? bit : 0, looks[i].moves ? 0 : bit};
    }
    record->noted |= bit;
}

static bool evaluate_root(struct plan_batch *batch, struct db *db, struct plan_root *root,
                          struct error *err)
{
    struct map_context in = {batch->integration->program, plan_world_map(batch->world),
                             batch->scratch};
    struct evaluation evaluation = {batch, root};
    bool ok = find_unreadable(batch, db, root, err);

    if (ok && is_soft(root) && root->pass == PLAN_SUBJECTS) {
        ok = root_is_written(batch, db, root, &root->is_written, err);
    }
    root->record->done |= root->duty->at.bit;
    if (!ok || root->is_written) {
        return ok;
    }
    plan_world_look_for(batch->world, root->mapping, list_of(root), root->key);
    if (ok && !root->unreadable && root->pass == PLAN_MEMBERS) {
        evaluate_member(batch, &in, root);
    } else if (ok && !root->unreadable && root->pass == PLAN_OTHERS) {
        ok = others_evaluate(batch, db, root, err);
    } else if (ok && !root->unreadable) {
        ok = map_evaluate(&in, root->mapping, root->key, keep_subject, &evaluation, err);
    }
    arena_reset(batch->scratch);
    keep_looks(batch, root);
    if (ok && plan_world_error(batch->world)->kind != ERROR_NONE) {
        *err = *plan_world_error(batch->world);
        ok = false;
    }
    return ok;
}

/* ---- a batch ---- */

static bool is_full(const struct plan_batch *batch)
{
    return plan_world_spent(batch->world) > PLAN_BATCH_STEPS ||
           plan_world_read(batch->world) > PLAN_BATCH_READ ||
           arena_used_bytes(batch->arena) > PLAN_BATCH_BYTES;
}

bool plan_evaluate(struct plan_batch *batch, struct db *db, bool *ret_more, struct error *err)
{
    bool ok;

    if (!batch_take(batch, db, err)) {
        return false;
    }
    plan_parsed_next(batch->parsed);
    batch->world = plan_world_with(batch->integration, db, batch->arena, batch->parsed);
    ok = true;
    for (size_t i = 0; ok && i < batch->count; i++) {
        if (i > 0 && is_full(batch)) {
            batch->count = i; /* the others stay dirty */
            break;
        }
        ok = evaluate_root(batch, db, &batch->roots[i], err);
    }
    plan_world_free(batch->world);
    batch->world = NULL;
    if (ok) {
        *ret_more = batch->count > 0;
    }
    return ok;
}
