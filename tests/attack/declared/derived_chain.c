/* Four hundred fields, each derived from the next. */
#include "declared.h"

#define COUNT 450

static struct ferry_list lists[] = {EXPENSES, NOTES};

static void on_entry(struct ferry_connector *table)
{
    static char names[COUNT + 1][8], values[COUNT + 1][16];
    static struct ferry_row derive[COUNT + 1];
    static struct ferry_row rows[] = {{"id", "id"}, {"number", "d0"}};
    static struct ferry_mapping mapping = {
        .name = "note", .from = "expenses", .to = "notes", .fields = ALL(rows)};
    static const struct ferry_option options[] = {ACCOUNT_OPTION};
    static struct ferry_flow flow = {.name = "flow", .mappings = {&mapping, 1, sizeof mapping}};

    for (int i = 0; i <= COUNT; i++) {
        snprintf(names[i], sizeof names[i], "d%d", i);
        snprintf(values[i], sizeof values[i], i < COUNT ? "d%d + 1" : "1", i + 1);
        derive[i] = (struct ferry_row){names[i], values[i]};
    }
    lists[0].derive = (struct ferry_rows)ALL(derive);
    table->options = (struct ferry_options)ALL(options);
    table->lists = (struct ferry_lists)ALL(lists);
    table->flows = (struct ferry_flows){&flow, 1, sizeof flow};
}
ATTACK_MADE("derived-chain")
