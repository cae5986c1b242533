"""Card expenses without files become bills and payments, nothing throttled."""
import ground

COUNT, COUNT_OF_LOOP = 10_000, 2000


def one_run(count, probe=False):
    with ground.Ground(ground.seeds(count)) as play:
        play.ferry("connect", ground.NAME)
        before = play.calls()
        spent = play.measured("sync", ground.NAME, probe=probe)
        after = play.calls()
        check(play, count)
        spent["xero_calls"] = after["xero_total"] - before["xero_total"]
        spent["source_calls"] = after["payhawk_total"] - before["payhawk_total"]
        return spent


def check(play, count, unpaid=0):
    """A figure of work that was not done is no figure."""
    done = play.answer("status")["integrations"][0]["documents"]
    for mapping, wanted in (("bill", count + unpaid), ("payment", count)):
        assert done[mapping] == {"done": wanted}, (mapping, done)


def sync(figures, runs, count):
    all_runs = [one_run(count) for _ in range(runs)]
    figures.add("calls_per_record", [run["xero_calls"] / count for run in all_runs], "calls", "≤ 0.042")
    figures.add("source_calls_per_record", [run["source_calls"] / count for run in all_runs], "calls")
    figures.add("records_per_second", [count / run["seconds"] for run in all_runs], "1/s", "≥ 5000")
    figures.add("cpu_seconds_per_1000", [run["cpu"] * 1000 / count for run in all_runs], "s", "≤ 0.08")
    figures.add("peak_memory_mb", [run["peak_mb"] for run in all_runs], "MB", "≤ 30")
    probed = one_run(count, probe=True)
    figures.add("syncs_per_1000", [probed["syncs"] * 1000 / count], "fsyncs")


def loop(figures, runs, count):
    """The longest stretch in which the loop did not come back to waiting: no callback was longer."""
    all_runs = [one_run(count, probe=True) for _ in range(runs)]
    figures.add("loop_longest_ms", [run["loop_longest_ms"] for run in all_runs], "ms", "≤ 20")
    figures.add("loop_999_of_1000_ms", [run["loop_most_ms"] for run in all_runs], "ms")
