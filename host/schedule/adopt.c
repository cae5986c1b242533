/* adopt: a restored store learns from the marks in Xero what was written since the backup. */
#include "schedule/adopt.h"
#include "base/memory.h"

#define ADOPT_ARENA_MAX ((size_t)512 << 20)
#define PAGE_SIZE       500
#define PAGE_BYTES_MAX  ((size_t)64 << 20)

struct site *adopt_site(struct adopt *a)
{
    return &a->q->engine->sites[a->site];
}

/* ---- the next site ---- */

/* What is off or cannot run is left, and writes nothing until it is adopted, too. */
static bool is_left(const struct site *m)
{
    return m->problem || !m->config->enabled;
}

static const char *got_begin(void *self, const struct answer *answer)
{
    struct adopt *a = self;

    (void)answer;
    while (a->site < a->q->engine->site_count && is_left(adopt_site(a))) {
        a->site++;
    }
    a->object = 0;
    return a->site < a->q->engine->site_count ? "object" : NULL;
}

/* What fails for one is said, and the others are adopted all the same. */
const char *adopt_leave(struct adopt *a, const struct error *err)
{
    if (err->kind == ERROR_CANCELLED) {
        return machine_fail(&a->machine, err);
    }
    a->failed = arena_printf(a->arena, "%s\n%s was left: %s", a->failed,
                             adopt_site(a)->config->name, err->text);
    a->site++;
    return "begin";
}

/* ---- objects with a mark, page by page ---- */

static const char *got_object(void *self, const struct answer *answer)
{
    struct adopt *a = self;

    (void)answer;
    while (a->object < xero_object_count() &&
           !site_adopts(adopt_site(a), xero_object_at(a->object))) {
        a->object++;
    }
    a->page = 1;
    return a->object < xero_object_count() ? "page" : "plan";
}

void adopt_get(struct adopt *a, struct ask *ask, const char *path)
{
    ask->kind = ASK_CALL;
    ask->call = (struct call){.side = &adopt_site(a)->integration.xero,
                              .class = QUOTA_PROBE,
                              .method = "GET",
                              .path = path};
}

static void ask_page(void *self, struct ask *ask)
{
    struct adopt *a = self;
    const struct xero_object *object = xero_object_at(a->object);

    /* what has no pages leaves out what was deleted, unless it is asked */
    adopt_get(a, ask,
              object->paged ? arena_printf(a->arena, "%s?page=%u&pageSize=%d&order=%s%%20ASC",
                                           object->endpoint, a->page, PAGE_SIZE, object->id_field)
                            : arena_printf(a->arena, "%s?includeDeleted=true", object->endpoint));
}

const char *adopt_keep(struct adopt *a, const struct answer *answer, const char *next)
{
    struct error err = answer->err;

    if (!err.kind && answer->status != 200) {
        error_set(&err, ERROR_TRANSIENT, "adopt", "Xero answered %d", answer->status);
    }
    if (err.kind) {
        return adopt_leave(a, &err);
    }
    buffer_clear(&a->body);
    buffer_add_text(&a->body, answer->body);
    return next;
}

bool adopt_read(struct adopt *a, const char *name, struct error *err)
{
    AUTO_JSON json_t *reply = NULL;

    json_decref(a->elements);
    a->elements = NULL;
    if (!json_read(buffer_text(&a->body), JSON_DEPTH_MAX, &reply, err)) {
        return false;
    }
    a->elements = json_incref(json_object_get(reply, name));
    return json_is_array(a->elements) ||
           error_set(err, ERROR_TRANSIENT, "adopt", "Xero's answer has no %s", name);
}

static const char *got_page(void *self, const struct answer *answer)
{
    struct adopt *a = self;

    a->adoption.object = xero_object_at(a->object)->list;
    return adopt_keep(a, answer, "keep");
}

static bool work_keep(struct db *db, void *self, struct error *err)
{
    struct adopt *a = self;

    if (!adopt_read(a, xero_object_at(a->object)->name, err)) {
        return false;
    }
    a->adoption.elements = a->elements;
    return courier_keep_marks(db, &a->adoption, err);
}

static void ask_keep(void *self, struct ask *ask)
{
    (void)self;
    ask->kind = ASK_WRITE;
    ask->work = work_keep;
}

static const char *got_keep(void *self, const struct answer *answer)
{
    struct adopt *a = self;

    if (answer->err.kind) {
        return adopt_leave(a, &answer->err);
    }
    if (xero_object_at(a->object)->paged && json_array_size(a->elements) >= PAGE_SIZE) {
        a->page++;
        return "page";
    }
    a->object++;
    return "object";
}

/* ---- plan: what ought to be, without writing; then that is linked ---- */

static void ask_planned(void *self, struct ask *ask)
{
    struct adopt *a = self;

    run_init(&a->run, &a->q->engine->house, &adopt_site(a)->integration);
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

    a->run.result = answer->err;
    return "close";
}

static bool work_close(struct db *db, void *self, struct error *err)
{
    return run_close(db, &((struct adopt *)self)->run, err);
}

