"""What Xero holds beside what it should hold, difference by difference, in words that a bookkeeper uses."""
import re
from collections import defaultdict
from decimal import ROUND_HALF_UP, Decimal

from expect import day_of, fold, kept

GONE = {"DELETED", "VOIDED"}
# Nothing of these kinds comes out of an expense.
STRANGERS = ["BankTransfers", "ManualJournals", "PurchaseOrders", "Prepayments", "Overpayments",
             "BatchPayments"]


def money(amount, currency):
    return f"{Decimal(amount):,f} {currency}" if amount is not None else "nothing"


class Found:
    """The twin's documents, without what was seeded and without what was deleted."""

    def __init__(self, books, documents):
        self.books = books
        self.contacts = {contact["ContactID"]: contact for contact in books.xero["contacts"] + documents.get("Contacts", [])}
        self.accounts = {account["AccountID"]: account for account in books.xero["accounts"] + documents.get("Accounts", [])}
        seeded = {record[key] for name, key in (("contacts", "ContactID"), ("accounts", "AccountID")) for record in books.xero[name]}
        self.seeded = seeded
        self.new_contacts = [contact for contact in documents.get("Contacts", []) if contact["ContactID"] not in seeded]
        self.new_accounts = [account for account in documents.get("Accounts", []) if account["AccountID"] not in seeded]
        self.invoices, self.credit_notes, self.spent = (
            [document for document in documents.get(kind, []) if document.get("Status") not in GONE] for kind in ("Invoices", "CreditNotes", "BankTransactions"))
        self.payments, self.files = defaultdict(list), defaultdict(list)
        for payment in documents.get("Payments", []):
            if payment.get("Status") not in GONE:
                self.payments[payment.get("Invoice", {}).get("InvoiceID") or payment.get("CreditNote", {}).get("CreditNoteID")].append(payment)
        for file in documents.get("Attachments", []):
            endpoint, _, object_id = file["_on"].partition("/")
            self.files[object_id if endpoint in ("Invoices", "CreditNotes") else None].append(file)
        self.strangers = {kind: [record for record in documents.get(kind, []) if record.get("Status") not in GONE] for kind in STRANGERS}
        self.options = {option["TrackingOptionID"]: (category["Name"], option["Name"])
                        for category in books.xero["tracking"] for option in category["Options"]}
        self.percent = {rate["TaxType"]: Decimal(rate["EffectiveRate"]) for rate in books.xero["tax_rates"]}

    def account_code(self, reference, code="Code"):
        """By id where there is one: what Xero goes by."""
        known = self.accounts.get(reference.get("AccountID"))
        return known.get("Code") if known else reference.get(code)

    def tracking(self, line):
        chosen = [self.options.get(item.get("TrackingOptionID")) or (item.get("Name"), item.get("Option")) for item in line.get("Tracking") or []]
        return sorted(chosen, key=str)

    def contact(self, reference):
        """(identity, name): seeded contacts are themselves, new ones are their name."""
        contact_id = reference.get("ContactID")
        name = self.contacts.get(contact_id, reference).get("Name") or "nobody"
        return (contact_id if contact_id in self.seeded else fold(name)), name


# ---- one bill beside the other --------------------------------------------------------------------


def wanted_identity(bill):
    return bill["Contact"].get("ContactID") or fold(bill["Contact"]["Name"])


def number_or_none(value):
    return None if value in (None, "") else Decimal(value)


def differing(label, wanted, found):
    return [] if wanted == found else [f"{label} is {found if found not in (None, '') else 'missing'}, should be {wanted if wanted is not None else 'absent'}"]


def amount_differing(label, wanted, found, currency):
    """To the cent, as far as Xero keeps cents."""
    same = found is not None and kept(Decimal(wanted)) == kept(Decimal(found))
    return [] if same else [f"{label} is {money(found, currency)}, should be {money(wanted, currency)}"]


def head_differences(view, wanted, found):
    currency = wanted["CurrencyCode"]
    identity, name = view.contact(found.get("Contact", {}))
    notes = []
    for label, key in (("type", "Type"), ("status", "Status"), ("number", "InvoiceNumber"), ("number", "CreditNoteNumber"), ("currency", "CurrencyCode"),
                       ("kind of line amounts", "LineAmountTypes")):
        notes += differing(label, wanted[key], found.get(key)) if key in wanted else []
    for label, key in (("date", "Date"), ("due date", "DueDate")):
        notes += differing(label, wanted[key], day_of(found.get(key))) if key in wanted else []
    if identity != wanted_identity(wanted):
        notes.append(f"contact is {name}, should be {wanted['Contact']['Name']}")
    rate = number_or_none(wanted.get("CurrencyRate"))
    given = number_or_none(found.get("CurrencyRate"))
    # without a rate of ours Xero takes the day's; on bills in the base currency it is 1
    if rate is not None and (given is None or given.quantize(Decimal("0.000001"), ROUND_HALF_UP) != rate):
        notes.append(f"exchange rate is {given or 'missing'}, should be {rate}")
    return notes + amount_differing("total", wanted["Total"], found.get("Total"), currency)


