#include "offline.h"

#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "base/memory.h"
#include "fixture/fixture.h"
#include "map/overview.h"
#include "serve.h"
#include "xero/xero.h"

static void put_text(json_t *j, const char *name, const char *text)
{
    json_object_set_new(j, name, json_new_text(text_of(text)));
}

/* ---- check ---- */

struct counts {
    int64_t flows, lists, options, mappings, parts, fields, guards, matches;
};

static void count_mapping(struct counts *counts, const struct declared_mapping *mapping)
{
    counts->fields += (int64_t)mapping->fields.count;
    counts->guards += (int64_t)mapping->guards.count;
    counts->matches += (int64_t)mapping->match.count;
    counts->parts += (int64_t)mapping->part_count;
    for (size_t i = 0; i < mapping->part_count; i++) {
        count_mapping(counts, &mapping->parts[i]);
    }
}

static json_t *json_of(const struct counts *counts)
{
    const struct {
        const char *name;
        int64_t count;
    } all[] = {{"flows", counts->flows},     {"lists", counts->lists},
               {"options", counts->options}, {"mappings", counts->mappings},
               {"parts", counts->parts},     {"fields", counts->fields},
               {"guards", counts->guards},   {"matches", counts->matches}};
    json_t *j = json_object();

    for (size_t i = 0; i < sizeof all / sizeof *all; i++) {
        json_object_set_new(j, all[i].name, json_new_int(all[i].count));
    }
    return j;
}

static json_t *counts_json(const struct declaration *d)
{
    struct counts counts = {.flows = (int64_t)d->flow_count,
                            .lists = (int64_t)d->list_count,
                            .options = (int64_t)d->options.count};

    for (size_t i = 0; i < d->flow_count; i++) {
        counts.mappings += (int64_t)d->flows[i].mapping_count;
        counts.guards += (int64_t)d->flows[i].guards.count;
        for (size_t k = 0; k < d->flows[i].mapping_count; k++) {
            count_mapping(&counts, &d->flows[i].mappings[k]);
        }
    }
    return json_of(&counts);
}

static json_t *complaints_json(const struct complaints *complaints)
{
    json_t *all = json_array();

    for (size_t i = 0; i < complaints->count; i++) {
        const struct complaint *c = &complaints->at[i];
        json_t *one = json_object();

        put_text(one, "place", c->place);
        put_text(one, "source", c->source);
        put_text(one, "sentence", c->sentence);
        json_object_set_new(one, "column", json_new_int(c->column));
        json_array_append_new(all, one);
    }
    return all;
}

static bool check(const struct loaded *loaded, const json_t *request, json_t *answer,
                  struct error *err)
{
    (void)request, (void)err;
    put_text(answer, "id", loaded->declaration->id);
    put_text(answer, "version", loaded->declaration->version);
    put_text(answer, "sha256", loaded->sha256);
    put_text(answer, "isolation", connector_isolation_name(loaded->verdict.isolation));
    json_object_set_new(answer, "complaints", complaints_json(&loaded->complaints));
    json_object_set_new(answer, "counts", counts_json(loaded->declaration));
    return true;
}

static bool show(const struct loaded *loaded, const json_t *request, json_t *answer,
                 struct error *err)
{
    json_t *connector = declaration_json(loaded->declaration);

    (void)request, (void)err;
    json_object_set_new(answer, "connector", connector);
    put_text(connector, "hash", loaded->sha256);
    if (loaded->program) {
        json_object_set_new(connector, "overview", map_overview_json(loaded->program));
    }
    return true;
}

/* ---- test ---- */

struct testing {
    json_t *scenarios;
    int64_t passed, failed;
};

static json_t *texts_json(const char *const *texts, size_t count)
{
    json_t *all = json_array();

    for (size_t i = 0; i < count; i++) {
        json_array_append_new(all, json_new_text(text_of(texts[i])));
    }
    return all;
}

static void add_outcome(void *owner, const struct fixture_outcome *outcome)
{
    struct testing *t = owner;
    json_t *one = json_object();

    put_text(one, "name", outcome->name);
    put_text(one, "about", outcome->about);
    json_object_set_new(one, "proves", texts_json(outcome->proves, outcome->proves_count));
    json_object_set_new(one, "passed", json_boolean(outcome->difference_count == 0));
    json_object_set_new(one, "differences",
                        texts_json(outcome->differences, outcome->difference_count));
    json_array_append_new(t->scenarios, one);
    t->passed += outcome->difference_count == 0;
    t->failed += outcome->difference_count > 0;
}

