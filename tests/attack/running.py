"""Attacks that begin when an integration runs: each with a store of its own, then the good integration in the same config."""
import shutil
import time

import sources
import zoo

MOST_SECONDS = 60


class Running:
    """One run of one attack; what became of it."""

    def __init__(self, play, attack):
        self.play, self.attack = play, attack
        self.name = attack.integration
        self.elsewhere = self.source = None

    def run(self):
        with sources.Server(lambda asked: (200, {}, b'{"items": []}')) as self.elsewhere:
            behave = sources.ATTACKS.get(self.attack.name, sources.few)
            with sources.Source(self.play.port, behave, self.elsewhere.port) as self.source:
                return self.judge()

    def judge(self):
        zoo.Zoo(self.play, [self.attack]).write_config(f"http://127.0.0.1:{self.source.port}/payhawk")
        before = self.play.ask("/__twin/calls")
        self.play.ferry("connect", self.name)
        begun = time.monotonic()
        done = self.play.ferry("sync", self.name, check=False)
        seconds = time.monotonic() - begun
        after = self.play.ask("/__twin/calls")
        if done.returncode < 0:
            return f"Ferry died of signal {-done.returncode}: {done.stderr[-300:]}"
        if seconds > MOST_SECONDS:
            return f"it took {seconds:.0f} s"
        if self.elsewhere.asked:
            return f"somebody else was asked: {self.elsewhere.asked[0]['path']}"
        if self.wrote(before, after):
            return "something was written"
        return self.wrong_path() or self.wrong_end(done) or (self.wrong_output() if "control" in self.attack.name else "")

    def wrote(self, before, after):
        behave = sources.ATTACKS.get(self.attack.name)
        if behave and behave.writes_xero:
            return after["xero_writes"] == before["xero_writes"]  # what the attack is not about is written
        back = [asked for asked in self.source.asked if asked["method"] != "GET"]
        return after["xero_writes"] != before["xero_writes"] or (back and self.attack.ends != "harmless")

    def wrong_path(self):
        """Whatever a value says, it is one segment of the path or one value of the query, below the declared path."""
        for asked in self.source.asked:
            path = asked["path"].split("?")[0]
            if not path.startswith("/payhawk/api/v3/accounts/") or ".." in path.split("/") or "evil" in str(asked["headers"].get("Host")):
                return f"asked for {asked['path']}"
        return ""

    def wrong_output(self):
        """What comes from outside does not command the terminal."""
        for words in (["held", self.name], ["status"], ["status", "--json"], ["audit"]):
            said = self.play.ferry(*words, check=False)
            if any(character in said.stdout + said.stderr for character in ("\x1b", "\x07", "\u009b", "\u202e")):
                return f"ferry {words[0]} writes control characters to the terminal"
        return ""

    def wrong_end(self, done):
        if self.attack.ends == "stopped":
            # the run was in another process: what it said is all there is
            said = done.stderr
            if done.returncode == 0 or f"({self.attack.code})" not in said:
                return f"not stopped with {self.attack.code}: exit {done.returncode}, {said.strip()[-300:]}"
            return self.missing(said)
        if done.returncode != 0:
            return f"exit {done.returncode}: {done.stderr.strip()[-300:]}"
        held = self.play.answer("held", self.name)
        if self.attack.ends == "harmless":
            return f"held: {held['documents'][:1] or held['records'][:1]}" if held["documents"] or held["records"] else ""
        found = [one for one in held["documents"] + held["records"] if (one.get("code") or one["why"].split(":")[0]) == self.attack.code]
        if not found:
            return f"nothing is held with {self.attack.code}: {held['documents'][:1]} {held['records'][:1]}"
        return self.missing(str(found[0]))

    def missing(self, said):
        missing = [word for word in self.attack.says if word not in said]
        return f"{missing} is not said in: {said[-400:]}" if missing else ""


def new_store(play):
    for path in play.folder.glob("ferry.db*"):
        path.unlink()
    shutil.rmtree(play.folder / "spool", ignore_errors=True)
