"""The command `kata`."""

import errno
from typing import TYPE_CHECKING

import click

from torchkata.command import completion
from torchkata.command import grade as grading
from torchkata.suite.curriculum import (
    Exercise,
    Suite,
    SuiteError,
    did_you_mean,
    suite_here,
    working_directory,
)

if TYPE_CHECKING:
    from torchkata.practice.progress import Standing

# What only some commands need they import themselves, so that `kata` answers at once.

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


_optional_name = click.argument(
    "name", metavar="[NAME]", required=False, shell_complete=completion.exercises
)
_name = click.argument("name", metavar="NAME", shell_complete=completion.exercises)


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


@main.command("next")
def next_() -> None:
    """Say which exercise comes next.

    Example: kata next
    """
    from torchkata.practice.dashboard import print_next
    from torchkata.practice.progress import standings
    from torchkata.telling.printing import console

    print_next(console(), standings(suite_here()))


@main.command("list")
@click.option(
    "--topic", metavar="TOPIC", help="Only this topic's.", shell_complete=completion.topics
)
@click.option("--todo", is_flag=True, help="Leave out what is solved.")
def list_(topic: str | None, todo: bool) -> None:
    """List the exercises, and how far you are with each.

    Example: kata list --topic indexing
    """
    from torchkata.practice.dashboard import all_solved, print_list
    from torchkata.practice.progress import standings
    from torchkata.telling.printing import console

    suite = suite_here()
    topics = suite.topics if topic is None else (suite.topic(topic),)
    names = {each.name for each in topics}
    found = [each for each in standings(suite) if each.exercise.topic in names]
    shown = [each for each in found if not (todo and each.state == "solved")]
    if found and not shown:
        click.echo(all_solved(found))
    else:
        print_list(console(), topics, shown)


@main.command()
@_optional_name
def show(name: str | None) -> None:
    """Show the statement of an exercise.

    Example: kata show one_hot
    """
    from torchkata.practice.dashboard import place
    from torchkata.practice.pages import print_statement
    from torchkata.telling.printing import console

    standing = _chosen(suite_here(), name)
    out = console()
    print_statement(out, standing.exercise)
    out.print()
    out.print(place(standing))


@main.command("open")
@_optional_name
def open_(name: str | None) -> None:
    """Open an exercise in your editor, which $VISUAL or $EDITOR names.

    Example: kata open one_hot
    """
    from torchkata.practice.editor import open_editor

    standing = _chosen(suite_here(), name)
    _refuse_missing((standing.exercise,))
    open_editor(standing.exercise.stub_path, standing.line)


@main.command()
@click.argument("names", metavar="[NAME]...", nargs=-1, shell_complete=completion.both)
@click.option("--all", "everything", is_flag=True, help="Judge all exercises.")
@click.pass_context
def check(ctx: click.Context, names: tuple[str, ...], everything: bool) -> None:
    """Judge exercises with pytest. NAME may be a topic too.

    Without a NAME: what you edited and is not judged yet, or else the next exercise. The exit
    status is pytest's. Example: kata check indexing
    """
    suite = suite_here()
    if everything and names:
        raise click.UsageError("Give names or --all, not both.", ctx)
    if everything:
        exercises = suite.exercises
    elif names:
        exercises = tuple({each: None for name in names for each in suite.named(name)})
    else:
        exercises = _to_judge(suite)
    _refuse_missing(exercises)
    if exercises:
        import pytest

        paths = [str(each.stub_path) for each in exercises]
        ctx.exit(int(pytest.main([f"--rootdir={suite.root}", *paths])))


@main.command()
@click.argument("name", metavar="[TOPIC|NAME]", required=False, shell_complete=completion.both)
@click.option("--poll", is_flag=True, help="Look at the files: for file systems without events.")
def watch(name: str | None, poll: bool) -> None:
    """Judge an exercise at each save, and show its verdict. Press ? for the keys.

    Begins with the first exercise that is not solved. Example: kata watch indexing
    """
    from torchkata.practice.progress import following, standings
    from torchkata.watch.watching import Watch

    suite = suite_here()
    topics = {topic.name: topic.exercises for topic in suite.topics}
    scope = topics.get(name or "", suite.exercises)
    if name is None or name in topics:
        found = [each for each in standings(suite) if each.exercise in scope]
        coming = following(found)
        if not found:
            raise SuiteError(f"There is no exercise in {name or 'this suite'} yet.")
        first = coming.exercise if coming is not None else scope[0]
    else:
        (first,) = suite.named(name)
    Watch(suite, scope, first, poll).run()


@main.command()
@_optional_name
@click.option("--all", "everything", is_flag=True, help="Show all hints at once.")
def hint(name: str | None, everything: bool) -> None:
    """Show one more hint each time, mildest first.

    Example: kata hint one_hot
    """
    from torchkata.practice.progress import record_hints
    from torchkata.suite.stubs import reserved_texts
    from torchkata.telling.printing import console, print_prose

    standing = _chosen(suite_here(), name)
    exercise = standing.exercise
    texts = reserved_texts(exercise, "HINTS")
    if not texts:
        raise SuiteError(f"{exercise.name} has no hints.")
    out = console()
    repeats = standing.hints >= len(texts)
    first = 0 if everything or repeats else standing.hints
    last = len(texts) if everything or repeats else first + 1
    if repeats and not everything:
        print_prose(out, f"There are no more hints for {exercise.name}. All of them again:\n")
    for number in range(first, last):
        print_prose(out, f"{exercise.name}, hint {number + 1} of {len(texts)}", "bold")
        print_prose(out, texts[number])
    if not repeats:
        try:
            record_hints(exercise.root, exercise, last)
        except SuiteError as error:
            click.echo(f"That you saw it can't be written down: {error}", err=True)


