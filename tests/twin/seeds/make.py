#!/usr/bin/env python3
"""make.py: writes harbour/xero.json and harbour/payhawk.json. make.py --check: are they what would be written, and shaped as the APIs say?"""
import pathlib
import sys

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent))
import company  # noqa: E402
import month  # noqa: E402
import shapes  # noqa: E402
import special  # noqa: E402
import writing  # noqa: E402
from book import Book, without_nothing  # noqa: E402
from decimal import Decimal  # noqa: E402
from prng import Random  # noqa: E402

HERE = pathlib.Path(__file__).resolve().parent / "harbour"
SEED = 20261103
RECEIPTS = 120
MOST_BYTES = 3_000_000
# 2025-01-02 and 2026-09-30 as Xero writes days: midnight UTC in milliseconds
CREATED, LOCKED, CHANGED = "/Date(1735776000000+0000)/", "/Date(1790726400000+0000)/", "/Date(1790848800000+0000)/"


def organisation(random):
    return {
        "OrganisationID": random.uuid(), "Name": company.NAME, "LegalName": "HARBOUR & PINE LIMITED", "PaysTax": True, "Version": "UK",
        "OrganisationType": "COMPANY", "BaseCurrency": company.BASE, "CountryCode": "GB", "IsDemoCompany": False,
        "OrganisationStatus": "ACTIVE", "RegistrationNumber": "09184417", "TaxNumber": "GB198273645", "FinancialYearEndDay": 31,
        "FinancialYearEndMonth": 3, "SalesTaxBasis": "ACCRUALS", "SalesTaxPeriod": "QUARTERLY", "DefaultSalesTax": "Tax Exclusive",
        "DefaultPurchasesTax": "Tax Inclusive", "PeriodLockDate": LOCKED, "CreatedDateUTC": CREATED,
        "OrganisationEntityType": "COMPANY", "Timezone": "GMTSTANDARDTIME", "ShortCode": "!hP7q2", "Edition": "BUSINESS",
        "Class": "PREMIUM", "Addresses": [], "Phones": [], "ExternalLinks": [], "PaymentTerms": {}}


def account(random, row):
    code, name, kind, group, tax, more = row
    return {"AccountID": random.uuid(), "Code": code, "Name": name, "Status": "ACTIVE", "Type": kind, "TaxType": tax, "Class": group,
            "EnablePaymentsToAccount": False, "ShowInExpenseClaims": group == "EXPENSE", "UpdatedDateUTC": CREATED, **more}


def tax_rate(row):
    code, name, percent, report, for_expenses = row
    rate = Decimal(percent)
    return {"Name": name, "TaxType": code, "ReportTaxType": report, "CanApplyToAssets": True, "CanApplyToEquity": True,
            "CanApplyToExpenses": for_expenses, "CanApplyToLiabilities": True, "CanApplyToRevenue": code == "NONE" or not for_expenses,
            "DisplayTaxRate": rate, "EffectiveRate": rate, "Status": "ACTIVE",
            "TaxComponents": [{"Name": "VAT", "Rate": rate, "IsCompound": False, "IsNonRecoverable": False}]}


def tracking_category(random, name, options):
    return {"Name": name, "Status": "ACTIVE", "TrackingCategoryID": random.uuid(), "Options": [
        {"TrackingOptionID": random.uuid(), "Name": option,
         "Status": "ARCHIVED" if option in company.ARCHIVED_OPTIONS else "ACTIVE"} for option in options]}


def contact(random, row):
    name, vat, email, status = row
    return without_nothing({"ContactID": random.uuid(), "ContactStatus": status, "Name": name, "EmailAddress": email or "", "TaxNumber": vat,
                            "Addresses": [{"AddressType": "STREET"}, {"AddressType": "POBOX"}], "Phones": [],
                            "UpdatedDateUTC": CHANGED, "IsSupplier": False, "IsCustomer": False})


def xero_side(random):
    return {
        "organisation": organisation(random),
        "tenant": {"id": random.uuid(), "name": company.NAME},
        "client": {"id": "C0FFEE5A11B04700AD0C5EA51DEF00D5", "secret": "twin-xero-secret"},
        "currencies": [{"Code": code, "Description": name} for code, name in company.CURRENCIES],
        "accounts": [account(random, row) for row in company.ACCOUNTS],
        "tax_rates": [tax_rate(row) for row in company.TAX_RATES],
        "tracking": [tracking_category(random, name, options) for name, options in company.TRACKING.items()],
        "contacts": [contact(random, row) for row in company.CONTACTS],
    }


def payhawk_side(random, xero):
    ordinary = list(month.ordinary(random))
    spents = special.all_of_them() + ordinary
    month.hand_out_receipts(random, ordinary, RECEIPTS - sum(len(spent.files) for spent in spents))
    return Book(random, xero).write(spents)


def made():
    """{file name: (records, text)}"""
    random = Random(SEED)
    xero = xero_side(random)
    sides = {"xero.json": xero, "payhawk.json": payhawk_side(random, xero)}
    return {name: (records, writing.document(records)) for name, records in sides.items()}


def check(files):
    problems = [f"harbour/{name} is not what make.py writes" for name, (_, text) in files.items()
                if not (HERE / name).exists() or (HERE / name).read_text(encoding="utf-8") != text]
    if sum(len(text.encode()) for _, text in files.values()) > MOST_BYTES:
        problems.append("the seeds are larger than 3 MB")
    if shapes.SHARED.exists():
        problems += shapes.payhawk(files["payhawk.json"][0]) + shapes.xero(files["xero.json"][0])
    else:
        print(f"shapes: skipped, there is no {shapes.SHARED}")
    return problems


def main(words):
    if words not in ([], ["--check"]):
        print(__doc__, file=sys.stderr)
        return 2
    files = made()
    if words:
        problems = check(files)
        print("\n".join(problems) or "seeds: as made, as the APIs shape them")
        return 1 if problems else 0
    HERE.mkdir(exist_ok=True)
    for name, (_, text) in files.items():
        (HERE / name).write_text(text, encoding="utf-8", newline="\n")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
