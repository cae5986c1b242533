/* Presence and choice: exists, hold, note, if, case. */
#include "map/function.h"
#include "map/sentence.h"

#define LABELS_A_STEP 16

/* ---- exists ---- */

static bool check_exists(struct checker *c, const struct node *call, const struct place *place,
                         struct type *ret)
{
    struct type type;

    *ret = type_of(IS_BOOL);
    return check_infer(c, call->items[0], place, &type);
}

static bool evaluate_exists(struct evaluation *e, const struct node *call,
                            const struct scope *scope, struct value *ret)
{
    struct value value;

    if (!evaluate(e, call->items[0], scope, &value)) {
        return false;
    }
    *ret = value_of_bool(value.kind == VALUE_DOCUMENT ? document_exists(e, &value)
                                                      : !value_is_absent(value));
    return true;
}

/* ---- hold, note ---- */

static bool check_reason(struct checker *c, const struct node *call, const struct place *place)
{
    struct reason *reason = arena_alloc(c->arena, 1, sizeof *reason);
    const struct node *text = call->items[0];

    if (text->kind != NODE_TEXT) {
        return check_fail(c, call, "%s takes a text, 'code: sentence'", call->text);
    }
    if (!reason_check(c, text->text, text->column, place, reason)) {
        return false;
    }
    dict_set(c->program->reasons, NODE_KEY(call), reason);
    return true;
}

static const struct reason *reason_of(const struct evaluation *e, const struct node *call)
{
    return dict_get(e->program->reasons, NODE_KEY(call));
}

static bool check_hold(struct checker *c, const struct node *call, const struct place *place,
                       struct type *ret)
{
    *ret = type_of(IS_NEVER);
    return check_reason(c, call, place);
}

static bool evaluate_hold(struct evaluation *e, const struct node *call, const struct scope *scope,
                          struct value *ret)
{
    const struct reason *reason = reason_of(e, call);

    (void)ret;
    return evaluation_hold(e, reason->code, "%s", reason_say(e, reason, scope));
}

static bool check_note(struct checker *c, const struct node *call, const struct place *place,
                       struct type *ret)
{
    return check_reason(c, call, place) && check_infer(c, call->items[1], place, ret);
}

static bool evaluate_note(struct evaluation *e, const struct node *call, const struct scope *scope,
                          struct value *ret)
{
    const struct reason *reason = reason_of(e, call);

    if (!evaluate(e, call->items[1], scope, ret)) {
        return false;
    }
    if (!value_is_absent(*ret) && e->note_count < NOTES_MOST) {
        e->notes[e->note_count++] =
            arena_printf(e->arena, "%s: %s", reason->code, reason_say(e, reason, scope));
    }
    return true;
}

/* ---- if ---- */

static struct place narrowed(struct checker *c, const struct node *call, const struct place *place,
                             bool truth)
{
    struct place inner = place ? *place : (struct place){0};

    inner.facts = truth ? facts_if_true(c, call->items[0], inner.facts)
                        : facts_if_false(c, call->items[0], inner.facts);
    return inner;
}

static bool check_if(struct checker *c, const struct node *call, const struct place *place,
                     struct type *ret)
{
    struct type condition, then, otherwise;
    struct place yes = narrowed(c, call, place, true), no = narrowed(c, call, place, false);

    if (!check_argument_present(c, call, 0, place, AS(IS_BOOL), &condition) ||
        !check_infer(c, call->items[1], &yes, &then)) {
        return false;
    }
    if (call->item_count == 2) {
        *ret = then;
        ret->optional = true;
        return true;
    }
    return check_infer(c, call->items[2], &no, &otherwise) &&
           check_unify(c, call, &then, &otherwise, ret);
}

static bool evaluate_if(struct evaluation *e, const struct node *call, const struct scope *scope,
                        struct value *ret)
{
    bool truth;

