#include "schedule/shelf.h"

#include "base/json.h"
#include "base/memory.h"

/*
 * A kept verdict is one line of JSON, then the description as the worker wrote it. Which Ferry came
 * to it stands in the line: another version looks again, since it may know better.
 */
#define KIND       "connector"
#define LINE_DEPTH 2

struct job {
    struct shelf *shelf;
    const char *sha256;
    struct text kept, line, description; /* line and description: the parts of kept */
};

static struct text take_line(struct text *kept)
{
    return kept->size && kept->at[0] == '{' ? text_split(kept, '\n') : TEXT_NONE;
}

static bool work_load(struct db *db, void *self, struct error *err)
{
    struct job *job = self;

    if (!kept_get(db, KIND, job->sha256, job->shelf->arena, &job->kept, err)) {
        return false;
    }
    job->description = job->kept;
    job->line = take_line(&job->description);
    return true;
}

/* ---- the line ---- */

static json_t *line_of(const struct connector_verdict *v)
{
    json_t *j = json_object();

    json_object_set_new(j, "ferry", json_new_text(TEXT(FERRY_VERSION)));
    json_object_set_new(j, "outcome", json_new_int(v->outcome));
    json_object_set_new(j, "signal", json_new_int(v->signal));
    json_object_set_new(j, "isolation", json_new_int(v->isolation));
    json_object_set_new(j, "landlock", json_new_int(v->landlock_abi));
    json_object_set_new(j, "kind", json_new_int(v->why.kind));
    json_object_set_new(j, "code", json_new_text(text_of(v->why.code)));
    json_object_set_new(j, "text", json_new_text(text_of(v->why.text)));
    return j;
}

static int number_in(const json_t *line, const char *name)
{
    return (int)json_int(json_object_get(line, name), 0);
}

static bool read_line(struct text text, struct connector_verdict *ret)
{
    AUTO_JSON json_t *line = NULL;
    struct error err;

    if (!text.at || !json_read(text, LINE_DEPTH, &line, &err) ||
        strcmp(json_path_text(line, "ferry"), FERRY_VERSION) != 0) {
        return false;
    }
    *ret = (struct connector_verdict){
        .outcome = (enum connector_outcome)number_in(line, "outcome"),
        .signal = number_in(line, "signal"),
        .isolation = (enum connector_isolation)number_in(line, "isolation"),
        .landlock_abi = number_in(line, "landlock"),
    };
    if (ret->outcome != CONNECTOR_OK) {
        error_set(&ret->why, (enum error_kind)number_in(line, "kind"), json_path_text(line, "code"),
                  "%s", json_path_text(line, "text"));
    }
    return true;
}

/* ---- load and save ---- */

static bool shelf_load(void *self, const char *sha256, struct connector_verdict *ret,
                       struct buffer *ret_description)
{
    struct job job = {.shelf = self, .sha256 = sha256};
    struct error err;

    if (!store_now(job.shelf->store, work_load, &job, &err) || !read_line(job.line, ret)) {
        return false;
    }
    buffer_add_text(ret_description, job.description);
    return true;
}

static bool work_save(struct db *db, void *self, struct error *err)
{
    struct job *job = self;

    return kept_put(db, KIND, job->sha256, job->kept, err);
}

static void shelf_save(void *self, const char *sha256, const struct connector_verdict *verdict,
                       struct text description)
{
    AUTO_JSON json_t *line = line_of(verdict);
    AUTO(buffer_done) struct buffer kept = {0};
    struct job job = {.shelf = self, .sha256 = sha256};
    struct error err;

    buffer_init(&kept, CONNECTOR_DESCRIPTION_MAX + 4096);
    json_write(line, &kept);
    buffer_add_char(&kept, '\n');
    buffer_add_text(&kept, description);
    job.kept = buffer_text(&kept);
    if (!store_now(job.shelf->store, work_save, &job, &err)) {
        log_event(LOG_WARNING, "connector-not-kept", "text", err.text, NULL);
    }
}

struct connector_shelf shelf_open(struct shelf *shelf)
{
    return (struct connector_shelf){shelf, shelf_load, shelf_save};
}

bool shelf_description(struct db *db, const char *sha256, struct arena *arena, struct text *ret,
                       struct error *err)
{
    struct shelf shelf = {.arena = arena};
    struct job job = {.shelf = &shelf, .sha256 = sha256};

    if (!work_load(db, &job, err)) {
        return false;
    }
    *ret = job.line.at ? job.description : TEXT("");
    return true;
}

bool shelf_forget(struct db *db, const char *sha256, struct error *err)
{
    return kept_delete(db, KIND, sha256, err);
}
