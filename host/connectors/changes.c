/* What a declaration may do that another could not. */
#include <stdlib.h>

#include "base/dict.h"
#include "base/memory.h"
#include "connectors/connectors_internal.h"

/* A growing array in an arena; declarations are small. */
struct gathered {
    struct arena *arena;
    struct dict *seen;
    struct connector_change *at;
    size_t count, capacity;
};

static void gather(struct gathered *gathered, enum connector_change_kind kind, const char *text)
{
    if (dict_get(gathered->seen, text_of(text))) {
        return;
    }
    dict_set(gathered->seen, text_of(text), gathered);
    if (gathered->count == gathered->capacity) {
        size_t capacity = gathered->capacity ? gathered->capacity * 2 : 32;
        struct connector_change *more = arena_alloc(gathered->arena, capacity, sizeof *more);
        if (gathered->count > 0) {
            memcpy(more, gathered->at, gathered->count * sizeof *more);
        }
        gathered->at = more;
        gathered->capacity = capacity;
    }
    gathered->at[gathered->count++] = (struct connector_change){kind, text};
}

static void gather_hosts(struct gathered *gathered, const struct declaration *declaration)
{
    static const char *const roles[] = {"", "files", "api", "login"};
    struct connector_hosts both[2] = {{NULL, 0}, {NULL, 0}};

    if (!connector_hosts(declaration->hosts, gathered->arena, &both[0], NULL) ||
        !connector_login_hosts(declaration->login, gathered->arena, &both[1], NULL)) {
        return; /* refused when it was described */
    }
    for (size_t k = 0; k < 2; k++) {
        for (size_t i = 0; i < both[k].count; i++) {
            const struct connector_host *host = &both[k].at[i];

            gather(gathered, CONNECTOR_NEW_HOST,
                   arena_printf(gathered->arena, "%s %s", roles[host->role], host->name));
        }
    }
}

static void gather_fields(struct gathered *gathered, const struct declared_mapping *mapping,
                          const char *target)
{
    for (size_t i = 0; i < mapping->fields.count; i++) {
        gather(gathered, CONNECTOR_NEW_WRITE,
               arena_printf(gathered->arena, "%s.%s", target, mapping->fields.at[i].name));
    }
    for (size_t i = 0; i < mapping->part_count; i++) {
        gather_fields(gathered, &mapping->parts[i],
                      arena_printf(gathered->arena, "%s.%s", target, mapping->parts[i].to));
    }
}

static void gather_mapping(struct gathered *gathered, const struct declared_mapping *mapping)
{
    gather_fields(gathered, mapping, mapping->to);
    if (strstr(mapping->gone, "remove") || strstr(mapping->others, "remove")) {
        gather(gathered, CONNECTOR_NEW_WRITE,
               arena_printf(gathered->arena, "%s (remove)", mapping->to));
    }
}

static void gather_all(struct gathered *gathered, const struct declaration *declaration)
{
    gather_hosts(gathered, declaration);
    for (size_t i = 0; i < declaration->flow_count; i++) {
        for (size_t j = 0; j < declaration->flows[i].mapping_count; j++) {
            gather_mapping(gathered, &declaration->flows[i].mappings[j]);
        }
    }
}

/* A mapping of this name, or one that had it before; NULL: neither. */
static const struct declared_mapping *goes_on(const struct declaration *declaration,
                                              const char *name)
{
    for (size_t i = 0; i < declaration->flow_count; i++) {
        const struct declared_flow *flow = &declaration->flows[i];
        for (size_t j = 0; j < flow->mapping_count; j++) {
            if (strcmp(flow->mappings[j].name, name) == 0 ||
                strcmp(flow->mappings[j].was, name) == 0) {
                return &flow->mappings[j];
            }
        }
    }
    return NULL;
}

static const struct declared_list *list_named(const struct declaration *declaration,
                                              const char *name, size_t size)
{
    for (size_t i = 0; i < declaration->list_count; i++) {
        const char *own = declaration->lists[i].name;

        if (strncmp(own, name, size) == 0 && own[size] == '\0') {
            return &declaration->lists[i];
        }
    }
    return NULL;
}

/* The fields of a record type that make its key, as they are written: "*id: text". */
static void add_keys(struct buffer *out, const char *record)
{
    for (const char *at = strchr(record, '*'); at; at = strchr(at + 1, '*')) {
        buffer_add(out, at, strcspn(at, ","));
    }
}

/* The list at the beginning of `from`, or in a group: "orders" of group(orders, shop: shop). */
static struct text list_of(const char *from)
{
    const char *at = strncmp(from, "group(", 6) == 0 ? from + 6 : from;

    return (struct text){at, strcspn(at, " ,.)")};
}

/* What the keys of a mapping's documents are made of. */
static const char *key_recipe(const struct gathered *gathered,
                              const struct declaration *declaration,
                              const struct declared_mapping *mapping)
{
    AUTO(buffer_done) struct buffer out = {0};
    struct text name = list_of(mapping->from);
    const struct declared_list *list = list_named(declaration, name.at, name.size);

    buffer_init(&out, 1 << 16);
    buffer_add_cstr(&out, mapping->from);
    buffer_add_char(&out, '\n');
    if (list) {
        add_keys(&out, list->record);
    }
    return arena_copy_text(gathered->arena, buffer_text(&out));
}

static bool is_rekeyed(const struct gathered *gathered, const struct declaration *before,
                       const struct declared_mapping *was, const struct declaration *now)
{
    const struct declared_mapping *is = goes_on(now, was->name);

    return !is || strcmp(key_recipe(gathered, before, was), key_recipe(gathered, now, is)) != 0;
}

static void gather_rekeyed(struct gathered *gathered, const struct declaration *before,
                           const struct declaration *now)
{
    for (size_t i = 0; i < before->flow_count; i++) {
        const struct declared_flow *flow = &before->flows[i];
        for (size_t j = 0; j < flow->mapping_count; j++) {
            if (is_rekeyed(gathered, before, &flow->mappings[j], now)) {
                gather(gathered, CONNECTOR_REKEYED,
                       arena_printf(gathered->arena, "%s/%s", flow->name, flow->mappings[j].name));
            }
        }
    }
}

static int compare(const void *a, const void *b)
{
    const struct connector_change *left = a, *right = b;

    return left->kind != right->kind ? (int)left->kind - (int)right->kind
                                     : strcmp(left->text, right->text);
}

void connector_changes(const struct declaration *before, const struct declaration *now,
                       struct arena *arena, struct connector_changes *ret)
{
    struct gathered had = {.arena = arena, .seen = dict_new()};
    struct gathered new = {.arena = arena, .seen = NULL};

    if (before) {
        gather_all(&had, before);
    }
    new.seen = had.seen; /* what was there before is not gathered again */
    gather_all(&new, now);
    if (before) {
        gather_rekeyed(&new, before, now);
    }
    if (new.count > 1) {
        qsort(new.at, new.count, sizeof *new.at, compare);
    }
    dict_free(had.seen);
    *ret = (struct connector_changes){new.at, new.count};
}
