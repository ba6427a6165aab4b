"""`kata doctor` run for real: the clone, the suite in it, and how findings are printed."""

import platform
import re
import shutil
import sys
import tempfile
from importlib import metadata
from pathlib import Path

import pytest
import torch

from torchkata.suite.cache import Cache

ROOT = Path(__file__).parents[3]
DROP_ROOT_RIGHTS = """
import ctypes, os, sys
if os.getuid() == 0 and ctypes.CDLL(None).prctl(24, 1, 0, 0, 0):  # PR_CAPBSET_DROP: DAC_OVERRIDE
    sys.exit("root, and can't give it up")
os.execv(sys.argv[1], sys.argv[1:])
"""


# Its libraries are not where the sandbox looks, so no submission could be judged.
JUDGING = [
    "warning  judging      Nothing can be judged here: not even a solution comes out as solved. "
    "memory/sharing: ModuleNotFoundError: No module named 'msgspec'",
    "         Only `kata grade` needs it.",
    "1 warning",
]


def test_all_is_well_in_a_healthy_clone_and_nothing_is_left_behind(patient):
    before = {path for path in patient.root.rglob("*") if "__pycache__" not in path.parts}
    seen = patient.run()
    text = re.sub(r"built for .*, imported in [\d.]+ s", "built for …", "\n".join(seen.lines))
    text = re.sub(r"[\d.]+ GB", "0 GB", text)
    text = re.sub(r"(?<=cuda {9}).*", "…", text)
    text = re.sub(r"(?<=answer keys {2}).*", "…", text)
    text = re.sub(r"(?<=grading {6}).*(\n {9}.*)?", "…", text)
    topics, count = len(patient.suite.topics), len(patient.suite.exercises)
    needs = [re.match(r"[\w-]+", each)[0] for each in patient.needs()]
    # Its own word, which names the build too: the metadata of a wheel may leave that out.
    version, origin = torch.__version__, metadata.distribution("torch").locate_file("torch")
    assert text.splitlines() == [
        f"ok       python       {platform.python_version()}, {patient.python}",
        f"ok       environment  {patient.programs.parent}",
        f"ok       packages     {', '.join(f'{each} {metadata.version(each)}' for each in needs)}",
        f"ok       torch        {version}, built for … from {origin}/__init__.py",
        "ok       cpu          computes",
        "ok       sim          computes",
        "ok       cuda         …",
        f"ok       editor       EDITOR is 'sh -c', {shutil.which('sh', path='/usr/bin:/bin')}",
        "ok       terminal     not a terminal: plain text, utf-8",
        f"ok       temp         {tempfile.gettempdir()} can be written to, 0 GB free",
        "ok       answer keys  …",
        "ok       grading      …",
        f"ok       torchkata    0.1.0, {patient.root}/torchkata",
        "ok       pytest       runs, with torchkata's plugin",
        f"ok       root         {patient.root} can be written to, 0 GB free",
        "ok       saves        arrive",
        f"ok       suite        {patient.root}, {topics} topics, {count} exercises",
        f"ok       exercises    {patient.root}/exercises can be written to, 0 GB free",
        f"ok       progress     0 of {count} exercises solved",
        *(JUDGING if "each layer" in "".join(seen.told("grading")) else ["All is well."]),
    ]
    assert seen.status == 0
    after = {path for path in patient.root.rglob("*") if "__pycache__" not in path.parts}
    assert after - before <= {patient.root / ".kata.sqlite"}


def test_eighty_columns_are_kept_but_for_what_must_not_be_broken(light, tmp_path):
    seen = light.run(cwd=tmp_path, COLUMNS="80", EDITOR="")
    assert seen.status == 1
    long = [line[22:] for line in seen.lines if len(line) > 80]
    assert [text for text in long if " " in text] == []
    at = seen.lines.index("warning  editor       neither VISUAL nor EDITOR is set")
    assert seen.lines[at + 1] == "         `export EDITOR=nano`, or another editor that you like"
    light.install("nowhere-to-be-found[with,more,extras]>=1.2.3,!=1.2.5,<3", "numpy>=99")
    seen = light.run(cwd=tmp_path, COLUMNS="1")
    commands = [line for line in seen.lines if line.startswith(f"         `{light.python} -m pip ")]
    assert len(commands) == 2
    assert all(line.endswith("'`") for line in commands)


