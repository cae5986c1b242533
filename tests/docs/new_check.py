#!/usr/bin/env python3
"""Does what `ferry connector new` writes build, check and pass, whatever the API's answer looks like? FERRY_BUILD names the build."""
import json
import os
import pathlib
import subprocess
import tempfile
import unittest

BUILD = pathlib.Path(os.environ["FERRY_BUILD"])
FERRY = BUILD / "bin" / "ferry"

SAMPLES = {
    "a list of records, alone": ([{"id": 7, "title": "One", "paid": True}, {"id": 8, "title": "Two", "paid": None}],
                                 ["*id: text,", "title: text,", "paid: bool?"], "*"),
    "everything an answer may hold": (
        {"meta": {"count": 2, "next": None}, "data": {"payouts": [
            {"uuid": "a/b", "amount": "12.50", "fee": 3, "on": "2026-10-01", "at": "2026-10-01T08:00:00Z", "links": {"bank": "x", "none": None},
             "tags": ["a"], "empty": [], "odd-name": 1, "mixed": 1, "lines": [{"id": "l", "n": 1.5}, {"id": "m", "text": "it''s"}]},
            {"uuid": "c", "amount": "9.99", "fee": 4.25, "on": "2026-10-02", "at": "2026-10-01T08:00:00.123+02:00", "links": {"bank": "y"},
             "tags": [], "mixed": "one", "parts": [{"n": 1}], "later": "x"}]}},
        ["*uuid: text,", "amount: decimal,", "fee: decimal,", "on: date,", "at: time,", "links.bank: text,", "tags: text[],", "mixed: text,",
         "lines: [*id: text, n: decimal?, text: text?]?,", "parts: [*place: position, n: decimal]?,", "later: text?"],
        "data.payouts.*"),
    "one record": ({"id": "only", "name": "One \"and\" only"}, ["*id: text,", "name: text"], ""),
}


class New(unittest.TestCase):
    def setUp(self):
        temporary = tempfile.TemporaryDirectory()
        self.addCleanup(temporary.cleanup)
        self.folder = pathlib.Path(temporary.name)

    def run_it(self, *words, cwd=None):
        done = subprocess.run(words, cwd=cwd or self.folder, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, encoding="utf-8")
        return done.returncode, done.stdout

    def builds_and_passes(self, folder):
        code, said = self.run_it("make", "-s", f"FERRY={FERRY}", "check", "test", cwd=folder)
        self.assertEqual(code, 0, said)
        self.assertIn("0 complaints", said)
        self.assertIn("1 passed, 0 failed", said)

    def test_without_a_sample(self):
        code, said = self.run_it(FERRY, "connector", "new", "acme")
        self.assertEqual(code, 0, said)
        self.builds_and_passes(self.folder / "acme")

    def test_with_samples(self):
        for number, (about, (answer, fields, records)) in enumerate(SAMPLES.items()):
            with self.subTest(about):
                (self.folder / "Pay-outs.2.json").write_text(json.dumps(answer), encoding="utf-8")
                code, said = self.run_it(FERRY, "connector", "new", "acme", "--from", "Pay-outs.2.json", "--dir", f"in/{number}")
                self.assertEqual(code, 0, said)
                source = (self.folder / "in" / str(number) / "connector.c").read_text(encoding="utf-8")
                record = source[source.index(".record = ") + 10:source.index(",\n     .read")]
                self.assertEqual([line.strip().strip('"') for line in record.splitlines()], fields)
                self.assertIn(f'.records = "{records}"', source)
                self.assertIn('.name = "pay_outs"', source)
                self.builds_and_passes(self.folder / "in" / str(number))

    def test_what_is_left_out_is_said(self):
        (self.folder / "x.json").write_text(json.dumps(SAMPLES["everything an answer may hold"][0]), encoding="utf-8")
        _, said = self.run_it(FERRY, "connector", "new", "acme", "--from", "x.json")
        self.assertIn("Left out of the record: links.none (empty, or of several kinds), empty (an empty list, or one of several kinds), "
                      "odd-name (not a name).", said)

    def test_nothing_is_written_over(self):
        self.run_it(FERRY, "connector", "new", "acme")
        code, said = self.run_it(FERRY, "connector", "new", "acme")
        self.assertNotEqual(code, 0)
        self.assertIn("acme is there already", said)

    def test_what_cannot_be(self):
        for words, wrong in ((["Acme"], "is no name for a connector"), (["../acme"], "is no name for a connector"),
                             (["acme", "--from", "none.json"], "none.json: cannot be read")):
            code, said = self.run_it(FERRY, "connector", "new", *words)
            self.assertNotEqual(code, 0)
            self.assertIn(wrong, said)
        for text, wrong in (("[]", "no records"), ("{\"data\": [{\"x\": 1}]}", "looks like a key"), ("{", "json"), ("[1]", "no records")):
            (self.folder / "x.json").write_text(text, encoding="utf-8")
            code, said = self.run_it(FERRY, "connector", "new", "acme", "--from", "x.json")
            self.assertNotEqual(code, 0, text)
            self.assertIn(wrong, said)
            self.assertFalse((self.folder / "acme").exists())


if __name__ == "__main__":
    unittest.main()
