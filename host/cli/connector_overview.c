/* What becomes of what a connector reads, before all the details: for who keeps the books. */
#include <string.h>

#include "cli/connector_page.h"

static const json_t *named(const json_t *array, const char *name)
{
    size_t i;
    json_t *one;

    json_array_foreach(array, i, one)
    {
        if (strcmp(json_path_text(one, "name"), name) == 0) {
            return one;
        }
    }
    return NULL;
}

static const json_t *mapping_named(const json_t *connector, const char *name)
{
    size_t i;
    json_t *flow;

    json_array_foreach(json_object_get(connector, "flows"), i, flow)
    {
        const json_t *found = named(json_object_get(flow, "mappings"), name);

        if (found) {
            return found;
        }
    }
    return NULL;
}

/* ---- mappings ---- */

static const char *const verdicts[][2] = {
    {"skip", "left out"}, {"wait", "waits"}, {"hold", "held"}};
#define VERDICTS (sizeof verdicts / sizeof *verdicts)

/* What the guards with one verdict say; "" when there are none. */
static const char *sentences(const struct page *p, const json_t *mapping, size_t verdict)
{
    const char *ret = "";
    size_t i;
    json_t *guard;

    json_array_foreach(json_object_get(mapping, "guards"), i, guard)
    {
        const char *sentence = strstr(cli_text(p->cli, guard, "why"), ": ");

        if (sentence && strcmp(json_path_text(guard, "verdict"), verdicts[verdict][0]) == 0) {
            ret = arena_printf(p->cli->arena, "%s%s%s", ret, *ret ? "; " : "",
                               page_short_reason(p, sentence + 2));
        }
    }
    return *ret ? arena_printf(p->cli->arena, "%s: %s", verdicts[verdict][1], ret) : "";
}

static void mapping_line(struct page *p, const json_t *mapping)
{
    const char *about = cli_text(p->cli, mapping, "about");

    page_sentence(p, 4,
                  arena_printf(p->cli->arena, "%s → %s%s%s", cli_text(p->cli, mapping, "name"),
                               cli_text(p->cli, mapping, "to"), *about ? ": " : "", about));
    for (size_t i = 0; i < VERDICTS; i++) {
        const char *one = sentences(p, mapping, i);

        if (*one) {
            page_sentence(p, 6, one);
        }
    }
}

static void mapping_row(struct page *p, const json_t *mapping)
{
    const char *about = cli_text(p->cli, mapping, "about"), *unless = "";
    const char *name = page_code(p, cli_text(p->cli, mapping, "name"));

    for (size_t i = 0; i < VERDICTS; i++) {
        const char *one = sentences(p, mapping, i);

        unless = arena_printf(p->cli->arena, "%s%s%s", unless, *unless && *one ? "<br>" : "", one);
    }
    page_row(p, 4,
             (const struct page_cell[]){
                 {cli_text(p->cli, mapping, "to"), true},
                 {arena_printf(p->cli->arena, "%s%s%s", name, *about ? ": " : "", about), false},
                 {unless, false}});
}

static void mappings(struct page *p, const json_t *connector, const json_t *names)
{
    static const char *const columns[] = {"becomes", "by the mapping", "unless", NULL};
    size_t i;
    json_t *name;

    if (p->markdown) {
        page_table(p, columns);
    }
    json_array_foreach(names, i, name)
    {
        (p->markdown ? mapping_row : mapping_line)(p, mapping_named(connector, json_text(name).at));
    }
}

/* ---- what a word decides ---- */

static const char *listed(const struct page *p, const char *list, const char *name)
{
    return arena_printf(p->cli->arena, "%s%s%s", list, *list ? ", " : "", name);
}

static const char *taken(const struct page *p, const json_t *word)
{
    const char *ret = "";
    size_t i;
    json_t *name;

    json_array_foreach(json_object_get(word, "takes"), i, name)
    {
        ret = listed(p, ret, page_code(p, cli_safe(p->cli, json_text(name).at)));
    }
    return *ret ? ret : "nothing";
}

static const char *why_not(const struct page *p, const json_t *refusal)
{
    const char *verdict = json_path_text(refusal, "verdict");
    const char *before = strcmp(verdict, "wait") == 0   ? "waits: "
                         : strcmp(verdict, "hold") == 0 ? "held: "
                                                        : "";

    return arena_printf(p->cli->arena, "%s%s", before,
                        page_short_reason(p, cli_text(p->cli, refusal, "sentence")));
}

