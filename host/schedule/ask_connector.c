/* connector: what connectors declare. */
#include "base/memory.h"
#include "schedule/engine_internal.h"

/* ---- what there is ---- */

static void add_found(void *owner, const struct connector_found *found)
{
    json_t *one = json_object();

    answer_text(one, "path", found->path);
    answer_text(one, "id", found->note ? found->note->id : "");
    answer_text(one, "version", found->note ? found->note->version : "");
    answer_text(one, "refused", found->refused ? found->refused->text : "");
    json_array_append_new(owner, one);
}

static void list_connectors(struct question *q)
{
    const struct config *config = q->engine->config;
    json_t *all = json_array();

    json_object_set_new(q->answer, "connectors", all);
    connector_each(config->connector_paths.at, config->connector_paths.count, add_found, all);
    question_done(q);
}

/* ---- one connector, in the words of its declaration ---- */

static json_t *rows_json(const struct declared_rows *rows)
{
    json_t *all = json_array();

    for (size_t i = 0; i < rows->count; i++) {
        json_t *row = json_object();

        answer_text(row, "name", rows->at[i].name);
        answer_text(row, "value", rows->at[i].value);
        json_array_append_new(all, row);
    }
    return all;
}

static json_t *guards_json(const struct declared_guards *guards)
{
    static const char *const verdicts[] = {"", "skip", "wait", "hold", "retry", "taken"};
    json_t *all = json_array();

    for (size_t i = 0; i < guards->count; i++) {
        json_t *guard = json_object();

        answer_text(guard, "verdict", verdicts[guards->at[i].verdict]);
        answer_text(guard, "when", guards->at[i].when);
        answer_text(guard, "why", guards->at[i].why);
        json_array_append_new(all, guard);
    }
    return all;
}

static json_t *mapping_json(const struct declared_mapping *mapping)
{
    json_t *one = json_object(), *parts = json_array(), *match = json_array();

    answer_text(one, "name", mapping->name);
    answer_text(one, "about", mapping->about);
    answer_text(one, "from", mapping->from);
    answer_text(one, "to", mapping->to);
    answer_text(one, "gone", mapping->gone);
    answer_text(one, "approve", mapping->approve);
    json_object_set_new(one, "guards", guards_json(&mapping->guards));
    json_object_set_new(one, "fields", rows_json(&mapping->fields));
    json_object_set_new(one, "match", match);
    json_object_set_new(one, "parts", parts);
    for (size_t i = 0; i < mapping->match.count; i++) {
        json_array_append_new(match, json_new_text(text_of(mapping->match.at[i])));
    }
    for (size_t i = 0; i < mapping->part_count; i++) {
        json_array_append_new(parts, mapping_json(&mapping->parts[i]));
    }
    return one;
}

static json_t *options_json(const struct declared_options *options)
{
    json_t *all = json_array();

    for (size_t i = 0; i < options->count; i++) {
        json_t *one = json_object();

        answer_text(one, "name", options->at[i].name);
        answer_text(one, "type", options->at[i].type);
        answer_text(one, "value", options->at[i].value);
        answer_text(one, "about", options->at[i].about);
        json_array_append_new(all, one);
    }
    return all;
}

static json_t *lists_json(const struct declaration *d)
{
    json_t *all = json_array();

    for (size_t i = 0; i < d->list_count; i++) {
        json_t *one = json_object();

        answer_text(one, "name", d->lists[i].name);
        answer_text(one, "about", d->lists[i].about);
        answer_text(one, "record", d->lists[i].record);
        answer_text(one, "get", d->lists[i].has_read ? d->lists[i].read.get : "");
        json_object_set_new(one, "derive", rows_json(&d->lists[i].derive));
        json_object_set_new(one, "form", options_json(&d->lists[i].form));
        json_array_append_new(all, one);
    }
    return all;
}

static json_t *flows_json(const struct declaration *d)
{
    json_t *all = json_array();

    for (size_t i = 0; i < d->flow_count; i++) {
        json_t *one = json_object(), *mappings = json_array();

        answer_text(one, "name", d->flows[i].name);
        answer_text(one, "about", d->flows[i].about);
        answer_text(one, "when", d->flows[i].when);
        json_object_set_new(one, "guards", guards_json(&d->flows[i].guards));
        json_object_set_new(one, "mappings", mappings);
        for (size_t k = 0; k < d->flows[i].mapping_count; k++) {
            json_array_append_new(mappings, mapping_json(&d->flows[i].mappings[k]));
        }
        json_array_append_new(all, one);
    }
    return all;
}

/* By the connector's id or the integration's name. */
static struct site *site_of(const struct question *q, const char *name)
{
    for (size_t i = 0; i < q->engine->site_count; i++) {
        struct site *m = &q->engine->sites[i];

        if (m->declaration &&
            (strcmp(m->declaration->id, name) == 0 || strcmp(m->config->name, name) == 0)) {
            return m;
        }
    }
    return NULL;
}

static bool find_connector(struct question *q)
{
    q->site = site_of(q, question_text(q, "name"));
    return q->site || error_set(&q->err, ERROR_REJECTED, "no-connector",
                                "No integration of the config uses a connector \"%.60s\".",
                                question_text(q, "name"));
}

static void show_connector(struct question *q)
{
    const struct declaration *d = q->site->declaration;
    json_t *one = json_object();

    json_object_set_new(q->answer, "connector", one);
    answer_text(one, "hash", q->site->sha256);
    json_object_set_new(one, "changes", site_changes(q->site));
    answer_text(one, "id", d->id);
    answer_text(one, "name", d->name);
    answer_text(one, "version", d->version);
    answer_text(one, "about", d->about);
    answer_text(one, "hosts", d->hosts);
    answer_text(one, "login", d->login);
    answer_text(one, "quota", d->quota);
    json_object_set_new(one, "options", options_json(&d->options));
    json_object_set_new(one, "lists", lists_json(d));
    json_object_set_new(one, "flows", flows_json(d));
    json_object_set_new(one, "answers", guards_json(&d->answers));
    question_done(q);
}

void ask_connector(struct question *q)
{
    const char *verb = question_text(q, "verb");

    if (strcmp(verb, "list") == 0) {
        list_connectors(q);
    } else if (!find_connector(q)) {
        question_fail(q, &q->err);
    } else {
        (strcmp(verb, "confirm") == 0 ? ask_confirm : show_connector)(q);
    }
}
