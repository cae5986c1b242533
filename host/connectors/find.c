/* The folders of the connector path. */
#include <dirent.h>
#include <errno.h>
#include <stdlib.h>

#include "base/memory.h"
#include "base/suggest.h"
#include "connectors/connectors_internal.h"

#define FOLDER_FILES_MAX 1000

/* ---- one folder ---- */

struct names {
    char **at;
    size_t count, capacity;
};

static void names_done(struct names *names)
{
    for (size_t i = 0; i < names->count; i++) {
        memory_free(names->at[i]);
    }
    memory_free(names->at);
}

static void names_add(struct names *names, const char *name)
{
    memory_grow(&names->at, &names->capacity, names->count, sizeof *names->at);
    names->at[names->count++] = memory_copy_text(name);
}

static int compare(const void *a, const void *b)
{
    const char *const *left = a, *const *right = b;

    return strcmp(*left, *right);
}

/* A folder that is not there has no connectors in it. */
static void names_read(struct names *names, const char *folder)
{
    DIR *directory = opendir(folder);
    const struct dirent *entry;

    if (!directory) {
        return;
    }
    while (names->count < FOLDER_FILES_MAX && (entry = readdir(directory))) {
        if (entry->d_name[0] != '.' && text_ends(text_of(entry->d_name), ".so")) {
            names_add(names, entry->d_name);
        }
    }
    closedir(directory);
    if (names->count > 1) {
        qsort(names->at, names->count, sizeof *names->at, compare);
    }
}

static void show_file(const char *folder, const char *name, connector_found_fn *each, void *owner)
{
    AUTO(buffer_done) struct buffer path;
    struct connector_file file;
    struct error err = {0};

    buffer_init(&path, 4096);
    buffer_addf(&path, "%s/%s", folder, name);
    bool ok = !path.overflow && connector_open(path.at, &file, &err);
    struct connector_found found = {path.at, ok ? &file.note : NULL, ok ? NULL : &err};
    each(owner, &found);
    if (!path.overflow) {
        connector_close(&file);
    }
}

void connector_each(const char *const *folders, size_t count, connector_found_fn *each, void *owner)
{
    for (size_t i = 0; i < count; i++) {
        AUTO(names_done) struct names names = {NULL, 0, 0};
        names_read(&names, folders[i]);
        for (size_t j = 0; j < names.count; j++) {
            show_file(folders[i], names.at[j], each, owner);
        }
    }
}

/* ---- one connector ---- */

struct search {
    const char *id;
    char *first, *second; /* owned paths */
    struct names ids;     /* of the others, for a suggestion */
    struct error refused; /* of a file that is named after the id */
};

static void look(void *owner, const struct connector_found *found)
{
    struct search *search = owner;

    if (found->note && strcmp(found->note->id, search->id) == 0) {
        char **into = search->first ? &search->second : &search->first;
        if (!*into) {
            *into = memory_copy_text(found->path);
        }
    } else if (found->note) {
        names_add(&search->ids, found->note->id);
    } else {
        const char *name = strrchr(found->path, '/');
        size_t size = strlen(search->id);
        if (name && strncmp(name + 1, search->id, size) == 0 &&
            strcmp(name + 1 + size, ".so") == 0) {
            search->refused = *found->refused;
        }
    }
}

static bool not_found(const struct search *search, struct error *err)
{
    const char *near =
        suggest_name(search->id, (const char *const *)search->ids.at, search->ids.count);

    if (search->refused.kind != ERROR_NONE) {
        if (err) {
            *err = search->refused;
        }
        return false;
    }
    return error_set(err, ERROR_CONFIG, "connector-missing",
                     "No connector \"%s\" is in the folders of connectors.path%s%s%s", search->id,
                     near ? "; did you mean \"" : "", near ? near : "", near ? "\"?" : ".");
}

bool connector_find(const char *const *folders, size_t count, const char *id, char **ret,
                    struct error *err)
{
    struct search search = {.id = id};
    bool ok = false;

    connector_each(folders, count, look, &search);
    if (!search.first) {
        not_found(&search, err);
    } else if (search.second) {
        error_set(err, ERROR_CONFIG, "connector-twice",
                  "Both %s and %s are the connector \"%s\"; remove one.", search.first,
                  search.second, id);
    } else {
        *ret = search.first;
        search.first = NULL;
        ok = true;
    }
    memory_free(search.first);
    memory_free(search.second);
    names_done(&search.ids);
    return ok;
}
