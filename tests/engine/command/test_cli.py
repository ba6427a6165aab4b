"""The command `kata` in real processes: where a learner is, completion, and what goes wrong."""

import os
import re
import sys
from pathlib import Path

import pytest
from rich.cells import cell_len

from torchkata.practice.progress import Judged, file_hash, record, record_hints
from torchkata.suite.curriculum import read_suite

pytestmark = pytest.mark.quick

# Runs a command; permission bits then bind root too (PR_CAPBSET_DROP of CAP_DAC_OVERRIDE).
BOUND = """
import ctypes, os, sys
ctypes.CDLL(None).prctl(24, 1, 0, 0, 0)
os.execvp(sys.argv[1], sys.argv[1:])
"""


def judge(clone, name, state, line=9):
    """Write down a verdict on the file as it is."""
    exercise = read_suite(clone.root).find(name)
    judged = Judged(exercise.key, state, file_hash(exercise.stub_path), line)
    record(clone.root, [judged])


def begin(clone, key, body="return x"):
    text = clone.stub(key).read_text()
    clone.write(key, text.replace("raise NotImplementedError", body))


def shown(run):
    """What a command printed, without the blanks at the ends of lines."""
    assert "Traceback" not in run.stdout
    return "\n".join(line.rstrip() for line in run.stdout.rstrip("\n").split("\n"))


@pytest.fixture
def on_the_way(little):
    """A learner who solved one exercise, edited another after its verdict and saw a hint of it."""
    begin(little, "times/double", "return 2 * x")
    judge(little, "double", "solved")
    begin(little, "more/fivefold")
    judge(little, "fivefold", "failing")
    little.write("more/fivefold", little.stub("more/fivefold").read_text() + "# more\n")
    record_hints(little.root, read_suite(little.root).find("fivefold"), 1)
    return little


def test_kata_alone_says_where_you_are_and_how_to_go_on(on_the_way):
    judge(on_the_way, "triple", "failing")
    run = on_the_way.kata()
    assert run.returncode == 0
    assert shown(run) == (
        "                 solved  failing  begun  to do\n"
        "                      █        x      ▒      ·\n"
        "times  ████xxxx       1        1\n"
        "more   ▒▒▒▒                           1\n"
        "\n"
        "total  1 of 3         1        1      1      0\n"
        "\n"
        "next:  triple: Multiply by 3.\n"
        "       exercises/times/triple.py:9\n"
        "\n"
        "kata show   its statement\n"
        "kata hint   one more hint\n"
        "kata check  judges it\n"
        "kata watch  judges it at each save"
    )


def test_a_topic_s_page_is_shown_as_text(little):
    (little.root / "exercises/times/README.md").write_text(
        "# Times\n\nWith `times`, or [torch.mul](https://docs.pytorch.org/mul.html).\n\n"
        "    >>> 2 * 3\n    6\n"
    )
    lines = [line.rstrip() for line in shown(little.kata("show", "times")).splitlines()]
    assert lines == [
        "Times",
        "",
        "With `times`, or torch.mul (https://docs.pytorch.org/mul.html).",
        "",
        "    >>> 2 * 3",
        "    6",
    ]
    run = little.kata("show", "more")
    path = little.root / "exercises/more/README.md"
    assert (run.returncode, shown(run)) == (
        1,
        f"Error: {path}: can't be read: No such file or directory.",
    )


def test_paths_are_relative_to_where_you_are(little):
    assert shown(little.kata("next", cwd=little.root / "exercises/times")) == (
        "next:  double: Multiply by 2.\n       double.py:9"
    )
    assert "../exercises/times/double.py:9" in shown(little.kata(cwd=little.root / "tests"))


def test_where_all_is_solved_nothing_comes_next(little):
    for name in ("double", "triple", "fivefold"):
        judge(little, name, "solved")
    assert shown(little.kata("next")) == "All 3 exercises are solved."
    assert shown(little.kata()).endswith("\n\nAll 3 exercises are solved.")
    assert shown(little.kata("list", "--todo", "--topic", "times")) == "All 2 exercises are solved."
    run = little.kata("hint")
    assert run.returncode == 1
    assert shown(run) == (
        "Error: All 3 exercises are solved. Say which one you want: `kata list` names them."
    )
    run = little.kata("check")
    assert run.returncode == 0
    assert shown(run) == (
        "All is solved, and nothing was edited since. `kata check --all` judges it again."
    )


