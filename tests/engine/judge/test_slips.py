"""slips.py: what Python lets pass and is hardly meant."""

import pytest

from torchkata.judge.slips import slip

SLIPS = {
    "def f(x):\n    return x\n\n\ndef g(x):\n    return x\n\n\ndef f(x):\n    return 2 * x\n": (
        "f is defined in lines 1 and 9: only the last one counts."
    ),
    "def f(x):\n    def f(x):\n        return 2 * x\n": (
        "f is defined once more inside itself, in line 2: the inner one is never called. Move its "
        "lines out, or leave one `def` away."
    ),
    "def f(x):\n    y = 2 * x\n    print(y)\n": (
        "f prints in line 3, and gives nothing back: the caller gets what stands after `return`."
    ),
}
MEANT = {
    "a print besides": "def f(x):\n    print(x)\n    return 2 * x\n",
    "a helper of another name": "def f(x):\n    def g(x):\n        return x\n    return g(x)\n",
    "an inner one that is called": "def f(x):\n    def f(x):\n        return x\n    return f(x)\n",
    "one for each case": "if True:\n    def f(x):\n        return x\n",
    "no Python": "def f(:\n",
}


@pytest.mark.parametrize(("source", "sentence"), SLIPS.items(), ids=["twice", "inside", "print"])
def test_a_slip_is_told(source, sentence):
    assert slip(source, ["g", "f"]) == sentence


@pytest.mark.parametrize("source", MEANT.values(), ids=MEANT)
def test_what_may_be_meant_is_not(source):
    assert slip(source, ["f"]) is None
