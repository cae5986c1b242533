/*
 * What ferry-worker prints of a connector, as a hostile one would: read, checked as a whole, and
 * then evaluated over records made up from its types.
 */
#include "fuzz.h"

#include "connectors/connectors_internal.h"
#include "made_world.h"
#include "mutate_json.h"
#include "quota/quota.h"
#include "said.h"

#define ARENA_MAX ((size_t)1 << 30) /* as much as the host has for all integrations */

/* ---- Xero's lists, as far as they are spoken of: all of them would take most of the time ---- */

static const struct declaration *xero_all(void)
{
    static const struct declaration *known;
    static struct arena *arena; /* static, so that it is no leak */
    struct error err = {0};

    if (!known) {
        arena = arena_new((size_t)64 << 20);
        MUST(xero_declaration(arena, &known, &err), "%s", err.text);
    }
    return known;
}

static bool speaks_of(struct text t, const struct declared_list *list)
{
    return memmem(t.at, t.size, list->name, strlen(list->name)) != NULL;
}

static bool refers_to(const struct declaration *d, const struct declared_list *list)
{
    for (size_t i = 0; i < d->list_count; i++) {
        if (speaks_of(text_of(d->lists[i].record), list)) {
            return true;
        }
    }
    return strcmp(list->name, "xero.Organisation") == 0;
}

static const struct declaration *xero_of(struct text input, struct arena *arena)
{
    const struct declaration *all = xero_all();
    struct declaration *some = arena_alloc(arena, 1, sizeof *some);
    struct declared_list *lists = arena_alloc(arena, all->list_count, sizeof *lists);
    bool *taken = arena_alloc(arena, all->list_count, sizeof *taken), more = true;

    *some = *all;
    some->lists = lists;
    some->list_count = 0;
    while (more) {
        more = false;
        for (size_t i = 0; i < all->list_count; i++) {
            if (!taken[i] &&
                (speaks_of(input, &all->lists[i]) || refers_to(some, &all->lists[i]))) {
                lists[some->list_count++] = all->lists[i];
                taken[i] = more = true;
            }
        }
    }
    return some;
}

/* ---- what is read before anything is compiled ---- */

static void check_hosts(const struct declaration *d, struct arena *arena)
{
    static const char *const elsewhere[] = {"https://evil.example/", "http://api.example.com/",
                                            "https://api.example.com@evil.example/",
                                            "https://evil.example\\@api.example.com/"};
    struct connector_hosts hosts;
    struct error err = {0};

    if (!connector_hosts(d->hosts, arena, &hosts, &err)) {
        fuzz_check_error(&err);
        return;
    }
    for (size_t i = 0; i < hosts.count; i++) {
        MUST(hosts.at[i].role != CONNECTOR_HOST_NONE && hosts.at[i].name[0], "a host");
        MUST(hosts.at[i].role != CONNECTOR_HOST_API || hosts.at[i].name[0] != '*', "any api host");
    }
    for (size_t i = 0; i < sizeof elsewhere / sizeof *elsewhere; i++) {
        MUST(strstr(d->hosts, "evil.example") ||
                 connector_url_role(&hosts, "", elsewhere[i]) == CONNECTOR_HOST_NONE,
             "%s may be called", elsewhere[i]);
    }
}

static void check_changes(const struct declaration *d, struct arena *arena)
{
    struct connector_changes changes;

    connector_changes(NULL, d, arena, &changes);
    for (size_t i = 0; i < changes.count; i++) {
        MUST(changes.at[i].text[0], "a change without words");
        MUST(i == 0 || strcmp(changes.at[i - 1].text, changes.at[i].text) != 0 ||
                 changes.at[i - 1].kind != changes.at[i].kind,
             "%s twice", changes.at[i].text);
    }
}

/* What is sound does not differ from itself. */
static void check_no_changes(const struct declaration *d, struct arena *arena)
{
    struct connector_changes changes;

    connector_changes(d, d, arena, &changes);
    MUST(changes.count == 0, "it differs from itself: %s", changes.at[0].text);
}

/* ---- evaluated ---- */

