"""What extracting changes for the rest of a process: prints the names of the settings that are not as they were."""

import gc
import locale
import logging
import os
import random
import signal
import socket
import sys
import threading
import warnings
from pathlib import Path


def state() -> dict[str, object]:
    mask = os.umask(0o022)
    os.umask(mask)
    return {
        "argv": [*sys.argv],
        "cwd": Path.cwd(),
        "environ": dict(os.environ),
        "excepthook": (sys.excepthook, threading.excepthook, sys.unraisablehook),
        "gc": (gc.isenabled(), gc.get_threshold()),
        "hooks": (sys.gettrace(), sys.getprofile(), [*sys.meta_path], [*sys.path_hooks]),
        "locale": locale.setlocale(locale.LC_ALL),
        "logging": (
            [*logging.root.handlers],
            logging.root.level,
            logging.root.manager.disable,
            logging.raiseExceptions,
        ),
        "path": [*sys.path],
        "random": random.getstate(),
        "recursion": sys.getrecursionlimit(),
        "signals": [signal.getsignal(number) for number in sorted(signal.valid_signals())],
        "socket": (socket.socket, socket.getdefaulttimeout()),
        "streams": (sys.stdin, sys.stdout, sys.stderr),
        "threads": threading.active_count(),
        "umask": mask,
        "warnings": ([*warnings.filters], warnings.showwarning),
    }


before = state()

import extractor  # noqa: E402

path, cutter = sys.argv[1:]
text = Path(path).read_bytes().decode("utf-8")
if cutter == "fast":
    extractor.extract(text)
    extractor.quantities(text)
extractor.Extractor(pure=cutter == "pure").extract(text)
after = state()
print(*(name for name in before if before[name] != after[name]))
