"""Figures: a name, what was measured in each run, and the aim; printed as a table or as JSON."""
import datetime
import json
import os
import re
import statistics

COLUMNS = ("median", "min", "max", "unit", "runs", "aim")


class Figures:
    def __init__(self):
        self.all = {}
        self.bench = ""  # under way

    def add(self, name, values, unit, aim=""):
        """values: one of each run. aim: what it ought to be ("≤ 0.042", "≥ 5000", "0")."""
        values = list(values)
        self.all[name] = {"median": rounded(statistics.median(values)), "min": rounded(min(values)), "max": rounded(max(values)),
                          "unit": unit, "runs": len(values), "aim": aim, "bench": self.bench, "date": datetime.date.today().isoformat()}

    def table(self):
        return table(self.all)

    def json(self):
        return as_json(self.all)

    def write(self, path):
        """What was measured now replaces what was there; the rest stays."""
        path.parent.mkdir(exist_ok=True)
        path.write_text(as_json({**read(path), **self.all}) + "\n")


def as_json(figures):
    return json.dumps({"machine": machine(), "figures": figures}, indent=1, ensure_ascii=False)


def read(path):
    return json.loads(path.read_text())["figures"] if path.exists() else {}


def machine():
    def of(path, pattern):
        with open(path) as text:
            found = re.search(pattern, text.read())
        return found[1].strip() if found else "unknown"
    kilobytes = of("/proc/meminfo", r"MemTotal: *(\d+)")
    return {"cores": os.cpu_count(), "memory_gb": round(int(kilobytes) / 1e6), "processor": of("/proc/cpuinfo", r"model name\s*:(.*)")}


def table(figures):
    rows = [("figure", *COLUMNS)]
    rows += [(name, *(plain(one[key]) for key in COLUMNS[:-1]), one["aim"] + (" **missed**" if missed(one) else ""))
             for name, one in figures.items()]
    widths = [max(len(row[i]) for row in rows) for i in range(len(rows[0]))]
    lines = ["| " + " | ".join(cell.ljust(width) for cell, width in zip(row, widths)) + " |" for row in rows]
    lines.insert(1, "|" + "|".join("-" * (width + 2) for width in widths) + "|")
    return "\n".join(lines)


def missed(one):
    """By the median."""
    aim = re.fullmatch(r"([≤≥]?) ?([0-9.]+)", one["aim"])
    if not aim:
        return False
    wanted = float(aim[2])
    return one["median"] < wanted if aim[1] == "≥" else one["median"] > wanted


def rounded(value):
    """Four digits that count."""
    return float(f"{value:.4g}")


def plain(value):
    return f"{value:g}" if isinstance(value, float) and abs(value) < 1e6 else str(int(value)) if isinstance(value, float) else str(value)
