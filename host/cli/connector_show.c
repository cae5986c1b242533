/* A connector in the words of its declaration, as text or as Markdown. */
#include <string.h>

#include "cli/connector_page.h"

/* ---- guards ---- */

static const char *verdict_words(const char *verdict)
{
    static const char *const words[][2] = {{"skip", "left out if"},
                                           {"wait", "waits if"},
                                           {"hold", "held if"},
                                           {"retry", "tried again if"},
                                           {"taken", "there already if"}};

    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        if (strcmp(verdict, words[i][0]) == 0) {
            return words[i][1];
        }
    }
    return verdict;
}

static void guards(struct page *p, int level, const json_t *array)
{
    static const char *const columns[] = {"", "condition", "because", NULL};
    size_t i;
    json_t *guard;

    if (json_array_size(array) == 0) {
        return;
    }
    page_table(p, columns);
    json_array_foreach(array, i, guard)
    {
        const struct page_cell cells[] = {{verdict_words(json_path_text(guard, "verdict")), false},
                                          {cli_text(p->cli, guard, "when"), true},
                                          {page_reason(p, cli_text(p->cli, guard, "why")), false}};

        page_row(p, level, cells);
    }
}

/* ---- mappings ---- */

static void fields(struct page *p, int level, const json_t *array)
{
    static const char *const columns[] = {"field", "what it gets", NULL};
    size_t i;
    json_t *row;

    if (json_array_size(array) == 0) {
        return;
    }
    page_table(p, columns);
    json_array_foreach(array, i, row)
    {
        const struct page_cell cells[] = {{cli_text(p->cli, row, "name"), true},
                                          {cli_text(p->cli, row, "value"), true}};

        page_row(p, level, cells);
    }
}

static void match(struct page *p, int level, const json_t *array)
{
    size_t i;
    json_t *text;

    json_array_foreach(array, i, text)
    {
        page_item(p, level, i ? "else one with" : "found, not made, if there is one with",
                  cli_safe(p->cli, json_text(text).at), "");
    }
}

static bool is_kept(const json_t *connector, const char *name)
{
    size_t i;
    json_t *list;

    json_array_foreach(json_object_get(connector, "lists"), i, list)
    {
        if (strcmp(json_path_text(list, "name"), name) == 0) {
            return !json_object_get(list, "read") && !json_object_get(list, "write") &&
                   json_array_size(json_object_get(list, "form")) == 0;
        }
    }
    return false;
}

static const char *ending_words(const char *value, const char *nothing)
{
    static const char *const words[][2] = {
        {"'leave'", "it stays"}, {"'hold'", "a person decides"}, {"'remove'", "it is taken away"}};

    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        if (strcmp(value, words[i][0]) == 0) {
            return words[i][1];
        }
    }
    return *value ? "" : nothing;
}

/* What is said of the document as a whole, behind its fields. */
static void endings(struct page *p, int level, const json_t *connector, const json_t *j)
{
    const char *gone = cli_text(p->cli, j, "gone"), *others = cli_text(p->cli, j, "others");
    bool kept = is_kept(connector, json_path_text(j, "to"));

    page_item(p, level, "when it is not wanted any more", gone,
              ending_words(gone, kept ? "it goes" : "a person decides"));
    page_item(p, level, "what no record stands for", others, ending_words(others, ""));
    page_item(p, level, "to be approved", cli_text(p->cli, j, "approve"), "");
    page_item(p, level, "its name before", cli_text(p->cli, j, "was"), "");
    page_item(p, level, "sent again after seconds", cli_text(p->cli, j, "again_s"), "");
}

static void part(struct page *p, int level, const json_t *j)
{
    const char *name = cli_text(p->cli, j, "name"), *from = cli_text(p->cli, j, "from");
    const char *about = cli_text(p->cli, j, "about");
    const char *each =
        *from ? arena_printf(p->cli->arena, "one for each of %s", page_code(p, from)) : "one";

    page_sentence(p, level,
                  arena_printf(p->cli->arena, "lines %s, in %s: %s%s%s", page_code(p, name),
                               page_code(p, cli_text(p->cli, j, "to")), each, *about ? "; " : "",
                               about));
    guards(p, level + 1, json_object_get(j, "guards"));
    fields(p, level + 1, json_object_get(j, "fields"));
}

