#include "store/store_internal.h"

static bool id_of(struct db *db, const char *ask, const char *add, const char *kind,
                  const char *key, int64_t *ret, struct error *err)
{
    const char *types = kind ? "tt" : "t";
    int64_t id = -1;

    if (!(kind ? db_number(db, err, &id, ask, types, kind, key)
               : db_number(db, err, &id, ask, types, key))) {
        return false;
    }
    if (id < 0) {
        if (!(kind ? db_do(db, err, add, types, kind, key) : db_do(db, err, add, types, key))) {
            return false;
        }
        id = db_last_id(db);
    }
    *ret = id;
    return true;
}

bool scope_id(struct db *db, const char *kind, const char *key, int64_t *ret, struct error *err)
{
    return id_of(db, "SELECT id FROM scope WHERE kind = ? AND key = ?",
                 "INSERT INTO scope (kind, key) VALUES (?, ?)", kind, key, ret, err);
}

bool integration_id(struct db *db, const char *key, int64_t *ret, struct error *err)
{
    return id_of(db, "SELECT id FROM integration WHERE key = ?",
                 "INSERT INTO integration (key) VALUES (?)", NULL, key, ret, err);
}
