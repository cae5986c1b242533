"""The rest of October: an ordinary month, drawn by lot from these streams."""
from decimal import Decimal

import company
from book import Line, Paid, Spent, digits, exchanged, inclusive_tax, rounded

GBP_SHOPS = ("zoe fisher anchor oneill chandlery amazon trainline trainline2 quay abtest smith oils courier gwr shell uber deliveroo "
             "waterstones royalmail google patel rya clear oneill long").split()
INVOICERS = ("fisher oneill chandlery tideway bt octopus regus wharf clear lawson boardroom rya kingfisher patel smith abtest courier "
             "seafarer long").split()
EURO_SHOPS = "zoe muller strasse nordlicht1 aero lodz greek hetz amazon google".split()
DOLLAR_SHOPS = "github aws delta marriott pinestate".split()
KRONA_SHOPS = "scanair sl kajen".split()
YEN_SHOPS = "tokyo sakura jr kansai".split()
DINAR_SHOPS = "gulf kuwaitair".split()

# how many, type, currency of the document, fund (None: not paid by Payhawk), suppliers
STREAMS = [
    (88, "card", "GBP", "1101", GBP_SHOPS), (20, "card", "GBP", "1106", GBP_SHOPS),
    (16, "card", "EUR", "1101", EURO_SHOPS), (12, "card", "USD", "1101", DOLLAR_SHOPS), (8, "card", "SEK", "1101", KRONA_SHOPS),
    (8, "card", "JPY", "1101", YEN_SHOPS), (8, "card", "KWD", "1101", DINAR_SHOPS),
    (22, "card", "EUR", "1102", EURO_SHOPS), (6, "card", "USD", "1102", DOLLAR_SHOPS), (4, "card", "JPY", "1102", YEN_SHOPS),
    (4, "card", "KWD", "1102", DINAR_SHOPS), (14, "card", "USD", "1103", DOLLAR_SHOPS), (3, "card", "KWD", "1103", DINAR_SHOPS),
    (3, "card", "GBP", "1103", ["istanbul"]), (12, "card", "SEK", "1104", KRONA_SHOPS), (4, "card", "EUR", "1104", EURO_SHOPS),
    (9, "card", "JPY", "1105", YEN_SHOPS), (3, "card", "USD", "1105", DOLLAR_SHOPS),
    (34, "bank", "GBP", "1101", INVOICERS), (16, "bank", "GBP", None, INVOICERS), (9, "bank", "EUR", "1102", EURO_SHOPS),
    (5, "bank", "EUR", "1101", EURO_SHOPS), (4, "bank", "USD", "1101", DOLLAR_SHOPS), (4, "bank", "SEK", "1104", KRONA_SHOPS),
    (2, "bank", "JPY", None, YEN_SHOPS), (3, "bank", "KWD", "1101", DINAR_SHOPS),
    (20, "cash", "GBP", None, GBP_SHOPS), (4, "cash", "EUR", None, EURO_SHOPS),
    (24, "reimbursable", "GBP", None, GBP_SHOPS), (6, "reimbursable", "EUR", None, EURO_SHOPS),
    (3, "reimbursable", "SEK", None, KRONA_SHOPS), (2, "reimbursable", "JPY", None, YEN_SHOPS), (1, "reimbursable", "KWD", None, DINAR_SHOPS),
    (16, "mileage", "GBP", None, []), (11, "perDiem", "EUR", None, []), (5, "perDiem", "GBP", None, []),
]
BY_TYPE = {"mileage": ["mileage"], "perDiem": ["perdiem"], "cash": ["post", "meals", "taxi", "print"],
           "reimbursable": ["rail", "taxi", "hotel", "meals", "books", "train"],
           "bank": ["phone", "power", "rent", "clean", "repair", "insure", "legal", "advice", "timber"],
           "card": ["rail", "taxi", "hotel", "flight", "meals", "guests", "ads", "print", "post", "books", "saas", "train", "motor", "timber"]}
LINE_COUNTS = {1: 60, 2: 20, 3: 11, 4: 5, 5: 4}
NOTES = ["Client lunch", "Stock for the spring show", "Site visit Lymington", "Replacement, see ticket 4411", "Team day",
         "Approved by Ailsa", "Für die Werft", "Spare – urgent", "Monthly", "as agreed"]
PRICES = {row[0]: row[4] for row in company.CATEGORIES}
DEPARTMENTS = company.TRACKING["Department"]
REGIONS = [name for name in company.TRACKING["Region"] if name not in company.ARCHIVED_OPTIONS]


def half_of_a_cent(amount, tax, currency):
    """Xero keeps two places; which way a half goes there is not documented, so there is none."""
    return digits(currency) > 2 and any(int(value * 1000) % 10 == 5 for value in (amount, tax))


def price(random, category, currency, whole_cents):
    low, high = PRICES[category]
    while True:
        pounds = Decimal(random.between(low * 100, high * 100)) / 100
        amount = exchanged(pounds, "GBP", currency)
        if whole_cents:
            amount = rounded(amount.quantize(Decimal("0.01")), currency)
        if amount > 0 and not half_of_a_cent(amount, inclusive_tax(amount, Decimal(20), currency), currency):
            return amount


