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


@pytest.mark.slow
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


def few(examples):
    def test_few(impl, thing, flag, x):
        """Is tried on few inputs."""
        return impl.call(thing, flag, x)

    return forall(
        thing=st.sampled_from(["a", "b", "c", "d", "e"]),
        flag=st.booleans(),
        x=st.integers(0, 9),
        examples=examples,
    )(test_few)


@pytest.mark.parametrize("seed", range(20))
def test_each_value_that_an_input_is_sampled_from_is_in_every_bank(seed):
    drawn = bank.draw(few(5), seed)
    assert {each["thing"] for each in drawn} == set("abcde")
    assert {each["flag"] for each in drawn} == {False, True}
    assert len(drawn) <= 5 + 4 + 1


def test_what_has_more_values_than_examples_is_drawn_by_chance():
    drawn = bank.draw(few(4), 0)
    assert 1 < len({each["thing"] for each in drawn}) < 5
    assert {each["flag"] for each in drawn} == {False, True}


def test_what_fails_for_one_such_value_is_found_again():
    prop = few(5)
    seed = next(
        seed
        for seed in range(100)
        if "e" not in {each["thing"] for each in bank.draw(prop, seed)[:5]}
    )
    found = bank.shrink(prop, lambda inputs: inputs["thing"] == "e", seed)
    assert found is not None
    assert found["thing"] == "e"
