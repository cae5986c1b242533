/* Answers with a code and a sentence that would write to a terminal and to a log. */
#include <stdint.h>
#include <unistd.h>

#include "ferry/connector.h"

#include "../../unit/connectors/bad/entry.h"

static void on_entry(struct ferry_connector *table)
{
    static const char lies[] =
        "refused \033[2J/../x {\"level\":\"info\"}\033]0;pwned\007 all is well\n";

    (void)table;
    (void)!write(3, lies, sizeof lies - 1);
    _exit(10);
}
BAD_CONNECTOR("forges-code")
