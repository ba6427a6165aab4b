"""Commands that show: what comes next, the list, a statement, hints, the reference."""

import click

from torchkata.command import completion
from torchkata.command.choosing import chosen, name_argument, optional_name, refuse_missing
from torchkata.suite.curriculum import SuiteError, suite_here

# What only some commands need they import themselves, so that `kata` answers at once.


@click.command("next")
def next_() -> None:
    """Say which exercise comes next.

    Example: kata next
    """
    from torchkata.practice.dashboard import print_next
    from torchkata.practice.progress import standings
    from torchkata.telling.printing import console

    print_next(console(), standings(suite_here()))


@click.command("list")
@click.option(
    "--topic", metavar="TOPIC", help="Only this topic's.", shell_complete=completion.topics
)
@click.option("--todo", is_flag=True, help="Leave out what is solved.")
def list_(topic: str | None, todo: bool) -> None:
    """List the exercises, and how far you are with each.

    Example: kata list --topic indexing
    """
    from torchkata.practice.dashboard import all_solved, print_list
    from torchkata.practice.progress import counted, standings
    from torchkata.telling.printing import console

    suite = suite_here()
    topics = suite.topics if topic is None else (suite.topic(topic),)
    names = {each.name for each in topics}
    found = [each for each in standings(suite) if each.exercise.topic in names]
    shown = [each for each in counted(found) if each.state != "solved"] if todo else found
    if found and not shown:
        click.echo(all_solved(found))
    else:
        print_list(console(), topics, shown)


@click.command(short_help="Show the statement of an exercise, or a topic's page.")
@click.argument("name", metavar="[NAME|TOPIC]", required=False, shell_complete=completion.both)
def show(name: str | None) -> None:
    """Show the statement of an exercise, or the page of a topic, which teaches what it takes.

    Example: kata show one_hot
    """
    from torchkata.practice.dashboard import place
    from torchkata.practice.pages import print_page, print_statement
    from torchkata.telling.printing import console

    suite = suite_here()
    out = console()
    for topic in suite.topics:
        if topic.name == name and topic.exercises:
            print_page(out, topic.exercises[0])
            return
    standing = chosen(suite, name)
    print_statement(out, standing.exercise)
    out.print()
    out.print(place(standing))


@click.command("open")
@optional_name
def open_(name: str | None) -> None:
    """Open an exercise in your editor, which $VISUAL or $EDITOR names.

    Example: kata open one_hot
    """
    from torchkata.practice.editor import open_editor

    standing = chosen(suite_here(), name)
    refuse_missing((standing.exercise,))
    open_editor(standing.exercise.stub_path, standing.line)


@click.command()
@optional_name
@click.option("--all", "everything", is_flag=True, help="Show all hints at once.")
def hint(name: str | None, everything: bool) -> None:
    """Show one more hint each time, mildest first.

    Example: kata hint one_hot
    """
    from torchkata.practice.progress import record_hints
    from torchkata.suite.stubs import reserved_texts
    from torchkata.telling.printing import console, print_prose

    standing = chosen(suite_here(), name)
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


@click.command()
@name_argument
@click.option("--spoil", is_flag=True, help="Show the reference, solved or not.")
def solution(name: str, spoil: bool) -> None:
    """Compare what you solved with the reference.

    Example: kata solution one_hot
    """
    from torchkata.practice.pages import print_comparison, print_reference
    from torchkata.telling.printing import console

    standing = chosen(suite_here(), name)
    if spoil:
        print_reference(console(), standing.exercise)
    elif standing.state == "solved" and not standing.under_review:
        print_comparison(console(), standing.exercise)
    else:
        known = standing.exercise.name
        why = "was edited since it was judged" if standing.edited else "is not solved yet"
        if standing.under_review:
            why = "is under review"
        raise SuiteError(
            f"{known} {why}: `kata check {known}` judges it. "
            f"`kata solution {known} --spoil` shows the reference all the same."
        )
