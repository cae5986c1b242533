#!/usr/bin/env python3
"""Starts ferry-twin on a free port and looks at the behaviours that the host relies on."""
import base64
import hashlib
import http.client
import json
import pathlib
import subprocess
import sys
import tempfile
import time
import urllib.parse

TENANT = "11111111-1111-4111-8111-111111111111"
RAIL, GONE = "b0000000-0000-4000-8000-000000000001", "b0000000-0000-4000-8000-000000000002"
SCOPES = ("offline_access accounting.invoices accounting.payments accounting.contacts accounting.settings "
          "accounting.attachments accounting.banktransactions")
API = "/xero/api.xro/2.0/"
passed, failed = 0, []


def check(name, ok, detail=""):
    global passed
    if ok:
        passed += 1
    else:
        failed.append(name)
        print("FAILED:", name, str(detail)[:600])


class Answer:
    def __init__(self, status, headers, data):
        self.status, self.headers, self.data = status, headers, data

    @property
    def json(self):
        return json.loads(self.data)

    def message(self):
        elements = next(v for k, v in self.json.items() if isinstance(v, list) and k != "pagination")
        return " ".join(e["Message"] for x in elements for e in x.get("ValidationErrors", []))


class Twin:
    def __init__(self, program, seeds, folder):
        port_file = folder / "port"
        self.capture = folder / "capture.jsonl"
        self.process = subprocess.Popen([program, "--port", "0", "--seeds", seeds, "--clock", str(folder / "clock"),
                                         "--capture", str(self.capture), "--port-file", str(port_file)])
        for _ in range(600):
            if port_file.exists():
                break
            time.sleep(0.05)
        self.port = int(port_file.read_text())
        self.token = None

    def call(self, method, path, body=None, headers=None):
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=20)
        given = dict(headers or {})
        if isinstance(body, (dict, list)):
            body = json.dumps(body)
            given.setdefault("Content-Type", "application/json")
        try:
            connection.request(method, path, body=body, headers=given)
            reply = connection.getresponse()
            return Answer(reply.status, reply.headers, reply.read())
        except (http.client.HTTPException, ConnectionError, OSError) as problem:
            return Answer(0, {}, repr(problem).encode())
        finally:
            connection.close()

    def xero(self, method, path, body=None, **headers):
        given = {"Authorization": "Bearer " + (self.token or ""), "xero-tenant-id": TENANT, "Accept": "application/json"}
        given.update({k.replace("_", "-"): v for k, v in headers.items()})
        return self.call(method, API + path, body, given)

    def control(self, path, body=None):
        return self.call("GET" if body is None else "POST", "/__twin/" + path, body).json

    def form(self, fields, basic=True):
        headers = {"Content-Type": "application/x-www-form-urlencoded"}
        if basic:
            headers["Authorization"] = "Basic " + base64.b64encode(b"TWINCLIENT:twin-secret").decode()
        return self.call("POST", "/xero/identity/connect/token", urllib.parse.urlencode(fields), headers)

    def advance(self, minutes):
        self.control("clock", {"advance_ms": int(minutes * 60000)})


def authorize(twin, **more):
    query = {"response_type": "code", "client_id": "TWINCLIENT", "redirect_uri": "http://localhost:9999/done",
             "scope": SCOPES, "state": "xyz"}
    query.update(more)
    answer = twin.call("GET", "/xero/identity/connect/authorize?" + urllib.parse.urlencode(query))
    if answer.status != 302:
        return answer, None
    return answer, urllib.parse.parse_qs(urllib.parse.urlparse(answer.headers["Location"]).query)["code"][0]


