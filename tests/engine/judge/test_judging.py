"""judging.py: what a verdict holds, brief or in full."""

import sys
from pathlib import Path

import pytest

from torchkata.judge.judging import Judge
from torchkata.judge.loading import LearnerFile
from torchkata.suite.curriculum import read_suite
from torchkata.suite.settings import Settings
from torchkata.values.difference import Stage

ROOT = Path(__file__).parents[3]
FAILS = {"values": Stage.VALUES, "operations": Stage.OPERATIONS}
SOURCES = {
    "values": """
import torch


def one_hot(labels, num_classes, dtype=torch.float32):
    return torch.zeros(*labels.shape, num_classes, dtype=dtype, device=labels.device)
""",
    "operations": """
import torch


def one_hot(labels, num_classes, dtype=torch.float32):
    rows = torch.zeros(labels.numel(), num_classes, dtype=dtype, device=labels.device)
    for row, label in zip(rows, labels.reshape(-1)):
        row.scatter_(0, label.reshape(1), 1)
    return rows.view(*labels.shape, num_classes)
""",
}


@pytest.mark.parametrize("stage", FAILS)
def test_a_brief_verdict_is_made_at_the_first_failure_without_a_reason(tmp_path, stage):
    path = tmp_path / "one_hot.py"
    path.write_text(SOURCES[stage])
    judge = Judge(read_suite(ROOT).find("one_hot"), Settings())
    prop = judge.oracle.specification.properties[0]
    subject = judge.learner(LearnerFile(path, judge.oracle.stub), "exercises.brief")
    try:
        brief = judge.judge(prop, subject, "cpu", brief=True)
        full = judge.judge(prop, subject, "cpu")
    finally:
        del sys.modules["exercises.brief"]
    assert (brief.outcome, brief.brief, brief.difference.stage) == ("failed", True, FAILS[stage])
    assert (brief.misconception, brief.why) == (None, None)
    assert (full.outcome, full.brief, full.difference.stage) == ("failed", False, FAILS[stage])
