#include "store/store_internal.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

/*
 * Forward migrations: each text takes the database from the version of its place to the next. Never
 * edit one that was released; add another.
 */
static const char *const migrations[] = {
    /* 0 → 1 */
    "CREATE TABLE meta (name TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT, WITHOUT ROWID;"
    "CREATE TABLE scope (id INTEGER PRIMARY KEY, kind TEXT NOT NULL, key TEXT NOT NULL, UNIQUE "
    "(kind, key)) STRICT;"
    "CREATE TABLE integration (id INTEGER PRIMARY KEY, key TEXT NOT NULL UNIQUE) STRICT;"
    "CREATE TABLE mirror (scope INTEGER NOT NULL, list TEXT NOT NULL, key TEXT NOT NULL, body "
    "TEXT, bad TEXT,"
    " hash INTEGER NOT NULL, pass INTEGER NOT NULL, gone INTEGER NOT NULL DEFAULT 0,"
    " PRIMARY KEY (scope, list, key)) STRICT, WITHOUT ROWID;"
    "CREATE TABLE entry (look INTEGER NOT NULL, key TEXT NOT NULL, name TEXT NOT NULL, value TEXT "
    "NOT NULL,"
    " scope INTEGER NOT NULL, list TEXT NOT NULL, PRIMARY KEY (look, key, name)) STRICT, WITHOUT "
    "ROWID;"
    "CREATE INDEX entry_of_record ON entry (scope, list, key);"
    "CREATE TABLE looked (look INTEGER NOT NULL, integration INTEGER NOT NULL, mapping TEXT NOT "
    "NULL,"
    " root TEXT NOT NULL, PRIMARY KEY (look, integration, mapping, root)) STRICT, WITHOUT ROWID;"
    "CREATE INDEX looked_by_root ON looked (integration, mapping, root);"
    "CREATE TABLE dirty (integration INTEGER NOT NULL, mapping TEXT NOT NULL, root TEXT NOT NULL,"
    " since INTEGER NOT NULL, again INTEGER NOT NULL DEFAULT 0,"
    " PRIMARY KEY (integration, mapping, root)) STRICT, WITHOUT ROWID;"
    "CREATE INDEX dirty_since ON dirty (since);"
    "CREATE INDEX dirty_in_order ON dirty (integration, mapping, since, root);"
    "CREATE TABLE subscription (scope INTEGER NOT NULL, list TEXT NOT NULL, integration INTEGER "
    "NOT NULL,"
    " mapping TEXT NOT NULL, PRIMARY KEY (scope, list, integration, mapping)) STRICT, WITHOUT "
    "ROWID;"
    "CREATE TABLE member (integration INTEGER NOT NULL, mapping TEXT NOT NULL, record TEXT NOT "
    "NULL,"
    " place TEXT NOT NULL, PRIMARY KEY (integration, mapping, record)) STRICT, WITHOUT ROWID;"
    "CREATE INDEX member_of_place ON member (integration, mapping, place);"
    "CREATE TABLE kept (kind TEXT NOT NULL, name TEXT NOT NULL, value BLOB NOT NULL,"
    " PRIMARY KEY (kind, name)) STRICT, WITHOUT ROWID;"
    "CREATE TABLE audit (serial INTEGER PRIMARY KEY, at_ms INTEGER NOT NULL, who TEXT NOT NULL,"
    " what TEXT NOT NULL, about TEXT NOT NULL, detail TEXT NOT NULL, hash TEXT NOT NULL) STRICT;"
    "CREATE TABLE document (id INTEGER PRIMARY KEY, integration INTEGER NOT NULL, mapping TEXT NOT "
    "NULL,"
    " key TEXT NOT NULL, root TEXT NOT NULL, target TEXT NOT NULL, state INTEGER NOT NULL,"
    " code TEXT NOT NULL DEFAULT '', why TEXT NOT NULL DEFAULT '', fix TEXT NOT NULL DEFAULT '',"
    " want TEXT NOT NULL DEFAULT '', want_hash TEXT NOT NULL DEFAULT '', done_hash TEXT NOT NULL "
    "DEFAULT '',"
    " action TEXT NOT NULL DEFAULT '', target_id TEXT NOT NULL DEFAULT '', target_seen TEXT NOT "
    "NULL DEFAULT '',"
    " url TEXT NOT NULL DEFAULT '', approve TEXT NOT NULL DEFAULT '', notes TEXT NOT NULL DEFAULT "
    "'[]',"
    " currency TEXT NOT NULL DEFAULT '', total TEXT NOT NULL DEFAULT '', epoch INTEGER NOT NULL "
    "DEFAULT 0,"
    " changed_ms INTEGER NOT NULL, due_ms INTEGER NOT NULL DEFAULT 0, tries INTEGER NOT NULL "
    "DEFAULT 0,"
    " said TEXT NOT NULL DEFAULT '', UNIQUE (integration, mapping, key)) STRICT;"
    "CREATE INDEX document_by_root ON document (integration, mapping, root);"
    "CREATE INDEX document_by_state ON document (integration, mapping, state, due_ms);"
    "CREATE INDEX document_by_target ON document (target_id) WHERE target_id <> '';"
    "CREATE TABLE reference (document INTEGER NOT NULL REFERENCES document, mapping TEXT NOT NULL,"
    " key TEXT NOT NULL, PRIMARY KEY (document, mapping, key)) STRICT, WITHOUT ROWID;"
    "CREATE INDEX reference_to ON reference (mapping, key);"
    "CREATE TABLE request (id INTEGER PRIMARY KEY, integration INTEGER NOT NULL, lane TEXT NOT "
    "NULL,"
    " method TEXT NOT NULL, path TEXT NOT NULL, body BLOB NOT NULL, content_type TEXT NOT NULL,"
    " file TEXT NOT NULL, idempotency_key TEXT NOT NULL, target TEXT NOT NULL, action TEXT NOT "
    "NULL,"
    " state INTEGER NOT NULL, first_wall_ms INTEGER NOT NULL DEFAULT 0, first_boot_ms INTEGER NOT "
    "NULL DEFAULT 0,"
    " last_wall_ms INTEGER NOT NULL DEFAULT 0, last_boot_ms INTEGER NOT NULL DEFAULT 0,"
    " boot_id TEXT NOT NULL DEFAULT '', token_generation TEXT NOT NULL DEFAULT '', sends INTEGER "
    "NOT NULL DEFAULT 0,"
    " probes INTEGER NOT NULL DEFAULT 0, probe_due_ms INTEGER NOT NULL DEFAULT 0, why TEXT NOT "
    "NULL DEFAULT '') STRICT;"
    "CREATE INDEX request_open ON request (integration, id) WHERE state <> 3;"
    "CREATE TABLE element (request INTEGER NOT NULL REFERENCES request, place INTEGER NOT NULL,"
    " document INTEGER NOT NULL REFERENCES document, marker TEXT NOT NULL, want_hash TEXT NOT NULL,"
    " settled INTEGER NOT NULL DEFAULT 0, PRIMARY KEY (request, place)) STRICT, WITHOUT ROWID;"
    "CREATE TABLE run (id INTEGER PRIMARY KEY, integration INTEGER NOT NULL, flow TEXT NOT NULL, "
    "why TEXT NOT NULL,"
    " begun_ms INTEGER NOT NULL, ended_ms INTEGER NOT NULL DEFAULT 0, result TEXT NOT NULL DEFAULT "
    "'',"
    " counts TEXT NOT NULL DEFAULT '', sentence TEXT NOT NULL DEFAULT '') STRICT;"
    "CREATE INDEX run_of_flow ON run (integration, flow, id);",
    /* 1 → 2: the revision that a person approved */
    "ALTER TABLE document ADD COLUMN approved TEXT NOT NULL DEFAULT '';",
    /* 2 → 3: looks that move what is written too */
    "ALTER TABLE looked ADD COLUMN moves INTEGER NOT NULL DEFAULT 0;",
    /* 3 → 4: what is looked at again only as far as it is not written */
    "ALTER TABLE dirty ADD COLUMN soft INTEGER NOT NULL DEFAULT 0;",
    /* 4 → 5: documents are also looked for by their root alone */
    "DROP INDEX document_by_root;"
    "CREATE INDEX document_by_root ON document (integration, root, mapping);",
    /* 5 → 6: what is ready in the order it is sent in; what is put off or removed without looking
       at everything */
    "DROP INDEX document_by_state;"
    "CREATE INDEX document_by_state ON document (integration, mapping, state);"
    "CREATE INDEX document_put_off ON document (integration, due_ms) WHERE due_ms > 0;"
    "CREATE INDEX document_removal ON document (integration) WHERE action = 'remove';",
    /* 6 → 7: a record is one root for all passes over its list, which are bits */
    "CREATE TABLE place (id INTEGER PRIMARY KEY, integration INTEGER NOT NULL, name TEXT NOT NULL,"
    " scope INTEGER NOT NULL, list TEXT NOT NULL, passes INTEGER NOT NULL DEFAULT 0,"
    " parked INTEGER NOT NULL DEFAULT 0, UNIQUE (integration, name)) STRICT;"
    "CREATE INDEX place_of_list ON place (scope, list);"
    "CREATE TABLE pass (integration INTEGER NOT NULL, name TEXT NOT NULL, place INTEGER NOT NULL,"
    " bit INTEGER NOT NULL, PRIMARY KEY (integration, name)) STRICT, WITHOUT ROWID;"
    "CREATE INDEX pass_of_place ON pass (place);"
    "CREATE TABLE root (id INTEGER PRIMARY KEY, place INTEGER NOT NULL, key TEXT NOT NULL,"
    " dirty INTEGER NOT NULL DEFAULT 0, hard INTEGER NOT NULL DEFAULT 0,"
    " parked INTEGER NOT NULL DEFAULT 0, since INTEGER NOT NULL DEFAULT 0,"
    " again INTEGER NOT NULL DEFAULT 0, UNIQUE (place, key)) STRICT;"
    "CREATE INDEX root_dirty ON root (place, since) WHERE dirty <> 0;"
    "ALTER TABLE looked RENAME TO looked_before;"
    "CREATE TABLE looked (root INTEGER NOT NULL, look INTEGER NOT NULL, moves INTEGER NOT NULL,"
    " soft INTEGER NOT NULL, PRIMARY KEY (root, look)) STRICT, WITHOUT ROWID;"
    "CREATE INDEX looked_by ON looked (look);"
    "INSERT INTO place (integration, name, scope, list) SELECT DISTINCT integration,"
    " list || CASE instr(mapping, '#') WHEN 0 THEN '' ELSE substr(mapping, instr(mapping, '#')) "
    "END, scope, list FROM subscription;"
    "INSERT OR IGNORE INTO pass (integration, name, place, bit) SELECT s.integration, s.mapping, "
    "p.id,"
    " 1 << (ROW_NUMBER() OVER (PARTITION BY p.id ORDER BY s.mapping) - 1) FROM subscription s"
    " JOIN place p ON p.integration = s.integration AND p.scope = s.scope AND p.name = s.list ||"
    " CASE instr(s.mapping, '#') WHEN 0 THEN '' ELSE substr(s.mapping, instr(s.mapping, '#')) END;"
    "INSERT INTO place (integration, name, scope, list) SELECT integration, '=' || mapping, 0, ''"
    " FROM (SELECT integration, mapping FROM looked_before UNION SELECT integration, mapping FROM"
    " dirty) o WHERE NOT EXISTS (SELECT 1 FROM pass p WHERE p.integration = o.integration AND"
    " p.name = o.mapping);"
    "INSERT INTO pass (integration, name, place, bit) SELECT integration, substr(name, 2), id, 1"
    " FROM place WHERE name LIKE '=%';"
    "UPDATE place SET passes = (SELECT SUM(bit) FROM pass WHERE pass.place = place.id);"
    /* in the order in which they became dirty: of two suppliers of one name, the first makes the
       contact */
    "INSERT INTO root (place, key, since) SELECT p.place, o.root, MAX(o.since) FROM (SELECT"
    " integration, mapping, root, 0 AS since FROM looked_before UNION ALL SELECT integration,"
    " mapping, root, since FROM dirty) o JOIN pass p ON p.integration = o.integration AND"
    " p.name = o.mapping GROUP BY p.place, o.root ORDER BY MAX(o.since), o.root;"
    "UPDATE root SET dirty = (SELECT COALESCE(SUM(p.bit), 0) FROM pass p JOIN dirty d ON"
    " d.integration = p.integration AND d.mapping = p.name WHERE p.place = root.place AND d.root ="
    " root.key), hard = (SELECT COALESCE(SUM(p.bit), 0) FROM pass p JOIN dirty d ON d.integration ="
    " p.integration AND d.mapping = p.name WHERE p.place = root.place AND d.root = root.key AND"
    " d.soft = 0);"
    "INSERT INTO looked (root, look, moves, soft) SELECT r.id, l.look,"
    " SUM(CASE l.moves WHEN 0 THEN 0 ELSE p.bit END), SUM(CASE l.moves WHEN 0 THEN p.bit ELSE 0 "
    "END)"
    " FROM looked_before l JOIN pass p ON p.integration = l.integration AND p.name = l.mapping"
    " JOIN root r ON r.place = p.place AND r.key = l.root GROUP BY r.id, l.look;"
    "DROP TABLE looked_before; DROP TABLE dirty; DROP TABLE subscription;",
};

