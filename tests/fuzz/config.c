/*
 * The config: two files of any bytes are read, or complained about, each complaint with its place;
 * and no complaint repeats a value, because that may be a secret.
 */
#include "config/config.h"

#include "fuzz.h"

#include <sys/stat.h>
#include <unistd.h>

/* Stands for a secret in the seeds. */
#define CANARY "Kx7Qz9Rw"

/* libfyaml 0.7 forgets 2 KB when a text in quotes turns out to be too long for a key. */
const char *__lsan_default_suppressions(void);
const char *__lsan_default_suppressions(void)
{
    return "leak:libfyaml.so";
}

static char folder[] = "/dev/shm/ferry-fuzz-XXXXXX";
static char main_path[64], other_path[96];

static void remove_folder(void)
{
    char inner[64];

    unlink(main_path);
    unlink(other_path);
    snprintf(inner, sizeof inner, "%s/integrations.d", folder);
    rmdir(inner);
    rmdir(folder);
}

static void make_folder(void)
{
    char inner[64];

    MUST(mkdtemp(folder), "no folder");
    snprintf(main_path, sizeof main_path, "%s/ferry.yaml", folder);
    snprintf(inner, sizeof inner, "%s/integrations.d", folder);
    snprintf(other_path, sizeof other_path, "%s/a.yaml", inner);
    MUST(mkdir(inner, 0700) == 0, "no folder");
    atexit(remove_folder);
}

static void write_file(const char *path, struct text t)
{
    FILE *file = fopen(path, "wb");

    MUST(file && fwrite(t.at ? t.at : "", 1, t.size, file) == t.size && fclose(file) == 0, "%s",
         path);
}

/* ---- complaints ---- */

/* Characters of one line; -1: there is no such line. */
static long characters_of_line(struct text t, uint32_t line)
{
    struct text row = TEXT_NONE;
    long count = 0;

    for (uint32_t i = 0; i < line; i++) {
        if (!t.at) {
            return -1;
        }
        row = text_split(&t, '\n');
    }
    for (size_t i = 0; i < row.size; i++) {
        count += ((unsigned char)row.at[i] & 0xc0) != 0x80;
    }
    return count;
}

/* Whether it may be a name somewhere: names are repeated. */
static bool may_be_a_name(struct text t)
{
    const char *at = t.size ? t.at : "";

    while (t.size && (at = memmem(at, (size_t)(t.at + t.size - at), CANARY, sizeof CANARY - 1))) {
        const char *begin = at;

        while (begin > t.at && begin[-1] != '\n') {
            if (strchr("{[,?", *--begin)) {
                return true;
            }
        }
        at += sizeof CANARY - 1;
        for (const char *c = at; c < t.at + t.size && c < at + 200; c++) {
            if (*c == ':') {
                return true;
            }
        }
    }
    return false;
}

static void check_place(const struct config_place *place, struct text main_file,
                        struct text other_file)
{
    struct text file = strcmp(place->file, main_path) == 0 ? main_file : other_file;
    long characters;

    MUST(strncmp(place->file, folder, sizeof folder - 1) == 0, "the file is %s", place->file);
    if (place->line == 0) {
        return;
    }
    /* the end of a file is on the line behind its last one; lines may end with CR, too */
    characters = characters_of_line(file, place->line);
    if (memchr(file.at ? file.at : "", '\r', file.size) == NULL) {
        MUST(characters >= 0 || characters_of_line(file, place->line - 1) >= 0, "line %u",
             place->line);
    }
    MUST(place->column <= file.size + 2, "column %u", place->column);
}

static void check_complaints(const struct config_complaints *all, struct text main_file,
                             struct text other_file)
{
    bool canary_is_value = (main_file.size || other_file.size) && !may_be_a_name(main_file) &&
                           !may_be_a_name(other_file);

    MUST(all->count > 0, "refused without a word");
    for (size_t i = 0; i < all->count; i++) {
        const struct config_complaint *c = &all->at[i];
        AUTO(buffer_done) struct buffer line = {0};

        check_place(&c->place, main_file, other_file);
        MUST(c->text[0] && text_is_utf8(text_of(c->text)), "words: %s", c->text);
        MUST(fuzz_is_printable(text_of(c->text)), "words with control characters: %s", c->text);
        MUST(!canary_is_value || !strstr(c->text, CANARY), "a value is repeated: %s", c->text);
        buffer_init(&line, 1 << 16);
        config_complaint_write(c, &line);
        MUST(strncmp(line.at, folder, sizeof folder - 1) == 0, "%s", line.at);
    }
}

/* ---- what was read ---- */

static void check_integration(const struct config *config, const struct config_integration *one)
{
    MUST(one->name[0] && one->connector && one->connector[0], "an integration without a name");
    MUST(config_integration(config, one->name) == one, "two integrations are called %s", one->name);
    MUST(config_app(config, one->organisation.app), "there is no app %s", one->organisation.app);
    MUST(json_is_object(one->options), "options");
    for (size_t i = 0; i < one->flows.count; i++) {
        const struct config_flow *flow = &one->flows.at[i];

        MUST(flow->when != CONFIG_EVERY || (flow->every_s >= 1 && flow->every_s <= 31 * 86400),
             "every %u s", flow->every_s);
        for (size_t k = 0; k < flow->at.count; k++) {
            MUST(flow->at.minute[k] < 1440 &&
                     (k == 0 || flow->at.minute[k] > flow->at.minute[k - 1]),
                 "at %u", flow->at.minute[k]);
        }
    }
}

static void check_config(const struct config *config)
{
    MUST(config->store[0] == '/' && config->spool[0] == '/' && config->socket[0] == '/', "paths");
    for (size_t i = 0; i < config->integrations.count; i++) {
        check_integration(config, &config->integrations.at[i]);
    }
    for (size_t i = 0; i < config->trust.count; i++) {
        MUST(strlen(config->trust.at[i].sha256) == 64 &&
                 strspn(config->trust.at[i].sha256, "0123456789abcdef") == 64,
             "sha256");
    }
}

/* The main file, "\n%%%\n", one of integrations.d. */
static void fuzz_one(struct text input)
{
    const char *cut = input.size ? memmem(input.at, input.size, "\n%%%\n", 5) : NULL;
    struct text first = {input.at, cut ? (size_t)(cut - input.at) : input.size};
    struct text second = cut ? (struct text){cut + 5, input.size - first.size - 5} : TEXT_NONE;
    static struct config_complaints complaints;
    const struct config *config = NULL;
    struct arena *arena = arena_new(CONFIG_ARENA_BYTES);

    if (!main_path[0]) {
        make_folder();
    }
    write_file(main_path, first);
    write_file(other_path, second);
    if (config_read(main_path, arena, &config, &complaints)) {
        check_config(config);
        config_free(config);
    } else {
        check_complaints(&complaints, first, second);
    }
    arena_free(arena);
}