def test_outside_of_a_suite_the_machine_is_looked_at_all_the_same(light, tmp_path):
    seen = light.run(cwd=tmp_path)
    assert seen.status == 1
    assert seen.told("temp")[0].startswith("ok temp ")
    assert seen.told("suite") == [
        f"problem suite {tmp_path} is not inside a torchkata suite: no folder at or above it holds "
        "exercises/curriculum.toml. Run this inside your clone.",
    ]
    assert seen.lines[-1] == "2 problems"


def test_a_folder_that_is_gone_is_said(light, tmp_path):
    gone = tmp_path / "gone"
    gone.mkdir()
    seen = light.run("sh", "-c", f'rmdir {gone} && {light.python} "$@"', "sh", cwd=gone)
    assert seen.status == 1
    assert seen.lines == ["Error: The folder that you are in was removed. Change to your clone."]


def test_a_closed_stdout_is_no_crash(light, tmp_path):
    seen = light.run("sh", "-c", f'exec {light.python} "$@" >&-', "sh", cwd=tmp_path)
    assert (seen.status, seen.lines) == (1, [])


def test_an_engine_of_another_clone_is_a_problem(patient):
    seen = patient.run(engine=ROOT)
    assert seen.status == 1
    assert seen.told("torchkata") == [
        f"problem torchkata what runs is {ROOT}/torchkata, not this clone's "
        f"{patient.root}/torchkata",
        f" `{patient.python} -m pip install -e {patient.root}`",
    ]
    assert seen.told("judging")[0].startswith("warning judging Nothing can be judged here")
    assert seen.lines[-1] == "1 problem, 1 warning"


def test_an_installation_older_than_the_clone_is_a_warning(patient):
    patient.install(*patient.needs()[:-2])
    seen = patient.run()
    assert seen.status == 0
    assert seen.told("torchkata") == [
        f"warning torchkata 0.1.0 was installed before pyproject.toml asked for "
        f"{', '.join(patient.needs()[-2:])}",
        f" `{patient.python} -m pip install -e {patient.root}`",
    ]
    assert seen.told("judging")[0].startswith("warning judging Nothing can be judged here")
    assert seen.lines[-1] == "2 warnings"


def test_grading_without_a_sandbox_is_told_and_no_warning(light, tmp_path):
    programs = tmp_path / "bin"
    programs.mkdir()
    seen = light.run(light.python, cwd=tmp_path, PATH=str(programs))
    # What root has all the same depends on the machine.
    assert (
        "sandbox: there is none: the program bwrap, bubblewrap, is not installed"
        in seen.told("grading")[0]
    )
    bwrap = programs / "bwrap"
    bwrap.write_text("#!/bin/sh\necho 'bwrap: setting up uid map: Permission denied' >&2\nexit 1\n")
    bwrap.chmod(0o755)
    seen = light.run(light.python, cwd=tmp_path, PATH=str(programs))
    told = seen.told("grading")[0]
    assert "sandbox: there is none: bwrap: setting up uid map: Permission denied" in told
    assert told.startswith("ok grading ")


def test_colour_marks_the_state_alone(light, tmp_path):
    variables = {"FORCE_COLOR": "1", "TERM": "xterm-256color", "COLORTERM": ""}
    seen = light.run(cwd=tmp_path, **variables)
    assert "\x1b[32mok\x1b[0m       terminal     2000 columns, colours, utf-8" in seen.lines
    plain = light.run(cwd=tmp_path, **variables, NO_COLOR="1")
    assert "ok       terminal     2000 columns, no colours, as NO_COLOR asks, utf-8" in plain.lines


def test_without_rich_the_findings_are_plain_and_its_check_is_one_of_them(light, tmp_path):
    light.fake("rich", "raise ImportError('no rich')")
    seen = light.run(cwd=tmp_path, FORCE_COLOR="1")
    assert seen.status == 1
    assert seen.told("terminal")[0] == (
        "problem terminal could not be looked at: ImportError: no rich"
    )
    assert seen.lines[-1] == "3 problems"


