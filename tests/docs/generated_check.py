#!/usr/bin/env python3
"""Are the pages that tools write told from pages that are out of date? FERRY_BUILD names the build."""
import os
import pathlib
import shutil
import subprocess
import tempfile
import unittest

ROOT = pathlib.Path(__file__).resolve().parent.parent.parent


class Pages(unittest.TestCase):
    """Copies of the pages in a folder of their own."""

    def setUp(self):
        temporary = tempfile.TemporaryDirectory()
        self.addCleanup(temporary.cleanup)
        self.pages = pathlib.Path(temporary.name) / "connectors"
        self.concepts = pathlib.Path(temporary.name) / "sdk-concepts.md"
        shutil.copytree(ROOT / "docs" / "connectors", self.pages)

    def run_tool(self, tool, word):
        done = subprocess.run([ROOT / "tools" / tool, word], stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, encoding="utf-8",
                              env={**os.environ, "FERRY_PAGES": str(self.pages), "FERRY_CONCEPTS": str(self.concepts)})
        return done.returncode, done.stdout

    def change(self, path, before, after):
        text = path.read_text(encoding="utf-8")
        self.assertIn(before, text)
        path.write_text(text.replace(before, after, 1), encoding="utf-8")

    def test_a_table_that_was_changed_by_hand(self):
        self.run_tool("connector-pages", "--write")
        self.assertEqual(self.run_tool("connector-pages", "--check")[0], 0)
        page = self.pages / "payhawk.md"
        self.change(page, "| `'entry'` |", "| `'line'` |")
        code, said = self.run_tool("connector-pages", "--check")
        self.assertEqual(code, 1, said)
        self.assertIn("payhawk.md: is not what the connectors declare", said)
        self.assertNotIn("humi.md", said)
        self.assertEqual(self.run_tool("connector-pages", "--write")[0], 0)
        self.assertIn("| `'entry'` |", page.read_text(encoding="utf-8"))

    def test_what_people_wrote_stays(self):
        page = self.pages / "humi.md"
        page.write_text("# Mine\n\n<!-- tables -->\nstale words\n<!-- /tables -->\n\nmore\n", encoding="utf-8")
        self.run_tool("connector-pages", "--write")
        text = page.read_text(encoding="utf-8")
        self.assertTrue(text.startswith("# Mine\n\n<!-- tables -->\n"), text[:200])
        self.assertTrue(text.endswith("<!-- /tables -->\n\nmore\n"), text[-200:])
        self.assertFalse("stale words" in text)
        self.assertTrue("\n#### mapping bill\n" in text)

    def test_a_page_without_a_place_for_tables(self):
        (self.pages / "humi.md").write_text("# Mine\n", encoding="utf-8")
        code, said = self.run_tool("connector-pages", "--check")
        self.assertEqual(code, 1)
        self.assertIn("has no <!-- tables -->", said)

    def test_concepts(self):
        self.assertEqual(self.run_tool("sdk-concepts", "--check")[0], 1)
        self.assertEqual(self.run_tool("sdk-concepts", "--write")[0], 0)
        self.assertEqual(self.run_tool("sdk-concepts", "--check")[0], 0)
        self.change(self.concepts, "| `where` |", "| `were` |")
        code, said = self.run_tool("sdk-concepts", "--check")
        self.assertEqual(code, 1)
        self.assertIn("sdk-concepts.md: is not what the connectors declare", said)


if __name__ == "__main__":
    unittest.main()
