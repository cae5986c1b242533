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
    const char *path;
    struct {
        const char *id, *root;
    } * papers; /* documents whose files are looked at */
    size_t paper_count, paper, paper_capacity;
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

static const char *got_planned(void *self, const struct answer *answer)
{
    struct adopt *a = self;

    run_done(&a->run);
    a->run_open = false;
    a->object = 0;
    a->page = 1;
    return answer->err.kind ? machine_fail(&a->machine, &answer->err) : "object";
}

/* ---- objects with a mark, page by page ---- */

static bool has_mark(const struct xero_object *object)
{
    return object->create_method[0] &&
           (object->mark == XERO_MARK_URL || object->mark == XERO_MARK_FIELD ||
            object->mark == XERO_MARK_LINE);
}

static bool is_written_to(const struct program *program, const char *list)
{
    for (size_t i = 0; i < map_mapping_count(program); i++) {
        if (strcmp(map_mapping_declared(map_mapping_at(program, i))->to, list) == 0) {
            return true;
        }
    }
    return false;
}

static const char *got_object(void *self, const struct answer *answer)
{
    struct adopt *a = self;

    (void)answer;
    while (a->object < xero_object_count()) {
        const struct xero_object *object = xero_object_at(a->object);

        if (has_mark(object) && is_written_to(site_at(a)->integration.program, object->list)) {
            a->page = 1;
            return "page";
        }
        a->object++;
    }
    return "papers";
}

static void ask_page(void *self, struct ask *ask)
{
    struct adopt *a = self;

    a->path = arena_printf(a->arena, "%s?page=%u&pageSize=%d", xero_object_at(a->object)->endpoint,
                           a->page, PAGE_SIZE);
    ask->kind = ASK_CALL;
    ask->call = (struct call){.side = &site_at(a)->integration.xero,
                              .class = QUOTA_PROBE,
                              .method = "GET",
                              .path = a->path};
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
    if (json_array_size(a->elements) >= PAGE_SIZE) {
        a->page++;
        return "page";
    }
    a->object++;
    return "object";
}

/* ---- files: of every document that has some to come ---- */

static bool note_paper(void *self, const struct document *d, struct error *err)
{
    struct adopt *a = self;

    (void)err;
    if (d->target_id[0] && strcmp(d->target, "xero.Attachments") != 0 && d->root[0]) {
        memory_grow(&a->papers, &a->paper_capacity, a->paper_count, sizeof *a->papers);
        a->papers[a->paper_count].id = arena_printf(a->arena, "%s/%s", d->target, d->target_id);
        a->papers[a->paper_count++].root = arena_copy(a->arena, d->root);
    }
    return true;
}

struct files {
    struct adopt *a;
    const char *root;
    bool any;
};

static bool is_to_come(void *self, const struct document *d, struct error *err)
{
    struct files *f = self;

    (void)err;
    f->any = f->any || (strcmp(d->root, f->root) == 0 && !d->target_id[0] && d->want[0]);
    return true;
}

static bool work_papers(struct db *db, void *self, struct error *err)
{
    struct adopt *a = self;
    int64_t integration = site_at(a)->integration.id;
    struct ledger_filter all = {.integration = integration, .state = DOCUMENT_DONE};
    size_t kept = 0;

    a->paper_count = a->paper = 0;
    if (!ledger_scan(db, &all, note_paper, a, err)) {
        return false;
    }
    for (size_t i = 0; i < a->paper_count; i++) {
        struct files files = {a, a->papers[i].root, false};
        struct ledger_filter of = {.integration = integration,
                                   .root = files.root,
                                   .target = "xero.Attachments",
                                   .state = -1};

        if (!ledger_scan(db, &of, is_to_come, &files, err)) {
            return false;
        }
        if (files.any) {
            a->papers[kept++] = a->papers[i];
        }
    }
    a->paper_count = kept;
    return true;
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
    const char *id = a->papers[a->paper].id, *slash = strchr(id, '/');
    const struct xero_object *object =
        xero_object_find(arena_copy_text(a->arena, (struct text){id, (size_t)(slash - id)}));

    a->path =
        arena_printf(a->arena, "%s/%s/Attachments", object ? object->endpoint : "", slash + 1);
    ask->kind = ASK_CALL;
    ask->call = (struct call){.side = &site_at(a)->integration.xero,
                              .class = QUOTA_PROBE,
                              .method = "GET",
                              .path = a->path};
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
    machine_init(&a->machine, &q->engine->house, "adopt", adopt_steps, a);
    machine_start(&a->machine, NULL, on_adopted, a);
}
