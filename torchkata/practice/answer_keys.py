"""The answer keys of a run's exercises, completed before any learner's code can change torch."""

from collections.abc import Sequence
from contextlib import suppress

import pytest

from torchkata.judge.guard import Guard
from torchkata.practice.items import PropertyItem
from torchkata.suite.curriculum import Exercise, SuiteError

_TOLD = 10
"""How many exercises must lack something for it to be said: it takes a while."""


def complete(config: pytest.Config, items: Sequence[pytest.Item]) -> None:
    """Make what is missing in the answer keys of the files that are going to be judged.

    What isn't begun is not judged. Each of several workers makes its share; what it needs of
    another's and doesn't find it makes again.
    """
    lacking: dict[Exercise, list[PropertyItem]] = {}
    for item in _judged(items):
        oracle = item.parent.examination.judge.oracle
        with suppress(SuiteError):  # the item will say it
            if not oracle.key.holds(item.prop.name, item.device):
                lacking.setdefault(item.parent.exercise, []).append(item)
    worker = getattr(config, "workerinput", {"workerid": "gw0", "workercount": 1})
    number, count = int(worker["workerid"].removeprefix("gw")), worker["workercount"]
    reporter = config.pluginmanager.get_plugin("terminalreporter")
    if len(lacking) >= _TOLD and reporter is not None:
        reporter.write_line(f"making the answer keys of {len(lacking)} exercises, once")
    # Shares of what is judged, not of what is lacking: by now another may have made some of that.
    judged = list(dict.fromkeys(item.parent.exercise for item in _judged(items)))
    for exercise in judged[number::count]:
        items_of_one = lacking.get(exercise)
        if items_of_one is None:
            continue
        oracle = items_of_one[0].parent.examination.judge.oracle
        # As above. And what the solution warns of would be told of a file that isn't the learner's.
        with suppress(SuiteError), Guard() as guard:
            for item in items_of_one:
                oracle.expected(item.prop, item.device)
        if guard.interrupted:  # and the exception was lost, in a weak reference's callback for one
            raise KeyboardInterrupt
        oracle.key.save()


def _judged(items: Sequence[pytest.Item]) -> list[PropertyItem]:
    return [
        item
        for item in items
        if isinstance(item, PropertyItem)
        and not item.parent.is_missing
        and not item.parent.examination.file.waits_for(item.prop.targets)
    ]
