"""printed.py: prints of every way that there is, kept within bounds; practice and grading agree."""

import ast
import csv
import io
import logging
import sys
import warnings

import pytest

from torchkata.judge.guard import Guard
from torchkata.judge.printed import Printed
from torchkata.suite.curriculum import read_suite


def printed(function):
    with Guard() as guard:
        guard.call(function)
    return guard.printed.text()


FIRST = "\n".join(map(str, range(10)))


@pytest.mark.parametrize(
    ("prints", "kept"),
    [
        (lambda: [print(n) for n in range(10)], FIRST),
        (lambda: [print(n) for n in range(11)], f"{FIRST}\n… and more"),
        (lambda: [print(n) for n in range(100_000)], f"{FIRST}\n… and more"),
        (lambda: print("\n".join(map(str, range(100_000)))), f"{FIRST}\n… and more"),
        (lambda: [print("x", end="") for _ in range(100_000)], "x" * 200),
        (lambda: print("x" * 1_000_000), "x" * 200),
        (lambda: print("\n".join(["x" * 500] * 10)), "\n".join(["x" * 200] * 10)),
        (lambda: sys.stdout.flush(), ""),
    ],
    ids=["10 lines", "11 lines", "many", "one text", "no newline", "one line", "wide", "none"],
)
def test_the_first_lines_are_kept(prints, kept):
    assert printed(prints) == kept


def test_what_is_not_kept_costs_no_memory():
    kept = Printed()
    for _ in range(100):
        assert kept.write("x" * 1_000_000) == 1_000_000
    assert sum(map(len, kept._kept.lines)) < 10_000


def logs():
    handler = logging.StreamHandler()
    logging.getLogger("learner").addHandler(handler)
    logging.getLogger("learner").warning("a warning")
    logging.getLogger("learner").removeHandler(handler)


def draws_a_bar(steps=200):
    for step in range(steps):
        sys.stderr.write(f"\r{step + 1}/{steps} " + "#" * 50)
        sys.stderr.flush()
    sys.stderr.write("\n")


def closes():
    print("before")
    sys.stdout.close()


def detaches():
    print("before")
    sys.stdout.detach()


WAYS = {
    "bytes": (lambda: sys.stdout.buffer.write(b"one\xff\n"), "one\ufffd"),
    "lines": (lambda: sys.stdout.writelines(["a\n", "b\n"]), "a\nb"),
    "surrogates": (lambda: print("\ud800"), "\\ud800"),
    "a bar": (draws_a_bar, "200/200 " + "#" * 50),
    "bars": (lambda: [draws_a_bar(5) for _ in range(3)], "\n".join(["5/5 " + "#" * 50] * 3)),
    "windows": (lambda: print("a\r\nb\r"), "a\nb"),
    "logging": (logs, "a warning"),
    "warnings": (lambda: warnings.warn("no", stacklevel=1), ""),
    "reconfigured": (lambda: (sys.stdout.reconfigure(line_buffering=True), print("a")), "a"),
    "closed": (closes, "before"),
    "detached": (detaches, "before"),
    "terminal": (lambda: print(sys.stdout.isatty(), sys.stdout.encoding), "False utf-8"),
}


@pytest.mark.parametrize("way", WAYS)
def test_each_way_to_print(way):
    prints, kept = WAYS[way]
    assert printed(prints) == kept


def test_there_is_no_descriptor_to_lose():
    with pytest.raises(io.UnsupportedOperation, match="fileno"):
        printed(lambda: sys.stdout.fileno())


LOUD = """
import logging as _logging, sys as _sys, warnings as _warnings

def _loud():
    for step in range(15):
        print("line", step)
        print("line", step, file=_sys.stderr)
        _sys.stderr.write(f"\\r{step}/15 ###")
        _sys.stdout.buffer.write(b"raw\\n")
    _sys.stdout.flush()
    _logging.basicConfig()
    _logging.warning("logged")
    _warnings.warn("warned")
"""


def loud(text):
    """A file whose every function prints in each way before it does what it does."""
    tree = ast.parse(text)
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef):
            told = isinstance(node.body[0], ast.Expr) and isinstance(
                node.body[0].value, ast.Constant
            )
            node.body.insert(int(told), ast.parse("_loud()").body[0])
    return ast.unparse(ast.fix_missing_locations(tree)) + LOUD


def test_practice_and_grading_agree_on_files_that_print(clone, tmp_path):
    exercises = read_suite(clone.root).exercises
    for each in exercises:
        clone.write(each.key, loud(each.solution_path.read_text()))
    done = clone.pytest("exercises", "-q", "-p", "no:cacheprovider")
    assert done.returncode == 0, done.stdout
    done = clone.kata("grade", str(clone.root / "exercises"), "--out", str(tmp_path / "out"))
    if "--unsandboxed" in done.stdout:
        pytest.skip(done.stdout)
    assert done.returncode == 0, done.stdout
    with (tmp_path / "out/grades.csv").open() as file:
        (row,) = csv.DictReader(file)
    assert {each.key: row[each.key] for each in exercises} == {each.key: "1" for each in exercises}
