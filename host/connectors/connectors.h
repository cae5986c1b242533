/*
 * connectors/: finds connectors, has them described by ferry-worker, checks and keeps what they
 * declare. This process never loads a connector.
 *
 * The road of one file:
 *   connector_open      opens it once, looks at owner and mode, hashes it, reads its ELF by hand
 *   connector_describe  has the worker write its tables down, reads that as hostile input
 *   connector_changes   what is new in it, for the operator to confirm
 * Verdicts are kept by the hash of the file through a struct connector_shelf, so a file is only
 * opened once; one that crashed, hung or made a forbidden call is not opened again (quarantine)
 * until the shelf forgets it.
 */
#ifndef FERRY_CONNECTORS_CONNECTORS_H
#define FERRY_CONNECTORS_CONNECTORS_H

#include <stdint.h>

#include "base/arena.h"
#include "base/buffer.h"
#include "base/json.h"
#include "map/declaration.h"

#define CONNECTOR_FILE_MAX        (8u << 20) /* bytes of a shared object */
#define CONNECTOR_DESCRIPTION_MAX (1u << 20) /* bytes of its description */
#define CONNECTOR_DEADLINE_MS     5000
#define CONNECTOR_HASH_TEXT       65 /* 64 hex digits and the terminator */

/* ---- the file ---- */

/* What the ELF note says: known without loading anything. */
struct connector_note {
    uint32_t abi_major, abi_minor;
    char id[64];
    char version[32];
};

/*
 * Read the note and check the rules for what may be loaded at all: 64-bit little-endian shared
 * object of this machine; one exported symbol, ferry_connector_entry; needs nothing but libc,
 * libm, libgcc_s and the loader; nothing that runs when it is loaded or left (link with
 * -nostartfiles: not even the compiler's own), no RPATH or RUNPATH, no text relocations, no IFUNC,
 * no executable stack, no segment both writable and executable.
 *
 * errors   REJECTED with a code per rule: elf, elf-machine, elf-note, elf-export, elf-needs,
 *          elf-constructor, elf-rpath, elf-textrel, elf-ifunc, elf-stack, elf-segment, abi
 */
MUST_CHECK bool elf_check(struct text file, struct connector_note *ret, struct error *err);

/* An opened file; the descriptor is what was hashed, so nothing can change in between. */
struct connector_file {
    int fd; /* a sealed copy in memory, read-only */
    char sha256[CONNECTOR_HASH_TEXT];
    struct connector_note note;
};

/*
 * Open without following a link at the end, refuse what others may write to, copy into sealed
 * memory, hash and elf_check that copy.
 *
 * errors   CONFIG connector-file (missing, not a file, too big), connector-owner (not root's or
 *          ours), connector-mode (group or others may write, setuid); those of elf_check
 * owns     connector_close, also after a failure
 */
MUST_CHECK bool connector_open(const char *path, struct connector_file *ret, struct error *err);
void connector_close(struct connector_file *file);

/* ---- describing ---- */

enum connector_outcome {
    CONNECTOR_OK,
    CONNECTOR_REFUSED,   /* by a rule: why says which */
    CONNECTOR_CRASHED,   /* `signal` ended it */
    CONNECTOR_TIMED_OUT, /* past the deadline, or 2 s of processor time */
    CONNECTOR_POLICY,    /* it called something the sandbox forbids: why names the call */
};
const char *connector_outcome_name(enum connector_outcome outcome);

/*
 * How well the worker was fenced in. There are two levels: sandboxed (the last two; without
 * Landlock only the loader could have read files, and a file that runs code while it is loaded is
 * refused), or a process of its own, which the operator has to consent to.
 */
enum connector_isolation {
    CONNECTOR_ISOLATION_PROCESS, /* own process and limits only */
    CONNECTOR_ISOLATION_STRICT,  /* and seccomp */
    CONNECTOR_ISOLATION_FULL,    /* and Landlock */
};
const char *connector_isolation_name(enum connector_isolation isolation);

struct connector_verdict {
    enum connector_outcome outcome;
    int signal; /* CRASHED only */
    enum connector_isolation isolation;
    int landlock_abi; /* 0: none */
    struct error why; /* kind NONE when OK */
};

/* Where verdicts are kept, by hash; implemented over store/, or in memory by tests. */
struct connector_shelf {
    void *self;
    /* false: nothing kept. description is "" unless the outcome is OK. */
    bool (*load)(void *self, const char *sha256, struct connector_verdict *ret,
                 struct buffer *ret_description);
    void (*save)(void *self, const char *sha256, const struct connector_verdict *verdict,
                 struct text description);
};

struct connector_worker {
    const char *path;     /* of ferry-worker, absolute */
    uint32_t deadline_ms; /* 0: CONNECTOR_DEADLINE_MS */
    bool unfenced;    /* the operator consented to this file's hash: it may be opened in a process
                       * of its own where there is no sandbox; else REFUSED, code no-sandbox */
    const char *hide; /* tests: "landlock", "seccomp" or both with a comma; else NULL */
    const struct connector_shelf *shelf; /* NULL: nothing is kept */
};

