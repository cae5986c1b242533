/* Files of an adoption: looked for by their names on every object that has some to come. */
#include "base/memory.h"
#include "schedule/adopt.h"

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
        .integration = adopt_site(a)->integration.id, .target = "xero.Attachments", .state = -1};

    a->paper_count = a->paper = 0;
    return ledger_scan(db, &files, note_paper, &noting, err);
}

void adopt_ask_papers(void *self, struct ask *ask)
{
    (void)self;
    ask->kind = ASK_READ;
    ask->work = work_papers;
}

static const char *next_paper(struct adopt *a)
{
    return a->paper < a->paper_count ? "files" : "record";
}

const char *adopt_got_papers(void *self, const struct answer *answer)
{
    struct adopt *a = self;

    return answer->err.kind ? adopt_leave(a, &answer->err) : next_paper(a);
}

void adopt_ask_files(void *self, struct ask *ask)
{
    struct adopt *a = self;

    adopt_get(a, ask, a->papers[a->paper].path);
}

const char *adopt_got_files(void *self, const struct answer *answer)
{
    struct adopt *a = self;

    a->adoption.object = "xero.Attachments";
    a->adoption.on = a->papers[a->paper].root;
    return adopt_keep(a, answer, "link-files");
}

static bool work_link_files(struct db *db, void *self, struct error *err)
{
    struct adopt *a = self;

    if (!adopt_read(a, "Attachments", err)) {
        return false;
    }
    a->adoption.elements = a->elements;
    return courier_link_files(db, &a->adoption, err);
}

void adopt_ask_link_files(void *self, struct ask *ask)
{
    (void)self;
    ask->kind = ASK_WRITE;
    ask->work = work_link_files;
}

const char *adopt_got_link_files(void *self, const struct answer *answer)
{
    struct adopt *a = self;

    if (answer->err.kind) {
        return adopt_leave(a, &answer->err);
    }
    a->paper++;
    return next_paper(a);
}
