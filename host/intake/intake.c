#include "intake/files.h"

#define NIGHTLY_MS ((int64_t)24 * 3600 * 1000)

/* ---- which list, and since when ---- */

static const char *cursor_name(const struct reading *r)
{
    return arena_printf(r->list_arena, "%lld/%s", (long long)r->side->scope,
                        map_list_declared(r->list)->name);
}

static bool load_cursor(struct reading *r, struct db *db, struct error *err)
{
    struct text kept;
    int64_t now = clock_wall_ms(db_clock(db));
    json_t *j = NULL;

    if (!kept_get(db, "cursor", cursor_name(r), r->list_arena, &kept, err)) {
        return false;
    }
    r->since_ms = r->full_ms = 0;
    if (kept.at && json_read(kept, 4, &j, err)) {
        r->since_ms = json_int(json_object_get(j, "read_ms"), 0);
        r->full_ms = json_int(json_object_get(j, "full_ms"), 0);
        json_decref(j);
    }
    r->complete = r->read->since[0] == '\0' || r->since_ms == 0 || r->intake->everything ||
                  now - r->full_ms >= NIGHTLY_MS || now < r->full_ms;
    r->since_ms -= (int64_t)r->read->overlap_s * 1000;
    if (r->intake->since_ms && r->intake->since_ms < r->since_ms) {
        r->since_ms = r->intake->since_ms;
    }
    r->pass = now;
    r->unreadable = false;
    return true;
}

static bool load_parents(struct reading *r, struct db *db, struct error *err)
{
    struct found_keys keys = {NULL, 0};

    r->parent = 0;
    r->parent_count = 1;
    r->parent_field =
        template_parent_field(r->intake->integration->program, r->list, r->list_arena);
    if (!r->parent_field) {
        return true;
    }
    r->parent_list = map_field_refers_to(r->intake->integration->program, r->list, r->parent_field);
    if (!mirror_keys(db, r->side->scope, map_list_declared(r->parent_list)->name, r->list_arena,
                     &keys, err) ||
        (r->intake->parents && !r->intake->parents(r->intake->integration, db, r->list,
                                                   r->parent_field, r->list_arena, &keys, err))) {
        return false;
    }
    r->parents = keys.at;
    r->parent_count = keys.count;
    return true;
}

static bool work_begin(struct db *db, void *self, struct error *err)
{
    struct intake *intake = self;

    return load_cursor(intake->reading, db, err) && load_parents(intake->reading, db, err);
}

static void ask_begin(void *self, struct ask *ask)
{
    struct intake *intake = self;
    struct reading *r = intake->reading;

    arena_reset(r->list_arena);
    r->list = intake->lists[0];
    r->read = &map_list_declared(r->list)->read;
    r->side = integration_side(intake->integration, map_list_declared(r->list)->name);
    ask->kind = ASK_READ;
    ask->work = work_begin;
}

static const char *got_begin(void *self, const struct answer *answer)
{
    struct intake *intake = self;

    if (answer->err.kind) {
        return machine_fail(&intake->machine, &answer->err);
    }
    return intake->reading->parent_count ? "parent" : "end";
}

/* ---- one parent ---- */

static bool work_parent(struct db *db, void *self, struct error *err)
{
    struct reading *r = ((struct intake *)self)->reading;
    const char *body = NULL;

    json_decref(r->parent_record);
    r->parent_record = NULL;
    if (!r->parent_field) {
        return true;
    }
    return mirror_get(db, r->side->scope, map_list_declared(r->parent_list)->name,
                      r->parents[r->parent], r->list_arena, &body, err) &&
           json_read(text_of(body ? body : "{}"), JSON_DEPTH_MAX, &r->parent_record, err);
}

static void ask_parent(void *self, struct ask *ask)
{
    struct reading *r = ((struct intake *)self)->reading;

    r->page = 1;
    r->place = 1;
    r->offset = 0;
    memory_free(r->cursor);
    r->cursor = NULL;
    ask->kind = ASK_READ;
    ask->work = work_parent;
}

static const char *got_parent(void *self, const struct answer *answer)
{
    struct intake *intake = self;

    return answer->err.kind ? machine_fail(&intake->machine, &answer->err) : "page";
}

/* ---- one page ---- */

static void ask_page(void *self, struct ask *ask)
{
    struct intake *intake = self;
    struct reading *r = intake->reading;

    arena_reset(r->arena);
    r->problem.kind = ERROR_NONE;
    if (files_are_read(r->read)) {
        ask->kind = ASK_READ;
        ask->work = files_next;
        return;
    }
    if (!page_request(r, &r->problem)) {
        return;
    }
    ask->kind = ASK_CALL;
    ask->call = (struct call){
        .side = r->side,
        .class = QUOTA_BACKFILL,
        .method = page_method(r),
        .path = r->url.at,
        .headers = r->headers,
        .body = buffer_text(&r->body),
        .content_type = r->body.size ? "application/json" : NULL,
    };
}

static bool is_success(int status)
{
    return status >= 200 && status < 300;
}