/* "`bill`, `credit` (archived); `link` (waits: not reviewed)": those in a row that say the same
 * stand together. */
static const char *refused(const struct page *p, const json_t *word)
{
    const json_t *all = json_object_get(word, "refuses");
    const char *ret = "", *names = "";
    size_t i;
    json_t *one;

    json_array_foreach(all, i, one)
    {
        const json_t *next = json_array_get(all, i + 1);
        const char *why = why_not(p, one);

        names = listed(p, names, page_code(p, cli_text(p->cli, one, "mapping")));
        if (next && strcmp(why, why_not(p, next)) == 0) {
            continue;
        }
        ret = arena_printf(p->cli->arena, "%s%s%s (%s)", ret, *ret ? "; " : "", names, why);
        names = "";
    }
    return ret;
}

static bool is_same(const json_t *a, const json_t *b)
{
    return json_equal(json_object_get(a, "takes"), json_object_get(b, "takes")) &&
           json_equal(json_object_get(a, "refuses"), json_object_get(b, "refuses"));
}

static const char *word_of(const struct page *p, const json_t *word)
{
    const char *text = cli_text(p->cli, word, "word");

    return text[0] == '(' ? text : page_code(p, text);
}

/* One row for all words that decide the same; it stands where the first of them is. */
static void word_row(struct page *p, const json_t *words, size_t index)
{
    const json_t *word = json_array_get(words, index);
    const char *names = "";
    size_t i;
    json_t *one;

    json_array_foreach(words, i, one)
    {
        if (is_same(one, word)) {
            if (i < index) {
                return;
            }
            names = listed(p, names, word_of(p, one));
        }
    }
    page_row(p, 5,
             (const struct page_cell[]){
                 {names, false}, {taken(p, word), false}, {refused(p, word), false}});
}

static void choice(struct page *p, const json_t *of)
{
    const char *field = page_code(p, cli_text(p->cli, of, "field"));
    const char *const columns[] = {field, "may become", "and not", NULL};
    const json_t *words = json_object_get(of, "words");

    page_sentence(p, 4, arena_printf(p->cli->arena, "What %s decides:", field));
    page_table(p, columns);
    for (size_t i = 0; i < json_array_size(words); i++) {
        word_row(p, words, i);
    }
}

/* ---- all of it ---- */

static void of_list(struct page *p, const json_t *connector, const json_t *of)
{
    const char *name = cli_text(p->cli, of, "list");
    const json_t *list = named(json_object_get(connector, "lists"), name);
    size_t i;
    json_t *one;

    page_heading(p, 3, *name ? page_code(p, name) : "once for the whole organisation",
                 list ? cli_text(p->cli, list, "about") : "");
    mappings(p, connector, json_object_get(of, "mappings"));
    json_array_foreach(json_object_get(of, "choices"), i, one)
    {
        choice(p, one);
    }
}

static void approvals(struct page *p, const json_t *connector, const json_t *all)
{
    static const char *const columns[] = {"feature", "for the mapping", "when", NULL};
    size_t i;
    json_t *one;

    page_heading(p, 2, "what a person may have to approve", "");
    if (json_array_size(all) == 0) {
        page_sentence(p, 3, "Nothing names a feature to approve.");
        return;
    }
    page_table(p, columns);
    json_array_foreach(all, i, one)
    {
        const json_t *mapping = mapping_named(connector, json_path_text(one, "mapping"));
        const struct page_cell cells[] = {{cli_text(p->cli, one, "feature"), true},
                                          {cli_text(p->cli, one, "mapping"), true},
                                          {cli_text(p->cli, mapping, "approve"), true}};

        page_row(p, 3, cells);
    }
}

void page_overview(struct page *p, const json_t *connector)
{
    const json_t *overview = json_object_get(connector, "overview");
    size_t i;
    json_t *one;

    if (!overview) {
        return;
    }
    page_heading(p, 2, "what becomes of what", "");
    json_array_foreach(json_object_get(overview, "becomes"), i, one)
    {
        of_list(p, connector, one);
    }
    approvals(p, connector, json_object_get(overview, "approvals"));
}