/*
 * Have an opened file described, or take what the shelf has. Runs the worker with an empty
 * environment and no descriptor but its own; waits for it, at most deadline_ms.
 *
 * ret_verdict  always filled when true is returned; other outcomes than OK are no error
 * ret          the declaration, in arena; only when the outcome is OK
 * errors       CONFIG worker-missing (says where it looked), TRANSIENT worker-start
 * thread       any, but not the loop: it blocks
 */
MUST_CHECK bool connector_describe(const struct connector_file *file,
                                   const struct connector_worker *worker, struct arena *arena,
                                   struct connector_verdict *ret_verdict,
                                   const struct declaration **ret, struct error *err);

/*
 * Read a description (the worker's JSON) as hostile input into `arena`: caps on size, depth and
 * counts; unknown names, wrong types and repeated names are refused with the place.
 *
 * errors   REJECTED description
 */
MUST_CHECK bool declaration_read(struct text json, struct arena *arena,
                                 const struct declaration **ret, struct error *err);

/* As JSON, for people to look at: what `ferry connector show` prints. Owned. */
json_t *declaration_json(const struct declaration *declaration);

/* ---- options ---- */

/*
 * What people answered (an object, or NULL), with the connector's defaults for the rest.
 *
 * integration   its name, for messages
 * ret           an object by name, owned; untouched after an error
 * errors        CONFIG option-missing, option-type, option-unknown
 */
MUST_CHECK bool connector_options(const struct declaration *declaration, const json_t *given,
                                  const char *integration, json_t **ret, struct error *err);

/* ---- finding ---- */

/* One *.so in a folder of the path, in order of folders, then of names. */
struct connector_found {
    const char *path;                  /* borrowed until the callback returns */
    const struct connector_note *note; /* NULL: not a connector, refused says why */
    const struct error *refused;
};
typedef void connector_found_fn(void *owner, const struct connector_found *found);
void connector_each(const char *const *folders, size_t count, connector_found_fn *each,
                    void *owner);

/*
 * The file of a connector, by the id in its note.
 *
 * ret      owned text
 * errors   CONFIG connector-missing (with a suggestion), connector-twice (names both files)
 */
MUST_CHECK bool connector_find(const char *const *folders, size_t count, const char *id, char **ret,
                               struct error *err);

/* ---- hosts ---- */

enum connector_host_role {
    CONNECTOR_HOST_NONE,  /* not declared: no request goes there */
    CONNECTOR_HOST_FILES, /* requests without the token */
    CONNECTOR_HOST_API,   /* requests with the token */
    CONNECTOR_HOST_LOGIN, /* who gives tokens, for the client's secret */
};

struct connector_host {
    enum connector_host_role role;
    const char *name; /* small letters; "*.example.com" for FILES only: any depth below */
};
struct connector_hosts {
    const struct connector_host *at;
    size_t count;
};

/*
 * Parse "api api.example.com; files *.example.com, cdn.example.net". The first `api` host is the
 * one that paths are joined to.
 *
 * errors   REJECTED hosts
 */
MUST_CHECK bool connector_hosts(const char *declared, struct arena *arena,
                                struct connector_hosts *ret, struct error *err);

/*
 * The hosts that a login names ("oauth2 https://login.example.com/token"): they are sent the
 * client's secret. Role LOGIN; none for "header X-Key", "bearer" and "basic".
 *
 * errors   REJECTED login: not https, or no host
 */
MUST_CHECK bool connector_login_hosts(const char *login, struct arena *arena,
                                      struct connector_hosts *ret, struct error *err);

/* "https://<first api host>", or base_url without its last slash when that is not "". In arena. */
const char *connector_base_url(const struct connector_hosts *hosts, const char *base_url,
                               struct arena *arena);

/*
 * What a URL may be asked with. https only, except http to a loopback address (127.0.0.1, [::1],
 * localhost) when that is where base_url points; no user part; host compared as written, in small
 * letters; a port only where base_url has the same. NONE for everything else.
 */
enum connector_host_role connector_url_role(const struct connector_hosts *hosts,
                                            const char *base_url, const char *url);

/* ---- what is new ---- */

enum connector_change_kind {
    CONNECTOR_NEW_HOST,  /* a host, with its role */
    CONNECTOR_NEW_WRITE, /* a list, and the field or "(remove)" */
    CONNECTOR_REKEYED,   /* a mapping is gone and no other says `was`, or its keys are made of
                            something else: its documents would be new ones */
};
struct connector_change {
    enum connector_change_kind kind;
    const char *text; /* "files *.example.com", "xero.Invoices.DueDate", "expenses/bill" */
};
struct connector_changes {
    const struct connector_change *at;
    size_t count;
};

/*
 * What `now` may do that `before` could not (before NULL: everything), sorted and without
 * repetition, for the operator to confirm. Texts in arena.
 */
void connector_changes(const struct declaration *before, const struct declaration *now,
                       struct arena *arena, struct connector_changes *ret);

#endif
