"""Plays: one thing a user does or suffers, told from both ends. Each names the features that it proves."""
import fcntl
import json
import os
import re
import signal
import subprocess
import time
import urllib.request

import stage

NAME = "harbour-payhawk"


def writes(play):
    return play.ask("/__twin/calls")["xero_writes"]


def total(play):
    counted = play.ask("/__twin/calls")
    return counted["xero_total"] + counted["payhawk_total"]


def bill_of(play, expense):
    """The bill in Xero that was made for this expense."""
    found = [bill for bill in json.loads(play.documents().read_text())["Invoices"] if f"/{expense}?" in bill.get("Url", "")]
    assert len(found) == 1, f"{len(found)} bills for expense {expense}"
    return found[0]


def seed(play, wanted):
    """The first expense of the seeds that fits."""
    return next(record for record in json.loads((play.seeds / "payhawk.json").read_text())["expenses"] if wanted(record))


def unpaid(record):
    return record["type"] == "bank" and "reviewedAt" in record and not record.get("settledAt") and record["status"] == "ready" \
        and len(record["lineItems"]) > 1


def change(play, expense, **fields):
    play.ask("/__twin/payhawk/edit", {"expense": expense["id"], "set": fields})


def ready(play):
    play.ferry("connect", NAME)
    play.ferry("sync", NAME)


# ---- plays -------------------------------------------------------------------------------------------


def a_month_lands_exactly(play):
    ready(play)
    differences = play.compare()
    assert not differences, differences[:5]
    asked = play.ask("/__twin/calls")["payhawk"]["GET /payhawk/api/v3/accounts/{account}/expenses/{id}/payments"]
    assert 0 < asked < 60, f"payments are asked for where the statement does not say enough: {asked} times"
    assert play.answer("sync", NAME)["requests"] == 0


a_month_lands_exactly.proves = "P1 P2 P6 P7 P9 P10 P11 P12 P13 P14 P15 P16 P17 P18 P19 P20 P21 P22 P25 P26 P27 P28 P30 P39 P40"


def a_second_run_writes_nothing(play):
    ready(play)
    before = writes(play)
    for _ in range(2):
        play.ferry("sync", NAME)
    assert writes(play) == before, f"{writes(play) - before} writes"


def one_change_updates_one_bill(play):
    ready(play)
    expense, before = seed(play, unpaid), writes(play)
    was = bill_of(play, expense["id"])
    expense["lineItems"][0]["note"] = "said otherwise"
    change(play, expense, lineItems=expense["lineItems"])
    play.ferry("sync", NAME)
    now = bill_of(play, expense["id"])
    assert writes(play) == before + 1, f"{writes(play) - before} writes"
    assert [line["LineItemID"] for line in now["LineItems"]] == [line["LineItemID"] for line in was["LineItems"]]
    assert "said otherwise" in now["LineItems"][0]["Description"]
    assert now["LineItems"][1:] == was["LineItems"][1:]


def what_people_changed_is_held(play):
    ready(play)
    expense = seed(play, unpaid)
    bill = bill_of(play, expense["id"])
    play.ask("/__twin/edit", {"type": "Invoices", "id": bill["InvoiceID"], "set": {"Reference": "touched", "LineItems": [
        {**line, "Description": "by hand"} for line in bill["LineItems"]]}})
    expense["lineItems"][0]["note"] = "said otherwise"
    change(play, expense, lineItems=expense["lineItems"])
    before = writes(play)
    play.ferry("sync", NAME)
    held = [row for row in play.answer("held")["documents"] if row["mapping"] == "bill" and row["key"] == expense["id"]]
    assert writes(play) == before
    assert held and held[0]["code"] == "changed-by-hand", held
    assert bill_of(play, expense["id"])["LineItems"][0]["Description"] == "by hand"


