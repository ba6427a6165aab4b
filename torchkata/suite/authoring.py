"""What an author starts a new exercise from: its three files and its line in the curriculum."""

import keyword
import re
import tomllib
from pathlib import Path

from torchkata.suite.curriculum import CURRICULUM, Exercise, Suite, SuiteError
from torchkata.suite.stubs import write_stub

_SOLUTION = '''"""{title}.

Say what is to be written and why it matters, in a few short sentences. Say everything that a
property demands: shapes, dtypes, edge cases, what is not allowed, what is raised when.

Write `{name}`.
"""

from torch import Tensor


def {name}(x: Tensor) -> Tensor:
    """Say in one sentence what it does.

    Args:
        x: of any shape and dtype.

    Returns:
        A tensor of x's shape, dtype and device.

    >>> import torch
    >>> {name}(torch.tensor([1.0, -2.0]))
    tensor([1., 2.])
    """
    return x.abs()


HINTS = ("Where to look.",)

TAKE_ALONG = "What to remember after it is solved."
'''

_TEST = '''"""Properties and misconceptions of {key}."""

import torch

from torchkata import strategies as st
from torchkata.properties import assert_same, forall, misconception


@forall(x=st.tensors(dtype=st.dtypes()))
def test_agrees_with_the_reference(impl, x):
    """The sentence that a learner reads when this fails."""
    result = impl.{name}(x)
    assert_same(result, torch.abs(x))
    return result


@misconception(of="{name}", says="A sentence that sets it right without giving the answer away.")
def changes_nothing(x):
    return x.clone()
'''


def new_exercise(suite: Suite, key: str) -> list[Path]:
    """Make the files of the exercise `topic/name`, and its line at the end of its topic's list.

    Returns the files written. Raises SuiteError, and writes nothing, where the name won't do.
    """
    topic, _, name = key.partition("/")
    for part in (topic, name):
        if not re.fullmatch(r"[a-z][a-z0-9_]*", part) or keyword.iskeyword(part):
            raise SuiteError(
                f"{key!r}: must be TOPIC/NAME, each in lower case letters, digits and underscores, "
                "such as indexing/one_hot."
            )
    for other in suite.exercises:
        if other.name == name:
            raise SuiteError(f"{other.key} has that name: exercise names are unique across topics.")
    if topic in ("engine", "answers"):
        raise SuiteError(f"{key!r}: tests/{topic} is not a topic's folder; choose another topic.")
    exercise = Exercise(suite.root, topic, name)
    texts = {exercise.solution_path: _SOLUTION, exercise.test_path: _TEST}
    there = [path for path in (*texts, exercise.stub_path) if path.exists()]
    if there:
        raise SuiteError(f"{there[0]} is there already; move it away first.")
    curriculum = suite.root / CURRICULUM
    entered = _with_line(curriculum.read_text(encoding="utf-8"), topic, name)
    try:
        last = tomllib.loads(entered)[topic]["exercises"][-1:]
    except tomllib.TOMLDecodeError:
        last = []
    if last != [{"name": name, "level": 1}]:
        raise SuiteError(
            f"{curriculum}: the list of [{topic}] is not written one line an exercise; mend that."
        )
    title = name.replace("_", " ").capitalize()
    for path, text in texts.items():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text.format(name=name, key=key, title=title), encoding="utf-8")
    write_stub(exercise)
    curriculum.write_text(entered, encoding="utf-8")
    return [*texts, exercise.stub_path, curriculum]


def _with_line(curriculum: str, topic: str, name: str) -> str:
    """The curriculum with `name` last in `topic`, which is added at the end where it is new."""
    section = re.search(
        rf"^\[{topic}\]$.*?^exercises = \[\n(?:.*?\n)??(?=\])", curriculum, re.MULTILINE | re.DOTALL
    )
    line = f'    {{ name = "{name}", level = 1 }},\n'
    if section is not None:
        return curriculum[: section.end()] + line + curriculum[section.end() :]
    title = topic.replace("_", " ").capitalize()
    return f'{curriculum.rstrip()}\n\n[{topic}]\ntitle = "{title}"\nexercises = [\n{line}]\n'