def line(random, category, currency, whole_cents):
    tax = "usual" if currency == "GBP" or random.chance(30) else random.pick(["NONE", "ZERORATEDINPUT"])
    if category == "perdiem" and random.chance(50):
        tax = None
    return Line(str(price(random, category, currency, whole_cents)), category, tax,
                note=random.pick(NOTES) if random.chance(20) else None,
                department=random.pick(DEPARTMENTS) if random.chance(55) else None,
                region=random.pick(REGIONS) if random.chance(35) else None,
                own_field="MV Kingfisher" if random.chance(5) else None)


def parts(random, total, count, currency):
    """`total` in so many payments, none of them nothing."""
    unit = Decimal(1).scaleb(-digits(currency))
    left, amounts = total, []
    for remaining in range(count - 1, 0, -1):
        share = (left * random.between(20, 60) / 100 / remaining).quantize(unit)
        amounts.append(max(share, unit))
        left -= amounts[-1]
    return amounts + [left]


def payments(random, type, fund, currency, total, day):
    if fund is None:
        return []
    in_fund = next(row[1] for row in company.FUNDS if row[0] == fund)
    amount = exchanged(total, currency, in_fund)
    if currency != in_fund:  # no card settles at the official rate
        amount = rounded(amount * (1000 + random.between(-12, 12)) / 1000, in_fund)
    # a payment is a part of the bill in its own currency: thousandths of a dinar stay in one piece
    count = 1 if currency == "KWD" or type == "bank" and random.chance(85) else random.weighted({1: 82, 2: 11, 3: 5, 4: 2})
    count = 1 if amount < 5 else count
    days = sorted(random.between(day, min(day + 4, 33)) for _ in range(count))
    times = sorted(f"{random.between(6, 21):02}:{random.between(0, 59):02}:{random.between(0, 59):02}" for _ in days)
    # days after the 31st are November's
    at = [f"2026-10-{d:02} {t}" if d <= 31 else f"2026-11-{d - 31:02} {t}" for d, t in zip(days, times)]
    return [Paid(moment, str(part), fund) for moment, part in zip(at, parts(random, amount, count, in_fund))]


def documented(random, spent, number, day):
    """Numbers and dates as they are found on paper; invoices have all, receipts some."""
    style = random.pick(["INV-{:05}", "{}", "2026/{:04}", "R{:06}", "RE-{}"])
    if spent.type in ("mileage", "perDiem"):
        return
    if spent.type == "bank" or random.chance(55):
        spent.number = style.format(number)
    if spent.type == "bank" or random.chance(70):
        spent.dated = f"2026-10-{max(1, day - random.between(0, 3)):02}"
    if spent.type == "bank":
        spent.due = random.pick([None, f"2026-10-{min(31, day + 7):02}", f"2026-11-{min(30, day):02}"])
    if random.chance(10):
        spent.service = f"2026-10-{random.between(1, 31):02}"


def expense(random, number, stream):
    _, type, currency, fund, suppliers = stream
    in_fund = next((row[1] for row in company.FUNDS if row[0] == fund), company.BASE)
    in_document_currency = type != "card" or in_fund == company.BASE
    lone = type in ("mileage", "perDiem")
    count = 1 if lone else random.weighted(LINE_COUNTS)
    category = random.pick(BY_TYPE[type])
    lines = [line(random, category if i == 0 else random.pick(BY_TYPE[type]), currency, in_document_currency and count > 1)
             for i in range(count)]
    day = random.between(1, 31)
    spent = Spent(type, f"2026-10-{day:02} {random.between(6, 21):02}:{random.between(0, 59):02}:{random.between(0, 59):02}", lines,
                  currency=currency, user=random.pick([row[0] for row in company.PEOPLE[2:]]),
                  supplier=suppliers[number % len(suppliers)] if suppliers and not (type == "card" and random.chance(3)) else None,
                  whole=lone or count == 1 and random.chance(50), note=random.pick(NOTES) if random.chance(60) else None)
    spent.paid = payments(random, type, fund, currency, sum(Decimal(one.amount) for one in lines), day)
    documented(random, spent, number, day)
    if random.chance(4):
        spent.reviewed, spent.status = None, random.pick(["ready", "draft"])
    return spent


def ordinary(random):
    number = 100
    for stream in STREAMS:
        for _ in range(stream[0]):
            number += 1
            yield expense(random, number, stream)


def hand_out_receipts(random, spents, how_many):
    """One file each to so many of them."""
    without = [spent for spent in spents if not spent.files and spent.type != "mileage"]
    for i in range(how_many):
        spent = without.pop(random.between(0, len(without) - 1))
        name = random.pick(["receipt.pdf", "IMG_{}.jpg", "Rechnung {}.pdf", "scan_{}.png", "invoice-{}.pdf"]).format(2000 + i)
        spent.files = [(name, random.between(4000, 160000))]
