/* map: what the mappings would make of one record that a person hands in, field by field. */
#include "base/memory.h"
#include "schedule/engine_internal.h"

/* The world of the store, but for the one record at hand. */
struct handed {
    const struct map_world *store;
    struct map_world world;
    const char *list, *key;
    json_t *record; /* owned */
};

static const json_t *handed_record(void *self, const char *list, const char *key)
{
    struct handed *h = self;

    return strcmp(list, h->list) == 0 && strcmp(key, h->key) == 0
               ? h->record
               : h->store->record(h->store->self, list, key);
}

static size_t handed_search(void *self, const char *list, const char *index, const char *value,
                            const char *const **ret_keys)
{
    struct handed *h = self;

    return h->store->search(h->store->self, list, index, value, ret_keys);
}

static size_t handed_all(void *self, const char *list, const char *const **ret_keys)
{
    struct handed *h = self;

    return h->store->all(h->store->self, list, ret_keys);
}

static size_t handed_members(void *self, const char *mapping, const char *group,
                             const char *const **ret_keys, const char **ret_unreadable)
{
    struct handed *h = self;

    return h->store->members(h->store->self, mapping, group, ret_keys, ret_unreadable);
}

static bool handed_document(void *self, const char *mapping, const char *key,
                            struct map_document *ret)
{
    struct handed *h = self;

    return h->store->document(h->store->self, mapping, key, ret);
}

static bool handed_is_written(void *self, const char *mapping, const char *key)
{
    struct handed *h = self;

    return h->store->is_written(h->store->self, mapping, key);
}

static size_t handed_by_target(void *self, const char *mapping, const char *id,
                               const struct map_document **ret)
{
    struct handed *h = self;

    return h->store->by_target(h->store->self, mapping, id, ret);
}

static size_t handed_of_record(void *self, const char *list, const char *key,
                               const struct map_document **ret)
{
    struct handed *h = self;

    return h->store->of_record(h->store->self, list, key, ret);
}

static void open_world(struct handed *h, const struct map_world *store)
{
    h->store = store;
    h->world = (struct map_world){
        .self = h,
        .record = handed_record,
        .search = handed_search,
        .all = handed_all,
        .members = handed_members,
        .document = handed_document,
        .is_written = handed_is_written,
        .by_target = handed_by_target,
        .of_record = handed_of_record,
        .options = store->options,
        .org = store->org,
    };
}

/* ---- one mapping ---- */

struct explaining {
    struct question *q;
    json_t *subjects, *subject;
};

static void add_verdict(void *owner, const struct map_subject *subject)
{
    static const char *const verdicts[] = {"wanted", "skip", "wait", "hold"};
    json_t *one = ((struct explaining *)owner)->subject;

    answer_text(one, "key", subject->key);
    answer_text(one, "verdict", verdicts[subject->verdict]);
    answer_text(one, "code", subject->code);
    answer_text(one, "why", subject->sentence);
}

static void add_field(void *owner, const struct map_trace *trace)
{
    json_t *line = json_object(), *value = NULL;

    answer_text(line, "field", trace->field);
    answer_text(line, "expression", trace->expression);
    answer_text(line, "looked", trace->looked);
    if (trace->value[0] && json_read(text_of(arena_printf(((struct explaining *)owner)->q->arena,
                                                          "[%s]", trace->value)),
                                     JSON_DEPTH_MAX, &value, NULL)) {
        json_object_set(line, "value", json_array_get(value, 0));
        json_decref(value);
    }
    json_array_append_new(json_object_get(((struct explaining *)owner)->subject, "fields"), line);
}

static bool explain(struct explaining *e, struct handed *h, const struct map_mapping *mapping,
                    struct error *err)
{
    struct map_context in = {e->q->site->integration.program, &h->world, e->q->arena};

    e->subject = json_object();
    json_array_append_new(e->subjects, e->subject);
    answer_text(e->subject, "mapping", map_mapping_declared(mapping)->name);
    json_object_set_new(e->subject, "fields", json_array());
    return map_evaluate(&in, mapping, h->key, add_verdict, e, err) &&
           map_explain(&in, mapping, h->key, add_field, e, err);
}

/* Every mapping whose records look like the one that was handed in. */
static bool explain_as(struct explaining *e, struct plan_world *world,
                       const struct map_mapping *mapping, struct error *why)
{
    const struct program *program = e->q->site->integration.program;
    const struct map_list *base = map_mapping_base(mapping);
    struct map_read read = {0};
    struct handed h = {0};
    bool ok;

    if (!base || map_mapping_is_group(mapping)) {
        return true;
    }
    if (!map_record(program, base, json_object_get(e->q->request, "record"), NULL, e->q->arena,
                    &read, why)) {
        return true; /* a record of another list */
    }
    h.list = map_list_declared(base)->name;
    h.key = read.key;
    h.record = read.record;
    open_world(&h, plan_world_map(world));
    ok = explain(e, &h, mapping, why);
    json_decref(read.record);
    return ok;
}

static bool work_explain(struct db *db, void *self, struct error *err)
{
    struct question *q = self;
    struct explaining e = {.q = q, .subjects = json_array()};
    const struct program *program = q->site->integration.program;
    const char *wanted = question_text(q, "mapping");
    struct plan_world *world = plan_world_new(&q->site->integration, db, q->arena);
    struct error why = {0};
    bool ok = true;

    json_object_set_new(q->answer, "subjects", e.subjects);
    for (size_t i = 0; ok && i < map_mapping_count(program); i++) {
        const struct map_mapping *mapping = map_mapping_at(program, i);

        if (!wanted[0] || strcmp(map_mapping_declared(mapping)->name, wanted) == 0) {
            ok = explain_as(&e, world, mapping, &why);
        }
    }
    plan_world_free(world);
    if (!ok || (json_array_size(e.subjects) == 0 && why.kind)) {
        *err = why; /* it fits no list: the last one says why */
        return false;
    }
    return true;
}

void ask_explain(struct question *q)
{
    if (q->site->problem) {
        question_fail(q, q->site->problem);
        return;
    }
    question_read(q, work_explain, question_done);
}
