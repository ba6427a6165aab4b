"""Grading and practice come to the same: every answer of the suite is graded as a submission."""

import ast
import json
import subprocess
import sys
from pathlib import Path

import pytest

from torchkata.suite.curriculum import read_suite

ROOT = Path(__file__).parents[4]
EXERCISES = read_suite(ROOT).judged
SEED = "2"
"""Another than practice has, 0: which inputs are drawn decides nothing."""

UNSTEADY = "the same input gave two different results"
OTHERWISE = {
    "wrong.predict_flags.wrong_no_grad": "No module named 'solutions'",
    "wrong.sharing.wrong_module_tensor": "No module named 'solutions'",
    "wrong.safe_sqrt.wrong_device": "shape () expected, (1,) returned",
}
"""Refused for another reason than in practice: what fails on cpu is not tried on sim."""
NOISE = """

def _make_noise():
    import logging
    import sys
    import warnings

    for number in range(12):
        print("line", number)
    for number in range(3):
        sys.stderr.write(f"\\r{number}/3")
    sys.stdout.buffer.write(b"bytes\\n")
    sys.stdout.flush()
    sys.__stdout__.write("past what stands in for it\\n")
    sys.__stdout__.flush()
    logging.getLogger("learner").warning("logged")
    warnings.warn("warned", stacklevel=2)
    breakpoint()
"""
KINDS = {
    "right": lambda each: [*each.answers_path.glob("right_*.py"), each.solution_path],
    "wrong": lambda each: [*each.answers_path.glob("wrong_*.py")],
    "stub": lambda each: [each.stub_path],
}
SIMPLE = (
    ast.Return
    | ast.Assign
    | ast.AugAssign
    | ast.AnnAssign
    | ast.Expr
    | ast.Raise
    | ast.Assert
    | ast.Pass
)
KINDS["noisy"] = KINDS["right"]
OF_TWO = {"right": 0, "noisy": 1}
"""Every second right answer is noisy, of each exercise some: each is graded once."""


def answers(kind):
    """Exercise, file and student of each answer of a kind, by a name.

    A student hands in one answer to each exercise, so that they are judged one after another.
    """
    return {
        f"{kind}.{each.name}.{path.stem}": (each, path, f"{kind}{number}")
        for each in EXERCISES
        for number, path in enumerate(sorted(KINDS[kind](each)))
        if kind not in OF_TWO or number % 2 == OF_TWO[kind]
    }


def noisy(source):
    """A file whose functions print, log, warn and stop at a breakpoint before all else."""
    lines = source.decode().split("\n")
    starts = {
        (line_of(part) - 1, part.col_offset, not isinstance(part, SIMPLE))
        for each in ast.walk(ast.parse(source))
        if isinstance(each, ast.FunctionDef)
        for part in [first(each.body)]
        if part is not None
    }
    for number, column, is_compound in sorted(starts, reverse=True):
        raw = lines[number].encode()  # columns count bytes
        begin, rest = raw[:column].decode(), raw[column:].decode()
        then = f"\n{begin}" if is_compound else "; "
        lines[number] = f"{begin}_make_noise(){then}{rest}"
    return ("\n".join(lines) + NOISE).encode()


def first(body):
    """The first statement of a function after its docstring."""
    is_text = isinstance(body[0], ast.Expr) and isinstance(body[0].value, ast.Constant)
    return next(iter(body[is_text:]), None)


def line_of(part):
    """The line that a statement begins with, which may be a decorator's."""
    return min(each.lineno for each in (part, *getattr(part, "decorator_list", ())))


@pytest.fixture(scope="module")
def graded(tmp_path_factory):
    """What came of each answer, by its name."""
    base = tmp_path_factory.mktemp("answers")
    handed_in = {name: answer for kind in KINDS for name, answer in answers(kind).items()}
    for name, (exercise, path, student) in handed_in.items():
        target = base / "class" / student / f"{exercise.name}.py"
        target.parent.mkdir(parents=True, exist_ok=True)
        source = path.read_bytes()
        target.write_bytes(noisy(source) if name.startswith("noisy.") else source)
    kata = str(Path(sys.executable).with_name("kata"))
    for command in (
        ["grade", str(base / "class"), "--out", str(base / "out"), "--seed", SEED, "--quiet"],
        ["export", "jsonl", str(base / "out"), "-o", str(base / "all.jsonl")],
    ):
        done = subprocess.run([kata, *command], cwd=ROOT, capture_output=True, text=True)
        if "--unsandboxed" in done.stderr:
            pytest.skip(done.stderr)
        assert done.returncode == 0, done.stderr
    with (base / "all.jsonl").open() as file:
        results = {
            (student["student"]["id"], result["exercise"]): result
            for student in map(json.loads, file)
            for result in student["exercises"]
        }
    return {
        name: results[student, exercise.key] for name, (exercise, _, student) in handed_in.items()
    }


def texts(result):
    return "\n".join(each["text"] for each in result["properties"])


def test_every_answer_is_graded_as_practice_judges_it(graded):
    """One test, so that one of pytest's workers grades them all."""
    assert refused(graded, "right") == {}
    assert refused(graded, "noisy") == {}
    assert unlike(graded) == {}
    standings = {name: graded[name]["standing"] for name in answers("stub")}
    fixes = {name for name in standings if name.startswith("stub.fix_")}
    assert {standings[name] for name in fixes} <= {"todo", "failing"}
    assert {standings[name] for name in standings.keys() - fixes} == {"todo"}


def refused(graded, kind):
    """What was said of right answers that aren't solved."""
    found = {name: graded[name] for name in answers(kind)}
    return {name: texts(each) for name, each in found.items() if each["standing"] != "solved"}


def unlike(graded):
    """What was said of wrong answers that practice doesn't say.

    The first line of its docstring is part of the verdict, as in practice. Only that a result comes
    out differently each time is not told: nothing is tried twice.
    """
    found = {}
    for name, (_, path, _) in answers("wrong").items():
        reason = OTHERWISE.get(name) or ast.get_docstring(ast.parse(path.read_bytes()))
        reason = reason.split("\n")[0]
        told = " ".join(texts(graded[name]).split())
        as_in_practice = " ".join(reason.split()) in told or reason == UNSTEADY
        if graded[name]["standing"] != "failing" or not as_in_practice:
            found[name] = f"wanted {reason!r}, got {graded[name]['standing']}: {told}"
    return found