def what_people_voided_stays_void(play):
    ready(play)
    expense = seed(play, unpaid)
    bill = bill_of(play, expense["id"])
    play.ask("/__twin/edit", {"type": "Invoices", "id": bill["InvoiceID"], "void": True})
    change(play, expense, note="said otherwise", lineItems=[{**line, "note": "x"} for line in expense["lineItems"]])
    before = writes(play)
    play.ferry("sync", NAME)
    assert writes(play) == before
    assert bill_of(play, expense["id"])["Status"] == "VOIDED"


def an_archived_expense_takes_its_bill_away(play):
    ready(play)
    expense = seed(play, unpaid)
    change(play, expense, status="archived")
    play.ferry("sync", NAME)
    assert bill_of(play, expense["id"])["Status"] in ("VOIDED", "DELETED")


def a_bad_record_is_held_and_all_others_done(play):
    expense = seed(play, unpaid)
    change(play, expense, createdAt=None)
    other = seed(play, lambda record: record["type"] == "card" and record["id"] != expense["id"] and "reviewedAt" in record)
    change(play, other, reconciliation={"totalAmount": "much", "currency": "GBP", "baseCurrency": "GBP"})
    play.ferry("connect", NAME)
    play.ferry("sync", NAME)
    bad = {row["key"]: row["why"] for row in play.answer("held")["records"]}
    assert set(bad) == {expense["id"], other["id"]}, bad
    assert "createdAt" in bad[expense["id"]] and "totalAmount" in bad[other["id"]], bad
    done = play.answer("status")["integrations"][0]["documents"]["bill"]["done"]
    assert done >= 470, done


def a_held_document_heals_by_itself(play):
    ready(play)
    row = next(row for row in play.answer("held")["documents"] if row["code"] == "account-unknown" and row["mapping"] == "bill")
    accounts = json.loads(play.documents().read_text())["Accounts"]
    archived = next(account for account in accounts if account["Code"] == "463")
    play.ask("/__twin/edit", {"type": "Accounts", "id": archived["AccountID"], "set": {"Status": "ACTIVE"}})
    before = len([row for row in play.answer("held")["documents"] if row["code"] == "account-unknown"])
    play.ferry("sync", NAME)
    after = len([row for row in play.answer("held")["documents"] if row["code"] == "account-unknown"])
    assert after < before, (row, before, after)


def an_accountant_maps_an_unknown_account(play):
    play.ferry("connect", NAME)
    play.ferry("sync", NAME)
    before = {row["id"] for row in play.answer("held")["documents"] if row["code"] == "account-unknown" and row["mapping"] == "bill"}
    wrong = play.ferry("do", NAME, "account_map", "code=-", "acount=400", check=False)
    assert wrong.returncode == 4 and "acount" in wrong.stderr, (wrong.returncode, wrong.stderr)
    play.ferry("do", NAME, "account_map", "code=-", "account=429")
    play.ferry("sync", NAME)
    after = {row["id"] for row in play.answer("held")["documents"] if row["code"] == "account-unknown" and row["mapping"] == "bill"}
    assert after < before, (before, after)


an_accountant_maps_an_unknown_account.proves = "P14"


def a_swapped_organisation_is_refused(play):
    play.ferry("connect", NAME)
    play.ask("/__twin/switch", {"tenant_swapped": True})
    done = play.ferry("sync", NAME, check=False)
    assert done.returncode != 0
    assert writes(play) == 0


def after_disconnect_there_are_no_calls(play):
    ready(play)
    play.ferry("disconnect", NAME)
    before = total(play)
    done = play.ferry("sync", NAME, check=False)
    assert done.returncode == 6, done.returncode
    assert total(play) == before
    assert not play.ask("/__twin/calls")["xero"].get("POST /xero/identity/connect/revocation")
    play.ferry("connect", NAME)
    before = writes(play)
    play.ferry("sync", NAME)
    assert writes(play) == before, "what was written before is known again"


after_disconnect_there_are_no_calls.proves = "P34"


