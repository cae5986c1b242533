/*
 * worker/: the program ferry-worker. It opens one connector inside a fence, writes its tables down
 * and exits. Stands apart from the other rooms: base/ and sdk/ only; no curl, no OpenSSL, no token
 * ever comes here. The protocol is in ferry/worker.h.
 *
 * One thread, one connector, once per process, so the fences are process-wide on purpose.
 */
#ifndef FERRY_WORKER_WORKER_H
#define FERRY_WORKER_WORKER_H

#include <stddef.h>
#include <stdint.h>

#include "base/error.h"
#include "ferry/connector.h"

/* ---- limits ---- */

/* Memory, processor time, files, no core, no new privileges. CONFIG limits. */
MUST_CHECK bool limits_apply(struct error *err);

/* ---- Landlock ---- */

/* What a ruleset of this ABI may say, so that newer and older kernels take it. */
struct landlock_shape {
    uint64_t files;    /* rights of files that are handled (and so denied) */
    uint64_t network;  /* TCP bind and connect, from ABI 4 */
    uint64_t scopes;   /* abstract sockets and signals, from ABI 6 */
    size_t attr_bytes; /* of the struct the kernel knows */
};
struct landlock_shape landlock_shape_of(int abi);

/* The kernel's ABI, at most `most`; 0 without Landlock. */
int landlock_abi(int most);
/*
 * Deny every file but reading and running the system's libraries and `path`. abi as given by
 * landlock_abi, not 0. CONFIG landlock.
 */
MUST_CHECK bool landlock_apply(int abi, const char *path, struct error *err);

/* ---- seccomp ---- */

enum filter_stage {
    FILTER_LOADING,  /* files may be opened and mapped to run */
    FILTER_DESCRIBE, /* no files, no new code */
};
/* Whether this kernel takes filters. */
bool filter_is_possible(void);
/*
 * Allow what is on a short list, answer ENOSYS to the rest (libc falls back on that), end the
 * process for what no honest table needs: sockets, programs, processes, signals to others. The
 * end is a line "policy CALL" on the protocol's descriptor. CONFIG seccomp.
 */
MUST_CHECK bool filter_apply(enum filter_stage stage, struct error *err);

/* ---- loading ---- */

typedef const struct ferry_connector *connector_entry_fn(void);
/* With libltdl, local and resident. REJECTED load (with the loader's words), no-entry. */
MUST_CHECK bool connector_load(const char *path, connector_entry_fn **ret, struct error *err);

/* ---- the protocol ---- */

bool report_write(const void *bytes, size_t size);
bool report_line(const char *format, ...) PRINTF_LIKE(1, 2);

#endif
