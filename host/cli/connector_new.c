/* connector new: a folder for a new connector, that builds, checks and passes its one scenario. */
#include <errno.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/memory.h"
#include "cli/cli_internal.h"
#include "cli/sample.h"
#include "cli/template.h"

#define SAMPLE_MAX_BYTES ((size_t)8 << 20)
#define FILE_MAX_BYTES   ((size_t)16 << 20)
#define ID_MOST          40

static const char no_sample[] =
    "{\"customers\": [{\"id\": \"c1\", \"name\": \"Caf\xc3\xa9 Nero\", \"email\": "
    "\"orders@nero.example\", \"updated_at\": \"2026-10-01T08:00:00Z\"}]}";

/* What stands for @word@ in the template. */
struct word {
    const char *name, *value;
};
#define WORDS_MOST 8

struct making {
    struct cli *cli;
    const char *id, *folder, *list;
    json_t *answer; /* owned */
    struct sample sample;
    struct word words[WORDS_MOST];
    size_t word_count;
    json_t *files;
};

/* ---- what was typed ---- */

static bool is_id(const char *name)
{
    size_t size = strspn(name, "abcdefghijklmnopqrstuvwxyz0123456789-");

    return name[0] >= 'a' && name[0] <= 'z' && name[size] == '\0' && size <= ID_MOST;
}

/* "samples/Payouts-2.json" gives "payouts__": names of lists have small letters and '_'. */
static const char *list_of(struct cli *cli, const char *path)
{
    const char *slash = path ? strrchr(path, '/') : NULL;
    char *name;

    if (!path || strcmp(path, "-") == 0) {
        return path ? "records" : "customers";
    }
    name = arena_copy(cli->arena, slash ? slash + 1 : path);
    name[strcspn(name, ".")] = '\0';
    for (char *c = name; *c; c++) {
        *c = *c >= 'A' && *c <= 'Z' ? (char)(*c + 'a' - 'A') : *c;
        *c = *c >= 'a' && *c <= 'z' ? *c : '_';
    }
    return *name ? name : "records";
}

static bool read_sample(struct making *m, const char *path, struct error *err)
{
    AUTO(buffer_done) struct buffer file = {0};

    if (path && !cli_read_file(path, SAMPLE_MAX_BYTES, &file, err)) {
        return false;
    }
    return json_read(path ? buffer_text(&file) : text_of(no_sample), JSON_DEPTH_MAX, &m->answer,
                     err) &&
           sample_read(m->answer, m->cli->arena, &m->sample, err);
}

/* ---- filling in ---- */

/* The type of a record as a literal of C, line under line. */
static const char *as_literal(struct arena *arena, const char *type)
{
    struct text rest = text_of(type);
    const char *ret = "";

    while (rest.at) {
        struct text line = text_split(&rest, '\n');

        ret = arena_printf(arena, "%s%s\"%.*s\"", ret, *ret ? "\n               " : "",
                           TEXT_ARGS(line));
    }
    return ret;
}

static const char *as_json(struct arena *arena, const json_t *j)
{
    AUTO_FREE char *text = json_write_text(j);

    return arena_copy(arena, text);
}

/* A string, also of a number. */
static const char *as_json_text(struct arena *arena, struct text text)
{
    AUTO_JSON json_t *j = json_new_text(text);

    return as_json(arena, j);
}

/* A key as documents have it: '/' stands between the fields of keys that have several. */
static struct text escaped(struct arena *arena, struct text key)
{
    const char *ret = "";

    for (size_t i = 0; i < key.size; i++) {
        bool special = key.at[i] == '/' || key.at[i] == '%';

        ret = special ? arena_printf(arena, "%s%%%02X", ret, (unsigned)key.at[i])
                      : arena_printf(arena, "%s%c", ret, key.at[i]);
    }
    return text_of(ret);
}

static void fill_words(struct making *m)
{
    struct arena *arena = m->cli->arena;
    const json_t *first = m->sample.first;
    struct text key = json_text(json_object_get(first, m->sample.key)),
                name = json_text(json_object_get(first, m->sample.name));
    const struct word words[] = {{"@id@", m->id},
                                 {"@list@", m->list},
                                 {"@record@", as_literal(arena, m->sample.type)},
                                 {"@records@", m->sample.records},
                                 {"@name@", m->sample.name},
                                 {"@sample@", as_json(arena, first)},
                                 {"@key@", as_json_text(arena, escaped(arena, key))},
                                 {"@value@", as_json_text(arena, name)}};

    memcpy(m->words, words, sizeof words);
    m->word_count = sizeof words / sizeof *words;
}

