"""Harbour & Pine Ltd as tables: what stands in its Xero, and whom and what its Payhawk knows."""

ACCOUNT_ID = "harbourpine_6fc0db9a"
API_KEY = "twin-payhawk-key"
NAME = "Harbour & Pine Ltd"
BASE = "GBP"

# Whole units of a currency for one pound; only ever used to make believable amounts.
RATES = {"GBP": "1", "EUR": "1.1523", "USD": "1.3345", "SEK": "12.6104", "JPY": "201.72", "KWD": "0.4092", "CHF": "1.0725"}
DIGITS = {"JPY": 0, "KWD": 3}
CURRENCIES = [
    ("GBP", "British Pound"), ("EUR", "Euro"), ("USD", "United States Dollar"),
    ("SEK", "Swedish Krona"), ("JPY", "Japanese Yen"), ("KWD", "Kuwaiti Dinar"),
]

# tax type, name, per cent, kind of return line, may stand on expenses
TAX_RATES = [
    ("INPUT2", "20% (VAT on Expenses)", "20", "INPUT", True),
    ("RRINPUT", "5% (VAT on Expenses)", "5", "INPUT", True),
    ("ZERORATEDINPUT", "Zero Rated Expenses", "0", "INPUT", True),
    ("EXEMPTINPUT", "Exempt Expenses", "0", "EXEMPTINPUT", True),
    ("NONE", "No VAT", "0", "NONE", True),
    ("OUTPUT2", "20% (VAT on Income)", "20", "OUTPUT", False),
    ("RROUTPUT", "5% (VAT on Income)", "5", "OUTPUT", False),
    ("ZERORATEDOUTPUT", "Zero Rated Income", "0", "OUTPUT", False),
    ("EXEMPTOUTPUT", "Exempt Income", "0", "EXEMPTOUTPUT", False),
]

# code, name, type, class, tax type, anything else
ACCOUNTS = [
    ("090", "Business Bank Account", "BANK", "ASSET", "NONE",
     {"BankAccountNumber": "20-44-51 73920114", "BankAccountType": "BANK", "CurrencyCode": "GBP"}),
    ("PHWK-GBP", "Payhawk GBP", "BANK", "ASSET", "NONE",
     {"BankAccountNumber": "000000-PAYHAWK-GBP", "BankAccountType": "BANK", "CurrencyCode": "GBP"}),
    ("200", "Sales", "REVENUE", "REVENUE", "OUTPUT2", {}),
    ("260", "Other Revenue", "REVENUE", "REVENUE", "OUTPUT2", {}),
    ("310", "Cost of Goods Sold", "DIRECTCOSTS", "EXPENSE", "INPUT2", {}),
    ("325", "Timber and Boat Parts", "DIRECTCOSTS", "EXPENSE", "INPUT2", {}),
    ("400", "Advertising & Marketing", "OVERHEADS", "EXPENSE", "INPUT2", {}),
    ("401", "Audit & Accountancy fees", "OVERHEADS", "EXPENSE", "INPUT2", {}),
    ("404", "Bank Fees", "OVERHEADS", "EXPENSE", "EXEMPTINPUT", {}),
    ("408", "Cleaning", "OVERHEADS", "EXPENSE", "INPUT2", {}),
    ("412", "Consulting", "OVERHEADS", "EXPENSE", "INPUT2", {}),
    ("420", "Entertainment-100% business", "OVERHEADS", "EXPENSE", "INPUT2", {}),
    ("424", "Entertainment - 0%", "OVERHEADS", "EXPENSE", "NONE", {}),
    ("425", "Postage, Freight & Courier", "OVERHEADS", "EXPENSE", "NONE", {}),
    ("429", "General Expenses", "OVERHEADS", "EXPENSE", "INPUT2", {}),
    ("433", "Insurance", "OVERHEADS", "EXPENSE", "EXEMPTINPUT", {}),
    ("441", "Legal Expenses", "OVERHEADS", "EXPENSE", "INPUT2", {}),
    ("445", "Light, Power, Heating", "OVERHEADS", "EXPENSE", "RRINPUT", {}),
    ("449", "Motor Vehicle Expenses", "OVERHEADS", "EXPENSE", "INPUT2", {}),
    ("461", "Printing & Stationery", "OVERHEADS", "EXPENSE", "INPUT2", {}),
    ("463", "IT Software and Consumables", "OVERHEADS", "EXPENSE", "INPUT2", {"Status": "ARCHIVED"}),
    ("469", "Rent", "OVERHEADS", "EXPENSE", "EXEMPTINPUT", {}),
    ("473", "Repairs & Maintenance", "OVERHEADS", "EXPENSE", "INPUT2", {}),
    ("480", "Staff Training", "OVERHEADS", "EXPENSE", "INPUT2", {}),
    ("485", "Subscriptions", "OVERHEADS", "EXPENSE", "INPUT2", {}),
    ("489", "Telephone & Internet", "OVERHEADS", "EXPENSE", "INPUT2", {}),
    ("493", "Travel - National", "OVERHEADS", "EXPENSE", "ZERORATEDINPUT", {}),
    ("494", "Travel - International", "OVERHEADS", "EXPENSE", "NONE", {}),
    ("610", "Accounts Receivable", "CURRENT", "ASSET", "NONE", {"SystemAccount": "DEBTORS"}),
    ("710", "Office Equipment", "FIXED", "ASSET", "INPUT2", {}),
    ("800", "Accounts Payable", "CURRLIAB", "LIABILITY", "NONE", {"SystemAccount": "CREDITORS"}),
    ("820", "VAT", "CURRLIAB", "LIABILITY", "NONE", {"SystemAccount": "GST"}),
    ("860", "Rounding", "CURRLIAB", "LIABILITY", "NONE", {"SystemAccount": "ROUNDING"}),
    ("960", "Retained Earnings", "EQUITY", "EQUITY", "NONE", {"SystemAccount": "RETAINEDEARNINGS"}),
]

