"""The answer key: nothing is computed twice, nothing is stale, and no verdict depends on it."""

import dataclasses
import json
import platform
import shutil
import sys
import types
from importlib.metadata import version
from pathlib import Path

import numpy as np
import pytest
import torch

from torchkata.devices import choice
from torchkata.judge import bank, loading, oracle, trial
from torchkata.judge.answer_key import AnswerKey
from torchkata.judge.behaviour import alike
from torchkata.judge.guard import Guard
from torchkata.judge.judging import Judge
from torchkata.judge.loading import LearnerFile
from torchkata.judge.oracle import Oracle
from torchkata.properties import Property
from torchkata.suite import digests
from torchkata.suite.cache import Cache
from torchkata.suite.curriculum import Exercise, read_suite
from torchkata.suite.settings import Settings
from torchkata.telling.rendering import render
from torchkata.telling.verdict_data import verdict_data
from torchkata.values.identity import identical, identical_inputs

ROOT = Path(__file__).parents[3]
SUITE = read_suite(ROOT)


def first_wrong(topic):
    """A wrong answer of a topic: of the exercise that asks for least, since it is judged twice."""
    judged = [each for each in topic.exercises if each.set_aside is None]
    least = min(judged, key=lambda each: each.test_path.stat().st_size)
    return min(least.answers_path.glob("wrong_*.py"))


WRONG = [*map(first_wrong, SUITE.topics)]
DEVICES = ("cpu", "sim")


@pytest.fixture
def cache(tmp_path):
    return Cache(tmp_path / "keys")


@pytest.fixture
def untouched(monkeypatch):
    """A process in which no learner's code has run, as far as the engine knows."""
    monkeypatch.setattr(loading, "_has_run", False)
    choice.choose("cpu,sim")


def forbid(monkeypatch):
    """Let nothing be drawn or observed any more."""

    def refuse(*_, **__):
        pytest.fail("computed again")

    monkeypatch.setattr(bank, "draw", refuse)
    for name in ("observe", "operation_counts"):
        monkeypatch.setattr(oracle, name, refuse)


def all_of(known):
    """What an oracle knows, by what it was asked."""
    found = {}
    for prop in known.specification.properties:
        found[prop.name] = known.inputs(prop)
        found[prop.name, 1] = known.more_inputs(prop)
        for device in DEVICES:
            found[prop.name, device] = known.expected(prop, device)
            for mark in known.specification.misconceptions:
                found[prop.name, device, mark.name] = known.misconceived(mark, prop, device)
                if prop.vectorized is not None:
                    grows = known.misconception_grows(mark, prop, device)
                    found[prop.name, device, mark.name, "grows"] = grows
    return found


@pytest.mark.slow
@pytest.mark.parametrize("witness", [None, trial.with_reference], ids=["practice", "grading"])
@pytest.mark.parametrize("name", ["one_hot", "fix_grad_accumulation"])
def test_what_was_made_once_is_read_bit_for_bit(name, witness, cache, untouched, monkeypatch):
    first = Oracle(SUITE.find(name), 0, witness, cache)
    made = all_of(first)
    first.key.save()
    forbid(monkeypatch)
    read = all_of(Oracle(SUITE.find(name), 0, witness, cache))
    assert identical(read, made)
    banks = [key for key in made if isinstance(key, str) or key[1] == 1]
    assert all(identical_inputs(read[key], made[key]) for key in banks)


def test_a_preparation_makes_all_of_it(cache, untouched, monkeypatch):
    exercise = SUITE.find("one_hot")
    first = Oracle(exercise, 0, cache=cache)
    for _ in first.preparation(DEVICES):
        pass
    first.key.save()
    forbid(monkeypatch)
    all_of(Oracle(exercise, 0, cache=cache))


def test_it_is_added_to(cache, untouched, monkeypatch):
    exercise = SUITE.find("one_hot")
    for device in DEVICES:
        known = Oracle(exercise, 0, cache=cache)
        for prop in known.specification.properties:
            assert not known.key.holds(prop.name, device)
            known.expected(prop, device)
            assert known.key.holds(prop.name, device)
        known.key.save()
    forbid(monkeypatch)
    known = Oracle(exercise, 0, cache=cache)
    for prop in known.specification.properties:
        for device in DEVICES:
            assert known.key.holds(prop.name, device)
            known.expected(prop, device)


