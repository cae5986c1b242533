"""100,000 card expenses without files: the peak of memory beside that of a tenth of them, and what one change costs afterwards.

One run: it is long, and its memory hardly differs from run to run.
"""
import json

import ground
import sync

COUNT = 100_000
LATER_MS = 15 * 60_000  # the next run of the daemon would be then


def open_invoice(play):
    """What is paid is not changed any more, and all of the seeds is: one more expense, which nobody has paid yet."""
    first = json.loads((play.seeds / "payhawk.json").read_text())["expenses"][0]
    document = {**first["document"], "documentNumber": "OPEN-1", "documentType": "invoice"}
    expense = {**first, "id": "9000001", "type": "bank", "isPaid": False, "document": document}
    del expense["settledAt"]
    play.ask("/__twin/payhawk/edit", {"list": "expenses", "add": expense})
    return expense


def one_change(play, expense):
    """The expense says something else; its bill has to."""
    lines = [{**line, "note": "said otherwise"} for line in expense["lineItems"]]
    play.ask("/__twin/payhawk/edit", {"expense": expense["id"], "set": {"lineItems": lines}})
    play.ask("/__twin/clock", {"advance_ms": LATER_MS})
    before = play.calls()
    spent = play.measured("sync", ground.NAME)
    after = play.calls()
    assert after["xero_writes"] == before["xero_writes"] + 1, "one bill is written, and nothing else"
    spent["calls"] = after["xero_total"] + after["payhawk_total"] - before["xero_total"] - before["payhawk_total"]
    return spent


def whole(count):
    """Everything for the first time; then one change."""
    with ground.Ground(ground.seeds(count)) as play:
        expense = open_invoice(play)
        play.ferry("connect", ground.NAME)
        spent = play.measured("sync", ground.NAME)
        sync.check(play, count, unpaid=1)
        return spent, one_change(play, expense)


def large(figures, _, count):
    tenth, _ = whole(count // 10)
    all_of_them, one = whole(count)
    figures.add("large_peak_memory_mb", [all_of_them["peak_mb"]], "MB")
    figures.add("large_peak_memory_over_tenth", [all_of_them["peak_mb"] / tenth["peak_mb"]], "×", "≤ 1.1")
    figures.add("large_records_per_second", [count / all_of_them["seconds"]], "1/s")
    figures.add("large_cpu_seconds_per_1000", [all_of_them["cpu"] * 1000 / count], "s")
    figures.add("large_one_change_seconds", [one["seconds"]], "s")
    figures.add("large_one_change_cpu_seconds", [one["cpu"]], "s")
    figures.add("large_one_change_calls", [one["calls"]], "calls")
