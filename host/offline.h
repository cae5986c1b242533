/*
 * What a connector's author asks, answered from the connector's file alone: no config, no store,
 * no network.
 *
 *   {"do":"check","name"}                 {"id","version","sha256","isolation",
 *                                          "complaints":[{"place","column","source","sentence"}],
 *                                          "counts":{…}}
 *   {"do":"show","name"}                  {"connector":{…}} as ferry connector show prints it
 *   {"do":"test","name","fixtures"?,"only"?}
 *                                         {"id","scenarios":[{"name","about","proves","passed",
 *                                          "differences":[…]}],"passed","failed"}
 *
 * name: a path, or the id of a connector in the folders of the config (or beside the program).
 */
#ifndef FERRY_OFFLINE_H
#define FERRY_OFFLINE_H

#include "admin/admin.h"
#include "config/config.h"

/* config may be NULL. ret: owned. */
MUST_CHECK bool offline_ask(const struct config *config, const json_t *request, json_t **ret,
                            struct error *err);

#endif