/* The folder that was named; else NAME.fixtures or fixtures beside the file. */
static bool fixtures_folder(const char *file, const char *named, char out[4096])
{
    const char *slash = strrchr(file, '/');
    int folder = slash ? (int)(slash - file) : 1, stem = (int)strlen(file) - 3;

    if (named[0]) {
        snprintf(out, 4096, "%s", named);
        return true;
    }
    snprintf(out, 4096, "%.*s.fixtures", stem > 0 ? stem : 0, file);
    if (access(out, R_OK) != 0) {
        snprintf(out, 4096, "%.*s/fixtures", folder, slash ? file : ".");
    }
    return access(out, R_OK) == 0;
}

static bool first_complaint(const struct loaded *loaded, struct error *err)
{
    const struct complaint *first = &loaded->complaints.at[0];

    return error_set(err, ERROR_REJECTED, "connector-wrong", "%s: %s (`ferry connector check`)",
                     first->place, first->sentence);
}

static bool test(const struct loaded *loaded, const json_t *request, json_t *answer,
                 struct error *err)
{
    const char *only = json_path_text(request, "only");
    struct testing t = {.scenarios = json_array()};
    char folder[4096];

    json_object_set_new(answer, "scenarios", t.scenarios);
    put_text(answer, "id", loaded->declaration->id);
    if (!loaded->program) {
        return first_complaint(loaded, err);
    }
    if (!fixtures_folder(loaded->path, json_path_text(request, "fixtures"), folder)) {
        return error_set(err, ERROR_CONFIG, "no-fixtures",
                         "There are no fixtures beside %s; name their folder with --fixtures.",
                         loaded->path);
    }
    if (!fixture_run(loaded, folder, only[0] ? only : NULL, add_outcome, &t, err)) {
        return false;
    }
    json_object_set_new(answer, "passed", json_new_int(t.passed));
    json_object_set_new(answer, "failed", json_new_int(t.failed));
    return true;
}

/* ---- which connector ---- */

/* The folders of the config; without one, where a build or an installation has them. */
static bool find(const struct config *config, const char *name, char **ret, struct error *err)
{
    char beside[4096], worker[4096];
    const char *own[] = {beside, "/usr/lib/ferry/connectors"};
    char *slash;

    if (config) {
        return loaded_find(name, config->connector_paths.at, config->connector_paths.count, ret,
                           err);
    }
    serve_worker_path(worker);
    slash = strrchr(worker, '/');
    snprintf(beside, sizeof beside, "%.*s/../connectors", slash ? (int)(slash - worker) : 0,
             worker);
    return loaded_find(name, own, 2, ret, err);
}

static const struct {
    const char *name;
    bool (*answer)(const struct loaded *loaded, const json_t *request, json_t *answer,
                   struct error *err);
} questions[] = {{"check", check}, {"show", show}, {"test", test}};

/* Xero's own lists are declared in the same words; no file has them. */
static bool show_xero(json_t *answer, struct error *err)
{
    struct arena *arena = arena_new(SIZE_MAX);
    const struct declaration *xero;
    bool ok = xero_declaration(arena, &xero, err);

    if (ok) {
        json_object_set_new(answer, "connector", declaration_json(xero));
    }
    arena_free(arena);
    return ok;
}

static bool ask_of_file(const struct config *config, const json_t *request, json_t *answer,
                        struct error *err)
{
    AUTO_FREE char *path = NULL;
    struct loaded loaded = {0};
    char worker[4096];
    bool ok;

    ok = find(config, json_path_text(request, "name"), &path, err) &&
         loaded_open(path, serve_worker_path(worker), &loaded, err);
    for (size_t i = 0; ok && i < sizeof questions / sizeof *questions; i++) {
        if (strcmp(questions[i].name, json_path_text(request, "do")) == 0) {
            ok = questions[i].answer(&loaded, request, answer, err);
        }
    }
    loaded_done(&loaded);
    return ok;
}

bool offline_ask(const struct config *config, const json_t *request, json_t **ret,
                 struct error *err)
{
    AUTO_JSON json_t *answer = json_object();
    bool of_xero = strcmp(json_path_text(request, "do"), "show") == 0 &&
                   strcmp(json_path_text(request, "name"), "xero") == 0;

    if (!(of_xero ? show_xero(answer, err) : ask_of_file(config, request, answer, err))) {
        return false;
    }
    *ret = json_incref(answer);
    return true;
}