    if (!evaluate_truth(e, call->items[0], scope, &truth)) {
        return false;
    }
    if (!truth && call->item_count == 2) {
        *ret = NO_VALUE;
        return true;
    }
    return evaluate(e, call->items[truth ? 1 : 2], scope, ret);
}

/* ---- case ---- */

static bool is_among(const char *const *names, size_t count, const char *name)
{
    for (size_t i = 0; i < count; i++) {
        if (strcmp(names[i], name) == 0) {
            return true;
        }
    }
    return false;
}

static bool label_has(const struct node *call, size_t labels, const char *name)
{
    for (size_t i = 0; i < labels; i++) {
        if (is_among(call->labelled[i].names, call->labelled[i].name_count, name)) {
            return true;
        }
    }
    return false;
}

static bool check_label(struct checker *c, const struct node *call, size_t i,
                        const struct type *subject)
{
    const struct labelled *label = &call->labelled[i];

    for (size_t k = 0; k < label->name_count; k++) {
        if (subject->is == IS_CHOICE &&
            !is_among(subject->names, subject->name_count, label->names[k])) {
            return check_fail(c, call, "'%s' is never %s%s", label->names[k],
                              type_spelling(subject, c->arena),
                              check_hint(c, label->names[k], subject->names, subject->name_count));
        }
        if (label_has(call, i, label->names[k]) || is_among(label->names, k, label->names[k])) {
            return check_fail(c, call, "'%s' appears twice in case", label->names[k]);
        }
    }
    return true;
}

static bool check_exhaustive(struct checker *c, const struct node *call, const struct type *subject)
{
    for (size_t i = 0; i < call->labelled_count; i++) {
        if (call->labelled[i].name_count == 0) {
            return true;
        }
    }
    if (subject->is != IS_CHOICE) {
        return check_fail(c, call, "case over free text needs else:");
    }
    for (size_t i = 0; i < subject->name_count; i++) {
        if (!label_has(call, call->labelled_count, subject->names[i])) {
            return check_fail(c, call, "case leaves out '%s'", subject->names[i]);
        }
    }
    return true;
}

static bool check_case(struct checker *c, const struct node *call, const struct place *place,
                       struct type *ret)
{
    struct type subject, one;

    if (!check_argument(c, call, 0, place, AS(IS_TEXT), &subject) ||
        !check_exhaustive(c, call, &subject)) {
        return false;
    }
    *ret = type_of(IS_NEVER);
    for (size_t i = 0; i < call->labelled_count; i++) {
        if (!check_label(c, call, i, &subject) ||
            !check_infer(c, call->labelled[i].value, place, &one) ||
            !check_unify(c, call, ret, &one, ret)) {
            return false;
        }
    }
    ret->optional = ret->optional || subject.optional;
    return true;
}

static bool evaluate_case(struct evaluation *e, const struct node *call, const struct scope *scope,
                          struct value *ret)
{
    struct value subject;

    *ret = NO_VALUE;
    if (!evaluate(e, call->items[0], scope, &subject) || value_is_absent(subject)) {
        return !e->held && e->bug.kind == ERROR_NONE;
    }
    if (!evaluation_spend(e, call->labelled_count / LABELS_A_STEP)) {
        return false;
    }
    for (size_t i = 0; i < call->labelled_count; i++) {
        const struct labelled *label = &call->labelled[i];
        bool fits = label->name_count == 0;

        for (size_t k = 0; !fits && k < label->name_count; k++) {
            fits = text_is(subject.text, label->names[k]);
        }
        if (fits) {
            return evaluate(e, label->value, scope, ret);
        }
    }
    return true;
}

const struct function functions_of_choice[] = {
    {"exists", 1, 1, check_exists, evaluate_exists}, {"hold", 1, 1, check_hold, evaluate_hold},
    {"note", 2, 2, check_note, evaluate_note},       {"if", 2, 3, check_if, evaluate_if},
    {"case", 1, 1, check_case, evaluate_case},       {NULL, 0, 0, NULL, NULL},
};
