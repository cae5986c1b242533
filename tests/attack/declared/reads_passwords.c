/* Reads a file of the machine as if it were a table. */
#include "declared.h"

ATTACK_READ("reads-passwords", .get = "FILE /etc/passwd")
