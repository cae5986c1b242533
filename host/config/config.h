/*
 * config/: ferry.yaml and integrations.d/ to checked structs that nobody changes afterwards. What
 * can be decided by reading is decided here; what needs a connector, a network or another file
 * (is there such a flow, is the key right) is decided by those who have it, and they add what they
 * find to the same list of complaints.
 *
 *   arena = arena_new(CONFIG_ARENA_BYTES);
 *   if (!config_read("/etc/ferry/ferry.yaml", arena, &config, &complaints)) {
 *       for each complaints.at[i]: "file:line:column: text"
 *   }
 *   … config_free(config); arena_free(arena);
 *
 * Secrets are never in these files, only where to find them; they are read when they are needed. A
 * complaint never repeats a value of the file, so a secret written in a wrong place stays there.
 *
 * Paths in the files may be relative; they then start at the folder of the main file. Here they
 * are complete. Times of day are UTC. Nothing depends on the locale.
 */
#ifndef FERRY_CONFIG_CONFIG_H
#define FERRY_CONFIG_CONFIG_H

#include <stdint.h>

#include "base/arena.h"
#include "base/buffer.h"
#include "base/json.h"

#define CONFIG_ARENA_BYTES    ((size_t)64 << 20) /* enough for the largest files allowed */
#define CONFIG_FILE_MAX       ((size_t)1 << 20)  /* bytes of one file */
#define CONFIG_FILES_MAX      500                /* in integrations.d */
#define CONFIG_BYTES_MAX      ((size_t)8 << 20)  /* of all files together */
#define CONFIG_DEPTH_MAX      16                 /* maps and lists inside each other */
#define CONFIG_NODES_MAX      50000              /* keys and values, all files together */
#define CONFIG_COMPLAINTS_MAX 100
#define CONFIG_SECRET_MAX     ((size_t)64 << 10)
#define CONFIG_CALLBACK_PORT  8462

/* Where something is written, for complaints that come later. Columns count characters. */
struct config_place {
    const char *file;      /* as it was opened */
    uint32_t line, column; /* from 1; 0: the file as a whole */
};

/* Of named things: at[0..count). */
#define CONFIG_LIST(type)                                                                          \
    struct {                                                                                       \
        const struct type *at;                                                                     \
        size_t count;                                                                              \
    }

struct config_texts {
    const char *const *at;
    size_t count;
    bool given; /* false: the key is not there; true with count 0: `[]` was written */
};

/* ---- secrets ---- */

enum config_secret_kind {
    CONFIG_SECRET_NONE,       /* the key is not there */
    CONFIG_SECRET_FILE,       /* { file: /etc/ferry/xero.secret } */
    CONFIG_SECRET_ENV,        /* { env: XERO_SECRET } */
    CONFIG_SECRET_CREDENTIAL, /* { credential: NAME }: $CREDENTIALS_DIRECTORY/NAME, of systemd */
    CONFIG_SECRET_TEXT,       /* written as it is; only for login's user and client_id */
};
struct config_secret {
    enum config_secret_kind kind;
    const char *name; /* complete path, variable, credential, or the text itself */
    struct config_place place;
};

/*
 * Read one, now. One newline at the end is not part of it. The error names the place in the config.
 *
 * ret     owned; config_secret_wipe it: AUTO(config_secret_wipe) char *key = NULL;
 * errors  CONFIG secret-missing   no such file, variable or credential, or it is empty
 *         CONFIG secret-readable  others than owner and group may read or change the file
 *         CONFIG secret-wrong     not a file, over 64 KB, or with a zero byte
 * thread  any; blocks for as long as the disk does
 */
MUST_CHECK bool config_secret_read(const struct config_secret *secret, char **ret,
                                   struct error *err);
/* Overwrite, free, set to NULL; of a NULL nothing. */
void config_secret_wipe(char **secret);
struct config;
/*
 * Take the secrets that are in environment variables out of the environment, which /proc shows and
 * children inherit. config_secret_read finds them all the same, for as long as the process lives.
 * Before there are other threads.
 */
void config_hide_variables(const struct config *config);

/* ---- apps: how Ferry is known to Xero ---- */

enum config_app_kind {
    CONFIG_APP_USER,   /* people consent; with client_secret NONE: PKCE only */
    CONFIG_APP_CUSTOM, /* a custom connection: one organisation, always has a secret */
};
/* Calls of one organisation; app_per_minute: of all organisations of the app. */
struct config_limits {
    uint32_t concurrent, per_minute, per_day, app_per_minute; /* 5, 60, 5000, 10000 */
};
struct config_app {
    const char *name;
    struct config_place place;
    enum config_app_kind kind;
    const char *client_id;
    struct config_secret client_secret;
    const char *api_url, *login_url, *token_url, *connections_url; /* NULL: Xero's own */
    uint16_t callback_port; /* of http://localhost:PORT/callback; CONFIG_CALLBACK_PORT */
    struct config_limits limits;
};

/* ---- integrations ---- */

