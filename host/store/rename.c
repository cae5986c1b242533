#include "store/store_internal.h"

/* Whatever is kept under the name of a mapping, or of one of its passes ("bill#member"). */
static const char *const statements[] = {
    "UPDATE OR IGNORE document SET mapping = ?3 || substr(mapping, length(?2) + 1) WHERE "
    "integration = ?1 AND (mapping = ?2 OR mapping GLOB ?2 || '#*')",
    "UPDATE OR IGNORE reference SET mapping = ?3 WHERE mapping = ?2 AND document IN (SELECT id "
    "FROM "
    "document WHERE integration = ?1)",
    "UPDATE OR IGNORE member SET mapping = ?3 WHERE integration = ?1 AND mapping = ?2",
    "UPDATE OR REPLACE pass SET name = ?3 || substr(name, length(?2) + 1) WHERE integration = ?1 "
    "AND (name = "
    "?2 OR name GLOB ?2 || '#*')",
};

bool ledger_rename(struct db *db, int64_t integration, const char *was, const char *now,
                   struct error *err)
{
    for (size_t i = 0; i < sizeof statements / sizeof *statements; i++) {
        if (!db_do(db, err, statements[i], "itt", integration, was, now)) {
            return false;
        }
    }
    return true;
}
