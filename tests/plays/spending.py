"""Plays of Payhawk's expenses that change afterwards, or of which people say more than Payhawk knows."""
import json

from plays import NAME, bill_of, change, ready, seed, writes

FUND, ACCOUNT = "1101", "090"


def records(play, name):
    return json.loads((play.seeds / "payhawk.json").read_text())[name]


def documents(play, kind):
    return json.loads(play.documents().read_text()).get(kind, [])


def payments_of(play, bill):
    return [payment for payment in documents(play, "Payments") if payment.get("Invoice", {}).get("InvoiceID") == bill["InvoiceID"]]


def add(play, name, record):
    play.ask("/__twin/payhawk/edit", {"list": name, "add": record})


def money_moves(play, expense, number, amount, day, **more):
    """A payment that settled, and its line in the statement; money back is negative."""
    fees = {"fx": 0, "pos": 0, "bank": 0}
    add(play, "payments", {"id": number, "type": "card", "status": "settled", "amount": amount, "currency": "GBP", "fees": fees, "originalAmount": amount,
                           "originalCurrency": "GBP", "fundAccountId": FUND, "fundAccountType": "debit", "description": "AGAIN", "date": f"{day}T09:00:00.000Z",
                           "fxRate": 1, "expenseIds": [expense["id"]]})
    statement(play, number, amount, day, **more)


def statement(play, number, amount, day, **more):
    add(play, "bank_statement_lines", {
        "id": f"{FUND}-{number}-{day}", "type": "debit" if amount > 0 else "credit", "paymentId": number, "fundAccountId": FUND, "date": f"{day}T09:00:00.000Z",
        "currency": "GBP", "amount": abs(amount), "paidCurrency": "GBP", "paidAmount": abs(amount), "fxRate": 1, "fees": {"fx": 0, "pos": 0, "bank": 0}, **more})


def a_payment_that_is_written_is_not_changed(play):
    """Xero has no call for that: a person removes it there, and it is posted anew."""
    ready(play)
    line = next(one for one in records(play, "bank_statement_lines") if one.get("paymentId") and one["type"] == "debit")
    play.ask("/__twin/payhawk/edit", {"list": "bank_statement_lines", "id": line["id"], "set": {"date": "2026-10-29T09:00:00.000Z"}})
    before, calls = writes(play), play.ask("/__twin/calls")["xero_total"]
    play.ferry("sync", NAME, timeout=60)
    held = [row for row in play.answer("held")["documents"] if row["code"] == "unchangeable"]
    assert [row["mapping"] for row in held] == ["payment"] and writes(play) == before, (held, writes(play) - before)
    assert play.ask("/__twin/calls")["xero_total"] - calls < 20, "it was looked at over and over"
    play.ferry("sync", NAME, timeout=60)
    assert writes(play) == before


def paid_once(play, kind):
    """The first expense of this kind in pounds with one payment of its own, and that payment."""
    for payment in records(play, "payments"):
        expense = next(record for record in records(play, "expenses") if record["id"] == payment["expenseIds"][0])
        mine = [other for other in records(play, "payments") if expense["id"] in other["expenseIds"]]
        if (expense["type"] == kind and "reviewedAt" in expense and expense["status"] == "ready" and len(mine) == 1 and payment["status"] == "settled"
                and len(payment["expenseIds"]) == 1 and payment["fundAccountId"] == FUND and expense["reconciliation"]["currency"] == "GBP"
                and payment["amount"] == expense["reconciliation"]["totalAmount"] and not any(payment["fees"].values())
                and expense["createdAt"] > "2026-10-05" and len(expense["lineItems"]) == 1):
            return expense, payment
    raise AssertionError(f"the seeds have no {kind} expense that was paid once")