struct config_organisation {
    const char *name;
    const char *id;  /* NULL: pinned when it is first connected */
    const char *app; /* there is an app of this name; the only one when it was not written */
};
/* What the connector declares decides which of these are needed. */
struct config_login {
    struct config_secret api_key, token, password, client_secret; /* never CONFIG_SECRET_TEXT */
    struct config_secret user, client_id;
};
enum config_when { CONFIG_OFF, CONFIG_EVERY, CONFIG_AT };
struct config_flow {
    const char *name;
    struct config_place place;
    enum config_when when;
    uint32_t every_s; /* CONFIG_EVERY: 1 s .. 31 days */
    struct {
        const uint16_t *minute; /* 0..1439 of the day, UTC; rising, each once */
        size_t count;
    } at; /* CONFIG_AT */
};
struct config_mapping {
    const char *name; /* the path: "card-expense.InvoiceNumber" */
    struct config_place place;
    const char *expression;
};
struct config_option_place {
    const char *name;
    struct config_place place;
};
struct config_integration {
    const char *name;
    struct config_place place;
    const char *connector; /* the connector's id */
    bool enabled;          /* true when it was not written */
    struct config_organisation organisation;
    struct config_login login;
    const char *base_url;             /* NULL: the connector's own; no '/' at the end */
    struct config_texts allow_hosts;  /* "api.example.com", "*.example.com", small letters */
    struct config_texts allow_writes; /* lists that may be written to; not given: all */
    CONFIG_LIST(config_flow) flows;   /* a flow that is not here runs when the connector says */
    /*
     * An object, {} when there are none. Values as they were written: true and false, numbers with
     * their digits (json_is_number_text), null, everything else and everything in quotes as text;
     * lists and maps of these. One thread at a time: references are counted.
     */
    json_t *options;
    CONFIG_LIST(config_option_place) option_places; /* in the order they were written */
    const char *approval; /* "none" (also when not written), "all", "amount over 5000.00", or names
                             of the connector's features: "a, b" */
    CONFIG_LIST(config_mapping) mappings; /* instead of what the connector maps there */
};

/* ---- the whole ---- */

struct config_address {
    const char *host; /* an IP address, without brackets */
    uint16_t port;
};
struct config_trust {
    const char *name; /* a connector's id */
    struct config_place place;
    const char *sha256; /* 64 hex digits in small letters */
};
struct config_person {
    const char *name; /* the user of the machine */
    struct config_place place;
    struct config_texts may; /* "read", "operate", "approve", "approve:FEATURE" */
};
struct config {
    const char *path;              /* of the main file */
    const char *store;             /* the SQLite file */
    const char *spool;             /* folder; "spool" beside the store when it was not written */
    const char *socket;            /* "ferry.sock" beside the store */
    struct config_secret key;      /* that seals tokens; file "ferry.key" beside the store */
    struct config_address metrics; /* host NULL: no metrics */
    const char *clock; /* NULL; a shared clock file instead of the machine's clock (tests) */
    CONFIG_LIST(config_app) apps;
    struct config_texts connector_paths; /* folders; /usr/lib/ferry/connectors */
    CONFIG_LIST(config_trust) trust;
    struct config_texts without_sandbox; /* hashes, 64 hex digits: see connectors/connectors.h */
    CONFIG_LIST(config_integration) integrations; /* in the order they were read */
    CONFIG_LIST(config_person) people;
};

/* ---- reading ---- */

struct config_complaint {
    struct config_place place;
    const char *text;       /* one sentence; ends with "did you mean …?" when there is one */
    const char *suggestion; /* the name meant, or NULL */
};
struct config_complaints {
    struct config_complaint at[CONFIG_COMPLAINTS_MAX];
    size_t count;
    size_t dropped; /* more than fit */
    struct arena *arena;
};

/*
 * Read the main file, then integrations.d / *.yaml beside it in the order of their names (each
 * holds integrations as `name: { … }`). False when there is any complaint; they are sorted: main
 * file first, then by file, line and column.
 *
 * arena           of at least CONFIG_ARENA_BYTES; config and complaints live in it
 * ret             config_free it before the arena dies; untouched when this returns false
 * ret_complaints  filled anew each time
 * thread          any; blocks for as long as the disk does
 */
MUST_CHECK bool config_read(const char *path, struct arena *arena, const struct config **ret,
                            struct config_complaints *ret_complaints);
/* Lets go of the options' JSON; NULL ok. The rest is the arena's. */
void config_free(const struct config *config);

/* NULL when there is none of this name. */
const struct config_app *config_app(const struct config *config, const char *name);
const struct config_integration *config_integration(const struct config *config, const char *name);
const struct config_person *config_person(const struct config *config, const char *name);
/* Where an option is written; the integration itself when it is not. */
struct config_place config_option_place(const struct config_integration *integration,
                                        const char *name);

/* Add one more. The text must not repeat a value of the file; suggestion may be NULL. */
void config_complain(struct config_complaints *complaints, struct config_place place,
                     const char *suggestion, const char *format, ...) PRINTF_LIKE(4, 5);
/* "file:line:column: text\n" */
void config_complaint_write(const struct config_complaint *complaint, struct buffer *out);

/* A main file with every key explained; what need not be written is commented out ("#key:", with
 * no blank behind the '#'). It reads without complaints. For `ferry init`. */
void config_example(struct buffer *out);

#endif
