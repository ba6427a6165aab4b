"""JUnit XML of the family xunit2: a test suite a student, a test case a property. For instructors.

Hidden properties are in it too. The time of an exercise is shared evenly among its properties.
"""

from collections import Counter
from collections.abc import Iterable, Iterator
from typing import TextIO
from xml.etree.ElementTree import Element, SubElement, tostring

from torchkata.grading.grades import ExerciseGrade, PropertyResult, Run, StudentGrade
from torchkata.grading.outputs.harmless import lines, one_line
from torchkata.grading.outputs.wording import called, came_out, figure

_NO_PROPERTY = "judged"
"""The name of the test case of an exercise that has no property to show, or was not judged."""


def write_junit(run: Run, grades: Iterable[StudentGrade], file: TextIO) -> list[str]:
    """Write the document, a test suite at a time; there are no remarks."""
    file.write('<?xml version="1.0" encoding="utf-8"?>\n')
    file.write(f"{tostring(Element('testsuites', name=one_line(run.title)), 'unicode')[:-2]}>\n")
    for grade in grades:
        file.write(tostring(_suite(grade), "unicode") + "\n")
    file.write("</testsuites>\n")
    return []


def _suite(grade: StudentGrade) -> Element:
    cases = [case for each in grade.exercises for case in _cases(each)]
    found = Counter(outcome.tag for case in cases for outcome in case)
    seconds = sum(each.result.seconds for each in grade.exercises if each.result)
    suite = Element(
        "testsuite",
        name=called(grade.student),
        tests=str(len(cases)),
        errors=str(found["error"]),
        failures=str(found["failure"]),
        skipped=str(found["skipped"]),
        time=f"{seconds:.3f}",
    )
    if grade.submitted:
        suite.set("timestamp", grade.submitted.isoformat(timespec="seconds"))
    properties = SubElement(suite, "properties")
    for name, value in _facts(grade):
        SubElement(properties, "property", name=one_line(name), value=one_line(value))
    suite.extend(cases)
    return suite


def _facts(grade: StudentGrade) -> Iterator[tuple[str, str]]:
    yield "id", grade.student.id
    yield "points", figure(grade.points)
    yield "out of", figure(grade.out_of)
    if grade.resting:
        yield "points on the process's word", figure(grade.resting)
    if grade.late:
        yield "late", "yes"
    if grade.problem:
        yield "problem", grade.problem
    for each in grade.exercises:
        if each.override:
            given = f"{figure(each.override.points)}: {each.override.reason}"
            yield f"override of {each.exercise}", given
        for flag in each.result.flags if each.result else ():
            yield f"{flag.kind} in {each.exercise}", flag.says


def _cases(grade: ExerciseGrade) -> Iterator[Element]:
    properties = grade.result.properties if grade.result else ()
    whole = grade.standing == "not judged" or not properties
    seconds = grade.result.seconds / (len(properties) + whole) if grade.result else 0.0
    for each in properties:
        case = _case(grade.exercise, each.name, seconds)
        _add_outcome(case, each)
        yield case
    if whole:
        case = _case(grade.exercise, _NO_PROPERTY, seconds)
        if grade.standing == "not judged":
            SubElement(case, "error", message="could not be judged")
        elif grade.standing == "failing":
            flags = grade.result.flags if grade.result else ()
            SubElement(case, "failure", message=one_line(" ".join(flag.says for flag in flags)))
        elif grade.standing != "solved":
            SubElement(case, "skipped", message=grade.standing)
        yield case


def _case(exercise: str, name: str, seconds: float) -> Element:
    return Element("testcase", classname=exercise, name=one_line(name), time=f"{seconds:.3f}")


def _add_outcome(case: Element, result: PropertyResult) -> None:
    if result.outcome == "failed":
        message = result.headline or result.sentence
        failure = SubElement(case, "failure", message=one_line(message), type=result.stage or "")
        failure.text = lines(result.text)
    elif result.outcome != "passed":
        SubElement(case, "skipped", message=came_out(result.outcome))