def eight_processes_make_one_exchange(play):
    play.ferry("connect", NAME)
    play.ask("/__twin/clock", {"advance_ms": 40 * 60_000})
    play.ask("/__twin/switch", {"token_delay_ms": 25_000 if os.environ.get("FERRY_SLOW") else 1_500})
    before = play.ask("/__twin/calls")["xero"].get("POST /xero/identity/connect/token", 0)
    command = play.command("sync", NAME)
    running = [subprocess.Popen(command, env=play.environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) for _ in range(8)]
    codes = sorted(process.wait() for process in running)
    exchanges = play.ask("/__twin/calls")["xero"]["POST /xero/identity/connect/token"] - before
    assert exchanges == 1, exchanges
    assert 0 in codes and set(codes) <= {0, 7}, codes
    play.ferry("sync", NAME)
    assert not play.compare()


def run_daemon(play):
    return subprocess.Popen(play.command("run"), env=play.environment, stderr=open(play.folder / "daemon.log", "w"))


def end(play, daemon):
    """Stopped, a daemon ends well; its log tells when a sanitizer did not think so."""
    daemon.send_signal(signal.SIGTERM)
    assert daemon.wait(60) == 0, (play.folder / "daemon.log").read_text()


def the_daemon_works_by_itself_and_answers(play):
    play.ferry("connect", NAME)
    daemon = run_daemon(play)
    try:
        for _ in range(600):
            status = play.ferry("status", "--json", check=False)
            assert daemon.poll() is None, (play.folder / "daemon.log").read_text()
            if status.returncode == 0:
                rows = json.loads(status.stdout)["integrations"][0]
                if rows["documents"].get("payment", {}).get("done") == 430 and rows["state"] != "running":
                    break
            time.sleep(0.1)
        assert not play.compare()
    finally:
        end(play, daemon)


def who_finds_the_store_taken_waits_a_little(play):
    play.ferry("connect", NAME)
    with open(play.folder / "ferry.db.lock") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        waiting = [run_daemon(play), subprocess.Popen(play.command("status"), env=play.environment, stdout=subprocess.DEVNULL)]
        time.sleep(1)
        assert [process.poll() for process in waiting] == [None, None]
        fcntl.flock(lock, fcntl.LOCK_UN)
        assert waiting[1].wait(60) == 0
        while "running" not in (play.folder / "daemon.log").read_text():
            time.sleep(0.1)
        end(play, waiting[0])
        fcntl.flock(lock, fcntl.LOCK_EX)
        assert play.ferry("status", check=False).returncode == 7


def secrets_stay_where_they_are(play):
    ready(play)
    play.ferry("audit")
    said = "".join(play.ferry(*words).stdout for words in (["status", "--json"], ["audit", "--json"], ["held", "--json"], ["doctor", "--json"]))
    stored = b"".join(path.read_bytes() for path in play.folder.glob("ferry.db*"))
    for secret in (stage.KEY, play.client["secret"]):
        assert secret not in said
        assert secret.encode() not in stored
    assert not re.search(rb"eyJ[A-Za-z0-9_-]{20,}\.", stored), "a token stands in the store unsealed"


def garbage_for_a_connector_is_named(play):
    (play.folder / "connectors").mkdir()
    (play.folder / "connectors" / "payhawk.so").write_bytes(b"\x7fELF, but not really")
    text = play.config.read_text().replace(str(play.build / "connectors"), str(play.folder / "connectors"))
    play.config.write_text(text)
    done = play.ferry("sync", NAME, check=False)
    assert done.returncode == 3, (done.returncode, done.stderr)
    assert writes(play) == 0


