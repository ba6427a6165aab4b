"""Mutation testing of the solutions: every small change of one must be caught by a property.

    python benchmarks/mutants.py [NAME …] [--workers N]

Changes each solution in one place at a time, judges the result as a learner's file on the CPU and
on sim, and prints what survives. A mutant that behaves just as the solution does stands in
equivalent_mutants.toml with its reason. Exit status 1 where another one survives, where one that is
listed there is caught or gone, or where a property catches nothing at all: no mutant, no
misconception and no wrong answer.
"""

import argparse
import ast
import os
import sys
import tempfile
import tomllib
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from contextlib import suppress
from dataclasses import dataclass
from multiprocessing import get_context
from pathlib import Path
from typing import TYPE_CHECKING, Any

from torchkata.suite.curriculum import Exercise, read_suite

if TYPE_CHECKING:
    from torchkata.judge.judging import Judge
    from torchkata.judge.oracle import Subject

ROOT = Path(__file__).parents[1]
EQUIVALENT = Path(__file__).with_name("equivalent_mutants.toml")
LIMIT = 4.0
DEVICES = ("cpu", "sim")

_OTHER: dict[type, type] = {
    ast.Add: ast.Sub,
    ast.Sub: ast.Add,
    ast.Mult: ast.Add,
    ast.Div: ast.Mult,
    ast.FloorDiv: ast.Mult,
    ast.Mod: ast.FloorDiv,
    ast.Pow: ast.Mult,
    ast.MatMult: ast.Mult,
    ast.BitAnd: ast.BitOr,
    ast.BitOr: ast.BitAnd,
    ast.Lt: ast.LtE,
    ast.LtE: ast.Lt,
    ast.Gt: ast.GtE,
    ast.GtE: ast.Gt,
    ast.Eq: ast.NotEq,
    ast.NotEq: ast.Eq,
    ast.Is: ast.IsNot,
    ast.IsNot: ast.Is,
    ast.In: ast.NotIn,
    ast.NotIn: ast.In,
    ast.And: ast.Or,
    ast.Or: ast.And,
}
_TURNED: dict[type, type] = {ast.Lt: ast.Gt, ast.Gt: ast.Lt, ast.LtE: ast.GtE, ast.GtE: ast.LtE}


@dataclass(frozen=True, slots=True)
class Mutant:
    """A changed solution: its text, and the line before and after the change."""

    change: str
    source: str


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of an exercise's mutants; `killers` are the properties that caught one."""

    exercise: str
    count: int
    survivors: tuple[str, ...]
    killers: frozenset[str]
    properties: tuple[str, ...]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("names", nargs="*", metavar="NAME", help="exercises (default: all)")
    parser.add_argument("--workers", type=int, default=os.cpu_count(), metavar="N")
    chosen = parser.parse_args()
    suite = read_suite(ROOT)
    exercises = [suite.find(name) for name in chosen.names] or list(suite.judged)
    listed = tomllib.loads(EQUIVALENT.read_text(encoding="utf-8"))
    with ProcessPoolExecutor(
        chosen.workers, mp_context=get_context("spawn"), max_tasks_per_child=1
    ) as pool:
        outcomes = list(pool.map(judge_mutants, exercises))
    sound = [report(each, listed.get(each.exercise, {})) for each in outcomes]
    mutants = sum(each.count for each in outcomes)
    equivalent = sum(len(listed.get(each.exercise, {})) for each in outcomes)
    print(
        f"{len(outcomes)} exercises, {mutants} mutants: {equivalent} equivalent, "
        f"{sum(len(each.survivors) for each in outcomes) - equivalent} survive that should not"
    )
    sys.exit(0 if all(sound) else 1)


def report(outcome: Outcome, listed: dict[str, str]) -> bool:
    """Print what is not as it should be with one exercise; whether all is."""
    problems = [f"survives: {each}" for each in outcome.survivors if each not in listed]
    problems += [f"not equivalent: {each}" for each in listed if each not in outcome.survivors]
    idle = [each for each in outcome.properties if each not in outcome.killers]
    problems += [f"catches nothing: {each}" for each in idle]
    for problem in problems:
        print(f"{outcome.exercise}: {problem}")
    return not problems


def judge_mutants(exercise: Exercise) -> Outcome:
    """Judge every mutant of an exercise's solution, its misconceptions and its wrong answers."""
    from torchkata.devices import choice as devices
    from torchkata.judge.judging import Judge
    from torchkata.judge.loading import LearnerFile, NotLoadable
    from torchkata.suite.settings import Settings

    devices.choose(",".join(DEVICES))
    judge = Judge(exercise, Settings(limit=LIMIT))
    oracle = judge.oracle
    properties = oracle.specification.properties
    killers: set[str] = set()
    survivors: list[str] = []
    made = list(mutants(exercise.solution_path.read_text(encoding="utf-8")))
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, exercise.stub_path.name)
        for mutant in made:
            path.write_text(mutant.source, encoding="utf-8")
            found = _killers(judge, path)
            killers |= found
            if not found:
                survivors.append(mutant.change)
    subjects = [
        judge.oracle.wrong_answer(mark) for mark in judge.oracle.specification.misconceptions
    ]
    for path in exercise.answers_path.glob("wrong_*.py"):
        with suppress(NotLoadable):
            subjects.append(
                judge.learner(LearnerFile(path, judge.oracle.stub), f"mutants.{path.stem}")
            )
    for subject in subjects:
        for device in DEVICES:
            killers |= _caught(judge, subject, device)
    names = tuple(prop.name for prop in properties)
    return Outcome(exercise.key, len(made), tuple(survivors), frozenset(killers), names)