def identity(twin):
    verifier = "v" * 64
    challenge = base64.urlsafe_b64encode(hashlib.sha256(verifier.encode()).digest()).rstrip(b"=").decode()
    answer, code = authorize(twin, code_challenge=challenge, code_challenge_method="S256")
    check("authorize redirects", answer.status == 302 and "state=xyz" in answer.headers["Location"], answer.data)
    check("old scopes are refused", authorize(twin, scope="accounting.transactions")[0].status == 400)
    check("127.0.0.1 is no redirect", authorize(twin, redirect_uri="http://127.0.0.1/x")[0].status == 400)
    grant = {"grant_type": "authorization_code", "code": code, "redirect_uri": "http://localhost:9999/done"}
    check("a wrong verifier is refused", twin.form(dict(grant, code_verifier="w" * 64)).status == 400)
    tokens = twin.form(dict(grant, code_verifier=verifier))
    check("code becomes tokens", tokens.status == 200 and tokens.json["expires_in"] == 1800, tokens.data)
    check("a code works once", twin.form(dict(grant, code_verifier=verifier)).json["error"] == "invalid_grant")
    first = tokens.json["refresh_token"]
    refresh = {"grant_type": "refresh_token", "refresh_token": first}
    second = twin.form(refresh).json["refresh_token"]
    check("refresh rotates", second != first)
    twin.advance(29)
    check("replay within the grace", twin.form(refresh).status == 200)
    twin.advance(2)
    check("replay after the grace", twin.form(refresh).json.get("error") == "invalid_grant")
    twin.token = twin.form(dict(refresh, refresh_token=second)).json["access_token"]
    connections = twin.call("GET", "/xero/connections", headers={"Authorization": "Bearer " + twin.token}).json
    check("connections", connections[0]["tenantId"] == TENANT and connections[0]["id"] != TENANT)
    custom = twin.form({"grant_type": "client_credentials", "scope": "accounting.contacts.read"}).json
    check("client credentials have no refresh token", "refresh_token" not in custom)
    answer = twin.xero("GET", "Invoices", Authorization="Bearer " + custom["access_token"])
    check("a missing scope", answer.status == 401 and answer.headers["WWW-Authenticate"] == "insufficient_scope")
    check("a wrong tenant", twin.xero("GET", "Contacts", xero_tenant_id=RAIL).status == 403)
    twin.advance(31)
    answer = twin.xero("GET", "Contacts")
    check("an old token", answer.status == 401 and "TokenExpired" in answer.json["Detail"])
    twin.token = twin.form({"grant_type": "client_credentials", "scope": SCOPES.replace("offline_access ", "")}).json[
        "access_token"]


def bill(**more):
    element = {"Type": "ACCPAY", "Contact": {"ContactID": RAIL}, "Date": "2026-02-01", "DueDate": "2026-02-28",
               "LineAmountTypes": "Inclusive", "Status": "AUTHORISED", "InvoiceNumber": "PH-1",
               "Url": "https://portal.test/e/1#ferry=abc",
               "LineItems": [{"Description": "Train", "Quantity": 1, "UnitAmount": 120.00, "AccountCode": "400"}]}
    element.update(more)
    return element


def put(twin, *elements, each=True, kind="Invoices", method="PUT", **headers):
    path = kind + ("?summarizeErrors=false" if each else "")
    return twin.xero(method, path, {kind: list(elements)}, **headers)


def lines(**more):
    return dict(bill()["LineItems"][0], **more)


def documents(twin):
    answer = put(twin, bill())
    one = answer.json["Invoices"][0]
    check("a bill", one["StatusAttributeString"] == "OK" and one["Total"] == 120.0 and one["TotalTax"] == 20.0, answer.data)
    check("dates", one["Date"].startswith("/Date(") and one["DueDateString"] == "2026-02-28T00:00:00")
    three = [lines(UnitAmount=a, TaxType="FIFTEEN") for a in (25.06, 25.61, 25.63)]
    answer = put(twin, bill(LineAmountTypes="Exclusive", LineItems=three)).json["Invoices"][0]
    check("tax per line", answer["TotalTax"] == 11.44 and answer["Total"] == 87.74, answer)
    answer = put(twin, bill(LineItems=[lines(TaxAmount=13.37)])).json["Invoices"][0]
    check("tax given", answer["TotalTax"] == 13.37 and answer["SubTotal"] == 106.63, answer)
    wrong = {
        "does not match the expected": bill(LineItems=[lines(LineAmount=1)]),
        "archived": bill(LineItems=[lines(AccountCode="401")]),
        "not a valid code": bill(LineItems=[lines(AccountCode="090")]),
        "cannot be used with account code": bill(LineItems=[lines(TaxType="OUTPUT2")]),
        "TaxType code 'NOPE'": bill(LineItems=[lines(TaxType="NOPE")]),
        "archived contact": bill(Contact={"ContactID": GONE}),
        "not subscribed to currency EUR": bill(CurrencyCode="EUR"),
        "lock date": bill(Date="2025-12-31"),
        "must be specified": bill(LineItems=[]),
        "status for creation": bill(Status="PAID"),
        "does not equal the sum": bill(Total=119),
        "tracking category": bill(LineItems=[lines(Tracking=[{"Name": "Nope", "Option": "x"}])]),
    }
    answer = put(twin, *wrong.values())
    for text, element in zip(wrong, answer.json["Invoices"]):
        messages = " ".join(e["Message"] for e in element["ValidationErrors"])
        check("refused: " + text, text in messages and element["InvoiceID"].startswith("00000000"), messages)
    before = len(twin.control("documents")["Invoices"])
    answer = put(twin, bill(), bill(CurrencyCode="EUR"), each=False)
    check("all or nothing", answer.status == 400 and answer.json["ErrorNumber"] == 10 and
          len(twin.control("documents")["Invoices"]) == before, answer.data)
    check("unknown property", put(twin, bill(Colour="red")).json["ErrorNumber"] == 17)
    check("money is a number", put(twin, bill(LineItems=[lines(UnitAmount="1")])).status == 400)
    return one


