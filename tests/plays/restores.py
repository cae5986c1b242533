"""Plays of a store that came from a backup, and of a daemon whose integrations are made ready anew while it works."""
import copy
import json
import os
import time

from plays import NAME, bill_of, change, end, run_daemon, seed, unpaid, writes


def is_store(path):
    return path.name.startswith("ferry.db") and "generation" not in path.name and "lock" not in path.name


def back_up(play):
    return {path.name: path.read_bytes() for path in play.folder.glob("ferry.db*") if is_store(path)}


def restore(play, backup):
    for path in play.folder.glob("ferry.db*"):
        if is_store(path):
            path.unlink()
    for name, content in backup.items():
        (play.folder / name).write_bytes(content)


def refuses(play):
    before = writes(play)
    done = play.ferry("sync", NAME, check=False)
    assert done.returncode == 3 and "ferry adopt" in done.stderr, (done.returncode, done.stderr)
    assert writes(play) == before
    assert play.answer("status")["integrations"][0]["state"] == "needs-adopt"


def bills_of(play, expense):
    return [bill for bill in json.loads(play.documents().read_text())["Invoices"] if f"/{expense}?" in bill.get("Url", "")]


def adds_nothing(play, *commands):
    before = writes(play)
    for command in commands:
        play.ferry(*command)
    assert writes(play) == before, f"{writes(play) - before} writes"


def a_restored_store_writes_nothing_before_it_is_adopted(play):
    play.ferry("connect", NAME)
    backup = back_up(play)
    play.ferry("sync", NAME)
    restore(play, backup)
    refuses(play)
    adds_nothing(play, ["adopt"], ["sync", NAME])
    assert not play.compare()


def a_lost_store_is_a_restored_one(play):
    play.ferry("connect", NAME)
    play.ferry("sync", NAME)
    restore(play, {})
    left = play.ferry("adopt").stdout
    assert f"{NAME} was left" in left and "not connected" in left, left
    play.ferry("connect", NAME)
    refuses(play)
    adds_nothing(play, ["adopt"], ["sync", NAME])
    assert not play.compare()


def a_store_on_another_machine_is_a_restored_one(play):
    play.ferry("connect", NAME)
    backup = back_up(play)
    play.ferry("sync", NAME)
    restore(play, backup)
    (play.folder / "ferry.db.generation").unlink()
    refuses(play)
    adds_nothing(play, ["adopt"], ["sync", NAME])


def what_a_person_allowed_after_the_backup_is_not_written_twice(play):
    """The backup holds bills whose account nobody had mapped; adopted, they are held again, and mapped again."""
    play.ferry("connect", NAME)
    play.ferry("sync", NAME)
    backup = back_up(play)
    play.ferry("do", NAME, "account_map", "code=-", "account=429")
    before = writes(play)
    play.ferry("sync", NAME)
    assert writes(play) > before
    restore(play, backup)
    refuses(play)
    adds_nothing(play, ["adopt"], ["sync", NAME], ["do", NAME, "account_map", "code=-", "account=429"], ["sync", NAME])


def what_was_taken_away_after_the_backup_is_asked_about(play):
    """Who took it away is not known any more: a person says whether it is written anew."""
    expense = seed(play, unpaid)
    play.ferry("connect", NAME)
    backup = back_up(play)
    play.ferry("sync", NAME)
    change(play, expense, status="archived")
    play.ferry("sync", NAME)
    assert bill_of(play, expense["id"])["Status"] in ("VOIDED", "DELETED")
    restore(play, backup)
    adds_nothing(play, ["adopt"], ["sync", NAME])
    change(play, expense, status=expense["status"])
    adds_nothing(play, ["sync", NAME])
    asked = [row for row in play.answer("held")["documents"] if row["code"] == "taken-away" and row["mapping"] == "bill"]
    assert len(asked) == 1, asked
    play.ferry("retry", NAME, str(asked[0]["id"]))
    play.ferry("sync", NAME)
    states = sorted(bill["Status"] for bill in bills_of(play, expense["id"]))
    assert len(states) == 2 and "AUTHORISED" in states, states
    adds_nothing(play, ["sync", NAME])


def what_was_corrected_after_the_backup_is_updated(play):
    """Xero has the bill as it was first; it is found, and gets the amount that is right now."""
    expense = seed(play, unpaid)
    play.ferry("connect", NAME)
    backup = back_up(play)
    play.ferry("sync", NAME)
    first = bill_of(play, expense["id"])
    line = copy.deepcopy(expense["lineItems"][0])
    for name, amount in (("totalAmount", 38.10), ("taxAmount", 6.35), ("baseTotalAmount", 38.10), ("baseTaxAmount", 6.35)):
        line["reconciliation"][name] = amount
    whole = {**expense["reconciliation"], "totalAmount": 368.08, "baseTotalAmount": 368.08}
    change(play, expense, lineItems=[line, *expense["lineItems"][1:]], reconciliation=whole)
    restore(play, backup)
    adds_nothing(play, ["adopt"])
    play.ferry("sync", NAME)
    now = bill_of(play, expense["id"])
    assert (now["InvoiceID"], float(first["Total"]), float(now["Total"])) == (first["InvoiceID"], 356.05, 368.08), (first["Total"], now["Total"])
    adds_nothing(play, ["sync", NAME])


