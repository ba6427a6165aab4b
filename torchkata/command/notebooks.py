"""The command that writes a topic as a notebook."""

from pathlib import Path

import click

from torchkata.command import completion
from torchkata.suite.curriculum import SuiteError


@click.command(short_help="Write a topic as a notebook.")
@click.argument("topic", metavar="TOPIC", shell_complete=completion.topics)
@click.option(
    "-o",
    "--output",
    metavar="FILE",
    type=click.Path(dir_okay=False, path_type=Path),
    help="Where to; TOPIC.ipynb by default.",
)
def notebook(topic: str, output: Path | None) -> None:
    """Write a topic as a notebook: each kata's statement, and a cell to answer it in.

    Needs no clone. A file that is there is not overwritten.
    Example: kata notebook indexing -o indexing.ipynb
    """
    from torchkata.suite.as_notebook import notebook_of
    from torchkata.suite.carried import nearest_suite

    found = nearest_suite().topic(topic)
    path = output or Path(f"{found.name}.ipynb")
    try:
        with path.open("x", encoding="utf-8") as file:
            file.write(notebook_of(found))
    except FileExistsError:
        raise SuiteError(f"{path} is there already: name another file by -o.") from None
    click.echo(f"wrote {path}, with {len(found.exercises)} katas")