static void mapping(struct page *p, int level, const json_t *connector, const json_t *j)
{
    const char *from = cli_text(p->cli, j, "from");
    size_t i;
    json_t *one;

    page_heading(p, level, arena_printf(p->cli->arena, "mapping %s", cli_text(p->cli, j, "name")),
                 cli_text(p->cli, j, "about"));
    page_sentence(p, level + 1,
                  arena_printf(p->cli->arena, "%s → %s", *from ? page_code(p, from) : "exactly one",
                               page_code(p, cli_text(p->cli, j, "to"))));
    guards(p, level + 1, json_object_get(j, "guards"));
    match(p, level + 1, json_object_get(j, "match"));
    fields(p, level + 1, json_object_get(j, "fields"));
    json_array_foreach(json_object_get(j, "parts"), i, one)
    {
        part(p, level + 1, one);
    }
    endings(p, level + 1, connector, j);
}

static void flow(struct page *p, const json_t *connector, const json_t *j)
{
    const char *when = cli_text(p->cli, j, "when");
    size_t i;
    json_t *one;

    page_heading(p, 2, arena_printf(p->cli->arena, "flow %s", cli_text(p->cli, j, "name")),
                 cli_text(p->cli, j, "about"));
    page_item(p, 3, "runs", when, *when ? "" : "only when the configuration says when");
    guards(p, 3, json_object_get(j, "guards"));
    json_array_foreach(json_object_get(j, "mappings"), i, one)
    {
        mapping(p, 3, connector, one);
    }
}

/* ---- all of it ---- */

static void beginning(struct page *p, const json_t *j)
{
    static const char *const names[] = {"hash", "confirmed"};
    size_t i;
    json_t *change;

    page_heading(p, 1,
                 arena_printf(p->cli->arena, "%s %s", cli_text(p->cli, j, "id"),
                              cli_text(p->cli, j, "version")),
                 cli_text(p->cli, j, "about"));
    for (i = 0; i < sizeof names / sizeof *names; i++) {
        page_item(p, 2, names[i], cli_text(p->cli, j, names[i]), "");
    }
    json_array_foreach(json_object_get(j, "changes"), i, change)
    {
        page_item(p, 2, arena_printf(p->cli->arena, "new %s", cli_text(p->cli, change, "kind")),
                  cli_text(p->cli, change, "text"), "");
    }
}

static void connection(struct page *p, const json_t *j)
{
    static const char *const names[] = {"hosts", "login", "headers", "quota", "absent", "webhook"};
    size_t i;
    json_t *event;

    page_heading(p, 2, "connection", "");
    for (i = 0; i < sizeof names / sizeof *names; i++) {
        page_item(p, 3, names[i], cli_text(p->cli, j, names[i]), "");
    }
    json_array_foreach(json_object_get(j, "events"), i, event)
    {
        page_item(p, 3, arena_printf(p->cli->arena, "event %s", cli_text(p->cli, event, "name")),
                  cli_text(p->cli, event, "value"), "");
    }
    page_item(p, 3, "C functions", "", "none: what is shown here is all that it does");
    if (json_array_size(json_object_get(j, "answers")) > 0) {
        page_heading(p, 2, "answers of the API", "");
        guards(p, 3, json_object_get(j, "answers"));
    }
}

static void show(struct page *p, const json_t *j)
{
    size_t i;
    json_t *one;

    beginning(p, j);
    page_overview(p, j);
    if (json_array_size(json_object_get(j, "options")) > 0) {
        page_heading(p, 2, "options", "");
        page_options(p, 3, json_object_get(j, "options"));
    }
    json_array_foreach(json_object_get(j, "flows"), i, one)
    {
        flow(p, j, one);
    }
    page_lists(p, j);
    connection(p, j);
}

void cli_print_connector(struct cli *cli, const json_t *answer)
{
    show(&(struct page){.cli = cli}, json_object_get(answer, "connector"));
}

void cli_print_connector_markdown(struct cli *cli, const json_t *answer)
{
    show(&(struct page){.cli = cli, .markdown = true}, json_object_get(answer, "connector"));
}
