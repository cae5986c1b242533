/* Reads beside the folder that the operator chose. */
#include "declared.h"

ATTACK_READ("reads-beside", .get = "FILE {option.account}/../../../etc/*.csv")