def updates(twin, one):
    again = {"InvoiceID": one["InvoiceID"], "LineItems": [
        {"LineItemID": one["LineItems"][0]["LineItemID"], "UnitAmount": 60.0},
        {"Description": "Taxi", "Quantity": 2, "UnitAmount": 5, "AccountCode": "400"}]}
    answer = put(twin, again, method="POST").json["Invoices"][0]
    check("lines by id", answer["Total"] == 70.0 and answer["LineItems"][0]["Description"] == "Train", answer)
    again = dict(again, LineItems=again["LineItems"][1:])
    answer = put(twin, again, method="POST").json["Invoices"][0]
    check("lines not sent are gone", len(answer["LineItems"]) == 1 and answer["Total"] == 10.0, answer)
    payment = {"Invoice": {"InvoiceID": one["InvoiceID"]}, "Account": {"Code": "090"}, "Date": "2026-02-02", "Amount": 4}
    paid = put(twin, payment, kind="Payments").json["Payments"][0]
    check("a payment", paid["PaymentType"] == "ACCPAYPAYMENT" and paid["Status"] == "AUTHORISED", paid)
    answer = put(twin, dict(payment, Amount=6.01), kind="Payments")
    check("too much", "exceeds the amount outstanding" in answer.message())
    put(twin, dict(payment, Amount=6), kind="Payments")
    now = twin.xero("GET", "Invoices/" + one["InvoiceID"]).json["Invoices"][0]
    check("paid", now["Status"] == "PAID" and now["AmountDue"] == 0.0 and len(now["Payments"]) == 2, now)
    answer = put(twin, dict(again, LineItems=[lines()]), method="POST")
    check("a paid bill is not changed", "payment or credit note allocated" in answer.message(), answer.data)
    answer = twin.xero("POST", "Invoices/" + one["InvoiceID"], {"Status": "VOIDED"})
    check("a paid bill is not voided", answer.status == 400, answer.data)
    answer = twin.xero("POST", "Payments/" + paid["PaymentID"], {"Payments": [{"Status": "DELETED"}]})
    now = twin.xero("GET", "Invoices/" + one["InvoiceID"]).json["Invoices"][0]
    check("deleting reopens", answer.status == 200 and now["Status"] == "AUTHORISED" and now["AmountDue"] == 4.0, answer.data)
    other = put(twin, bill()).json["Invoices"][0]["InvoiceID"]
    answer = twin.xero("POST", "Invoices/" + other, {"InvoiceID": other, "Status": "VOIDED"})
    check("voiding", answer.json["Invoices"][0]["Status"] == "VOIDED", answer.data)
    answer = put(twin, {"InvoiceID": other, "InvoiceNumber": "x"}, method="POST")
    check("a void one stays", "valid status for modification" in answer.message())
    note = bill(Type="ACCPAYCREDIT")
    for name in ("InvoiceNumber", "DueDate", "Url"):
        del note[name]
    note = put(twin, note, kind="CreditNotes").json["CreditNotes"][0]
    check("a credit note", note["RemainingCredit"] == 120.0, note)
    spend = {"Type": "SPEND", "Contact": {"ContactID": RAIL}, "BankAccount": {"Code": "090"}, "Date": "2026-02-01",
             "LineItems": [lines(UnitAmount=3)]}
    answer = put(twin, spend, kind="BankTransactions").json["BankTransactions"][0]
    check("money spent", answer["Total"] == 3.0 and answer["LineAmountTypes"] == "Inclusive", answer)


