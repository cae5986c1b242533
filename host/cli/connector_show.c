/* A connector in the words of its declaration (ferry/describe.h), as text or as Markdown. */
#include <string.h>

#include "cli/cli_internal.h"

#define MAPPING_LEVEL 4 /* of what a mapping says */

struct page {
    struct cli *cli;
    bool markdown;
};

/* ---- two ways to say the same ---- */

static void heading(const struct page *p, int level, const char *name, const char *about)
{
    FILE *out = p->cli->out;

    if (p->markdown) {
        fprintf(out, "%s%.*s %s\n", level > 1 ? "\n" : "", level, "####", name);
        if (*about) {
            fprintf(out, "\n%s\n\n", about);
        }
        return;
    }
    fprintf(out, "%s%*s%s%s%s%s%s\n", level == 2 ? "\n" : "", (level - 1) * 2, "",
            cli_colour(p->cli, "bold"), name, cli_plain(p->cli), *about ? ": " : "", about);
}

/* note: in plain words, behind the value; "" none. */
static void item(const struct page *p, int level, const char *label, const char *value,
                 const char *note)
{
    FILE *out = p->cli->out;

    if (!*value && !*note) {
        return;
    }
    if (p->markdown) {
        int inside = level > MAPPING_LEVEL ? (level - MAPPING_LEVEL) * 2 : 0; /* of a part */

        fprintf(out, "%*s- %s%s%s%s%s%s\n", inside, "", label, *value ? ": `" : "", value,
                *value ? "`" : "", *note ? " " : "", note);
    } else {
        fprintf(out, "%*s%s%s%s%s%s\n", (level - 1) * 2, "", label, *value ? ": " : "", value,
                *note ? "   # " : "", note);
    }
}

/* What an object says under these names, in this order; names end with NULL. */
static void items(const struct page *p, int level, const json_t *j, const char *const *names)
{
    for (; *names; names++) {
        item(p, level, *names, cli_text(p->cli, j, *names), "");
    }
}

static const char *joined(const struct page *p, const char *first, const char *second)
{
    return arena_printf(p->cli->arena, "%s%s%s", first, *second ? " " : "", second);
}

/* ---- small tables ---- */

static void rows(const struct page *p, int level, const json_t *array, const char *before)
{
    size_t i;
    json_t *row;

    json_array_foreach(array, i, row)
    {
        item(p, level, joined(p, before, cli_text(p->cli, row, "name")),
             cli_text(p->cli, row, "value"), "");
    }
}

static void options(const struct page *p, int level, const json_t *array)
{
    size_t i;
    json_t *option;

    json_array_foreach(array, i, option)
    {
        const char *value = cli_text(p->cli, option, "value"),
                   *type = cli_text(p->cli, option, "type");

        item(p, level, cli_text(p->cli, option, "name"),
             *value ? arena_printf(p->cli->arena, "%s = %s", type, value) : type,
             cli_text(p->cli, option, "about"));
    }
}

static void guards(const struct page *p, int level, const json_t *array)
{
    size_t i;
    json_t *guard;

    json_array_foreach(array, i, guard)
    {
        item(p, level, joined(p, cli_text(p->cli, guard, "verdict"), "if"),
             cli_text(p->cli, guard, "when"), cli_text(p->cli, guard, "why"));
    }
}

static void texts(const struct page *p, int level, const char *label, const json_t *array)
{
    size_t i;
    json_t *text;

    json_array_foreach(array, i, text)
    {
        item(p, level, label, cli_safe(p->cli, json_text(text).at), "");
    }
}

/* ---- lists ---- */

