"""Judges the exercises that have changed since a commit, and writes the job's summary.

    python .github/judge_changed.py COMMIT

An exercise that isn't begun is passed over. Without a commit that git knows, all that are begun are
judged. The annotations are made by pytest-github-actions-annotate-failures.
"""

import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path

from torchkata.suite.curriculum import Exercise, Suite, suite_here
from torchkata.suite.stubs import names_of, stub_of, untouched

STATES = {"solved": "solved", "failing": "failing", "begun": "begun", None: "passes so far"}


def main(since: str) -> int:
    suite = suite_here()
    chosen = [each for each in changed(suite, since) if is_begun(each)]
    if not chosen:
        summarize(["No exercise that is begun has changed."])
        return 0
    with tempfile.TemporaryDirectory() as folder:
        verdicts = Path(folder, "verdicts.json")
        paths = [str(each.stub_path) for each in chosen]
        command = [sys.executable, "-m", "pytest", f"--kata-json={verdicts}", *paths]
        status = subprocess.run(command, check=False).returncode
        if verdicts.exists():
            summarize(summary(json.loads(verdicts.read_text(encoding="utf-8"))["exercises"]))
    return status


def changed(suite: Suite, since: str) -> list[Exercise]:
    """The exercises whose files differ from a commit; all where git doesn't know it."""
    command = ["git", "diff", "--name-only", "-z", since, "--", "exercises"]
    listed = subprocess.run(command, cwd=suite.root, capture_output=True, text=True, check=False)
    if not since or listed.returncode != 0:
        return list(suite.judged)
    paths = {suite.root / path for path in listed.stdout.split("\0") if path}
    return [each for each in suite.judged if each.stub_path in paths]


def is_begun(exercise: Exercise) -> bool:
    if not exercise.stub_path.exists():
        return False
    stub = stub_of(exercise)
    mine = exercise.stub_path.read_text(encoding="utf-8", errors="replace")
    return not names_of(stub) <= untouched(mine, stub)


def summary(exercises: list[dict]) -> list[str]:
    """A table of all, then the verdict on each that is not solved."""
    lines = ["| exercise | | checks that pass |", "| --- | --- | --- |"]
    for each in exercises:
        passed = sum(verdict["outcome"] == "passed" for verdict in each["verdicts"])
        checks = f"{passed} of {len(each['verdicts'])}"
        lines.append(f"| `{each['exercise']}` | {STATES[each['state']]} | {checks} |")
    for each in exercises:
        told = [verdict["text"] for verdict in each["verdicts"] if verdict["outcome"] != "passed"]
        if told:
            # Indented, so that nothing in it is taken for markup.
            verdict = [f"    {line}" for line in told[0].rstrip("\n").split("\n")]
            lines += ["", f"### {each['exercise']}", "", *verdict]
    return lines


def summarize(lines: list[str]) -> None:
    with open(os.environ["GITHUB_STEP_SUMMARY"], "a", encoding="utf-8") as file:
        file.write("\n".join(lines) + "\n")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1] if len(sys.argv) > 1 else ""))
