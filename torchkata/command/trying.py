"""Commands that look at a failure closer: `kata try` and `kata debug`."""

import bdb
import code
import sys
from contextlib import suppress
from typing import TYPE_CHECKING, Any

import click

from torchkata.command.choosing import chosen, optional_name, refuse_missing
from torchkata.suite.curriculum import suite_here

if TYPE_CHECKING:
    from torchkata.practice.failure import Failure


@click.command("try", short_help="Open Python with the call that fails.")
@optional_name
def try_(name: str | None) -> None:
    """Open Python, or IPython where it is installed, with the call that fails ready.

    Your functions and the inputs are there. Example: kata try one_hot
    """
    from torchkata.practice.failure import namespace

    failure = _failure(name)
    names = namespace(failure)
    call = failure.verdict.call
    click.echo(failure.verdict.sentence)
    if call is None:
        click.echo(f"The inputs are there: {', '.join(failure.inputs)}.")
        _prompt(names, "")
    else:
        click.echo("\n" + "\n".join([*call.imports, call.own, *call.lines]))
        _prompt(names, call.lines[-1])


@click.command(short_help="Stop in your function at the inputs that fail.")
@optional_name
def debug(name: str | None) -> None:
    """Stop in your function at the smallest inputs that fail, in Python's debugger.

    n steps, p shows a value, c goes on, q quits. Example: kata debug one_hot
    """
    from torchkata.practice.failure import debug as run
    from torchkata.telling.headlines import headline

    failure = _failure(name)
    click.echo(failure.verdict.sentence)
    if failure.verdict.difference is not None:
        click.echo(headline(failure.verdict.difference))
    try:
        run(failure)
    except bdb.BdbQuit:
        pass
    except Exception as error:
        click.echo(f"{type(error).__name__}: {error}")


def _failure(name: str | None) -> "Failure":
    suite = suite_here()
    exercise = chosen(suite, name).exercise
    refuse_missing((exercise,))
    from torchkata.devices.choice import choose
    from torchkata.practice.failure import first_failure

    # What the code holds is found from the suite's root.
    sys.path.insert(0, str(suite.root))
    return first_failure(exercise, choose(None))


def _prompt(names: dict[str, Any], line: str) -> None:
    """A prompt with `names`, and `line` written at it."""
    try:
        from IPython import start_ipython
    except ImportError:
        _plain_prompt(names, line)
    else:
        lines = [f"get_ipython().set_next_input({line!r})"]
        start_ipython(
            argv=["--no-banner", f"--InteractiveShellApp.exec_lines={lines}"], user_ns=names
        )


def _plain_prompt(names: dict[str, Any], line: str) -> None:
    with suppress(ImportError):
        import readline
        import rlcompleter

        readline.set_completer(rlcompleter.Completer(names).complete)
        readline.parse_and_bind("tab: complete")

        def write() -> None:
            readline.insert_text(line)
            readline.set_startup_hook()  # only at the first prompt

        readline.set_startup_hook(write)
    code.interact(banner="", local=names, exitmsg="")
