/* Thirty thousand additions in a row: a tree that is as deep as it is long. */
#include "declared.h"

static const struct ferry_list lists[] = {EXPENSES, NOTES};

static void on_entry(struct ferry_connector *table)
{
    static char text[60001];
    static struct ferry_row rows[] = {{"id", "id"}, {"number", text}};
    static struct ferry_mapping mapping = {
        .name = "note", .from = "expenses", .to = "notes", .fields = ALL(rows)};
    static const struct ferry_option options[] = {ACCOUNT_OPTION};
    static struct ferry_flow flow = {.name = "flow", .mappings = {&mapping, 1, sizeof mapping}};

    for (int i = 0; i < 59999; i++) {
        text[i] = i & 1 ? '+' : '1';
    }
    table->options = (struct ferry_options)ALL(options);
    table->lists = (struct ferry_lists)ALL(lists);
    table->flows = (struct ferry_flows){&flow, 1, sizeof flow};
}
ATTACK_MADE("long-row")