def cash_is_paid_from_the_account_that_was_chosen(play):
    ready(play)
    play.ferry("do", NAME, "cash_accounts", "currency=GBP", f"account={ACCOUNT}")
    play.ferry("sync", NAME)
    spent = [record for record in records(play, "expenses") if record["type"] == "cash" and "reviewedAt" in record and record["status"] == "ready"]
    bills = {record["id"]: bill for record in spent for bill in documents(play, "Invoices") if f"/{record['id']}?" in bill.get("Url", "")}
    assert len(bills) > 20, len(bills)
    for record in spent:
        if record["id"] in bills:
            in_pounds = record["reconciliation"]["currency"] == "GBP"
            paid = [payment["Account"]["AccountID"] for payment in payments_of(play, bills[record["id"]])]
            assert paid == ([play.accounts[ACCOUNT]] if in_pounds else []), (record["id"], paid)
            assert bills[record["id"]]["Status"] == ("PAID" if in_pounds else "AUTHORISED")


cash_is_paid_from_the_account_that_was_chosen.proves = "P8"


def what_is_in_xero_already_stays_out(play):
    expense = seed(play, lambda record: record["type"] == "bank" and "reviewedAt" in record and record["status"] == "ready" and not record["isPaid"])
    play.ferry("connect", NAME)
    play.ferry("do", NAME, "not_exported", f"expense={expense['id']}", "reason=typed in by hand")
    play.ferry("sync", NAME)
    assert not [bill for bill in documents(play, "Invoices") if f"/{expense['id']}?" in bill.get("Url", "")]
    assert play.answer("status")["integrations"][0]["documents"]["bill"]["done"] > 470


what_is_in_xero_already_stays_out.proves = "P36"


def a_larger_refund_turns_a_bill_into_a_credit_note(play):
    ready(play)
    expense, payment = paid_once(play, "card")
    bill = bill_of(play, expense["id"])
    assert bill["Status"] == "PAID"
    left = -5
    money_moves(play, expense, "790001", left - payment["amount"], "2026-10-30")
    line = {**expense["lineItems"][0], "reconciliation": {**expense["lineItems"][0]["reconciliation"], "totalAmount": left, "taxAmount": 0}}
    change(play, expense, lineItems=[line], reconciliation={**expense["reconciliation"], "totalAmount": left})
    play.ferry("sync", NAME)
    assert bill_of(play, expense["id"])["Status"] == "VOIDED", bill_of(play, expense["id"])["Status"]
    assert {paid["Status"] for paid in payments_of(play, bill)} == {"DELETED"}
    number = bill["InvoiceNumber"]
    notes = [note for note in documents(play, "CreditNotes") if note["CreditNoteNumber"] == number and note["Total"] == 5]
    assert len(notes) == 1 and notes[0]["Status"] == "PAID", notes
    before = writes(play)
    play.ferry("sync", NAME)
    assert writes(play) == before, "it is settled"


a_larger_refund_turns_a_bill_into_a_credit_note.proves = "P26 P29"


def a_rejected_transfer_opens_the_bill_again(play):
    ready(play)
    expense, payment = paid_once(play, "bank")
    bill = bill_of(play, expense["id"])
    assert bill["Status"] == "PAID"
    statement(play, payment["id"], -payment["amount"], "2026-10-31")
    change(play, expense, isPaid=False)
    play.ferry("sync", NAME)
    assert {paid["Status"] for paid in payments_of(play, bill)} == {"DELETED"}
    assert bill_of(play, expense["id"])["Status"] == "AUTHORISED"
    money_moves(play, expense, "790002", payment["amount"], "2026-11-02", expenseIds=[expense["id"]])
    play.ferry("sync", NAME)
    assert sorted(paid["Status"] for paid in payments_of(play, bill)) == ["AUTHORISED", "DELETED"]
    assert bill_of(play, expense["id"])["Status"] == "PAID"


a_rejected_transfer_opens_the_bill_again.proves = "P29"


ALL = [cash_is_paid_from_the_account_that_was_chosen, what_is_in_xero_already_stays_out, a_larger_refund_turns_a_bill_into_a_credit_note,
       a_rejected_transfer_opens_the_bill_again, a_payment_that_is_written_is_not_changed]
