"""The attacks' files, each under its own name in one folder, and the config that names all of them."""
import hashlib
import os
import pathlib
import shutil

GOOD = "bad/good.so"


def garbage(path, good):
    path.write_bytes(b"\x7fELF, but not really")


def empty(path, good):
    path.write_bytes(b"")


def huge(path, good):
    path.write_bytes(good + bytes(9 << 20))


def folder(path, good):
    path.mkdir()


def link(path, good):
    target = path.with_suffix(".elsewhere")
    target.write_bytes(good)
    path.symlink_to(target)


def pipe(path, good):
    os.mkfifo(path)


def writable(path, good):
    path.write_bytes(good)
    path.chmod(0o666)


def setuid(path, good):
    path.write_bytes(good)
    path.chmod(0o4755)


def half(path, good):
    path.write_bytes(good[:len(good) // 3])


FILES = {"file:" + make.__name__: make for make in (garbage, empty, huge, folder, link, pipe, writable, setuid, half)}

DECLARED = pathlib.Path(__file__).resolve().parent / "declared"

INTEGRATION = """\
  {name}:
    connector: {connector}
    organisation: {{ name: "{organisation}", app: main }}
    login: {{ api_key: {{ env: TWIN_PAYHAWK_KEY }} }}
"""


def is_declared(attack):
    """Whether the attack lies in the tables: then how well it is fenced in makes no difference."""
    return (DECLARED / (attack.connector.replace("-", "_") + ".c")).exists()


class Zoo:
    """Connectors of the attacks, beside a good one, in the config of a stage."""

    def __init__(self, play, attacks):
        self.play, self.attacks = play, attacks
        self.folder = play.folder / "attacks"
        shutil.rmtree(self.folder, ignore_errors=True)
        self.folder.mkdir()
        for attack in attacks:
            self.bring(attack)

    def file_of(self, attack):
        name = attack.connector.replace("-", "_") + ".so"
        return next((path for path in (self.play.build / folder / name for folder in ("attack", "bad")) if path.exists()), None)

    def bring(self, attack):
        to = self.folder / f"{attack.connector}.so"
        if attack.name in FILES:
            FILES[attack.name](to, (self.play.build / GOOD).read_bytes())
            return
        source = self.file_of(attack)
        if not source and (self.play.build / "connectors" / to.name).exists():
            return  # one of Ferry's own
        assert source, f"{attack.name}: no such connector was built"
        shutil.copyfile(source, to)
        to.chmod(0o644)

    def hash(self, attack):
        return "sha256:" + hashlib.sha256((self.folder / f"{attack.connector}.so").read_bytes()).hexdigest()

    def lines_of(self, attack, base_url):
        """What else stands in its integration."""
        lines = ["allow_hosts: [api.payhawk.com]"] if attack.public else [f"base_url: {base_url}"]
        if is_declared(attack) or attack.connector == "payhawk":
            lines.append(f"options: {{ account: {self.play.account} }}")
        return "".join(f"    {line}\n" for line in lines + ([attack.config] if attack.config else []))

    def write_config(self, base_url, consented=()):
        """All attacks, each an integration of its own, behind the good one."""
        self.play.write_config()
        text = self.play.config.read_text()
        paths = f"  path: [{self.play.build / 'connectors'}, {self.folder}]\n"
        if consented:
            paths += f"  without_sandbox: [{', '.join(sorted({self.hash(attack) for attack in consented}))}]\n"
        text = text.replace(f"  path: [{self.play.build / 'connectors'}]\n", paths)
        for attack in self.attacks:
            text += INTEGRATION.format(name=attack.integration, connector=attack.connector,
                                       organisation=self.play.organisation) + self.lines_of(attack, base_url)
        self.play.config.write_text(text)
