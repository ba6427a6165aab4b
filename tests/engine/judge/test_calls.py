"""calls.py: the learner's call as code that gives what the verdict shows."""

import pickle
import subprocess
import sys
from pathlib import Path

import pytest

from torchkata.devices import choice
from torchkata.judge import diagnosis
from torchkata.judge.judging import Judge
from torchkata.judge.loading import LearnerFile, NotLoadable
from torchkata.suite.curriculum import read_suite
from torchkata.suite.settings import Settings
from torchkata.values.comparison import Stage
from torchkata.values.observation import ContainerSeen
from torchkata.values.pairs import compare_values

ROOT = Path(__file__).parents[3]
SUITE = read_suite(ROOT)


def failures(judge, path, devices=("cpu",), search=True):
    """The first failed verdict of each property of a file."""
    subject = loaded(judge, path)
    for device in devices:
        for prop in judge.oracle.specification.properties:
            if judge.breach(prop, subject, device) is None:
                verdict = judge.judge(prop, subject, device, search=search)
                if verdict.outcome == "failed" and verdict.inputs is not None:
                    yield verdict


def loaded(judge, path):
    exercise = judge.oracle.exercise
    file = LearnerFile(path, judge.oracle.stub)
    return judge.learner(file, f"exercises.{exercise.topic}.{exercise.name}")


def any_mistake(oracle):
    return oracle.specification.misconceptions[0]


def passes(judge, path, devices):
    """Whether no property refuses a file, for whatever reason."""
    try:
        subject = loaded(judge, path)
    except NotLoadable:
        return False
    return all(
        judge.breach(prop, subject, device) is None
        and judge.judge(prop, subject, device, brief=True).outcome == "passed"
        for device in devices
        for prop in judge.oracle.specification.properties
    )


def first(name, answer):
    exercise = SUITE.find(name)
    path = ROOT / "tests/answers" / exercise.topic / exercise.name / f"{answer}.py"
    return next(failures(Judge(exercise, Settings()), path)).call


def written(tmp_path, name, source):
    path = tmp_path / "answer.py"
    path.write_text(source)
    return next(failures(Judge(SUITE.find(name), Settings()), path)).call


def test_a_call_with_plain_values_is_written_with_them(tmp_path):
    call = written(
        tmp_path,
        "one_hot",
        "import torch\ndef one_hot(labels, num_classes, dtype=torch.float32):\n    return labels\n",
    )
    assert call.own == "from exercises.indexing.one_hot import one_hot"
    assert call.imports == ("import torch",)
    assert call.lines[-1].startswith("one_hot(labels, ")
    assert call.lines[0].startswith("labels = torch.tensor(")


def test_functions_of_the_property_are_part_of_it(tmp_path):
    call = written(
        tmp_path,
        "hvp",
        "import torch\ndef hvp(f, x, v):\n    return v\n"
        "def second_derivative(f, x):\n    return x\n",
    )
    assert "lambda" in call.text or "torch." in call.lines[-1]
    assert "impl" not in call.text


def test_the_call_that_raises_is_the_last_line(tmp_path):
    call = written(
        tmp_path,
        "one_hot",
        "import torch\ndef one_hot(labels, num_classes, dtype=torch.float32):\n"
        "    raise ValueError('no')\n",
    )
    assert call.lines[-1].startswith("one_hot(")


def test_random_numbers_are_seeded_where_they_are_drawn(tmp_path):
    call = written(
        tmp_path,
        "sampling",
        "import torch\n"
        "def uniform(low, high, size, *, generator=None, dtype=torch.float32, device=None):\n"
        "    return torch.rand(size) + 99\n",
    )
    assert "torch.manual_seed(0)" in call.lines


