"""What an honest student would find of the one before: it stands at the end of honest answers."""

import glob
import os
import signal
import sys
import threading

import torch

FOLDERS = "/tmp /var/tmp /dev/shm /dev/mqueue /run /run/lock / . ~ ~/.cache /dev".split()
NAMES = {"results.json", "grades.csv", "gradebook.sqlite", "sitecustomize.py", "usercustomize.py"}
KEY = str(0x1EF7BE1D)


def text_of(path):
    try:
        with open(path, errors="replace") as file:
            return file.read()
    except OSError:
        return ""


def files_left(folders):
    for folder in map(os.path.expanduser, folders):
        try:
            names = os.listdir(folder)
        except OSError:
            continue
        for name in names:
            if "left_behind" in name or name in NAMES:
                yield f"the file {folder}/{name}"


def processes_left():
    found = [text_of(path).strip() for path in glob.glob("/proc/[0-9]*/comm")]
    yield from (f"the process {name}" for name in found if "left_behind" in name)
    if len(found) > 4:
        yield f"{len(found)} processes"
    if threading.active_count() > 1:
        yield f"{threading.active_count()} threads"


def ipc_left():
    if "left_behind" in text_of("/proc/net/unix"):
        yield "a socket"
    for kind in ("shm", "sem", "msg"):
        if KEY in text_of(f"/proc/sysvipc/{kind}").split():
            yield f"System V {kind}"


def settings_left():
    if torch.get_default_dtype() is not torch.float32 or hasattr(torch, "left_behind"):
        yield "settings of torch"
    if not torch.is_grad_enabled() or torch.get_num_threads() == 7:
        yield "modes of torch"
    if torch.initial_seed() == 424242 or "torch.left_behind" in sys.modules:
        yield "state of torch"
    if type(torch.equal) is not type(len) or type(isinstance) is not type(len):
        yield "patched functions"
    if "LEFT_BEHIND" in os.environ or "LD_PRELOAD" in os.environ:
        yield "environment"
    if len(signal.pthread_sigmask(signal.SIG_BLOCK, ())) > 10 or sys.gettrace() is not None:
        yield "signals"
    mask = os.umask(0o077)
    os.umask(mask)
    if mask == 0o777:
        yield "a mask"


def left_behind():
    return [*files_left(FOLDERS), *processes_left(), *ipc_left(), *settings_left()]
