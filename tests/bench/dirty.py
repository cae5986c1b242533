"""What is dirty when something changes: the store's own tables (dirty.c), 100,000 expenses."""
import re
import subprocess
import tempfile

import ground

NAMES = {"one look-up added": "dirty_look_up_ms", "one expense changed": "dirty_record_ms",
         "an account archived, its bills all written": "dirty_written_account_ms",
         "an account archived, its bills all unwritten": "dirty_open_account_ms"}


def dirty(figures, runs):
    found = {}
    for _ in range(runs):
        with tempfile.TemporaryDirectory() as folder:
            said = subprocess.run([ground.BUILD / "bin" / "bench_dirty", folder], stdout=subprocess.PIPE, text=True, check=True).stdout
        for words, name in NAMES.items():
            found.setdefault(name, []).append(float(re.search(re.escape(words) + r".*? ([0-9.]+) ms", said)[1]))
    for name, values in found.items():
        figures.add(name, values, "ms")
