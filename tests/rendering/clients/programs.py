"""Mail programs from Debian that show a mail to a picture, or as text. What is not installed is told."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from email import policy
from email.parser import BytesParser
from pathlib import Path

HERE = Path(__file__).parent
WIDTH, HEIGHT = 660, 1400
PATIENCE_S = 90
LOOK_S = 1.0
DEBIANS_PYTHON = "/usr/bin/python3"

PROFILE = {
    "mail.provider.suppress_dialog_on_startup": "true",
    "mailnews.start_page.enabled": "false",
    "mail.rights.version": "1",
    "mail.shell.checkDefaultClient": "false",
    "datareporting.policy.dataSubmissionPolicyBypassNotification": "true",
    "datareporting.policy.dataSubmissionEnabled": "false",
    "toolkit.telemetry.reportingpolicy.firstRun": "false",
    "app.update.enabled": "false",
    "app.donation.eoy.version.viewed": "999",
    # Nothing is asked of any network: a proxy that nobody listens at.
    "network.proxy.type": "1",
    "network.proxy.http": '"127.0.0.1"',
    "network.proxy.http_port": "9",
    "network.proxy.ssl": '"127.0.0.1"',
    "network.proxy.ssl_port": "9",
}
CLAWS = """[Common]
config_version=4
always_show_message_when_selected=1
folderview_width=1
mainwin_x=0
mainwin_y=0
mainwin_width={width}
mainwin_height={height}
summaryview_height=20
promote_html_part=1
render_html=1
[Plugins_GTK3]
{plugin}
[LiteHTML]
enable_remote_content=0
"""
ACCOUNT = """[Account: 1]
account_name=Reader
is_default=1
name=Reader
address=reader@reader.example
protocol=5
smtp_server=localhost
"""
FOLDERS = """<?xml version="1.0" encoding="UTF-8"?>
<folderlist><folder type="mh" name="Mailbox" path="{path}">
<folderitem type="inbox" name="inbox" path="inbox"/><folderitem type="outbox" name="sent" path="sent"/>
<folderitem type="draft" name="draft" path="draft"/><folderitem type="queue" name="queue" path="queue"/>
<folderitem type="trash" name="trash" path="trash"/></folder></folderlist>
"""


@dataclass(frozen=True, slots=True)
class Program:
    """A mail program.

    Attributes:
        needs: the programs on this machine it can't do without.
        packages: what Debian calls them.
        show: writes the mail in a folder (`mail.html`, `mail.eml`) as a picture or text, to a file.
        ending: of that file.
    """

    name: str
    needs: tuple[str, ...]
    packages: str
    show: Callable[[Path, Path], None]
    ending: str = "png"

    @property
    def is_there(self) -> bool:
        """Tell whether all it needs is installed."""
        return all(shutil.which(one) or Path(one).exists() for one in self.needs)


@contextmanager
def screen() -> Iterator[dict[str, str]]:
    """Yield the environment of an X server of our own, which ends with the block."""
    for number in range(90, 120):
        if not Path(f"/tmp/.X{number}-lock").exists():
            break
    command = ["Xvfb", f":{number}", "-screen", "0", f"{WIDTH}x{HEIGHT}x24", "-nolisten", "tcp"]
    with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as server:
        try:
            yield {"DISPLAY": f":{number}", "PATH": "/usr/bin:/bin", "LANG": "C.UTF-8"}
        finally:
            server.terminate()


def _webkit(folder: Path, target: Path) -> None:
    view = [DEBIANS_PYTHON, str(HERE / "webkit_view.py"), str(folder / "mail.html"), str(target)]
    with screen() as environment:
        environment |= {"HOME": str(folder), "WEBKIT_DISABLE_COMPOSITING_MODE": "1"}
        environment["WEBKIT_DISABLE_SANDBOX_THIS_IS_DANGEROUS"] = "1"
        size = [str(WIDTH), str(HEIGHT)]
        subprocess.run([*view, *size], env=environment, check=True, timeout=PATIENCE_S, capture_output=True)


def _thunderbird(folder: Path, target: Path) -> None:
    profile = folder / "thunderbird"
    profile.mkdir()
    lines = (f'user_pref("{name}", {value});\n' for name, value in PROFILE.items())
    (profile / "user.js").write_text("".join(lines))
    mail = folder / "mail.eml"
    subject = BytesParser(policy=policy.default).parsebytes(mail.read_bytes())["Subject"]
    _photographed(
        ["thunderbird", "--no-remote", "--profile", str(profile), mail.as_uri()],
        folder,
        target,
        title=re.escape(subject),
        settled_s=12,
    )


def _claws(folder: Path, target: Path) -> None:
    mails, settings = folder / "Mail", folder / "claws"
    for name in ("inbox", "sent", "draft", "queue", "trash"):
        (mails / name).mkdir(parents=True)
    settings.mkdir()
    shutil.copy(folder / "mail.eml", mails / "inbox" / "1")
    (settings / "clawsrc").write_text(CLAWS.format(width=WIDTH, height=HEIGHT, plugin=LITEHTML))
    (settings / "accountrc").write_text(ACCOUNT)
    (settings / "folderlist.xml").write_text(FOLDERS.format(path=mails))
    command = ["claws-mail", "--alternate-config-dir", str(settings), "--select", "#mh/Mailbox/inbox/1"]
    _photographed(["dbus-run-session", "--", *command], folder, target, title="Claws Mail", settled_s=5)


def _photographed(command: list[str], home: Path, target: Path, *, title: str, settled_s: float) -> None:
    """Start a program, wait for its window and some more, and photograph the screen."""
    with screen() as environment:
        environment["HOME"] = str(home)
        quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL, "env": environment}
        with subprocess.Popen(command, **quiet) as program:  # type: ignore[call-overload]
            try:
                window = _window(title, environment)
                size = [str(WIDTH), str(HEIGHT)]
                subprocess.run(["xdotool", "windowmove", window, "0", "0"], check=False, **quiet)  # type: ignore[call-overload]
                subprocess.run(["xdotool", "windowsize", window, *size], check=False, **quiet)  # type: ignore[call-overload]
                time.sleep(settled_s)
                subprocess.run(["import", "-window", "root", str(target)], check=True, **quiet)  # type: ignore[call-overload]
            finally:
                program.terminate()


def _window(title: str, environment: dict[str, str]) -> str:
    search = ["xdotool", "search", "--name", title]
    for _ in range(int(PATIENCE_S / LOOK_S)):
        found = subprocess.run(search, env=environment, capture_output=True, text=True, check=False)
        if found.stdout.strip():
            return found.stdout.split()[-1]
        time.sleep(LOOK_S)
    raise TimeoutError(title)


def _as_text(*command: str) -> Callable[[Path, Path], None]:
    def show(folder: Path, target: Path) -> None:
        page = (folder / "mail.html").read_bytes()
        said = subprocess.run([*command], input=page, check=True, capture_output=True, timeout=PATIENCE_S)
        lines = said.stdout.decode("utf-8", "replace").splitlines()
        target.write_text("\n".join(line.rstrip() for line in lines).strip("\n") + "\n", encoding="utf-8")

    return show


LITEHTML = next(
    iter(Path("/usr/lib").glob("*/claws-mail/plugins/litehtml_viewer.so")),
    Path("/usr/lib/claws-mail/plugins/litehtml_viewer.so"),
)
SHOWN = ("Xvfb", "xdotool", "import")

PROGRAMS = (
    Program(
        "webkitgtk",
        ("Xvfb", DEBIANS_PYTHON, "/usr/lib/x86_64-linux-gnu/girepository-1.0/WebKit2-4.1.typelib"),
        "xvfb python3-gi python3-gi-cairo gir1.2-webkit2-4.1",
        _webkit,
    ),
    Program("thunderbird", (*SHOWN, "thunderbird"), "xvfb xdotool imagemagick thunderbird", _thunderbird),
    Program(
        "litehtml",
        (*SHOWN, "claws-mail", "dbus-run-session", str(LITEHTML)),
        "xvfb xdotool imagemagick dbus claws-mail claws-mail-litehtml-viewer",
        _claws,
    ),
    Program("w3m", ("w3m",), "w3m", _as_text("w3m", "-dump", "-T", "text/html", "-I", "UTF-8"), "txt"),
    Program(
        "lynx",
        ("lynx",),
        "lynx",
        _as_text("lynx", "-dump", "-stdin", "-assume_charset=utf-8", "-display_charset=utf-8", "-nolist"),
        "txt",
    ),
)


def installed() -> Iterator[Program]:
    """Yield the programs that are there, and say of the others how to get them."""
    for program in PROGRAMS:
        if program.is_there:
            yield program
        else:
            sys.stderr.write(f"{program.name} is left out: apt-get install {program.packages}\n")
