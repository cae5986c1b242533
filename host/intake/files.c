#include "intake/files.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <fnmatch.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/memory.h"
#include "intake/csv.h"

#define WORD "FILE "

bool files_are_read(const struct declared_read *read)
{
    return strncmp(read->get, WORD, sizeof WORD - 1) == 0;
}

/* ---- which folder --------------------------------------------------------------------------- */

static bool bad_pattern(const struct declared_read *read, struct error *err)
{
    return error_set(
        err, ERROR_CONFIG, "folder",
        "\"%.200s\" is not how files are declared; write \"FILE {option.folder}/*.csv\".",
        read->get);
}

/* A folder that the connector itself names could be any, the host's own among them. */
static bool is_asked(const struct declared_options *declared, const char *name)
{
    for (size_t i = 0; i < declared->count; i++) {
        if (strcmp(declared->at[i].name, name) == 0) {
            return declared->at[i].value[0] == '\0';
        }
    }
    return false;
}

bool files_pattern(const struct declared_read *read, const struct declared_options *declared,
                   const json_t *options, struct arena *arena, const char **ret_folder,
                   const char **ret_glob, struct error *err)
{
    const char *at = read->get + sizeof WORD - 1;
    struct text path = {NULL, 0};
    const char *name, *folder;

    if (!template_placeholder(&at, &path) || !text_starts(path, "option.") || *at != '/' ||
        at[1] == '\0' || strpbrk(at + 1, "/{")) {
        return bad_pattern(read, err);
    }
    name = arena_copy_text(arena, path) + strlen("option.");
    if (!is_asked(declared, name)) {
        return error_set(err, ERROR_CONFIG, "folder",
                         "The option %s names a folder, so the connector may not set it itself.",
                         name);
    }
    folder = json_path_text(options, name);
    if (folder[0] != '/') {
        return error_set(err, ERROR_CONFIG, "folder",
                         "The option %s ought to be the whole path of a folder, from / on.", name);
    }
    *ret_folder = arena_copy(arena, folder);
    *ret_glob = arena_copy(arena, at + 1);
    return true;
}

static int by_bytes(const void *a, const void *b)
{
    return strcmp(*(const char *const *)a, *(const char *const *)b);
}

static bool add_names(DIR *dir, const char *glob, struct arena *arena, const char **names,
                      size_t *count)
{
    const struct dirent *entry;

    while ((entry = readdir(dir))) {
        if (fnmatch(glob, entry->d_name, FNM_PERIOD | FNM_CASEFOLD) != 0) {
            continue;
        }
        if (*count == FILES_MOST) {
            return false;
        }
        names[(*count)++] = arena_copy(arena, entry->d_name);
    }
    return true;
}

bool files_list(const char *folder, const char *glob, struct arena *arena, const char *const **ret,
                size_t *ret_count, struct error *err)
{
    const char **names = arena_alloc(arena, FILES_MOST, sizeof *names);
    DIR *dir = opendir(folder);
    size_t count = 0;
    bool ok;

    if (!dir) {
        return error_set(err, ERROR_CONFIG, "folder", "The folder %.300s cannot be read: %s.",
                         folder, strerror(errno));
    }
    ok = add_names(dir, glob, arena, names, &count);
    closedir(dir);
    if (!ok) {
        return error_set(err, ERROR_CONFIG, "folder",
                         "The folder %.300s holds more than %d files. Move old ones away: what was "
                         "booked stays booked.",
                         folder, FILES_MOST);
    }
    qsort(names, count, sizeof *names, by_bytes);
    *ret = names;
    *ret_count = count;
    return true;
}

/* ---- one file ------------------------------------------------------------------------------- */

static bool refuse(const char *name, const char *why, struct error *err)
{
    return error_set(err, ERROR_REJECTED, "file", "%.200s %s", name, why);
}

/* False with errno at a fault of the disk. */
static bool read_all(int fd, struct buffer *out)
{
    char bytes[65536];
    ssize_t size;

    while ((size = read(fd, bytes, sizeof bytes)) != 0) {
        if (size < 0 && errno == EINTR) {
            continue;
        }
        if (size < 0) {
            return false;
        }
        buffer_add(out, bytes, (size_t)size);
        if (out->overflow) {
            return true;
        }
    }
    return true;
}

static bool is_same(const struct stat *a, const struct stat *b)
{
    return a->st_size == b->st_size && a->st_mtim.tv_sec == b->st_mtim.tv_sec &&
           a->st_mtim.tv_nsec == b->st_mtim.tv_nsec;
}