def test_a_misconception_is_run_as_far_as_it_takes_to_tell(cache, untouched, monkeypatch):
    runs = []

    def observe(prop, implementation, inputs, *args, **kwargs):
        runs.append(inputs)
        return trial.observe(prop, implementation, inputs, *args, **kwargs)

    monkeypatch.setattr(oracle, "observe", observe)
    exercise = SUITE.find("one_hot")
    first = Oracle(exercise, 0, cache=cache)
    prop, mark = first.specification.properties[0], first.specification.misconceptions[0]
    inputs, right = first.inputs(prop), first.expected(prop, "cpu")
    theirs = Oracle(exercise, 0).misconceived(mark, prop, "cpu")
    differs = next(
        place
        for place, (one, other) in enumerate(zip(theirs, right, strict=True))
        if not alike(one, other, prop)
    )
    assert differs + 1 < len(inputs)
    runs.clear()
    assert not first.matches(mark, prop, "cpu", right)
    assert not first.matches(mark, prop, "cpu", right)
    assert runs == inputs[: differs + 1]
    first.key.save()

    # Another process has what was kept, and makes the rest as if it were the first to ask.
    known = Oracle(exercise, 0, cache=cache)
    runs.clear()
    assert not known.matches(mark, prop, "cpu", right)
    assert not known.matches(mark, prop, "cpu", theirs[:-1])
    assert runs == []
    assert known.matches(mark, prop, "cpu", theirs)
    assert identical_inputs(runs, inputs)
    assert identical(known.misconceived(mark, prop, "cpu"), theirs)
    known.key.save()

    forbid(monkeypatch)
    assert identical(Oracle(exercise, 0, cache=cache).misconceived(mark, prop, "cpu"), theirs)


def test_what_the_cpu_refuses_is_not_asked_on_cuda(monkeypatch):
    devices = set()

    def observe(prop, implementation, inputs, device, *args, **kwargs):
        devices.add(device)
        return trial.observe(prop, implementation, inputs, device, *args, **kwargs)

    monkeypatch.setattr(oracle, "observe", observe)
    known = Oracle(SUITE.find("one_hot"), 0)
    prop = known.specification.properties[0]
    (mark,) = (
        each for each in known.specification.misconceptions if each.name == "scatters_along_rows"
    )
    did = known.misconceived(mark, prop, "cpu")
    assert known.misconceived(mark, prop, "cuda") is None
    assert not known.matches(mark, prop, "cuda", did)
    assert devices == {"cpu"}


def test_without_a_cache_nothing_is_kept(untouched, monkeypatch):
    first = Oracle(SUITE.find("one_hot"), 0)
    prop = first.specification.properties[0]
    first.inputs(prop)
    first.key.save()
    assert Oracle(SUITE.find("one_hot"), 0).key.inputs(prop.name, 0) is None


def test_what_follows_a_learners_code_is_not_kept(cache, untouched):
    exercise = SUITE.find("one_hot")
    judge = Judge(exercise, Settings(), cache)
    before, after = judge.oracle.specification.properties[:2]
    judge.oracle.expected(before, "cpu")
    with Guard(60) as guard:
        file = LearnerFile(exercise.stub_path, judge.oracle.stub, b"import torch\n")
        loading.load(file, "exercises.answer_key", guard)
    judge.oracle.expected(after, "cpu")
    judge.oracle.key.save()
    loading._has_run = False  # as in the next process
    known = Oracle(exercise, 0, cache=cache)
    assert known.key.holds(before.name, "cpu")
    assert not known.key.holds(after.name, "cpu")


OPAQUE = '''
import torch
from torchkata import strategies as st
from torchkata.properties import forall


@forall(x=st.sampled_from([torch.sin, torch.cos]))
def test_functions(impl, x):
    """Gives it back."""
    return impl.double(torch.tensor(1))


@forall(x=st.just(1))
def test_long(impl, x):
    """Is long."""
    return "x" * (20_000 + impl.double(x))


@forall(x=st.just(1))
def test_short(impl, x):
    """Is short."""
    return impl.double(x)
'''


