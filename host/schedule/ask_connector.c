/* connector: what connectors declare. */
#include "map/overview.h"
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

/* By the connector's id or the integration's name. */
static struct site *site_of(const struct question *q, const char *name)
{
    for (size_t i = 0; i < q->engine->site_count; i++) {
        struct site *m = &q->engine->sites[i];

        if (strcmp(m->config->connector, name) == 0 || strcmp(m->config->name, name) == 0) {
            return m;
        }
    }
    return NULL;
}

static bool find_connector(struct question *q, bool described)
{
    q->site = site_of(q, question_text(q, "name"));
    if (!q->site) {
        return error_set(&q->err, ERROR_REJECTED, "no-connector",
                         "No integration of the config uses a connector \"%.60s\".",
                         question_text(q, "name"));
    }
    if (described && !q->site->declaration) {
        q->err = *q->site->problem;
        return false;
    }
    return true;
}

static void show_connector(struct question *q)
{
    json_t *one = declaration_json(q->site->declaration);

    json_object_set_new(q->answer, "connector", one);
    answer_text(one, "hash", q->site->sha256);
    json_object_set_new(one, "changes", site_changes(q->site));
    if (q->site->integration.program) {
        json_object_set_new(one, "overview", map_overview_json(q->site->integration.program));
    }
    question_done(q);
}

void ask_connector(struct question *q)
{
    const char *verb = question_text(q, "verb");
    bool release = strcmp(verb, "release") == 0;

    if (strcmp(verb, "list") == 0) {
        list_connectors(q);
    } else if (!find_connector(q, !release)) {
        question_fail(q, &q->err);
    } else {
        (release ? ask_release : strcmp(verb, "confirm") == 0 ? ask_confirm : show_connector)(q);
    }
}