# name of the category in Xero → options; an option with a mark is archived there
TRACKING = {
    "Department": ["Boatyard", "Chandlery", "Workshop", "Sales", "Finance & HR", "R&D"],
    "Region": ["North", "South", "West", "East", "Öresund"],
}
ARCHIVED_OPTIONS = {"East"}

# key, full name in Payhawk, account code (None: nobody mapped it), usual tax, price range in pounds
CATEGORIES = [
    ("rail", "Travel / Rail", "493", "ZERORATEDINPUT", (9, 240)),
    ("taxi", "Travel / Taxis", "493", "INPUT2", (6, 80)),
    ("hotel", "Travel / Hotels", "493", "INPUT2", (70, 420)),
    ("flight", "Travel / Flights", "494", "NONE", (60, 900)),
    ("meals", "Travel / Meals", "420", "INPUT2", (5, 130)),
    ("guests", "Entertaining guests", "424", "NONE", (30, 400)),
    ("ads", "Marketing / Advertising", "400", "INPUT2", (20, 1500)),
    ("print", "Office / Printing & Stationery", "461", "INPUT2", (4, 160)),
    ("post", "Office / Postage", "425", "NONE", (2, 60)),
    ("books", "Office / Books & Journals", "485", "ZERORATEDINPUT", (8, 90)),
    ("saas", "Software / Subscriptions", "485", "INPUT2", (9, 480)),
    ("phone", "Telephone & Internet", "489", "INPUT2", (12, 210)),
    ("power", "Premises / Energy", "445", "RRINPUT", (80, 900)),
    ("rent", "Premises / Rent", "469", "EXEMPTINPUT", (900, 4200)),
    ("clean", "Premises / Cleaning", "408", "INPUT2", (40, 300)),
    ("repair", "Premises / Repairs", "473", "INPUT2", (25, 1800)),
    ("insure", "Insurance", "433", "EXEMPTINPUT", (60, 2400)),
    ("legal", "Professional / Legal", "441", "INPUT2", (200, 3600)),
    ("advice", "Professional / Consulting", "412", "INPUT2", (300, 5200)),
    ("train", "People / Training", "480", "INPUT2", (40, 1100)),
    ("motor", "Vehicles / Fuel & Running", "449", "INPUT2", (20, 160)),
    ("timber", "Materials / Timber & Boat Parts", "325", "INPUT2", (35, 6400)),
    ("mileage", "Travel / Mileage", "449", "NONE", (4, 160)),
    ("perdiem", "Travel / Per diem", "494", "NONE", (25, 400)),
    ("hardware", "Software / IT Hardware", "463", "INPUT2", (30, 1400)),
    ("gifts", "People / Staff gifts", None, "INPUT2", (10, 150)),
    ("misc", "Everything else", "999", "INPUT2", (10, 100)),
]

