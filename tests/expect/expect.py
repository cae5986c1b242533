#!/usr/bin/env python3
"""The documents that must exist in Xero when Payhawk was synchronised, worked out without Ferry.

    expect.py SEEDS_DIR [--prefix TEXT]                        prints them as JSON
    expect.py SEEDS_DIR [--prefix TEXT] --compare DOCUMENTS    says what is different; exit 0 when nothing is

DOCUMENTS is what the twin's GET /__twin/documents prints.
"""
import argparse
import hashlib
import json
import pathlib
import re
import sys
import unicodedata
import urllib.parse
from collections import defaultdict
from dataclasses import dataclass, field
from datetime import datetime, timezone
from decimal import ROUND_DOWN, ROUND_HALF_UP, Decimal
from zoneinfo import ZoneInfo

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent))

# ISO 4217: whose smallest unit is not a hundredth
DIGITS = {
    **dict.fromkeys("BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX UYI VND VUV XAF XOF XPF".split(), 0),
    **dict.fromkeys("BHD IQD JOD KWD LYD OMR TND".split(), 3),
}
# Xero's own names of zones, as far as the seeds use them
ZONES = {"GMTSTANDARDTIME": "Europe/London", "UTC": "UTC"}
# Whom the bill names. Payhawk's "cash" is the company's cash, spent at a supplier: nobody is owed.
OWED_TO_THE_EMPLOYEE = {"reimbursable", "mileage", "perDiem"}
NO_SUPPLIER = "Payhawk Transaction"
# Options of the integration, as tests/plays/stage.py writes them: where fees go, and where cash given in advance stands
FEE_ACCOUNT, ADVANCES_ACCOUNT = "404", "090"
FEES_ARE_PAID_TO = "Payhawk"
XERO_PLACES = 2           # Xero keeps line amounts, tax, totals and payments to so many places, in every currency
FILE_MOST_BYTES = 10_000_000
FILES_MOST = 10
EXTENSIONS = {"application/pdf": "pdf", "image/jpeg": "jpg", "image/png": "png"}


# ---- small things ---------------------------------------------------------------------------------


def fold(name):
    """As people compare names: NFKC, without case, blanks collapsed."""
    without_case = unicodedata.normalize("NFKC", name).casefold()
    return " ".join(unicodedata.normalize("NFKC", without_case).split())


def one_line(name):
    """As Xero keeps names: no blanks at the ends, none doubled."""
    return " ".join(name.split())


def digits(currency):
    return DIGITS.get(currency, 2)


def kept(amount):
    """What Xero keeps of an amount."""
    return Decimal(amount).quantize(Decimal(1).scaleb(-XERO_PLACES), ROUND_HALF_UP)


def share(total, weights, currency):
    """`total` divided in proportion to the weights, each share towards zero in whole cents; the first takes the remainder."""
    everything = sum(weights)
    if everything == 0:
        return [total] + [Decimal(0)] * (len(weights) - 1)
    unit = Decimal(1).scaleb(-digits(currency))
    others = [(total * weight / everything).quantize(unit, ROUND_DOWN) for weight in weights[1:]]
    return [total - sum(others)] + others


def moment(text):
    return datetime.fromisoformat(text.replace("Z", "+00:00"))


