/* do: forms are lists that people fill in; a row of one is a record like any other. */
#include "base/memory.h"
#include "map/record_type.h"
#include "schedule/engine_internal.h"

/* ---- what there is to fill in ---- */

static json_t *columns_json(const struct declared_options *columns)
{
    json_t *all = json_array();

    for (size_t i = 0; i < columns->count; i++) {
        json_t *one = json_object();

        answer_text(one, "name", columns->at[i].name + (columns->at[i].name[0] == '*'));
        answer_text(one, "type", columns->at[i].type);
        answer_text(one, "value", columns->at[i].value);
        answer_text(one, "about", columns->at[i].about);
        json_array_append_new(all, one);
    }
    return all;
}

static void list_forms(struct question *q)
{
    const struct declaration *d = q->site->declaration;
    json_t *forms = json_array();

    json_object_set_new(q->answer, "forms", forms);
    for (size_t i = 0; d && i < d->list_count; i++) {
        json_t *form;

        if (d->lists[i].form.count == 0) {
            continue;
        }
        form = json_object();
        answer_text(form, "name", d->lists[i].name);
        answer_text(form, "about", d->lists[i].about);
        json_object_set_new(form, "columns", columns_json(&d->lists[i].form));
        json_array_append_new(forms, form);
    }
    question_done(q);
}

/* ---- filling one in ---- */

struct filling {
    struct question *q;
    struct db *db;
    const struct map_list *list;
    json_t *row; /* owned */
};

static const struct declared_option *column_named(const struct map_list *list, const char *name)
{
    const struct declared_options *columns = &map_list_declared(list)->form;

    for (size_t i = 0; i < columns->count; i++) {
        const char *own = columns->at[i].name;

        if (strcmp(own + (own[0] == '*'), name) == 0) {
            return &columns->at[i];
        }
    }
    return NULL;
}

/* People name accounts by their code. */
static bool account_by_code(struct filling *f, const char *code, const char **ret,
                            struct error *err)
{
    int64_t scope = f->q->site->integration.xero.scope;
    struct found_keys keys = {NULL, 0};

    if (!mirror_keys(f->db, scope, "xero.Accounts", f->q->arena, &keys, err)) {
        return false;
    }
    for (size_t i = 0; i < keys.count; i++) {
        const char *body = NULL;
        json_t *account = NULL;
        bool found;

        if (!mirror_get(f->db, scope, "xero.Accounts", keys.at[i], f->q->arena, &body, err) ||
            !json_read(text_of(body), JSON_DEPTH_MAX, &account, err)) {
            return false;
        }
        found = strcmp(json_path_text(account, "Code"), code) == 0;
        json_decref(account);
        if (found || strcmp(keys.at[i], code) == 0) {
            *ret = keys.at[i];
            return true;
        }
    }
    return error_set(err, ERROR_REJECTED, "no-object",
                     "Xero has no account %.60s; `ferry accounts %s` lists them.", code,
                     f->q->site->config->name);
}

static const struct field_type *type_of(const struct filling *f, const char *name)
{
    return record_type_field(map_list_type(f->list), name);
}

/* One value as it was typed: accounts by their code, yes for true. */
static bool one_value(struct filling *f, const struct field_type *type, struct text typed,
                      json_t **ret, struct error *err)
{
    const char *text = arena_copy_text(f->q->arena, text_trim(typed));
    bool is_account = type->kind == TYPE_REFERENCE && type->name_count == 1 &&
                      strcmp(type->names[0], "xero.Accounts") == 0;

    if (is_account && !account_by_code(f, text, &text, err)) {
        return false;
    }
    *ret = type->kind == TYPE_BOOL
               ? json_boolean(strcmp(text, "true") == 0 || strcmp(text, "yes") == 0)
               : json_new_text(text_of(text));
    return true;
}

/* "12, 13, 14" */
static bool many_values(struct filling *f, const struct field_type *type, struct text typed,
                        json_t **ret, struct error *err)
{
    AUTO_JSON json_t *all = json_array();
    json_t *one = NULL;

    while (typed.size) {
        if (!one_value(f, type, text_split(&typed, ','), &one, err)) {
            return false;
        }
        json_array_append_new(all, one);
    }
    *ret = json_incref(all);
    return true;
}