@main.command()
@_name
@click.option("--spoil", is_flag=True, help="Show the reference, solved or not.")
def solution(name: str, spoil: bool) -> None:
    """Compare what you solved with the reference.

    Example: kata solution one_hot
    """
    from torchkata.practice.pages import print_comparison, print_reference
    from torchkata.telling.printing import console

    standing = _chosen(suite_here(), name)
    if spoil:
        print_reference(console(), standing.exercise)
    elif standing.state == "solved":
        print_comparison(console(), standing.exercise)
    else:
        known = standing.exercise.name
        why = "was edited since it was judged" if standing.edited else "is not solved yet"
        raise SuiteError(
            f"{known} {why}: `kata check {known}` judges it. "
            f"`kata solution {known} --spoil` shows the reference all the same."
        )


@main.command()
@_name
def reset(name: str) -> None:
    """Write an exercise's stub again, and keep your version beside it.

    Example: kata reset one_hot
    """
    from torchkata.practice.dashboard import seen_from_here
    from torchkata.suite import backups

    exercise = _exercise(suite_here(), name)
    kept = backups.reset(exercise)
    click.echo(f"{seen_from_here(exercise.stub_path)} is the stub again.")
    if kept is not None:
        click.echo(f"Your version is kept in {seen_from_here(kept)}.")


@main.command(short_help="Say what is wrong with this machine and this clone.")
def doctor() -> None:
    """Look at this machine and this clone: what is wrong, and what to do.

    Exits with 1 where there is a problem; a warning is none. Example: kata doctor
    """
    from torchkata.command.doctor import findings
    from torchkata.command.finding import show

    if not show(findings(working_directory())):
        raise click.exceptions.Exit(1)


@main.command()
@click.option("--check", is_flag=True, help="Only compare; exit with 1 where a stub differs.")
def stubs(check: bool) -> None:
    """Write every exercise's stub from its solution.

    Overwrites what learners wrote in exercises/. Example: kata stubs --check
    """
    from torchkata.suite.stubs import stub_difference, write_stub

    differing = 0
    for exercise in suite_here().exercises:
        path = exercise.stub_path.relative_to(exercise.root)
        if check:
            difference = stub_difference(exercise)
            if difference:
                differing += 1
                click.echo(difference, nl=False)
        elif write_stub(exercise):
            click.echo(f"wrote {path}")
    if differing:
        raise click.ClickException(f"{differing} stubs differ; `kata stubs` writes them.")


@main.command(short_help="Start a new exercise.")
@click.argument("exercise", metavar="TOPIC/NAME")
def new(exercise: str) -> None:
    """Start a new exercise: its three files and its line in the curriculum.

    Example: kata new reductions/median_along
    """
    from torchkata.suite.authoring import new_exercise

    suite = suite_here()
    for path in new_exercise(suite, exercise):
        click.echo(f"wrote {path.relative_to(suite.root)}")
    click.echo(f"next:  pytest tests -k {exercise.rpartition('/')[2]}, which says what is missing")


for _each in (grading.grade, grading.regrade, grading.override, grading.export, grading.report):
    main.add_command(_each)


def _exercise(suite: Suite, name: str) -> Exercise:
    try:
        return suite.find(name)
    except SuiteError:
        if any(name == topic.name for topic in suite.topics):
            raise SuiteError(
                f"{name!r} is a topic; `kata list --topic {name}` lists its exercises."
            ) from None
        raise


def _chosen(suite: Suite, name: str | None) -> "Standing":
    """Where the learner is with the exercise called `name`, or by default with the next."""
    from torchkata.practice.progress import following, standings

    wanted = None if name is None else _exercise(suite, name)
    found = standings(suite)
    if wanted is not None:
        return found[suite.exercises.index(wanted)]
    coming = following(found)
    if coming is None:
        from torchkata.practice.dashboard import all_solved

        raise SuiteError(f"{all_solved(found)} Say which one you want: `kata list` names them.")
    return coming


def _to_judge(suite: Suite) -> tuple[Exercise, ...]:
    """What to judge where the learner doesn't say; says so."""
    from torchkata.practice.progress import following, standings

    found = standings(suite)
    edited = [
        each for each in found if each.edited or (each.state == "begun" and not each.attempts)
    ]
    coming = following(found)
    if edited:
        click.echo(f"edited, not judged yet: {', '.join(each.exercise.name for each in edited)}")
        return tuple(each.exercise for each in edited)
    if coming is not None:
        click.echo(f"nothing edited is left to judge; next: {coming.exercise.name}")
        return (coming.exercise,)
    click.echo("All is solved, and nothing was edited since. `kata check --all` judges it again.")
    return ()


def _refuse_missing(exercises: tuple[Exercise, ...]) -> None:
    from torchkata.practice.dashboard import seen_from_here

    missing = [each for each in exercises if not each.stub_path.exists()]
    if missing:
        raise SuiteError(
            "\n".join(
                f"{seen_from_here(each.stub_path)} is missing; `kata reset {each.name}` writes it."
                for each in missing
            )
        )
