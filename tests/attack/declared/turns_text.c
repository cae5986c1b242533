/* Turns the direction of reading, so that it is read as another name. */
#include "declared.h"

FERRY_CONNECTOR("turns-text", "1.0.0", .name = "Pay\342\200\256kwah", .hosts = HOSTS,
                .login = LOGIN)
