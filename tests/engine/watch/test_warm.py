"""Warm processes: what they tell, how they end, and where there is no fork."""

import importlib.resources
import os
import select
import subprocess
import sys
import time
from pathlib import Path

import pytest

from torchkata.judge.oracle import Oracle
from torchkata.suite.cache import answer_keys
from torchkata.suite.curriculum import read_suite
from torchkata.suite.settings import Settings
from torchkata.watch.warm import Ended, Server

pytestmark = pytest.mark.quick

PATIENCE = 60


@pytest.fixture
def server():
    server = Server()
    yield server
    server.close()


def told(process):
    """What a process tells until its end."""
    found = []
    while not (found and isinstance(found[-1], Ended)):
        assert select.select([process], [], [], PATIENCE)[0]
        found += process.messages()
    process.close()
    return found


def judged(server, clone, name="double"):
    exercise = read_suite(clone.root).find(name)
    process = server.process(exercise, Settings(limit=1), clone.root)
    process.go()
    return told(process)


def test_a_process_tells_each_check_and_its_end(little, server):
    little.solve("times/double")
    *summaries, end = judged(server, little)
    assert end == Ended()
    assert {each["outcome"] for each in summaries} == {"passed"}
    assert len(summaries) == summaries[0]["checks"]
    assert summaries[0]["data"]["again"].startswith('pytest "exercises/times/double.py::')


@pytest.mark.slow
def test_what_one_exercise_has_to_import_is_there_for_the_next(little, server):
    solution = little.solution("times/double")
    lazily = "    import colorsys, torch.optim\n\n    return _times"
    solution.write_text(solution.read_text().replace("    return _times", lazily))
    little.solve("times/double")
    assert judged(server, little)[-1] == Ended()
    looks = 'import sys\n\ndef triple(x):\n    assert "colorsys" in sys.modules\n    return x * 3\n'
    little.write("times/triple", looks)
    *summaries, end = judged(server, little, "triple")
    assert end == Ended()
    assert {each["outcome"] for each in summaries} == {"passed"}


@pytest.mark.slow
def test_all_of_the_answer_key_is_made_before_the_first_save(little, server, tmp_path, monkeypatch):
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    exercise = read_suite(little.root).find("double")
    little.solve("times/double")
    process = server.process(exercise, Settings(limit=1), little.root)
    deadline = time.monotonic() + PATIENCE
    while not answer_keys().size() and time.monotonic() < deadline:
        select.select([process], [], [], 0.05)
    process.go()
    assert told(process)[-1] == Ended()
    known = Oracle(exercise, 0, cache=answer_keys())
    (prop,), (mark,) = known.specification.properties, known.specification.misconceptions
    for device in ("cpu", "sim"):
        assert known.key.observed(prop.name, device, "") is not None
        assert known.key.observed(prop.name, device, mark.name) is not None
    assert known.key.inputs(prop.name, 1) is not None


def test_a_failure_is_told_at_once_and_again_when_a_small_input_is_found(little, server):
    little.write("times/double", "def double(x):\n    return x * 3\n")
    early, settled, *others, end = judged(server, little)
    assert end == Ended()
    assert early["early"]
    assert not any(each["early"] for each in (settled, *others))
    assert (early["outcome"], settled["outcome"]) == ("failed", "failed")
    same = ("property", "device")
    assert [early["data"][name] for name in same] == [settled["data"][name] for name in same]
    assert early["data"]["call"] is None
    assert settled["data"]["call"].endswith("double(x)")
    assert 1 + len(others) == settled["checks"]


@pytest.mark.slow
def test_the_limit_that_it_is_given_ends_a_loop(little, server):
    little.write("times/double", "def double(x):\n    while True:\n        pass\n")
    *summaries, end = judged(server, little)
    assert end == Ended()
    assert "1 s" in summaries[0]["data"]["text"]


@pytest.mark.slow
def test_many_processes_at_once_are_not_confused(little, server):
    suite = read_suite(little.root)
    processes = [server.process(each, Settings(), little.root) for each in suite.exercises]
    little.solve("times/double", "more/fivefold")
    for process in processes:
        process.go()
    outcomes = {}
    for process in reversed(processes):
        *summaries, end = told(process)
        assert end == Ended()
        outcomes[process.exercise.key] = summaries[0]["outcome"]
    assert outcomes == {
        "times/double": "passed",
        "times/triple": "todo",
        "more/fivefold": "passed",
    }


@pytest.mark.slow
def test_a_module_in_the_learners_folder_does_not_take_the_place_of_another(
    little, server, monkeypatch
):
    monkeypatch.chdir(little.root)
    Path("json.py").write_text("raise SystemExit(3)")
    Path("torch.py").write_text("raise SystemExit(3)")
    little.solve("times/double")
    assert judged(server, little)[-1] == Ended()


def test_where_torch_can_not_be_imported_it_says_so(little, server, monkeypatch, tmp_path):
    (tmp_path / "torch.py").write_text("raise ImportError('no libtorch')")
    engine = Path(str(importlib.resources.files("torchkata"))).parent
    monkeypatch.setenv("PYTHONPATH", os.pathsep.join([str(tmp_path), str(engine)]))
    (end,) = judged(server, little)
    assert "torchkata could not judge: ImportError: no libtorch" in end.problem
    assert not end.crashed


@pytest.mark.slow
def test_without_fork_each_process_imports_for_itself(little, tmp_path):
    """As on macOS, where a process that has imported torch can't be forked."""
    program = tmp_path / "elsewhere.py"
    program.write_text(
        "import sys\n"
        "sys.platform = 'darwin'\n"
        "sys.argv[1:] = sys.argv[2:]\n"
        "import runpy\n"
        "runpy.run_module('torchkata.watch.warm_server', run_name='__main__', alter_sys=True)\n"
    )
    little.solve("times/double")
    code = f"""
import select, subprocess, sys
from pathlib import Path
from torchkata.watch import warm
from torchkata.suite.settings import Settings
from torchkata.suite.curriculum import read_suite
from torchkata.watch.warm import Ended, Server

started = subprocess.Popen
def start(command, **options):
    return started([sys.executable, {str(program)!r}, "-", *command[4:]], **options)
warm.subprocess.Popen = start
server = Server()
suite = read_suite(Path({str(little.root)!r}))
process = server.process(suite.find("double"), Settings(), suite.root)
process.go()
found = []
while not (found and isinstance(found[-1], Ended)):
    select.select([process], [], [])
    found += process.messages()
print(found[-1], {{each["outcome"] for each in found[:-1]}})
server.close()
"""
    run = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, timeout=PATIENCE, check=False
    )
    assert "Ended(problem='', crashed=False, dump='') {'passed'}" in run.stdout, run
