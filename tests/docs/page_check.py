#!/usr/bin/env python3
"""page_check PAGE: does a page of the documentation work as it stands? FERRY_BUILD names the build.

The fenced blocks of the page are done in order, in an empty folder with nothing but Ferry and a compiler:

    ```c connector.c       the file is written (any language, then a path)
    ```diff connector.c    lines of the file are changed: ' ' stays, '-' goes, '+' comes; found exactly once
    ```console             "$ command" is run, and prints the lines below it; "…" in them is anything

`cd` and `export` hold for all that follows. Other blocks are for reading, and may not hold a command."""
import os
import pathlib
import re
import shlex
import subprocess
import sys
import tempfile

BLOCK = re.compile(r"^```([^\n]*)\n(.*?)^```$", re.M | re.S)


class Wrong(Exception):
    pass


def matches(wanted, said):
    """Line by line and to the letter, but for "…"."""
    pattern = ".*?".join(re.escape(part) for part in wanted.split("…"))
    return re.fullmatch(pattern, said, re.S) is not None


class Page:
    def __init__(self, path, folder):
        self.text = path.read_text(encoding="utf-8")
        self.place = self.folder = folder
        build = pathlib.Path(os.environ["FERRY_BUILD"])
        self.environment = {"PATH": f"{build / 'bin'}:{os.environ['PATH']}", "HOME": str(folder), "LC_ALL": "C.UTF-8", "TZ": "UTC",
                            **{name: os.environ[name] for name in ("ASAN_OPTIONS", "UBSAN_OPTIONS") if name in os.environ}}
        self.commands = 0

    def blocks(self):
        for found in BLOCK.finditer(self.text):
            yield self.text.count("\n", 0, found.start()) + 1, found[1].split(), found[2]

    def do(self):
        for line, info, body in self.blocks():
            try:
                if info[:1] == ["console"]:
                    self.run(body)
                elif info[:1] == ["diff"] and len(info) == 2:
                    self.change(self.place / info[1], body)
                elif len(info) == 2:
                    path = self.place / info[1]
                    path.parent.mkdir(parents=True, exist_ok=True)
                    path.write_text(body, encoding="utf-8")
                elif re.search(r"^\$ ", body, re.M):
                    raise Wrong("a command in a block that is not run; make it ```console")
            except Wrong as wrong:
                raise Wrong(f"line {line}: {wrong}") from None
        if not self.commands:
            raise Wrong("the page has no commands")

    def change(self, path, body):
        text = path.read_text(encoding="utf-8")
        lines = [(line[:1], line[1:]) for line in body.splitlines(keepends=True)]
        before = "".join(line for sign, line in lines if sign in " -" or sign == "\n")
        after = "".join(line for sign, line in lines if sign in " +" or sign == "\n")
        if text.count(before) != 1:
            raise Wrong(f"{path.name} has these lines {text.count(before)} times:\n{before}")
        path.write_text(text.replace(before, after), encoding="utf-8")

    def run(self, body):
        for part in re.split(r"^\$ ", body, flags=re.M)[1:]:
            command, _, wanted = part.partition("\n")
            self.commands += 1
            if command.startswith("cd "):
                self.place = (self.place / command[3:]).resolve()
                if not self.place.is_dir() or wanted:
                    raise Wrong(f"{command}: there is no such folder, or it prints nothing")
                continue
            if command.startswith("export "):
                self.environment.update(word.split("=", 1) for word in shlex.split(command)[1:])
                continue
            done = subprocess.run(["bash", "-c", command], cwd=self.place, env=self.environment, stdin=subprocess.DEVNULL,
                                  stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, encoding="utf-8", timeout=120)
            said = done.stdout.rstrip("\n")
            if not matches(wanted.rstrip("\n"), said):
                raise Wrong(f"$ {command}\nought to print:\n{wanted}\nbut prints:\n{said}\n")


def main(words):
    with tempfile.TemporaryDirectory() as folder:
        page = Page(pathlib.Path(words[0]), pathlib.Path(folder).resolve())
        try:
            page.do()
        except Wrong as wrong:
            print(f"{words[0]}: {wrong}")
            return 1
        print(f"{words[0]}: {page.commands} commands do what they are said to do")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
