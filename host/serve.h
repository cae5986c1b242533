/*
 * How a command is carried out: by the daemon that holds the store, or else in this process.
 * Commands hold it for moments, so a store that is taken is waited for, five seconds; then CONFIG
 * "in-use".
 */
#ifndef FERRY_SERVE_H
#define FERRY_SERVE_H

#include "admin/admin.h"
#include "config/config.h"

/* Runs until SIGTERM or SIGINT; then no new sends, and ten seconds for answers under way. */
MUST_CHECK bool serve_daemon(const struct config *config, struct error *err);
/* Make a folder ready: a config to fill in and a key. ret: {"files","next"}, owned. Files that are
 * there stay as they are. */
MUST_CHECK bool serve_init(const char *folder, json_t **ret, struct error *err);
/* Where ferry-worker is; returns `out`. */
const char *serve_worker_path(char out[4096]);
/* One request. ret: owned. */
MUST_CHECK bool serve_ask(const struct config *config, const json_t *request,
                          admin_progress_fn *progress, void *owner, json_t **ret,
                          struct error *err);

#endif
