/* Ten thousand questions. */
#include "declared.h"

#define COUNT 10000

static void on_entry(struct ferry_connector *table)
{
    static char names[COUNT][8];
    static struct ferry_option options[COUNT];

    for (int i = 0; i < COUNT; i++) {
        snprintf(names[i], sizeof names[i], "o%d", i);
        options[i] = (struct ferry_option){.name = names[i], .type = "text?"};
    }
    table->options = (struct ferry_options)ALL(options);
}
ATTACK_MADE("many-options")
