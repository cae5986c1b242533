#include "plan/plan_internal.h"

/* Two generations: what the snapshot at hand asked for, and what only the one before it did. */
struct plan_parsed {
    struct dict *now, *before; /* name → struct parsed_record, owned */
};

struct parsed_record {
    json_t *json;
    char body[]; /* the text it was parsed from, terminated */
};

static void forget(struct dict *records)
{
    struct parsed_record *record;
    size_t cursor = 0;
    struct text name;
    void *value;

    while (dict_next(records, &cursor, &name, &value)) {
        record = value;
        json_decref(record->json);
        memory_free(record);
    }
    dict_free(records);
}

struct plan_parsed *plan_parsed_new(void)
{
    struct plan_parsed *parsed = memory_new(1, sizeof *parsed);

    *parsed = (struct plan_parsed){dict_new(), dict_new()};
    return parsed;
}

void plan_parsed_free(struct plan_parsed *parsed)
{
    if (parsed) {
        forget(parsed->now);
        forget(parsed->before);
        memory_free(parsed);
    }
}

void plan_parsed_next(struct plan_parsed *parsed)
{
    forget(parsed->before);
    parsed->before = parsed->now;
    parsed->now = dict_new();
}

const json_t *plan_parsed_known(const struct plan_parsed *parsed, struct text name)
{
    const struct parsed_record *record = dict_get(parsed->now, name);

    return record ? record->json : NULL;
}

static struct parsed_record *parse(struct text body, struct error *err)
{
    struct parsed_record *record;
    json_t *json;

    if (!json_read(body, JSON_DEPTH_MAX, &json, err)) {
        return NULL;
    }
    record = memory_new(1, sizeof *record + body.size + 1);
    record->json = json;
    memcpy(record->body, body.at, body.size);
    return record;
}

const json_t *plan_parsed_read(struct plan_parsed *parsed, struct text name, const char *body,
                               struct error *err)
{
    struct parsed_record *record = dict_get(parsed->before, name);

    if (record && strcmp(record->body, body) == 0) {
        (void)dict_remove(parsed->before, name);
    } else {
        record = parse(text_of(body), err);
    }
    if (record) {
        dict_set(parsed->now, name, record);
    }
    return record ? record->json : NULL;
}
