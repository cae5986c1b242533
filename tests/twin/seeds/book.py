"""From what people spent (Spent, Line, Paid) to records shaped as Payhawk's API shapes them."""
import urllib.parse
from dataclasses import dataclass, field
from decimal import ROUND_HALF_UP, Decimal
from datetime import datetime, timedelta

import company

FILES_AT = "https://files.payhawk.com"  # the twin puts its own address here


@dataclass
class Line:
    amount: str
    category: str = "meals"
    tax: str = "usual"        # the category's usual code, another code, or None: nobody chose one
    note: str | None = None
    department: object = None  # the name of an option, a list of names, or None
    region: object = None
    own_field: str | None = None


@dataclass
class Paid:
    at: str                   # day and time, UTC
    amount: str
    fund: str = "1101"
    status: str = "settled"
    fees: tuple = ("0", "0", "0")  # exchange, point of sale, bank
    batch: str | None = None  # payments of the same batch are one payment of several expenses


@dataclass
class Spent:
    type: str
    created: str
    lines: list
    currency: str = "GBP"
    user: str = "304"
    supplier: object = None   # key of company.SUPPLIERS, {"name": …} as typed by somebody, or None
    paid: list = field(default_factory=list)
    total: str | None = None  # only where it is not the sum of the lines
    number: str | None = None
    dated: str | None = None
    due: str | None = None
    service: str | None = None
    reviewed: str | None = "later"
    status: str = "ready"
    is_paid: bool | None = None
    note: str | None = None
    whole: bool = False       # not split: the API gives no lines, the expense itself is the line
    files: list = field(default_factory=list)  # (name, size)
    title: str | None = None


def digits(currency):
    return company.DIGITS.get(currency, 2)


def rounded(amount, currency):
    return Decimal(amount).quantize(Decimal(1).scaleb(-digits(currency)), ROUND_HALF_UP)


def exchanged(amount, currency, into):
    """At the month's one rate; enough for believable numbers."""
    return rounded(Decimal(amount) / Decimal(company.RATES[currency]) * Decimal(company.RATES[into]), into)


def inclusive_tax(amount, percent, currency):
    return rounded(Decimal(amount) * percent / (100 + percent), currency)


def ratio(a, b):
    return (Decimal(a) / Decimal(b)).quantize(Decimal("0.000001"), ROUND_HALF_UP) if Decimal(b) else Decimal(0)


def instant(text):
    """"2026-10-05 09:14" or with seconds → as JavaScript prints instants."""
    moment = datetime.fromisoformat(text)
    return moment.strftime("%Y-%m-%dT%H:%M:%S.000Z")


def midnight(day):
    return f"{day}T00:00:00.000Z"


def without_nothing(record):
    return {key: value for key, value in record.items() if value is not None}


