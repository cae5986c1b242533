"""Figures: a name, what was measured in each run, and the aim; printed as a table or as JSON."""
import json
import statistics


class Figures:
    def __init__(self):
        self.all = {}

    def add(self, name, values, unit, aim=""):
        """values: one of each run. aim: what it ought to be, in words ("≤ 0.042")."""
        values = list(values)
        self.all[name] = {"median": rounded(statistics.median(values)), "min": rounded(min(values)), "max": rounded(max(values)),
                          "unit": unit, "runs": len(values), "aim": aim}

    def table(self):
        rows = [("figure", "median", "min", "max", "unit", "runs", "aim")]
        rows += [(name, *(plain(one[key]) for key in ("median", "min", "max", "unit", "runs", "aim"))) for name, one in self.all.items()]
        widths = [max(len(row[i]) for row in rows) for i in range(len(rows[0]))]
        lines = ["| " + " | ".join(cell.ljust(width) for cell, width in zip(row, widths)) + " |" for row in rows]
        lines.insert(1, "|" + "|".join("-" * (width + 2) for width in widths) + "|")
        return "\n".join(lines)

    def json(self):
        return json.dumps({"figures": self.all}, indent=1, ensure_ascii=False)

    def write(self, path):
        """What was measured now replaces what was there; the rest stays."""
        path.parent.mkdir(exist_ok=True)
        known = json.loads(path.read_text())["figures"] if path.exists() else {}
        path.write_text(json.dumps({"figures": {**known, **self.all}}, indent=1, ensure_ascii=False) + "\n")


def rounded(value):
    """Four digits that count."""
    return float(f"{value:.4g}")


def plain(value):
    return f"{value:g}" if isinstance(value, float) and abs(value) < 1e6 else str(int(value)) if isinstance(value, float) else str(value)
