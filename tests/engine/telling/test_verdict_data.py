"""--kata-json: verdicts as data, which verdict_schema.json describes."""

import json
import math
from dataclasses import replace
from pathlib import Path

import jsonschema
import numpy as np
import pytest
import torch

from torchkata.judge.verdict import Verdict
from torchkata.telling import verdict_data as module
from torchkata.telling.verdict_data import verdict_data
from torchkata.values.difference import Difference, Stage
from torchkata.values.observation import Raised, container_seen, placed, seen
from torchkata.values.pairs import compare_values

SCHEMA = json.loads(Path(module.__file__).with_name("verdict_schema.json").read_text())
VERDICT = Verdict("times/double", "doubles", "It doubles.", "cpu", "failed", "double.py", 3)
COMMANDS = {"property": "doubles", "hint": "kata hint", "again": "pytest", "text": "It doubles."}

SOLVED, TODO, BEGUN = "memory/sharing", "autograd/fix_grad_accumulation", "data/custom_dataset"

LENGTH = """\
        \"\"\"The number of samples.\"\"\"
        return len(self.samples)
"""
NOT_WRITTEN = "        raise NotImplementedError\n"
RAISES = """\
def select(x, index):
    return x.gather(-1, index)
"""
UNSTEADY = """\
import os
import torch


def one_hot(labels, num_classes, dtype=torch.float32):
    return torch.full((*labels.shape, num_classes), float(os.urandom(1)[0]))
"""
BANNED = """\
import torch


def one_hot(labels, num_classes, dtype=torch.float32):
    return torch.eye(num_classes, dtype=dtype, device=labels.device)[labels]
"""
CLIMBS = """\
import torch


def sgd_step(params, lr):
    with torch.no_grad():
        for param in params:
            if param.grad is not None:
                param += lr * param.grad
"""

t = torch.tensor


def valid(document):
    """A document that the schema allows, and that is JSON without NaN."""
    jsonschema.Draft202012Validator.check_schema(SCHEMA)
    jsonschema.validate(document, SCHEMA)
    return json.loads(json.dumps(document, allow_nan=False))


def document(verdict):
    """A verdict as a run with it alone writes it."""
    exercise = {"exercise": "a/b", "path": "b.py", "hash": "", "state": "failing", "line": 1}
    data = {**COMMANDS, **verdict_data(verdict)}
    return valid({"schema": 1, "seed": 0, "exercises": [{**exercise, "verdicts": [data]}]})


def data_of(verdict):
    return document(verdict)["exercises"][0]["verdicts"][0]


def read(path):
    return valid(json.loads(path.read_text(encoding="utf-8")))


def by_name(found):
    return {each["exercise"].split("/")[1]: each for each in found["exercises"]}


def test_every_kind_of_outcome_is_as_the_schema_says(clone, tmp_path):
    clone.solve(SOLVED)
    clone.write(BEGUN, clone.solution(BEGUN).read_text().replace(LENGTH, NOT_WRITTEN))
    clone.write("autograd/vjp_backward", "def vjp(f, x, v:\n")
    clone.write("hooks/capture_gradient", "import torch\ntorch.zeros(2) + torch.zeros(3)\n")
    clone.write("indexing/gather_selection", RAISES)
    clone.write("indexing/one_hot", UNSTEADY)
    clone.write("optim/sgd_update", CLIMBS)
    path = tmp_path / "data.json"
    run = clone.pytest("exercises", "--kata-json", str(path), "--kata-seed", "0")
    found = read(path)
    assert (found["schema"], found["seed"]) == (1, 0)
    parts = by_name(found)
    assert {name: each["state"] for name, each in parts.items()} == {
        "sharing": "solved",
        "fix_grad_accumulation": "todo",
        "custom_dataset": "begun",
        "vjp_backward": "failing",
        "capture_gradient": "failing",
        "gather_selection": "failing",
        "one_hot": "failing",
        "sgd_update": "failing",
    }
    first = {name: each["verdicts"][0] for name, each in parts.items()}
    assert {each["outcome"] for each in parts["sharing"]["verdicts"]} == {"passed"}
    assert first["sharing"]["text"] == ""
    assert first["fix_grad_accumulation"]["unwritten"] == ["grads_per_step"]
    assert first["vjp_backward"]["refusal"].startswith("Has a syntax error: '(' was never closed.")
    assert first["capture_gradient"]["refusal"].startswith(
        "Raises RuntimeError when it is imported"
    )
    assert "These shapes don't broadcast." in first["capture_gradient"]["explanation"]
    raised = first["gather_selection"]
    assert raised["headline"] == (
        "raises RuntimeError: Index tensor must have the same number of dimensions as input tensor"
    )
    assert raised["misconception"] == "forgets_to_unsqueeze"
    assert raised["lines"][0]["text"] == "return x.gather(-1, index)"
    assert [each.split(":")[0] for each in raised["lines"][0]["shapes"]] == ["x", "index"]
    unsteady = first["one_hot"]["differing_results"]
    assert [each["kind"] for each in unsteady] == ["tensor", "tensor"]
    assert unsteady[0]["values"] != unsteady[1]["values"]
    climbs = first["sgd_update"]
    assert (climbs["stage"], climbs["misconception"]) == ("values", "climbs")
    assert climbs["expected"]["values"][0] == -climbs["yours"]["values"][0] != 0
    assert climbs["inputs"][0]["kind"] == "tuple"
    assert climbs["inputs"][0]["items"][0]["requires_grad"] is True
    for each in first.values():
        assert each["text"] == "" or each["text"] in run.stdout or not each["inputs"]


