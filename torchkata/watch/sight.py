"""What is in sight of an exercise in `kata watch`: its verdict, or what there is instead."""

from collections.abc import Callable, Collection
from contextlib import suppress

from rich.text import Text

from torchkata.practice.closing import lesson_lines
from torchkata.practice.dashboard import place
from torchkata.practice.progress import Standing, State
from torchkata.practice.summary import state
from torchkata.suite.curriculum import Suite, SuiteError
from torchkata.suite.statement import first_line
from torchkata.watch import view
from torchkata.watch.runner import Runner


def came_out(runner: Runner) -> State | None:
    """How the exercise came out; None where it is not known."""
    if runner.ended.crashed:
        return "failing"
    return None if runner.ended.problem or not runner.parts else state(runner.parts)


def kind(runner: Runner, standing: Standing) -> State | str:
    """What the keys in sight depend on."""
    return "missing" if standing.missing else came_out(runner) or "begun"


def head(runner: Runner, standing: Standing, states: Collection[State]) -> Text:
    """The exercise and how it stands, or what is going on; how many are solved; what was judged."""
    solved = f"{list(states).count('solved')} of {len(states)} solved"
    key = standing.exercise.key
    return view.head(key, came_out(runner), doing(runner), solved, judged_at(runner))


def doing(runner: Runner) -> str:
    """What is going on; empty where nothing is."""
    if not runner.judging:
        return ""
    told = "judging …"
    if runner.seconds >= 1:
        told += f" {runner.seconds:.0f} s"
    if runner.stale and (runner.parts or runner.ended.problem):
        told += ", this is the verdict before"
    return told


def judged_at(runner: Runner) -> str:
    """When the verdict was made, and on which devices; empty where there is none."""
    if runner.judging or not runner.parts or came_out(runner) == "todo":
        return ""
    at = f"judged {runner.at}"
    if len(runner.parts) >= runner.parts[0]["checks"]:
        devices = dict.fromkeys(each["data"]["device"] for each in runner.parts)
        at += f" on {', '.join(devices)}"
    return at


def body(
    runner: Runner,
    standing: Standing,
    suite: Suite,
    following: str,
    statement: Callable[[], list[Text]],
) -> list[Text]:
    """The verdict, or the statement where nothing is written.

    `following` is the next exercise, empty after the last; `statement` gives the statement's lines,
    or raises SuiteError.
    """
    parts, ended = runner.parts, runner.ended
    where = place(standing)
    outcome = came_out(runner)
    if not ended.problem and (not parts or outcome == "todo"):
        if outcome == "todo" or standing.state == "todo":
            with suppress(SuiteError):
                return view.invitation(where, statement())
        return view.introduction(title(standing), where)
    more = runner.judging and not runner.stale
    lines = view.verdict_lines(parts, more) if parts else []
    if ended.problem:
        lines += view.problem_lines(ended, where, str(standing.exercise.stub_path))
        if standing.missing:
            lines.append(Text("x puts the stub back."))
    elif outcome == "solved" and not more:
        lines += view.taken_along(_lessons(suite, standing), following)
    return lines


def title(standing: Standing) -> str:
    """The first line of the exercise's statement, or its name."""
    try:
        return first_line(standing.exercise)
    except SuiteError:
        return standing.exercise.name  # what is wrong with the solution the verdict says


def _lessons(suite: Suite, standing: Standing) -> list[str]:
    try:
        return lesson_lines(suite, [standing.exercise.name])
    except SuiteError as error:
        return [str(error)]
