"""scheduling.py: what goes to one process of pytest-xdist."""

import pytest

from torchkata.practice.scheduling import Together

SCOPES = {
    "tests/answers/indexing/one_hot/right_loop.py::accepted[cpu]": "indexing/one_hot",
    "tests/answers/indexing/one_hot/wrong_loop.py::refused": "indexing/one_hot",
    "tests/indexing/test_one_hot.py::detours": "indexing/one_hot",
    "exercises/indexing/one_hot.py::a[cpu]": "exercises/indexing/one_hot.py",
    "tests/engine/judge/test_bank.py::test_a[tests/indexing/test_one_hot.py]": (
        "tests/engine/judge/test_bank.py"
    ),
}


@pytest.mark.parametrize(("nodeid", "scope"), SCOPES.items())
def test_what_checks_one_exercise_goes_to_one_process(nodeid, scope):
    assert Together._split_scope(None, nodeid) == scope