def tax_differences(view, label, wanted, line, currency):
    """Tax we do not send is Xero's to work out: nothing, or the rate's part of the amount."""
    found, kind = number_or_none(line.get("TaxAmount")), line.get("TaxType")
    if "TaxAmount" in wanted:
        return amount_differing(f"{label}: tax", wanted["TaxAmount"], found, currency)
    percent = view.percent.get(kind, Decimal(0))
    worked_out = kept(Decimal(wanted["UnitAmount"]) * percent / (100 + percent))
    return [] if found is None or kept(found) in (0, worked_out) else \
        [f"{label}: tax is {money(found, currency)}, should be left to Xero ({money(worked_out, currency)})"]


def without_mark(text):
    """A credit note of a supplier is found again by a mark at the end of its first line."""
    return re.sub(r"\s*ferry:[0-9a-z-]+$", "", text or "") or None


def line_differences(view, label, wanted, found, currency):
    notes = differing(f"{label}: description", wanted["Description"], without_mark(found.get("Description")))
    notes += differing(f"{label}: account", wanted["AccountCode"], view.account_code(found, "AccountCode"))
    if number_or_none(found.get("UnitAmount")) != Decimal(wanted["UnitAmount"]):
        notes.append(f"{label}: amount is {money(found.get('UnitAmount'), currency)}, should be {money(wanted['UnitAmount'], currency)}")
    if number_or_none(found.get("Quantity")) != 1:
        notes.append(f"{label}: quantity is {found.get('Quantity', 'missing')}, should be 1")
    if found.get("LineAmount") is not None:
        notes += amount_differing(f"{label}: line amount", wanted["UnitAmount"], found["LineAmount"], currency)
    usual = next(account["TaxType"] for account in view.books.xero["accounts"] if account["Code"] == wanted["AccountCode"])
    if "TaxType" in wanted or found.get("TaxType") not in (None, "", usual):
        notes += differing(f"{label}: tax rate", wanted.get("TaxType"), found.get("TaxType"))
    notes += tax_differences(view, label, wanted, found, currency)
    chosen = sorted((item["Name"], item["Option"]) for item in wanted["Tracking"])
    if chosen != view.tracking(found):
        def told(pairs):
            return ", ".join(f"{name} {option}" for name, option in pairs) or "none"
        notes.append(f"{label}: tracking is {told(view.tracking(found))}, should be {told(chosen)}")
    return notes


def lines_differences(view, wanted, found):
    lines, others = wanted["LineItems"], found.get("LineItems") or []
    if len(lines) != len(others):
        return [f"there are {len(others)} lines, should be {len(lines)}"]
    pairs = enumerate(zip(lines, others), 1)
    return [note for i, (line, other) in pairs for note in line_differences(view, f"line {i}", line, other, wanted["CurrencyCode"])]


def bill_differences(view, wanted, found):
    return head_differences(view, wanted, found) + lines_differences(view, wanted, found)


# ---- which bill is which --------------------------------------------------------------------------


def expense_of(bill):
    """The bill's link back to Payhawk names the expense."""
    match = re.search(r"/expenses/([^/?#]+)", bill.get("Url") or "")
    return match.group(1) if match else None


def paired(view, wanted_bills):
    """({expense: found bill}, bills that stand for nothing)"""
    pairs, left = {}, []
    known = {bill["expense"] for bill in wanted_bills}
    for bill in view.invoices:
        expense = expense_of(bill)
        if expense in known and expense not in pairs:
            pairs[expense] = bill
        else:
            left.append(bill)
    # bills without a link: the most alike of those with the same number
    for wanted in wanted_bills:
        candidates = [bill for bill in left if expense_of(bill) is None and bill.get("InvoiceNumber") == wanted["InvoiceNumber"]]
        if wanted["expense"] not in pairs and candidates:
            pairs[wanted["expense"]] = min(candidates, key=lambda bill: len(bill_differences(view, wanted, bill)))
            left.remove(pairs[wanted["expense"]])
    return pairs, left