static void list(const struct page *p, const json_t *j)
{
    static const char *const record[] = {"record", "get", NULL};
    static const char *const read[] = {"get",      "body",      "records",     "page", "next",
                                       "since",    "ids",       "only",        "gone", "gone_at",
                                       "complete", "overlap_s", "window_days", NULL};
    static const char *const write[] = {"create", "update", "remove", "body",  "results",
                                        "error",  "marker", "batch",  "whole", NULL};

    heading(p, 3, joined(p, "list", cli_text(p->cli, j, "name")), cli_text(p->cli, j, "about"));
    items(p, 4, j, record);
    rows(p, 4, cli_array(j, "derive"), "derived");
    items(p, 4, json_path(j, "read"), read);
    items(p, 4, json_path(j, "write"), write);
    options(p, 4, cli_array(j, "form"));
}

/* ---- flows ---- */

static void mapping_inside(const struct page *p, int level, const json_t *j);

static void parts(const struct page *p, int level, const json_t *array)
{
    size_t i;
    json_t *part;

    json_array_foreach(array, i, part)
    {
        item(p, level, "part", cli_text(p->cli, part, "name"), cli_text(p->cli, part, "about"));
        mapping_inside(p, level + 1, part);
    }
}

static void mapping_inside(const struct page *p, int level, const json_t *j)
{
    static const char *const before[] = {"from", "to", NULL};
    static const char *const after[] = {"gone", "others", "approve", "was", "again_s", NULL};

    items(p, level, j, before);
    guards(p, level, cli_array(j, "guards"));
    texts(p, level, "match", cli_array(j, "match"));
    rows(p, level, cli_array(j, "fields"), "field");
    parts(p, level, cli_array(j, "parts"));
    items(p, level, j, after);
}

static void flow(const struct page *p, const json_t *j)
{
    static const char *const when[] = {"when", NULL};
    size_t i;
    json_t *mapping;

    heading(p, 2, joined(p, "flow", cli_text(p->cli, j, "name")), cli_text(p->cli, j, "about"));
    items(p, 3, j, when);
    guards(p, 3, cli_array(j, "guards"));
    json_array_foreach(cli_array(j, "mappings"), i, mapping)
    {
        heading(p, 3, joined(p, "mapping", cli_text(p->cli, mapping, "name")),
                cli_text(p->cli, mapping, "about"));
        mapping_inside(p, MAPPING_LEVEL, mapping);
    }
}

/* ---- all of it ---- */

static void flows_and_lists(const struct page *p, const json_t *j)
{
    const json_t *lists = cli_array(j, "lists");
    size_t i;
    json_t *one;

    json_array_foreach(cli_array(j, "flows"), i, one)
    {
        flow(p, one);
    }
    if (json_array_size(lists) > 0) {
        heading(p, 2, "lists", "");
    }
    json_array_foreach(lists, i, one)
    {
        list(p, one);
    }
}

static void show(const struct page *p, const json_t *j)
{
    static const char *const names[] = {"hash",  "confirmed", "hosts",   "login", "headers",
                                        "quota", "absent",    "webhook", NULL};
    size_t i;
    json_t *change;

    heading(p, 1, joined(p, cli_text(p->cli, j, "id"), cli_text(p->cli, j, "version")),
            cli_text(p->cli, j, "about"));
    items(p, 2, j, names);
    json_array_foreach(cli_array(j, "changes"), i, change)
    {
        item(p, 2, joined(p, "new", cli_text(p->cli, change, "kind")),
             cli_text(p->cli, change, "text"), "");
    }
    rows(p, 2, cli_array(j, "events"), "event");
    if (json_array_size(cli_array(j, "options")) > 0) {
        heading(p, 2, "options", "");
        options(p, 3, cli_array(j, "options"));
    }
    if (json_array_size(cli_array(j, "answers")) > 0) {
        heading(p, 2, "answers of the API", "");
        guards(p, 3, cli_array(j, "answers"));
    }
    flows_and_lists(p, j);
}

void cli_print_connector(struct cli *cli, const json_t *answer)
{
    show(&(struct page){cli, false}, json_path(answer, "connector"));
}

void cli_print_connector_markdown(struct cli *cli, const json_t *answer)
{
    show(&(struct page){cli, true}, json_path(answer, "connector"));
}
