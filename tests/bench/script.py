"""Ferry beside what somebody would write instead: a script on the official npm client, against the same twin."""
import collections
import json
import os
import pathlib
import subprocess
import sys
import time

import ground

COUNT = 10_000
VERSION = "20.0.0"
MODULES = pathlib.Path(os.environ.get("FERRY_BENCH_MODULES", pathlib.Path.home() / ".cache" / "ferry-bench" / f"xero-node-{VERSION}"))
LATER_MS = 15 * 60_000  # both start again with the next quarter of an hour


def install():
    if not (MODULES / "node_modules" / "xero-node").exists():
        MODULES.mkdir(parents=True, exist_ok=True)
        (MODULES / "package.json").write_text('{"private": true}\n')
        subprocess.run(["npm", "install", "--no-audit", "--no-fund", f"xero-node@{VERSION}"], cwd=MODULES, check=True, stdout=sys.stderr)


def script_command(play):
    settings = play.folder / "script.json"
    xero = json.loads((play.seeds / "xero.json").read_text())
    settings.write_text(json.dumps({
        "modules": str(MODULES), "state": str(play.folder / "script-state.json"), "payhawk": f"http://127.0.0.1:{play.port}/payhawk",
        "account": play.account, "key": ground.stage.KEY, "fund": "1101", "bank": "PHWK-GBP", "xero": f"http://127.0.0.1:{play.port}/xero",
        "tenant": xero["tenant"]["id"], "client_id": play.client["id"], "client_secret": play.client["secret"]}))
    return ["/usr/bin/env", "node", pathlib.Path(__file__).with_name("script.mjs"), settings]


def ferry_command(play):
    return [ground.BUILD / "bin" / "ferry", "--config", play.config, "sync", ground.NAME]


def one_run(command_of):
    with ground.Ground(ground.seeds(COUNT)) as play:
        play.ferry("connect", ground.NAME)
        spent = play.metered(command_of(play))
        assert len(play.shelf("Payments")) == COUNT
        return spent


# ---- killed halfway

def writes(play):
    return play.calls()["xero_writes"]


def killed_and_again(command_of):
    """Killed halfway through the bills: how many documents stand in Xero more than once afterwards, and how many are missing."""
    with ground.Ground(ground.seeds(COUNT)) as play:
        play.ferry("connect", ground.NAME)
        process = subprocess.Popen(command_of(play), env=play.environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        while writes(play) < COUNT / 100 and process.poll() is None:
            time.sleep(0.005)
        process.kill()
        process.wait()
        play.ask("/__twin/clock", {"advance_ms": LATER_MS})
        subprocess.run(command_of(play), env=play.environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=False)
        bills = collections.Counter(bill["InvoiceNumber"] for bill in play.shelf("Invoices"))
        payments = collections.Counter(one["Invoice"]["InvoiceNumber"] for one in play.shelf("Payments"))
        doubles = sum(count - 1 for count in bills.values()) + sum(count - 1 for count in payments.values())
        return doubles, 2 * COUNT - len(bills) - len(payments)


def script(figures, runs):
    install()
    ours, theirs = [], []
    for _ in range(runs):  # in turn, so that whatever else the machine does meets both
        ours.append(one_run(ferry_command))
        theirs.append(one_run(script_command))
    for name, key, unit in (("cpu", "cpu", "s"), ("memory", "peak_mb", "MB"), ("time", "seconds", "s")):
        figures.add(f"script_{name}", [run[key] for run in theirs], unit)
        figures.add(f"{name}_ratio_to_script", [a[key] / b[key] for a, b in zip(ours, theirs)], "×")
    for name, command_of in (("", ferry_command), ("script_", script_command)):
        found = [killed_and_again(command_of) for _ in range(runs)]
        figures.add(f"{name}doubles_after_kill", [doubles for doubles, _ in found], "documents", "0" if not name else "")
        figures.add(f"{name}missing_after_kill", [missing for _, missing in found], "documents", "0" if not name else "")