static void look(struct fixture *f, const struct map_mapping *mapping, const char *root)
{
    struct said first, second;
    struct error err = {0};

    said_open(&first);
    said_open(&second);
    MUST(map_evaluate(&f->in, mapping, root, said_see, &first, &err), "BUG %s: %s", err.code,
         err.text);
    MUST(map_evaluate(&f->in, mapping, root, said_see, &second, &err), "BUG %s: %s", err.code,
         err.text);
    MUST(text_equal(buffer_text(&first.all), buffer_text(&second.all)), "%s and %s", first.all.at,
         second.all.at);
    MUST(map_explain(&f->in, mapping, root, said_trace, NULL, &err), "BUG %s: %s", err.code,
         err.text);
    said_close(&first);
    said_close(&second);
}

static void look_at_all(struct fixture *f, const struct map_mapping *mapping)
{
    const struct map_list *base = map_mapping_base(mapping);
    const char *key, *group;
    struct error err = {0};
    json_t *record;

    if (!base) {
        look(f, mapping, "");
        return;
    }
    json_object_foreach(json_object_get(f->lists, map_list_declared(base)->name), key, record)
    {
        if (!map_mapping_is_group(mapping)) {
            look(f, mapping, key);
        } else if (map_group_key(&f->in, mapping, key, &group, &err)) {
            look(f, mapping, group);
        } else {
            fuzz_check_error(&err);
        }
    }
}

static void ask_conditions(struct fixture *f, const struct map_list *list)
{
    const struct declared_list *d = map_list_declared(list);
    const char *conditions[] = {d->read.only, strcmp(d->read.gone, "absent") ? d->read.gone : ""};
    json_t *record = json_object_iter_value(json_object_iter(json_object_get(f->lists, d->name)));
    struct error err = {0};
    bool truth;

    for (size_t i = 0; d->has_read && record && i < 2; i++) {
        MUST(!conditions[i][0] ||
                 map_condition(&f->in, list, conditions[i], record, &truth, &err) ||
                 err.kind == ERROR_REJECTED,
             "%s %s: %s", conditions[i], err.code, err.text);
    }
}

static void evaluate_all(struct fixture *f)
{
    struct map_subject ready;
    struct error err = {0};

    make_world(f);
    for (size_t i = 0; i < map_mapping_count(f->program); i++) {
        look_at_all(f, map_mapping_at(f->program, i));
    }
    for (size_t i = 0; i < f->connector->list_count; i++) {
        ask_conditions(f, map_list_find(f->program, f->connector->lists[i].name));
    }
    for (size_t i = 0; i < f->connector->flow_count; i++) {
        MUST(map_flow_ready(&f->in, f->connector->flows[i].name, &ready, &err), "%s: %s", err.code,
             err.text);
    }
    (void)map_answer(f->program, 429, "busy", "Too many requests");
    unmake_world(f);
}

static void compile(struct fixture *f, struct text input)
{
    bool ok = map_compile(f->connector, xero_of(input, f->arena), NULL, f->arena, &f->program,
                          &f->complaints);

    MUST(ok == (f->complaints.count == 0), "refused without a word");
    for (size_t i = 0; i < f->complaints.count; i++) {
        check_complaint(&f->complaints.at[i]);
    }
    if (ok) {
        check_no_changes(f->connector, f->arena);
        evaluate_all(f);
        map_free(f->program);
    }
}

static void fuzz_one(struct text input)
{
    struct fixture f = {.arena = arena_new(ARENA_MAX)};
    struct quota_limits limits;
    struct error err = {0};

    if (declaration_read(input, f.arena, &f.connector, &err)) {
        if (!declaration_check(f.connector, &err)) {
            fuzz_check_error(&err);
        }
        check_hosts(f.connector, f.arena);
        check_changes(f.connector, f.arena);
        if (!quota_limits_parse(f.connector->quota, &limits, &err)) {
            fuzz_check_error(&err);
        }
        compile(&f, input);
    } else {
        fuzz_check_error(&err);
        MUST(strcmp(err.code, "description") == 0, "%s", err.code);
    }
    arena_free(f.arena);
}
