/*
 * intake/: source → mirror, and Xero → mirror. Reads lists page by page as they declare it, checks
 * every record against its type, and puts it into the mirror, where what changed becomes dirty. A
 * record that cannot be read is kept with the reason; nothing is dropped.
 */
#ifndef FERRY_INTAKE_INTAKE_H
#define FERRY_INTAKE_INTAKE_H

#include "steps/steps.h"

struct intake_counts {
    int64_t read, fresh, changed, bad, gone, pages;
};

/*
 * One record's way into the mirror, whoever brings it: a page, a file, a form, a fixture. Checked
 * against its type; what says that it is gone is removed; what cannot be read is kept with the
 * reason, and then `unreadable` is set: such a reading has not shown every record.
 */
#define INTAKE_RECORD_ARENA_MAX ((size_t)512 << 20)
struct intake_record {
    struct db *db;
    const struct program *program;
    const struct map_list *list;
    int64_t scope, pass;
    struct arena *arena; /* of one record: reset by each */
    struct intake_counts *counts;
    struct dict *seen; /* keys of one answer; NULL: nobody looks for twins */
    bool unreadable;
    struct error problem; /* of the last one that was */
};
/* [writer] fields: those known before reading (an object), or NULL. */
MUST_CHECK bool intake_record_take(struct intake_record *r, const json_t *wire,
                                   const json_t *fields, struct error *err);
/* The place (from 1) of a record among those of its parent, for lists that have a `position`;
 * false: this list has none. */
bool intake_record_place(const struct map_list *list, json_t *fields, size_t place);
/* [writer] One that is checked already. */
MUST_CHECK bool intake_record_put(struct intake_record *r, const char *key, const json_t *record,
                                  struct error *err);

/* Keeps those parents of a child list that it is to be read for (`read.only`): plan/ can say it. */
typedef bool parents_fn(const struct integration *integration, struct db *db,
                        const struct map_list *list, const char *field, struct arena *arena,
                        struct found_keys *keys, struct error *err);

/* One reading of some lists of one integration, in the given order (parents before children). */
struct intake {
    struct machine machine;
    struct house *house;
    const struct integration *integration;
    const struct map_list *const *lists;
    size_t list_count;
    bool everything;     /* ignore cursors: read completely */
    parents_fn *parents; /* NULL: children are read for all of them */
    int64_t since_ms;    /* read again what changed since then; 0: as the cursor says */
    struct intake_counts counts;
    struct reading *reading; /* the list at hand */
};

void intake_init(struct intake *intake, struct house *house, const struct integration *integration);
void intake_done(struct intake *intake);
/* `lists` is borrowed until done. */
void intake_start(struct intake *intake, const struct map_list *const *lists, size_t count,
                  machine_done_fn *done, void *owner);

/* The lists of one side in reading order: those that something at work reads, parents first, but
 * not those that were read for `known` already (NULL: nothing was). In arena. */
size_t intake_lists(const struct integration *integration, bool of_xero,
                    const struct map_activity *known, struct arena *arena,
                    const struct map_list *const **ret);

/* ---- requests as declared; pure ---- */

/*
 * Fill "{path.to.value}" from `context` (an object); values are percent-encoded whole, other
 * characters only where a URL needs it. REJECTED "template" when a value is missing, or would make
 * a part of the path "." or "..".
 */
MUST_CHECK bool template_fill(const char *template, const json_t *context, struct buffer *out,
                              struct error *err);
/* "{name}" at *at: its name in *ret_name, and *at moves behind it; false: no placeholder here. */
bool template_placeholder(const char **at, struct text *ret_name);
/* For header values: as it stands, no encoding; control characters are refused. */
MUST_CHECK bool template_fill_header(const char *template, const json_t *context,
                                     struct buffer *out, struct error *err);
/* For bodies: values as they stand inside a JSON string, so a quote cannot end it. */
MUST_CHECK bool template_fill_json(const char *template, const json_t *context, struct buffer *out,
                                   struct error *err);
/* The first reference field in a `get` ("fund.id" of "/x/{fund.id}"): "fund"; NULL: none. In arena.
 */
const char *template_parent_field(const struct program *program, const struct map_list *list,
                                  struct arena *arena);

/* Walk a `records` path ("items.*", "*", "users.{id}"); each is called with every record and the
 * kept key fields (an object or NULL). What a last {name} leads to may be a bare value: then the
 * record is {"value": it}. REJECTED "records" when the answer has another shape. */
typedef bool record_fn(void *self, const json_t *record, const json_t *kept, struct error *err);
MUST_CHECK bool records_each(const json_t *reply, const char *path, record_fn *each, void *self,
                             struct error *err);

#endif
