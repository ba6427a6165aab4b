"""What reads our exports, after the rules of each system; it raises Refused where one would."""

import base64
import csv
import json
import math
import re
import xml.etree.ElementTree as ElementTree
from dataclasses import dataclass, field

from markdown_it import MarkdownIt


class Refused(Exception):
    """The system would not take this."""


def read_csv(path):
    """The rows of a CSV, as a strict parser has them."""
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.reader(file, strict=True))


def formulas(rows):
    """The cells that a spreadsheet would compute."""
    begins = re.compile("(^|;)\\s*[=+\\-@\t\r].", re.DOTALL)
    number = re.compile(r"[+-]?\d+(\.\d+)?")
    return [
        cell for row in rows for cell in row if begins.search(cell) and not number.fullmatch(cell)
    ]


@dataclass
class Canvas:
    """A course: its students by id, with SIS id, login and name; its assignments by id."""

    students: dict
    assignments: dict = field(default_factory=dict)
    grades: dict = field(default_factory=dict)
    unknown: list = field(default_factory=list)
    possible: dict = field(default_factory=dict)

    _OWN = re.compile("(Current|Final) (Score|Points|Grade)|Override (Score|Grade|Status)")

    def import_csv(self, path):
        header, *rows = read_csv(path)
        width = self._information(header)
        columns = {
            place: self._assignment(title)
            for place, title in enumerate(header)
            if place >= width and not self._OWN.search(title)
        }
        for row in rows:
            if len(row) != len(header):
                raise Refused(row)
            if "Points Possible" in row[0]:
                self.possible = {name: row[place] for place, name in columns.items()}
                continue
            who = self._student(dict(zip(header[:width], row, strict=False)))
            if who is None:
                self.unknown.append(row[0])
                continue
            for place, name in columns.items():
                score = row[place].strip()
                self.grades[who, name] = None if score in ("", "-") else float(score)

    def _information(self, header):
        if len(header) < 4 or "Student" not in header[0] or "ID" not in header[1]:
            raise Refused(header)
        width = 3
        if header[2] == "SIS Login ID":
            width = 4
        elif header[2:4] == ["SIS User ID", "SIS Login ID"]:
            width = 5 + (header[4] == "Integration ID")
            width += header[width - 1] == "Root Account"
        if "Section" not in header[width - 1]:
            raise Refused(header)
        return width

    def _assignment(self, header):
        found = re.fullmatch(r"(.*)\s\((\d+)\)", header)
        if found and int(found[2]) in self.assignments:
            return self.assignments[int(found[2])]
        return found[1] if found and header not in self.assignments.values() else header

    def _student(self, row):
        # As Ruby's to_i: the digits that the text begins with.
        digits = re.match(r"\s*(\d+)", row["ID"])
        if digits and int(digits[1]) in self.students:
            return int(digits[1])
        for column, kind in (("SIS User ID", "sis_id"), ("SIS Login ID", "login")):
            for who, known in self.students.items():
                if row.get(column) and known[kind] == row[column]:
                    return who
        names = (who for who, known in self.students.items() if known["name"] == row["Student"])
        return next(names, None)


def moodle_gradebook(path, users, highest=100):
    """Import into a gradebook: the user column is the first, the grade the last.

    `users` has the identifiers that the site knows. All is refused for one thing that is wrong.
    """
    header, *rows = read_csv(path)
    grades, user = {}, None
    for row in rows:
        if len(row) != len(header):
            raise Refused(row)
        # What PHP takes for empty leaves the user of the row before in place.
        if row[0].strip() not in ("", "0"):
            user = row[0].strip()
        if user not in users:
            raise Refused(f"unknown user {user!r}")
        score = row[-1].strip()
        if score in ("", "-"):
            continue
        if not re.fullmatch(r"-?\d+(\.\d+)?", score) or float(score) > highest:
            raise Refused(f"bad grade {score!r}")
        if user in grades:
            raise Refused(f"{user!r} twice")
        grades[user] = float(score)
    return header, grades