def contacts_and_settings(twin):
    answer = put(twin, {"Name": "rail ltd"}, {"Name": "New Ltd"}, kind="Contacts")
    check("names are unique", "already assigned" in answer.message() and
          answer.json["Contacts"][1]["StatusAttributeString"] == "OK", answer.data)
    check("unknown contact", put(twin, {"ContactID": TENANT, "Name": "x"}, kind="Contacts", method="POST").status == 404)
    answer = twin.xero("PUT", "Accounts", {"Name": "Payhawk USD", "Code": "PHWK-USD", "Type": "BANK",
                                           "BankAccountNumber": "000000-PAYHAWK-USD", "CurrencyCode": "USD"})
    check("a bank account", answer.status == 200 and answer.json["Accounts"][0]["Class"] == "ASSET", answer.data)
    answer = twin.xero("PUT", "Accounts", {"Name": "Card", "Code": "C1", "Type": "BANK", "BankAccountNumber": "1",
                                           "BankAccountType": "CREDITCARD"})
    check("no credit cards", answer.status == 400 and "BSB" in answer.message())
    answer = twin.xero("PUT", "TrackingCategories/c0000000-0000-4000-8000-000000000001/Options", {"Name": "Ops"})
    check("a tracking option", answer.json["Options"][0]["Name"] == "Ops", answer.data)
    for kind in ("Organisation", "Currencies", "TaxRates", "TrackingCategories", "Accounts"):
        check("GET " + kind, twin.xero("GET", kind).status == 200)
    check("XML without Accept", twin.xero("GET", "Currencies", Accept="*/*").data.startswith(b"<Response>"))
    check("HTML 404", twin.xero("GET", "Nothing").headers["Content-Type"].startswith("text/html"))


def reading(twin):
    check("no lines without page", twin.xero("GET", "Invoices").json["Invoices"][0]["LineItems"] == [])
    answer = twin.xero("GET", "Invoices?page=1&pageSize=2").json
    check("pages", len(answer["Invoices"]) == 2 and answer["pagination"]["pageSize"] == 2 and answer["Invoices"][0]["LineItems"])
    check("pageSize", twin.xero("GET", "Invoices?page=1&pageSize=1001").status == 400)
    twin.advance(1)
    put(twin, bill(InvoiceNumber="PH-NEW", Type="ACCREC", Reference="r1", LineItems=[lines(AccountCode="200")]))
    now = twin.control("clock")["now_ms"] / 1000
    since = time.strftime("%a, %d %b %Y %H:%M:%S GMT", time.gmtime(now))
    check("If-Modified-Since", len(twin.xero("GET", "Invoices?page=1", If_Modified_Since=since).json["Invoices"]) == 1)
    where = urllib.parse.quote('InvoiceNumber=="PH-NEW" AND Date>=DateTime(2026,02,01)')
    check("where", len(twin.xero("GET", "Invoices?page=1&where=" + where).json["Invoices"]) == 1)
    check("bad where", twin.xero("GET", "Invoices?where=Nonsense").json["ErrorNumber"] == 16)
    check("InvoiceNumbers", len(twin.xero("GET", "Invoices?InvoiceNumbers=PH-NEW,x").json["Invoices"]) == 1)
    where = urllib.parse.quote('Reference=="r1"')
    found = len(twin.xero("GET", "Invoices?where=" + where).json["Invoices"])
    twin.control("switch", {"ignore_reference_filter": True})
    check("Reference filter", found == 1 and not twin.xero("GET", "Invoices?where=" + where).json["Invoices"])


def files(twin, invoice):
    path = "Invoices/%s/Attachments/" % invoice
    kind = {"Content_Type": "application/pdf"}
    check("a file", twin.xero("PUT", path + "a.pdf", b"%PDF", **kind).status == 200)
    check("its bytes", twin.xero("GET", path + "a.pdf").data == b"%PDF")
    check("blanks", twin.xero("PUT", path + "a%20b.pdf", b"%PDF", **kind).status == 400)
    for i in range(9):
        twin.xero("PUT", path + "b%d.pdf" % i, b"%PDF", **kind)
    check("the eleventh", twin.xero("PUT", path + "c.pdf", b"%PDF", **kind).status == 400)
    check("over the same name", twin.xero("PUT", path + "a.pdf", b"%PDF2", **kind).status == 200)
    check("too large", twin.xero("PUT", path + "a.pdf", bytes(11 << 20), **kind).status == 413)
    check("ten", len(twin.xero("GET", "Invoices/%s/Attachments" % invoice).json["Attachments"]) == 10)


