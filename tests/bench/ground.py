"""Where figures are taken: a stage with large seeds, and a program whose spending is measured."""
import contextlib
import json
import os
import pathlib
import subprocess
import sys
import time

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent / "plays"))
import stage  # noqa: E402

ROOT = stage.ROOT
BUILD = pathlib.Path(os.environ.get("FERRY_BUILD", ROOT / "build" / "release"))
NAME = "harbour-payhawk"
CONNECTORS = ("humi", "payhawk", "pleo", "qbtime", "procore")
PROBE = BUILD / "bin" / "libbench_probe.so"


def seeds(count, files=False, other=False):
    """The folder of these seeds; made when it is not there yet."""
    kinds = [kind for kind, wanted in (("files", files), ("other", other)) if wanted]
    folder = BUILD / "bench" / "-".join([str(count), *kinds])
    if not (folder / "payhawk.json").exists():
        script = pathlib.Path(__file__).resolve().parent / "seeds.py"
        subprocess.run([sys.executable, script, folder, str(count), *(f"--{kind}" for kind in kinds)], check=True)
    return folder


class Ground(stage.Stage):
    """A stage whose clock moves on by itself when all that is left to do is to wait.

    limits: calls of one organisation in a minute and a day, {"minute": 60, "day": 5000}, the same for the twin and for Ferry, and
    the source's own; the twin's windows roll, which refuses whatever fixed ones refuse, and more. None: there are no limits.
    """

    capture = False

    def __init__(self, folder, limits=None, clock=True):
        super().__init__(BUILD, seeds=folder, clock=clock)
        self.limits = limits

    def start_twin(self):
        super().start_twin()
        none = {"limits": None, "payhawk_per_second": 0}
        self.ask("/__twin/switch", {"limits": self.limits, "rolling_windows": True} if self.limits else none)

    def write_config(self, more="", options=""):
        super().write_config(more, options)
        limits = self.limits or {"minute": 100_000, "day": 1_000_000}
        text = self.config.read_text()
        self.config.write_text(text.replace("      kind: custom\n", "      kind: custom\n      limits: {{ per_minute: {minute}, per_day: {day} }}\n"
                                            .format(**limits)))

    def now_ms(self):
        """By the clock of the twin and of Ferry."""
        return self.ask("/__twin/clock")["now_ms"]

    @contextlib.contextmanager
    def paced(self, factor):
        """Meanwhile the clock also goes on by itself, so many times as fast as the machine's: what is computed takes time, too."""
        pace = subprocess.Popen([BUILD / "bin" / "bench_pace", self.clock, str(factor)])
        try:
            yield
            assert pace.poll() is None, "the clock stood still"
        finally:
            pace.terminate()
            pace.wait()

    def metered(self, command, **more):
        """One program to its end: what it spent."""
        spent = self.folder / "spent.json"
        done = subprocess.run([BUILD / "bin" / "bench_meter", spent, *command], env={**self.environment, **more}, stdout=subprocess.PIPE,
                              stderr=subprocess.PIPE, text=True)
        if done.returncode != 0:
            sys.exit(f"{command}: exit {done.returncode}\n{done.stdout}\n{done.stderr}")
        said = json.loads(spent.read_text())
        said["cpu"] = said["cpu_user"] + said["cpu_system"]
        return said

    def measured(self, *words, probe=False):
        """One command of Ferry; with `probe` also what it asked of the disk and the loop."""
        probed = self.folder / "probed.json"
        probed.unlink(missing_ok=True)
        more = {"BENCH_PRELOAD": str(PROBE), "BENCH_PROBE": str(probed), "BENCH_PROBE_LOOP": "1"} if probe else {}
        said = self.metered([BUILD / "bin" / "ferry", "--config", self.config, *words], **more)
        if probed.exists():
            said.update(json.loads(probed.read_text()))
        return said

    def first_call_ms(self, *words):
        """How long one command takes to its first call; it is killed then."""
        probed = self.folder / "probed.json"
        probed.unlink(missing_ok=True)
        process = subprocess.Popen([BUILD / "bin" / "ferry", "--config", self.config, *words], stdout=subprocess.DEVNULL,
                                   env={**self.environment, "LD_PRELOAD": str(PROBE), "BENCH_PROBE": str(probed),
                                        "BENCH_BEGUN": f"{time.monotonic():.9f}"})
        while not probed.exists():
            assert process.poll() is None, "it ended before it called"
            time.sleep(0.001)
        process.kill()
        process.wait()
        return json.loads(probed.read_text())["first_call_ms"]

    def calls(self):
        return self.ask("/__twin/calls")

    def shelf(self, name):
        return self.ask(f"/__twin/documents?type={name}")[name]