#define NEWEST ((int64_t)(sizeof migrations / sizeof *migrations))

static bool run_script(struct db *db, const char *sql, struct error *err)
{
    return sqlite3_exec(db->sqlite, sql, NULL, NULL, NULL) == SQLITE_OK
               ? true
               : db_failed(db, "the schema", err);
}

/* A copy of the whole database beside it, made by SQLite so that it is consistent. */
static bool keep_backup(struct db *db, const char *path, int64_t version, struct error *err)
{
    AUTO(buffer_done) struct buffer name = {0}, part = {0};

    buffer_init(&name, 4096);
    buffer_init(&part, 4096);
    buffer_addf(&name, "%s.before-%lld", path, (long long)version + 1);
    buffer_addf(&part, "%s.part", name.at);
    unlink(part.at); /* of a copy that was cut off; an older whole one is replaced by this */
    return db_do(db, err, "VACUUM INTO ?", "t", part.at) &&
           (rename(part.at, name.at) == 0 ||
            error_set(err, ERROR_CONFIG, "store-io", "%s cannot be written: %s", name.at,
                      strerror(errno)));
}

static bool migrate(struct db *db, int64_t version, struct error *err)
{
    char pragma[64];

    snprintf(pragma, sizeof pragma, "PRAGMA user_version = %lld", (long long)version + 1);
    if (run_script(db, "BEGIN IMMEDIATE", err) && run_script(db, migrations[version], err) &&
        run_script(db, pragma, err) && run_script(db, "COMMIT", err)) {
        return true;
    }
    sqlite3_exec(db->sqlite, "ROLLBACK", NULL, NULL, NULL);
    return false;
}

bool schema_prepare(struct db *db, const char *path, struct error *err)
{
    int64_t version = 0;

    if (!db_number(db, err, &version, "PRAGMA user_version", "")) {
        return false;
    }
    if (version > NEWEST) {
        return error_set(
            err, ERROR_CONFIG, "newer-store",
            "%s was written by a newer Ferry (schema %lld, this one knows %lld); use that one",
            path, (long long)version, (long long)NEWEST);
    }
    if (version > 0 && version < NEWEST && !keep_backup(db, path, version, err)) {
        return false;
    }
    for (; version < NEWEST; version++) {
        if (!migrate(db, version, err)) {
            return false;
        }
    }
    return true;
}
