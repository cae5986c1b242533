#!/usr/bin/env python3
"""Is a page that does not do what it says told from one that does?"""
import pathlib
import subprocess
import sys
import tempfile
import unittest

RUNNER = pathlib.Path(__file__).resolve().parent / "page_check.py"
GOOD = """# A page

```text some/file.txt
one
two
```

```diff some/file.txt
 one
-two
+three
```

```console
$ cat some/file.txt
one
three
$ cd some
$ export WORD=here
$ pwd && echo $WORD
/…/some
here
```
"""


class Runner(unittest.TestCase):
    def run_page(self, text):
        with tempfile.TemporaryDirectory() as folder:
            page = pathlib.Path(folder) / "page.md"
            page.write_text(text, encoding="utf-8")
            done = subprocess.run([sys.executable, RUNNER, page], stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
            return done.returncode, done.stdout

    def test_a_page_that_works(self):
        code, said = self.run_page(GOOD)
        self.assertEqual(code, 0, said)
        self.assertIn("4 commands", said)

    def test_pages_that_do_not(self):
        for before, after, wrong in (("one\nthree\n", "one\nfour\n", "but prints:\none\nthree"), ("one\nthree\n", "one\n", "ought to print"),
                                     ("-two", "-too", "0 times"), ("```console", "```sh", "a command in a block that is not run"),
                                     ("$ cd some", "$ cd none", "no such folder"), ("here\n```", "there\n```", "ought to print")):
            with self.subTest(after):
                self.assertIn(before, GOOD)
                code, said = self.run_page(GOOD.replace(before, after, 1))
                self.assertEqual(code, 1)
                self.assertIn(wrong, said)

    def test_a_page_without_commands(self):
        self.assertEqual(self.run_page("# A page\n")[0], 1)


if __name__ == "__main__":
    unittest.main()
