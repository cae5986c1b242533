"""What a daemon keeps in memory that has nothing to do."""
import contextlib
import re
import subprocess
import time

import ground

MORE = 1000
ANOTHER = """\
  other-{i}:
    connector: payhawk
    organisation: {{ name: "{organisation}", app: main }}
    login: {{ api_key: {{ env: TWIN_PAYHAWK_KEY }} }}
    base_url: http://127.0.0.1:{port}/payhawk
    flows: {{ expenses: off }}
    options: {{ account: account-{i} }}
"""


def private_mb(pid):
    said = open(f"/proc/{pid}/smaps_rollup").read()
    return sum(int(kb) for kb in re.findall(r"^Private_(?:Clean|Dirty):\s+(\d+) kB", said, re.M)) / 1024


@contextlib.contextmanager
def daemon(play):
    """A daemon that has said that it runs."""
    log = play.folder / "daemon.log"
    process = subprocess.Popen([ground.BUILD / "bin" / "ferry", "--config", play.config, "run"], env=play.environment,
                               stdout=subprocess.DEVNULL, stderr=log.open("w"))
    try:
        while '"running"' not in log.read_text():
            assert process.poll() is None, log.read_text()
            time.sleep(0.1)
        yield process
    finally:
        process.terminate()
        process.wait()


def quiet_mb(play, integrations):
    """Private memory of a daemon, once each has had its first run and it has been quiet for a while."""
    with daemon(play) as process:
        log = play.folder / "daemon.log"
        while log.read_text().count('"run-ended"') < integrations:
            assert process.poll() is None, log.read_text()
            time.sleep(0.1)
        time.sleep(2)
        return private_mb(process.pid)


def connect_more(play):
    with play.config.open("a") as config:
        for i in range(MORE):
            config.write(ANOTHER.format(i=i, organisation=play.organisation, port=play.port))
    with daemon(play):
        for i in range(MORE):
            play.ferry("connect", f"other-{i}")


def idle(figures, runs):
    with ground.Ground(ground.seeds(200), clock=False) as play:
        play.write_config("    flows: { expenses: off }\n")
        play.ferry("connect", ground.NAME)
        alone = [quiet_mb(play, 1) for _ in range(runs)]
        connect_more(play)
        many = [quiet_mb(play, 1 + MORE) for _ in range(runs)]
    figures.add("idle_private_mb", alone, "MB", "≤ 8")
    figures.add("memory_per_1000_idle_integrations_mb", [(b - a) * 1000 / MORE for a, b in zip(alone, many)], "MB", "≤ 4")
