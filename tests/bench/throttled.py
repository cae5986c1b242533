"""Card expenses with a file each, and Xero's limits on: how much longer than the limits ask for, and what is refused.

Time is that of the twin's clock. It goes six times as fast as the machine's, which makes the twin's minute ten seconds: whatever is
computed costs six times as much there as it does here. When nothing is left to do but to wait, it moves on at once.
"""
import math

import ground
import seeds

COUNT = 6000
FASTER = 6
MINUTE_S, DAY_S = 60, 86400
BATCH = 50  # elements in one request, as many as Xero advises
# As Xero has them; the first without the day: at 5,000 calls a day 6,000 files take two of them whatever one does, and no minute counts.
LIMITS = {"minute": 60, "day": 100_000}
WITH_DAY = {"minute": 60, "day": 5000}
LOG_MOST = 5000  # the twin forgets what it logged before that


def fastest_s(calls, limits):
    """The least time that so many calls take when all before are long over.

    A limit of L calls in a span is kept for every stretch of that length, so call L + 1 leaves a span after the first at the earliest,
    and the last one leaves (calls - 1) // L spans after it. Whole days first; what is left over goes by the minute.
    """
    days, left = (calls - 1) // limits["day"], (calls - 1) % limits["day"]
    return days * DAY_S + left // limits["minute"] * MINUTE_S


def needed(count, reads):
    """Calls that count, if none is one too many: each file is one, suppliers, bills and payments go in full batches.

    reads: what was asked of Xero's lists, before anything was written; nine calls.
    """
    batches = math.ceil(min(count, seeds.SUPPLIERS) / BATCH) + 2 * math.ceil(count / BATCH)
    return count + batches + reads


def counted_reads(calls):
    return sum(number for name, number in calls["xero"].items() if name.startswith("GET /xero/api.xro/"))


def refused(play):
    log = play.ask("/__twin/log")
    assert len(log) < LOG_MOST, "the twin's log does not reach back to the start"
    return sum(entry["what"] == "limit" for entry in log)


def check(play, count):
    """A figure of work that was not done is no figure."""
    done = play.answer("status")["integrations"][0]["documents"]
    for mapping in ("bill", "payment", "receipt"):
        assert done[mapping] == {"done": count}, (mapping, done)
    assert len(play.shelf("Attachments")) == count


def one_run(count, limits):
    with ground.Ground(ground.seeds(count, files=True), limits=limits) as play:
        play.ferry("connect", ground.NAME)
        play.ask("/__twin/clock", {"advance_ms": (MINUTE_S + 1) * 1000})
        with play.paced(FASTER):
            begun = play.now_ms()
            play.measured("sync", ground.NAME)
            seconds = (play.now_ms() - begun) / 1000
        check(play, count)
        fastest = fastest_s(needed(count, counted_reads(play.calls())), limits)
        return seconds, fastest, refused(play)


def throttled(figures, runs, count):
    taken = [one_run(count, LIMITS) for _ in range(runs)]
    day_seconds, day_fastest, day_refusals = one_run(count, WITH_DAY)
    figures.add("time_over_fastest", [seconds / fastest for seconds, fastest, _ in taken], "×", "≤ 1.02")
    figures.add("throttled_minutes", [seconds / MINUTE_S for seconds, _, _ in taken], "min")
    figures.add("throttled_fastest_minutes", [fastest / MINUTE_S for _, fastest, _ in taken], "min")
    figures.add("own_429s", [*(refusals for _, _, refusals in taken), day_refusals], "calls", "0")
    figures.add("time_over_fastest_with_day", [day_seconds / day_fastest], "×")
