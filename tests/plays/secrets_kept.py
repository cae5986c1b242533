"""Secrets stay where they are: planted everywhere, and looked for in everything that Ferry says, keeps and shows."""
import base64
import json
import os
import pathlib
import re
import shutil
import signal
import socket
import subprocess
import time
import urllib.parse
import urllib.request

import stage
from server import Server, pass_on

NAME = "harbour-payhawk"
ZERO_GUID = "00000000-0000-0000-0000-000000000000"


class Leaky(Server):
    """Both APIs, as careless as can be: passes everything on to the twin, or says back what it was told."""

    def __init__(self, twin_port):
        self.twin_port, self.secrets, self.echoes = twin_port, set(), ""  # "", "writes" or "all"
        super().__init__(self.answer)

    def answer(self, asked):
        self.note_request(asked)
        if self.echoes:
            return self.echo(asked)
        status, headers, body = pass_on(self.twin_port, asked)
        if asked["path"].endswith("/connect/token"):
            self.note(value for name, value in json.loads(body).items() if name.endswith("_token"))
        return status, headers, body

    def note(self, texts):
        self.secrets.update(text for text in texts if text and len(text) >= 8)

    def note_request(self, asked):
        for name, value in asked["headers"].items():
            if name.lower() == "authorization":
                kind, _, secret = value.partition(" ")
                self.note([secret])
                if kind == "Basic":
                    self.note(base64.b64decode(secret).decode().split(":")[1:])
            elif name.lower() == "x-payhawk-apikey":
                self.note([value])
        if asked["path"].endswith("/connect/token"):
            form = dict(urllib.parse.parse_qsl(asked["body"].decode()))
            self.note(form.get(name) for name in ("code", "code_verifier", "refresh_token", "client_secret"))

    def echo(self, asked):
        said = "; ".join(f"{name}: {value}" for name, value in asked["headers"].items())
        if asked["path"].endswith("/connect/token"):
            said += asked["body"].decode()
            return 400, {"WWW-Authenticate": said[:500]}, json.dumps({"error": "invalid_request", "error_description": said, "detail": said}).encode()
        if "/payhawk/" in asked["path"]:
            return self.echo_source(asked, said)
        if asked["method"] in ("PUT", "POST") and asked["body"].startswith(b"{"):
            return self.echo_elements(asked, said)
        if asked["method"] == "GET" and (self.echoes == "writes" or "/Invoices" not in asked["path"]):
            return pass_on(self.twin_port, asked)
        return 500, {"Content-Type": "text/plain", "X-Told": said[:500]}, f"Cannot {asked['method']} with {said}".encode()

    def echo_source(self, asked, said):
        if not asked["path"].split("?")[0].endswith("/expenses"):
            if self.echoes == "writes":
                return pass_on(self.twin_port, asked)
            return 400, {}, json.dumps({"code": "VALIDATION_ERROR", "message": f"Not with {said}"}).encode()
        status, headers, body = pass_on(self.twin_port, asked)
        page = json.loads(body)
        for item, field in zip(page["items"], ("note", "createdAt", "status", "title")):
            item[field] = said
        return status, headers, json.dumps(page).encode()

    def echo_elements(self, asked, said):
        """Xero's way to refuse each element, with the reason that people are shown."""
        (name, elements), = json.loads(asked["body"]).items()
        key = name[:-1] + "ID"
        for element in elements:
            element.update({key: ZERO_GUID, "StatusAttributeString": "ERROR", "HasValidationErrors": True,
                            "ValidationErrors": [{"Message": f"The login does not allow this: {said}"}]})
        return 200, {}, json.dumps({name: elements}).encode()


# ---- where they are looked for -----------------------------------------------------------------------


def spellings(secret):
    yield secret.encode()
    yield urllib.parse.quote(secret, safe="").encode()
    yield base64.b64encode(secret.encode()).rstrip(b"=")
    yield json.dumps(secret)[1:-1].replace("/", "\\/").encode()


def find(secrets, where, text):
    text = text if isinstance(text, bytes) else text.encode()
    for secret in sorted(secrets):
        for spelling in set(spellings(secret)):
            at = text.find(spelling)
            assert at < 0, f"a secret ({secret[:4]}…, {len(secret)} characters) stands in {where}: …{text[max(0, at - 80):at]!r}"


COMMANDS = [["status"], ["status", "--json"], ["held"], ["held", "--json"], ["audit"], ["audit", "--json"], ["doctor"], ["doctor", "--json"],
            ["check-config"], ["history", "--json"], ["accounts", NAME], ["connector", "list"], ["connector", "show", "payhawk"],
            ["key", "status"], ["do", NAME], ["sync", NAME], ["plan", NAME], ["map", NAME, "bill"]]


