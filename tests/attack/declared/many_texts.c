/* A list of seven thousand different words, which used to be compared for minutes. */
#include "declared.h"

static const struct ferry_list lists[] = {EXPENSES, NOTES};

static void on_entry(struct ferry_connector *table)
{
    static char text[65000];
    static struct ferry_row rows[] = {{"id", "id"}, {"text", text}};
    static struct ferry_mapping mapping = {
        .name = "note", .from = "expenses", .to = "notes", .fields = ALL(rows)};
    static const struct ferry_option options[] = {ACCOUNT_OPTION};
    static struct ferry_flow flow = {.name = "flow", .mappings = {&mapping, 1, sizeof mapping}};
    int size = snprintf(text, sizeof text, "join('', id, [");

    for (int i = 0; i < 7000; i++) {
        size += snprintf(text + size, sizeof text - (size_t)size, "%s'w%d'", i ? "," : "", i);
    }
    snprintf(text + size, sizeof text - (size_t)size, "])");
    table->options = (struct ferry_options)ALL(options);
    table->lists = (struct ferry_lists)ALL(lists);
    table->flows = (struct ferry_flows){&flow, 1, sizeof flow};
}
ATTACK_MADE("many-texts")
