"""Reads table.txt: what must happen to each attack."""
import pathlib

import sources

ENDS = ("unopened", "refused", "quarantined", "stopped", "held", "harmless")
HERE = pathlib.Path(__file__).resolve().parent


class Attack:
    def __init__(self, columns):
        self.name, self.ends, self.code, self.consented, says = columns[:5]
        config = columns[5] if len(columns) > 5 else ""
        self.public = config == "public"
        self.config = "" if self.public else config
        words = [word.strip() for word in says.split(";") if word.strip()]
        self.long = "long" in words
        self.says = [word for word in words if word != "long"]
        kind, _, rest = self.name.partition(":")
        self.runs = kind in ("run", "source")
        self.connector = f"{kind}-{rest}" if kind == "file" else rest if kind == "run" else self.name
        if kind == "source":
            self.connector = sources.ATTACKS[self.name].connector
        assert self.ends in ENDS, f"{self.name}: {self.ends} is no end"
        assert self.ends == "harmless" or self.code, f"{self.name}: a code is missing"

    @property
    def integration(self):
        return "attack-" + self.name.replace(":", "-")


def read(path=HERE / "table.txt"):
    rows = [line.rstrip() for line in path.read_text().splitlines() if line.strip() and not line.startswith("#")]
    attacks = [Attack([column.strip() for column in row.split("|")]) for row in rows]
    names = [attack.name for attack in attacks]
    assert len(names) == len(set(names)), "an attack stands in the table twice"
    return attacks