def test_the_list_tells_how_far_each_exercise_is(on_the_way):
    on_the_way.stub("times/triple").unlink()
    run = on_the_way.kata("list", COLUMNS="120", TZ="UTC")
    assert run.returncode == 0
    assert re.sub(r"\d{4}-\d\d-\d\d", "DATE", shown(run)) == (
        "times: Multiplication\n"
        "█  solved   double          Multiply by 2.  DATE, 1 attempt\n"
        "·  to do    triple          Multiply by 3.  file is missing: kata reset triple\n"
        "\n"
        "more: More\n"
        "What comes after.\n"
        "about 5 minutes, after times\n"
        "▒  begun    fivefold  easy  Multiply by 5.  edited since it was judged, 1 attempt, 1 hint"
    )


def test_the_list_can_leave_out_topics_and_what_is_solved(on_the_way):
    assert shown(on_the_way.kata("list", "--topic", "times", "--todo")) == (
        "times: Multiplication\n·  to do    triple  Multiply by 3."
    )


def test_what_is_missing_and_next_says_how_to_get_it_back(little):
    little.stub("times/double").unlink()
    assert shown(little.kata("next")) == (
        "next:  double: Multiply by 2.\n"
        "       exercises/times/double.py:1\n"
        "       file is missing: kata reset double"
    )
    for command in ("check", "open"):
        run = little.kata(command, EDITOR="true")
        assert run.returncode == 1
        assert shown(run).endswith(
            "Error: exercises/times/double.py is missing; `kata reset double` writes it."
        )


@pytest.mark.slow
@pytest.mark.parametrize("columns", [60, 80, 100, 200])
@pytest.mark.parametrize(
    "command",
    ["", "next", "list", "show sharing", "hint sharing --all", "solution sharing --spoil"],
)
def test_no_line_is_longer_than_the_terminal(clone, columns, command):
    run = clone.kata(*command.split(), COLUMNS=str(columns))
    assert run.returncode == 0
    assert max(map(cell_len, shown(run).split("\n"))) <= columns


def test_colour_is_for_terminals_without_no_color(on_the_way):
    terminal = {"FORCE_COLOR": "1", "TERM": "xterm-256color"}
    plain = on_the_way.kata("list").stdout
    assert "\x1b" not in plain
    coloured = on_the_way.kata("list", **terminal).stdout
    assert "\x1b[32m█" in coloured
    assert re.sub(r"\x1b\[[0-9;]*m", "", coloured) == plain
    assert on_the_way.kata("list", NO_COLOR="1", **terminal).stdout == plain
    assert "\x1b" in on_the_way.kata("show", **terminal).stdout


def test_what_the_encoding_lacks_is_shown_otherwise(on_the_way):
    run = on_the_way.kata("list", "--topic", "times", PYTHONIOENCODING="ascii", PYTHONUTF8="0")
    assert shown(run).startswith("times: Multiplication\n#  solved ")


@pytest.mark.parametrize("command", ["", "hint", "list", "next", "show"])
def test_nothing_heavy_is_imported(little, command):
    script = little.root / "names.py"
    script.write_text(
        "import sys\n"
        "from torchkata.command.cli import main\n"
        "main(standalone_mode=False)\n"
        "heavy = {'torch', 'numpy', 'hypothesis', 'pytest', 'pygments'}\n"
        "print('heavy:', *sorted(heavy & set(sys.modules)))\n"
    )
    run = little.run(sys.executable, str(script), *command.split())
    assert run.returncode == 0
    assert run.stdout.endswith("\nheavy:\n")


@pytest.mark.parametrize(
    ("words", "names"),
    [
        ("hint d", ["double"]),
        ("open ", ["double", "triple", "fivefold"]),
        ("open times/", ["times/double", "times/triple"]),
        ("show t", ["times", "triple"]),
        ("check double m", ["more"]),
        ("list --topic ", ["times", "more"]),
        ("reset f", ["fivefold"]),
        ("solution x", []),
        ("sol", ["solution"]),
    ],
)
def test_shells_complete_names(little, words, names):
    line = f"kata {words}"
    place = {"COMP_WORDS": line, "COMP_CWORD": str(len(line.split(" ")) - 1)}
    run = little.kata(cwd=little.root / "tests", _KATA_COMPLETE="bash_complete", **place)
    assert run.stdout.split() == [f"plain,{name}" for name in names]


def test_a_shell_completes_nothing_outside_of_a_suite(little, tmp_path):
    place = {"COMP_WORDS": "kata hint ", "COMP_CWORD": "2"}
    run = little.kata(cwd=tmp_path, _KATA_COMPLETE="bash_complete", **place)
    assert run.stdout.strip() == ""


