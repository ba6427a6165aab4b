"""What grading takes on a student's word: wrong answers that nothing but an assertion catches.

    python benchmarks/asserted.py [NAME …]

An assertion within a property is decided in the student's process, which may lie; what a property
returns is compared by the judge. So each misconception is run on properties whose assertions are
taken out, and must be caught by what they return or hold to a reference. Exit status 1 where one is
not: have the property return what the assertion is about.
"""

import argparse
import ast
import sys
import types
from pathlib import Path

from torchkata.devices import choice as devices
from torchkata.judge.findings import finding
from torchkata.judge.oracle import Oracle
from torchkata.judge.specification import Specification, specification_in
from torchkata.judge.trial import with_reference
from torchkata.properties import Misconception
from torchkata.suite.curriculum import Exercise, read_suite

ROOT = Path(__file__).parents[1]
DEVICE = "cpu"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("names", nargs="*", metavar="NAME", help="exercises (default: all)")
    chosen = parser.parse_args()
    devices.choose(DEVICE)
    suite = read_suite(ROOT)
    exercises = [suite.find(name) for name in chosen.names] or list(suite.exercises)
    count = resting = 0
    for exercise in exercises:
        whole = caught(Oracle(exercise, 0, with_reference))
        bare = Oracle(exercise, 0, with_reference)
        vars(bare)["specification"] = without_assertions(exercise)
        by_values = caught(bare)
        count += len(whole)
        for name, properties in whole.items():
            if properties and not by_values[name]:
                resting += 1
                print(f"{exercise.key}: {name}: {', '.join(properties)}", flush=True)
    print(f"{count} misconceptions, {resting} of them caught by nothing but assertions")
    sys.exit(1 if resting else 0)


def without_assertions(exercise: Exercise) -> Specification:
    """An exercise's specification in which nothing is asserted or refused; all is still run.

    Its module takes the other's place for good: what is pickled is looked up there.
    """
    name = f"tests.{exercise.topic}.test_{exercise.name}"
    module = types.ModuleType(name)
    module.__file__ = str(exercise.test_path)
    tree = _WithoutAssertions().visit(ast.parse(exercise.test_path.read_text(encoding="utf-8")))
    sys.modules[name] = module
    exec(compile(ast.fix_missing_locations(tree), module.__file__, "exec"), vars(module))
    return specification_in(module, exercise)


class _WithoutAssertions(ast.NodeTransformer):
    def visit_Assert(self, node: ast.Assert) -> ast.AST:
        return ast.copy_location(ast.Expr(node.test), node)

    def visit_Call(self, node: ast.Call) -> ast.AST:
        self.generic_visit(node)
        match node.func:
            case ast.Name(id="NoOperations"):
                return ast.parse("__import__('contextlib').nullcontext()", mode="eval").body
        return node


def caught(oracle: Oracle) -> dict[str, list[str]]:
    """Each misconception of an exercise, and the properties that it fails."""
    return {each.name: catching(oracle, each) for each in oracle.specification.misconceptions}


def catching(oracle: Oracle, mark: Misconception) -> list[str]:
    """The names of the properties that a misconception fails."""
    found = []
    for prop in oracle.specification.properties:
        if mark.of not in prop.targets:
            continue
        expected = oracle.expected(prop, DEVICE)
        seen = oracle.misconceived(mark, prop, DEVICE) or []
        differs = any(
            finding(prop, inputs, DEVICE, wanted, got) is not None
            for inputs, wanted, got in zip(oracle.inputs(prop), expected, seen, strict=False)
        )
        grows = prop.vectorized is not None and oracle.misconception_grows(mark, prop, DEVICE)
        if differs or grows:
            found.append(prop.name)
    return found


if __name__ == "__main__":
    main()
