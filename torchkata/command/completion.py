"""What a shell offers behind a command: the names of exercises and topics.

Outside of a suite it offers nothing: a completion can't say what is wrong.
"""

from pathlib import Path

import click

from torchkata.suite.curriculum import SuiteError, Topic, find_root, read_suite


def topics(ctx: click.Context, param: click.Parameter, incomplete: str) -> list[str]:
    """The topics that begin with what was typed."""
    return [each.name for each in _topics() if each.name.startswith(incomplete)]


def exercises(ctx: click.Context, param: click.Parameter, incomplete: str) -> list[str]:
    """The exercises that begin with what was typed: their names, or topic/name after a slash."""
    found = [each for topic in _topics() for each in topic.exercises]
    names = [each.key if "/" in incomplete else each.name for each in found]
    return [name for name in names if name.startswith(incomplete)]


def both(ctx: click.Context, param: click.Parameter, incomplete: str) -> list[str]:
    """The topics and exercises that begin with what was typed."""
    return topics(ctx, param, incomplete) + exercises(ctx, param, incomplete)


def _topics() -> tuple[Topic, ...]:
    try:
        return read_suite(find_root(Path.cwd())).topics
    except (SuiteError, OSError):
        return ()