def test_files_that_are_missing_or_broken_are_problems(light):
    first, second = light.suite.exercises[:2]
    files = [first.stub_path, first.solution_path, first.test_path, second.stub_path]
    for path in [*files, second.test_path]:
        path.unlink()
    (light.root / ".kata.sqlite").write_bytes(b"not a database" * 100)
    seen = light.run()
    names = [str(path.relative_to(light.root)) for path in files]
    assert seen.status == 1
    assert seen.told("suite") == [
        f"problem suite 5 files of {light.root} missing: {', '.join(names)} and 1 more",
        f" `git -C {light.root} checkout -- {' '.join(names)}` brings them back.",
    ]
    assert seen.told("progress") == [
        f"problem progress {light.root}/.kata.sqlite, which keeps your progress, can't be used: "
        "file is not a database. Remove the file; `kata check --all` makes it "
        "anew.",
    ]


def test_a_curriculum_that_cannot_be_read_is_one_problem(light):
    path = light.root / "exercises" / "curriculum.toml"
    path.write_text("[")
    seen = light.run()
    (line,) = seen.told("suite")
    assert line.startswith(f"problem suite {path}: can't be read: ")
    assert seen.lines[-1] == "2 problems"


def test_a_pytest_that_does_not_load_the_plugin_is_a_problem(light):
    conftest = light.root / "conftest.py"
    conftest.write_text("")
    seen = light.run()
    assert seen.told("pytest") == [
        f"problem pytest runs without torchkata's plugin, which {conftest} must name",
        f" `git -C {light.root} checkout -- conftest.py`",
    ]
    seen = light.run(PYTEST_ADDOPTS="-p nowhere")
    assert seen.told("pytest") == [
        'problem pytest `pytest --help` failed: Error importing plugin "nowhere": '
        "No module named 'nowhere'",
        f" For the whole message: `cd {light.root} && {light.python} -m pytest "
        "--collect-only exercises`",
    ]


def test_what_cannot_be_written_to_is_a_problem(light):
    folder = light.root / "exercises"
    stub = light.suite.exercises[0].stub_path
    python = [sys.executable, "-c", DROP_ROOT_RIGHTS, light.python]
    folder.chmod(0o500)
    seen = light.run(*python)
    folder.chmod(0o700)
    if "root, and can't give it up" in seen.lines:
        pytest.skip(seen.lines[-1])
    assert seen.status == 1
    assert seen.told("exercises") == [
        f"problem exercises no file can be made in {folder}: Permission denied",
        f" `chmod -R u+rwX {folder}`",
    ]
    stub.chmod(0o400)
    seen = light.run(*python)
    assert seen.told("exercises") == [
        f"problem exercises 1 file can't be written to: {stub.relative_to(light.root)}: "
        "Permission denied",
        f" `chmod -R u+rwX {folder}`",
    ]


def test_answer_keys_are_told_and_removed(light, tmp_path):
    keys = Cache(tmp_path / "cache" / "torchkata" / "keys")
    home = {"XDG_CACHE_HOME": str(tmp_path / "cache")}
    keys.write("one", b"x" * 1_500_000)
    assert light.run(**home).told("answer keys") == [f"ok answer keys 1.5 MB in {keys.folder}"]
    seen = light.clone.kata("doctor", "--clean", **home)
    said = f"Removed 1.5 MB of answer keys from {keys.folder}\n"
    assert (seen.returncode, seen.stdout) == (0, said)
    assert keys.size() == 0
    keys.folder.rmdir()
    keys.folder.write_text("no folder")
    assert light.run(**home).told("answer keys") == [
        f"warning answer keys can't be kept in {keys.folder}: File exists; "
        "each run makes them anew",
        " `export XDG_CACHE_HOME=FOLDER`, a folder that you may write to",
    ]


def test_saves_that_do_not_arrive_are_a_warning(light):
    seen = light.run(WATCHFILES_FORCE_POLLING="true", WATCHFILES_POLL_DELAY_MS="60000")
    assert seen.told("saves") == [
        f"warning saves a save in {light.root}/exercises did not arrive within 2 s",
        " `kata watch --poll` looks by itself.",
    ]