def test_what_is_no_plain_data_is_made_each_time(little, cache, untouched):
    exercise = read_suite(little.root).find("double")
    exercise.test_path.write_text(OPAQUE)
    for _ in range(2):
        known = fresh(exercise, cache)
        for prop in known.specification.properties:
            known.expected(prop, "cpu")
        known.key.save()
    assert known.key.inputs("functions", 0) is None
    assert known.key.inputs("long", 0) is not None
    assert known.key.observed("long", "cpu", "") is None
    assert known.key.observed("short", "cpu", "")[0].outcome == 2


KEEPS = """
import torch
_KEPT = torch.zeros(3)

def double(x):
    return _KEPT
"""


def test_memory_shared_with_an_earlier_result_is_not_kept(little, cache, untouched):
    exercise = read_suite(little.root).find("double")
    exercise.solution_path.write_text(KEEPS)
    known = fresh(exercise, cache)
    prop = known.specification.properties[0]
    assert known.expected(prop, "cpu")[-1].sharing
    known.key.save()
    assert known.key.inputs(prop.name, 0) is not None
    assert known.key.observed(prop.name, "cpu", "") is None


def fresh(exercise, cache):
    """An oracle of files that a test has written, which were not imported before."""
    for name in (f"tests.{exercise.topic}.test_{exercise.name}", f"solutions.{exercise.topic}"):
        sys.modules.pop(name, None)
    known = Oracle(exercise, 0, cache=cache)
    module = types.ModuleType(f"solutions.{exercise.topic}.{exercise.name}")
    exec(exercise.solution_path.read_text(), vars(module))
    known.solution_module = module
    return known


def test_files_that_change_while_they_are_imported_are_noticed(little, cache, untouched):
    exercise = read_suite(little.root).find("double")
    known = fresh(exercise, cache)
    prop = known.specification.properties[0]
    known.expected(prop, "cpu")
    exercise.test_path.write_text(exercise.test_path.read_text() + "\n")
    known.key.save()
    assert cache.size() == 0
    assert known.key.inputs(prop.name, 0) is None


@pytest.fixture
def named(little, cache):
    """Gives the name of the key of the little suite's first exercise, as it is by then."""
    exercise = Exercise(little.root, "times", "double")

    def name(seed=0, witnessed=False, of=exercise):
        return AnswerKey(of, seed, cache, witnessed=witnessed).name

    return name


def changed(path, text="\n# changed\n"):
    path.write_text(path.read_text() + text)


def test_the_same_is_the_same_key_wherever_it_lies(little, named, tmp_path):
    moved = tmp_path / "moved"
    shutil.copytree(little.root, moved)
    assert named() == named() == named(of=Exercise(moved, "times", "double"))
    changed(little.root / "exercises/times/double.py")
    changed(little.root / "solutions/times/triple.py")
    assert named() == named(of=Exercise(moved, "times", "double"))


def test_each_file_that_it_rests_on_makes_another_key(little, named):
    names = [named()]
    for file in ("solutions/times/double.py", "tests/times/test_double.py"):
        changed(little.root / file)
        names.append(named())
    helpers = {
        "tests/helpers.py": "from tests import helpers\n",
        "solutions/times/_shared.py": "from ._shared import shared\n",
        "tests/times/cases/__init__.py": "import tests.times.cases\n",
    }
    (little.root / "tests/times/cases").mkdir()
    for file, text in helpers.items():
        place = "solutions/times/double.py" if "solutions" in file else "tests/times/test_double.py"
        changed(little.root / place, text)
        names.append(named())
        (little.root / file).write_text("")
        names.append(named())
        changed(little.root / file)
        names.append(named())
    (little.root / "tests/helpers.py").write_text("from tests.times import deeper\n")
    (little.root / "tests/times/deeper.py").write_text("")
    names.append(named())
    changed(little.root / "tests/times/deeper.py")
    names.append(named())
    assert len(set(names)) == len(names)