def paired_credit_notes(view, wanted_notes):
    """The same for credit notes, which have no link: the most alike of those with the same number."""
    pairs, left = {}, list(view.credit_notes)
    for wanted in wanted_notes:
        candidates = [note for note in left if note.get("CreditNoteNumber") == wanted["CreditNoteNumber"]]
        if candidates:
            pairs[wanted["expense"]] = min(candidates, key=lambda note: len(bill_differences(view, wanted, note)))
            left.remove(pairs[wanted["expense"]])
    return pairs, left


def named(bill):
    kind, number = ("Bill", bill["InvoiceNumber"]) if "InvoiceNumber" in bill else ("Credit note", bill["CreditNoteNumber"])
    return f"{kind} {number} of {bill['Contact']['Name']} (expense {bill['expense']})"


def stray(view, wanted, bill):
    """Why a bill should not be there, as far as that is known."""
    expense = expense_of(bill)
    why = next((f": expense {expense} is {state} ({row['code']})" for state in ("held", "waiting", "skipped")
                for row in wanted[state] if row["expense"] == expense), "")
    if not why and any(row["expense"] == expense for row in wanted["invoices"]):
        why = f": expense {expense} has another one"
    if not why and any(row["expense"] == expense for row in wanted["credit_notes"]):
        why = f": expense {expense} is a refund"
    return (f"Bill {bill.get('InvoiceNumber')} of {view.contact(bill.get('Contact', {}))[1]}, "
            f"{money(bill.get('Total'), bill.get('CurrencyCode'))}, should not be there{why}.")


# ---- payments and files of a bill -----------------------------------------------------------------


def payment_differences(view, name, wanted, found, currency):
    def told(key):
        other = "" if key[0] == key[3] else f" ({key[3]} of its own)"
        return f"Payment of {money(key[0], currency)} on {key[1]} from {key[2]}{other}"

    def key_of(payment, account):
        return (kept(Decimal(payment["Amount"])), day_of(payment.get("Date")), account, kept(Decimal(payment.get("BankAmount") or payment["Amount"])))

    left = [key_of(payment, view.account_code(payment.get("Account", {}))) for payment in found]
    missing = []
    for payment in wanted:
        key = key_of(payment, payment["Account"])
        if key in left:
            left.remove(key)
        else:
            missing.append(key)
    return [f"{name}: {told(key)} is missing." for key in missing] + [f"{name}: {told(key)} should not be there." for key in left]


def file_differences(name, wanted, found):
    sizes, notes = defaultdict(list), []
    for file in found:
        sizes[file["FileName"]].append(int(file["ContentLength"]))
    for file in wanted:
        there = sizes.pop(file["FileName"], [])
        if not there:
            notes.append(f"{name}: the file {file['FileName']} is missing.")
        elif there != [file["ContentLength"]]:
            notes.append(f"{name}: the file {file['FileName']} has {' and '.join(map(str, there))} bytes, should have {file['ContentLength']}.")
    return notes + [f"{name}: the file {other} should not be there." for other in sizes]


# ---- contacts and accounts ------------------------------------------------------------------------


def contact_differences(view, wanted):
    notes, by_name = [], defaultdict(list)
    for contact in view.new_contacts:
        by_name[fold(contact["Name"])].append(contact)
    for contact in wanted:
        there = by_name.pop(fold(contact["Name"]), [])
        if not there:
            notes.append(f"Contact {contact['Name']} is missing.")
            continue
        if len(there) > 1:
            notes.append(f"Contact {contact['Name']} is there {len(there)} times.")
        notes += [f"Contact {contact['Name']}: {note}." for note in contact_field_differences(contact, there[0])]
    return notes + [f"Contact {contact['Name']} should not be there." for contacts in by_name.values() for contact in contacts]


def contact_field_differences(wanted, found):
    streets = [address.get("AddressLine1") for address in found.get("Addresses") or [] if address.get("AddressLine1")]
    notes = [] if " ".join(found["Name"].split()) == wanted["Name"] else [f"it is written {found['Name']}"]
    notes += differing("VAT number", wanted.get("TaxNumber"), found.get("TaxNumber") or None)
    notes += differing("e-mail", wanted.get("EmailAddress"), found.get("EmailAddress") or None)
    # Xero has two kinds of address; either will do, twice the same as well
    return notes + differing("address", wanted.get("AddressLine1"), " and ".join(sorted(set(streets))) or None)


