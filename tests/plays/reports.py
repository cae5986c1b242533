"""Plays of lists that people put into a folder: Humi's Journal Entry Report."""
import json

NAME = "harbour-humi"
CONFIG = """\
  harbour-humi:
    connector: humi
    organisation: {{ name: "{organisation}", app: main }}
    login: {{ api_key: {{ env: TWIN_PAYHAWK_KEY }} }}
    base_url: http://127.0.0.1:{port}/nobody
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


ALL = [a_report_in_a_folder_becomes_a_draft_bill, a_report_that_cannot_be_read_is_named_and_changes_nothing,
       half_a_report_is_held_with_the_difference, a_pay_run_that_is_a_bill_stays_a_bill]
for play_of_humi in ALL:
    play_of_humi.connector = "humi"
