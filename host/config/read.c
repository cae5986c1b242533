/* From files to the checked whole. */
#include "config/config_internal.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

/* ---- one file ---- */

static bool complain_file(struct reader *r, const char *path, const char *text)
{
    config_complain(r->complaints, (struct config_place){path, 0, 0}, NULL, "%s", text);
    return false;
}

static bool read_bytes(struct reader *r, const char *path, int file, struct buffer *out)
{
    char bytes[16384];
    ssize_t got;

    while ((got = read(file, bytes, sizeof bytes)) != 0) {
        if (got < 0 && errno == EINTR) {
            continue;
        }
        if (got < 0) {
            return complain_file(r, path, "this file cannot be read");
        }
        buffer_add(out, bytes, (size_t)got);
        if (out->overflow) {
            return complain_file(r, path, "this file is over 1 MB long");
        }
    }
    r->bytes += out->size;
    return r->bytes <= CONFIG_BYTES_MAX ||
           complain_file(r, path, "the config is over 8 MB long in all");
}

static bool read_whole(struct reader *r, const char *path, struct buffer *out)
{
    int file = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY);
    struct stat about;
    bool ok;

    if (file < 0) {
        return complain_file(r, path,
                             errno == ENOENT   ? "there is no such file"
                             : errno == EACCES ? "this user may not read this file"
                                               : "this file cannot be opened");
    }
    ok = fstat(file, &about) == 0 && S_ISREG(about.st_mode)
             ? read_bytes(r, path, file, out)
             : complain_file(r, path, "this is not a file");
    close(file);
    return ok;
}

/* The file's tree; NULL when there is none. */
static struct yaml_node *read_tree(struct reader *r, const char *path)
{
    AUTO(buffer_done) struct buffer bytes = {0};

    buffer_init(&bytes, CONFIG_FILE_MAX);
    return read_whole(r, path, &bytes) ? yaml_parse(r, path, buffer_text(&bytes)) : NULL;
}

/* ---- integrations.d ---- */

static int is_visible(const struct dirent *entry)
{
    return entry->d_name[0] != '.';
}

/* By bytes: alphasort would ask the locale. */
static int by_bytes(const struct dirent **a, const struct dirent **b)
{
    return strcmp((*a)->d_name, (*b)->d_name);
}

/* Hang the integrations of one file behind those that are there. */
static void add_file(struct reader *r, const char *path, struct yaml_node *all)
{
    struct yaml_node *tree = read_tree(r, path);

    if (!tree || yaml_is_null(tree) || tree->count == 0) {
        return;
    }
    if (tree->kind != YAML_MAP) {
        config_complain(r->complaints, tree->place, NULL,
                        "this file holds integrations: \"name:\", and below it their keys");
        return;
    }
    if (all->last) {
        all->last->next = tree->first;
    } else {
        all->first = tree->first;
    }
    all->last = tree->last;
    all->count += tree->count;
}

static void add_entry(struct reader *r, const char *folder, const char *name, struct yaml_node *all)
{
    const char *path = arena_printf(r->arena, "%s/%s", folder, name);
    struct text text = text_of(name);

    if (text_ends(text, ".yaml")) {
        add_file(r, path, all);
    } else if (text_ends(text, ".yml")) {
        complain_file(r, path, "only files that end with .yaml are read here; rename this one");
    }
}

static void add_folder(struct reader *r, struct yaml_node *all)
{
    const char *folder = arena_printf(r->arena, "%s/integrations.d", r->folder);
    struct dirent **entries = NULL;
    int count = scandir(folder, &entries, is_visible, by_bytes);

    if (count < 0 && errno != ENOENT) {
        complain_file(r, folder, "this folder cannot be read");
    }
    if (count > CONFIG_FILES_MAX) {
        complain_file(r, folder, "there are over 500 files in this folder");
    }
    for (int i = 0; i < count; i++) {
        if (count <= CONFIG_FILES_MAX) {
            add_entry(r, folder, entries[i]->d_name, all);
        }
        memory_free(entries[i]);
    }
    memory_free(entries);
}