# id, first name, last name, e-mail, role
PEOPLE = [
    ("301", "Ailsa", "Drummond", "ailsa.drummond@harbourpine.example", "admin"),
    ("302", "Benedict", "Oyelaran", "benedict.oyelaran@harbourpine.example", "accounting"),
    ("303", "Zoë", "Müller-Pryce", "zoe.mullerpryce@harbourpine.example", "employee"),
    ("304", "Callum", "O'Hara", "callum.ohara@harbourpine.example", "employee"),
    ("305", "Ingrid", "Sjöström", "ingrid.sjostrom@harbourpine.example", "employee"),
    ("306", "Haruto", "Tanaka", "haruto.tanaka@harbourpine.example", "employee"),
    ("307", "Fatima", "Al-Sabah", "fatima.alsabah@harbourpine.example", "employee"),
    ("308", "Jean-Luc", "Lefèvre", "jeanluc.lefevre@harbourpine.example", "employee"),
    ("309", "Madonna", None, "madonna@harbourpine.example", "employee"),
    ("310", "Priya", "Raman", "priya.raman@harbourpine.example", "employee"),
    ("311", "Tomasz", "Wójcik", "tomasz.wojcik@harbourpine.example", "employee"),
    ("312", "Grace", "Hopwood", "grace.hopwood@harbourpine.example", "employee"),
    ("313", "Rhys", "ap Gwilym", "rhys.apgwilym@harbourpine.example", "employee"),
    ("314", "Nadia", "Petrova", "nadia.petrova@harbourpine.example", "employee"),
]

# id, currency, type; each card draws on one of them
FUNDS = [("1101", "GBP", "debit"), ("1102", "EUR", "debit"), ("1103", "USD", "debit"),
         ("1104", "SEK", "debit"), ("1105", "JPY", "linked"), ("1106", "GBP", "credit")]

LONG_NAME = ("The Worshipful Company of Shipwrights, Sailmakers, Ropemakers, Caulkers, Chandlers, Coopers, "
             "Carvers, Gilders, Riggers, Pilots, Lightermen and Watermen of the Ancient Port and Harbour of "
             "Saint Brannock-on-the-Water (Trading and Wharfage Division) Unltd.")

