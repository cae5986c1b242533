#include "store/store_internal.h"

/*
 * Places. Whatever looks at the records of one list shares a place: a record is one root there, and
 * who has to look at it again is a set of bits, one for each pass. What is not about the records of
 * a list (groups, mappings with exactly one document) has a place of its own.
 */

bool pass_find(struct db *db, int64_t integration, const char *name, struct pass *ret,
               struct error *err)
{
    sqlite3_stmt *rows;
    enum db_row row;

    *ret = (struct pass){0, 0};
    if (!db_ask(db, err, &rows, "SELECT place, bit FROM pass WHERE integration = ? AND name = ?",
                "it", integration, name)) {
        return false;
    }
    row = db_row(db, rows, err);
    if (row == DB_ROW) {
        *ret = (struct pass){sqlite3_column_int64(rows, 0), sqlite3_column_int64(rows, 1)};
    }
    db_close_rows(db, rows);
    return row != DB_FAILED;
}

/* ---- making one ---- */

struct wanted_pass {
    int64_t integration;
    const char *name;
    int64_t scope;
    const char *list; /* "": a place of its own */
};

/* "expenses", "expenses#member", "=supplier"; more of a kind end in "+2", "+3" … */
static void place_name(const struct wanted_pass *wanted, unsigned n, struct buffer *name)
{
    const char *kind = strchr(wanted->name, '#');

    buffer_init(name, 4096);
    if (wanted->list[0]) {
        buffer_addf(name, "%s%s", wanted->list, kind ? kind : "");
    } else {
        buffer_addf(name, "=%s", wanted->name);
    }
    if (n > 1) {
        buffer_addf(name, "+%u", n);
    }
}

static bool make_place(struct db *db, const struct wanted_pass *wanted, unsigned n,
                       int64_t *ret_place, int64_t *ret_passes, struct error *err)
{
    AUTO(buffer_done) struct buffer name = {0};

    place_name(wanted, n, &name);
    return db_do(db, err,
                 "INSERT OR IGNORE INTO place (integration, name, scope, list) VALUES (?, ?, ?, ?)",
                 "itit", wanted->integration, name.at, wanted->scope, wanted->list) &&
           db_number(db, err, ret_place, "SELECT id FROM place WHERE integration = ? AND name = ?",
                     "it", wanted->integration, name.at) &&
           db_number(db, err, ret_passes, "SELECT passes FROM place WHERE id = ?", "i", *ret_place);
}

static int64_t free_bit(int64_t passes)
{
    for (unsigned i = 0; i < PLACE_PASSES_MOST; i++) {
        if (!(passes >> i & 1)) {
            return INT64_C(1) << i;
        }
    }
    return 0;
}

static bool make_pass(struct db *db, const struct wanted_pass *wanted, struct pass *ret,
                      struct error *err)
{
    int64_t passes;

    ret->bit = 0;
    for (unsigned n = 1; ret->bit == 0; n++) {
        if (!make_place(db, wanted, n, &ret->place, &passes, err)) {
            return false;
        }
        ret->bit = free_bit(passes);
    }
    return db_do(db, err, "INSERT INTO pass (integration, name, place, bit) VALUES (?, ?, ?, ?)",
                 "itii", wanted->integration, wanted->name, ret->place, ret->bit) &&
           db_do(db, err, "UPDATE place SET passes = passes | ? WHERE id = ?", "ii", ret->bit,
                 ret->place);
}

static bool drop_pass(struct db *db, int64_t integration, const char *name, const struct pass *pass,
                      struct error *err)
{
    return db_do(db, err, "DELETE FROM pass WHERE integration = ? AND name = ?", "it", integration,
                 name) &&
           db_do(db, err,
                 "UPDATE place SET passes = passes & ~?1, parked = parked & ~?1 WHERE id "
                 "= ?2",
                 "ii", pass->bit, pass->place);
}

bool pass_make(struct db *db, int64_t integration, const char *name, struct pass *ret,
               struct error *err)
{
    struct wanted_pass wanted = {integration, name, 0, ""};

    return pass_find(db, integration, name, ret, err) &&
           (ret->bit != 0 || make_pass(db, &wanted, ret, err));
}

bool dirty_subscribe(struct db *db, int64_t integration, const char *name, int64_t scope,
                     const char *list, struct pass *ret, struct error *err)
{
    struct wanted_pass wanted = {integration, name, scope, list};
    int64_t stays = 0;

    if (!pass_find(db, integration, name, ret, err)) {
        return false;
    }
    if (ret->bit) {
        if (!db_number(db, err, &stays,
                       "SELECT 1 FROM place WHERE id = ? AND scope = ? AND list = ?", "iit",
                       ret->place, scope, list)) {
            return false;
        }
        /* a mapping that goes over another list now */
        if (!stays && !drop_pass(db, integration, name, ret, err)) {
            return false;
        }
    }
    return stays || make_pass(db, &wanted, ret, err);
}

/* ---- what is not at work ---- */

bool dirty_park(struct db *db, int64_t place, int64_t at_work, struct error *err)
{
    int64_t parked = 0;

    return db_number(db, err, &parked, "SELECT parked FROM place WHERE id = ?", "i", place) &&
           db_do(db, err,
                 "UPDATE root SET parked = parked | (dirty & ~?2), dirty = dirty & ?2 WHERE place "
                 "= ?1 AND dirty <> 0 AND dirty & ~?2 <> 0",
                 "ii", place, at_work) &&
           (!(parked & at_work) ||
            db_do(db, err,
                  "UPDATE root SET dirty = dirty | (parked & ?2), parked = parked & ~?2, again = "
                  "again + 1 WHERE place = ?1 AND parked & ?2 <> 0",
                  "ii", place, at_work)) &&
           db_do(db, err,
                 "UPDATE place SET parked = passes & ~?2 WHERE id = ?1 AND parked <> "
                 "passes & ~?2",
                 "ii", place, at_work);
}