static const struct word *word_at(const struct making *m, struct text rest)
{
    for (size_t i = 0; i < m->word_count; i++) {
        if (text_starts(rest, m->words[i].name)) {
            return &m->words[i];
        }
    }
    return NULL;
}

static void fill(const struct making *m, struct text from, struct buffer *out)
{
    while (from.size > 0) {
        const struct word *word = word_at(m, from);
        size_t size = word ? strlen(word->name) : 1;

        if (word) {
            buffer_add_cstr(out, word->value);
        } else {
            buffer_add_char(out, *from.at);
        }
        from.at += size;
        from.size -= size;
    }
}

/* ---- files ---- */

static bool cannot(const char *path, struct error *err)
{
    return error_set(err, ERROR_REJECTED, "file", "%s cannot be made: %s.", path, strerror(errno));
}

/* All folders above the last '/'. */
static bool make_folders(struct cli *cli, const char *path, struct error *err)
{
    char *folder = arena_copy(cli->arena, path);

    for (char *c = strchr(folder + 1, '/'); c; c = strchr(c + 1, '/')) {
        *c = '\0';
        if (mkdir(folder, 0755) != 0 && errno != EEXIST) {
            return cannot(folder, err);
        }
        *c = '/';
    }
    return true;
}

static bool write_file(struct making *m, const struct template_file *file, struct error *err)
{
    const char *path = arena_printf(m->cli->arena, "%s/%s", m->folder, file->name);
    AUTO(buffer_done) struct buffer out = {0};

    buffer_init(&out, FILE_MAX_BYTES);
    fill(m, (struct text){file->bytes, file->size}, &out);
    if (!make_folders(m->cli, path, err) || !cli_write_file(path, buffer_text(&out), err)) {
        return false;
    }
    json_array_append_new(m->files, json_new_text(text_of(path)));
    return chmod(path, 0644) == 0 || cannot(path, err);
}

static bool write_all(struct making *m, struct error *err)
{
    if (access(m->folder, F_OK) == 0) {
        return error_set(err, ERROR_REJECTED, "exists",
                         "%s is there already; name another folder with --dir.", m->folder);
    }
    for (unsigned i = 0; i < template_file_count; i++) {
        if (!write_file(m, &template_files[i], err)) {
            return false;
        }
    }
    return true;
}

/* ---- what is said ---- */

static void print(struct cli *cli, const json_t *answer)
{
    const char *left_out = cli_text(cli, answer, "left_out");
    size_t i;
    json_t *file;

    json_array_foreach(cli_array(answer, "files"), i, file)
    {
        fprintf(cli->out, "made %s\n", cli_safe(cli, json_text(file).at));
    }
    if (*left_out) {
        fprintf(cli->out, "Left out of the record: %s.\n", left_out);
    }
    fprintf(cli->out, "Next: cd %s && make check test\n", cli_text(cli, answer, "folder"));
}

static bool make(struct making *m, const struct cli_line *line, struct error *err)
{
    const char *from = cli_value(line, "from"), *folder = cli_value(line, "dir");

    m->id = line->arguments[1];
    if (!is_id(m->id)) {
        return error_set(
            err, ERROR_REJECTED, "name",
            "%s is no name for a connector: small letters, digits and '-', at most %d.", m->id,
            ID_MOST);
    }
    m->folder = folder ? folder : m->id;
    m->list = list_of(m->cli, from);
    if (!read_sample(m, from, err)) {
        return false;
    }
    fill_words(m);
    return write_all(m, err);
}

int cli_connector_new(struct cli *cli, const struct cli_line *line)
{
    AUTO_JSON json_t *answer = json_object();
    struct making m = {.cli = cli, .files = json_array()};
    struct error err;
    bool ok;

    json_object_set_new(answer, "files", m.files);
    ok = make(&m, line, &err);
    if (ok) {
        cli_put(answer, "folder", m.folder);
        cli_put(answer, "left_out", m.sample.left_out);
        cli_show(cli, answer, print);
    }
    json_decref(m.answer);
    return ok ? CLI_DONE : cli_fail(cli, &err);
}
