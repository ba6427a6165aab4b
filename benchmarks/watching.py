"""How fast `kata watch` answers a save, and what it holds in memory.

In a real pseudo-terminal, for practice.py; as a program, on the page of `--web` in a real Chromium,
or with `--all` of every exercise in a terminal, solved and with its first wrong answer:

    python benchmarks/watching.py --runs 20
    python benchmarks/watching.py --runs 3 --all
"""

import argparse
import os
import re
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pexpect
from selenium import webdriver
from selenium.webdriver.chrome.service import Service
from selenium.webdriver.support.ui import WebDriverWait

from torchkata.suite.curriculum import read_suite

ROOT = Path(__file__).parents[1]

SETTLED = r"checks pass\x1b"
# What is drawn where the verdict is in sight: that of a failing file at first, or settled at once.
MARKS = {"solved": ["Solved: all"], "failing": [SETTLED, "looking for a smaller input"]}
SIZE = (40, 100)

# Notes when the browser has drawn a verdict, in milliseconds as time.time() has seconds.
SEEN = """
window.seen = [];
new MutationObserver(() => requestAnimationFrame(() => setTimeout(() => {
  const at = performance.timeOrigin + performance.now();
  const verdict = document.getElementById("verdict");
  if (verdict.querySelector("article")) {
    const early = verdict.textContent.includes("Looking for a smaller input");
    seen.push([at, "failing", !early]);
  } else if (verdict.querySelector("h2.solved")) seen.push([at, "solved", true]);
}))).observe(document.getElementById("verdict"), { childList: true });
"""

TICK = 1 / os.sysconf("SC_CLK_TCK")


def answers(clone: Path, key: str, mistake: tuple[str, str], runs: int) -> None:
    """From a save to its verdict, against the same check by a whole pytest, side by side.

    `mistake` is what stands in the solution, and what in a file that fails.
    """
    right = (clone / "solutions" / f"{key}.py").read_text()
    wrong = right.replace(*mistake)
    assert wrong != right, f"The solution of {key} has changed: mend its mistake."
    took = saves(clone, key, wrong, runs)
    for outcome, taken in took.warm.items():
        whole = statistics.median(took.cold[outcome])
        print(
            f"kata watch, {key} {outcome}, from save to verdict: {spread(taken)}; whole "
            f"pytest: {whole:.2f} s; ratio {statistics.median(taken) / whole:.3f}"
        )
    print(f"kata watch, {key} failing, to the smallest input and why: {spread(took.settled)}")
    print(f"kata watch, {key}, idle with its warm processes: {took.held / 2**20:.0f} MB")


def everything(clone: Path, runs: int) -> None:
    """The same ratio for every exercise, and the median of all."""
    ratios: dict[str, list[float]] = {"solved": [], "failing": []}
    for exercise in read_suite(ROOT).judged:
        wrong = min(exercise.answers_path.glob("wrong_*.py")).read_text()
        took = saves(clone, exercise.key, wrong, runs)
        told = []
        for outcome, found in ratios.items():
            warm, cold = (statistics.median(each[outcome]) for each in (took.warm, took.cold))
            found.append(warm / cold)
            told.append(f"{outcome} {warm * 1000:.0f} ms, {found[-1]:.3f} of a whole pytest")
        print(f"{exercise.key}: {'; '.join(told)}", flush=True)
    for outcome, found in ratios.items():
        print(
            f"{outcome}, all {len(found)}: median {statistics.median(found):.3f}, largest "
            f"{max(found):.3f}, {sum(each > 0.05 for each in found)} over 0.05"
        )


@dataclass(frozen=True)
class Saves:
    """Seconds from a save to its verdict, `warm` and by a whole pytest, by what is in the file.

    `settled` are those until the smallest input of what fails; `held` are bytes at rest.
    """

    warm: dict[str, list[float]]
    cold: dict[str, list[float]]
    settled: list[float]
    held: int


def saves(clone: Path, key: str, wrong: str, runs: int) -> Saves:
    """Save the solution of an exercise and a wrong answer in turn, each watched and by pytest."""
    path = clone / "exercises" / f"{key}.py"
    right = (clone / "solutions" / f"{key}.py").read_text()
    texts = {"solved": right, "failing": wrong}
    warm: dict[str, list[float]] = {outcome: [] for outcome in texts}
    settled: list[float] = []
    cold: dict[str, list[float]] = {outcome: [] for outcome in texts}
    path.write_text(wrong)
    with watched(clone, key.rpartition("/")[2]) as child:
        for turn in range(runs + 1):
            for outcome, text in texts.items():
                rest(child)
                start = time.perf_counter()
                path.write_text(f"{text}\n# save {turn}\n")
                found = child.expect(MARKS[outcome])
                taken = time.perf_counter() - start
                if outcome == "failing" and turn:
                    if MARKS[outcome][found] != SETTLED:
                        child.expect(SETTLED)
                    settled.append(time.perf_counter() - start)
                rest(child)
                start = time.perf_counter()
                judge(clone, path)
                if turn:  # the first one warms up
                    warm[outcome].append(taken)
                    cold[outcome].append(time.perf_counter() - start)
        rest(child)
        held = sum(proportional_set(pid) for pid in tree(child))
    path.write_text(right)
    return Saves(warm, cold, settled, held)


