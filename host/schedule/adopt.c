/* adopt: a restored store learns from the marks in Xero what was written since the backup. */
#include "base/memory.h"
#include "schedule/engine_internal.h"

#define ADOPT_ARENA_MAX ((size_t)512 << 20)
#define PAGE_SIZE       500

/* One site after the other: plan, then read back every object that carries a mark, then files. */
struct adopt {
    struct machine machine;
    struct question *q;
    struct arena *arena;
    size_t site;
    struct run run;
    bool run_open;
    size_t object; /* which of Xero's */
    uint32_t page;
    json_t *elements;
    struct adoption adoption;
    int64_t linked;
    bool *is_read; /* of each object: something at work writes it */
    struct paper *papers;
    size_t paper_count, paper, paper_capacity;
};

/* An object whose files are looked at, and the root of the documents that they are. */
struct paper {
    const char *path, *root;
};

static struct site *site_at(struct adopt *a)
{
    return &a->q->engine->sites[a->site];
}

/* ---- the next site that can run ---- */

static const char *next_site(struct adopt *a)
{
    while (a->site < a->q->engine->site_count && site_at(a)->problem.kind) {
        a->site++;
    }
    return a->site < a->q->engine->site_count ? "plan" : NULL;
}

static const char *got_begin(void *self, const struct answer *answer)
{
    (void)answer;
    return next_site(self);
}

/* ---- plan: what ought to be, without writing ---- */

static void ask_planned(void *self, struct ask *ask)
{
    struct adopt *a = self;

    run_init(&a->run, &a->q->engine->house, &site_at(a)->integration);
    a->run_open = true;
    a->run.depth = RUN_PLAN;
    a->run.everything = true;
    a->run.why = "adopt";
    ask->kind = ASK_MACHINE;
    ask->machine = &a->run.machine;
}

static bool has_mark(const struct xero_object *object)
{
    return object->create_method[0] &&
           (object->mark == XERO_MARK_URL || object->mark == XERO_MARK_FIELD ||
            object->mark == XERO_MARK_LINE);
}

static bool is_written_to(const struct integration *integration, const char *list)
{
    for (size_t i = 0; i < map_mapping_count(integration->program); i++) {
        const struct map_mapping *mapping = map_mapping_at(integration->program, i);

        if (map_mapping_is_active(integration->active, mapping) &&
            strcmp(map_mapping_declared(mapping)->to, list) == 0) {
            return true;
        }
    }
    return false;
}

/* Which flows are at work is known until the run is done. */
static const char *got_planned(void *self, const struct answer *answer)
{
    struct adopt *a = self;

    for (size_t i = 0; i < xero_object_count(); i++) {
        a->is_read[i] = has_mark(xero_object_at(i)) &&
                        is_written_to(&site_at(a)->integration, xero_object_at(i)->list);
    }
    run_done(&a->run);
    a->run_open = false;
    a->object = 0;
    a->page = 1;
    return answer->err.kind ? machine_fail(&a->machine, &answer->err) : "object";
}

/* ---- objects with a mark, page by page ---- */

static const char *got_object(void *self, const struct answer *answer)
{
    struct adopt *a = self;

    (void)answer;
    while (a->object < xero_object_count() && !a->is_read[a->object]) {
        a->object++;
    }
    a->page = 1;
    return a->object < xero_object_count() ? "page" : "papers";
}

static void ask_get(struct adopt *a, struct ask *ask, const char *path)
{
    ask->kind = ASK_CALL;
    ask->call = (struct call){
        .side = &site_at(a)->integration.xero, .class = QUOTA_PROBE, .method = "GET", .path = path};
}

static void ask_page(void *self, struct ask *ask)
{
    struct adopt *a = self;
    const struct xero_object *object = xero_object_at(a->object);

    /* what has no pages leaves out what was deleted, unless it is asked */
    ask_get(a, ask,
            object->paged ? arena_printf(a->arena, "%s?page=%u&pageSize=%d", object->endpoint,
                                         a->page, PAGE_SIZE)
                          : arena_printf(a->arena, "%s?includeDeleted=true", object->endpoint));
}

static const char *keep_elements(struct adopt *a, const struct answer *answer, const char *name,
                                 const char *next)
{
    struct error err = answer->err;
    json_t *reply = NULL;

    if (err.kind || answer->status != 200 ||
        !json_read(answer->body, JSON_DEPTH_MAX, &reply, &err)) {
        if (!err.kind) {
            error_set(&err, ERROR_TRANSIENT, "adopt", "Xero answered %d", answer->status);
        }
        return machine_fail(&a->machine, &err);
    }
    json_decref(a->elements);
    a->elements = json_incref(json_object_get(reply, name));
    json_decref(reply);
    return next;
}

static const char *got_page(void *self, const struct answer *answer)
{
    struct adopt *a = self;

    a->adoption = (struct adoption){.integration = &site_at(a)->integration,
                                    .object = xero_object_at(a->object)->list,
                                    .on = ""};
    return keep_elements(a, answer, xero_object_at(a->object)->name, "link");
}

static bool work_link(struct db *db, void *self, struct error *err)
{
    struct adopt *a = self;

    a->adoption.elements = a->elements;
    return courier_adopt(db, &a->adoption, err);
}

static void ask_link_marked(void *self, struct ask *ask)
{
    (void)self;
    ask->kind = ASK_WRITE;
    ask->work = work_link;
}

