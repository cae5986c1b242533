"""The expenses that were put there for a reason, told by the function they stand in."""
from book import Line, Paid, Spent

AT = "2026-10-{:02} {}"
KNOWN = {"department": "Boatyard", "region": "South"}


def day(number, time="10:12"):
    return AT.format(number, time)


def card(on, lines, amounts, **more):
    """A card expense of one day, paid by these amounts on the days after it."""
    fund = more.pop("fund", "1101")
    status = more.pop("payment_status", "settled")
    fees = more.pop("fees", ("0", "0", "0"))
    paid = [Paid(day(on + 1 + i, "09:40"), amount, fund, status, fees) for i, amount in enumerate(amounts)]
    return Spent("card", day(on), lines, paid=paid, **more)


def one(amount, category="meals", tax="usual", **more):
    return [Line(amount, category, tax, **more)]


def amounts():
    five = [Line("48.00", "print", "INPUT2"), Line("21.00", "power", "RRINPUT"), Line("14.95", "books", "ZERORATEDINPUT"),
            Line("112.40", "insure", "EXEMPTINPUT"), Line("7.65", "post", "NONE")]
    return [
        card(5, one("70.10"), ["70.10"], supplier="zoe", number="7010"),
        card(6, [Line("70.10", "print"), Line("70.10", "post"), Line("70.10", "books")], ["210.30"], supplier="patel"),
        card(6, [Line("0.10", "print"), Line("0.20", "print")], ["0.30"], supplier="patel", number="030"),
        card(7, one("0.01", "post"), ["0.01"], supplier="royalmail"),
        card(7, five, ["204.00"], supplier="amazon", number="INV-GB-5-TAXES"),
        card(8, [Line("33.33"), Line("33.33"), Line("33.34")], ["100.00"], supplier="quay", number="THIRDS"),
        card(8, [Line("25.00", "print"), Line("0.00", "print", note="free sample")], ["25.00"], supplier="oils"),
        card(9, [Line("120.00", "timber"), Line("-20.00", "timber", note="returning customer")], ["100.00"], supplier="patel",
             number="DISCOUNT-1"),
        Spent("bank", day(12), one("9999999.99", "timber", note="Dry dock and refit, MV Kingfisher"), supplier="kingfisher",
              number="KDD-2026-0001", dated="2026-10-09", due="2026-11-30", note="staged payments agreed"),
        Spent("reimbursable", day(9), one("70.10", "hotel"), user="303", supplier="quay", number="F-88"),
        # the same receipt twice, both reviewed: two bills, not one
        card(13, one("18.50", "taxi"), ["18.50"], supplier="uber", number="UBER-1810", user="306"),
        card(13, one("18.50", "taxi"), ["18.50"], supplier="uber", number="UBER-1810", user="306"),
        # one number, two suppliers
        card(14, one("64.00", "repair"), ["64.00"], supplier="smith", number="1001"),
        card(14, one("59.00", "clean"), ["59.00"], supplier="clear", number="1001"),
    ]


def currencies():
    return [
        # the fund's currency: amounts by share of what was settled
        card(5, [Line("3400", "timber"), Line("3300", "timber"), Line("3300", "timber")], ["57.01"], currency="JPY", fund="1102",
             supplier="kansai", number="K-100"),
        card(6, [Line("33.33", "saas"), Line("33.33", "saas"), Line("33.33", "saas")], ["15119"], currency="USD", fund="1105",
             supplier="github", number="GH-3"),
        card(6, [Line("12.346", "timber"), Line("4.001", "timber"), Line("0.007", "post")], ["46.05"], currency="KWD", fund="1102",
             supplier="gulf"),
        card(7, [Line("100.00", "hotel", "INPUT2"), Line("50.00", "meals", "INPUT2")], ["75.00", "75.01"], currency="EUR", fund="1102",
             supplier="zoe", number="HOTEL-EUR"),
        card(8, one("99.50", "hotel", "NONE"), ["106.91"], currency="CHF", fund="1102", supplier="marriott"),
        # the document's currency, with the rate that was paid; payments share the bill's total
        card(8, [Line("60.00", "saas", "NONE"), Line("40.00", "saas", "NONE")], ["25.00", "25.00", "24.94"], currency="USD",
             supplier="aws", number="AWS-SPLIT-3"),
        card(9, one("15000", "rail", "NONE"), ["74.36"], currency="JPY", supplier="jr"),
        card(9, one("15001", "rail", "NONE"), ["37.18", "37.19"], currency="JPY", supplier="jr", number="JR-2"),
        card(12, one("12.346", "taxi", "NONE"), ["30.17"], currency="KWD", supplier="kuwaitair", number="KU-1"),
        card(12, [Line("10.120", "taxi", "NONE"), Line("2.340", "meals", "NONE")], ["30.45"], currency="KWD", supplier="kuwaitair"),
        Spent("bank", day(13), one("2304.60", "timber", "NONE"), currency="EUR", supplier="muller", number="RE-2026/118",
              dated="2026-10-12", due="2026-11-11", paid=[Paid(day(15, "08:10"), "1000.00"), Paid(day(16, "08:10"), "1003.12")]),
        Spent("reimbursable", day(14), one("41.237", "meals", "NONE"), currency="KWD", user="307", supplier="gulf"),
    ]