def pages(clone: Path, key: str, mistake: tuple[str, str], runs: int) -> None:
    """From a save to its verdict on the page of `--web`, drawn."""
    path = clone / "exercises" / f"{key}.py"
    right = (clone / "solutions" / f"{key}.py").read_text()
    texts = {"solved": right, "failing": right.replace(*mistake)}
    shown: dict[str, list[float]] = {outcome: [] for outcome in texts}
    settled: list[float] = []
    path.write_text(texts["failing"])
    kata = str(Path(sys.executable).with_name("kata"))
    command = ["watch", key.rpartition("/")[2], "--web", "--no-open"]
    child = pexpect.spawn(kata, command, cwd=clone, dimensions=(40, 200), timeout=60)
    driver = chromium()
    try:
        child.expect(r"http://\S+/")
        driver.get(child.match.group().decode())
        WebDriverWait(driver, 60).until(lambda it: "checks pass." in it.page_source)
        driver.execute_script(SEEN)
        for turn in range(runs + 1):
            for outcome, text in texts.items():
                rest(child)
                driver.execute_script("seen.length = 0")
                start = time.time()
                path.write_text(f"{text}\n# save {turn}\n")
                times = WebDriverWait(driver, 60).until(lambda it, wanted=outcome: told(it, wanted))
                if turn:  # the first one warms up
                    shown[outcome].append(times[0] / 1000 - start)
                    if outcome == "failing":
                        settled.append(times[-1] / 1000 - start)
    finally:
        driver.quit()
        child.close(force=True)
    for outcome, taken in shown.items():
        print(f"kata watch --web, {key} {outcome}, from save to picture: {spread(taken)}")
    print(f"kata watch --web, {key} failing, to the smallest input and why: {spread(settled)}")


def told(driver: webdriver.Chrome, outcome: str) -> list[float] | None:
    """When verdicts of an outcome were drawn, the first and the last; None until the last is."""
    seen = [
        (at, last) for at, came, last in driver.execute_script("return seen") if came == outcome
    ]
    return [at for at, _ in seen] if seen and seen[-1][1] else None


def chromium() -> webdriver.Chrome:
    options = webdriver.ChromeOptions()
    options.binary_location = shutil.which("chromium") or ""
    for argument in ("--headless=new", "--no-sandbox", "--disable-dev-shm-usage"):
        options.add_argument(argument)
    return webdriver.Chrome(options=options, service=Service(shutil.which("chromedriver")))


def spread(seconds: Sequence[float]) -> str:
    """The median and the 95th percentile, in milliseconds."""
    percentiles = statistics.quantiles(seconds, n=20, method="inclusive")
    median = statistics.median(seconds)
    return f"median {median * 1000:.0f} ms, 95th percentile {percentiles[-1] * 1000:.0f} ms"


@contextmanager
def watched(clone: Path, name: str) -> Iterator["pexpect.spawn[Any]"]:
    """`kata watch NAME` that has drawn its first verdict, a failing one."""
    kata = str(Path(sys.executable).with_name("kata"))
    child = pexpect.spawn(kata, ["watch", name], cwd=clone, dimensions=SIZE, timeout=60)
    try:
        child.expect(SETTLED)
        yield child
        child.send("q")
        child.expect(pexpect.EOF)
    finally:
        child.close(force=True)


def judge(clone: Path, path: Path) -> None:
    """The whole command that judges the file; its exit status depends on what is in the file."""
    pytest = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider"]
    done = subprocess.run([*pytest, str(path)], cwd=clone, capture_output=True, check=False)
    assert done.returncode in (0, 1), done.stdout.decode()


def rest(child: "pexpect.spawn[Any]") -> None:
    """Wait until the watch rests: the process for the next save is ready. Reads what it draws."""
    quiet = 0
    before = -1.0
    while quiet < 3:
        with suppress(pexpect.TIMEOUT):
            deadline = time.monotonic() + 0.3
            while time.monotonic() < deadline:
                child.read_nonblocking(2**16, timeout=0.3)
        used = sum(processor_time(pid) for pid in tree(child))
        quiet = quiet + 1 if abs(used - before) <= 2 * TICK else 0
        before = used


def tree(child: "pexpect.spawn[Any]") -> list[int]:
    """The process ids of a command and of all that come from it."""
    assert child.pid is not None
    children: dict[int, list[int]] = {}
    for entry in Path("/proc").glob("[0-9]*"):
        with suppress(OSError):
            children.setdefault(int(status(entry.name)[1]), []).append(int(entry.name))
    found = [child.pid]
    for pid in found:
        found += children.get(pid, [])
    return found


def processor_time(pid: int) -> float:
    """The seconds of processor time that a process has used."""
    try:
        fields = status(pid)
    except OSError:
        return 0.0
    return (int(fields[11]) + int(fields[12])) * TICK


def status(pid: int | str) -> list[str]:
    """The fields of /proc/PID/stat from the third on: a name may hold spaces."""
    return Path(f"/proc/{pid}/stat").read_text().rpartition(") ")[2].split()


def proportional_set(pid: int) -> int:
    """Bytes of memory; what is shared counts in parts. It is less beside other torch processes."""
    rollup = Path(f"/proc/{pid}/smaps_rollup").read_text()
    found = re.search(r"^Pss:\s+(\d+) kB", rollup, re.MULTILINE)
    assert found is not None, rollup
    return int(found[1]) * 1024


def main() -> None:
    parser = argparse.ArgumentParser(description="How fast `kata watch` answers a save.")
    parser.add_argument("--runs", type=int, default=20, help="counted saves of each file")
    parser.add_argument("--all", action="store_true", help="every exercise, in a terminal")
    asked = parser.parse_args()
    runs = max(asked.runs, 2)
    with tempfile.TemporaryDirectory() as folder:
        clone = Path(folder, "clone")
        shutil.copytree(ROOT, clone, ignore=shutil.ignore_patterns(".*", "__pycache__"))
        if asked.all:
            everything(clone, runs)
            return
        pages(clone, "indexing/one_hot", ("dtype=dtype, ", ""), runs)
        pages(clone, "optim/sgd_update", (".sub_(", ".add_("), runs)


if __name__ == "__main__":
    main()