def test_a_part_of_the_checks_and_banned_operations(clone, tmp_path):
    clone.solve("memory/sharing", "data/custom_dataset")
    clone.write("indexing/one_hot", BANNED)
    path = tmp_path / "data.json"
    clone.pytest("exercises", "-k", "dtype or predicts", "--kata-json", str(path))
    parts = by_name(read(path))
    assert parts["sharing"]["state"] is None
    assert {each["property"] for each in parts["sharing"]["verdicts"]} == {
        "predicts_every_operation"
    }
    assert parts["one_hot"]["state"] == "failing", "a ban holds in each part"
    clone.pytest("exercises/indexing/one_hot.py", "--kata-json", str(path))
    verdicts = by_name(read(path))["one_hot"]["verdicts"]
    assert verdicts[0]["stage"] == "operations"
    assert verdicts[0]["headline"] == (
        "calls torch.eye in line 5, which this kata is about doing without"
    )


def test_a_file_that_can_not_be_written(little):
    little.solve("times/double", "times/triple", "more/fivefold")
    run = little.pytest("exercises", "--kata-json", "nowhere/data.json")
    assert run.returncode == 4, "a script must not read what an earlier run wrote"
    told = "--kata-json nowhere/data.json: can't be written: No such file or directory"
    assert f"\n{told}\n" in run.stdout
    assert "Traceback" not in run.stdout
    run = little.pytest("exercises", "--kata-json", "exercises")
    assert "\n--kata-json exercises: can't be written: Is a directory\n" in run.stdout


def test_the_file_is_where_the_command_was_given(little):
    little.write("times/double", "import os\nos.chdir('/')\ndef double(x):\n    return x\n")
    little.pytest("times/double.py", "--kata-json", "data.json", cwd=little.root / "exercises")
    assert by_name(read(little.root / "exercises" / "data.json"))["double"]["state"] == "failing"


def test_where_nothing_was_judged_the_file_says_so(little):
    (little.root / "data.json").write_text("of an earlier run")
    little.pytest("exercises", "-k", "no_such_thing", "--kata-json", "data.json")
    assert read(little.root / "data.json")["exercises"] == []


def test_values_that_json_does_not_have_are_text():
    want = t([math.nan, math.inf, -math.inf, -0.0, 0.1])
    found = data_of(replace(VERDICT, difference=compare_values(seen(want), seen(want + 1))))
    assert found["expected"]["values"] == ["nan", "inf", "-inf", -0.0, pytest.approx(0.1)]
    assert found["tolerance"] == [1.3e-06, 1e-05]
    number = compare_values(seen(t([1 + 2j])), seen(t([1 - 2j])))
    assert data_of(replace(VERDICT, difference=number))["yours"]["values"] == ["(1-2j)"]
    number = data_of(replace(VERDICT, difference=compare_values(math.nan, 1.0)))
    assert (number["expected"]["kind"], number["expected"]["text"]) == ("float", "nan")


VALUES = {
    "list": [t(1), None],
    "tuple": (),
    "dict": {"a": {1: t([True])}, 2.5: 3, "\ud800": 4},
    "set": {1, 2},
    "array": np.array(["text"]),
    "another array": np.array([1.5], dtype=">f4"),
    "tensor": t([1.0], dtype=torch.bfloat16),
    "str": "\ud800",
    "another str": "word " * 5000,
    "bytes": b"\xff",
    "int": 10**4000,
    "another OpaqueSeen": 10**5000,
    "OpaqueSeen": object(),
}


@pytest.mark.parametrize("name", VALUES)
def test_any_value_is_as_the_schema_says(name):
    value, kind = VALUES[name], name.removeprefix("another ")
    difference = Difference(Stage.TYPE, "result", "another type", seen(value), seen([value]))
    found = data_of(replace(VERDICT, difference=difference, inputs=seen({"x": value})))
    assert (found["expected"]["kind"], found["yours"]["kind"]) == (kind, "list")
    assert found["inputs"][0]["kind"] == kind
    assert len(found["expected"]["text"]) < 300
    json.dumps(found, ensure_ascii=False).encode()


def test_a_large_tensor_is_not_given_by_value():
    found = data_of(replace(VERDICT, inputs=seen({"x": torch.zeros(1001), "y": torch.zeros(9)})))
    assert [each["values"] for each in found["inputs"]] == [None, [0.0] * 9]
    assert found["inputs"][0]["shape"] == [1001]


def test_inputs_are_on_the_device_judged_and_their_layout_is_told():
    inputs = placed(container_seen("dict", ("x", "list"), (t([1]), [t([2]), t([3])])), "sim:0")
    layouts = (("x", "stride (2,)"), ("list[1]", "storage offset 3"))
    found = data_of(replace(VERDICT, inputs=inputs, layouts=layouts))["inputs"]
    assert (found[0]["device"], found[0]["layout"]) == ("sim:0", "stride (2,)")
    assert found[0]["facts"] == "int64 (1,) on sim:0"
    assert found[1]["items"][1]["device"] == "sim:0"
    assert found[1]["layout"] == "list[1]: storage offset 3"


def test_an_exception_where_a_value_is_expected():
    raised = Raised("exception", ("KeyError", "Exception"), "'k'\nmore")
    told = Difference(Stage.RAN, "result", "raises KeyError", seen(t(1)), raised)
    found = data_of(replace(VERDICT, difference=told, raised="KeyError: 'k'\nmore"))
    assert found["headline"] == "raises KeyError: 'k'"
    assert found["yours"] == {
        "kind": "exception",
        "text": "KeyError: 'k'\nmore",
        "message": "'k'\nmore",
    }
