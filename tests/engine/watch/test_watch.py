"""`kata watch` in a real pseudo-terminal: what is on the screen after saves and keys."""

import json
import os
import shutil

WRONG_ONE_HOT = """\
import torch


def one_hot(labels, num_classes, dtype=torch.float32):
    print("\\x1b[2J\\x1b[31mmine")
    rows = torch.zeros(*labels.shape, num_classes, device=labels.device)
    return rows.scatter_(-1, labels.unsqueeze(-1), 1)
"""


def solved(clone, key):
    return clone.solution(key).read_text()


def wrong(clone, key):
    return solved(clone, key).replace("return _times(x)", "return x.clone()")


def test_it_begins_at_the_first_unsolved_exercise_and_judges_each_save(little, watching):
    terminal = watching(little)
    terminal.shows("times/double", "Multiply by 2.", "exercises/times/double.py:", "not begun")
    terminal.shows("o opens it in your editor. Each save is judged here.", "o open h hint")
    little.write("times/double", wrong(little, "times/double"))
    terminal.shows("✗ times/double failing", "Nothing is multiplied.", "h hint")
    little.write("times/double", solved(little, "times/double"))
    terminal.shows("✓ times/double solved 1 of 3 solved", "n goes on to times/triple.")
    assert "2 checks pass" in terminal.text()
    assert "little" not in terminal.text()
    # It does not jump ahead, and what is judged stays judged for the next command.
    assert "double" in little.kata("list").stdout
    terminal.press("q")
    assert terminal.ended() == 0
    again = watching(little)
    again.shows("times/triple", "not begun")


def test_the_verdict_is_the_one_of_pytest(clone, watching, tmp_path):
    texts = {
        "wrong": WRONG_ONE_HOT,
        "syntax": "def one_hot(labels:\n    return 1\n",
        "unwritten": solved(clone, "indexing/one_hot").replace("labels.unsqueeze(-1)", "nothing"),
        "other name": "def onehot(labels, num_classes):\n    return 1\n",
    }
    terminal = watching(clone, "one_hot", size=(100, 70))
    terminal.shows("not begun")
    for name, text in texts.items():
        clone.write("indexing/one_hot", text)
        report = tmp_path / f"{name}.json"
        clone.pytest("exercises/indexing/one_hot.py", "--kata-json", str(report))
        exercise = json.loads(report.read_text())["exercises"][0]
        failed = next(each for each in exercise["verdicts"] if each["outcome"] == "failed")
        told, _, commands = failed["text"].rpartition("\n\n")
        assert "again: pytest" in commands, "which keys of the screen stand for"
        wanted = [line.rstrip() for line in told.splitlines()]
        terminal.shows(" ".join(told.split()), "checks pass", without=["judging", "again:"])
        lines = terminal.lines()
        place = lines.index(wanted[0])
        assert lines[place : place + len(wanted)] == wanted


def test_what_is_not_begun_shows_its_statement_and_the_page_of_its_topic(little, watching):
    page = little.root / "exercises/times/README.md"
    long = "".join(f"- item {number}\n" for number in range(30))
    page.write_text(
        "# Times\n\n![two rows](rows.svg)\n\nWith `times`:\n\n    >>> 2 * 3\n    6\n\n"
        f"{long}\n- [torch.mul](https://docs.pytorch.org/docs/stable/generated/torch.mul.html)\n"
    )
    terminal = watching(little, size=(80, 16))
    terminal.shows("Multiply by 2. exercises/times/double.py:9 is not begun.", "o opens it")
    terminal.shows("Write `double`. def double(x: Tensor) -> Tensor:", "↑ ↓ lines 1-")
    terminal.press(" ")
    terminal.shows(">>> double(torch.tensor(1))", "raise NotImplementedError")
    terminal.press("t")
    terminal.shows("Times [picture: two rows] With times: >>> 2 * 3 6 • item 0", "escape goes back")
    terminal.press("  ")
    terminal.shows("item 20", without=["item 0"])
    terminal.press("    ")
    terminal.shows("• item 29 • torch.mul")
    assert b"/generated/torch.mul.html\x1b\\" in terminal.sent
    page.unlink()
    terminal.press("zt")
    terminal.shows("times/README.md: can't be read: No such file or directory.")
    terminal.press("p")
    terminal.shows("Multiply by 2. exercises/times/double.py:9 is not begun.")