def test_each_thing_that_it_rests_on_makes_another_key(named, monkeypatch):
    names = [named(), named(seed=1), named(witnessed=True)]
    for library in ("torch", "numpy", "hypothesis"):
        with monkeypatch.context() as patched:
            patched.setattr(
                digests, "version", lambda name, of=library: version(name) + "+" * (name == of)
            )
            digests.libraries.cache_clear()
            names.append(named())
        digests.libraries.cache_clear()
    with monkeypatch.context() as patched:
        patched.setattr(platform, "python_version", lambda: "3.99.0")
        names.append(named())
    with monkeypatch.context() as patched:
        patched.setattr(platform, "machine", lambda: "another")
        names.append(named())
    with monkeypatch.context() as patched:
        patched.setattr(torch.backends.cpu, "get_cpu_capability", lambda: "another")
        names.append(named())
    assert len(set(names)) == len(names)
    assert named() == names[0]


@pytest.mark.parametrize(
    ("part", "counts"),
    [
        ("properties.py", True),
        ("strategies.py", True),
        ("values/observation.py", True),
        ("values/new.py", True),
        ("judge/trial.py", True),
        ("devices/sim.py", True),
        ("telling/rendering.py", False),
        ("command/cli.py", False),
    ],
)
def test_the_engine_that_draws_and_observes_makes_another_key(
    part, counts, named, tmp_path, monkeypatch
):
    engine = tmp_path / "engine"
    shutil.copytree(ROOT / "torchkata", engine, ignore=shutil.ignore_patterns("__pycache__"))
    monkeypatch.setattr(digests, "_ENGINE", engine)
    digests.engine_digest.cache_clear()
    before = named()
    (engine / part).touch()
    changed(engine / part)
    digests.engine_digest.cache_clear()
    assert (named() != before) == counts
    digests.engine_digest.cache_clear()


def test_another_device_is_another_part(cache, untouched):
    known = Oracle(SUITE.find("one_hot"), 0, cache=cache)
    prop = known.specification.properties[0]
    known.expected(prop, "cpu")
    assert known.key.holds(prop.name, "cpu")
    assert not known.key.holds(prop.name, "sim")


def test_inputs_that_were_read_are_never_written_to(cache, untouched):
    exercise = SUITE.find("one_hot")
    first = Oracle(exercise, 0, cache=cache)
    prop = first.specification.properties[0]
    first.expected(prop, "cpu")
    first.key.save()
    known = Oracle(exercise, 0, cache=cache)
    inputs = known.inputs(prop)
    before = [choice.place(each, "cpu") for each in inputs]

    def spoil(impl, **given):
        for each in given.values():
            if isinstance(each, torch.Tensor):
                each.untyped_storage().fill_(7)
            elif isinstance(each, np.ndarray):
                each.fill(7)

    spoils = dataclasses.replace(prop, function=spoil)
    assert isinstance(spoils, Property)
    for each in inputs:
        with Guard(60) as guard:
            trial.observe(spoils, known.solution.implementation, each, "cpu", guard)
    assert identical_inputs(inputs, before)


@pytest.mark.slow
@pytest.mark.filterwarnings("default")  # as for a learner
@pytest.mark.parametrize("path", WRONG, ids=lambda path: f"{path.parent.name}-{path.stem}")
def test_verdicts_are_the_same_with_a_key_and_without(path, cache, untouched):
    exercise = SUITE.find(path.parent.name)
    known = Oracle(exercise, 0, cache=cache)
    for _ in known.preparation(DEVICES):
        pass
    known.key.save()
    assert told(exercise, path, cache) == told(exercise, path, None)


def told(exercise, path, cache):
    """All that is told of a wrong answer: of what fails first on each device, in full."""
    judge = Judge(exercise, Settings(), cache)
    subject = judge.learner(LearnerFile(path, judge.oracle.stub), "exercises.answer_key")
    texts = []
    for device in DEVICES:
        searched = False
        for prop in judge.oracle.specification.properties:
            verdict = judge.judge(prop, subject, device, brief=searched)
            searched = searched or verdict.outcome == "failed"
            if verdict.outcome != "passed":
                texts += [render(verdict).plain, json.dumps(verdict_data(verdict), sort_keys=True)]
    assert texts
    return "\n".join(texts).encode("utf-8", "backslashreplace")
