"""What becomes of verdicts in a pytest run: terminal, JUnit XML, `--kata-json`, progress."""

import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import pytest

from torchkata.practice import progress
from torchkata.practice.closing import closing_lines, lesson_lines, todo_lines
from torchkata.practice.summary import Summary, in_order, judged, state, worst
from torchkata.practice.told import Told
from torchkata.suite.curriculum import SuiteError, find_root, read_suite

SCHEMA = 1
"""The number of the format that verdict_schema.json describes. It grows where a reader breaks."""


class Reports:
    """Takes the reports of a run's properties, where the run's results come together."""

    def __init__(self, config: pytest.Config) -> None:
        self._config = config
        self._summaries: list[Summary] = []
        self._lessons: list[str] = []
        self._problems: list[str] = []
        self._missing: dict[str, None] = {}
        self._aside: dict[str, None] = {}

    @pytest.hookimpl(tryfirst=True)
    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        missing = missing_of(report)
        if missing is not None:
            self._missing[missing] = None
        aside = getattr(report, "kata_aside", None)
        if aside is not None:
            self._aside[aside] = None
        summary = summary_of(report)
        if summary is None:
            return
        self._summaries.append(summary)
        if report.failed:
            # Until here plain text, as all plugins can take it: some look at nothing else.
            vars(report)["longrepr"] = Told(summary)

    def pytest_sessionfinish(self, session: pytest.Session) -> None:
        exercises = in_order(self._summaries)
        if exercises and self._config.getoption("kata_submission") is None:
            self._keep(exercises)
        path = self._config.getoption("kata_json")
        if path is not None:
            try:
                _write_json(self._config.invocation_params.dir / path, exercises, self._config)
            except OSError as error:
                self._problems.append(f"--kata-json {path}: can't be written: {error.strerror}")
                # A script must not take what an earlier run wrote for this one's verdicts.
                session.exitstatus = session.exitstatus or pytest.ExitCode.USAGE_ERROR

    def _keep(self, exercises: Mapping[str, Sequence[Summary]]) -> None:
        root = find_root(self._config.rootpath)
        try:
            new = progress.record(root, judged(exercises))
        except SuiteError as error:
            new = ()
            self._problems.append(f"progress is not kept: {error}")
        alone = [key for key, parts in exercises.items() if state(parts) == "solved"]
        self._lessons = lesson_lines(read_suite(root), alone if len(exercises) == 1 else new)

    def pytest_terminal_summary(self, terminalreporter: pytest.TerminalReporter) -> None:
        closed = closing_lines(self._summaries) if self._summaries else []
        closing = [*closed, *self._lessons, *self._problems]
        missing = [
            f"MISSING {key}: the submission has no file of it" for key in sorted(self._missing)
        ]
        to_do = todo_lines(self._summaries)
        parts = {"missing": missing, "set aside": [*self._aside], "to do": to_do, "katas": closing}
        for title, lines in parts.items():
            if lines:
                terminalreporter.ensure_newline()
                terminalreporter.section(title)
                for line in lines:
                    terminalreporter.write_line(line)


def summary_of(report: Any) -> Summary | None:
    """What a property's item put on its report; None for any other, and where it is run again."""
    found: Summary | None = getattr(report, "kata", None)
    return found if report.outcome in ("passed", "failed") else None


def missing_of(report: Any) -> str | None:
    """The key of the exercise that a submission has no file of; None for any other report."""
    found: str | None = getattr(report, "kata_missing", None)
    return found


def _write_json(
    path: Path, exercises: Mapping[str, Sequence[Summary]], config: pytest.Config
) -> None:
    found = [_exercise(key, parts) for key, parts in exercises.items()]
    document = {"schema": SCHEMA, "seed": config.getoption("kata_seed"), "exercises": found}
    path.write_text(json.dumps(document, indent=2, allow_nan=False) + "\n", encoding="utf-8")


def _exercise(key: str, parts: Sequence[Summary]) -> Mapping[str, Any]:
    return {
        "exercise": key,
        "path": parts[0]["path"],
        "hash": parts[0]["hash"],
        "state": state(parts),
        "line": (worst(parts) or parts[0])["line"],
        "verdicts": [each["data"] for each in parts],
    }