def payments():
    lease = [Paid(day(20, "07:30"), "1834.20", batch="october")]
    yard = [Paid(day(22, "07:30"), "990.00", batch="yard")]
    return [
        card(5, one("400.00", "hotel"), ["100.00", "100.00", "100.00", "100.00"], supplier="quay", number="QUAY-4X"),
        card(6, one("99.99", "ads"), ["33.33", "33.33", "33.33"], supplier="google", number="GA-3X"),
        # tried, failed, paid at last
        Spent("card", day(8), one("55.00", "train"), supplier="rya", number="RYT-9", paid=[
            Paid(day(8, "11:00"), "55.00", status="failed"), Paid(day(9, "11:00"), "55.00")]),
        Spent("bank", day(8), one("310.00", "legal"), supplier="lawson", number="LF-310", dated="2026-10-07", due="2026-10-21", paid=[
            Paid(day(14, "08:00"), "310.00", status="failed"), Paid(day(15, "08:00"), "310.00")]),
        # one transfer for several invoices: each bill is paid with what it needs
        Spent("bank", day(15), one("1200.00", "rent"), supplier="wharf", number="WP-10A", dated="2026-10-14", due="2026-10-28", paid=lease),
        Spent("bank", day(16), one("634.20", "rent"), supplier="wharf", number="WP-10B", dated="2026-10-14", due="2026-10-28", paid=lease),
        Spent("bank", day(17), one("480.00", "repair"), supplier="lodz", number="FV 1/10/2026", dated="2026-10-16", due="2026-10-30", paid=yard),
        Spent("bank", day(18), one("300.00", "repair"), supplier="lodz", number="FV 2/10/2026", dated="2026-10-16", due="2026-10-30", paid=yard),
        Spent("bank", day(19), one("210.00", "repair"), supplier="lodz", number="FV 3/10/2026", dated="2026-10-16", due="2026-10-30", paid=yard),
        # on its way: a bill to pay, no payment yet
        Spent("bank", day(29), one("840.00", "advice"), supplier="boardroom", number="BA-77", dated="2026-10-28", due="2026-11-27",
              paid=[Paid("2026-11-02 16:00", "840.00", status="pending")]),
        # somebody paid it at another bank
        Spent("bank", day(20), one("96.00", "phone"), supplier="bt", number="Q-2210", dated="2026-10-19", due="2026-11-02", is_paid=True),
        Spent("bank", day(21), one("1510.00", "insure"), supplier="tideway", number="P/2026/441", dated="2026-10-20", is_paid=True),
    ]


def dates():
    return [
        # after midnight in summer-time London, though not yet in UTC
        Spent("card", "2026-09-30 23:30:05", one("23.10", "taxi"), supplier="uber", paid=[Paid(day(2, "09:00"), "23.10")]),
        Spent("reimbursable", day(12, "23:30:00"), one("31.70", "taxi"), user="305"),
        Spent("reimbursable", day(24, "23:30:00"), one("12.00", "taxi"), user="303"),
        # and in winter time
        Spent("reimbursable", day(25, "23:30:00"), one("13.00", "taxi"), user="303"),
        Spent("cash", day(31, "23:59:59"), one("6.40", "post"), supplier="royalmail"),
        # the service period counts, not the document
        card(2, one("260.00", "train"), ["260.00"], supplier="rya", number="RYT-1", dated="2026-09-29", service="2026-10-02"),
        Spent("bank", day(19), one("980.00", "rent"), supplier="regus", number="R-1019", dated="2026-10-18", due="2026-11-01",
              service="2026-11-01"),
        # due before it is dated
        Spent("bank", day(20), one("75.00", "clean"), supplier="clear", number="CB-20", dated="2026-10-20", due="2026-10-13"),
    ]


