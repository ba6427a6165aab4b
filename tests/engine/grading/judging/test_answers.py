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
UNSTEADY = "the same input gave two different results"
OTHERWISE = {
    "wrong.predict_flags.wrong_no_grad": "No module named 'solutions'",
    "wrong.sharing.wrong_module_tensor": "No module named 'solutions'",
    "wrong.safe_sqrt.wrong_device": "shape () expected, (1,) returned",
}
"""Refused for another reason than in practice: what fails on cpu is not tried on sim."""
KINDS = {
    "right": lambda each: [*each.answers_path.glob("right_*.py"), each.solution_path],
    "wrong": lambda each: [*each.answers_path.glob("wrong_*.py")],
    "stub": lambda each: [each.stub_path],
}


def answers(kind):
    """Exercise and file of each answer of a kind, by the name of a student who hands it in."""
    return {
        f"{kind}.{each.name}.{path.stem}": (each, path)
        for each in EXERCISES
        for path in sorted(KINDS[kind](each))
    }


@pytest.fixture(scope="module")
def graded(tmp_path_factory):
    """What came of each answer, by the name of the student."""
    base = tmp_path_factory.mktemp("answers")
    handed_in = {name: answer for kind in KINDS for name, answer in answers(kind).items()}
    for name, (exercise, path) in handed_in.items():
        target = base / "class" / name / f"{exercise.name}.py"
        target.parent.mkdir(parents=True)
        target.write_bytes(path.read_bytes())
    kata = str(Path(sys.executable).with_name("kata"))
    for command in (
        ["grade", str(base / "class"), "--out", str(base / "out"), "--seed", "0", "--quiet"],
        ["export", "jsonl", str(base / "out"), "-o", str(base / "all.jsonl")],
    ):
        done = subprocess.run([kata, *command], cwd=ROOT, capture_output=True, text=True)
        if "--unsandboxed" in done.stderr:
            pytest.skip(done.stderr)
        assert done.returncode == 0, done.stderr
    with (base / "all.jsonl").open() as file:
        students = map(json.loads, file)
        return {
            each["student"]["id"]: next(
                part for part in each["exercises"] if part["exercise"] == exercise.key
            )
            for each in students
            for exercise, _ in [handed_in[each["student"]["id"]]]
        }


def texts(result):
    return "\n".join(each["text"] for each in result["properties"])


def test_every_right_answer_is_solved(graded):
    found = {name: graded[name] for name in answers("right")}
    refused = {name: texts(each) for name, each in found.items() if each["standing"] != "solved"}
    assert refused == {}


def test_every_wrong_answer_is_refused_for_its_reason(graded):
    """The first line of its docstring is part of the verdict, as in practice.

    Only that a result comes out differently each time is not told: nothing is tried twice.
    """
    unlike = {}
    for name, (_, path) in answers("wrong").items():
        reason = OTHERWISE.get(name) or ast.get_docstring(ast.parse(path.read_bytes()))
        reason = reason.split("\n")[0]
        told = " ".join(texts(graded[name]).split())
        as_in_practice = " ".join(reason.split()) in told or reason == UNSTEADY
        if graded[name]["standing"] != "failing" or not as_in_practice:
            unlike[name] = f"wanted {reason!r}, got {graded[name]['standing']}: {told}"
    assert unlike == {}


def test_every_stub_is_unsolved(graded):
    standings = {name: graded[name]["standing"] for name in answers("stub")}
    fixes = {name for name in standings if name.startswith("stub.fix_")}
    assert {standings[name] for name in fixes} <= {"todo", "failing"}
    assert {standings[name] for name in standings.keys() - fixes} == {"todo"}
