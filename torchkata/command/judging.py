"""Commands that judge: `kata check` and `kata watch`."""

from collections.abc import Sequence
from importlib.util import find_spec

import click

from torchkata.command import completion
from torchkata.command.choosing import refuse_missing, to_judge
from torchkata.suite.curriculum import Exercise, Suite, SuiteError, suite_here


@click.command()
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
        exercises = to_judge(suite)
    refuse_missing(exercises)
    if exercises:
        import pytest

        paths = [str(each.stub_path) for each in exercises]
        ctx.exit(int(pytest.main([f"--rootdir={suite.root}", *paths])))


@click.command()
@click.argument("name", metavar="[TOPIC|NAME]", required=False, shell_complete=completion.both)
@click.option("--poll", is_flag=True, help="Look at the files: for file systems without events.")
@click.option("--web", is_flag=True, help="Show it as a page in the browser.")
@click.option(
    "--port", type=click.IntRange(1, 65535), help="The page's port; by default a free one."
)
@click.option("--no-open", is_flag=True, help="Open no browser; the page's address is printed.")
@click.pass_context
def watch(
    ctx: click.Context, name: str | None, poll: bool, web: bool, port: int | None, no_open: bool
) -> None:
    """Judge an exercise at each save, and show its verdict. Press ? for the keys.

    Begins with the first exercise that is not solved. Example: kata watch indexing
    """
    from torchkata.practice.progress import following, standings

    if not web and (port is not None or no_open):
        raise click.UsageError("--port and --no-open are for the page of --web.", ctx)
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
    if first.set_aside is not None:
        raise SuiteError(f"{first.name} {first.set_aside}")
    if web:
        _web(suite, scope, first, poll, port, opens=not no_open)
    else:
        from torchkata.watch.watching import Watch

        Watch(suite, scope, first, poll).run()


def _web(
    suite: Suite,
    scope: Sequence[Exercise],
    first: Exercise,
    poll: bool,
    port: int | None,
    opens: bool,
) -> None:
    missing = [each for each in ("starlette", "uvicorn") if find_spec(each) is None]
    if missing:
        are = "which is" if len(missing) == 1 else "which are"
        raise SuiteError(
            f"`kata watch --web` needs {' and '.join(missing)}, {are} not installed: "
            "`pip install -e '.[web]'`"
        )
    from torchkata.watch.web.page import Page

    Page(suite, scope, first, poll, port, opens).run()
