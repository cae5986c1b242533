#include "base/memory.h"
#include "map/evaluate.h"

/* ---- groups ---- */

static void add_key_part(struct buffer *out, struct text t)
{
    for (size_t i = 0; i < t.size; i++) {
        if (t.at[i] == '/' || t.at[i] == '%') {
            buffer_addf(out, "%%%02X", (unsigned char)t.at[i]);
        } else {
            buffer_add_char(out, t.at[i]);
        }
    }
}

#define GROUP_KEY_MAX 1024

bool group_key(struct evaluation *e, const struct node *call, const struct scope *row,
               struct value *ret_keys, const char **ret_key)
{
    AUTO(buffer_done) struct buffer out = {0};
    struct value *keys = arena_alloc(e->arena, call->labelled_count, sizeof *keys);

    buffer_init(&out, GROUP_KEY_MAX);
    for (size_t i = 0; i < call->labelled_count; i++) {
        if (!evaluate(e, call->labelled[i].value, row, &keys[i])) {
            return false;
        }
        if (value_is_absent(keys[i])) {
            return evaluation_hold(e, "group-key", "%s has no %s to be grouped by.",
                                   row->here.key ? row->here.key : "A record",
                                   call->labelled[i].names[0]);
        }
        if (i) {
            buffer_add_char(&out, '/');
        }
        add_key_part(&out, value_spelling(keys[i], e->arena));
    }
    if (out.overflow) {
        return evaluation_hold(e, "group-key", "The key of a group is too long.");
    }
    *ret_key = out.size ? arena_copy_text(e->arena, buffer_text(&out)) : "";
    *ret_keys = value_of_list(keys, call->labelled_count);
    return true;
}

bool group_of_row(struct evaluation *e, const struct map_mapping *mapping, const struct scope *row,
                  const char **ret_key)
{
    struct value keys;
    bool is_member = true;

    *ret_key = NULL;
    if (mapping->member_if && !evaluate_truth(e, mapping->member_if, row, &is_member)) {
        return false;
    }
    return !is_member || group_key(e, mapping->group, row, &keys, ret_key);
}

struct record_value group_record(struct evaluation *e, const struct shape *shape, const char *key,
                                 const struct value *keys, struct value rows)
{
    struct group_value *group = arena_alloc(e->arena, 1, sizeof *group);

    *group = (struct group_value){keys, rows};
    return (struct record_value){
        .list = "", .key = key, .shape = shape, .is_loaded = true, .group = group};
}

/* ---- elements ---- */

/* Going through a list costs something also where nothing is asked of its elements. */
#define ELEMENTS_A_STEP 4

static struct value records_of_keys(struct evaluation *e, const struct map_list *list,
                                    const char *const *keys, size_t count)
{
    struct value *all = arena_alloc(e->arena, count + 1, sizeof *all);

    for (size_t i = 0; i < count; i++) {
        all[i] = value_of_record(record_of(list, keys[i]));
    }
    return value_of_list(all, count);
}

static bool found_by_index(struct evaluation *e, const struct search *search,
                           const struct scope *outer, struct value *ret)
{
    /* what is searched for does not look at the element, but stands in its scope */
    struct scope inside = {.parent = outer};
    const char *const *keys = NULL;
    struct value wanted;
    size_t count;

    if (!evaluate(e, search->value, &inside, &wanted)) {
        return false;
    }
    if (wanted.kind == VALUE_DOCUMENT) {
        wanted = document_object(e, &wanted);
    }
    if (value_is_absent(wanted)) {
        *ret = value_of_list(NULL, 0);
        return true;
    }
    count = e->world->search(e->world->self, search->list->declared->name, search->index,
                             arena_copy_text(e->arena, value_spelling(wanted, e->arena)), &keys);
    *ret = records_of_keys(e, search->list, keys, count);
    return evaluation_spend(e, count / ELEMENTS_A_STEP);
}

bool list_where(struct evaluation *e, const struct map_list *list, const struct node *predicate,
                const struct scope *outer, struct value *ret)
{
    const struct search *search = predicate ? program_search(e->program, predicate) : NULL;
    const char *const *keys = NULL;
    size_t count;

    if (!e->world) {
        return evaluation_hold(e, "alone", "A record alone does not know of other records (%s).",
                               list->declared->name);
    }
    if (search) {
        return found_by_index(e, search, outer, ret);
    }
    count = e->world->all(e->world->self, list->declared->name, &keys);
    *ret = records_of_keys(e, list, keys, count);
    return evaluation_spend(e, count / ELEMENTS_A_STEP);
}

bool list_items(struct evaluation *e, const struct node *list, const struct node *predicate,
                const struct scope *scope, struct value *ret)
{
    struct value value;

    if (!evaluate(e, list, scope, &value)) {
        return false;
    }
    if (value.kind == VALUE_WHOLE) {
        return list_where(e, value.whole, predicate, scope, ret);
    }
    *ret = value_is_absent(value) ? value_of_list(NULL, 0) : value;
    return evaluation_spend(e, ret->list.count / ELEMENTS_A_STEP);
}

bool list_scope(struct evaluation *e, const struct node *call, const struct value *element,
                const struct scope *outer, struct scope *ret)
{
    struct value *own;

    *ret = (struct scope){.parent = outer};
    if (element->kind == VALUE_RECORD) {
        ret->here = element->record;
        return record_load(e, &ret->here);
    }
    own = arena_alloc(e->arena, 1, sizeof *own);
    *own = *element;
    ret->here = group_record(e, program_shape(e->program, call), "", own, NO_VALUE);
    return true;
}
