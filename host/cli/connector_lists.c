/* The lists and options of a connector, field by field. */
#include <string.h>

#include "cli/connector_page.h"

/* ---- options, and columns of forms ---- */

void page_options(struct page *p, int level, const json_t *options)
{
    static const char *const columns[] = {"name", "type", "default", "what it is", NULL};
    size_t i;
    json_t *option;

    if (json_array_size(options) == 0) {
        return;
    }
    page_table(p, columns);
    json_array_foreach(options, i, option)
    {
        const char *value = cli_text(p->cli, option, "value"),
                   *type = cli_text(p->cli, option, "type");
        const struct page_cell document[] = {{cli_text(p->cli, option, "name"), true},
                                             {type, true},
                                             {value, true},
                                             {cli_text(p->cli, option, "about"), false}};
        const struct page_cell line[] = {
            document[0],
            {*value ? arena_printf(p->cli->arena, "%s = %s", type, value) : type, true},
            {NULL, false},
            document[3]};

        page_row(p, level, p->markdown ? document : line);
    }
}

/* ---- the type of records: "*id: text, lines: [*id: text]?" ---- */

/* Up to the next comma that is in no brackets and no quotes. */
static size_t field_size(const char *type)
{
    bool quoted = false;
    size_t size = 0;
    int depth = 0;

    for (; type[size]; size++) {
        char c = type[size];

        quoted = c == '\'' ? !quoted : quoted;
        if (!quoted) {
            depth += (c == '[' || c == '(') - (c == ']' || c == ')');
        }
        if (c == ',' && !quoted && depth == 0) {
            break;
        }
    }
    return size;
}

static void record_rows(struct page *p, int level, const char *type, const char *inside);

static void record_row(struct page *p, int level, struct text field, const char *inside)
{
    const char *colon, *text = arena_copy_text(p->cli->arena, text_trim(field));
    const char *name, *type, *end;
    bool is_key = *text == '*';

    colon = strchr(text, ':');
    if (!colon) {
        return;
    }
    name =
        arena_printf(p->cli->arena, "%s%.*s", inside, (int)(colon - text) - is_key, text + is_key);
    type = colon + 1 + strspn(colon + 1, " ");
    end = *type == '[' ? strrchr(type, ']') : NULL;
    if (end) {
        const struct page_cell cells[] = {
            {name, true}, {arena_printf(p->cli->arena, "[…]%s", end + 1), true}, {NULL, false}};

        page_row(p, level, cells);
        record_rows(
            p, level,
            arena_copy_text(p->cli->arena, (struct text){type + 1, (size_t)(end - type) - 1}),
            arena_printf(p->cli->arena, "%s[].", name));
    } else {
        const struct page_cell cells[] = {
            {name, true}, {type, true}, {is_key ? "key" : NULL, false}};

        page_row(p, level, cells);
    }
}

static void record_rows(struct page *p, int level, const char *type, const char *inside)
{
    while (*type) {
        size_t size = field_size(type);

        record_row(p, level, (struct text){type, size}, inside);
        type += size + (type[size] == ',');
    }
}

static void record(struct page *p, int level, const char *type)
{
    static const char *const columns[] = {"field", "type", "", NULL};

    if (*type) {
        page_table(p, columns);
        record_rows(p, level, type, "");
    }
}

/* ---- lists ---- */

static void derived(struct page *p, int level, const json_t *rows)
{
    static const char *const columns[] = {"derived", "from", NULL};
    size_t i;
    json_t *row;

    if (json_array_size(rows) == 0) {
        return;
    }
    page_table(p, columns);
    json_array_foreach(rows, i, row)
    {
        const char *name = cli_text(p->cli, row, "name");
        const struct page_cell cells[] = {
            {p->markdown ? name : arena_printf(p->cli->arena, "derived %s", name), true},
            {cli_text(p->cli, row, "value"), true}};

        page_row(p, level, cells);
    }
}

static const char *kind_of(const json_t *list)
{
    bool reads = json_object_get(list, "read"), writes = json_object_get(list, "write");

    if (json_array_size(json_object_get(list, "form")) > 0) {
        return "filled in by people";
    }
    return reads && writes ? "read and written"
           : reads         ? "read"
           : writes        ? "written"
                           : "kept by Ferry";
}

static void list(struct page *p, const json_t *j)
{
    static const char *const names[][2] = {
        {"read", "get"},         {"read", "body"},     {"read", "records"},  {"read", "page"},
        {"read", "next"},        {"read", "since"},    {"read", "ids"},      {"read", "only"},
        {"read", "gone"},        {"read", "gone_at"},  {"read", "complete"}, {"read", "overlap_s"},
        {"read", "window_days"}, {"write", "create"},  {"write", "update"},  {"write", "remove"},
        {"write", "body"},       {"write", "results"}, {"write", "error"},   {"write", "marker"},
        {"write", "batch"},      {"write", "whole"}};
    const char *about = cli_text(p->cli, j, "about");

    page_heading(p, 3, arena_printf(p->cli->arena, "list %s", cli_text(p->cli, j, "name")),
                 arena_printf(p->cli->arena, "%s%s(%s)", about, *about ? " " : "", kind_of(j)));
    record(p, 4, cli_text(p->cli, j, "record"));
    page_options(p, 4, json_object_get(j, "form"));
    derived(p, 4, json_object_get(j, "derive"));
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        const char *value = cli_text(p->cli, json_object_get(j, names[i][0]), names[i][1]);

        page_item(p, 4, arena_printf(p->cli->arena, "%s %s", names[i][0], names[i][1]), value, "");
    }
}

void page_lists(struct page *p, const json_t *connector)
{
    size_t i;
    json_t *one;

    if (json_array_size(json_object_get(connector, "lists")) > 0) {
        page_heading(p, 2, "lists", "");
    }
    json_array_foreach(json_object_get(connector, "lists"), i, one)
    {
        list(p, one);
    }
}
