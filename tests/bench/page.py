#!/usr/bin/env python3
"""page.py: the figures of bench/latest.json into docs/performance.md, between its two marks. What people wrote around them stays."""
import re
import sys

import figures
import ground
from benches import BENCHES

PAGE = ground.ROOT / "docs" / "performance.md"
LATEST = ground.ROOT / "bench" / "latest.json"
BEGIN, END = "<!-- figures: written by ./dev bench --page -->", "<!-- end of figures -->"


def when(known):
    days = sorted({one["date"] for one in known.values()})
    return days[0] if len(days) == 1 else f"{days[0]} to {days[-1]}"


def written(known):
    """Figures of one bench stand together, in the order in which benches run."""
    order = list(BENCHES)
    known = dict(sorted(known.items(), key=lambda item: order.index(item[1]["bench"])))
    machine = figures.machine()
    return (f"{BEGIN}\n\n{when(known)}, on {machine['cores']} cores ({machine['processor']}), {machine['memory_gb']} GB of memory. "
            f"To repeat it: `./dev bench --page`.\n\n{figures.table(known)}\n\n{END}")


def write():
    known = {name: one for name, one in figures.read(LATEST).items() if one.get("bench") in BENCHES}
    if not known:
        sys.exit("page: there are no figures yet; run ./dev bench")
    text = PAGE.read_text(encoding="utf-8")
    fresh, count = re.subn(re.escape(BEGIN) + ".*?" + re.escape(END), lambda _: written(known), text, flags=re.S)
    if count != 1:
        sys.exit(f"page: {PAGE.name} has no place for figures, or more than one")
    PAGE.write_text(fresh, encoding="utf-8", newline="\n")


if __name__ == "__main__":
    write()
