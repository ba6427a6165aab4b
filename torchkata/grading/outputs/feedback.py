"""Feedback: one Markdown file a student, with what the student may see and nothing else."""

import os
from collections.abc import Iterable, Iterator
from pathlib import Path

from torchkata.grading.grades import ExerciseGrade, PropertyResult, Run, StudentGrade
from torchkata.grading.outputs import wording
from torchkata.grading.outputs.harmless import block, code, cut, markdown, short
from torchkata.grading.outputs.output_files import file_name, replacing
from torchkata.grading.outputs.wording import figure

_QUOTED = (
    "What an exception says and what was printed is quoted from the submitted code, cut short."
)


def feedback(run: Run, grade: StudentGrade) -> str:
    """The feedback for one student, in Markdown. Nothing of the grader's machine is in it."""
    parts = [f"# {markdown(run.title)}", markdown(wording.called(grade.student))]
    parts += [f"**{figure(grade.points)} of {figure(grade.out_of)} points**"]
    parts += [*_lateness(grade), *_submission(grade)]
    if grade.exercises:
        parts.append(_table(grade.exercises))
    for exercise in grade.exercises:
        if exercise.standing != "solved":
            parts += _exercise(exercise, run.limit)
    if any(each.text for exercise in grade.exercises for each in wording.shown(exercise)):
        parts += ["---", _QUOTED]
    return "\n\n".join(parts) + "\n"


def write_feedback(folder: Path, run: Run, grades: Iterable[StudentGrade]) -> None:
    """Write the feedback of a class into `folder`, and remove that of students who have left.

    The folder is for this alone: any other Markdown file in it is removed. Raises OSError.
    """
    folder.mkdir(parents=True, exist_ok=True)
    written = set()
    for grade in grades:
        path = feedback_path(folder, grade.student.id)
        with replacing(path) as file:
            file.write(feedback(run, grade))
        written.add(path.name)
    with os.scandir(folder) as entries:
        gone = [each for each in entries if each.name.endswith(".md") and each.name not in written]
    for entry in gone:
        if not entry.is_dir(follow_symlinks=False):
            os.unlink(entry)


def feedback_path(folder: Path, student_id: str) -> Path:
    """Where in `folder` the feedback of a student is."""
    return folder / f"{file_name(student_id)}.md"


def _submission(grade: StudentGrade) -> Iterator[str]:
    """What was submitted, when, and what of it did not count."""
    if grade.source:
        late = ", late" if grade.late else ""
        yield f"Submitted: {code(short(_own(grade.source)))}{_when(grade)}{late}."
    else:
        yield "Nothing was submitted."
    if grade.superseded:
        earlier = ", ".join(code(short(_own(each))) for each in grade.superseded)
        yield f"Not judged, because a later one counts: {earlier}."
    if grade.problem:
        yield f"**It could not be read:** {markdown(grade.problem)}"
    if grade.notes:
        yield "\n".join(f"- {markdown(each)}" for each in grade.notes)


def _lateness(grade: StudentGrade) -> Iterator[str]:
    if grade.lateness is None or not grade.lateness.says:
        return
    after = f" That leaves **{figure(grade.final)} points**." if grade.lateness.percent else ""
    yield f"{markdown(grade.lateness.says)}{after}"


def _own(source: str) -> str:
    """The student's own part of where a submission lies."""
    return source.rstrip("/").rpartition("/")[2]


def _when(grade: StudentGrade) -> str:
    if grade.submitted is None:
        return ""
    is_utc = grade.submitted.tzinfo is not None and not grade.submitted.utcoffset()
    return f", {grade.submitted:%Y-%m-%d %H:%M}{' UTC' if is_utc else f'{grade.submitted:%z}'}"


def _table(exercises: Iterable[ExerciseGrade]) -> str:
    rows = ["| Exercise | Standing | Points |", "| --- | --- | ---: |"]
    for each in exercises:
        points = f"{figure(each.points)} of {figure(each.out_of)}"
        if each.override:
            points += ", given by your instructor"
        rows.append(f"| {markdown(each.exercise)} | {wording.standing(each)} | {points} |")
    overrides = [
        f"- {markdown(each.exercise)}: {markdown(wording.override(each))}"
        for each in exercises
        if each.override
    ]
    return "\n".join(rows) + ("\n\n" + "\n".join(overrides) if overrides else "")


def _exercise(grade: ExerciseGrade, limit: float) -> Iterator[str]:
    yield f"## {markdown(grade.exercise)}: {grade.standing}"
    if grade.result and grade.result.file:
        yield f"Your file: {code(short(grade.result.file))}"
    for sentence in wording.sentences(grade, limit):
        yield markdown(sentence)
    if grade.standing == "failing":
        seen = wording.shown(grade)
        for each in sorted(seen, key=lambda prop: prop.outcome != "failed"):
            yield from _property(each)
        if told := wording.hidden(grade):
            yield told
    yield f"To practise: {code(f'pytest exercises/{grade.exercise}.py')}"


def _property(result: PropertyResult) -> Iterator[str]:
    sentence = markdown(result.sentence or result.name)
    if result.outcome != "failed":
        yield f"- {sentence} ({wording.came_out(result.outcome)})"
        return
    yield f"### {sentence}"
    yield f"Failed on {markdown(result.device)}." if result.device else "Failed."
    if result.text:
        yield block(cut(result.text))
    elif result.headline:
        yield markdown(result.headline)
    if result.says and " ".join(result.says.split()) not in " ".join(result.text.split()):
        yield f"This looks like: {markdown(result.says)}"