def moodle_worksheet(path, participants, graded=(), ignore_modified=False):
    """Import into an assignment; it skips unknown participants, and grades newer than the row's."""
    header, *rows = read_csv(path)
    try:
        identifier, grade = header.index("Identifier"), header.index("Grade")
        modified = header.index("Last modified (grade)")
    except ValueError:
        raise Refused(header) from None
    highest = header.index("Maximum grade")
    taken = {}
    for row in rows:
        number = row[identifier][len("Participant ") :]
        newer = number in graded and row[modified] in ("", "-")
        if number not in participants or (newer and not ignore_modified):
            continue
        if 0 <= float(row[grade]) <= float(row[highest]):
            taken[number] = float(row[grade])
    return taken


_FORMATS = {"text", "simple_format", "html", "md", "ansi"}
_VISIBILITY = {"hidden", "after_due_date", "after_published", "visible"}
_TOP = {
    *("score", "execution_time", "output", "output_format", "test_output_format"),
    *("test_name_format", "visibility", "stdout_visibility", "extra_data", "tests", "leaderboard"),
}
_TEST = {
    *("score", "max_score", "status", "name", "name_format", "number", "output", "output_format"),
    *("tags", "visibility", "extra_data"),
}


def gradescope(text):
    """results.json as Gradescope takes it: the score, whether a total shows, and the tests."""
    results = strict_json(text)
    tests = results.get("tests", [])
    _only(results, _TOP)
    for name in ("visibility", "stdout_visibility"):
        _among(results, name, _VISIBILITY)
    for name in ("output_format", "test_output_format", "test_name_format"):
        _among(results, name, _FORMATS)
    for test in tests:
        _only(test, _TEST)
        _among(test, "status", {"passed", "failed"})
        _among(test, "visibility", _VISIBILITY)
        _among(test, "output_format", _FORMATS)
        if ("score" in test) != ("max_score" in test):
            raise Refused(test)
    for part in (results, *tests):
        output = part.get("output", "")
        if len(output) > 100_000 or "\0" in output:
            raise Refused("an output that Gradescope would change")
    if "score" not in results and not any("score" in test for test in tests):
        raise Refused("no score")
    total_shows = all(test.get("visibility", "visible") != "hidden" for test in tests)
    return results["score"], total_shows, tests


def classroom(text, output_line):
    """The reporter's totals, and the results; both ways to them must agree."""
    name, _, coded = output_line.rstrip("\n").partition("=")
    if name != "result" or "\n" in coded:
        raise Refused(output_line)
    results = strict_json(base64.b64decode(coded, validate=True).decode())
    if results != strict_json(text):
        raise Refused("two different results")
    _only(results, {"version", "status", "message", "max_score", "tests"})
    _among(results, "status", {"pass", "fail", "error"})
    if results["version"] != 3:
        raise Refused(results["version"])
    for test in results["tests"]:
        _only(
            test,
            {"name", "status", "message", "test_code", "task_id", "filename", "line_no"}
            | {"duration", "score", "output"},
        )
        _among(test, "status", {"pass", "fail", "error"})
        if len(test.get("output", "")) > 500 or not math.isfinite(test["score"]):
            raise Refused(test)
    points = sum(test["score"] for test in results["tests"])
    return (points, results["max_score"]), results


def classroom50(text, runner):
    """Score and possible score, and the tests, as Classroom 50's validators have it."""
    results = strict_json(text)
    fields = {"schema", "classroom", "assignment", "assignment_type", "owner", "submission"}
    fields |= {"commit", "release", "review", "datetime", "score", "max-score", "tests"}
    if set(results) != fields or results["schema"] != "classroom50/result/v1":
        raise Refused(results)
    if any(results[name] not in runner.values() for name in ("classroom", "assignment", "owner")):
        raise Refused("another repository")
    if not re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ", results["datetime"]):
        raise Refused(results["datetime"])
    for each in (results, *results["tests"]):
        if type(each["score"]) is not int or not 0 <= each["score"] <= each["max-score"]:
            raise Refused(each)
    for test in results["tests"]:
        if type(test["passed"]) is not bool or not test["test-name"]:
            raise Refused(test)
    return (results["score"], results["max-score"]), results["tests"]


