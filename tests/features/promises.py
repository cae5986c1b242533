"""The promised features, and how far each is proved.

NAME.txt lists them, one a line: id, then its short name. Comments before the first feature are about the list. A
comment behind a feature begins with its id and says what the fixtures cannot show of it; it may go on over further
comment lines.

    L21 webhooks start a run
    # L21: declared (webhook, events); a delivery and its signature are the engine's to show

A feature is "pass" when an end-to-end check that proves it passed, "mapped" when a scenario of the connector's
fixtures proves it, else "not yet"; then there must be a reason.
"""
import collections
import json
import pathlib
import re

Feature = collections.namedtuple("Feature", "connector id name remark")


class Wrong(Exception):
    """A list, a scenario or a play names what is not there."""


def read_list(path):
    """The features of one connector, in the order of its list."""
    rows = []
    for number, line in enumerate(path.read_text().splitlines(), 1):
        place = f"{path.name}:{number}"
        if line.startswith("#"):
            if not rows:
                continue
            words = line.lstrip("#").strip()
            begins = re.match(r"([A-Z]?[0-9.]+): (.+)", words)
            if begins and begins[1] != rows[-1].id:
                raise Wrong(f"{place}: the comment is about {begins[1]}, and stands behind {rows[-1].id}")
            if not begins and not rows[-1].remark:
                raise Wrong(f"{place}: a comment behind a feature begins with its id: \"# {rows[-1].id}: …\"")
            said = begins[2] if begins else f"{rows[-1].remark} {words}"
            rows[-1] = rows[-1]._replace(remark=said)
        elif line.strip():
            feature, _, name = line.partition(" ")
            if feature in {row.id for row in rows} or not name:
                raise Wrong(f"{place}: \"{line}\" is no new feature: an id, then its name")
            rows.append(Feature(path.stem, feature, name, ""))
    return rows


def read_lists(folder):
    return {path.stem: read_list(path) for path in sorted(pathlib.Path(folder).glob("*.txt"))}


def checked(lists, connector, feature, where):
    if connector not in lists or feature not in {row.id for row in lists[connector]}:
        raise Wrong(f"{where} proves \"{feature}\", and {connector} has no such feature")
    return connector, feature


def mapped(lists, plugins):
    """(connector, id) of all features that a scenario proves."""
    found = set()
    for connector in lists:
        for path in sorted((pathlib.Path(plugins) / connector / "fixtures").glob("*.json")):
            if path.name != "world.json":
                proves = json.loads(path.read_text()).get("proves", [])
                found |= {checked(lists, connector, feature, f"{connector}/{path.stem}") for feature in proves}
    return found


def proved(lists, play):
    """(connector, id) of all features that a play proves: ids, after a connector's name those of that connector."""
    connector, found = getattr(play, "connector", "payhawk"), set()
    for word in getattr(play, "proves", "").split():
        if word in lists:
            connector = word
        else:
            found.add(checked(lists, connector, word, f"the play {play.__name__}"))
    return found


def passed(lists, path):
    """What the plays wrote down when they were run last; nothing when they were not."""
    if not path.exists():
        return set()
    return {checked(lists, *line.split(" ", 1), path.name) for line in path.read_text().splitlines()}


def states(lists, is_mapped, has_passed):
    """Each feature as an object, in order; WRONG when one is not yet proved and nothing says why."""
    rows = []
    for feature in (row for features in lists.values() for row in features):
        key = (feature.connector, feature.id)
        state = "pass" if key in has_passed else "mapped" if key in is_mapped else "not yet"
        row = {"connector": feature.connector, "id": feature.id, "name": feature.name, "state": state}
        # a play may not have been run here, so what only plays prove needs its reason too
        if key not in is_mapped and not feature.remark:
            raise Wrong(f"{feature.connector}.txt: no fixture proves {feature.id}, and no comment behind it says why")
        if state == "not yet":
            row["reason"] = feature.remark
        rows.append(row)
    return rows
