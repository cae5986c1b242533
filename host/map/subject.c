#include "map/draft.h"
#include "map/sentence.h"

/* Everything that is needed while the subjects of one root are looked at. */
struct looking {
    struct evaluation e;
    const struct map_mapping *mapping;
    map_subject_fn *each;
    void *owner;
    map_trace_fn *trace;
    void *trace_owner;
};

/* ---- verdicts ---- */

static enum map_verdict verdict_of(enum ferry_verdict verdict)
{
    return verdict == FERRY_SKIP ? MAP_SKIP : verdict == FERRY_WAIT ? MAP_WAIT : MAP_HOLD;
}

static void set_held(const struct evaluation *e, struct map_subject *subject)
{
    subject->verdict = e->waits ? MAP_WAIT : MAP_HOLD;
    subject->code = e->code;
    subject->sentence = e->sentence;
}

/* A word or a feature; what cannot be worked out is as if nothing was said. */
static const char *evaluate_word(struct looking *l, const struct node *node,
                                 const struct scope *scope, const char *otherwise)
{
    struct value value;

    if (!node || !evaluate(&l->e, node, scope, &value) || value_is_absent(value)) {
        return otherwise;
    }
    return arena_copy_text(l->e.arena, value_spelling(value, l->e.arena));
}

/*
 * What a mapping the other way made or adopted is never a subject: two mappings would write each
 * other's documents for ever.
 */
static bool is_echo(struct looking *l, const struct record_value *record)
{
    const struct program *p = l->e.program;
    const struct map_document *found = NULL;

    if (!l->mapping->base || !record->list[0]) {
        return false;
    }
    for (size_t i = 0; i < p->mapping_count; i++) {
        const struct map_mapping *other = &p->mappings[i];

        if (other->target == l->mapping->base && other->base == l->mapping->target &&
            l->e.world->by_target(l->e.world->self, other->rule.declared->name, record->key,
                                  &found) > 0) {
            return true;
        }
    }
    return false;
}

/* ---- match ---- */

/* Records of the target for which one condition is true; stops at the second. */
static bool find_matches(struct looking *l, const struct node *predicate, const struct scope *scope,
                         const char *found[2], size_t *ret_count)
{
    struct value items;
    struct scope element;
    bool truth;

    *ret_count = 0;
    if (!list_where(&l->e, l->mapping->target, predicate, scope, &items)) {
        return false;
    }
    for (size_t i = 0; i < items.list.count && *ret_count < 2; i++) {
        if (!list_scope(&l->e, predicate, &items.list.at[i], scope, &element) ||
            !evaluate_truth(&l->e, predicate, &element, &truth)) {
            return false;
        }
        if (truth) {
            found[(*ret_count)++] = element.here.key;
        }
    }
    return true;
}

static bool match(struct looking *l, const struct scope *scope, struct map_subject *subject)
{
    const char *found[2];
    size_t count = 0;

    if (l->mapping->match_count == 0 ||
        l->e.world->is_written(l->e.world->self, l->mapping->rule.declared->name, subject->key)) {
        return true;
    }
    for (size_t i = 0; i < l->mapping->match_count && count == 0; i++) {
        if (!find_matches(l, l->mapping->match[i], scope, found, &count)) {
            return false;
        }
    }
    if (count > 1) {
        return evaluation_hold(&l->e, "ambiguous",
                               "More than one of %s fits (%s and %s). Link the right one.",
                               l->mapping->target->declared->name, found[0], found[1]);
    }
    subject->match_id = count ? arena_copy(l->e.arena, found[0]) : NULL;
    return true;
}

/* ---- one subject ---- */

/* False: held (or a bug), with the field it came from in d->field. */
static bool draft_subject(struct looking *l, const struct scope *scope, struct drafting *d,
                          struct map_subject *subject)
{
    struct draft *root = arena_alloc(l->e.arena, 1, sizeof *root);
    const struct rule *rule = &l->mapping->rule;

    *root = (struct draft){.shape = l->mapping->target->shape, .json = subject->body};
    return draft_fill(d, rule, scope, root, "") && draft_check_currencies(d) &&
           match(l, scope, subject);
}

static bool decide(struct looking *l, const struct scope *scope, struct map_subject *subject)
{
    const struct rule_guard *guard = NULL;
    struct drafting d = {.e = &l->e, .field = "", .trace = l->trace, .trace_owner = l->trace_owner};

    if (is_echo(l, &scope->here)) {
        subject->verdict = MAP_SKIP;
        subject->code = "echo";
        subject->sentence = "It was made from a document that goes the other way.";
        return true;
    }
    if (!guards_decide(&l->e, l->mapping->rule.guards, l->mapping->rule.guard_count, scope,
                       &guard)) {
        return false;
    }
    if (guard) {
        subject->verdict = verdict_of(guard->verdict);
        subject->code = guard->why.code;
        subject->sentence = reason_say(&l->e, &guard->why, scope);
        return true;
    }
    if (!draft_subject(l, scope, &d, subject)) {
        subject->field = d.field;
        return false;
    }
    subject->total = d.total;
    subject->approve = evaluate_word(l, l->mapping->approve, scope, "");
    return true;
}

static bool look_at(struct looking *l, const struct scope *scope, const char *key)
{
    struct map_subject subject = {
        .key = key, .code = "", .sentence = "", .field = "", .approve = "", .gone = "hold"};
    json_t *body = json_object();

    evaluation_next(&l->e);
    subject.body = body;
    if (!decide(l, scope, &subject)) {
        if (l->e.bug.kind != ERROR_NONE) {
            json_decref(body);
            return false;
        }
        set_held(&l->e, &subject);
    }
    if (subject.verdict != MAP_WANTED) {
        subject.body = NULL;
    }
    subject.notes = l->e.notes;
    subject.note_count = l->e.note_count;
    subject.gone = evaluate_word(l, l->mapping->gone, scope, "hold");
    if (l->each) {
        l->each(l->owner, &subject);
    }
    json_decref(body);
    return true;
}

