"""Two organisations under one app: how soon the small one's first bill stands in Xero, while a large one has its backlog in front.

Both organisations are in one twin, with Xero's limits on, and both integrations in one daemon, which has one app, one loop and one
store. The small one's Payhawk is a second twin, on the same clock: a twin has one Payhawk account.

The clock goes as fast as the machine's, so what is computed takes its time on it, and moves on when nothing is left but to wait.
The large one is under way; the small one is connected then, which makes its first run begin at once. Time is counted from where that
run begins, by Ferry's own record, to the twin's answer to the first request that made bills there.
"""
import contextlib
import json
import re
import shutil
import sqlite3
import subprocess
import time
import urllib.request

import ground

COUNT, SMALL = 100_000, 20
LEAST = 5000  # fewer are no backlog: a minute's calls write half of them
NAME = "tidepool-payhawk"
LIMITS = {"minute": 60, "day": 5000}
PATIENCE_S = 3600  # of the machine, until there is something to be seen

ANOTHER = """\
  {name}:
    connector: payhawk
    organisation: {{ name: "{organisation}", app: main }}
    login: {{ api_key: {{ env: TWIN_PAYHAWK_KEY }} }}
    base_url: http://127.0.0.1:{port}/payhawk
    options: {{ account: {account}, fee_account: {fees}, advances_account: {advances} }}
"""


def both(count):
    """Seeds of the large company, in whose twin the small one's organisation is the second."""
    large, small = ground.seeds(count), ground.seeds(SMALL, other=True)
    folder = ground.BUILD / "bench" / f"{count}-and-other"
    folder.mkdir(exist_ok=True)
    for path, name in ((large / "payhawk.json", "payhawk.json"), (large / "xero.json", "xero.json"), (small / "xero.json", "xero-2.json")):
        (folder / name).unlink(missing_ok=True)
        (folder / name).symlink_to(path)
    return folder


class Two(ground.Ground):
    """A stage with both; people consent to its app, for an app of one organisation cannot have two."""

    capture = True  # it says when a request came, and for whom

    def __init__(self, count):
        super().__init__(both(count), limits=LIMITS)
        self.small = ground.Ground(ground.seeds(SMALL, other=True), limits=LIMITS)
        self.small.clock = self.clock
        self.small.capture = False

    def __enter__(self):
        super().__enter__()
        self.small.start_twin()
        text = self.config.read_text().replace("kind: custom", "kind: user")
        text = text.replace("      token_url:", f"      login_url: http://127.0.0.1:{self.port}/xero/identity/connect/authorize\n      token_url:")
        small = self.small
        self.config.write_text(text + ANOTHER.format(name=NAME, organisation=small.organisation, port=small.port, account=small.account,
                                                     fees=small.accounts["404"], advances=small.accounts["090"]))
        return self

    def __exit__(self, *problem):
        self.small.stop_twin()
        shutil.rmtree(self.small.folder, ignore_errors=True)
        super().__exit__(*problem)

    def consent(self, name):
        process = subprocess.Popen(self.command("connect", name), env=self.environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
                                   text=True)
        for line in process.stdout:
            found = re.search(r"http://127\.0\.0\.1\S+", line)
            if found:
                urllib.request.urlopen(found.group()).read()
                break
        said = process.stdout.read()
        assert process.wait(60) == 0, said

    @contextlib.contextmanager
    def daemon(self):
        with open(self.folder / "daemon.log", "w") as log:
            process = subprocess.Popen(self.command("run"), env=self.environment, stdout=subprocess.DEVNULL, stderr=log)
        try:
            yield process
        finally:
            process.terminate()
            process.wait()

    def tenant(self):
        return json.loads((self.small.seeds / "xero.json").read_text())["tenant"]["id"]

    def bills_of_small(self):
        return self.ask(f"/__twin/documents?type=Invoices&tenant={self.tenant()}")["Invoices"]

    def first_bills_ms(self):
        """When the twin answered the request that made the first of them."""
        with open(self.folder / "capture.jsonl") as lines:
            for line in map(json.loads, lines):
                if (line["method"], line["path"], line["status"], line["headers"].get("xero-tenant-id")) == (
                        "PUT", "/xero/api.xro/2.0/Invoices", 200, self.tenant()):
                    return line["at_ms"]
        raise AssertionError("the small organisation has no bill")

    def stored(self, question):
        """The first value of the first row; None when there is no row."""
        with contextlib.closing(sqlite3.connect(f"file:{self.folder / 'ferry.db'}?mode=ro", uri=True)) as store:
            row = store.execute(question).fetchone()
        return row and row[0]

    def begun_ms(self):
        """When the first run of the integration that was connected last began."""
        return self.stored("SELECT begun_ms FROM run WHERE integration = (SELECT max(integration) FROM run) ORDER BY id")


def wait_until(daemon, seen):
    until = time.monotonic() + PATIENCE_S
    while not seen():
        assert daemon.poll() is None, "the daemon ended"
        assert time.monotonic() < until, "nothing happens"
        time.sleep(0.02)


def reads_source(play):
    """The large one's expenses are being read."""
    return play.calls()["payhawk"].get("GET /payhawk/api/v3/accounts/{account}/expenses", 0) > 0


def plans_documents(play):
    """The large one's documents are being worked out."""
    return play.stored("SELECT 1 FROM document WHERE root <> '' LIMIT 1") is not None


def writes_bills(play):
    """The large one's backlog is known, and its first minute's calls are used up."""
    calls = play.calls()["xero"]
    return calls.get("PUT /xero/api.xro/2.0/Invoices", 0) > 0 and sum(calls.values()) > LIMITS["minute"]


def one_run(count, under_way):
    with Two(count) as play:
        play.consent(ground.NAME)
        with play.paced(1), play.daemon() as daemon:
            wait_until(daemon, lambda: under_way(play))
            play.consent(NAME)
            wait_until(daemon, lambda: len(play.bills_of_small()) == SMALL)
            written = len(play.shelf("Invoices"))
        assert written < count, "there was no backlog left"
        return (play.first_bills_ms() - play.begun_ms()) / 1000


MOMENTS = {"first_bill_behind_large_s": writes_bills, "first_bill_while_large_is_read_s": reads_source,
           "first_bill_while_large_is_planned_s": plans_documents}


def fairness(figures, runs, count):
    runs = min(runs, 1) if count >= COUNT else runs  # minutes each, until the backlog is there
    for name, under_way in MOMENTS.items():
        figures.add(name, [one_run(max(count, LEAST), under_way) for _ in range(runs)], "s", "≤ 5")
