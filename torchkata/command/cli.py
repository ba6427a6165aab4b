"""The command `kata`."""

import errno

import click

from torchkata.command import (
    exporting,
    grade,
    judging,
    looking,
    notebooks,
    reviewing,
    trying,
    upkeep,
)
from torchkata.suite.curriculum import SuiteError, did_you_mean, suite_here

_INTERRUPTED = 130
"""The exit status that shells give a command which Ctrl-C ended."""


class _Kata(click.Group):
    """Lists the commands in their order here; turns our own errors into a line on stderr."""

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
        if name not in self.commands and not ctx.resilient_parsing:
            near = did_you_mean(name, {each: f"`kata {each}`" for each in self.commands})
            raise click.UsageError(f"There is no command {name!r}.{near}", ctx)
        return super().resolve_command(ctx, args)

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(self.commands)


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


for _each in (
    looking.next_,
    looking.list_,
    looking.show,
    looking.open_,
    judging.check,
    judging.watch,
    trying.try_,
    trying.debug,
    looking.hint,
    looking.solution,
    notebooks.notebook,
    reviewing.review,
    upkeep.reset,
    upkeep.update,
    upkeep.doctor,
    upkeep.stubs,
    upkeep.new,
    grade.grade,
    grade.regrade,
    grade.override,
    exporting.export,
    grade.report,
):
    main.add_command(_each)
