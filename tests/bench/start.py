"""How soon the first call leaves: of a small store, of a large one; and what describing a connector takes."""
import sqlite3
import subprocess
import time

import ground

SMALL, ROWS = 200, 1_000_000

# Copies of what a small sync left, under other keys, until there are so many documents.
COPIES = """
CREATE TEMP TABLE n AS WITH RECURSIVE c(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM c WHERE i < {copies}) SELECT i FROM c;
INSERT INTO document ({document}) SELECT {document_copied} FROM n, document WHERE root <> '';
INSERT INTO mirror ({mirror}) SELECT {mirror_copied} FROM n, mirror WHERE list IN ('expenses', 'statement_lines');
"""


def columns(store, table, changed):
    """The columns of a table, and what a copy has in them; an id is given anew."""
    names = [row[1] for row in store.execute(f"PRAGMA table_info({table})") if row[1] != "id"]
    return ", ".join(names), ", ".join(f"{name} || '~' || i" if name in changed else name for name in names)


def grow(path):
    store = sqlite3.connect(path)
    count = store.execute("SELECT COUNT(*) FROM document WHERE root <> ''").fetchone()[0]
    document, document_copied = columns(store, "document", ("key", "root", "target_id"))
    mirror, mirror_copied = columns(store, "mirror", ("key",))
    document_copied = document_copied.replace("target_id || '~' || i", "CASE target_id WHEN '' THEN '' ELSE target_id || '~' || i END")
    store.executescript(COPIES.format(copies=ROWS // count, document=document, document_copied=document_copied,
                                      mirror=mirror, mirror_copied=mirror_copied))
    store.commit()
    total = store.execute("SELECT COUNT(*) FROM document").fetchone()[0]
    store.close()
    return total


def start(figures, runs):
    with ground.Ground(ground.seeds(SMALL)) as play:
        play.ferry("connect", ground.NAME)
        play.ferry("sync", ground.NAME)
        figures.add("start_to_first_call_ms", [play.first_call_ms("sync", ground.NAME) for _ in range(runs)], "ms")


def restart(figures, runs):
    """With a million documents in the ledger."""
    with ground.Ground(ground.seeds(SMALL)) as play:
        play.ferry("connect", ground.NAME)
        play.ferry("sync", ground.NAME)
        assert grow(play.folder / "ferry.db") >= ROWS * 0.99
        figures.add("restart_with_1000000_rows_to_first_call_ms", [play.first_call_ms("sync", ground.NAME) for _ in range(runs)],
                    "ms", "≤ 2000")


def describe(figures, runs):
    """The whole way: the file is read and hashed, the worker is fenced in and started, what it says is checked and compiled."""
    for name in ground.CONNECTORS:
        times = []
        for _ in range(runs):
            begun = time.monotonic()
            subprocess.run([ground.BUILD / "bin" / "ferry", "connector", "check", ground.BUILD / "connectors" / f"{name}.so"],
                           stdout=subprocess.DEVNULL, check=True)
            times.append((time.monotonic() - begun) * 1000)
        figures.add(f"describe_{name}_ms", times, "ms")