class Book:
    """Builds all records of payhawk.json; ids count upwards in the order things happened."""

    def __init__(self, random, xero):
        self.random = random
        self.people = {row[0]: row for row in company.PEOPLE}
        self.suppliers = {row[0]: self._supplier(2001 + i, row) for i, row in enumerate(company.SUPPLIERS)}
        self.categories = {row[0]: (str(3001 + i), row) for i, row in enumerate(company.CATEGORIES)}
        self.tax_rates = {row[0]: row for row in company.TAX_RATES}
        self.custom_fields, self.values = self._fields(xero["tracking"])
        self.expenses, self.payments, self.statement, self.workflows, self.files = [], [], [], {}, {}
        self.lines_made = 0

    # ---- reference data -------------------------------------------------------------------------

    def _supplier(self, number, row):
        _, name, vat, country, email, address = row
        return without_nothing({"id": str(number), "name": name, "countryCode": country, "address": address, "vat": vat,
                                "contactEmail": email, "status": "active"})

    def _fields(self, tracking):
        fields, values = [], {}
        for i, category in enumerate(tracking):
            fields.append({"id": f"cf-{11 + i}", "label": category["Name"], "isRequired": False,
                           "externalId": category["TrackingCategoryID"], "externalSource": "xero"})
            values[f"cf-{11 + i}"] = [
                {"id": f"cfv-{11 + i}{k:02}", "label": option["Name"], "externalId": option["TrackingOptionID"]}
                for k, option in enumerate(category["Options"])]
        # typed into Payhawk by somebody: Xero does not know it
        values["cf-11"].append({"id": "cfv-1190", "label": "Pop-up shop"})
        # Xero knew it once: the option was deleted there
        values["cf-12"].append({"id": "cfv-1290", "label": "Isle of Man", "externalId": self.random.uuid()})
        # not a field of Xero's at all
        fields.append({"id": "cf-13", "label": "Vessel", "isRequired": False})
        values["cf-13"] = []
        return fields, values

    # ---- one expense ----------------------------------------------------------------------------

    def _chosen(self, line):
        """Custom fields of a line as the API gives them; None when the line has none."""
        chosen = []
        for known, names in ((self.custom_fields[0], line.department), (self.custom_fields[1], line.region)):
            if names is None:
                continue
            names = names if isinstance(names, list) else [names]
            picked = [value for name in names for value in self.values[known["id"]] if value["label"] == name]
            chosen.append({**{key: known[key] for key in ("id", "label", "externalId", "externalSource")},
                           "selectedValues": picked})
        if line.own_field:
            chosen.append({"id": "cf-13", "label": "Vessel", "value": line.own_field})
        return chosen or None

    def _tax_rate(self, line):
        code = self.categories[line.category][1][3] if line.tax == "usual" else line.tax
        if code is None:
            return None
        name, percent = self.tax_rates[code][1:3] if code in self.tax_rates else ("Old purchases rate", "17.5")
        return {"code": code, "name": name, "rate": Decimal(percent)}

    def _reconciliation(self, amount, tax, currency, code, fields=None, payment_currency=None):
        foreign = currency != company.BASE
        rate = Decimal(company.RATES[company.BASE]) / Decimal(company.RATES[currency])
        return without_nothing({
            "totalAmount": amount, "taxAmount": tax, "currency": currency,
            "baseTotalAmount": exchanged(amount, currency, company.BASE),
            "baseTaxAmount": None if tax is None else exchanged(tax, currency, company.BASE),
            "baseCurrency": company.BASE, "accountCode": code, "customFields": fields,
            "fxRate": rate.quantize(Decimal("0.000001")) if foreign else None,
            "fxRateToPaymentCurrency": ratio(company.RATES[payment_currency], company.RATES[currency])
            if payment_currency and payment_currency != currency else None,
        })

    def _line(self, line, currency):
        category_id, row = self.categories[line.category]
        rate = self._tax_rate(line)
        tax = None if rate is None else inclusive_tax(line.amount, rate["rate"], currency)
        self.lines_made += 1
        return without_nothing({
            "id": str(400000 + self.lines_made), "categoryId": category_id, "category": row[1].split(" / ")[-1],
            "reconciliation": self._reconciliation(Decimal(line.amount), tax, currency, row[2], self._chosen(line)),
            "taxRate": rate, "note": line.note,
        })

    def _document(self, spent):
        files = []
        for name, size in spent.files:
            file_id = self.random.uuid()
            kind = {"jpg": "image/jpeg", "jpeg": "image/jpeg", "png": "image/png"}.get(
                name.rsplit(".", 1)[-1].lower(), "application/pdf")
            self.files[file_id] = {"name": name, "type": kind, "size": size}
            url = f"{FILES_AT}/{company.ACCOUNT_ID}/{file_id}/{urllib.parse.quote(name, safe='')}"
            files.append({"id": file_id, "url": url, "contentType": kind})
        dates = {"documentDate": spent.dated, "dueDate": spent.due, "serviceDate": spent.service}
        document = {key: midnight(day) for key, day in dates.items() if day}
        if not document and not files and not spent.number:
            return None
        document["files"] = files
        if spent.number:
            document["documentNumber"] = spent.number
        document["documentType"] = "invoice" if spent.type == "bank" else "receipt"
        return document

    def _travel(self, spent, total):
        """What the API adds to per diems and mileage; nothing in it reaches Xero."""
        day = midnight(spent.created[:10])
        if spent.type == "perDiem":
            stop = {"address": "Kiel Hauptbahnhof", "date": day, "timezone": "Europe/Berlin", "countryCode": "DE", "city": "Kiel"}
            rule = {"amount": total, "currency": spent.currency, "name": "Meals and incidentals", "type": "Rate"}
            return {"perDiem": {"stops": [stop], "days": [{
                "city": "Kiel", "countryCode": "DE", "date": day, "timezone": "Europe/Berlin", "amount": total,
                "currency": spent.currency, "appliedRules": [rule]}]}}
        if spent.type == "mileage":
            places = [("Southampton", "50.9097", "-1.4044"), ("Lymington", "50.7585", "-1.5430")]
            miles = (total / Decimal("0.45")).quantize(Decimal("0.1"))
            return {"mileage": {
                "routeStops": [{"label": name, "coordinates": {"latitude": north, "longitude": east}} for name, north, east in places],
                "isRoundTrip": False, "distance": miles, "distanceUnit": "Miles", "editedDistance": miles,
                "vehicleType": "car", "appliedRates": {"type": "Flat", "rates": {}}}}
        return {}

    def _person(self, number):
        _, first, last, email, _ = self.people[number]
        return without_nothing({"id": number, "email": email, "firstName": first, "lastName": last})

    def _reviewed(self, spent):
        if spent.reviewed != "later":
            return instant(spent.reviewed) if spent.reviewed else None
        after = [spent.created] + [paid.at for paid in spent.paid]
        moment = datetime.fromisoformat(max(after)) + timedelta(hours=20)
        return min(moment, datetime(2026, 11, 3, 7, 30)).strftime("%Y-%m-%dT%H:%M:%S.000Z")

    def _settled_at(self, spent):
        days = [paid.at for paid in spent.paid if paid.status == "settled"]
        return instant(max(days)) if days and len(days) == len(spent.paid) else None

    def _title(self, spent):
        supplier = self._seller(spent)
        return spent.title or " ".join((supplier or {}).get("name", self.categories[spent.lines[0].category][1][1]).split())[:80]

    def _seller(self, spent):
        return spent.supplier if isinstance(spent.supplier, dict) else self.suppliers.get(spent.supplier)

    def _expense(self, number, spent):
        total = Decimal(spent.total) if spent.total else sum(Decimal(line.amount) for line in spent.lines)
        lines = [] if spent.whole else [self._line(line, spent.currency) for line in spent.lines]
        category_id, category = self.categories[spent.lines[0].category]
        rate = self._tax_rate(spent.lines[0]) if spent.whole else None
        tax = inclusive_tax(total, rate["rate"], spent.currency) if rate else None
        funds = {paid.fund for paid in spent.paid}
        paid_in = next(row[1] for row in company.FUNDS if row[0] == min(funds)) if funds else None
        reviewed = self._reviewed(spent)
        settled = self._settled_at(spent)
        record = {
            "id": number, "createdAt": instant(spent.created), "createdBy": self._person(spent.user), "settledAt": settled,
            "reviewedAt": reviewed, "type": spent.type, "status": spent.status,
            "isPaid": bool(settled) or spent.type == "cash" if spent.is_paid is None else spent.is_paid,
            "title": self._title(spent),
            "category": {"id": category_id, "name": category[1].split(" / ")[-1], "fullName": category[1]} if spent.whole else None,
            "note": spent.note, "lineItems": lines,
            "reconciliation": self._reconciliation(total, tax, spent.currency, category[2] if spent.whole else None,
                                                   self._chosen(spent.lines[0]) if spent.whole else None, paid_in),
            "taxRate": rate, "document": self._document(spent), "supplier": self._seller(spent), "externalLinks": [],
        }
        self.expenses.append(without_nothing({**record, **self._travel(spent, total)}))
        reviewer = self._person("302")
        self.workflows[number] = without_nothing({
            "approvalStatus": "draft" if spent.status == "draft" else "approved" if reviewed else "pending",
            "approvedAt": reviewed, "approvedBy": reviewer if reviewed else None,
            "reviewedAt": reviewed, "reviewedBy": reviewer if reviewed else None})

    # ---- money that moved -----------------------------------------------------------------------

    def _payment(self, number, paid, shared_by):
        first_id, first = shared_by[0]
        currency, kind = next(row[1:] for row in company.FUNDS if row[0] == paid.fund)
        amount = Decimal(paid.amount)
        original = exchanged(amount, currency, first.currency) if len(first.paid) > 1 or paid.batch else \
            (Decimal(first.total) if first.total else sum(Decimal(line.amount) for line in first.lines))
        seller = (self._seller(first) or {}).get("name", "CARD PAYMENT")
        by_card = first.type == "card"
        card = {"cardId": str(500 + int(paid.fund[-2:])), "cardLastDigits": f"{int(paid.fund) * 7 % 10000:04}"} if by_card else {}
        payment = {
            "id": number, "type": "card" if by_card else "bank", "status": paid.status, "amount": amount, "currency": currency,
            "fees": dict(zip(("fx", "pos", "bank"), map(Decimal, paid.fees))), "originalAmount": original,
            "originalCurrency": first.currency, "fundAccountId": paid.fund, "fundAccountType": kind,
            "description": " ".join(seller.upper().split())[:60], "date": instant(paid.at), "fxRate": ratio(original, amount),
            **card, "expenseIds": [expense_id for expense_id, _ in shared_by]}
        self.payments.append(payment)
        if paid.status == "settled":
            self._statement_line(payment)

    def _statement_line(self, payment):
        debit = payment["amount"] >= 0
        line = {"id": f"{payment['fundAccountId']}-{payment['id']}", "type": "debit" if debit else "credit", "paymentId": payment["id"],
                "fundAccountId": payment["fundAccountId"], "date": payment["date"], "currency": payment["currency"],
                "amount": abs(payment["amount"]), "paidCurrency": payment["originalCurrency"],
                "paidAmount": abs(payment["originalAmount"]), "fxRate": payment["fxRate"], "fees": payment["fees"],
                "description": payment["description"]}
        if debit:  # the API names the expenses of debits only
            line["expenseIds"] = payment["expenseIds"]
        self.statement.append(line)

    def _deposits(self):
        deposits = []
        for i, (fund, currency, kind) in enumerate(company.FUNDS):
            for k, day in enumerate(("2026-10-01", "2026-10-16")):
                amount = exchanged(Decimal(40000 - 5000 * i), "GBP", currency)
                deposit = {"id": str(800001 + 2 * i + k), "amount": amount, "currency": currency, "fundAccountId": fund,
                           "fundAccountType": kind, "date": instant(f"{day} 08:05"), "description": f"Top-up {day}",
                           "sender": {"name": company.NAME}}
                deposits.append(deposit)
                self.statement.append({
                    "id": f"{fund}-{deposit['id']}", "type": "credit", "paymentId": deposit["id"], "fundAccountId": fund,
                    "date": deposit["date"], "currency": currency, "amount": amount, "paidCurrency": currency, "paidAmount": amount,
                    "fxRate": Decimal(1), "fees": {"fx": Decimal(0), "pos": Decimal(0), "bank": Decimal(0)},
                    "description": deposit["description"]})
        return deposits

    # ---- all of it ------------------------------------------------------------------------------

    def write(self, spents):
        spents = sorted(spents, key=lambda spent: spent.created)
        numbered = [(str(10001 + i), spent) for i, spent in enumerate(spents)]
        for number, spent in numbered:
            self._expense(number, spent)
        events, batches = [], {}
        for number, spent in numbered:
            for paid in spent.paid:
                shared = batches.setdefault(paid.batch, []) if paid.batch else []
                if not shared:
                    events.append((paid, shared))
                shared.append((number, spent))
        events.sort(key=lambda event: event[0].at)
        for i, (paid, shared) in enumerate(events):
            self._payment(str(700001 + i), paid, shared)
        deposits = self._deposits()
        self.statement.sort(key=lambda line: (line["date"], line["id"]))
        return {
            "account_id": company.ACCOUNT_ID, "api_key": company.API_KEY,
            "account": {"id": company.ACCOUNT_ID, "name": company.NAME, "uic": "09184417", "vat": "GB198273645", "baseCurrency": company.BASE},
            "users": [without_nothing({"id": row[0], "email": row[3], "role": row[4], "firstName": row[1], "lastName": row[2],
                                       "createdAt": instant("2025-01-06 09:00")}) for row in company.PEOPLE],
            "reimbursement_details": {row[0]: {"accountHolder": " ".join(filter(None, row[1:3])), "currency": "GBP"}
                                      for row in company.PEOPLE if row[0] != "309"},
            "fund_accounts": [{"id": fund, "currency": currency, "type": kind, "status": "active"}
                              for fund, currency, kind in company.FUNDS],
            "cards": [self._card(i, fund, currency) for i, (fund, currency, _) in enumerate(company.FUNDS)],
            "categories": [{"id": number, "name": row[1].split(" / ")[-1], "fullName": row[1], "createdAt": instant("2025-01-06 09:30")}
                           for number, row in self.categories.values()],
            "account_codes": [{"code": row[0], "name": row[1], "defaultTaxCode": row[4]} for row in company.ACCOUNTS if row[3] == "EXPENSE"],
            "tax_rates": [{"id": str(61 + i), "code": row[0], "name": row[1], "rate": Decimal(row[2])}
                          for i, row in enumerate(company.TAX_RATES) if row[4]],
            "custom_fields": self.custom_fields, "custom_field_values": self.values,
            "suppliers": list(self.suppliers.values()), "suppliers_custom_fields": [],
            "teams": [], "external_teams": [], "amortizations": [], "purchase_orders": [], "webhooks": [],
            "deposits": deposits, "expenses": self.expenses, "workflows": self.workflows, "payments": self.payments,
            "bank_statement_lines": self.statement, "files": self.files,
        }

    def _card(self, i, fund, currency):
        user = company.PEOPLE[2 + i]
        limit = exchanged(Decimal(5000), "GBP", currency)
        return {"id": str(500 + int(fund[-2:])), "userId": user[0], "fundAccountId": fund, "name": f"Card {currency}",
                "createdAt": instant("2025-01-06 10:00"), "currency": currency, "status": "active", "limit": limit,
                "budgetLeft": limit, "spentAmount": Decimal(0), "approvedFunds": Decimal(0), "isPhysical": i % 2 == 0, "isAtmAllowed": False}
