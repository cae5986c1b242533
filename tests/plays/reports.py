"""Plays of pay runs: Journal Entry Reports in a folder, and journals of Employment Hero Payroll."""
import base64
import http.server
import json
import threading
import urllib.parse

NAME = "harbour-humi"
CONFIG = """\
  harbour-humi:
    connector: humi
    organisation: {{ name: "{organisation}", app: main }}
    options: {{ source: report, folder: {folder}/reports, currency: GBP, start: 2026-10-01 }}
"""
REPORT = """\
Date,Account,Description,Debit,Credit
2026-10-30,480,"Training, October","1,200.00",0.00
2026-10-30,429,Benefits,{benefits},0.00
2026-10-30,820,Deductions,0.00,{deductions}
,,Total,"1,300.50","1,300.50"
"""


def begin(play):
    folder = play.folder / "reports"
    folder.mkdir()
    with play.config.open("a") as config:
        config.write(CONFIG.format(folder=play.folder, port=play.port, organisation=play.organisation))
    play.ferry("connect", NAME)
    return folder


def later(play):
    play.ask("/__twin/clock", {"advance_ms": 60_000})
    return play.answer("sync", NAME)


def bills(play):
    return [bill for bill in json.loads(play.documents().read_text())["Invoices"]
            if bill.get("InvoiceNumber", "").startswith("Payroll")]


def lines(bill):
    return [(line["Description"], line["UnitAmount"]) for line in bill["LineItems"]]


def a_report_in_a_folder_becomes_a_draft_bill(play):
    folder = begin(play)
    (folder / "october.csv").write_text(REPORT.format(benefits="100.50", deductions='"1,300.50"'))
    play.ferry("sync", NAME)
    bill, = bills(play)
    assert bill["Status"] == "DRAFT" and bill["InvoiceNumber"] == "Payroll 2026-10-30", bill
    assert lines(bill) == [("Training, October", 1200.00), ("Benefits", 100.50)], bill
    assert later(play)["requests"] == 0

    # corrected and exported again
    (folder / "october.csv").write_text(REPORT.format(benefits="100.75", deductions='"1,300.75"'))
    later(play)
    bill, = bills(play)
    assert lines(bill) == [("Training, October", 1200.00), ("Benefits", 100.75)], bill


a_report_in_a_folder_becomes_a_draft_bill.proves = "H4 H16 H18"


def a_report_that_cannot_be_read_is_named_and_changes_nothing(play):
    folder = begin(play)
    (folder / "october.csv").write_text(REPORT.format(benefits="100.50", deductions='"1,300.50"'))
    play.ferry("sync", NAME)
    (folder / "october.csv").write_bytes(REPORT.format(benefits="Montr\u00e9al", deductions="1").encode("latin-1"))
    (folder / "link.csv").symlink_to("/etc/hostname")
    assert later(play)["requests"] == 0
    held = play.ferry("held", NAME).stdout
    assert "october.csv, line 3: This is not UTF-8" in held and "link.csv is a link" in held, held
    assert "root" not in held and len(bills(play)) == 1

    (folder / "link.csv").unlink()
    (folder / "october.csv").write_text(REPORT.format(benefits="100.50", deductions='"1,300.50"'))
    later(play)
    assert "could not be read" not in play.ferry("held", NAME).stdout
    assert lines(bills(play)[0]) == [("Training, October", 1200.00), ("Benefits", 100.50)]


def half_a_report_is_held_with_the_difference(play):
    folder = begin(play)
    (folder / "october.csv").write_text(REPORT.format(benefits="100.50", deductions="1.50"))
    play.ferry("sync", NAME)
    held = play.ferry("held", NAME).stdout
    assert "differ by 1299.00 GBP" in held and not bills(play), held


half_a_report_is_held_with_the_difference.proves = "H19"


