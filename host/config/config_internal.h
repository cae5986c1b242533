/*
 * How this room works: yaml.c makes a tree of nodes that know their place; a table per kind of
 * mapping says which keys there are, which function reads each, and where in the struct the result
 * goes; key.c walks tree and tables together. Readers of values complain and go on: one run finds
 * all mistakes.
 */
#ifndef FERRY_CONFIG_INTERNAL_H
#define FERRY_CONFIG_INTERNAL_H

#include "base/memory.h"
#include "config/config.h"

#define HASH_WANTED     "sha256: with 64 hex digits in small letters behind it"
#define COUNT_OF(array) (sizeof(array) / sizeof *(array))

/* ---- the tree ---- */

enum yaml_kind { YAML_TEXT, YAML_LIST, YAML_MAP };
struct yaml_node {
    enum yaml_kind kind;
    bool quoted; /* YAML_TEXT: in quotes or as a block, so it is text whatever it looks like */
    struct config_place place;
    const char *text; /* YAML_TEXT: terminated, UTF-8, no control characters but tab and newline */
    const struct yaml_node *key; /* this is the value of that key; NULL in lists */
    /* in a list the items; in a map the values, each with its key */
    struct yaml_node *first, *last, *next;
    size_t count;
};

/* One reading. */
struct reader {
    struct arena *arena;   /* of the result */
    struct arena *scratch; /* of the trees */
    struct config_complaints *complaints;
    const char *folder; /* of the main file */
    size_t nodes, bytes;
};

/*
 * Whole document. NULL when the file is empty or is not YAML (then there is a complaint). Maps
 * have text keys, each once.
 */
struct yaml_node *yaml_parse(struct reader *r, const char *file, struct text text);
bool yaml_is_null(const struct yaml_node *node);
/* The place of its key where it has one. */
struct config_place yaml_place(const struct yaml_node *node);
const struct yaml_node *yaml_get(const struct yaml_node *map, const char *key);

/* ---- tables ---- */

struct key;
/* Read `value` into `at`, which is zeroed and of the type that the function writes. */
typedef void value_fn(struct reader *r, const struct key *key, const struct yaml_node *value,
                      void *at);

enum key_flags {
    KEY_REQUIRED = 1,
    KEY_SHOWN = 2,  /* live in the example though it is not required */
    KEY_HIDDEN = 4, /* not in the example */
    KEY_LOOSE = 8,  /* of named things: names with dots, underscores and capitals are fine */
};
struct key {
    const char *name; /* of the elements of a named list: how one is called in the example */
    value_fn *read;
    size_t offset;
    const struct table *inside; /* value_map */
    const struct key *element;  /* value_named */
    size_t size;                /* value_named: of one element */
    int64_t least, most;        /* numbers, seconds */
    unsigned flags;
    const char *about, *example;
};
struct table {
    const char *what; /* "an integration" */
    const struct key *keys;
    size_t count;
    /* What concerns several keys; after all of them were read. May be NULL. */
    void (*check)(struct reader *r, const struct yaml_node *map, void *base);
};
/* How all elements of named lists begin. */
struct config_named {
    const char *name;
    struct config_place place;
};
/* How all named lists look. */
struct config_named_list {
    void *at;
    size_t count;
};

extern const struct table table_main;
extern const struct table table_integration;
extern const struct table table_flow;

/* Keys by the table into a struct that starts at `at` + key->offset of each. */
void table_read(struct reader *r, const struct table *table, const struct yaml_node *map,
                void *base);
/* ---- readers of values ---- */

value_fn value_map;         /* by key->inside */
value_fn value_named;       /* a struct config_named_list */
value_fn value_secret;      /* struct config_secret, a reference */
value_fn value_secret_text; /* the same, or the text itself */
value_fn value_text;        /* const char *, not empty */
value_fn value_expression;  /* the same, long */
value_fn value_name;        /* const char *: [a-z][a-z0-9-]{0,62} */
value_fn value_uuid;        /* const char * */
value_fn value_sha256;      /* const char * */
value_fn value_variable;    /* const char *: NAME of an environment variable */
value_fn value_credential;  /* const char * */
value_fn value_path;        /* const char *, complete */
value_fn value_store;       /* const char *, complete */
value_fn value_url;         /* const char * */
value_fn value_approval;    /* const char * */
value_fn value_kind;        /* enum config_app_kind */
value_fn value_bool;        /* bool */
value_fn value_number;      /* uint32_t */
value_fn value_port;        /* uint16_t */
value_fn value_listen;      /* struct config_address */
value_fn value_duration;    /* uint32_t, seconds */
value_fn value_times;       /* config_flow.at */
value_fn value_flow;        /* struct config_flow */
value_fn value_paths;       /* struct config_texts */
value_fn value_hosts;       /* struct config_texts */
value_fn value_writes;      /* struct config_texts */
value_fn value_hashes;      /* struct config_texts */
value_fn value_may;         /* struct config_texts */
value_fn value_options;     /* struct config_integration, the whole */

/* The text of a node that must be one; else a complaint and NULL. `want`: "a URL, like …". */
const char *scalar_text(struct reader *r, const struct yaml_node *value, const char *want);
/* The place, and "is not <want>". */
void complain_wanted(struct reader *r, const struct yaml_node *value, const char *want);
/* Small helpers of several files. */
bool name_is_sound(const char *name);
/* 64 hex digits behind "sha256:", NULL for anything else. */
const char *sha256_of(const char *text);
bool name_is_loose(const char *name);
const char *path_complete(struct reader *r, const char *path);
/* The complete path of a node; NULL after a complaint. */
const char *path_read(struct reader *r, const struct yaml_node *value);
bool digits_read(struct text digits, int64_t most, int64_t *ret);
bool port_read(struct text digits, uint16_t *ret);

/* ---- checks after reading ---- */

void check_defaults(struct reader *r, struct config *config);
void check_whole(struct reader *r, const struct yaml_node *root, struct config *config);
void check_app(struct reader *r, const struct yaml_node *map, void *base);
void check_flow(struct reader *r, const struct yaml_node *map, void *base);
void check_integration(struct reader *r, const struct yaml_node *map, void *base);

void complaints_sort(struct config_complaints *complaints, const char *main_file);

#endif
