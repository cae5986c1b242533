#include "map/draft.h"

/*
 * What a form proposes for the columns that people leave empty: worked out once, when the row is
 * filled in, and frozen with it.
 */

static bool fill_column(struct drafting *d, const struct scope *scope, const struct draft *draft,
                        const struct field_type *field, const struct node *value)
{
    struct value proposed;
    json_t *json = NULL;

    d->filling = field->name;
    if (!evaluate(d->e, value, scope, &proposed) ||
        !draft_value(d, draft, field, proposed, &json)) {
        return false;
    }
    if (json) {
        json_path_set(draft->json, field->name, json);
    }
    return true;
}

static bool fill(struct drafting *d, const struct map_list *form, const struct scope *scope,
                 const struct draft *draft)
{
    for (size_t i = 0; i < form->default_count; i++) {
        const struct field_type *field = form->defaults[i].field;

        if (!json_path(draft->json, field->name) &&
            !fill_column(d, scope, draft, field, form->defaults[i].value)) {
            return false;
        }
    }
    return true;
}

bool map_form_fill(const struct map_context *in, const struct map_list *form, json_t *row,
                   struct error *err)
{
    struct evaluation e;
    struct drafting d = {.e = &e, .field = "", .filling = ""};
    struct draft draft = {.shape = form->shape, .json = row};
    struct scope scope = {.here = {.list = form->declared->name,
                                   .key = "",
                                   .shape = form->shape,
                                   .json = row,
                                   .is_loaded = true}};
    bool ok;

    evaluation_start(&e, in->program, in->world, in->arena);
    ok = fill(&d, form, &scope, &draft);
    if (!ok && e.bug.kind != ERROR_NONE) {
        *err = e.bug;
    } else if (!ok) {
        error_set(err, ERROR_REJECTED, e.code, "%s: %s", d.filling, e.sentence);
    }
    evaluation_done(&e);
    return ok;
}