def people_and_names():
    return [
        # typed by hand, without a supplier record: one contact
        card(5, one("3.40"), ["3.40"], supplier={"name": "Corner Kiosk"}),
        card(16, one("4.10"), ["4.10"], supplier={"name": "  CORNER   KIOSK "}),
        # no supplier at all
        card(6, one("11.00", "taxi"), ["11.00"]),
        card(19, one("8.25", "taxi"), ["8.25"], fund="1106"),
        card(20, one("950", "meals", "NONE"), ["950"], currency="JPY", fund="1105"),
        # one name, two companies: the first makes the contact
        card(5, one("310.00", "timber"), ["310.00"], supplier="nordlicht1", number="KIEL-1"),
        card(21, one("290.00", "timber"), ["290.00"], supplier="nordlicht2", number="BERLIN-1"),
        # bought from by people with their own money only: no bill names this supplier, so Xero does not learn of it
        Spent("reimbursable", day(14), one("38.00", "guests"), currency="EUR", user="308", supplier="bistro"),
        Spent("reimbursable", day(15), one("44.00", "guests"), currency="EUR", user="308", supplier="bistro"),
        Spent("perDiem", day(16), one("84.00", "perdiem", tax=None), currency="EUR", user="309", whole=True),
        Spent("mileage", day(16), one("27.45", "mileage"), user="309", whole=True),
        Spent("mileage", day(17), one("18.90", "mileage"), user="312", whole=True),
        Spent("reimbursable", day(18), one("22.20", "books"), user="310", whole=True),
    ]


def words():
    return [
        card(6, one("14.00", note="Line note wins"), ["14.00"], supplier="zoe", note="expense note"),
        card(6, one("15.00"), ["15.00"], supplier="zoe", note="Lunch with Kiel team 🍽️ – “working”, Zoë's idea\nsecond line"),
        card(7, one("16.00"), ["16.00"], supplier="anchor", note="x" * 1200 + " end"),
        card(7, one("17.00"), ["17.00"], supplier="anchor", number="№ 17 – Ä/ß"),
        card(8, one("18.00"), ["18.00"], supplier="long", number="L" * 100, user="309"),
        card(9, one("19.00", "clean"), ["19.00"], supplier="oils", note="100% <sure> & \"quoted\" | piped", whole=True),
    ]


def tracking():
    def line(amount, **fields):
        return Line(amount, "print", **fields)

    return [
        card(12, [line("10.00", **KNOWN), line("20.00", department="Sales"), line("30.00", region="Öresund"), line("40.00")], ["100.00"],
             supplier="patel", number="TRACK-4"),
        card(12, [line("10.00", department="R&D", region="West", own_field="MV Kingfisher")], ["10.00"], supplier="patel", whole=True),
        # two values, or none: not something Xero can take, so left out
        card(13, [line("11.00", department=["Sales", "Workshop"], region="North")], ["11.00"], supplier="patel"),
        card(13, [line("12.00", department=[])], ["12.00"], supplier="patel", whole=True),
        card(14, [line("13.00", own_field="SV Pinecone")], ["13.00"], supplier="patel"),
        # held: archived in Xero, made up in Payhawk, deleted in Xero
        card(14, [line("14.00", region="East")], ["14.00"], supplier="patel"),
        card(15, [line("15.00", department="Sales", region="East")], ["15.00"], supplier="patel", whole=True),
        card(15, [line("8.00", **KNOWN), line("8.00", department="Boatyard", region="East")], ["16.00"], supplier="patel"),
        card(16, [line("17.00", department="Pop-up shop")], ["17.00"], supplier="patel"),
        card(16, [line("18.00", region="Isle of Man")], ["18.00"], supplier="patel"),
    ]