def a_pay_run_that_is_a_bill_stays_a_bill(play):
    """The operator goes over to journals: what is booked is not booked again."""
    folder = begin(play)
    (folder / "october.csv").write_text(REPORT.format(benefits="100.50", deductions='"1,300.50"'))
    play.ferry("sync", NAME)
    play.config.write_text(play.config.read_text().replace("source: report", "source: report, post_as: journal"))
    (folder / "october.csv").write_text(REPORT.format(benefits="100.75", deductions='"1,300.75"'))
    later(play)
    bill, = bills(play)
    assert lines(bill) == [("Training, October", 1200.00), ("Benefits", 100.75)], bill
    assert play.answer("held", NAME)["documents"] == []


# ---- Employment Hero Payroll -------------------------------------------------------------------------

EH_CONFIG = """\
  harbour-humi:
    connector: humi
    organisation: {{ name: "{organisation}", app: main }}
    login: {{ user: {{ env: TWIN_PAYHAWK_KEY }} }}
    base_url: http://127.0.0.1:{eh_port}
    options: {{ source: employment_hero, business: "88", currency: GBP, start: 2026-10-01 }}
"""
RUNS = [{"id": 500, "payPeriodStarting": "2026-09-01T00:00:00", "payPeriodEnding": "2026-09-30T00:00:00",
         "datePaid": "2026-09-30T00:00:00", "dateFinalised": "2026-09-28T09:00:00", "isFinalised": True},
        {"id": 501, "payPeriodStarting": "2026-10-01T00:00:00", "payPeriodEnding": "2026-10-31T00:00:00",
         "datePaid": "2026-10-30T00:00:00", "dateFinalised": "2026-10-28T09:00:00", "isFinalised": True}]
JOURNAL = [{"journalItemType": "WagesExpense", "accountCode": "480", "accountName": f"Team {n}", "amount": 100.25, "isDebit": True,
            "isCredit": False, "location": None} for n in range(1, 12)] + \
          [{"journalItemType": "Asset", "accountCode": "860", "accountName": "Clearing", "amount": 1102.75, "isDebit": False,
            "isCredit": True, "location": None}]


class EmploymentHero(http.server.BaseHTTPRequestHandler):
    """As much of its API as the connector reads."""

    def do_GET(self):
        address = urllib.parse.urlsplit(self.path)
        query = urllib.parse.parse_qs(address.query)
        self.server.asked.append(self.path)
        if self.headers.get("Authorization") != "Basic " + base64.b64encode(b"twin-payhawk-key:").decode():
            return self.send_error(401)
        skip = int(query.get("$skip", ["0"])[0])
        answers = {"/api/v2/business/88/payrun": RUNS[skip:skip + 100], "/api/v2/business/88/journal/500": [],
                   "/api/v2/business/88/journal/501": JOURNAL}
        if address.path not in answers:
            return self.send_error(404)
        body = json.dumps(answers[address.path]).encode()
        self.send_response(200)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_):
        pass


def a_journal_of_employment_hero_becomes_a_bill(play):
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), EmploymentHero)
    server.asked = []
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        with play.config.open("a") as config:
            config.write(EH_CONFIG.format(organisation=play.organisation, eh_port=server.server_port))
        play.ferry("connect", NAME)
        play.ferry("sync", NAME)
        bill, = bills(play)
        assert bill["InvoiceNumber"] == "Payroll 2026-10-30 (2026-10-01 to 2026-10-31)", bill
        assert bill["Date"].startswith("2026-10-28") or "Date(" in bill["Date"], bill
        assert lines(bill) == [(f"Team {n}", 100.25) for n in range(1, 12)], bill
        assert later(play)["requests"] == 0
    finally:
        server.shutdown()


a_journal_of_employment_hero_becomes_a_bill.proves = "H4 H5"

ALL = [a_journal_of_employment_hero_becomes_a_bill, a_report_in_a_folder_becomes_a_draft_bill, a_report_that_cannot_be_read_is_named_and_changes_nothing,
       half_a_report_is_held_with_the_difference, a_pay_run_that_is_a_bill_stays_a_bill]
for play_of_humi in ALL:
    play_of_humi.connector = "humi"