ALSO = [["status", "--json"], ["held"], ["audit"], ["sync", NAME]]


def look_everywhere(play, secrets, when, commands=ALSO):
    for words in commands:
        done = play.ferry(*words, check=False)
        find(secrets, f"what `ferry {' '.join(words)}` says, {when}", done.stdout + done.stderr)
    for path in [*play.folder.glob("ferry.db*"), *(play.folder / "spool").glob("**/*"), *play.folder.glob("*.log"), *play.folder.glob("plan*")]:
        if path.is_file() and path.name != "twin.log":
            find(secrets, f"{path.name}, {when}", path.read_bytes())


def look_at_process(pid, secrets, who):
    for name in ("cmdline", "environ"):
        find(secrets, f"/proc/…/{name} of {who}", pathlib.Path(f"/proc/{pid}/{name}").read_bytes())
    limits = pathlib.Path(f"/proc/{pid}/limits").read_text()
    assert re.search(r"Max core file size\s+0\s+0\s", limits), f"{who} may leave a core file"


def children(pid):
    return [int(path.parent.name) for path in pathlib.Path("/proc").glob("[0-9]*/stat")
            if f") S {pid} " in (text := read_stat(path)) or f") R {pid} " in text]


def read_stat(path):
    try:
        return path.read_text()
    except OSError:
        return ""


# ---- the plays ---------------------------------------------------------------------------------------


def through(play, leaky, more=""):
    """The config of an app that people consent to, with a client secret, whose APIs are the careless ones."""
    play.write_config()
    text = play.config.read_text().replace("kind: custom", "kind: user").replace(f"127.0.0.1:{play.port}/", f"127.0.0.1:{leaky.port}/")
    text = text.replace("      token_url:", f"      login_url: http://127.0.0.1:{play.port}/xero/identity/connect/authorize\n      token_url:")
    play.config.write_text(more + text)