def a_flow_that_is_on_later_is_adopted_first(play):
    play.ferry("connect", NAME)
    backup = back_up(play)
    play.ferry("sync", NAME)
    restore(play, backup)
    play.write_config("    flows: { expenses: off }\n")
    adds_nothing(play, ["adopt"], ["sync", NAME])
    play.write_config("    flows: { expenses: { every: 15m } }\n")
    refuses(play)
    adds_nothing(play, ["adopt"], ["sync", NAME])
    assert not play.compare()


BROKEN = """\
integrations:
  broken:
    connector: payhawk
    organisation: {{ name: "{organisation}", app: main }}
    login: {{ api_key: {{ env: TWIN_PAYHAWK_KEY }} }}
    base_url: http://127.0.0.1:9/payhawk
    options: {{ account: "another" }}
"""


def one_that_cannot_be_adopted_does_not_keep_the_others_from_it(play):
    text = play.config.read_text()
    play.config.write_text(text.replace("integrations:\n", BROKEN.format(organisation=play.organisation)))
    play.ferry("connect", NAME)
    play.ferry("connect", "broken")
    backup = back_up(play)
    play.ferry("sync", NAME)
    restore(play, backup)
    done = play.ferry("adopt", check=False)
    assert done.returncode != 0 and "broken was left" in done.stderr, (done.returncode, done.stderr)
    adds_nothing(play, ["sync", NAME])
    assert not play.compare()


def wait_for(play, fits):
    for _ in range(900):
        rows = play.answer("status")["integrations"][0]
        if fits(rows):
            return
        time.sleep(0.1)
    raise AssertionError(rows)


def done(rows):
    return sum(states.get("done", 0) for states in rows["documents"].values())


def answers(play):
    for _ in range(600):
        if (play.folder / "ferry.sock").exists() and play.ferry("status", check=False).returncode == 0:
            return
        time.sleep(0.1)
    raise AssertionError("no daemon")


def ticks(process):
    with open(f"/proc/{process.pid}/stat") as stat:
        fields = stat.read().rsplit(")", 1)[1].split()
    return int(fields[11]) + int(fields[12])


def a_daemon_over_a_restored_store_waits_and_goes_on(play):
    play.ferry("connect", NAME)
    backup = back_up(play)
    play.ferry("sync", NAME)
    restore(play, backup)
    before = writes(play)
    daemon = run_daemon(play)
    try:
        answers(play)
        begun = ticks(daemon)
        time.sleep(2)
        assert ticks(daemon) - begun < os.sysconf("SC_CLK_TCK") // 2, "it is busy while it has nothing to do"
        wait_for(play, lambda rows: rows["state"] == "needs-adopt" and done(rows) == 0)
        play.ferry("adopt")
        wait_for(play, lambda rows: rows["state"] in ("ok", "running") and done(rows) > 400)
        assert writes(play) == before, writes(play) - before
        live = back_up(play)
        play.ferry("do", NAME, "account_map", "code=-", "account=429")
        wait_for(play, lambda rows: writes(play) > before)
    finally:
        end(play, daemon)
    restore(play, live)
    refuses(play)
    adds_nothing(play, ["adopt"], ["do", NAME, "account_map", "code=-", "account=429"], ["sync", NAME])


def an_integration_is_connected_again_while_it_is_asked_and_runs(play):
    """What a run and other questions look at stays until they have ended."""
    play.ferry("connect", NAME)
    daemon = run_daemon(play)
    try:
        answers(play)
        for _ in range(4):
            asking = [play.begin(*words) for words in (["sync", NAME], ["status"], ["held"], ["disconnect", NAME], ["connect", NAME],
                                                       ["connector", "show", "payhawk"], ["held"], ["approvals"])]
            for process in asking:
                assert process.wait(120) in (0, 1, 3, 6, 7), (process.args, process.returncode)
            play.ferry("connect", NAME)
        wait_for(play, lambda rows: not play.compare())
    finally:
        end(play, daemon)


ALL = [a_restored_store_writes_nothing_before_it_is_adopted, a_lost_store_is_a_restored_one, a_store_on_another_machine_is_a_restored_one,
       what_a_person_allowed_after_the_backup_is_not_written_twice,
       what_was_taken_away_after_the_backup_is_asked_about, what_was_corrected_after_the_backup_is_updated, a_flow_that_is_on_later_is_adopted_first,
       one_that_cannot_be_adopted_does_not_keep_the_others_from_it,
       a_daemon_over_a_restored_store_waits_and_goes_on, an_integration_is_connected_again_while_it_is_asked_and_runs]