def held():
    return [
        # the account is archived, was never chosen, or does not exist
        card(5, one("899.00", "hardware"), ["899.00"], supplier="amazon", number="IT-1", whole=True),
        card(6, [Line("49.00", "saas"), Line("120.00", "hardware")], ["169.00"], supplier="amazon"),
        card(7, one("60.00", "hardware", "NONE"), ["60.00"], supplier="hetz", currency="EUR", fund="1102"),
        card(8, one("45.00", "gifts"), ["45.00"], supplier="waterstones"),
        Spent("reimbursable", day(9), one("25.00", "gifts"), user="304", whole=True),
        card(9, one("15.00", "misc"), ["15.00"], supplier="waterstones"),
        card(9, one("117.50", "print", "INPUT17"), ["117.50"], supplier="patel"),
        # lines that do not add up
        card(12, [Line("50.00"), Line("49.00")], ["100.00"], total="100.00", supplier="quay"),
        card(12, [Line("0.10", "post"), Line("0.20", "post")], ["0.31"], total="0.31", supplier="royalmail"),
        Spent("bank", day(13), [Line("600.00", "advice"), Line("600.00", "advice")], total="1000.00", supplier="boardroom",
              number="BA-BAD", dated="2026-10-12", due="2026-10-26"),
        # the contact is archived
        card(13, one("9.80"), ["9.80"], supplier="oldmill"),
        card(14, one("12.40"), ["12.40"], supplier="oldmill", number="OMB-2"),
        Spent("cash", day(14), one("5.00"), supplier="oldmill"),
        # the period is locked
        card(1, one("34.00", "rail"), ["34.00"], supplier="gwr", dated="2026-09-28"),
        card(1, one("35.00", "rail"), ["35.00"], supplier="gwr", dated="2026-09-30"),
        card(6, one("36.00", "train"), ["36.00"], supplier="rya", dated="2026-10-05", service="2026-09-15"),
        Spent("card", "2026-09-30 22:30:00", one("37.00", "rail"), supplier="gwr", paid=[Paid(day(2, "09:00"), "37.00")]),
        Spent("bank", day(2), one("1250.00", "rent"), supplier="wharf", number="WP-09", dated="2026-09-25", due="2026-10-25",
              paid=[Paid(day(5, "08:00"), "1250.00")]),
        Spent("reimbursable", day(2), one("19.00", "taxi"), user="306", dated="2026-09-17", service="2026-09-16"),
        # money back, money both ways, fees
        card(15, one("-42.00", "print"), ["-42.00"], supplier="amazon", number="CN-1"),
        card(16, [Line("-30.00", "print"), Line("-12.50", "books")], ["-42.50"], supplier="amazon"),
        card(17, one("-120.00", "hotel", "NONE"), ["-120.00"], currency="EUR", fund="1102", supplier="zoe"),
        card(15, one("60.00", "ads"), ["100.00", "-40.00"], supplier="google"),
        card(16, one("-10.00", "ads"), ["20.00", "-30.00"], supplier="google"),
        card(17, one("80.00", "saas", "NONE"), ["90.00", "-10.00"], currency="USD", fund="1103", supplier="github"),
        card(19, one("200.00", "hotel", "NONE"), ["149.87"], currency="USD", supplier="marriott", fees=("3.75", "0", "0")),
        card(19, one("40.00", "motor"), ["40.00"], supplier="shell", fees=("0", "1.50", "0")),
        card(20, one("1000", "taxi", "NONE"), ["79.30"], currency="SEK", supplier="sl", fees=("1.98", "0.50", "0")),
        Spent("bank", day(20), one("500.00", "repair"), supplier="lodz", number="FV 9/10/2026", dated="2026-10-19", due="2026-10-30",
              paid=[Paid(day(23, "08:00"), "500.00", fees=("0", "0", "5.00"))]),
        # payments in two currencies
        Spent("card", day(21), one("300.00", "hotel", "NONE"), currency="EUR", supplier="zoe", paid=[
            Paid(day(22, "09:00"), "150.00", "1102"), Paid(day(23, "09:00"), "130.18", "1101")]),
        Spent("card", day(21), one("90.00", "flight"), currency="USD", supplier="delta", paid=[
            Paid(day(22, "09:00"), "45.00", "1103"), Paid(day(23, "09:00"), "38.85", "1102")]),
        Spent("card", day(22), one("500", "taxi", "NONE"), currency="SEK", supplier="sl", paid=[
            Paid(day(23, "09:00"), "250", "1104"), Paid(day(24, "09:00"), "19.83", "1101")]),
        # cash taken out beforehand
        *[Spent("cashInAdvance", day(number), one(amount, "perdiem", tax=None), user=user, whole=True, title="Cash in advance")
          for number, amount, user in ((5, "200.00", "304"), (12, "150.00", "310"), (19, "80.00", "305"))],
        # a currency that Xero has not
        card(23, one("86.00", "hotel", "NONE"), ["80.19"], currency="CHF", supplier="marriott", number="ZRH-1"),
    ]