def keys(twin):
    def count():
        return len(twin.control("documents?type=Invoices")["Invoices"])
    before = count()
    first = put(twin, bill(), Idempotency_Key="k1")
    check("same key, same answer", put(twin, bill(), Idempotency_Key="k1").data == first.data and count() == before + 1)
    other = put(twin, bill(InvoiceNumber="other"), Idempotency_Key="k1")
    check("same key, other body", other.status == 400 and b"different request" in other.data)
    twin.advance(7)
    put(twin, bill(), Idempotency_Key="k1")
    check("after six minutes a duplicate", count() == before + 2)
    check("a long key", put(twin, bill(), Idempotency_Key="k" * 129).status == 400)
    twin.control("faults", [{"match": "PUT *Invoices", "nth": 1, "do": "lose_answer"}])
    check("no byte of reply", put(twin, bill(), Idempotency_Key="k2").status == 0 and count() == before + 3)
    check("the key finds it", put(twin, bill(), Idempotency_Key="k2").status == 200 and count() == before + 3)
    twin.control("faults", [{"match": "PUT *Invoices", "nth": 1, "do": "reset_before"}])
    check("reset before", put(twin, bill()).status == 0 and count() == before + 3)
    twin.control("faults", [{"match": "PUT *Invoices", "nth": 1, "do": "commit_status:500"}])
    check("commit, then 500", put(twin, bill(), Idempotency_Key="k3").status == 500 and count() == before + 4)
    check("500 is kept", put(twin, bill(), Idempotency_Key="k3").status == 500 and count() == before + 4)
    for act, status in (("status:503", 503), ("html404", 404), ("empty429", 429), ("truncate", 0)):
        twin.control("faults", [{"match": "GET *Contacts", "times": 1, "do": act}])
        check(act, twin.xero("GET", "Contacts").status == status)
    twin.control("faults", [{"match": "PUT *Invoices", "times": 1, "do": "partial_elements"}])
    states = [x["StatusAttributeString"] for x in put(twin, bill(), bill()).json["Invoices"]]
    check("partial elements", states == ["OK", "ERROR"], states)


def limits(twin):
    twin.advance(2)
    twin.control("switch", {"limits": {"minute": 3, "day": 6}})
    codes = [twin.xero("GET", "Currencies") for _ in range(4)]
    check("the minute", [c.status for c in codes] == [200, 200, 200, 429], [c.status for c in codes])
    check("its headers", codes[3].headers["X-Rate-Limit-Problem"] == "minute" and codes[3].headers["Retry-After"] == "60"
          and codes[3].headers["Content-Type"] is None and codes[0].headers["X-MinLimit-Remaining"] == "2")
    twin.advance(1.1)
    codes = [twin.xero("GET", "Currencies") for _ in range(3)]
    twin.advance(1.1)
    check("the day", twin.xero("GET", "Currencies").headers["X-Rate-Limit-Problem"] == "day")
    twin.control("switch", {"limits": None})
    check("no limits", twin.xero("GET", "Currencies").status == 200)
    twin.control("switch", {"tenant_swapped": True})
    check("another tenant", twin.xero("GET", "Currencies").status == 403)
    twin.control("switch", {"tenant_swapped": False, "drop_url_marker": True})
    check("no marker", put(twin, bill()).json["Invoices"][0]["Url"] == "https://portal.test/e/1")


def people(twin, invoice):
    before = twin.xero("GET", "Invoices/" + invoice).json["Invoices"][0]
    twin.advance(1)
    twin.control("edit", {"type": "Invoices", "id": invoice, "set": {"InvoiceNumber": "by hand"}})
    after = twin.xero("GET", "Invoices/" + invoice).json["Invoices"][0]
    check("edited by hand", after["InvoiceNumber"] == "by hand" and after["UpdatedDateUTC"] != before["UpdatedDateUTC"])
    twin.control("edit", {"type": "Invoices", "id": invoice, "pay": {"Account": {"Code": "090"}}})
    check("paid by hand", twin.xero("GET", "Invoices/" + invoice).json["Invoices"][0]["Status"] == "PAID")