/* ---- the subjects of a root ---- */

/* `at` is the record in scope, or an object inside it: the way to the next list. */
static bool look_at_elements(struct looking *l, const struct scope *scope,
                             const struct record_value *at, size_t step, const char *key)
{
    const struct member *member = l->mapping->steps[step];
    struct value value;

    if (member->kind == MEMBER_INSIDE) {
        return record_member(&l->e, at, member, &value) &&
               look_at_elements(l, scope, &value.record, step + 1, key);
    }
    if (!record_elements(&l->e, at, member, &value)) {
        return false;
    }
    for (size_t i = 0; i < value.list.count; i++) {
        struct scope inner = {.here = value.list.at[i].record, .parent = scope};
        const char *own = arena_printf(l->e.arena, "%s/%s", key, inner.here.key);

        if (!(step + 1 == l->mapping->step_count
                  ? look_at(l, &inner, own)
                  : look_at_elements(l, &inner, &inner.here, step + 1, own))) {
            return false;
        }
    }
    return true;
}

/* A member that cannot be read is missing from every sum: the whole group waits for it. */
static bool hold_group(struct looking *l, const char *root, const char *member)
{
    struct map_subject subject = {.key = root,
                                  .verdict = MAP_HOLD,
                                  .code = "unreadable",
                                  .field = "",
                                  .approve = "",
                                  .gone = "hold"};

    subject.sentence = arena_printf(l->e.arena, "%s %s could not be read.",
                                    l->mapping->base->declared->name, member);
    if (l->each) {
        l->each(l->owner, &subject);
    }
    return true;
}

/* Its rows are read when they are looked at: most groups only say what their first row says. */
static bool look_at_group(struct looking *l, const char *root)
{
    const struct map_mapping *m = l->mapping;
    const char *const *keys = NULL, *unreadable = NULL, *key;
    size_t count =
        l->e.world->members(l->e.world->self, m->rule.declared->name, root, &keys, &unreadable);
    struct value *rows, values;
    struct scope row = {0}, group;

    if (count == 0 || unreadable) {
        return count == 0 || hold_group(l, root, unreadable);
    }
    rows = arena_alloc(l->e.arena, count, sizeof *rows);
    for (size_t i = 0; i < count; i++) {
        rows[i] = value_of_record(record_of(m->base, keys[i]));
    }
    row.here = rows[0].record;
    if (!record_load(&l->e, &row.here) || !group_key(&l->e, m->group, &row, &values, &key)) {
        return l->e.bug.kind == ERROR_NONE;
    }
    group = (struct scope){.here = group_record(&l->e, m->rule.shape, arena_copy(l->e.arena, root),
                                                values.list.at, value_of_list(rows, count))};
    return look_at(l, &group, root);
}

static bool look_at_root(struct looking *l, const char *root)
{
    const struct map_mapping *m = l->mapping;
    struct scope scope = {.here = NO_RECORD};

    if (m->from == FROM_NOTHING) {
        return look_at(l, &scope, "");
    }
    if (m->from == FROM_GROUP) {
        return look_at_group(l, root);
    }
    scope.here = record_of(m->base, arena_copy(l->e.arena, root));
    scope.here.json = l->e.world->record(l->e.world->self, scope.here.list, scope.here.key);
    scope.here.is_loaded = true;
    if (!scope.here.json) {
        return true;
    }
    return m->from == FROM_LIST ? look_at(l, &scope, scope.here.key)
                                : look_at_elements(l, &scope, &scope.here, 0, scope.here.key);
}

static bool run(struct looking *l, const char *root, struct error *err)
{
    bool ok = look_at_root(l, root);

    if (!ok) {
        *err = l->e.bug.kind != ERROR_NONE
                   ? l->e.bug
                   : (struct error){ERROR_BUG, "evaluate", "an evaluation ended without a verdict"};
    }
    if (l->e.world && l->e.world->spent) {
        *l->e.world->spent += l->e.spent;
    }
    evaluation_done(&l->e);
    return ok;
}

bool map_evaluate(const struct map_context *in, const struct map_mapping *mapping, const char *root,
                  map_subject_fn *each, void *owner, struct error *err)
{
    struct looking l = {.mapping = mapping, .each = each, .owner = owner};

    evaluation_start(&l.e, in->program, in->world, in->arena);
    return run(&l, root, err);
}

bool map_explain(const struct map_context *in, const struct map_mapping *mapping, const char *root,
                 map_trace_fn *each, void *owner, struct error *err)
{
    struct looking l = {.mapping = mapping, .trace = each, .trace_owner = owner};

    evaluation_start(&l.e, in->program, in->world, in->arena);
    return run(&l, root, err);
}

bool map_others(const struct map_context *in, const struct map_mapping *mapping,
                const char *target_key, const char **ret, struct error *err)
{
    struct looking l = {.mapping = mapping};
    struct scope scope = {0};

    evaluation_start(&l.e, in->program, in->world, in->arena);
    scope.here = record_of(mapping->target, target_key);
    scope.here.json = in->world->record(in->world->self, scope.here.list, target_key);
    scope.here.is_loaded = true;
    *ret = scope.here.json ? evaluate_word(&l, mapping->others, &scope, "leave") : "leave";
    evaluation_done(&l.e);
    if (l.e.bug.kind != ERROR_NONE) {
        *err = l.e.bug;
        return false;
    }
    return true;
}