def waiting():
    pending = {"payment_status": "pending"}
    mixed = [Paid(day(28, "09:00"), "60.00"), Paid(day(31, "09:00"), "40.00", status="pending")]
    return [
        card(28, one("19.99", "saas"), ["19.99"], supplier="github", **pending),
        card(29, one("41.00", "motor"), ["41.00"], supplier="shell", **pending),
        card(29, one("62.00", "hotel", "NONE"), ["62.00"], currency="EUR", fund="1102", supplier="zoe", **pending),
        card(30, one("880", "taxi", "NONE"), ["880"], currency="JPY", fund="1105", supplier="jr", **pending),
        card(30, one("24.00"), ["24.00"], supplier="deliveroo", **pending),
        Spent("card", day(27), one("100.00", "train"), supplier="rya", number="RYT-HALF", paid=mixed),
        card(26, one("70.00", "post"), ["35.00", "35.00"], supplier="courier", **pending),
        *[card(number, one("33.00", "ads"), ["33.00"], supplier="google", payment_status=status)
          for number, status in ((8, "failed"), (9, "expired"), (12, "reverted"))],
        card(24, one("12.00", "books"), [], supplier="waterstones"),
        # nobody reviewed it
        card(20, one("640.00", "ads"), ["640.00"], supplier="newco", reviewed=None, number="NEW-1"),
        card(21, one("75.00", "ads"), ["75.00"], supplier="newco", reviewed=None, status="draft"),
        Spent("bank", day(27), one("2200.00", "advice"), supplier="boardroom", number="BA-78", dated="2026-10-26", due="2026-11-25", reviewed=None),
        Spent("reimbursable", day(28), one("18.00", "taxi"), user="311", reviewed=None),
        Spent("mileage", day(29), one("9.00", "mileage"), user="309", whole=True, reviewed=None, status="draft"),
        Spent("perDiem", day(30), one("56.00", "perdiem", tax=None), currency="EUR", user="309", whole=True, reviewed=None, status="draft"),
        Spent("cash", day(30), one("4.00"), supplier="zoe", reviewed=None),
    ]


def skipped():
    return [
        card(6, one("29.00", "saas"), ["29.00"], supplier="github", status="archived"),
        card(7, one("8.00"), ["8.00"], supplier="deliveroo", status="archived", reviewed=None),
        Spent("bank", day(8), one("410.00", "repair"), supplier="patel", number="PH-410", dated="2026-10-07", status="archived"),
        Spent("cash", day(9), one("3.50", "post"), supplier="royalmail", status="archived"),
        Spent("reimbursable", day(12), one("21.00", "taxi"), user="304", status="archived"),
        Spent("card", day(13), one("5.00"), supplier="zoe", status="deleted", reviewed=None),
        Spent("reimbursable", day(14), one("6.00"), user="304", status="deleted"),
    ]


def receipts():
    lunch = [("IMG_0042.jpg", 182344), ("IMG_0042.jpg", 190021)]
    eleven = [(f"page {number}.pdf", 21000 + number) for number in range(1, 12)]
    names = [("Rechnung_Müller Söhne.pdf", 40210), ("收据.pdf", 33001), ("scan.2026.10.09.PDF", 28455), ("no extension", 12012),
             ("a" * 80 + ".jpeg", 51200), ("../../etc/passwd.png", 1024), ("fish 🎣 & chips #2?.jpg", 64001), ("-draft-.pdf", 9001)]
    return [
        card(7, one("36.00"), ["36.00"], supplier="zoe", number="LUNCH-2", files=lunch),
        card(8, one("220.00", "repair"), ["220.00"], supplier="lodz", number="SCAN-11", files=eleven),
        Spent("bank", day(9), one("1800.00", "advice"), supplier="boardroom", number="BA-BIG", dated="2026-10-08", due="2026-11-07",
              files=[("annual report.pdf", 11000000), ("invoice.pdf", 88120)]),
        *[card(9 + 3 * (i // 4), one(f"{20 + i}.00", "print"), [f"{20 + i}.00"], supplier="patel", files=[file]) for i, file in enumerate(names)],
        # with an expense that is held: not sent before that heals
        card(13, one("14.14", "print", "NONE", region="East"), ["14.14"], supplier="patel", files=[("held.pdf", 5000)]),
    ]


def all_of_them():
    groups = (amounts, currencies, payments, dates, people_and_names, words, tracking, held, waiting, skipped, receipts)
    return [spent for group in groups for spent in group()]
