"""A stage for plays: twins on loopback, a store of its own, a clock that stands still, and Ferry.

FERRY_UNDER, in the environment, is a command under which Ferry is run: a debugger, valgrind.
"""
import json
import os
import pathlib
import re
import shlex
import shutil
import signal
import subprocess
import sys
import tempfile
import time
import urllib.request

ROOT = pathlib.Path(__file__).resolve().parent.parent.parent
SEEDS = ROOT / "tests" / "twin" / "seeds" / "harbour"
START = "2026-11-03T08:00:00Z"
KEY = "twin-payhawk-key"

CONFIG = """\
store: sqlite:{folder}/ferry.db
spool: {folder}/spool
socket: {folder}/ferry.sock
key: {{ file: {folder}/ferry.key }}
{clock}
xero:
  apps:
    main:
      kind: custom
      client_id: {client_id}
      client_secret: {{ env: TWIN_XERO_SECRET }}
      api_url: http://127.0.0.1:{port}/xero
      token_url: http://127.0.0.1:{port}/xero/identity/connect/token
      connections_url: http://127.0.0.1:{port}/xero/connections
connectors:
  path: [{connectors}]
integrations:
  harbour-payhawk:
    connector: payhawk
    organisation: {{ name: "{organisation}", app: main }}
    login: {{ api_key: {{ env: TWIN_PAYHAWK_KEY }} }}
    base_url: http://127.0.0.1:{port}/payhawk
    options: {{ account: {account}, fee_account: {fees}, advances_account: {advances}{options} }}
{more}"""


class Stage:
    """Everything a play needs; ends what it started when it is closed."""

    capture = True  # every request is written down, for `compare` of requests with Xero's description

    def __init__(self, build, seeds=SEEDS, clock=True, folder=None):
        self.build = pathlib.Path(build)
        self.under = shlex.split(os.environ.get("FERRY_UNDER", ""))
        self.seeds = pathlib.Path(seeds)
        self.folder = pathlib.Path(folder or tempfile.mkdtemp(prefix="ferry-play-"))
        self.clock = self.folder / "clock" if clock else None
        self.twin = None
        xero = json.loads((self.seeds / "xero.json").read_text())
        self.client = xero["client"]
        self.organisation = xero["organisation"]["Name"]
        self.accounts = {account["Code"]: account["AccountID"] for account in xero["accounts"]}
        self.account = json.loads((self.seeds / "payhawk.json").read_text())["account_id"]
        self.environment = dict(os.environ, TWIN_XERO_SECRET=self.client["secret"], TWIN_PAYHAWK_KEY=KEY)

    def __enter__(self):
        self.start_twin()
        self.write_config()
        return self

    def __exit__(self, *_):
        self.stop_twin()
        shutil.rmtree(self.folder, ignore_errors=True)

    # ---- the twin

    def start_twin(self):
        port_file = self.folder / "port"
        port_file.unlink(missing_ok=True)
        words = [self.build / "bin" / "ferry-twin", "--port", "0", "--port-file", port_file, "--seeds", self.seeds]
        if self.capture:
            words += ["--capture", self.folder / "capture.jsonl"]
        if self.clock:
            words += ["--clock", self.clock, "--start", START]
        self.twin = subprocess.Popen(words, stderr=open(self.folder / "twin.log", "w"))
        while not (port_file.exists() and port_file.read_text().strip()):
            if self.twin.poll() is not None:
                sys.exit(f"ferry-twin: {(self.folder / 'twin.log').read_text()}")
            time.sleep(0.01)
        self.port = int(port_file.read_text())

    def stop_twin(self):
        if self.twin:
            self.twin.send_signal(signal.SIGTERM)
            self.twin.wait()
            self.twin = None

    def ask(self, path, body=None):
        data = None if body is None else json.dumps(body).encode()
        request = urllib.request.Request(f"http://127.0.0.1:{self.port}{path}", data=data)
        with urllib.request.urlopen(request) as reply:
            return json.load(reply)

    def documents(self):
        path = self.folder / "documents.json"
        with urllib.request.urlopen(f"http://127.0.0.1:{self.port}/__twin/documents") as reply:
            path.write_bytes(reply.read())
        return path

    # ---- Ferry

    def write_config(self, more="", options=""):
        """more: further lines of the integration; options: further ones of its options."""
        if not (self.folder / "ferry.key").exists():
            (self.folder / "ferry.key").write_text(os.urandom(32).hex() + "\n")
            (self.folder / "ferry.key").chmod(0o600)
        self.config = self.folder / "ferry.yaml"
        self.config.write_text(CONFIG.format(
            folder=self.folder, clock=f"clock: {self.clock}" if self.clock else "", port=self.port, client_id=self.client["id"],
            connectors=self.build / "connectors", organisation=self.organisation, account=self.account,
            fees=self.accounts.get("404"), advances=self.accounts.get("090"), more=more, options=options))

    def command(self, *words):
        """How Ferry is called."""
        return [*self.under, self.build / "bin" / "ferry", "--config", self.config, *words]

    def ferry(self, *words, environment=None, check=True, quiet=True, **more):
        """Run one command; returns the finished process."""
        done = subprocess.run(self.command(*words),
                              env={**self.environment, **(environment or {})}, stdout=subprocess.PIPE,
                              stderr=subprocess.PIPE if quiet else None, text=True, **more)
        if done.stderr and re.search("Sanitizer: |runtime error: ", done.stderr):
            sys.exit(f"ferry {' '.join(map(str, words))}:\n{done.stderr}")
        if check and done.returncode != 0:
            sys.exit(f"ferry {' '.join(map(str, words))}: exit {done.returncode}\n{done.stdout}\n{done.stderr}")
        return done

    def begin(self, *words):
        """A command under way; the process."""
        return subprocess.Popen(self.command(*words), env=self.environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)

    def answer(self, *words, **more):
        return json.loads(self.ferry(*words, "--json", **more).stdout)

    def compare(self):
        """What is different from what the seeds say ought to be there; [] when nothing is."""
        done = subprocess.run([sys.executable, ROOT / "tests" / "expect" / "expect.py", self.seeds, "--compare", self.documents()],
                              stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
        return [] if done.returncode == 0 else done.stdout.splitlines()