static bool set_value(struct filling *f, const char *name, const char *text, struct error *err)
{
    const struct field_type *type = type_of(f, name);
    json_t *value = NULL;

    if (!column_named(f->list, name) || !type) {
        return error_set(err, ERROR_REJECTED, "no-column",
                         "The form %s has no column %.60s; `ferry do %s` lists them.",
                         map_list_declared(f->list)->name, name, f->q->site->config->name);
    }
    if (!text[0]) {
        return true; /* left empty */
    }
    if (type->kind == TYPE_RECORDS
            ? !json_read(text_of(text), JSON_DEPTH_MAX, &value, err) &&
                  !error_at(err, "%s, a list of lines written as JSON", name)
            : !(type->is_list ? many_values : one_value)(f, type, text_of(text), &value, err)) {
        return false;
    }
    json_object_set_new(f->row, name, value);
    return true;
}

/* What the form proposes for what was left empty; people see what that was. */
static bool propose(struct filling *f, struct error *err)
{
    const struct integration *integration = &f->q->site->integration;
    struct plan_world *world = plan_world_new(integration, f->db, f->q->arena);
    struct map_context in = {integration->program, plan_world_map(world), f->q->arena};
    bool ok = map_form_fill(&in, f->list, f->row, err);

    plan_world_free(world);
    return ok;
}

static bool put_row(struct filling *f, struct error *err)
{
    const struct integration *integration = &f->q->site->integration;
    const char *name = map_list_declared(f->list)->name;
    struct intake_counts counts = {0};
    struct intake_record record = {
        .db = f->db,
        .program = integration->program,
        .list = f->list,
        .scope = integration->source.scope,
        .pass = clock_wall_ms(f->q->engine->clock),
        .arena = f->q->arena,
        .counts = &counts,
    };
    struct map_read read = {0};
    AUTO_FREE char *body = NULL;
    bool ok;

    if (!map_record(integration->program, f->list, f->row, NULL, f->q->arena, &read, err)) {
        return false;
    }
    body = json_write_text(read.record);
    answer_text(
        f->q->answer, "text",
        arena_printf(f->q->arena, "%s %s is filled in; the next run uses it.", name, read.key));
    json_object_set(f->q->answer, "row", read.record);
    ok = intake_record_put(&record, read.key, read.record, err) &&
         audit_add(f->db, f->q->user, "do", arena_printf(f->q->arena, "%s/%s", name, read.key),
                   body, err);
    json_decref(read.record);
    return ok;
}

static bool work_fill(struct db *db, void *self, struct error *err)
{
    struct question *q = self;
    struct filling f = {.q = q, .db = db, .row = json_object()};
    char id[CRYPTO_UUID_TEXT];
    const char *name;
    json_t *value;
    bool ok = true;

    f.list = map_list_find(q->site->integration.program, question_text(q, "form"));
    json_object_set_new(f.row, "id", json_new_text(text_of(crypto_uuid(id))));
    json_object_foreach(json_object_get(q->request, "values"), name, value)
    {
        ok = ok && set_value(&f, name, json_text(value).at ? json_text(value).at : "", err);
    }
    ok = ok && propose(&f, err) && put_row(&f, err);
    json_decref(f.row);
    return ok;
}

void ask_forms(struct question *q)
{
    const char *name = question_text(q, "form");
    const struct map_list *list;

    if (q->site->problem) {
        question_fail(q, q->site->problem);
        return;
    }
    list = name[0] ? map_list_find(q->site->integration.program, name) : NULL;
    if (name[0] && (!list || map_list_declared(list)->form.count == 0)) {
        error_set(&q->err, ERROR_REJECTED, "no-form",
                  "There is no form %.60s; `ferry do %s` lists them.", name, q->site->config->name);
        question_fail(q, &q->err);
    } else if (name[0] && json_object_size(json_object_get(q->request, "values"))) {
        question_write(q, work_fill, question_done);
    } else {
        list_forms(q);
    }
}
