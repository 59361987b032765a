"""Ctrl-C, while the main thread waits."""

from __future__ import annotations

import signal
import threading


def interrupt_soon() -> None:
    """Send the main thread the signal that Ctrl-C sends, when it has had time to begin waiting."""
    # A shell that runs the tests in the background has it ignored.
    signal.signal(signal.SIGINT, signal.default_int_handler)
    main = threading.main_thread().ident
    assert main is not None
    threading.Timer(0.2, lambda: signal.pthread_kill(main, signal.SIGINT)).start()