/* Everything in integrations.d becomes part of the main file's `integrations`. */
static void merge_folder(struct reader *r, struct yaml_node *root)
{
    struct yaml_node *all = NULL, *fresh, *key;

    for (struct yaml_node *value = root->first; value; value = value->next) {
        if (strcmp(value->key->text, "integrations") == 0) {
            all = value;
        }
    }
    if (all && all->kind == YAML_MAP) {
        add_folder(r, all);
        return;
    }
    fresh = arena_alloc(r->scratch, 1, sizeof *fresh);
    fresh->kind = YAML_MAP;
    fresh->place = root->place;
    add_folder(r, fresh);
    if (!fresh->count || (all && !yaml_is_null(all))) {
        return;
    }
    if (all) { /* the key is there, with nothing behind it */
        all->kind = YAML_MAP;
        all->first = fresh->first;
        all->last = fresh->last;
        all->count = fresh->count;
        return;
    }
    key = arena_alloc(r->scratch, 1, sizeof *key);
    key->text = "integrations";
    key->place = root->place;
    fresh->key = key;
    if (root->last) {
        root->last->next = fresh;
    } else {
        root->first = fresh;
    }
    root->last = fresh;
    root->count++;
}

/* ---- the whole ---- */

static const char *folder_of(struct reader *r, const char *path)
{
    const char *slash = strrchr(path, '/');
    size_t size = slash ? (size_t)(slash - path) : 0;

    if (path[0] == '/') {
        return size ? arena_copy_text(r->arena, (struct text){path, size}) : "";
    }
    AUTO_FREE char *here = getcwd(NULL, 0);
    return slash ? arena_printf(r->arena, "%s/%.*s", here ? here : "", (int)size, path)
                 : arena_copy(r->arena, here ? here : "");
}

static void read_all(struct reader *r, struct config *config)
{
    struct yaml_node *root = read_tree(r, config->path);

    if (!root && r->complaints->count == 0) { /* nothing in it; say what is missing */
        root = arena_alloc(r->scratch, 1, sizeof *root);
        root->kind = YAML_MAP;
        root->place = (struct config_place){config->path, 1, 1};
    }
    if (!root) {
        return;
    }
    if (root->kind == YAML_MAP) {
        merge_folder(r, root);
    }
    table_read(r, &table_main, root, config);
    check_whole(r, root, config);
    check_defaults(r, config);
}

bool config_read(const char *path, struct arena *arena, const struct config **ret,
                 struct config_complaints *ret_complaints)
{
    struct reader r = {.arena = arena, .complaints = ret_complaints};
    struct config *config = arena_alloc(arena, 1, sizeof *config);

    memset(ret_complaints, 0, sizeof *ret_complaints);
    ret_complaints->arena = arena;
    r.scratch = arena_new(CONFIG_ARENA_BYTES);
    r.folder = folder_of(&r, path);
    config->path = arena_copy(arena, path);
    read_all(&r, config);
    complaints_sort(ret_complaints, config->path);
    arena_free(r.scratch);
    if (ret_complaints->count) {
        config_free(config);
        return false;
    }
    *ret = config;
    return true;
}

void config_free(const struct config *config)
{
    for (size_t i = 0; config && i < config->integrations.count; i++) {
        json_decref(config->integrations.at[i].options);
    }
}

/* ---- finding ---- */

const struct config_app *config_app(const struct config *config, const char *name)
{
    for (size_t i = 0; i < config->apps.count; i++) {
        if (strcmp(config->apps.at[i].name, name) == 0) {
            return &config->apps.at[i];
        }
    }
    return NULL;
}

const struct config_integration *config_integration(const struct config *config, const char *name)
{
    for (size_t i = 0; i < config->integrations.count; i++) {
        if (strcmp(config->integrations.at[i].name, name) == 0) {
            return &config->integrations.at[i];
        }
    }
    return NULL;
}

const struct config_person *config_person(const struct config *config, const char *name)
{
    for (size_t i = 0; i < config->people.count; i++) {
        if (strcmp(config->people.at[i].name, name) == 0) {
            return &config->people.at[i];
        }
    }
    return NULL;
}
