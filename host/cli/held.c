/*
 * held: what waits for a person, grouped by why.
 *
 * {"documents":[{"integration","mapping","key","id","target","code","why","fix","link","since",
 *   "amount","currency","record"}],"records":[{"list","key","why"}],"clock"}
 */
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "cli/commands.h"

#define FIRST_FEW 5

struct member {
    json_t *document; /* borrowed */
};
struct group {
    const char *code;
    struct member *members;
    size_t count, capacity;
    bool same_why; /* every one is held with the same sentence */
};
struct groups {
    struct group *at;
    size_t count, capacity;
};

static struct group *group_of(struct groups *groups, struct dict *places, const char *code)
{
    /* the dict holds index + 1, because the array moves when it grows */
    uintptr_t place = (uintptr_t)dict_get(places, text_of(code));

    if (place) {
        return &groups->at[place - 1];
    }
    memory_grow(&groups->at, &groups->capacity, groups->count, sizeof *groups->at);
    groups->at[groups->count] = (struct group){.code = code, .same_why = true};
    dict_set(places, text_of(code), (void *)(uintptr_t)(groups->count + 1));
    return &groups->at[groups->count++];
}

static int compare_groups(const void *a, const void *b)
{
    const struct group *left = a, *right = b;

    if (left->count != right->count) {
        return left->count < right->count ? 1 : -1;
    }
    return strcmp(left->code, right->code);
}

static void group_documents(const json_t *documents, struct groups *groups)
{
    struct dict *places = dict_new();
    size_t i;
    json_t *document;

    json_array_foreach(documents, i, document)
    {
        struct group *group = group_of(groups, places, json_path_text(document, "code"));

        memory_grow(&group->members, &group->capacity, group->count, sizeof *group->members);
        group->members[group->count++].document = document;
        group->same_why &= strcmp(json_path_text(group->members[0].document, "why"),
                                  json_path_text(document, "why")) == 0;
    }
    dict_free(places);
    if (groups->count) {
        qsort(groups->at, groups->count, sizeof *groups->at, compare_groups);
    }
}

static void groups_free(struct groups *groups)
{
    for (size_t i = 0; i < groups->count; i++) {
        memory_free(groups->at[i].members);
    }
    memory_free(groups->at);
}

/* ---- printing ---- */

static void add_member(struct cli *cli, struct cli_table *table, const json_t *document,
                       bool with_why)
{
    const char *const cells[] = {
        arena_printf(cli->arena, "  %s", cli_text(cli, document, "integration")),
        arena_printf(cli->arena, "%s/%s", cli_text(cli, document, "mapping"),
                     cli_text(cli, document, "key")),
        cli_text(cli, document, "id"),
        cli_text(cli, document, "target"),
        cli_amount(cli, document),
        cli_when(cli, document, "since"),
        cli_text(cli, document, "link"),
        with_why ? cli_text(cli, document, "why") : "",
    };

    cli_table_row(table, cells);
}

static void print_group(struct cli *cli, const struct group *group, size_t most)
{
    static const struct cli_column columns[] = {
        {"  INTEGRATION", 0},  {"DOCUMENT", 0},     {"ID", CLI_RIGHT},  {"TARGET", 0},
        {"AMOUNT", CLI_RIGHT}, {"SINCE", CLI_HIDE}, {"LINK", CLI_HIDE}, {"WHY", CLI_HIDE},
    };
    struct cli_table *table =
        cli_table_new(cli, columns, sizeof columns / sizeof *columns - group->same_why);
    const json_t *first = group->members[0].document;
    const char *fix = cli_text(cli, first, "fix");
    size_t shown = group->count < most ? group->count : most;

    fprintf(cli->out, "\n%s%s%s (%zu)%s%s\n", cli_colour(cli, "bold"), cli_safe(cli, group->code),
            cli_plain(cli), group->count, group->same_why ? ": " : "",
            group->same_why ? cli_text(cli, first, "why") : "");
    if (*fix) {
        fprintf(cli->out, "  Fix: %s\n", fix);
    }
    for (size_t i = 0; i < shown; i++) {
        add_member(cli, table, group->members[i].document, !group->same_why);
    }
    cli_table_print(table);
    if (shown < group->count) {
        fprintf(cli->out, "  and %zu more: ferry held --all\n", group->count - shown);
    }
}

static void print_records(struct cli *cli, const json_t *records, size_t most)
{
    size_t i, count = json_array_size(records);
    json_t *record;

    if (count == 0) {
        return;
    }
    fprintf(cli->out, "\n%s could not be read:\n",
            cli_many(cli, (int64_t)count, "record", "records"));
    json_array_foreach(records, i, record)
    {
        if (i == most) {
            fprintf(cli->out, "  and %zu more: ferry held --all\n", count - most);
            break;
        }
        fprintf(cli->out, "  %s %s: %s\n", cli_text(cli, record, "list"),
                cli_text(cli, record, "key"), cli_text(cli, record, "why"));
    }
}

static void print_held(struct cli *cli, const json_t *answer, size_t most)
{
    const json_t *documents = cli_array(answer, "documents");
    const json_t *records = cli_array(answer, "records");
    struct groups groups = {0};
    size_t count = json_array_size(documents);

    if (count == 0 && json_array_size(records) == 0) {
        fputs("Nothing is held.\n", cli->out);
        return;
    }
    fprintf(cli->out, "%s held.\n", cli_many(cli, (int64_t)count, "document is", "documents are"));
    group_documents(documents, &groups);
    for (size_t i = 0; i < groups.count; i++) {
        print_group(cli, &groups.at[i], most);
    }
    groups_free(&groups);
    print_records(cli, records, most);
}

static void print_few(struct cli *cli, const json_t *answer)
{
    print_held(cli, answer, FIRST_FEW);
}

static void print_all(struct cli *cli, const json_t *answer)
{
    print_held(cli, answer, SIZE_MAX);
}

static int run(struct cli *cli, const struct cli_line *line)
{
    AUTO_JSON json_t *answer = NULL;
    json_t *request = cli_request("held");
    int code;

    cli_put(request, "name", line->arguments[0]);
    code = cli_tell(cli, request, cli_value(line, "all") ? print_all : print_few, &answer);
    if (code == CLI_DONE && cli_value(line, "strict") &&
        json_array_size(cli_array(answer, "documents")) +
                json_array_size(cli_array(answer, "records")) >
            0) {
        return CLI_WAITS;
    }
    return code;
}

static const struct cli_option options[] = {
    {"all", 'a', NULL, "every document, not only the first five of each cause"},
    {"strict", 0, NULL, "end with 5 when something is held"},
    {NULL, 0, NULL, NULL},
};

const struct cli_command cli_held = {
    .name = "held",
    .about = "show what waits for a person, grouped by why",
    .arguments = "[NAME]",
    .options = options,
    .details = "Held documents are looked at again by themselves when their cause changes;\n"
               "ferry retry, skip and link decide by hand.",
    .example = "ferry held acme-payhawk --all",
    .run = run,
};