def consent(play):
    process = subprocess.Popen([play.build / "bin" / "ferry", "--config", play.config, "connect", NAME], env=play.environment,
                               stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
    said = ""
    for line in process.stdout:
        said += line
        found = re.search(r"http://127\.0\.0\.1\S+", line)
        if found:
            urllib.request.urlopen(found.group()).read()
            break
    said += process.stdout.read()
    assert process.wait(20) == 0, said
    return said


def planted(play, leaky):
    key = (play.folder / "ferry.key").read_text().strip()
    return leaky.secrets | {stage.KEY, play.client["secret"], key}


def free_port():
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return one.getsockname()[1]


def secrets_do_not_come_back(play):
    """APIs that repeat what they were told, in every answer that people or files get to see."""
    with Leaky(play.port) as leaky:
        through(play, leaky)
        find(planted(play, leaky), "what `ferry connect` says", consent(play))
        play.ask("/__twin/clock", {"advance_ms": 40 * 60_000})
        play.ferry("plan", NAME, "-o", play.folder / "plan.json")
        assert len(leaky.secrets) >= 6, "code, verifier, two tokens of each kind, the client's secret"
        leaky.echoes = "writes"
        first = play.ferry("sync", NAME, check=False)
        find(planted(play, leaky), "what `ferry sync` says", first.stdout + first.stderr)
        held = play.ferry("held", "--json").stdout
        assert "The login does not allow this" in held, "the echo must have come as far as people"
        look_everywhere(play, planted(play, leaky), "while both APIs repeat what they refuse", COMMANDS)
        leaky.echoes = "all"
        look_everywhere(play, planted(play, leaky), "while both APIs repeat everything")
        play.ask("/__twin/clock", {"advance_ms": 40 * 60_000})
        look_everywhere(play, planted(play, leaky), "when the token server repeats everything, too")
        leaky.echoes = ""
        play.ferry("sync", NAME, check=False)
        play.ferry("key", "rotate")
        look_everywhere(play, planted(play, leaky), "afterwards")


def secrets_are_not_in_processes(play):
    """A daemon under way: its log, its metrics, /proc, and what is left when it is shot."""
    port = free_port()
    with Leaky(play.port) as leaky:
        through(play, leaky, more=f"metrics: 127.0.0.1:{port}\n")
        consent(play)
        leaky.echoes = "writes"
        log = play.folder / "daemon.log"
        daemon = subprocess.Popen([play.build / "bin" / "ferry", "--config", play.config, "run"], env=play.environment, cwd=play.folder,
                                  stdout=subprocess.DEVNULL, stderr=log.open("w"))
        try:
            for _ in range(300):
                if (play.folder / "ferry.sock").exists() and len(leaky.asked) > 60:
                    break
                time.sleep(0.1)
            look_at_process(daemon.pid, planted(play, leaky), "ferry run")
            metrics = urllib.request.urlopen(f"http://127.0.0.1:{port}/metrics").read()
            assert b"ferry_" in metrics
            find(planted(play, leaky), "the metrics", metrics)
            look_everywhere(play, planted(play, leaky), "while the daemon runs")
        finally:
            daemon.send_signal(signal.SIGABRT)
            assert daemon.wait(20) == -signal.SIGABRT
        find(planted(play, leaky), "the log", log.read_bytes())
        assert not list(play.folder.glob("core*")), "a core file"


def secrets_do_not_reach_the_worker(play):
    """A connector that hangs is looked at while it does."""
    attacks = play.folder / "attacks"
    attacks.mkdir()
    shutil.copyfile(play.build / "attack" / "half_then_sleeps.so", attacks / "half-then-sleeps.so")
    (attacks / "half-then-sleeps.so").chmod(0o644)
    text = play.config.read_text().replace(f"path: [{play.build / 'connectors'}]", f"path: [{play.build / 'connectors'}, {attacks}]")
    play.config.write_text(text + f'  hangs:\n    connector: half-then-sleeps\n    organisation: {{ name: "{play.organisation}", app: main }}\n'
                           "    login: { api_key: { env: TWIN_PAYHAWK_KEY } }\n")
    ferry = subprocess.Popen([play.build / "bin" / "ferry", "--config", play.config, "status"], env=play.environment,
                             stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
    secrets, seen = {stage.KEY, play.client["secret"]}, False
    while ferry.poll() is None:
        for pid in children(ferry.pid):
            try:
                if b"ferry-worker" in pathlib.Path(f"/proc/{pid}/cmdline").read_bytes():
                    time.sleep(0.5)
                    look_at_process(pid, secrets, "ferry-worker")
                    look_at_process(ferry.pid, secrets, "ferry")
                    assert len(list(pathlib.Path(f"/proc/{pid}/fd").iterdir())) <= 5, "the worker has more open than its own"
                    seen = True
            except FileNotFoundError:
                pass  # it was quicker
        time.sleep(0.05)
    find(secrets, "what `ferry status` says", ferry.stdout.read())
    assert seen, "no worker was seen"


PLANTED = "sk_live_Planted0123456789"


def secrets_in_wrong_places_are_not_repeated(play):
    """What people write into the config by mistake."""
    right = play.config.read_text()
    wrong = [("login: { api_key: { env: TWIN_PAYHAWK_KEY } }", f"login: {{ api_key: {there} }}")
             for there in (PLANTED, f"{{ env: {PLANTED} }}", f"{{ text: {PLANTED} }}", f"[{PLANTED}]", f"{{ env: [{PLANTED}] }}", f'{{ env: "{PLANTED} x" }}')]
    wrong += [("client_secret: { env: TWIN_XERO_SECRET }", f"client_secret: {there}")
              for there in (PLANTED, f"{{ env: {PLANTED} }}", f'"{PLANTED}', f"{{ file: {{ a: {PLANTED} }} }}", f"*{PLANTED}", f"!{PLANTED} x", f"{{ env: \t{PLANTED}: }}")]
    wrong += [("login: {", f"login: {PLANTED} {{"), ("options: {", f"options: {{ api_key: {PLANTED},")]
    for before, after in wrong:
        assert before in right
        play.config.write_text(right.replace(before, after))
        for words in (["check-config"], ["status", "--json"], ["sync", NAME]):
            done = play.ferry(*words, check=False, timeout=20)
            find({PLANTED}, f"what `ferry {' '.join(words)}` says of {after!r}", done.stdout + done.stderr)
    play.config.write_text(right)


def secrets_are_not_for_neighbours(play):
    """Other processes of the same user cannot look into Ferry's memory or environment; told by whom /proc belongs to."""
    if os.geteuid() != 0 or "asan" in str(play.build) or "tsan" in str(play.build):
        return  # only root can become somebody else; with a sanitizer there is more to see
    for path in [play.folder, *play.folder.rglob("*")]:
        os.chown(path, 65534, 65534)
    daemon = subprocess.Popen([play.build / "bin" / "ferry", "--config", play.config, "run"], env=play.environment, user=65534, group=65534,
                              extra_groups=[], stderr=(play.folder / "daemon.log").open("w"))
    try:
        for _ in range(200):
            if (play.folder / "ferry.sock").exists() or daemon.poll() is not None:
                break
            time.sleep(0.05)
        assert daemon.poll() is None, (play.folder / "daemon.log").read_text()
        assert os.stat(f"/proc/{daemon.pid}/environ").st_uid == 0, "ferry can be looked into"
    finally:
        daemon.terminate()
        daemon.wait(20)


ALL = [secrets_do_not_come_back, secrets_are_not_in_processes, secrets_do_not_reach_the_worker, secrets_in_wrong_places_are_not_repeated,
       secrets_are_not_for_neighbours]