PASTES = """
import linecache, pickle, sys, types
from torchkata.devices import choice
choice.choose(None)
from torchkata.judge.guard import TorchState, seed_everything
from torchkata.judge.raising import said
from torchkata.values.pairs import compare_values
from torchkata.values.observation import seen

cases, results = pickle.load(sys.stdin.buffer), []
for name, path, text in cases:
    module = types.ModuleType(name)
    module.__file__ = path
    for package in ("exercises", name.rpartition(".")[0]):
        sys.modules.setdefault(package, types.ModuleType(package))
    sys.modules[name] = module
    with open(path) as file:
        exec(compile(file.read(), path, "exec"), vars(module))
    setattr(sys.modules[name.rpartition(".")[0]], name.rpartition(".")[2], module)
    setattr(sys.modules["exercises"], name.split(".")[1], sys.modules[name.rpartition(".")[0]])
    *setup, last = text
    namespace = {}
    seed_everything()
    state = TorchState.now()
    try:
        exec("\\n".join(setup), namespace)
        try:
            expression = compile(last, "<call>", "eval")
        except SyntaxError:
            results.append(("value", exec(last, namespace)))
        else:
            results.append(("value", seen(eval(expression, namespace))))
    except Exception as error:
        results.append(("raises", (type(error).__name__, said(error))))
    state.restore()
with open(sys.argv[1], "wb") as file:
    pickle.dump(results, file)
"""

DISTRIBUTIONS = {
    "wrong_randint_keys.py",
    "wrong_rolls_by_the_generator.py",
    "wrong_seeds_from_the_generator.py",
    "wrong_squares.py",
}
"""What is wrong with a distribution shows in no single call."""

OTHER_SEED = 1
"""Practice judges all answers with seed 0, grading with 2: no wrong one may pass with any."""

STAGES = (Stage.TYPE, Stage.SHAPE, Stage.DTYPE, Stage.DEVICE, Stage.VALUES)


@pytest.mark.slow
@pytest.mark.parametrize("topic", [topic.name for topic in SUITE.topics])
def test_every_failing_call_of_the_answers_can_be_pasted(topic, tmp_path, monkeypatch):
    # Which mistake it is does not matter here, and takes longest to find.
    monkeypatch.setattr(diagnosis, "diagnose", lambda oracle, *_: any_mistake(oracle))
    devices = choice.choose(None)
    cases, wanted, without, lucky = [], [], [], []
    for exercise in SUITE.topic(topic).exercises:
        folder = ROOT / "tests/answers" / topic / exercise.name
        judge = Judge(exercise, Settings(seed=OTHER_SEED))
        for path in sorted(folder.glob("wrong_*.py")):
            verdict = next(failures(judge, path, devices, search=False), None)
            if verdict is None and passes(judge, path, devices):
                lucky.append(path.name)
            if verdict is None or verdict.unsteady is not None:
                continue
            if verdict.call is None:
                without.append(path.name)
                continue
            call, name = verdict.call, f"exercises.{exercise.topic}.{exercise.name}"
            cases.append((name, str(path), [*call.imports, call.own, *call.lines]))
            wanted.append(verdict)
    assert lucky == []
    out = tmp_path / "results"
    command = [sys.executable, "-c", PASTES, str(out)]
    subprocess.run(command, input=pickle.dumps(cases), check=True, cwd=ROOT)
    results = pickle.loads(out.read_bytes())
    for verdict, (kind, result) in zip(wanted, results, strict=True):
        difference = verdict.difference
        if verdict.error is not None:
            assert (kind, result) == ("raises", verdict.error), verdict.call.text
        elif difference.where == "result" and difference.stage in STAGES and difference.actual:
            assert kind == "value", (verdict.call.text, result)
            # A part of the result may be called so by the property: `return result, x.grad`.
            parts = [result, *(result.items if isinstance(result, ContainerSeen) else ())]
            found = [compare_values(difference.actual, each, (0.0, 0.0)) for each in parts]
            assert None in found, verdict.call.text
    without = [name for name in without if name not in DISTRIBUTIONS]
    assert len(without) <= max(2, 0.05 * (len(cases) + len(without))), without