# key, name, VAT number, country, e-mail, address. Keys are ours; Payhawk's ids count from 2001.
SUPPLIERS = [
    ("muller", "Müller & Söhne Bootsbau GmbH", "DE811907980", "DE", "rechnung@mueller-bootsbau.example", "Hafenstraße 12, 24103 Kiel"),
    ("zoe", "Café Zoë", None, "FR", None, None),
    ("fisher", "Fisher 🎣 & Co", "GB902117345", "GB", "accounts@fisherandco.example", "3 Quay Street, Whitby YO21 1PU"),
    ("long", LONG_NAME, "GB118220947", "GB", "clerk@shipwrights.example", "Guildhall, Saint Brannock-on-the-Water"),
    ("anchor", "Blue Anchor Café  ", None, "GB", None, "1 Pier Road, Penzance TR18 2LL"),
    ("oneill", "O'Neill's Rope & Rigging", "IE6388047V", "IE", "hello@oneillsrope.example", "14 Dock Road, Galway H91 X5P2"),
    ("chandlery", "harbour chandlery ltd", None, "GB", "sales@harbourchandlery.example", None),
    ("strasse", "Straße und Meer Logistik", None, "DE", None, "Am Sandtorkai 4, 20457 Hamburg"),
    ("tokyo", "ＴＯＫＹＯ Timber", None, "JP", None, None),
    ("pinestate", "Pine\u00a0State Lumber", None, "US", "ar@pinestatelumber.example", "80 Mill Road, Bangor ME 04401"),
    ("nordlicht1", "Nordlicht GmbH", "DE293847561", "DE", "buero@nordlicht-kiel.example", "Holtenauer Straße 1, 24105 Kiel"),
    ("nordlicht2", "Nordlicht GmbH", "DE118273645", "DE", "info@nordlicht-berlin.example", "Torstraße 99, 10119 Berlin"),
    ("seafarer", "Seafarer Supplies", "GB771204418", "GB", "orders@seafarer.example", "Unit 7, Ocean Way, Southampton SO14 3TJ"),
    ("oldmill", "Old Mill Bakery", "GB640028813", "GB", None, "Mill Lane, Totnes TQ9 5JH"),
    ("amazon", "Amazon EU S.à r.l.", "LU20260743", "LU", None, "38 avenue John F. Kennedy, L-1855 Luxembourg"),
    ("trainline", "Trainline", "GB791727614", "GB", None, None),
    ("trainline2", "the trainline.com (booking)", "GB791727614", "GB", None, None),
    ("greek", "Ελληνικά Πλοία ΑΕ", "EL094388123", "GR", "logistirio@plia.example", "Akti Miaouli 85, 185 38 Piraeus"),
    ("sakura", "株式会社さくら木材", None, "JP", "keiri@sakura-mokuzai.example", "東京都江東区新木場1-2-3"),
    ("gulf", "شركة الخليج للأخشاب", None, "KW", "ap@gulf-timber.example", "Shuwaikh Industrial, Kuwait City"),
    ("lodz", "Łódź Stocznia Sp. z o.o.", "PL7251868136", "PL", "faktury@stocznia.example", "ul. Piotrkowska 5, 90-001 Łódź"),
    ("aero", "Ærø Bådværft A/S", "DK24256790", "DK", None, "Havnepladsen 2, 5970 Ærøskøbing"),
    ("quay", 'The "Quay" Hotel', "GB330127765", "GB", "stay@quayhotel.example", "The Quay, Poole BH15 1HJ"),
    ("abtest", "A/B Testers & Partners; Ltd.", "GB402931188", "GB", "billing@abtesters.example", None),
    ("smith", "Smith, Jones & Daughters", None, "GB", "office@smithjones.example", "22 High Street, Lymington SO41 9AD"),
    ("oils", "100% Natural Oils", None, "GB", None, None),
    ("courier", "#1 Couriers", "GB556012349", "GB", "invoices@number1couriers.example", None),
    ("istanbul", "İstanbul Halat Sanayi", None, "TR", None, "Karaköy Cd. 17, İstanbul"),
    ("tideway", "Tideway Insurance Brokers", "GB 811 2299 04", "GB", "premiums@tideway.example", "9 Lime Street, London EC3M 7AA"),
    ("scanair", "SAS Scandinavian Airlines", "SE902001771701", "SE", None, "Frösundaviks allé 1, 195 87 Stockholm"),
    ("sl", "AB Storstockholms Lokaltrafik", "SE556013063801", "SE", None, None),
    ("kajen", "Kajen Båttillbehör AB", "SE556789123401", "SE", "faktura@kajen.example", "Skeppsbron 3, 111 30 Stockholm"),
    ("hetz", "Hetzner Online GmbH", "DE812871812", "DE", "billing@hetz.example", "Industriestr. 25, 91710 Gunzenhausen"),
    ("github", "GitHub, Inc.", None, "US", "receipts@gh.example", "88 Colin P. Kelly Jr. Street, San Francisco CA"),
    ("aws", "Amazon Web Services, Inc.", None, "US", None, "410 Terry Avenue North, Seattle WA 98109"),
    ("delta", "Delta Air Lines", None, "US", None, None),
    ("marriott", "Harborview Marriott Portland", None, "US", None, "20 Commercial Street, Portland ME"),
    ("jr", "JR東日本", None, "JP", None, None),
    ("kansai", "Kansai Marine Parts K.K.", None, "JP", "sales@kansai-marine.example", "大阪市港区築港3-1"),
    ("kuwaitair", "Kuwait Airways", None, "KW", None, None),
    ("gwr", "Great Western Railway", "GB945781155", "GB", None, None),
    ("shell", "Shell Portsmouth Road", "GB235763255", "GB", None, None),
    ("bt", "BT Business", "GB245719348", "GB", "businessbills@bt.example", None),
    ("octopus", "Octopus Energy for Business", "GB229550374", "GB", "hello@octopus.example", "UK House, 164-182 Oxford Street, London"),
    ("regus", "Regus Solent Business Park", "GB627013988", "GB", "ar@regus.example", None),
    ("wharf", "Wharf Properties LLP", "GB884201173", "GB", "rents@wharfproperties.example", "Canute Chambers, Southampton SO14 3AB"),
    ("clear", "Clear & Bright Cleaning", None, "GB", "jobs@clearbright.example", None),
    ("patel", "Patel Hardware", "GB713220986", "GB", None, "41 Albert Road, Portsmouth PO5 2SF"),
    ("lawson", "Lawson & Finch Solicitors", "GB301442879", "GB", "accounts@lawsonfinch.example", "5 Castle Way, Winchester SO23 8UL"),
    ("boardroom", "Boardroom Advisory Ltd", "GB266913740", "GB", "invoices@boardroom.example", None),
    ("rya", "Royal Yachting Training CIC", None, "GB", "training@rytc.example", "RYA House, Hamble SO31 4YA"),
    ("uber", "Uber London", "GB256094561", "GB", None, None),
    ("deliveroo", "Deliveroo", "GB162254632", "GB", None, None),
    ("waterstones", "Waterstones", "GB108277080", "GB", None, None),
    ("royalmail", "Royal Mail", "GB243170002", "GB", None, None),
    ("google", "Google Ads Ireland", "IE6388047X", "IE", None, "Gordon House, Barrow Street, Dublin 4"),
    ("kingfisher", "Kingfisher Dry Docks plc", "GB410226638", "GB", "ledger@kingfisherdocks.example", "Dock 4, Falmouth TR11 4NR"),
    ("bistro", "Bistro du Port", "FR40303265045", "FR", None, "2 quai Kléber, 56400 Auray"),
    ("newco", "Newco Startup Events", None, "GB", "hi@newco.example", None),
    ("unused", "Never Bought From Ltd", "GB100200300", "GB", None, None),
]