def test_keys_go_through_exercises_hints_and_the_list(little, watching):
    terminal = watching(little)
    terminal.press("n?")  # while it starts
    terminal.shows("p previous exercise", "q quit", "Any other key goes back.")
    terminal.press("z")
    terminal.shows("times/triple", "Multiply by 3.", without=["previous exercise"])
    terminal.press("h")
    terminal.shows("hint 1 of 2", "Think of a factor.", "h shows one more.")
    terminal.press("h")
    terminal.shows("hint 2 of 2", "It is 3.", "That was the last hint.")
    terminal.press("\x1b")
    terminal.shows("times/triple", "not begun", without=["hint 2"])
    terminal.press("nn")
    terminal.shows("more/fivefold is the last exercise. l lists all.")
    terminal.press("ppp")
    terminal.shows("times/double is the first exercise.")
    terminal.press("l")
    terminal.shows("search:", "> · times/double", "· more/fivefold", "enter goes there")
    terminal.press("zz")
    terminal.shows("No exercise has that in its name or title.")
    terminal.press("\x7f\x7ftr")
    terminal.shows("search: tr", "> · times/triple", without=["fivefold"])
    terminal.press("\x7f\x7fby 5")
    terminal.shows("> · more/fivefold easy Multiply by 5.", without=["triple"])
    terminal.press("\x7f" * 4 + "\x1b[B\x1b[B\x1b[B\x1b[A")
    terminal.shows("> · times/triple")
    terminal.press("\r")
    terminal.shows("times/triple", "Multiply by 3.", "not begun")
    assert "hint 1 of 2" not in terminal.text()
    terminal.press("l")
    terminal.shows("· times/double Multiply by 2.")
    terminal.press("\x1bq")
    assert terminal.ended() == 0


def test_a_topic_or_an_exercise_says_where_to_begin_and_how_far_n_goes(little, watching):
    little.solve("times/double")
    little.kata("check", "double")
    terminal = watching(little, "times")
    terminal.shows("times/triple", "not begun")
    terminal.press("n")
    terminal.shows("times/triple is the last exercise of times.")
    terminal.press("p")
    terminal.shows("✓ times/double solved", "n goes on to times/triple.")
    terminal.press("q")
    terminal.ended()
    terminal = watching(little, "fivefold")
    terminal.shows("more/fivefold")


def test_the_solution_is_shown_beside_what_is_solved_and_else_on_a_second_press(little, watching):
    terminal = watching(little)
    terminal.shows("not begun")
    terminal.press("s")
    terminal.shows("Not solved yet. s again shows the solution all the same.")
    terminal.press("r")
    terminal.shows("o open", without=["s again"])
    terminal.press("ss")
    terminal.shows("return x * 2", "No loop is needed.")
    little.write("times/double", solved(little, "times/double") + "\n# mine\n")
    terminal.shows("✓ times/double solved", without=["return x * 2"])
    terminal.press("s")
    terminal.shows("-# mine", "No loop is needed.")


def test_reset_asks_first_and_keeps_what_was_there(little, watching):
    terminal = watching(little)
    terminal.shows("not begun")
    path = little.write("times/double", wrong(little, "times/double"))
    terminal.shows("failing")
    terminal.press("xh")
    terminal.shows("hint 1 of 2")
    terminal.press("xx")
    terminal.shows("not begun", "Your version is kept: exercises/times/double.before_reset.py")
    assert "raise NotImplementedError" in path.read_text()
    kept = path.with_name("double.before_reset.py")
    assert kept.read_text() == wrong(little, "times/double")
    little.write("times/double", wrong(little, "times/double"))
    terminal.shows("failing")
    little.kata("reset", "double")  # in another terminal
    terminal.shows("not begun", without=["failing"])


def test_it_opens_the_editor_and_checks_all_on_the_same_terminal(little, watching, tmp_path):
    editor = tmp_path / "editor"
    editor.write_text(f'#!/bin/sh\necho editing $1\nread line\ncp {tmp_path}/new "$1"\n')
    editor.chmod(0o755)
    shutil.copy(little.solution("times/double"), tmp_path / "new")
    terminal = watching(little, EDITOR=str(editor))
    terminal.shows("not begun")
    terminal.press("o")
    terminal.shows("editing")
    terminal.press("\x03\r")  # Ctrl-C is the editor's: this one ends
    terminal.shows("was ended by signal 2")
    terminal.press("o")
    terminal.shows("editing")
    terminal.press("\r")
    terminal.shows("✓ times/double solved")
    terminal.press("c")
    terminal.shows("solved: 1 of 3", "Enter goes back to the watch.")
    terminal.press("\r")
    terminal.shows("✓ times/double solved", without=["Enter goes back"])
    os.remove(editor)
    terminal.press("o")
    terminal.shows("can't be started: No such file or directory")
