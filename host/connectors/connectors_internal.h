/* What the files of connectors/ share. */
#ifndef FERRY_CONNECTORS_INTERNAL_H
#define FERRY_CONNECTORS_INTERNAL_H

#include "connectors/connectors.h"

/* Our note among the notes of a segment; false when there is none that can be read. */
bool note_find(struct text notes, struct connector_note *ret);
/* REJECTED elf-note, abi */
MUST_CHECK bool note_check(const struct connector_note *note, struct error *err);
bool connector_id_is_sound(const char *id);
#define HOSTS_MAX 32
/* A name of two labels or more; "*." in front when `star`. */
bool host_name_is_sound(struct text name, bool star);
/* What can be said of a declaration without the mapping language: counts, names, requests, hosts.
 * REJECTED too-many, name, when, others, request, header, hosts, login */
MUST_CHECK bool declaration_check(const struct declaration *declaration, struct error *err);
/* REJECTED request, header */
MUST_CHECK bool requests_check(const struct declaration *declaration, struct error *err);

/* What the worker wrote and how it ended. */
struct worker_answer {
    struct buffer protocol; /* descriptor 3 */
    struct buffer printed;  /* what the connector printed, its beginning */
    int status;             /* as of waitpid */
    bool timed_out;
};

/*
 * Run the worker on an opened file until it ends or the deadline passes; it is reaped when this
 * returns. buffers: set up by this function, buffer_done by the caller also after a failure.
 *
 * errors   CONFIG worker-missing; TRANSIENT worker-start
 */
MUST_CHECK bool worker_run(const struct connector_worker *worker, int file_fd,
                           struct worker_answer *ret, struct error *err);

/* What came of it: fills *ret_verdict (set up as OK) and returns the description, which is not read
 * yet; TEXT_NONE unless the verdict is OK. Pure. */
struct text worker_judge(const struct connector_file *file, const struct connector_worker *worker,
                         const struct worker_answer *answer, struct connector_verdict *ret_verdict);

#endif
