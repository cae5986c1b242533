#!/usr/bin/env python3
"""Do the lists of features say what they must, and is a wrong one seen?"""
import json
import pathlib
import tempfile
import types
import unittest

import promises

HERE = pathlib.Path(__file__).resolve().parent
LISTS = promises.read_lists(HERE)
ALL = {"payhawk": [f"P{n}" for n in range(1, 42)], "pleo": [f"L{n}" for n in range(1, 30)],
       "humi": [f"H{n}" for n in range(1, 20)],
       "qbtime": [str(n) for n in range(1, 20)] + [f"W{n}" for n in range(1, 10)],
       "procore": [str(n) for n in range(1, 19)] + [f"19.{n}" for n in range(1, 11)]}


class Lists(unittest.TestCase):
    def test_every_promise_and_wish_is_there(self):
        self.assertEqual({name: [row.id for row in rows] for name, rows in LISTS.items()}, ALL)

    def test_each_is_proved_or_says_why_not(self):
        rows = promises.states(LISTS, promises.mapped(LISTS, HERE.parent.parent / "plugins"), set())
        self.assertEqual(len(rows), sum(map(len, ALL.values())))


class OneList(unittest.TestCase):
    """A connector "x" with three features and one scenario."""

    def setUp(self):
        temporary = tempfile.TemporaryDirectory()
        self.addCleanup(temporary.cleanup)
        self.folder = pathlib.Path(temporary.name)
        self.write("# About the list.\nX1 one\nX2 two\n# X2: not here,\n# and not there\nX3 three\n")
        self.prove("X1", "X3")

    def write(self, text):
        (self.folder / "x.txt").write_text(text)

    def prove(self, *features):
        folder = self.folder / "x" / "fixtures"
        folder.mkdir(parents=True, exist_ok=True)
        (folder / "one.json").write_text(json.dumps({"proves": features}))
        (folder / "world.json").write_text(json.dumps({"proves": ["a world proves nothing"]}))

    def states(self, *has_passed):
        lists = promises.read_lists(self.folder)
        return promises.states(lists, promises.mapped(lists, self.folder), set(has_passed))

    def wrong(self, words):
        with self.assertRaises(promises.Wrong) as raised:
            self.states()
        self.assertIn(words, str(raised.exception))

    def test_states_and_the_reason(self):
        self.assertEqual([row["state"] for row in self.states()], ["mapped", "not yet", "mapped"])
        self.assertEqual(self.states()[1], {"connector": "x", "id": "X2", "name": "two", "state": "not yet",
                                            "reason": "not here, and not there"})
        self.assertEqual([row["state"] for row in self.states(("x", "X2"), ("x", "X3"))], ["mapped", "pass", "pass"])

    def test_a_scenario_that_is_gone_proves_nothing(self):
        (self.folder / "x" / "fixtures" / "one.json").unlink()
        self.wrong("no fixture proves X1")

    def test_no_reason(self):
        self.write("X1 one\nX2 two\nX3 three\n")
        self.wrong("no fixture proves X2, and no comment behind it says why")

    def test_a_feature_that_nobody_promised(self):
        self.prove("X1", "X4")
        self.wrong("x/one proves \"X4\", and x has no such feature")

    def test_a_comment_in_the_wrong_place(self):
        self.write("X1 one\n# X2: not here\nX2 two\nX3 three\n")
        self.wrong("x.txt:2: the comment is about X2, and stands behind X1")
        self.write("X1 one\n# not here\n")
        self.wrong("begins with its id")

    def test_an_id_twice(self):
        self.write("X1 one\nX1 two\nX3 three\n")
        self.wrong("is no new feature")

    def test_plays_may_prove_features_of_several_connectors(self):
        lists = {"payhawk": LISTS["payhawk"], "humi": LISTS["humi"]}
        play = types.SimpleNamespace(__name__="x", proves="P1 humi H3 H4")
        self.assertEqual(promises.proved(lists, play), {("payhawk", "P1"), ("humi", "H3"), ("humi", "H4")})
        play = types.SimpleNamespace(__name__="x", proves="H4", connector="humi")
        self.assertEqual(promises.proved(lists, play), {("humi", "H4")})
        with self.assertRaises(promises.Wrong):
            promises.proved(lists, types.SimpleNamespace(__name__="x", proves="H4"))


if __name__ == "__main__":
    unittest.main()