def _killers(judge: "Judge", path: Path) -> set[str]:
    """The properties that a file fails, on the first device where it fails any."""
    from torchkata.judge.loading import LearnerFile, NotLoadable

    try:
        subject = judge.learner(LearnerFile(path, judge.oracle.stub), "mutants.mutant")
    except NotLoadable:
        return {prop.name for prop in judge.oracle.specification.properties}
    found: set[str] = set()
    for device in DEVICES:
        found = found or _caught(judge, subject, device)
    return found


def _caught(judge: "Judge", subject: "Subject", device: str) -> set[str]:
    """The properties that an answer fails on a device."""
    return {
        prop.name
        for prop in judge.oracle.specification.properties
        if judge.breach(prop, subject, device) is not None
        or judge.judge(prop, subject, device, brief=True).outcome != "passed"
    }


def mutants(source: str) -> Iterator[Mutant]:
    """Every mutant of a solution: one change each, in code that runs when it is judged."""
    tree = ast.parse(source)
    before = ast.unparse(tree)
    seen = {before}
    for holder, place, node in list(_code(tree)):
        for other in replacements(node):
            holder[place] = other
            text = ast.unparse(ast.fix_missing_locations(tree))
            if text not in seen:
                seen.add(text)
                yield Mutant(_told(before.split("\n"), text.split("\n")), text)
        holder[place] = node


def _code(node: ast.AST) -> Iterator[tuple[Any, Any, ast.AST]]:
    """Every node below `node` that is run, as what holds it, its place there, and itself."""
    for field, value in ast.iter_fields(node):
        if field in ("annotation", "returns", "decorator_list"):
            continue
        inside: Any = value if isinstance(value, list) else vars(node)
        places = range(len(value)) if isinstance(value, list) else [field]
        for place in places:
            each = inside[place]
            if isinstance(each, ast.AST) and not _is_text(each):
                yield inside, place, each
                yield from _code(each)


def _is_text(node: ast.AST) -> bool:
    """Whether a statement is a docstring, an import, or a table that the stub holds as well."""
    match node:
        case ast.Import() | ast.ImportFrom() | ast.Expr(value=ast.Constant()):
            return True
        case ast.Assign(targets=[ast.Name(id=name)]):
            return name.isupper() and not name.startswith("_")
    return False


def replacements(node: ast.AST) -> Iterator[ast.AST]:
    """What a node is changed to: another operator, a neighbouring number, something left out."""
    match node:
        case ast.Compare(ops=[operator]):
            for others in (_OTHER, _TURNED):
                if type(operator) in others:
                    yield _with(node, ops=[others[type(operator)]()])
        case ast.BinOp(op=operator) | ast.BoolOp(op=operator) | ast.AugAssign(op=operator):
            if type(operator) in _OTHER:
                yield _with(node, op=_OTHER[type(operator)]())
        case ast.UnaryOp(operand=operand):
            yield operand
        case ast.Constant(value=bool(value)):
            yield ast.Constant(not value)
        case ast.Constant(value=int(value) | float(value)):
            yield ast.Constant(value + 1)
            yield ast.Constant(value - 1)
        case ast.If() | ast.IfExp() | ast.While():
            yield _with(node, test=ast.Constant(True))
            yield _with(node, test=ast.Constant(False))
        case ast.Call(args=args, keywords=keywords):
            for place in range(len(keywords)):
                yield _with(node, keywords=keywords[:place] + keywords[place + 1 :])
            if len(args) > 1:
                yield _with(node, args=[args[1], args[0], *args[2:]])
        case ast.Return(value=ast.expr()):
            yield ast.Return(ast.Constant(None))
        case ast.With(body=body):
            yield ast.If(ast.Constant(True), body, [])
        case ast.Assign() | ast.AugAssign() | ast.Expr() | ast.Raise() | ast.Delete():
            yield ast.Pass()


def _with(node: ast.AST, **changed: Any) -> ast.AST:
    """A copy of a node with other fields."""
    return type(node)(**{**dict(ast.iter_fields(node)), **changed})


def _told(before: list[str], after: list[str]) -> str:
    """The first line that differs, before and after."""
    pairs = zip(before, after, strict=False)
    one, other = next(((a, b) for a, b in pairs if a != b), (before[-1], after[-1]))
    return f"{one.strip()} -> {other.strip()}"


if __name__ == "__main__":
    main()
