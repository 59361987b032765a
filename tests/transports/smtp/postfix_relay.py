"""A whole Postfix on a loopback port, with a queue of its own: it delivers into Maildirs and bounces.

Nobody has a box at gone.example: its mails are taken and come back.
"""

from __future__ import annotations

import os
import pwd
import shutil
import signal
import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.ports import free_port
from tests.processes.departing import LastWords
from tests.requiring import needed

MORE = "# more\n"
LONG_S = 300.0
PROGRAM = shutil.which("postfix") or "/usr/sbin/postfix"
DAEMONS = Path("/usr/lib/postfix/sbin")

MAIN = """\
compatibility_level = 3.6
queue_directory = {home}/queue
data_directory = {home}/data
daemon_directory = {daemons}
maillog_file = {home}/log
maillog_file_prefixes = {home}
inet_interfaces = 127.0.0.1
inet_protocols = ipv4
myhostname = relay.harbour.example
mydestination =
mynetworks = 127.0.0.0/8
smtpd_relay_restrictions = permit_mynetworks, reject
smtpd_client_connection_count_limit = 50
virtual_mailbox_domains = readers.example, harbour.example, gone.example
smtpd_reject_unlisted_recipient = no
virtual_mailbox_base = {home}/mail
virtual_mailbox_maps = inline:{{ {{ @readers.example = readers/ }}, {{ @harbour.example = bounces/ }} }}
virtual_uid_maps = static:{uid}
virtual_gid_maps = static:{gid}
virtual_minimum_uid = 1
default_transport = error:5.7.1 this relay sends nothing to the world
maximal_backoff_time = 300s
"""

POSTSCREEN = """\
postscreen_access_list =
postscreen_greet_wait = 1s
postscreen_greet_action = enforce
postscreen_pipelining_enable = yes
postscreen_non_smtp_command_enable = yes
postscreen_bare_newline_enable = yes
"""
"""A first talk is answered with 450 to the end, whoever calls; the next one goes through."""

MASTER = """\
{front}
127.0.0.1:{inner} inet n - n - - smtpd
    -o smtpd_milters= -o smtpd_proxy_filter=
dnsblog unix - - n - 0 dnsblog
tlsproxy unix - - n - 0 tlsproxy
pickup unix n - n 60 1 pickup
cleanup unix n - n - 0 cleanup
qmgr unix n - n 300 1 qmgr
tlsmgr unix - - n 1000? 1 tlsmgr
rewrite unix - - n - - trivial-rewrite
bounce unix - - n - 0 bounce
defer unix - - n - 0 bounce
trace unix - - n - 0 bounce
verify unix - - n - 1 verify
flush unix n - n 1000? 0 flush
proxymap unix - - n - - proxymap
smtp unix - - n - - smtp
showq unix n - n - - showq
error unix - - n - - error
retry unix - - n - - error
virtual unix - n n - - virtual
anvil unix - - n - 1 anvil
postlog unix-dgram n - n - 1 postlogd
"""


@dataclass(frozen=True, slots=True)
class Relay:
    """A running Postfix."""

    port: int
    readers: Path
    bounces: Path
    log: Path
    home: Path
    inner: int
    """The port of a door behind every filter: a before-queue filter that works."""

    def have(self, settings: str) -> None:
        """Let these settings, and no others of earlier calls, stand below the first ones."""
        config = self.home / "config/main.cf"
        first, _, _ = config.read_text().partition(MORE)
        config.write_text(f"{first}{MORE}{settings}\n")
        self.control("reload")

    def control(self, verb: str) -> None:
        """Reload, stop or start it."""
        command = [PROGRAM, "-c", str(self.home / "config"), verb]
        subprocess.run(command, capture_output=True, check=True)

    def stall(self, seconds: float) -> None:
        """Stop every process of it for a while, in the midst of what they do."""
        stopped: list[int] = []
        try:
            for process in self._processes():
                with suppress(ProcessLookupError):
                    os.kill(process, signal.SIGSTOP)
                    stopped.append(process)
            time.sleep(seconds)
        finally:
            for process in stopped:
                with suppress(ProcessLookupError):
                    os.kill(process, signal.SIGCONT)

    def _processes(self) -> list[int]:
        master = int((self.home / "queue/pid/master.pid").read_text())
        children = Path(f"/proc/{master}/task/{master}/children").read_text().split()
        return [master, *map(int, children)]


def _answers(port: int) -> bool:
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0


@contextmanager
def running(home: Path, *, postscreen: bool = False) -> Iterator[Relay]:
    """Run Postfix below `home`; the test is skipped where that can't be.

    Args:
        postscreen: it stands at the door, and lets nobody in at once.
    """
    needed(Path(PROGRAM).exists() and DAEMONS.is_dir(), "Postfix is not installed: apt-get install postfix")
    if os.geteuid() != 0:
        pytest.skip("Postfix's master runs as root only")
    for parent in (home, *home.parents):
        if parent.name.startswith(("pytest-", "popen-")):
            parent.chmod(0o755)
    home.chmod(0o755)
    port, inner = free_port(), free_port()
    nobody, postfix = pwd.getpwnam("nobody"), pwd.getpwnam("postfix")
    for name, owner in (("queue", 0), ("data", postfix.pw_uid), ("mail", nobody.pw_uid), ("config", 0)):
        (home / name).mkdir()
        os.chown(home / name, owner, -1)
    # At a start after a stop, postsuper tells of half a mail in the queue, and is not root then.
    (home / "log").touch()
    (home / "log").chmod(0o666)
    names = {"home": home, "daemons": DAEMONS, "uid": nobody.pw_uid, "gid": nobody.pw_gid}
    front = f"127.0.0.1:{port} inet n - n - - smtpd"
    if postscreen:
        front = f"127.0.0.1:{port} inet n - n - 1 postscreen\nsmtpd pass - - n - - smtpd"
    (home / "config/main.cf").write_text(MAIN.format(**names) + (POSTSCREEN if postscreen else ""))
    (home / "config/master.cf").write_text(MASTER.format(front=front, inner=inner))
    command = [PROGRAM, "-c", str(home / "config")]
    last_words = LastWords([*command, "stop"])
    subprocess.run([*command, "start"], capture_output=True, check=False)
    until = time.monotonic() + LONG_S
    try:
        # On a busy machine `start` may lose patience with a server that is there a moment later.
        while not _answers(port):
            assert time.monotonic() < until, (home / "log").read_text()
            time.sleep(0.05)
        yield Relay(port, home / "mail/readers", home / "mail/bounces", home / "log", home, inner)
    finally:
        last_words.say()
