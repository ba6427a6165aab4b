"""The learner's editor, opened at a line."""

import os
import shlex
import subprocess
from pathlib import Path

from torchkata.suite.curriculum import SuiteError

_PLUS = ("vi", "vim", "nvim", "nano", "emacs", "emacsclient", "micro", "kak")
_COLON = ("hx", "subl", "zed")
_GOTO = ("code", "code-insiders", "codium", "cursor", "windsurf")
_LINE = ("idea", "pycharm", "charm")


def open_editor(path: Path, line: int) -> None:
    """Open a file in $VISUAL or $EDITOR, at the line where the editor is a known one.

    Returns when the editor does. Raises SuiteError where none is set, or it can't be started, or it
    fails.
    """
    variable = next((name for name in ("VISUAL", "EDITOR") if os.environ.get(name)), None)
    if variable is None:
        raise SuiteError(
            "No editor is set. Set one, such as `export EDITOR=nano`, or open "
            f"{os.path.relpath(path)}:{line}"
        )
    command = _words(variable)
    try:
        status = subprocess.run([*command, *_place(command[0], path, line)], check=False).returncode
    except OSError as error:
        raise SuiteError(
            f"{command[0]!r}, the editor that ${variable} names, can't be started: "
            f"{error.strerror}. Set ${variable} to an editor that is installed."
        ) from None
    if status:
        raise SuiteError(f"{command[0]!r}, the editor that ${variable} names, {_end(status)}.")


def _words(variable: str) -> list[str]:
    """The editor's command as a shell reads it, with what the variable adds to it."""
    value = os.environ[variable]
    try:
        words = shlex.split(value)
    except ValueError as error:
        raise SuiteError(f"${variable} is not a command: {value!r}: {error}.") from None
    if not words:
        raise SuiteError(f"${variable} is not a command: {value!r} has no words.")
    return words


def _place(program: str, path: Path, line: int) -> list[str]:
    # By the stem, since there are names such as vim.basic and code.cmd.
    name = Path(program).stem
    if name in _PLUS:
        return [f"+{line}", str(path)]
    if name in _COLON:
        return [f"{path}:{line}"]
    if name in _GOTO:
        return ["--goto", f"{path}:{line}"]
    if name in _LINE:
        return ["--line", str(line), str(path)]
    return [str(path)]


def _end(status: int) -> str:
    return f"was ended by signal {-status}" if status < 0 else f"ended with status {status}"
