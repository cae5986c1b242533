"""What it takes to evaluate a mapping, over the records of all connectors' fixtures (map.c)."""
import json
import subprocess

import ground

REPEATS = 20
BATCH = 200  # roots: PLAN_BATCH_ROOTS


def one_run(name):
    words = [ground.BUILD / "bin" / "bench_map", ground.BUILD / "connectors" / f"{name}.so",
             ground.ROOT / "plugins" / name / "fixtures", ground.BUILD / "bin" / "ferry-worker", str(REPEATS)]
    return json.loads(subprocess.run(words, stdout=subprocess.PIPE, text=True, check=True).stdout)


def mapping(figures, runs):
    taken = {name: [one_run(name) for _ in range(runs)] for name in ground.CONNECTORS}
    for name, all_runs in taken.items():
        figures.add(f"map_{name}_us_per_root", [run["seconds"] * 1e6 / run["evaluations"] for run in all_runs], "µs")
        figures.add(f"map_{name}_batch_mb", [run["arena_bytes_per_root"] * BATCH / 1e6 for run in all_runs], "MB")
    figures.add("mappings_evaluated_per_second",
                [sum(run["evaluations"] for run in runs) / sum(run["seconds"] for run in runs) for runs in zip(*taken.values())], "1/s")
