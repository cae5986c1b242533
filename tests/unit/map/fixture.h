/* A world of records in memory, for evaluating mappings in tests. */
#ifndef FERRY_TEST_MAP_FIXTURE_H
#define FERRY_TEST_MAP_FIXTURE_H

#include "base/memory.h"
#include "connectors/connectors.h"
#include "ferry/describe.h"
#include "map/map.h"
#include "unit.h"
#include "xero/xero.h"

struct fixture {
    struct arena *arena;
    const struct declaration *connector, *xero;
    struct program *program;
    struct complaints complaints;
    json_t *lists;     /* name → key → record */
    json_t *documents; /* [{mapping, key, state, id, …}] */
    json_t *options;
    struct map_world world;
    struct map_context in;
};

static int fixture_add_bytes(void *self, const char *bytes, size_t size)
{
    buffer_add(self, bytes, size);
    return 1;
}

static const struct declaration *fixture_declaration(struct fixture *f,
                                                     const struct ferry_connector *connector)
{
    AUTO(buffer_done) struct buffer out = {0};
    const struct declaration *ret = NULL;
    struct ferry_problem problem;
    struct ferry_sink sink = {&out, fixture_add_bytes};
    struct error err;

    buffer_init(&out, CONNECTOR_DESCRIPTION_MAX);
    if (!ferry_describe(connector, &sink, &problem)) {
        fail_msg("%s: %s", problem.code, problem.sentence);
    }
    if (!declaration_read(buffer_text(&out), f->arena, &ret, &err)) {
        fail_msg("%s: %s", err.code, err.text);
    }
    return ret;
}

static void fixture_compile(struct fixture *f, const struct ferry_connector *connector)
{
    struct error err;

    *f = (struct fixture){.arena = arena_new((size_t)256 << 20)};
    f->lists = json_object();
    f->documents = json_array();
    f->options = json_object();
    f->connector = fixture_declaration(f, connector);
    if (!xero_declaration(f->arena, &f->xero, &err)) {
        fail_msg("%s: %s", err.code, err.text);
    }
    if (!map_compile(f->connector, f->xero, NULL, f->arena, &f->program, &f->complaints)) {
        f->program = NULL;
    }
}

static inline void fixture_print_complaints(const struct fixture *f)
{
    for (size_t i = 0; i < f->complaints.count; i++) {
        const struct complaint *c = &f->complaints.at[i];

        print_error("%s:%u: %s\n    in \"%s\"\n", c->place, c->column, c->sentence, c->source);
    }
}

static void fixture_done(struct fixture *f)
{
    map_free(f->program);
    json_decref(f->lists);
    json_decref(f->documents);
    json_decref(f->options);
    arena_free(f->arena);
}

#include "fixture_world.h"

static json_t *fixture_json(const char *text)
{
    json_t *j = NULL;
    struct error err;

    if (!json_read(text_of(text), JSON_DEPTH_MAX, &j, &err)) {
        fail_msg("%s in %s", err.text, text);
    }
    return j;
}

/* Read a wire record into a list. */
static inline void fixture_put(struct fixture *f, const char *list, const char *wire)
{
    AUTO_JSON json_t *j = fixture_json(wire);
    struct map_read read;
    struct error err;

    if (!map_record(f->program, map_list_find(f->program, list), j, NULL, f->arena, &read, &err)) {
        fail_msg("%s: %s in %s", err.code, err.text, wire);
    }
    if (!json_object_get(f->lists, list)) {
        json_object_set_new(f->lists, list, json_object());
    }
    json_object_set_new(json_object_get(f->lists, list), read.key, read.record);
}

static inline void fixture_open_world(struct fixture *f)
{
    f->world = (struct map_world){
        .self = f,
        .record = fixture_record,
        .search = fixture_search,
        .all = fixture_all,
        .members = fixture_members,
        .document = fixture_document,
        .is_written = fixture_is_written,
        .by_target = fixture_by_target,
        .of_record = fixture_of_record,
        .options = f->options,
        .org = json_object_iter_value(
            json_object_iter(json_object_get(f->lists, "xero.Organisation"))),
    };
    f->in = (struct map_context){f->program, &f->world, f->arena};
}

#endif