def day_of(text):
    """A day is a day: as written, never shifted. Xero writes /Date(ms+0000)/."""
    if text is None:
        return None
    if match := re.fullmatch(r"/Date\((-?\d+)(?:[+-]\d{4})?\)/", text):
        return datetime.fromtimestamp(int(match.group(1)) // 1000, timezone.utc).date().isoformat()
    return text[:10]


def clean_name(name, key, content_type):
    """<clean stem>-<first 8 of the hash of expense and file>.<extension>"""
    stem, dot, extension = name.rpartition(".")
    if not dot:
        stem, extension = name, EXTENSIONS[content_type]
    stem = re.sub(r"[^A-Za-z0-9_-]+", "-", stem).strip("-")[:60].strip("-")
    return f"{stem or 'file'}-{hashlib.sha256(key.encode()).hexdigest()[:8]}.{extension}"


def file_name(file):
    """The API gives no name, only an address that ends in it."""
    return urllib.parse.unquote(urllib.parse.urlsplit(file["url"]).path.rsplit("/", 1)[-1])


def absent_left_out(record):
    return {key: value for key, value in record.items() if value is not None}


def text_of(amount, currency):
    """With the digits of its currency; more of them only where the source has more."""
    if amount is None:
        return None
    written = amount.quantize(Decimal(1).scaleb(-digits(currency)), ROUND_HALF_UP)
    return format(written if written == amount else amount, "f")


# ---- what is known --------------------------------------------------------------------------------


@dataclass
class Books:
    """Both seeds, indexed the way the rules ask."""
    xero: dict
    payhawk: dict
    prefix: str = ""
    lines_of: dict = field(default_factory=lambda: defaultdict(list))     # expense → settled statement lines, in Payhawk's order
    payments_of: dict = field(default_factory=lambda: defaultdict(list))  # expense → payments in any state

    def __post_init__(self):
        organisation = self.xero["organisation"]
        self.base = organisation["BaseCurrency"]
        self.zone = ZoneInfo(ZONES[organisation["Timezone"]])
        self.locked = max(filter(None, (day_of(organisation.get(name)) for name in ("PeriodLockDate", "EndOfYearLockDate"))), default="")
        self.currencies = {currency["Code"] for currency in self.xero["currencies"]}
        self.accounts = {account["Code"]: account for account in self.xero["accounts"] if account["Status"] == "ACTIVE"}
        self.tax_types = {rate["TaxType"] for rate in self.xero["tax_rates"] if rate["Status"] == "ACTIVE"}
        self.options = {option["TrackingOptionID"]: (category, option) for category in self.xero["tracking"] for option in category["Options"]}
        self._index_payments()

    def _index_payments(self):
        settled = {line["paymentId"]: line for line in self.payhawk["bank_statement_lines"]}
        for payment in sorted(self.payhawk["payments"], key=lambda payment: payment["id"]):
            for expense_id in payment["expenseIds"]:
                self.payments_of[expense_id].append(payment)
                if payment["id"] in settled:
                    self.lines_of[expense_id].append(settled[payment["id"]])


def load(directory, prefix=""):
    def read(name):
        text = (pathlib.Path(directory) / name).read_text(encoding="utf-8")
        return json.loads(text, parse_float=Decimal, parse_int=Decimal)

    return Books(read("xero.json"), read("payhawk.json"), prefix)


# ---- one expense ----------------------------------------------------------------------------------


def moved(line):
    """Money that left the fund is positive, money that came back negative."""
    return -abs(line["amount"]) if line["type"] == "credit" else line["amount"]


class Expense:
    """An expense with everything the rules need to know of it."""

    def __init__(self, books, record):
        self.books, self.record = books, record
        self.id, self.type = record["id"], record["type"]
        self.total, self.currency = record["reconciliation"]["totalAmount"], record["reconciliation"]["currency"]
        self.settled = books.lines_of[self.id]
        self.paid = sum((moved(line) for line in self.settled), Decimal(0))
        self.paid_currencies = {line["currency"] for line in self.settled}
        self.document = record.get("document", {})
        # an expense that is not split is its own one line
        self.parts = record["lineItems"] or [record]

    @property
    def keeps_its_currency(self):
        return self.type != "card" or self.paid_currencies <= {self.books.base}

    @property
    def bill_currency(self):
        return self.currency if self.keeps_its_currency else self.settled[0]["currency"]

    @property
    def bill_total(self):
        return abs(self.total if self.keeps_its_currency else self.paid)

    @property
    def net(self):
        return self.paid if self.type == "card" else self.total

    @property
    def is_credit(self):
        """More came back than was paid: a credit note of the supplier."""
        return self.net < 0

    @property
    def both_ways(self):
        """A charge and its refund: one document of what is left, and one payment."""
        return len({moved(line) > 0 for line in self.settled}) > 1

    @property
    def owed_to_the_employee(self):
        return self.type in OWED_TO_THE_EMPLOYEE or self.type == "cashInAdvance" and "name" not in self.record.get("supplier", {})

    @property
    def created_day(self):
        return moment(self.record["createdAt"]).astimezone(self.books.zone).date().isoformat()

    @property
    def date(self):
        return day_of(self.document.get("serviceDate") or self.document.get("documentDate")) or self.created_day

    @property
    def due_date(self):
        return day_of(self.document.get("dueDate") or self.document.get("documentDate")) or self.created_day

    @property
    def number(self):
        return self.books.prefix + (self.document.get("documentNumber") or f"expense-{self.id}")

    @property
    def rate(self):
        """What was really paid; where that is not known, Xero takes the day's rate."""
        if self.currency == self.books.base or self.paid_currencies != {self.books.base}:
            return None
        return abs(self.total / self.paid).quantize(Decimal("0.000001"), ROUND_HALF_UP)

    @property
    def owner(self):
        person = self.record["createdBy"]
        return " ".join(filter(None, (person.get("firstName"), person.get("lastName"))))


# ---- contacts -------------------------------------------------------------------------------------


def wanted_contact(expense):
    """Whom the bill names, as Xero would be told."""
    if expense.owed_to_the_employee:
        email = expense.record["createdBy"]["email"]
        return {"Name": expense.owner or email, "EmailAddress": email}
    supplier = expense.record.get("supplier", {})
    return absent_left_out({"Name": one_line(supplier.get("name") or NO_SUPPLIER), "TaxNumber": supplier.get("vat"),
                            "EmailAddress": supplier.get("contactEmail"), "AddressLine1": supplier.get("address")})


def known_contact(expense, contacts):
    """By VAT number (people: by e-mail), then by name; one in use rather than an archived one."""
    wanted = wanted_contact(expense)
    key = "EmailAddress" if expense.owed_to_the_employee else "TaxNumber"
    tests = [lambda contact: wanted.get(key) and contact.get(key) == wanted[key],
             lambda contact: fold(contact["Name"]) == fold(wanted["Name"])]
    for test in tests:
        hits = sorted(filter(test, contacts), key=lambda contact: contact.get("ContactStatus") == "ARCHIVED")
        if hits:
            return hits[0]
    return None


# ---- may it be written? ---------------------------------------------------------------------------


def account_unknown(expense):
    return any(part["reconciliation"].get("accountCode") not in expense.books.accounts for part in expense.parts)


def tax_unknown(expense):
    return any("taxRate" in part and part["taxRate"]["code"] not in expense.books.tax_types for part in expense.parts)


def tracked(part):
    """Fields that came from Xero and have exactly one value; others are Payhawk's own affair."""
    for known in part["reconciliation"].get("customFields", []):
        values = known.get("selectedValues", [])
        if known.get("externalSource") == "xero" and known.get("externalId") and len(values) == 1:
            yield known, values[0]


def option_unknown(expense):
    def active(known, value):
        category, option = expense.books.options.get(value.get("externalId"), ({}, {}))
        return category.get("TrackingCategoryID") == known["externalId"] and category["Status"] == option["Status"] == "ACTIVE"

    return any(not active(known, value) for part in expense.parts for known, value in tracked(part))


def contact_archived(expense):
    contact = known_contact(expense, expense.books.xero["contacts"])
    return contact is not None and contact["ContactStatus"] == "ARCHIVED"


def not_settled(expense):
    pending = any(payment["status"] == "pending" for payment in expense.books.payments_of[expense.id])
    return expense.type == "card" and (not expense.settled or pending)


def lines_do_not_add_up(expense):
    return sum(part["reconciliation"]["totalAmount"] for part in expense.parts) != expense.total


# The first that is true counts. The seeds give no expense two reasons to be held.
GUARDS = [
    ("skipped", "deleted", lambda expense: expense.record["status"] == "deleted"),
    ("skipped", "archived", lambda expense: expense.record["status"] == "archived"),
    ("waiting", "not-reviewed", lambda expense: "reviewedAt" not in expense.record),
    ("held", "two-currencies", lambda expense: len(expense.paid_currencies) > 1),
    ("waiting", "not-settled", not_settled),
    ("skipped", "nothing-left", lambda expense: expense.type == "card" and expense.net == 0),
    ("held", "lines-total", lines_do_not_add_up),
    ("held", "currency-unknown", lambda expense: expense.bill_currency not in expense.books.currencies),
    ("held", "contact-archived", contact_archived),
    ("held", "locked-period", lambda expense: expense.date <= expense.books.locked),
    ("held", "account-unknown", account_unknown),
    ("held", "tax-unknown", tax_unknown),
    ("held", "option-unknown", option_unknown),
]


def verdicts(expense):
    """All that speaks against writing it, in order."""
    return [(state, code) for state, code, applies in GUARDS if applies(expense)]


# ---- the documents --------------------------------------------------------------------------------


def tracking_of(expense, part):
    found = []
    for _, value in tracked(part):
        category, option = expense.books.options[value["externalId"]]
        found.append({"Name": category["Name"], "Option": option["Name"]})
    return sorted(found, key=lambda item: item["Name"])


def line_items(expense):
    amounts = share(expense.bill_total, [part["reconciliation"]["totalAmount"] for part in expense.parts], expense.bill_currency)
    items = []
    for part, amount in zip(expense.parts, amounts):
        note = part.get("note") or expense.record.get("note") or "(no note)"
        tax = part["reconciliation"].get("taxAmount") if expense.keeps_its_currency else None
        items.append(absent_left_out({
            "Description": " | ".join(filter(None, (expense.owner, note))), "Quantity": "1", "UnitAmount": text_of(amount, expense.bill_currency),
            "AccountCode": part["reconciliation"]["accountCode"], "TaxType": part.get("taxRate", {}).get("code"),
            # the tax of the receipt is in the receipt's currency: of no use once the amounts were converted
            "TaxAmount": None if tax is None else text_of((-tax if expense.is_credit else tax) + 0, expense.currency),
            "Tracking": tracking_of(expense, part)}))
    return items


def document(expense, contact):
    """A bill or a credit note: what both have."""
    return absent_left_out({
        "expense": expense.id, "Status": "PAID" if payments(expense) else "AUTHORISED",
        "Contact": absent_left_out({"ContactID": contact.get("ContactID"), "Name": contact["Name"]}),
        "Date": expense.date, "LineAmountTypes": "Inclusive", "CurrencyCode": expense.bill_currency,
        "CurrencyRate": expense.rate and format(expense.rate, "f"), "Total": text_of(expense.bill_total, expense.bill_currency), "LineItems": line_items(expense)})


def invoice(expense, contact):
    return {**document(expense, contact), "Type": "ACCPAY", "InvoiceNumber": expense.number, "DueDate": expense.due_date}


def credit_note(expense, contact):
    return {**document(expense, contact), "Type": "ACCPAYCREDIT", "CreditNoteNumber": expense.number}


def payment(expense, account, date, amount, left=None, currency=None):
    """`left`: what left the wallet, in its currency; said where that is not the bill's."""
    return absent_left_out({
        "expense": expense.id, "InvoiceNumber": expense.number, "Account": account, "Date": date, "Amount": text_of(amount, expense.bill_currency),
        "CurrencyCode": expense.bill_currency, "BankAmount": text_of(left, currency) if currency not in (None, expense.bill_currency) else None})


def payments(expense):
    if expense.type == "cashInAdvance":
        return [payment(expense, ADVANCES_ACCOUNT, expense.date, expense.bill_total)]
    if expense.both_ways:
        # one payment of what is left, on the day of the last movement
        last = max(day_of(line["date"]) for line in expense.settled)
        currency = expense.settled[0]["currency"]
        return [payment(expense, f"PHWK-{currency}", last, expense.bill_total, abs(expense.paid), currency)]
    amounts = share(expense.bill_total, [moved(line) for line in expense.settled], expense.bill_currency) if expense.settled else []
    return [payment(expense, f"PHWK-{line['currency']}", day_of(line["date"]), amount, abs(line["amount"]),
                    line["currency"] if len(line.get("expenseIds", [expense.id])) == 1 else None) for line, amount in zip(expense.settled, amounts)]


def fees(books):
    """Each settled payment that cost something: money spent beside the bill, once somebody reviewed what it was for."""
    records = {record["id"]: record for record in books.payhawk["expenses"]}
    paid_for = {paid["id"]: [records[number] for number in paid["expenseIds"]] for paid in books.payhawk["payments"]}
    for line in books.payhawk["bank_statement_lines"]:
        cost, kinds = sum(line["fees"].values()), [name for name, amount in line["fees"].items() if amount != 0]
        bought = paid_for.get(line["paymentId"], [])
        if cost == 0 or any(record["status"] == "archived" or "reviewedAt" not in record for record in bought):
            continue
        words = " + ".join({"fx": "Exchange", "pos": "POS", "bank": "Bank"}[name] for name in kinds)
        yield {"payment": line["paymentId"], "Type": "SPEND", "Account": f"PHWK-{line['currency']}", "Date": day_of(line["date"]), "CurrencyCode": line["currency"],
               "Contact": FEES_ARE_PAID_TO, "Description": ": ".join(filter(None, (f"{words} fees", line.get("description")))), "AccountCode": FEE_ACCOUNT,
               "Total": text_of(cost, line["currency"])}


def attachments(expense):
    """(files to be written, reasons to hold others)"""
    written, held = [], []
    for position, file in enumerate(expense.document.get("files", [])):
        known = expense.books.payhawk["files"][file["id"]]
        name = clean_name(file_name(file), f"{expense.id}/{file['id']}", file["contentType"])
        reason = "too-many-files" if position >= FILES_MOST else "file-too-big" if known["size"] > FILE_MOST_BYTES else None
        if reason:
            held.append({"expense": expense.id, "code": reason, "file": name})
        else:
            written.append({"expense": expense.id, "InvoiceNumber": expense.number, "Endpoint": "CreditNotes" if expense.is_credit else "Invoices",
                            "FileName": name, "ContentLength": int(known["size"])})
    return written, held


def bank_accounts(books):
    """One for each currency that Payhawk has money in, unless Xero has it."""
    for currency in sorted({fund["currency"] for fund in books.payhawk["fund_accounts"]}):
        if f"PHWK-{currency}" not in books.accounts:
            yield {"Code": f"PHWK-{currency}", "Name": f"Payhawk {currency}", "Type": "BANK", "CurrencyCode": currency,
                   "BankAccountNumber": f"000000-PAYHAWK-{currency}"}


def expected(books):
    result = {"contacts": [], "accounts": list(bank_accounts(books)), "invoices": [], "credit_notes": [], "payments": [], "fees": list(fees(books)),
              "attachments": [], "held": [], "waiting": [], "skipped": [], "totals": {}}
    contacts = list(books.xero["contacts"])
    totals = defaultdict(lambda: {"source": Decimal(0), "xero": Decimal(0)})
    for record in sorted(books.payhawk["expenses"], key=lambda record: record["id"]):
        expense = Expense(books, record)
        against = verdicts(expense)
        if against:
            state, code = against[0]
            result[state].append({"expense": expense.id, "code": code})
            continue
        contact = known_contact(expense, contacts)
        if contact is None:
            contact = wanted_contact(expense)
            contacts.append(contact)
            result["contacts"].append(contact)
        made = (credit_note if expense.is_credit else invoice)(expense, contact)
        result["credit_notes" if expense.is_credit else "invoices"].append(made)
        result["payments"] += payments(expense)
        written, held = attachments(expense)
        result["attachments"] += written
        result["held"] += held
        sign = -1 if expense.is_credit else 1
        totals[expense.bill_currency]["source"] += sign * expense.bill_total
        totals[expense.bill_currency]["xero"] += sign * sum(kept(line["UnitAmount"]) for line in made["LineItems"])
    if result["fees"] and all(fold(contact["Name"]) != fold(FEES_ARE_PAID_TO) for contact in contacts):
        result["contacts"].append({"Name": FEES_ARE_PAID_TO})
    result["totals"] = {currency: {side: text_of(amount, currency) for side, amount in sides.items()} for currency, sides in sorted(totals.items())}
    return result


# ---- the command ----------------------------------------------------------------------------------


def main(words):
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("seeds", metavar="SEEDS_DIR")
    parser.add_argument("--prefix", default="", help="the option that goes before each document number")
    parser.add_argument("--compare", metavar="DOCUMENTS")
    arguments = parser.parse_args(words)
    books = load(arguments.seeds, arguments.prefix)
    wanted = expected(books)
    if not arguments.compare:
        print(json.dumps(wanted, ensure_ascii=False, indent=1))
        return 0
    import compare  # it needs this module; a run that only prints does not need it

    text = pathlib.Path(arguments.compare).read_text(encoding="utf-8")
    found = json.loads(text, parse_float=Decimal, parse_int=Decimal)
    differences = compare.differences(books, wanted, found)
    print("\n".join(differences) if differences else compare.agreement(wanted))
    return 1 if differences else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