def payhawk(twin):
    twin.advance(1)
    key = {"X-Payhawk-ApiKey": "small-key"}
    root = "/payhawk/api/v3/accounts"
    at = root + "/small_demo_1"
    check("the key", twin.call("GET", at + "/expenses").status == 401)
    check("the account", twin.call("GET", root, headers=key).json["items"][0]["id"] == "small_demo_1")
    answer = twin.call("GET", at + "/expenses?$take=1", headers=key)
    check("expenses", len(answer.json["items"]) == 1 and answer.json["total"] == 2 and b"70.10" in answer.data, answer.data)
    query = urllib.parse.quote(json.dumps({"reviewedAt": {"$greaterThan": "2026-02-02T23:00:00Z"}}))
    answer = twin.call("GET", at + "/expenses?$filter=" + query, headers=key).json
    check("a filter", [x["id"] for x in answer["items"]] == ["1"])
    query = urllib.parse.quote(json.dumps({"updatedAt": {"$greaterThan": "2026"}}))
    check("no such filter", twin.call("GET", at + "/expenses?$filter=" + query, headers=key).status == 400)
    url = urllib.parse.urlparse(answer["items"][0]["document"]["files"][0]["url"])
    check("its name", url.path.endswith("/f1/train%20ticket.pdf"), url)
    check("a receipt", len(twin.call("GET", url.path).data) == 2000)
    check("no key for files", twin.call("GET", url.path, headers=key).status == 400)
    payments = twin.call("GET", at + "/expenses/1/payments", headers=key).json["items"]
    check("payments", payments[0]["id"] == "p1" and payments[0]["status"] == "settled")
    answer = twin.call("GET", at + "/fund-accounts/fa1/bank-statement", headers=key).json
    check("statement", answer["lines"][0]["id"] == "l1" and answer["total"] == 1)
    check("suppliers need a filter", twin.call("GET", at + "/suppliers", headers=key).status == 400)
    codes = [{"code": "400", "name": "Travel", "defaultTaxCode": "INPUT2"}]
    check("account codes", twin.call("PUT", at + "/account-codes", codes, key).json["items"] == codes)
    check("strict", twin.call("PUT", at + "/account-codes", [{"code": "1", "name": "x", "odd": 1}], key).status == 400)
    links = {"externalLinks": [{"title": "Xero", "url": "https://go.xero.com/x"}]}
    check("links", twin.call("PATCH", at + "/expenses/1", links, key).json["externalLinks"] == links["externalLinks"])
    values = at + "/custom-fields/cf1/values"
    twin.call("POST", values, {"label": "Ops", "externalId": "x"}, key)
    check("field values", [v["label"] for v in twin.call("GET", values, headers=key).json["items"]] == ["Sales", "Ops"])
    twin.advance(1)
    codes = [twin.call("GET", root, headers=key).status for _ in range(16)]
    check("15 a second", codes[14] == 200 and codes[15] == 429)


def main():
    with tempfile.TemporaryDirectory() as folder:
        twin = Twin(sys.argv[1], sys.argv[2], pathlib.Path(folder))
        try:
            identity(twin)
            twin.control("switch", {"limits": None})
            one = documents(twin)
            updates(twin, one)
            contacts_and_settings(twin)
            reading(twin)
            files(twin, one["InvoiceID"])
            keys(twin)
            limits(twin)
            people(twin, one["InvoiceID"])
            payhawk(twin)
            calls = twin.control("calls")
            check("calls are counted", calls["xero"]["PUT /xero/api.xro/2.0/Invoices"] > 5 and calls["xero_writes"] > 5)
            captured = [json.loads(line) for line in twin.capture.read_text().splitlines()]
            check("no secrets captured", captured and "Bearer" not in twin.capture.read_text()
                  and "twin-secret" not in twin.capture.read_text())
            twin.control("reset", {})
            check("reset", twin.control("documents")["Invoices"] == [])
        finally:
            twin.process.terminate()
            check("ends cleanly", twin.process.wait(30) == 0)
    print(f"{passed} passed, {len(failed)} failed")
    sys.exit(bool(failed))


main()
