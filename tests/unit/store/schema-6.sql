-- A store as Ferry 0.1 left it at schema 6, with a run under way: what a newer one must take over.
CREATE TABLE meta (name TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT, WITHOUT ROWID;
CREATE TABLE scope (id INTEGER PRIMARY KEY, kind TEXT NOT NULL, key TEXT NOT NULL, UNIQUE (kind, key)) STRICT;
CREATE TABLE integration (id INTEGER PRIMARY KEY, key TEXT NOT NULL UNIQUE) STRICT;
CREATE TABLE mirror (scope INTEGER NOT NULL, list TEXT NOT NULL, key TEXT NOT NULL, body TEXT, bad TEXT, hash INTEGER NOT NULL, pass INTEGER NOT NULL, gone INTEGER NOT NULL DEFAULT 0, PRIMARY KEY (scope, list, key)) STRICT, WITHOUT ROWID;
CREATE TABLE entry (look INTEGER NOT NULL, key TEXT NOT NULL, name TEXT NOT NULL, value TEXT NOT NULL, scope INTEGER NOT NULL, list TEXT NOT NULL, PRIMARY KEY (look, key, name)) STRICT, WITHOUT ROWID;
CREATE INDEX entry_of_record ON entry (scope, list, key);
CREATE TABLE looked (look INTEGER NOT NULL, integration INTEGER NOT NULL, mapping TEXT NOT NULL, root TEXT NOT NULL, moves INTEGER NOT NULL DEFAULT 0, PRIMARY KEY (look, integration, mapping, root)) STRICT, WITHOUT ROWID;
CREATE INDEX looked_by_root ON looked (integration, mapping, root);
CREATE TABLE dirty (integration INTEGER NOT NULL, mapping TEXT NOT NULL, root TEXT NOT NULL, since INTEGER NOT NULL, again INTEGER NOT NULL DEFAULT 0, soft INTEGER NOT NULL DEFAULT 0, PRIMARY KEY (integration, mapping, root)) STRICT, WITHOUT ROWID;
CREATE INDEX dirty_since ON dirty (since);
CREATE INDEX dirty_in_order ON dirty (integration, mapping, since, root);
CREATE TABLE subscription (scope INTEGER NOT NULL, list TEXT NOT NULL, integration INTEGER NOT NULL, mapping TEXT NOT NULL, PRIMARY KEY (scope, list, integration, mapping)) STRICT, WITHOUT ROWID;
CREATE TABLE member (integration INTEGER NOT NULL, mapping TEXT NOT NULL, record TEXT NOT NULL, place TEXT NOT NULL, PRIMARY KEY (integration, mapping, record)) STRICT, WITHOUT ROWID;
CREATE INDEX member_of_place ON member (integration, mapping, place);
CREATE TABLE kept (kind TEXT NOT NULL, name TEXT NOT NULL, value BLOB NOT NULL, PRIMARY KEY (kind, name)) STRICT, WITHOUT ROWID;
CREATE TABLE audit (serial INTEGER PRIMARY KEY, at_ms INTEGER NOT NULL, who TEXT NOT NULL, what TEXT NOT NULL, about TEXT NOT NULL, detail TEXT NOT NULL, hash TEXT NOT NULL) STRICT;
CREATE TABLE document (id INTEGER PRIMARY KEY, integration INTEGER NOT NULL, mapping TEXT NOT NULL, key TEXT NOT NULL, root TEXT NOT NULL, target TEXT NOT NULL, state INTEGER NOT NULL, code TEXT NOT NULL DEFAULT '', why TEXT NOT NULL DEFAULT '', fix TEXT NOT NULL DEFAULT '', want TEXT NOT NULL DEFAULT '', want_hash TEXT NOT NULL DEFAULT '', done_hash TEXT NOT NULL DEFAULT '', action TEXT NOT NULL DEFAULT '', target_id TEXT NOT NULL DEFAULT '', target_seen TEXT NOT NULL DEFAULT '', url TEXT NOT NULL DEFAULT '', approve TEXT NOT NULL DEFAULT '', notes TEXT NOT NULL DEFAULT '[]', currency TEXT NOT NULL DEFAULT '', total TEXT NOT NULL DEFAULT '', epoch INTEGER NOT NULL DEFAULT 0, changed_ms INTEGER NOT NULL, due_ms INTEGER NOT NULL DEFAULT 0, tries INTEGER NOT NULL DEFAULT 0, said TEXT NOT NULL DEFAULT '', approved TEXT NOT NULL DEFAULT '', UNIQUE (integration, mapping, key)) STRICT;
CREATE INDEX document_by_target ON document (target_id) WHERE target_id <> '';
CREATE TABLE reference (document INTEGER NOT NULL REFERENCES document, mapping TEXT NOT NULL, key TEXT NOT NULL, PRIMARY KEY (document, mapping, key)) STRICT, WITHOUT ROWID;
CREATE INDEX reference_to ON reference (mapping, key);
CREATE TABLE request (id INTEGER PRIMARY KEY, integration INTEGER NOT NULL, lane TEXT NOT NULL, method TEXT NOT NULL, path TEXT NOT NULL, body BLOB NOT NULL, content_type TEXT NOT NULL, file TEXT NOT NULL, idempotency_key TEXT NOT NULL, target TEXT NOT NULL, action TEXT NOT NULL, state INTEGER NOT NULL, first_wall_ms INTEGER NOT NULL DEFAULT 0, first_boot_ms INTEGER NOT NULL DEFAULT 0, last_wall_ms INTEGER NOT NULL DEFAULT 0, last_boot_ms INTEGER NOT NULL DEFAULT 0, boot_id TEXT NOT NULL DEFAULT '', token_generation TEXT NOT NULL DEFAULT '', sends INTEGER NOT NULL DEFAULT 0, probes INTEGER NOT NULL DEFAULT 0, probe_due_ms INTEGER NOT NULL DEFAULT 0, why TEXT NOT NULL DEFAULT '') STRICT;
CREATE INDEX request_open ON request (integration, id) WHERE state <> 3;
CREATE TABLE element (request INTEGER NOT NULL REFERENCES request, place INTEGER NOT NULL, document INTEGER NOT NULL REFERENCES document, marker TEXT NOT NULL, want_hash TEXT NOT NULL, settled INTEGER NOT NULL DEFAULT 0, PRIMARY KEY (request, place)) STRICT, WITHOUT ROWID;
CREATE TABLE run (id INTEGER PRIMARY KEY, integration INTEGER NOT NULL, flow TEXT NOT NULL, why TEXT NOT NULL, begun_ms INTEGER NOT NULL, ended_ms INTEGER NOT NULL DEFAULT 0, result TEXT NOT NULL DEFAULT '', counts TEXT NOT NULL DEFAULT '', sentence TEXT NOT NULL DEFAULT '') STRICT;
CREATE INDEX run_of_flow ON run (integration, flow, id);
CREATE INDEX document_by_root ON document (integration, root, mapping);
CREATE INDEX document_by_state ON document (integration, mapping, state);
CREATE INDEX document_put_off ON document (integration, due_ms) WHERE due_ms > 0;
CREATE INDEX document_removal ON document (integration) WHERE action = 'remove';

INSERT INTO meta VALUES ('generation', '0');
INSERT INTO scope VALUES (7, 'source', 'payhawk/a'), (8, 'xero', 't');
INSERT INTO integration VALUES (1, 'payhawk/a/t');
INSERT INTO subscription VALUES (7, 'expenses', 1, 'bill'), (7, 'expenses', 1, 'payment'),
    (7, 'expenses', 1, 'supplier#member'), (7, 'statement_lines', 1, 'fee');
-- e9 became dirty before e1, softly; e1 is dirty for its bill alone; e5 only looked at something
INSERT INTO dirty (integration, mapping, root, since, again, soft) VALUES
    (1, 'bill', 'e9', 3, 0, 1), (1, 'payment', 'e9', 4, 0, 0), (1, 'bill', 'e1', 5, 2, 0), (1, 'supplier', 'Acme', 6, 0, 0);
INSERT INTO looked (integration, mapping, root, look, moves) VALUES
    (1, 'bill', 'e5', 77, 0), (1, 'payment', 'e5', 77, 1), (1, 'supplier', 'Acme', 78, 1);
PRAGMA user_version = 6;
