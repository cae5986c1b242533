"""Pages that are partly written by a tool: the part between two comments, and the check that it is up to date."""
import os
import pathlib
import subprocess
import sys

ROOT = pathlib.Path(__file__).resolve().parent.parent
CONNECTORS = ("humi", "payhawk", "pleo", "procore", "qbtime")


class Wrong(Exception):
    """The page, or what is asked of it."""


def build():
    return pathlib.Path(os.environ.get("FERRY_BUILD", ROOT / "build" / "dev"))


def show(connector, form):
    """What `ferry connector show` prints of a connector of this build."""
    file = "xero" if connector == "xero" else build() / "connectors" / f"{connector}.so"
    done = subprocess.run([build() / "bin" / "ferry", "connector", "show", file, "--format", form],
                          stdout=subprocess.PIPE, text=True, encoding="utf-8")
    if done.returncode != 0:
        sys.exit(f"ferry connector show {file}: exit {done.returncode}")
    return done.stdout


def filled(page, mark, text):
    """The page with `text` between <!-- MARK --> and <!-- /MARK -->."""
    before, begin, rest = page.partition(f"<!-- {mark} -->\n")
    _, end, after = rest.partition(f"<!-- /{mark} -->")
    if not begin or not end:
        raise Wrong(f"has no <!-- {mark} --> … <!-- /{mark} -->")
    return f"{before}{begin}\n{text.strip()}\n\n{end}{after}"


def main(tool, pages, words):
    """pages: path → function from its text to what it ought to be. Writes it, or says which differ."""
    if words not in (["--write"], ["--check"]):
        print(f"usage: {tool} --write | --check", file=sys.stderr)
        return 2
    differ = []
    for path, make in pages.items():
        is_there = path.exists()
        page = path.read_text(encoding="utf-8") if is_there else ""
        try:
            wanted = make(page)
        except Wrong as wrong:
            sys.exit(f"{tool}: {path}: {wrong}")
        if wanted == page:
            continue
        differ.append(path)
        if words == ["--write"]:
            path.write_text(wanted, encoding="utf-8")
            print(f"{path}: written")
    if differ and words == ["--check"]:
        for path in differ:
            print(f"{path}: is not what the connectors declare; {tool} --write")
        return 1
    if not differ:
        print(f"{tool}: up to date")
    return 0
