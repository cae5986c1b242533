"""What a daemon keeps in memory that has nothing to do."""
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


def one_daemon(play):
    """Private memory of a daemon, once it runs and has been quiet for a while."""
    process = subprocess.Popen([ground.BUILD / "bin" / "ferry", "--config", play.config, "run"], env=play.environment,
                               stdout=subprocess.DEVNULL, stderr=open(play.folder / "daemon.log", "w"))
    try:
        while '"running"' not in (play.folder / "daemon.log").read_text():
            assert process.poll() is None, (play.folder / "daemon.log").read_text()
            time.sleep(0.1)
        time.sleep(2)
        return private_mb(process.pid)
    finally:
        process.terminate()
        process.wait()


def idle(figures, runs):
    with ground.Ground(ground.seeds(200), clock=False) as play:
        play.write_config("    flows: { expenses: off }\n")
        play.ferry("connect", ground.NAME)
        alone = [one_daemon(play) for _ in range(runs)]
        with play.config.open("a") as config:
            for i in range(MORE):
                config.write(ANOTHER.format(i=i, organisation=play.organisation, port=play.port))
        many = [one_daemon(play) for _ in range(runs)]
    figures.add("idle_private_mb", alone, "MB", "≤ 8")
    figures.add("memory_per_1000_idle_integrations_mb", [(b - a) * 1000 / MORE for a, b in zip(alone, many)], "MB", "≤ 4")
