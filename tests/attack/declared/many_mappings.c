/* Ten thousand mappings. */
#include "declared.h"

#define COUNT 10000

static const struct ferry_list lists[] = {EXPENSES, NOTES};

static void on_entry(struct ferry_connector *table)
{
    static char names[COUNT][8];
    static struct ferry_mapping mappings[COUNT];
    static struct ferry_flow flow = {.name = "flow", .mappings = ALL(mappings)};

    for (int i = 0; i < COUNT; i++) {
        snprintf(names[i], sizeof names[i], "m%d", i);
        mappings[i] = (struct ferry_mapping){.name = names[i], .from = "expenses", .to = "notes"};
    }
    table->lists = (struct ferry_lists)ALL(lists);
    table->flows = (struct ferry_flows){&flow, 1, sizeof flow};
}
ATTACK_MADE("many-mappings")
