#!/usr/bin/env python3
"""seeds.py FOLDER COUNT [--files] [--other]: a twin's seeds with COUNT settled card expenses, always the same ones.

200 suppliers, none of which Xero knows; four of five expenses have one line, the others two; one wallet in pounds, paid in full.
--files: each expense has one file. --other: of another company, which shares nothing with the first. Built from the parts of tests/twin/seeds, so the records are shaped as those of the plays.
"""
import argparse
import pathlib
import sys

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent / "twin" / "seeds"))
import company  # noqa: E402
import make  # noqa: E402
import month  # noqa: E402
import writing  # noqa: E402
from book import Book, Line, Paid, Spent  # noqa: E402
from prng import Random  # noqa: E402

SEED = 20261104
SUPPLIERS = 200
CATEGORIES = ["rail", "taxi", "meals", "print", "post", "books", "saas", "motor", "timber", "train"]
FILE_BYTES = 20_000


def suppliers():
    return [(f"s{i}", f"Bench Supplier {i:03}", f"GB9{i:08}", "GB", f"ledger{i}@supplier.example", f"{i} Quay Street, Whitby")
            for i in range(SUPPLIERS)]


def spent(random, number, with_files):
    count = 2 if random.chance(20) else 1
    lines = [month.line(random, random.pick(CATEGORIES), "GBP", True) for _ in range(count)]
    for line in lines:
        line.own_field = None
    day, clock = random.between(1, 28), f"{random.between(6, 20):02}:{random.between(0, 59):02}:{random.between(0, 59):02}"
    total = sum(month.Decimal(line.amount) for line in lines)
    return Spent("card", f"2026-10-{day:02} {clock}", lines, user=random.pick([row[0] for row in company.PEOPLE[2:]]),
                 supplier=f"s{number % SUPPLIERS}", paid=[Paid(f"2026-10-{day + 1:02} {clock}", str(total))],
                 number=f"R{number:06}", dated=f"2026-10-{day:02}", note=random.pick(month.NOTES) if random.chance(60) else None,
                 files=[(f"receipt-{number}.pdf", FILE_BYTES)] if with_files else [])


def write(folder, count, with_files=False, other=False):
    folder = pathlib.Path(folder)
    random = Random(SEED + other)
    if other:
        company.NAME, company.ACCOUNT_ID = "Tidepool Books Ltd", "tidepoolbooks_b71d20c4"
    company.SUPPLIERS, company.CONTACTS = suppliers(), []
    company.FUNDS = company.FUNDS[:1]
    xero = make.xero_side(random)
    payhawk = Book(random, xero).write([spent(random, number, with_files) for number in range(count)])
    folder.mkdir(parents=True, exist_ok=True)
    for name, records in (("xero.json", xero), ("payhawk.json", payhawk)):
        (folder / name).write_text(writing.document(records), encoding="utf-8", newline="\n")


def main():
    words = argparse.ArgumentParser(description=__doc__)
    words.add_argument("folder")
    words.add_argument("count", type=int)
    words.add_argument("--files", action="store_true")
    words.add_argument("--other", action="store_true")
    given = words.parse_args()
    write(given.folder, given.count, given.files, given.other)


if __name__ == "__main__":
    main()