def account_differences(view, wanted):
    notes, left = [], {account.get("Code"): account for account in view.new_accounts}
    for account in wanted:
        found = left.pop(account["Code"], None)
        if found is None:
            notes.append(f"Account {account['Code']} is missing.")
            continue
        notes += [f"Account {account['Code']}: {note}." for key in account for note in differing(key, account[key], found.get(key))]
    twice = len(view.new_accounts) - len({account.get("Code") for account in view.new_accounts})
    notes += [f"{twice} accounts have a code that another one has."] if twice else []
    return notes + [f"Account {code} {account.get('Name')} should not be there." for code, account in left.items()]


# ---- everything -----------------------------------------------------------------------------------


def by_expense(rows):
    grouped = defaultdict(list)
    for row in rows:
        grouped[row["expense"]].append(row)
    return grouped


def payment_of(entry):
    """The link of a fee back to Payhawk names the payment."""
    match = re.search(r"transactionId=([^&#]+)", entry.get("Url") or "")
    return match.group(1) if match else None


def fee_differences(view, wanted, found):
    (line,) = found.get("LineItems") or [{}]
    notes = differing("type", wanted["Type"], found.get("Type")) + differing("date", wanted["Date"], day_of(found.get("Date")))
    notes += differing("bank account", wanted["Account"], view.account_code(found.get("BankAccount", {})))
    notes += differing("contact", wanted["Contact"], view.contact(found.get("Contact", {}))[1])
    notes += differing("account", wanted["AccountCode"], view.account_code(line, "AccountCode"))
    notes += differing("description", wanted["Description"], line.get("Description"))
    notes += differing("kind of line amounts", "NoTax", found.get("LineAmountTypes"))
    return notes + amount_differing("total", wanted["Total"], found.get("Total"), wanted["CurrencyCode"])


def spent_differences(view, wanted):
    notes, left = [], list(view.spent)
    for fee in wanted:
        found = [entry for entry in left if payment_of(entry) == fee["payment"]]
        name = f"Fee of payment {fee['payment']}"
        if len(found) != 1:
            notes.append(f"{name}, {money(fee['Total'], fee['CurrencyCode'])}, is {'missing' if not found else f'there {len(found)} times'}.")
        else:
            notes += [f"{name}: {note}." for note in fee_differences(view, fee, found[0])]
        left = [entry for entry in left if entry not in found]
    return notes + [f"{money(entry.get('Total'), entry.get('CurrencyCode'))} {entry.get('Type')} should not be there." for entry in left]


def differences(books, wanted, documents):
    view = Found(books, documents)
    notes = contact_differences(view, wanted["contacts"]) + account_differences(view, wanted["accounts"]) + spent_differences(view, wanted["fees"])
    payments, files = by_expense(wanted["payments"]), by_expense(wanted["attachments"])
    seen = set()
    bills, strays = paired(view, wanted["invoices"])
    credits, stray_credits = paired_credit_notes(view, wanted["credit_notes"])
    for bill in wanted["invoices"] + wanted["credit_notes"]:
        found, name = {**bills, **credits}.get(bill["expense"]), named(bill)
        if found is None:
            notes.append(f"{name}, {money(bill['Total'], bill['CurrencyCode'])}, is missing.")
            continue
        key = found.get("InvoiceID") or found.get("CreditNoteID")
        seen.add(key)
        notes += [f"{name}: {note}." for note in bill_differences(view, bill, found)]
        notes += payment_differences(view, name, payments[bill["expense"]], view.payments[key], bill["CurrencyCode"])
        notes += file_differences(name, files[bill["expense"]], view.files[key])
    notes += [stray(view, wanted, bill) for bill in strays]
    notes += [f"Credit note {note.get('CreditNoteNumber')}, {money(note.get('Total'), note.get('CurrencyCode'))}, should not be there." for note in stray_credits]
    notes += [f"Payment of {payment.get('Amount')} on {day_of(payment.get('Date'))} is on nothing that should be there."
              for owner, rows in view.payments.items() if owner not in seen for payment in rows]
    notes += [f"File {file['FileName']} is on nothing that should be there." for owner, rows in view.files.items() if owner not in seen for file in rows]
    return notes + [f"There are {len(rows)} {kind}, should be none." for kind, rows in view.strangers.items() if rows]


def agreement(wanted):
    counts = ", ".join(f"{len(wanted[name])} {name}" for name in ("invoices", "credit_notes", "payments", "fees", "attachments", "contacts", "accounts"))
    return f"Equal: {counts.replace('_', ' ')}."