static bool read_file(int fd, const char *name, struct buffer *out, struct error *err)
{
    struct stat before, after;

    if (fstat(fd, &before) != 0 || !S_ISREG(before.st_mode)) {
        return refuse(name, "is no plain file.", err);
    }
    if ((size_t)before.st_size > FILES_BYTES_MAX) {
        return refuse(name, "is too big for a list.", err);
    }
    if (!read_all(fd, out)) {
        return refuse(name, strerror(errno), err);
    }
    if (fstat(fd, &after) != 0 || !is_same(&before, &after) ||
        out->size != (size_t)before.st_size) {
        return refuse(name, "is still being written; the next run reads it.", err);
    }
    return true;
}

bool files_bytes(const char *folder, const char *name, struct buffer *out, struct error *err)
{
    int at = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    int fd = at < 0 ? -1 : openat(at, name, O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC);
    int problem = errno;
    bool ok;

    if (at >= 0) {
        close(at);
    }
    if (fd < 0) {
        return refuse(
            name, problem == ELOOP ? "is a link, which is not followed." : strerror(problem), err);
    }
    ok = read_file(fd, name, out, err);
    close(fd);
    return ok;
}

/* ---- in the reading ------------------------------------------------------------------------- */

static bool find_files(struct reading *r, struct error *err)
{
    const struct integration *integration = r->intake->integration;
    const char *glob = NULL;

    return files_pattern(r->read, &map_declaration(integration->program)->options,
                         integration->options, r->list_arena, &r->folder, &glob, err) &&
           files_list(r->folder, glob, r->list_arena, &r->files, &r->file_count, err);
}

bool files_next(struct db *db, void *self, struct error *err)
{
    struct reading *r = ((struct intake *)self)->reading;
    struct buffer bytes;

    (void)db;
    if (r->page == 1 && !find_files(r, err)) {
        return false;
    }
    r->file = (size_t)r->page <= r->file_count ? r->files[r->page - 1] : NULL;
    if (!r->file) {
        return true;
    }
    buffer_init(&bytes, FILES_BYTES_MAX);
    memory_free(r->answer_bytes);
    r->answer_bytes = NULL;
    r->answer = TEXT_NONE;
    if (files_bytes(r->folder, r->file, &bytes, &r->problem)) {
        r->answer.size = bytes.size;
        r->answer.at = r->answer_bytes = buffer_take(&bytes);
    }
    buffer_done(&bytes);
    return true;
}

static bool take_row(void *self, const json_t *row, const json_t *kept, struct error *err)
{
    struct intake_record *record = self;

    (void)kept;
    return intake_record_take(record, row, NULL, err);
}

/* Its rows as they were read before stay, until it can be read again. */
static bool keep_bad(struct reading *r, struct intake_record *record, struct error *err)
{
    const char *list = map_list_declared(r->list)->name;
    const char *name = text_is_utf8(text_of(r->file)) ? r->file : "a file without a sound name";
    struct mirror_record bad = {
        .key = name,
        .bad = arena_printf(record->arena, "%s: %s", r->problem.code, r->problem.text),
    };
    enum mirror_change change;

    record->counts->bad++;
    r->unreadable = true;
    return mirror_put(record->db, record->scope, list, &bad, record->pass, &change, err);
}

/* A table that is refused is refused before its first row. */
static bool take_rows(struct reading *r, struct intake_record *record, struct error *err)
{
    if (!text_is_utf8(text_of(r->file))) {
        (void)refuse("A file", "has a name that is not UTF-8. Rename it.", &r->problem);
        return true;
    }
    if (csv_each(r->answer, r->file, take_row, record, err)) {
        return true;
    }
    if (strcmp(err->code, "csv") != 0) {
        return false;
    }
    r->problem = *err;
    return true;
}

bool files_store(struct db *db, void *self, struct error *err)
{
    struct reading *r = ((struct intake *)self)->reading;
    struct intake_record record = {
        .db = db,
        .program = r->intake->integration->program,
        .list = r->list,
        .scope = r->side->scope,
        .pass = r->pass,
        .arena = arena_new(INTAKE_RECORD_ARENA_MAX),
        .counts = &r->intake->counts,
    };
    bool ok;

    ok = r->problem.kind != ERROR_NONE || take_rows(r, &record, err);
    ok = ok && (r->problem.kind == ERROR_NONE || keep_bad(r, &record, err));
    arena_free(record.arena);
    r->unreadable = r->unreadable || record.unreadable;
    r->intake->counts.pages += ok;
    r->page++;
    r->more = true;
    return ok;
}