static const char *got_link(void *self, const struct answer *answer)
{
    struct adopt *a = self;

    if (answer->err.kind) {
        return machine_fail(&a->machine, &answer->err);
    }
    a->linked += a->adoption.linked;
    if (xero_object_at(a->object)->paged && json_array_size(a->elements) >= PAGE_SIZE) {
        a->page++;
        return "page";
    }
    a->object++;
    return "object";
}

/* ---- files: on every object that has some to come ---- */

struct noting {
    struct adopt *a;
    struct db *db;
};

static void add_paper(struct adopt *a, const struct document *on, const char *root)
{
    const struct xero_object *object = xero_object_find(on->target);
    const char *path;

    if (!object || !on->target_id[0]) {
        return;
    }
    path = arena_printf(a->arena, "%s/%s/Attachments", object->endpoint, on->target_id);
    if (a->paper_count && strcmp(a->papers[a->paper_count - 1].path, path) == 0) {
        return; /* several files on one object stand side by side */
    }
    memory_grow(&a->papers, &a->paper_capacity, a->paper_count, sizeof *a->papers);
    a->papers[a->paper_count++] = (struct paper){path, arena_copy(a->arena, root)};
}

static bool note_paper(void *self, const struct document *d, struct error *err)
{
    struct noting *n = self;
    struct document on = {0};
    json_t *want = NULL;
    const json_t *pair;
    bool ok = true;

    if (d->target_id[0] || !d->want[0]) {
        return true;
    }
    if (!json_read(text_of(d->want), JSON_DEPTH_MAX, &want, err)) {
        return false;
    }
    pair = json_path(want, "On.@");
    if (json_array_size(pair) == 2) {
        ok = ledger_find(n->db, d->integration, json_string_value(json_array_get(pair, 0)),
                         json_string_value(json_array_get(pair, 1)), n->a->arena, &on, err);
    }
    json_decref(want);
    if (ok && on.id) {
        add_paper(n->a, &on, d->root);
    }
    return ok;
}

static bool work_papers(struct db *db, void *self, struct error *err)
{
    struct adopt *a = self;
    struct noting noting = {a, db};
    struct ledger_filter files = {
        .integration = site_at(a)->integration.id, .target = "xero.Attachments", .state = -1};

    a->paper_count = a->paper = 0;
    return ledger_scan(db, &files, note_paper, &noting, err);
}

static void ask_papers(void *self, struct ask *ask)
{
    (void)self;
    ask->kind = ASK_READ;
    ask->work = work_papers;
}

static const char *next_paper(struct adopt *a)
{
    if (a->paper < a->paper_count) {
        return "files";
    }
    a->site++;
    return "begin";
}

static const char *got_papers(void *self, const struct answer *answer)
{
    struct adopt *a = self;

    return answer->err.kind ? machine_fail(&a->machine, &answer->err) : next_paper(a);
}

static void ask_files(void *self, struct ask *ask)
{
    struct adopt *a = self;

    ask_get(a, ask, a->papers[a->paper].path);
}

static const char *got_files(void *self, const struct answer *answer)
{
    struct adopt *a = self;

    a->adoption = (struct adoption){.integration = &site_at(a)->integration,
                                    .object = "xero.Attachments",
                                    .on = a->papers[a->paper].root};
    return keep_elements(a, answer, "Attachments", "link-files");
}

static const char *got_link_files(void *self, const struct answer *answer)
{
    struct adopt *a = self;

    if (answer->err.kind) {
        return machine_fail(&a->machine, &answer->err);
    }
    a->linked += a->adoption.linked;
    a->paper++;
    return next_paper(a);
}

static const struct step adopt_steps[] = {
    {"begin", NULL, got_begin},                      /* → plan, done */
    {"plan", ask_planned, got_planned},              /* → object */
    {"object", NULL, got_object},                    /* → page, papers */
    {"page", ask_page, got_page},                    /* → link */
    {"link", ask_link_marked, got_link},             /* → page, object */
    {"papers", ask_papers, got_papers},              /* → files, begin */
    {"files", ask_files, got_files},                 /* → link-files */
    {"link-files", ask_link_marked, got_link_files}, /* → files, begin */
    {NULL, NULL, NULL},
};

static void on_adopted(void *owner, const struct error *err)
{
    struct adopt *a = owner;
    struct question *q = a->q;
    struct error how = *err;

    if (a->run_open) {
        run_done(&a->run);
    }
    json_object_set_new(q->answer, "linked", json_new_int(a->linked));
    json_decref(a->elements);
    memory_free(a->papers);
    arena_free(a->arena);
    memory_free(a);
    if (how.kind || !store_adopted(q->engine->store, &how)) {
        question_fail(q, &how);
        return;
    }
    json_object_set_new(q->answer, "text",
                        json_new_text(TEXT("What was written since the backup is known again.")));
    question_done(q);
}

void ask_adopt(struct question *q)
{
    struct adopt *a = memory_new(1, sizeof *a);

    a->q = q;
    a->arena = arena_new(ADOPT_ARENA_MAX);
    a->is_read = arena_alloc(a->arena, xero_object_count(), sizeof *a->is_read);
    machine_init(&a->machine, &q->engine->house, "adopt", adopt_steps, a);
    machine_start(&a->machine, NULL, on_adopted, a);
}
