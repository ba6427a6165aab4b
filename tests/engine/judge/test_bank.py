"""Banks hold the inputs that they always held: what is changed of hypothesis still takes effect.

`judge/bank.py` replaces two of hypothesis's private functions. A new hypothesis may do without
them, or draw otherwise: then these tests fail, and somebody looks.
"""

import subprocess
import sys
from importlib.metadata import version

import pytest
import torch
from hypothesis.internal.conjecture import providers
from hypothesis.internal.conjecture.engine import ConjectureRunner

from torchkata import strategies as st
from torchkata.judge import bank
from torchkata.properties import forall
from torchkata.suite.digests import digest

DRAWS_AS = "6.170.17"
"""The hypothesis that drew the inputs below."""

DRAWN = "207eef0e8389250b916efc80d0d8cd23655f488d310af6ad417dd598f70adad0"
OTHERWISE = """\
hypothesis {} draws other inputs than {} did. That makes other banks for every seed, and other
verdicts may come of it. See that judge/bank.py still has its way (the other tests here), try some
seeds on the whole suite (benchmarks/seeds.py), then write version and digest into this file:
DRAWN = {!r}"""
DRAWS = """
import sys
if len(sys.argv) > 1:
    import constants
from hypothesis import strategies
from torchkata.judge import bank
from torchkata.properties import forall

def test_numbers(impl, x, y, z):
    "Numbers."
    return impl.call(x, y, z)

test_numbers.__module__ = "here"
drawn = forall(
    x=strategies.integers(), y=strategies.floats(), z=strategies.text(), examples=200
)(test_numbers)
for each in bank.draw(drawn):
    print(ascii(each))
"""
CONSTANTS = "CONSTANTS = 987654321, 123456789, 55555, 98765.4321, 'telltale', 'telltales'\n"


@forall(
    x=st.tensors(dtype=st.dtypes()),
    labels=st.labels(5),
    numbers=st.lists(st.integers(-1000, 1000), max_size=5),
    real=st.floats(-1e6, 1e6),
    word=st.text(max_size=5),
    case=st.sampled_from(["one", "two", "three"]),
    strata={"empty": {"x": st.tensors(shape=st.just((0, 2)))}},
)
def test_all(impl, x, labels, numbers, real, word, case):
    """Everything that banks are drawn from."""
    return impl.call(x, labels, numbers, real, word, case)


ALL = test_all
del test_all  # a property, and no test of pytest's


def written(inputs):
    """All that an input is, in words."""
    told = []
    for name, value in sorted(inputs.items()):
        if isinstance(value, torch.Tensor):
            told += [value.dtype, value.shape, value.stride(), value.storage_offset()]
            value = value.tolist()
        told.append((name, value))
    return ascii(told).encode()


def test_hypothesis_draws_what_it_always_drew():
    drawn = digest(map(written, bank.draw(ALL, 0)))
    installed = version("hypothesis")
    assert drawn == DRAWN, OTHERWISE.format(installed, DRAWS_AS, drawn)


def test_the_same_is_drawn_for_everybody_and_other_things_for_another_seed():
    first = [*map(written, bank.draw(ALL, 0))]
    assert [*map(written, bank.draw(ALL, 0))] == first
    assert [*map(written, bank.draw(ALL, 1))] != first


@pytest.mark.parametrize(
    ("owner", "name"),
    [(providers, "_get_local_constants"), (ConjectureRunner, "generate_mutations_from")],
    ids=["local constants", "mutations"],
)
def test_what_is_replaced_of_hypothesis_is_there(owner, name):
    assert hasattr(owner, name), (
        f"hypothesis {version('hypothesis')} has no {name} any more: see what does its work, and "
        "have judge/bank.py replace that"
    )


def test_constants_of_loaded_files_are_not_drawn(tmp_path):
    (tmp_path / "constants.py").write_text(CONSTANTS)
    script = tmp_path / "draws.py"
    script.write_text(DRAWS)
    drawn = [
        subprocess.run(
            [sys.executable, script, *loads],
            cwd=tmp_path,
            capture_output=True,
            text=True,
            check=True,
            timeout=300,
        ).stdout
        for loads in ([], ["constants"])
    ]
    assert drawn[0] == drawn[1]
    assert drawn[0].count("\n") > 100


def test_a_bank_does_not_repeat_itself():
    drawn = [written(each) for each in bank.draw(ALL, 0)]
    assert len(set(drawn)) >= len(drawn) - 2
