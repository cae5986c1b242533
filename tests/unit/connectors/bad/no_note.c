/* Exports the entry, but by hand: no note says what it is. */
#include "ferry/connector.h"

static const struct ferry_connector table = {
    .size = sizeof table, .id = "no-note", .version = "1.0.0"};
__attribute__((visibility("default"))) const struct ferry_connector *ferry_connector_entry(void);
const struct ferry_connector *ferry_connector_entry(void)
{
    return &table;
}
