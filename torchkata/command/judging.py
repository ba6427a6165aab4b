"""Commands that judge: `kata check` and `kata watch`."""

import click

from torchkata.command import completion
from torchkata.command.choosing import refuse_missing, to_judge
from torchkata.suite.curriculum import SuiteError, suite_here


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
    if first.set_aside is not None:
        raise SuiteError(f"{first.name} {first.set_aside}")
    Watch(suite, scope, first, poll).run()