def prairielearn(text):
    """The results of an external grader: a score from 0 to 1, and less than 1 MB."""
    results = strict_json(text)
    if len(text.encode()) > 1_000_000 or not 0 <= results["score"] <= 1:
        raise Refused(len(text))
    _only(results, {"gradable", "score", "message", "output", "images", "tests", "format_errors"})
    for test in results["tests"]:
        fields = {"name", "description", "points", "max_points", "message", "output", "images"}
        _only(test, fields)
    return results


_FOREIGN = {"html_block", "html_inline", "link_open", "image", "code_block", "s_open"}

_ATTRIBUTES = {
    "testsuites": {"name", "tests", "failures", "errors", "disabled", "time"},
    "testsuite": {
        *("name", "errors", "failures", "skipped", "tests", "time", "timestamp", "hostname")
    },
    "properties": set(),
    "property": {"name", "value"},
    "testcase": {"classname", "name", "time"},
    "failure": {"message", "type"},
    "error": {"message", "type"},
    "skipped": {"message", "type"},
    "system-out": set(),
    "system-err": set(),
}


def junit(raw):
    """The test suites of a document of the family xunit2."""
    root = ElementTree.fromstring(raw)
    if root.tag != "testsuites":
        raise Refused(root.tag)
    for element in root.iter():
        if not set(element.attrib) <= _ATTRIBUTES[element.tag]:
            raise Refused(element.attrib)
    for suite in root:
        if suite.tag != "testsuite":
            raise Refused(suite.tag)
        cases = suite.findall("testcase")
        if any(len(case) > 1 for case in cases):
            raise Refused("a test case with two outcomes")
        found = {
            "tests": len(cases),
            "errors": len(suite.findall("testcase/error")),
            "failures": len(suite.findall("testcase/failure")),
            "skipped": len(suite.findall("testcase/skipped")),
        }
        if any(int(suite.get(name)) != number for name, number in found.items()):
            raise Refused(suite.attrib)
        if len({(case.get("classname"), case.get("name")) for case in cases}) < len(cases):
            raise Refused("two test cases of one name")
    return list(root)


def strict_json(text):
    """JSON after the standard: no NaN, no key twice, no lone surrogate."""

    def refuse(found):
        raise Refused(found)

    def unique(pairs):
        if len(dict(pairs)) < len(pairs):
            raise Refused(pairs)
        return dict(pairs)

    data = json.loads(text, parse_constant=refuse, object_pairs_hook=unique)
    json.dumps(data, ensure_ascii=False).encode()
    return data


def markdown(text):
    """What a renderer of Markdown shows: text in order, blocks of code, and cells of tables.

    Raises Refused where a student could have put in a link, a picture or HTML.
    """
    shown, blocks, cells = [], [], []
    for token in MarkdownIt("commonmark").enable(["table", "strikethrough"]).parse(text):
        inner = [token, *(token.children or [])]
        if any(each.type in _FOREIGN for each in inner):
            raise Refused(token.content)
        if token.type == "fence":
            blocks.append(token.content.removesuffix("\n"))
        elif token.type == "inline":
            shown.append("".join(each.content for each in token.children))
        elif token.type == "td_open":
            cells.append(len(shown))
    return shown, blocks, [shown[place] for place in cells]


def _only(data, allowed):
    if not set(data) <= allowed:
        raise Refused(set(data) - allowed)


def _among(data, name, allowed):
    if name in data and data[name] not in allowed:
        raise Refused(f"{name}: {data[name]!r}")
