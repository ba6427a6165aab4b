"""The command that runs a part of this engine in a process of its own."""

import sys
from pathlib import Path

_ENGINE = Path(__file__).parents[3]
_PROGRAM = """
import sys
sys.path.insert(0, sys.argv.pop(1))
import torchkata
del sys.path[0]
from runpy import run_module
run_module(sys.argv.pop(1), run_name="__main__", alter_sys=True)
"""


def program(module: str, *arguments: str) -> list[str]:
    """Runs a module of this engine, whichever a new Python would find: nothing else beside it."""
    return [sys.executable, "-s", "-P", "-c", _PROGRAM, str(_ENGINE), module, *arguments]
