"""Hostile submissions graded by the real `kata grade` in a container without namespaces.

Here a few stand for the corpus, one for each thing that this protection does by other means. With
KATA_WHOLE_CORPUS=1 it is the whole corpus.
"""

import os
import shutil

import pytest

from tests.engine.grading.sandbox.test_hostile import PROGRAMS, THREATS, grade, of, result, told

FEW = "02a 16b 17a 17d 21b 23a 26a 27a 27d".split()
CHOSEN = [
    each
    for each in PROGRAMS
    if "KATA_WHOLE_CORPUS" in os.environ or each.name.partition("_")[0] in FEW
]

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(os.geteuid() != 0, reason="only root can make such a container here"),
    pytest.mark.skipif(shutil.which("bwrap") is None, reason="bubblewrap is not installed"),
]


@pytest.fixture(scope="module")
def graded(tmp_path_factory, new_clone):
    base = tmp_path_factory.mktemp("container")
    found = grade(base, "container", new_clone, CHOSEN)
    if "skipped" in found:
        pytest.skip(found["skipped"])
    found["shared"] = [(base / name).read_text() for name in ("shared-before", "shared")]
    return found


@pytest.mark.parametrize("program", CHOSEN, ids=lambda each: each.name)
def test_a_program_gets_the_verdict_it_must_get(graded, program):
    student = of(graded, program.name)
    found = result(student, program.exercise)
    says = f"{THREATS[str(program.line)]}\n{told(found)}"
    passed = {each["name"] for each in found["properties"] if each["outcome"] == "passed"}
    expected = (1, "solved") if program.verdict == "solved" else (0, "failing")
    assert (found["points"], found["standing"]) == expected, says
    if program.verdict in ("nothing", "passes"):
        assert passed == program.passes, says
    kinds = {each["kind"] for each in found["flags"]}
    assert not program.flags or kinds & program.flags, says


@pytest.mark.parametrize("program", CHOSEN, ids=lambda each: each.name)
def test_the_honest_one_after_it_is_unharmed(graded, program):
    found = result(of(graded, f"{program.name}_neighbour"), program.exercise)
    flags = [each for each in found["flags"] if each["kind"] != "reach"]
    assert (found["points"], found["standing"], flags) == (1, "solved", []), told(found)


def test_nothing_is_left(graded):
    assert graded["status"] == 0
    assert graded["left"] == []
    assert graded["changed"] == []
    assert graded["appeared"] == []
    assert graded["knocked"] == []
    before, afterwards = graded["shared"]
    assert afterwards == before


def test_the_report_says_what_it_lacks(graded):
    assert graded["run"]["tier"] == "users"
    for each in graded["run"]["unprotected"]:
        assert each in graded["output"]
