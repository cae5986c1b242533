/* Gives nothing. */
#include <stdint.h>

#include "ferry/connector.h"

FERRY_NOTE("no-table", "1.0.0");
__attribute__((visibility("default"))) const struct ferry_connector *ferry_connector_entry(void);
const struct ferry_connector *ferry_connector_entry(void)
{
    return 0;
}
