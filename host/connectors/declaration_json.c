#include "connectors/connectors.h"

/* A declaration as JSON, for people to look at: what `ferry connector show` prints. */

static void put_text(json_t *j, const char *name, const char *text)
{
    json_object_set_new(j, name, json_new_text(text_of(text)));
}

/* 0 means that nothing was said. */
static void put_number(json_t *j, const char *name, uint32_t number)
{
    if (number) {
        json_object_set_new(j, name, json_new_int(number));
    }
}

static json_t *rows_json(const struct declared_rows *rows)
{
    json_t *all = json_array();

    for (size_t i = 0; i < rows->count; i++) {
        json_t *row = json_object();

        put_text(row, "name", rows->at[i].name);
        put_text(row, "value", rows->at[i].value);
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

        put_text(guard, "verdict", verdicts[guards->at[i].verdict]);
        put_text(guard, "when", guards->at[i].when);
        put_text(guard, "why", guards->at[i].why);
        json_array_append_new(all, guard);
    }
    return all;
}

static json_t *mapping_json(const struct declared_mapping *mapping)
{
    json_t *one = json_object(), *parts = json_array(), *match = json_array();

    put_text(one, "name", mapping->name);
    put_text(one, "about", mapping->about);
    put_text(one, "from", mapping->from);
    put_text(one, "to", mapping->to);
    put_text(one, "gone", mapping->gone);
    put_text(one, "others", mapping->others);
    put_text(one, "approve", mapping->approve);
    put_text(one, "was", mapping->was);
    put_number(one, "again_s", mapping->again_s);
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

        put_text(one, "name", options->at[i].name);
        put_text(one, "type", options->at[i].type);
        put_text(one, "value", options->at[i].value);
        put_text(one, "about", options->at[i].about);
        json_array_append_new(all, one);
    }
    return all;
}

static json_t *read_json(const struct declared_read *read)
{
    json_t *one = json_object();

    put_text(one, "get", read->get);
    put_text(one, "body", read->body);
    put_text(one, "records", read->records);
    put_text(one, "page", read->page);
    put_text(one, "next", read->next);
    put_text(one, "since", read->since);
    put_text(one, "ids", read->ids);
    put_text(one, "only", read->only);
    put_text(one, "gone", read->gone);
    put_text(one, "gone_at", read->gone_at);
    put_number(one, "complete", read->complete);
    put_number(one, "overlap_s", read->overlap_s);
    put_number(one, "window_days", read->window_days);
    return one;
}

static json_t *write_json(const struct declared_write *write)
{
    json_t *one = json_object();

    put_text(one, "create", write->create);
    put_text(one, "update", write->update);
    put_text(one, "remove", write->remove);
    put_text(one, "body", write->body);
    put_text(one, "results", write->results);
    put_text(one, "error", write->error);
    put_text(one, "marker", write->marker);
    put_number(one, "batch", write->batch);
    put_number(one, "whole", write->whole);
    return one;
}

static json_t *lists_json(const struct declaration *d)
{
    json_t *all = json_array();

    for (size_t i = 0; i < d->list_count; i++) {
        json_t *one = json_object();

        put_text(one, "name", d->lists[i].name);
        put_text(one, "about", d->lists[i].about);
        put_text(one, "record", d->lists[i].record);
        if (d->lists[i].has_read) {
            json_object_set_new(one, "read", read_json(&d->lists[i].read));
        }
        if (d->lists[i].has_write) {
            json_object_set_new(one, "write", write_json(&d->lists[i].write));
        }
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

        put_text(one, "name", d->flows[i].name);
        put_text(one, "about", d->flows[i].about);
        put_text(one, "when", d->flows[i].when);
        json_object_set_new(one, "guards", guards_json(&d->flows[i].guards));
        json_object_set_new(one, "mappings", mappings);
        for (size_t k = 0; k < d->flows[i].mapping_count; k++) {
            json_array_append_new(mappings, mapping_json(&d->flows[i].mappings[k]));
        }
        json_array_append_new(all, one);
    }
    return all;
}

json_t *declaration_json(const struct declaration *d)
{
    json_t *one = json_object();

    put_text(one, "id", d->id);
    put_text(one, "name", d->name);
    put_text(one, "version", d->version);
    put_text(one, "about", d->about);
    put_text(one, "hosts", d->hosts);
    put_text(one, "login", d->login);
    put_text(one, "headers", d->headers);
    put_text(one, "quota", d->quota);
    put_text(one, "absent", d->absent);
    put_text(one, "webhook", d->webhook);
    json_object_set_new(one, "events", rows_json(&d->events));
    json_object_set_new(one, "options", options_json(&d->options));
    json_object_set_new(one, "lists", lists_json(d));
    json_object_set_new(one, "flows", flows_json(d));
    json_object_set_new(one, "answers", guards_json(&d->answers));
    return one;
}
