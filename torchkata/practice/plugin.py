"""The pytest plugin: `pytest exercises/…` judges the learner, `pytest tests` checks the suite."""

import gc
from collections.abc import Generator
from pathlib import Path
from typing import Any

import pytest

from torchkata.practice.options import add_options, keep_crash_descriptor
from torchkata.practice.report import Reports, missing_of, summary_of
from torchkata.suite.submission import UNPROTECTED


def pytest_addoption(parser: pytest.Parser) -> None:
    add_options(parser)


def pytest_configure(config: pytest.Config) -> None:
    keep_crash_descriptor(config)
    if not hasattr(config, "workerinput"):  # a worker's results come together elsewhere
        config.pluginmanager.register(Reports(config), "kata-reports")


def pytest_unconfigure(config: pytest.Config) -> None:
    from torchkata.practice.crashes import forget

    forget(config)


def pytest_sessionstart(session: pytest.Session) -> None:
    """Refuse a wrong --device or --submission before anything is judged."""
    given = session.config.getoption("kata_devices"), session.config.getoption("kata_submission")
    if given != (None, None):
        from torchkata.practice.session import KataSession

        KataSession.of(session.config)


def pytest_report_header(config: pytest.Config) -> list[str]:
    return [] if config.getoption("kata_submission") is None else [UNPROTECTED]


@pytest.hookimpl(tryfirst=True)
def pytest_collection(session: pytest.Session) -> None:
    """Have the name of a learner's function select its properties."""
    if any("::" in argument for argument in session.config.args):
        from torchkata.practice.selection import resolve

        resolve(session.config)


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_collect_file(
    file_path: Path, parent: pytest.Collector
) -> Generator[None, list[pytest.Collector], list[pytest.Collector]]:
    """A file of an exercise is collected by torchkata alone, not as a Python module as well."""
    others = yield
    from torchkata.practice.session import exercise_of

    exercise = exercise_of(parent.config, file_path)
    if exercise is None:
        return others
    if file_path == exercise.stub_path:
        from torchkata.practice.items import ExerciseFile

        return [ExerciseFile.of(parent, file_path, exercise)]
    from torchkata.practice.answers import AnswerFile
    from torchkata.practice.selfcheck import SelfCheckFile

    kind = SelfCheckFile if file_path == exercise.test_path else AnswerFile
    return [kind.of(parent, file_path, exercise)]


@pytest.hookimpl(wrapper=True)
def pytest_collection_modifyitems(
    config: pytest.Config, items: list[pytest.Item]
) -> Generator[None, None, None]:
    from torchkata.practice.items import arrange, hide_devices, show_devices

    hide_devices(items)
    yield
    show_devices(items)
    if not config.option.collectonly:
        arrange(config, items)


@pytest.hookimpl(trylast=True)
def pytest_collection_finish(session: pytest.Session) -> None:
    """Make what answer keys lack, before any learner's code runs.

    Then spare the garbage collector what is there by now, which is most of all: torch stays.
    """
    if not session.config.option.collectonly:
        from torchkata.practice.answer_keys import complete

        complete(session.config, session.items)
    gc.freeze()


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(
    item: pytest.Item, call: pytest.CallInfo[None]
) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    report = yield
    from torchkata.practice.items import AsideItem, PropertyItem

    if isinstance(item, AsideItem) and report.when == "call":
        vars(report)["kata_aside"] = item.told
    if isinstance(item, PropertyItem) and report.when == "call":
        if item.summary is not None:
            vars(report)["kata"] = item.summary
        if item.parent.is_missing:
            vars(report)["kata_missing"] = item.parent.exercise.key
    return report


@pytest.hookimpl(tryfirst=True)
def pytest_report_teststatus(report: pytest.TestReport) -> tuple[str, str, Any] | None:
    if missing_of(report) is not None:
        return "missing", "M", ("MISSING", {"yellow": True})
    summary = summary_of(report)
    if summary is None:
        return None
    if summary["repeats"]:
        return "", "", ""
    if summary["outcome"] == "todo":
        return "todo", "T", ("TODO", {"yellow": True})
    return None


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> Any:
    """Keep the items of one file in one process: it is loaded once, and can end only that one."""
    chosen = config.getoption("dist")
    if chosen in ("load", "worksteal"):
        from torchkata.practice.scheduling import Together

        return Together(config, log)
    if chosen == "loadgroup":
        from torchkata.practice.scheduling import GroupOrTogether

        return GroupOrTogether(config, log)
    return None