static void ask_close(void *self, struct ask *ask)
{
    (void)self;
    ask->kind = ASK_WRITE;
    ask->work = work_close;
}

static const char *got_close(void *self, const struct answer *answer)
{
    struct adopt *a = self;
    struct error err = a->run.result.kind ? a->run.result : answer->err;

    run_done(&a->run);
    a->run_open = false;
    return err.kind ? adopt_leave(a, &err) : "link";
}

static bool work_link(struct db *db, void *self, struct error *err)
{
    struct adopt *a = self;

    a->adoption.integration = &adopt_site(a)->integration;
    return courier_link_marked(db, &a->adoption, err);
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

    return answer->err.kind ? adopt_leave(a, &answer->err) : "papers";
}

/* ---- from now on it may write ---- */

static bool work_record(struct db *db, void *self, struct error *err)
{
    struct adopt *a = self;

    return site_put_adopted(adopt_site(a), db, a->arena, err);
}

static void ask_record(void *self, struct ask *ask)
{
    (void)self;
    ask->kind = ASK_WRITE;
    ask->work = work_record;
}

static const char *got_record(void *self, const struct answer *answer)
{
    struct adopt *a = self;

    if (answer->err.kind) {
        return adopt_leave(a, &answer->err);
    }
    a->site++;
    return "begin";
}

static const struct step adopt_steps[] = {
    {"begin", NULL, got_begin},                                 /* → object, done */
    {"object", NULL, got_object},                               /* → page, plan */
    {"page", ask_page, got_page},                               /* → keep */
    {"keep", ask_keep, got_keep},                               /* → page, object */
    {"plan", ask_planned, got_planned},                         /* → close */
    {"close", ask_close, got_close},                            /* → link */
    {"link", ask_link_marked, got_link},                        /* → papers */
    {"papers", adopt_ask_papers, adopt_got_papers},             /* → files, record */
    {"files", adopt_ask_files, adopt_got_files},                /* → link-files */
    {"link-files", adopt_ask_link_files, adopt_got_link_files}, /* → files, record */
    {"record", ask_record, got_record},                         /* → begin */
    {NULL, NULL, NULL},
};

/* ---- all of it ---- */

static void resume(struct engine *e)
{
    e->adoption = NULL;
    for (size_t i = 0; i < e->site_count; i++) {
        struct site *m = &e->sites[i];

        if ((m->problem || site_look_adopted(m)) && e->settings.daemon) {
            site_schedule(m);
        }
    }
    mend_waiting(e);
    engine_look_stopped(e);
}

static const char *names_of_left(struct question *q)
{
    const char *left = "";

    for (size_t i = 0; i < q->engine->site_count; i++) {
        const struct site *m = &q->engine->sites[i];

        if (is_left(m)) {
            left = arena_printf(q->arena, "%s\n%s was left: %s", left, m->config->name,
                                m->problem ? m->problem->text : "it is off in the config.");
        }
    }
    return left;
}

static void say_adopted(struct question *q, const char *failed)
{
    const char *left = names_of_left(q);
    const char *note = "\nWhat was left writes nothing before it is adopted, too.";

    if (failed[0]) {
        error_set(&q->err, ERROR_TRANSIENT, "adopt-left", "Not all were adopted:%s%s%s", failed,
                  left, note);
        question_fail(q, &q->err);
        return;
    }
    answer_text(q->answer, "text",
                arena_printf(q->arena, "What was written since the backup is known again.%s%s",
                             left, left[0] ? note : ""));
    question_done(q);
}

static void on_adopted(void *owner, const struct error *err)
{
    struct adopt *a = owner;
    struct question *q = a->q;
    struct engine *e = q->engine;
    struct error how = *err;
    const char *failed = arena_copy(q->arena, a->failed);

    if (a->run_open) {
        run_done(&a->run);
    }
    json_object_set_new(q->answer, "found", json_new_int(a->adoption.found));
    json_object_set_new(q->answer, "linked", json_new_int(a->adoption.linked));
    json_decref(a->elements);
    buffer_done(&a->body);
    memory_free(a->papers);
    arena_free(a->arena);
    memory_free(a);
    if (how.kind) {
        question_fail(q, &how);
    } else {
        say_adopted(q, failed);
    }
    resume(e);
}

static bool is_idle(struct question *q)
{
    const struct engine *e = q->engine;
    bool busy = e->adoption || e->stopping;

    for (size_t i = 0; i < e->site_count; i++) {
        busy = busy || e->sites[i].run;
    }
    return !busy || error_set(&q->err, ERROR_TRANSIENT, "running",
                              "Something is running; adopt when it has ended.");
}

void ask_adopt(struct question *q)
{
    struct adopt *a;

    if (!is_idle(q)) {
        question_fail(q, &q->err);
        return;
    }
    a = memory_new(1, sizeof *a);
    a->q = q;
    a->arena = arena_new(ADOPT_ARENA_MAX);
    a->failed = "";
    buffer_init(&a->body, PAGE_BYTES_MAX);
    machine_init(&a->machine, &q->engine->house, "adopt", adopt_steps, a);
    q->engine->adoption = &a->machine;
    machine_start(&a->machine, NULL, on_adopted, a);
}