# name, VAT number, e-mail, status: the contacts Xero has before anything is synchronised
CONTACTS = [
    ("HARBOUR CHANDLERY LTD", None, None, "ACTIVE"),
    ("STRASSE UND MEER LOGISTIK", None, None, "ACTIVE"),
    ("Tokyo Timber", None, None, "ACTIVE"),
    ("Pine State Lumber", None, None, "ACTIVE"),
    ("Seafarer Supplies", "GB220981147", "hello@seafarersupplies.example", "ACTIVE"),
    ("Old Mill Bakery", "GB640028813", None, "ARCHIVED"),
    ("Amazon Business", "LU20260743", None, "ACTIVE"),
    ("Trainline.com Limited", "GB791727614", None, "ACTIVE"),
    ("Tideway Insurance Brokers", "GB811229904", None, "ACTIVE"),
    ("Great Western Railway", "GB945781155", None, "ACTIVE"),
    ("Royal Mail", None, None, "ACTIVE"),
    ("BT Business", "GB245719348", "businessbills@bt.example", "ACTIVE"),
    ("wharf properties llp", "GB884201173", None, "ACTIVE"),
    # people: by e-mail, by e-mail in another case, by name, and one who married since
    ("Callum O'Hara", None, "callum.ohara@harbourpine.example", "ACTIVE"),
    ("Priya Raman", None, "Priya.Raman@HarbourPine.example", "ACTIVE"),
    ("INGRID SJÖSTRÖM", None, None, "ACTIVE"),
    ("Grace Miller", None, "grace.hopwood@harbourpine.example", "ACTIVE"),
    # customers and others who have nothing to do with Payhawk
    ("Solent Sailing School", "GB512007768", "bursar@solentsailing.example", "ACTIVE"),
    ("Isle of Wight Ferries", "GB108838847", "ap@iowferries.example", "ACTIVE"),
    ("Kiel Regatta e.V.", "DE134982276", None, "ACTIVE"),
    ("Never Bought From (Holdings) Ltd", None, None, "ACTIVE"),
    ("HMRC", None, None, "ACTIVE"),
    ("Bygone Boats Ltd", "GB399201847", None, "ARCHIVED"),
]
