#include "intake/intake.h"

const char *template_parent_field(const struct program *program, const struct map_list *list,
                                  struct arena *arena)
{
    const char *at = map_list_declared(list)->read.get;

    while (*at) {
        struct text name, field;

        if (!template_placeholder(&at, &name)) {
            at++;
            continue;
        }
        field = text_split(&name, '.');
        if (name.at && map_field_refers_to(program, list, arena_copy_text(arena, field))) {
            return arena_copy_text(arena, field);
        }
    }
    return NULL;
}

/* A child list is read once for each record of its parent, so the parent comes first. */
static void add_list(const struct integration *integration, const struct map_list *list,
                     struct arena *arena, const struct map_list **all, size_t *count)
{
    const char *field;

    for (size_t i = 0; i < *count; i++) {
        if (all[i] == list) {
            return;
        }
    }
    field = template_parent_field(integration->program, list, arena);
    if (field) {
        const struct map_list *parent = map_field_refers_to(integration->program, list, field);

        if (parent != list) {
            add_list(integration, parent, arena, all, count);
        }
    }
    all[(*count)++] = list;
}

static bool is_read_now(const struct integration *integration, const struct map_activity *known,
                        const struct map_list *list)
{
    return map_list_is_active(integration->program, integration->active, list) &&
           !(known && map_list_is_active(integration->program, known, list));
}

size_t intake_lists(const struct integration *integration, bool of_xero,
                    const struct map_activity *known, struct arena *arena,
                    const struct map_list *const **ret)
{
    size_t total = map_list_count(integration->program), count = 0;
    const struct map_list **all = arena_alloc(arena, total + 1, sizeof *all);

    for (size_t i = 0; i < total; i++) {
        const struct map_list *list = map_list_at(integration->program, i);
        const struct declared_list *declared = map_list_declared(list);

        if (declared->has_read && (strncmp(declared->name, "xero.", 5) == 0) == of_xero &&
            is_read_now(integration, known, list)) {
            add_list(integration, list, arena, all, &count);
        }
    }
    *ret = all;
    return count;
}