@pytest.mark.parametrize(
    ("command", "status", "told"),
    [
        ("show duble", 1, "There is no exercise 'duble'. Did you mean times/double?"),
        ("open times", 1, "'times' is a topic; `kata list --topic times` lists its exercises."),
        ("hint xyz", 1, "There is no exercise 'xyz'."),
        ("check tims", 1, "There is no exercise and no topic 'tims'. Did you mean times?"),
        (
            "check trple double",
            1,
            "There is no exercise and no topic 'trple'. Did you mean times/triple?",
        ),
        (
            "check tripel",
            1,
            "There is no exercise and no topic 'tripel'. Did you mean times/triple or times?",
        ),
        ("list --topic mor", 1, "There is no topic 'mor'. Did you mean more?"),
        ("chek", 2, "There is no command 'chek'. Did you mean `kata check`?"),
        ("check --all double", 2, "Give names or --all, not both."),
    ],
)
def test_a_wrong_name_gets_the_nearest_right_ones(little, command, status, told):
    run = little.kata(*command.split())
    assert run.returncode == status
    assert shown(run).split("\n")[-1] == f"Error: {told}"


def test_every_command_has_help_with_an_example(little):
    listed = shown(little.kata("--help")).partition("\nCommands:\n")[2]
    commands = [line.split()[0] for line in listed.split("\n")]
    assert {"next", "list", "check", "show", "hint", "solution", "reset", "open"} <= set(commands)
    assert "..." not in listed, "each command's line is whole"
    for command in commands:
        told = " ".join(little.kata(command, "--help").stdout.split())
        assert f"Example: kata {command}" in told


def test_outside_of_a_suite_it_says_where_to_go(little, tmp_path):
    run = little.kata(cwd=tmp_path)
    assert run.returncode == 1
    assert shown(run) == (
        f"Error: {tmp_path} is not inside a torchkata suite: no folder at or above it holds "
        "exercises/curriculum.toml. Run this inside your clone."
    )


def test_a_folder_that_was_removed_is_told(little):
    run = little.run("sh", "-c", "mkdir gone; cd gone; rmdir ../gone; kata", PATH=_path())
    assert run.returncode == 1
    assert shown(run) == "Error: The folder that you are in was removed. Change to your clone."


@pytest.mark.parametrize("command", ["kata list | head -n 1", "kata show | true", "kata list >&-"])
def test_a_closed_pipe_is_no_error(clone, command):
    run = clone.run("sh", "-c", command, PATH=_path())
    assert run.stdout.count("\n") <= 1
    assert "rror" not in run.stdout


def test_a_full_disk_is_told(little):
    if not os.path.exists("/dev/full"):
        pytest.skip("there is no /dev/full")
    run = little.run("sh", "-c", "kata list >/dev/full", PATH=_path())
    assert (run.returncode, run.stdout) == (1, "Error: No space left on device\n")


def test_a_progress_file_that_is_broken_is_told(little):
    little.root.joinpath(".kata.sqlite").write_text("no database\n" * 500)
    for command in ("", "list", "hint"):
        run = little.kata(*command.split())
        assert run.returncode == 1
        assert shown(run) == (
            f"Error: {little.root}/.kata.sqlite, which keeps your progress, can't be used: file is "
            "not a database. Remove the file; `kata check --all` makes it anew."
        )


@pytest.mark.slow
def test_a_clone_that_can_not_be_written_to_can_be_read_and_judged(little):
    begin(little, "times/double")
    folders = [little.root, *(path for path in little.root.rglob("*") if path.is_dir())]
    for folder in folders:
        folder.chmod(0o555)
    try:
        bound = (sys.executable, "-c", BOUND)
        if little.run(*bound, "touch", "probe").returncode == 0:
            pytest.skip("nothing keeps this user from writing")
        kata = str(Path(sys.executable).with_name("kata"))
        assert "next:  double" in shown(little.run(*bound, kata))
        run = little.run(*bound, kata, "hint")
        assert run.returncode == 0
        assert "double, hint 1 of 2\nThink of a factor." in shown(run)
        assert (
            f"That you saw it can't be written down: {little.root}/.kata.sqlite, which keeps your "
            "progress, can't be used: unable to open database file. See that it and its folder can "
            "be written to and no other command hangs."
        ) in shown(run)
        run = little.run(*bound, kata, "reset", "double")
        assert run.returncode == 1
        assert shown(run) == (
            f"Error: {little.root}/exercises/times/double.before_reset.py: Permission denied. "
            "Nothing is lost."
        )
        run = little.run(*bound, kata, "check")
        assert run.returncode == 1
        assert "INTERNALERROR" not in run.stdout
        assert "exercises/times/double.py @ " in run.stdout
    finally:
        for folder in folders:
            folder.chmod(0o755)


def _path():
    """A PATH on which `kata` is the one of this environment."""
    return os.pathsep.join([os.path.dirname(sys.executable), os.environ["PATH"]])