static void refuse_status(const struct reading *r, int status, struct error *err)
{
    const char *list = map_list_declared(r->list)->name;

    if (status >= 300 && status < 400) {
        error_set(
            err, ERROR_CONFIG, "source-redirects",
            "%s answered %d when %s was read: it wants to be asked elsewhere. Ferry follows no "
            "redirects, because the token would go with them; set base_url to the right "
            "address.",
            r->side->base_url, status, list);
        return;
    }
    error_set(err, status == 404 || status == 400 ? ERROR_CONFIG : ERROR_TRANSIENT,
              "source-refused", "%s answered %d when %s was read", r->side->base_url, status, list);
}

static const char *got_page(void *self, const struct answer *answer)
{
    struct intake *intake = self;
    struct reading *r = intake->reading;
    struct error err;

    if (files_are_read(r->read) && !answer->err.kind) {
        return r->file ? "store" : "pages-end";
    }
    if (r->problem.kind) {
        return machine_fail(&intake->machine, &r->problem);
    }
    if (answer->err.kind) {
        return machine_fail(&intake->machine, &answer->err);
    }
    if (answer->status == 304) {
        return "pages-end";
    }
    if (!is_success(answer->status)) {
        refuse_status(r, answer->status, &err);
        return machine_fail(&intake->machine, &err);
    }
    memory_free(r->answer_bytes);
    r->answer_bytes = memory_new(answer->body.size + 1, 1);
    memcpy(r->answer_bytes, answer->body.at, answer->body.size);
    r->answer = (struct text){r->answer_bytes, answer->body.size};
    return "store";
}

static void ask_store(void *self, struct ask *ask)
{
    struct reading *r = ((struct intake *)self)->reading;

    ask->kind = ASK_WRITE;
    ask->work = files_are_read(r->read) ? files_store : page_store;
}

static const char *got_store(void *self, const struct answer *answer)
{
    struct intake *intake = self;

    if (answer->err.kind) {
        return machine_fail(&intake->machine, &answer->err);
    }
    return intake->reading->more ? "page" : "pages-end";
}

/* ---- the end of a list ---- */

static const char *got_pages_end(void *self, const struct answer *answer)
{
    struct reading *r = ((struct intake *)self)->reading;

    (void)answer;
    return ++r->parent < r->parent_count ? "parent" : "end";
}

static bool save_cursor(struct reading *r, struct db *db, struct error *err)
{
    char value[128];

    snprintf(value, sizeof value, "{\"full_ms\":%lld,\"read_ms\":%lld}",
             (long long)(r->complete ? r->pass : r->full_ms), (long long)r->pass);
    return kept_put(db, "cursor", cursor_name(r), text_of(value), err);
}

/* Only a reading to its very end, of everything, may conclude that a record is gone; and a record
 * that could not be read may be the very one that seems to be missing. */
static bool work_end(struct db *db, void *self, struct error *err)
{
    struct reading *r = ((struct intake *)self)->reading;
    int64_t gone = 0;

    if (r->complete && !r->unreadable && r->read->complete &&
        !mirror_sweep(db, r->side->scope, map_list_declared(r->list)->name, r->pass, &gone, err)) {
        return false;
    }
    r->intake->counts.gone += gone;
    return save_cursor(r, db, err);
}

static void ask_end(void *self, struct ask *ask)
{
    (void)self;
    ask->kind = ASK_WRITE;
    ask->work = work_end;
}

static const char *got_end(void *self, const struct answer *answer)
{
    struct intake *intake = self;

    if (answer->err.kind) {
        return machine_fail(&intake->machine, &answer->err);
    }
    intake->lists++;
    return --intake->list_count ? "begin" : NULL;
}

static const struct step intake_steps[] = {
    /* name         asks for              reads the answer, names the next step */
    {"begin", ask_begin, got_begin},    /* → parent */
    {"parent", ask_parent, got_parent}, /* → page */
    {"page", ask_page, got_page},       /* → store */
    {"store", ask_store, got_store},    /* → page, pages-end */
    {"pages-end", NULL, got_pages_end}, /* → parent, end */
    {"end", ask_end, got_end},          /* → begin, done */
    {NULL, NULL, NULL},
};

void intake_init(struct intake *intake, struct house *house, const struct integration *integration)
{
    struct reading *r = memory_new(1, sizeof *r);

    *intake = (struct intake){.house = house, .integration = integration, .reading = r};
    r->intake = intake;
    r->arena = arena_new(READING_ARENA_MAX);
    r->list_arena = arena_new(READING_ARENA_MAX);
    buffer_init(&r->url, READING_URL_MAX);
    buffer_init(&r->header_value, READING_URL_MAX);
    buffer_init(&r->body, READING_BODY_MAX);
    machine_init(&intake->machine, house, "intake", intake_steps, intake);
}

void intake_done(struct intake *intake)
{
    struct reading *r = intake->reading;

    if (!r) {
        return;
    }
    json_decref(r->parent_record);
    memory_free(r->cursor);
    memory_free(r->answer_bytes);
    buffer_done(&r->url);
    buffer_done(&r->header_value);
    buffer_done(&r->body);
    arena_free(r->arena);
    arena_free(r->list_arena);
    memory_free(r);
    intake->reading = NULL;
}

void intake_start(struct intake *intake, const struct map_list *const *lists, size_t count,
                  machine_done_fn *done, void *owner)
{
    intake->lists = lists;
    intake->list_count = count;
    machine_start(&intake->machine, count ? "begin" : NULL, done, owner);
}
