"""The command `kata`."""

import errno
from importlib import import_module

import click

from torchkata.suite.curriculum import SuiteError, did_you_mean, suite_here

_INTERRUPTED = 130
"""The exit status that shells give a command which Ctrl-C ended."""

_COMMANDS = {
    "next": "looking.next_",
    "list": "looking.list_",
    "show": "looking.show",
    "open": "looking.open_",
    "check": "judging.check",
    "watch": "judging.watch",
    "try": "trying.try_",
    "debug": "trying.debug",
    "hint": "looking.hint",
    "solution": "looking.solution",
    "notebook": "notebooks.notebook",
    "review": "reviewing.review",
    "reset": "upkeep.reset",
    "update": "upkeep.update",
    "doctor": "upkeep.doctor",
    "stubs": "upkeep.stubs",
    "new": "upkeep.new",
    "grade": "grade.grade",
    "regrade": "grade.regrade",
    "override": "grade.override",
    "export": "exporting.export",
    "report": "grade.report",
}
"""Where each command is, in the order in which they are listed."""


class _Kata(click.Group):
    """Imports a command where it is asked for; turns our own errors into a line on stderr."""

    def invoke(self, ctx: click.Context) -> object:
        try:
            return super().invoke(ctx)
        except SuiteError as error:
            raise click.ClickException(str(error)) from None
        except OSError as error:
            if error.errno == errno.EPIPE:
                raise  # nobody reads on: click ends quietly
            where = f"{error.filename}: " if error.filename else ""
            raise click.ClickException(f"{where}{error.strerror or error}") from None
        except KeyboardInterrupt:
            click.echo(err=True)
            ctx.exit(_INTERRUPTED)

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        name = args[0]
        if name not in _COMMANDS and not ctx.resilient_parsing:
            near = did_you_mean(name, {each: f"`kata {each}`" for each in _COMMANDS})
            raise click.UsageError(f"There is no command {name!r}.{near}", ctx)
        return super().resolve_command(ctx, args)

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(_COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in _COMMANDS:
            return None
        module, _, name = _COMMANDS[cmd_name].partition(".")
        command: click.Command = getattr(import_module(f"torchkata.command.{module}"), name)
        return command


@click.group(cls=_Kata, invoke_without_command=True)
@click.pass_context
def main(ctx: click.Context) -> None:
    """Learn PyTorch by doing. Without a command: where you are and what comes next.

    NAME is an exercise, such as one_hot, and by default the next one.

    Completion in bash: eval "$(_KATA_COMPLETE=bash_source kata)". So too in zsh and fish.
    """
    if ctx.invoked_subcommand is None:
        from torchkata.practice.dashboard import print_dashboard
        from torchkata.practice.progress import standings
        from torchkata.telling.printing import console

        suite = suite_here()
        print_dashboard(console(), suite.topics, standings(suite))