def consent_with_pkce_through_localhost(play):
    text = play.config.read_text()
    text = text.replace("kind: custom", "kind: user").replace("      client_secret: { env: TWIN_XERO_SECRET }\n", "")
    text = text.replace("      token_url:", f"      login_url: http://127.0.0.1:{play.port}/xero/identity/connect/authorize\n      token_url:")
    play.config.write_text(text)
    process = subprocess.Popen(play.command("connect", NAME), env=play.environment,
                               stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
    for line in process.stdout:
        found = re.search(r"http://127\.0\.0\.1\S+", line)
        if found:
            urllib.request.urlopen(found.group()).read()
            break
    assert process.wait(20) == 0, process.stdout.read()
    play.ferry("sync", NAME)
    assert not play.compare()


def needs(program):
    """The libraries a program names itself."""
    said = subprocess.run(["readelf", "-d", program], stdout=subprocess.PIPE, text=True, check=True).stdout
    return set(re.findall(r"\(NEEDED\).*\[(lib[a-z_]+)", said))


def the_programs_need_what_they_should(play):
    host, worker = (needs(play.build / "bin" / name) for name in ("ferry", "ferry-worker"))
    assert {"libcurl", "libuv", "libjansson", "libcrypto"} <= host, host
    assert "libltdl" in worker and not {"libcurl", "libcrypto", "libssl"} & worker, worker


def a_flow_that_is_off_reads_and_writes_nothing(play):
    play.write_config("    flows: { expenses: off }\n")
    ready(play)
    counted = play.ask("/__twin/calls")
    assert counted["payhawk_total"] == 0 and writes(play) == 0, counted
    flow = play.answer("status")["integrations"][0]["flows"][0]
    assert flow["state"] == "off", flow
    play.write_config("    flows: { expenses: { every: 15m } }\n")
    play.ferry("sync", NAME)
    assert not play.compare()


def one_flow_is_run_alone_when_asked_for(play):
    play.write_config("    flows: { expenses: { every: 15m }, deposits: { every: 1h } }\n")
    play.ferry("connect", NAME)
    play.ferry("sync", NAME, "--flow", "deposits")
    assert not [bill for bill in json.loads(play.documents().read_text())["Invoices"] if "payhawk" in bill.get("Url", "")]
    wrong = play.ferry("sync", NAME, "--flow", "expanses", check=False)
    assert wrong.returncode == 4 and "did you mean expenses?" in wrong.stderr, (wrong.returncode, wrong.stderr)
    off = play.ferry("sync", NAME, "--flow", "feed", check=False)
    assert "is off in the config" in off.stderr, off.stderr


def since_is_a_day(play):
    ready(play)
    assert play.answer("sync", NAME, "--since", "2020-01-01")["requests"] == 0
    assert play.ferry("sync", NAME, "--since", "yesterday", check=False).returncode == 2
    assert play.answer("audit", "--since", "2099-01-01")["entries"] == [] and play.answer("audit")["entries"]


def a_flow_that_is_not_there_is_a_mistake(play):
    play.write_config("    flows: { expanses: off }\n")
    done = play.ferry("connect", NAME, check=False)
    said = done.stdout + done.stderr + play.ferry("status", check=False).stdout
    assert "flow-unknown" in said or "no flow expanses" in said, said


def nothing_is_sent_that_a_person_must_approve_first(play):
    play.write_config("    approval: amount over 3000.00\n")
    ready(play)
    waiting = play.answer("approvals", NAME)["documents"]
    small = [document for document in waiting if abs(float(document["amount"])) <= 3000]
    assert waiting and not small, small[:2]
    bill = next(document for document in waiting if document["mapping"] == "bill")
    before, path = writes(play), f"bill/{bill['key']}"
    stale = play.ferry("approve", NAME, path, "--revision", "000000000000", check=False)
    assert stale.returncode != 0 and "look at it again" in stale.stderr, stale.stderr
    play.ferry("approve", NAME, path, "--revision", bill["revision"][:12])
    play.ferry("sync", NAME)
    assert bill_of(play, bill["key"]) and writes(play) > before
    other = next(document for document in waiting if document["mapping"] == "bill" and document["key"] != bill["key"])
    assert play.ferry("reject", NAME, f"bill/{other['key']}", check=False).returncode == 2
    play.ferry("reject", NAME, f"bill/{other['key']}", "--reason", "not ours")
    play.ferry("sync", NAME)
    assert other["key"] not in {document["key"] for document in play.answer("approvals", NAME)["documents"]}


def another_option_leaves_what_is_written(play):
    """A new answer counts from now on; what is booked moves only when people ask for that."""
    ready(play)
    before = writes(play)
    play.write_config(options=", number_prefix: 'NEW-'")
    play.ferry("sync", NAME)
    assert writes(play) == before, f"{writes(play) - before} writes"
    unreviewed = seed(play, lambda record: record["type"] == "reimbursable" and "reviewedAt" not in record and record["status"] == "ready"
                      and not record.get("settledAt"))
    change(play, unreviewed, reviewedAt="2026-11-03T07:00:00Z")
    play.ferry("sync", NAME)
    assert bill_of(play, unreviewed["id"])["InvoiceNumber"].startswith("NEW-")
    assert not bill_of(play, seed(play, unpaid)["id"])["InvoiceNumber"].startswith("NEW-")
    play.ferry("plan", NAME, "--remap")
    play.ferry("sync", NAME)
    assert bill_of(play, seed(play, unpaid)["id"])["InvoiceNumber"].startswith("NEW-")


def a_record_that_turns_unreadable_takes_nothing_away(play):
    """The bill of an expense that cannot be read any more stays, and is held until it can be."""
    ready(play)
    expense, before = seed(play, unpaid), writes(play)
    good = expense["createdAt"]
    change(play, expense, createdAt="the other day")
    play.ferry("sync", NAME)
    assert writes(play) == before, f"{writes(play) - before} writes"
    assert bill_of(play, expense["id"])["Status"] == "AUTHORISED"
    held = play.answer("held", NAME)
    assert "unreadable" in json.dumps(held), held
    change(play, expense, createdAt=good)
    play.ferry("sync", NAME)
    assert writes(play) == before, f"{writes(play) - before} writes"
    assert not play.compare()


def many_removals_wait_for_a_person(play):
    """A source that suddenly takes thirty bills away is asked about first; then they go."""
    ready(play)
    open_bills = [bill["Url"] for bill in json.loads(play.documents().read_text())["Invoices"] if bill["Status"] == "AUTHORISED"]
    expenses = json.loads((play.seeds / "payhawk.json").read_text())["expenses"]
    unpaid_ones = [expense for expense in expenses if not expense.get("settledAt") and any(f"/{expense['id']}?" in url for url in open_bills)][:30]
    assert len(unpaid_ones) == 30
    for expense in unpaid_ones:
        change(play, expense, status="archived")
    before = writes(play)
    play.ferry("sync", NAME)
    assert writes(play) == before
    assert len([row for row in play.answer("held")["documents"] if row["code"] == "many-removals"]) == 30
    play.ferry("retry", NAME, "--code", "many-removals")
    play.ferry("sync", NAME)
    gone = [bill_of(play, expense["id"])["Status"] for expense in unpaid_ones]
    assert set(gone) <= {"VOIDED", "DELETED"}, gone


def a_plan_writes_nothing_and_is_applied_as_shown(play):
    play.ferry("connect", NAME)
    play.ferry("plan", NAME, "-o", play.folder / "plan.json")
    assert writes(play) == 0
    plan = json.loads((play.folder / "plan.json").read_text())
    assert any(change["mapping"] == "bill" for change in plan["changes"])
    done = play.ferry("apply", play.folder / "plan.json")
    assert not play.compare(), done.stdout
    again = play.ferry("apply", play.folder / "plan.json", check=False)
    assert again.returncode != 0, "a plan that was carried out is outdated"


ALL = [value for value in list(globals().values()) if hasattr(value, "__code__") and value.__module__ == __name__
       and value.__code__.co_varnames[:1] == ("play",) and value.__code__.co_argcount == 1
       and value.__name__ not in ("writes", "total", "ready", "needs", "run_daemon", "end")]
