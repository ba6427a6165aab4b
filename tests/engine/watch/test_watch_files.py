"""`kata watch` while files change: as editors save, as git changes branches, as authors write."""

import contextlib
import os
import shutil
import sqlite3
import subprocess

KEY = "times/double"


def solved(clone):
    return clone.solution(KEY).read_text()


def wrong(clone):
    return solved(clone).replace("return _times(x)", "return x.clone()")


def by_rename(path, text):
    """As VS Code and JetBrains save: a new file takes the name."""
    new = path.with_name(f"{path.name}___jb_tmp___")
    new.write_text(text)
    os.replace(new, path)


def by_backup(path, text):
    """As vim saves: the old file is renamed, and a new one has the name."""
    path.with_name("4913").touch()
    path.with_name("4913").unlink()
    os.rename(path, f"{path}~")
    path.write_text(text)
    os.remove(f"{path}~")


def by_truncation(path, text):
    """In two steps, with half of the file there in between."""
    with path.open("w") as file:
        file.write(text[: len(text) // 2])
        file.flush()
        file.write(text[len(text) // 2 :])


def test_every_way_to_save_is_judged(little, watching):
    terminal = watching(little, "double")
    terminal.shows("not begun")
    path = little.stub(KEY)
    for save in (by_rename, by_backup, by_truncation):
        save(path, wrong(little))
        terminal.shows("failing", "Nothing is multiplied.", without=["judging"])
        save(path, solved(little))
        terminal.shows("✓ times/double solved", without=["judging"])
    for _ in range(5):  # the last of them counts
        by_truncation(path, solved(little))
        by_rename(path, wrong(little))
    terminal.shows("failing", without=["judging"])
    path.write_text(solved(little)[:-400])
    terminal.shows("failing", without=["judging", "Nothing is multiplied"])
    path.write_text("def double(x:\n")
    terminal.shows("Has a syntax error")
    path.write_bytes(b"# \xff\n")
    terminal.shows("Is not Python text: invalid or missing encoding")
    path.write_text(solved(little))
    terminal.shows("✓ times/double solved", without=["judging"])


def test_what_is_saved_while_it_judges_is_what_counts(little, watching):
    terminal = watching(little, "double")
    terminal.shows("not begun")
    little.write(KEY, "import time\n\n\ndef double(x):\n    time.sleep(15)\n")
    terminal.shows("judging … 1 s")
    little.write(KEY, solved(little))
    terminal.shows("✓ times/double solved", without=["judging"], patience=12)


def test_a_missing_file_says_what_to_do_and_comes_back(little, watching):
    terminal = watching(little, "double")
    terminal.shows("not begun")
    path = little.write(KEY, solved(little))
    terminal.shows("✓ times/double solved")
    path.unlink()
    terminal.shows("exercises/times/double.py is missing. x puts the stub back.")
    terminal.shows("x write the stub", without=["✓"])
    terminal.press("o")
    terminal.shows("double.py is missing. x puts the stub back.")
    terminal.press("s")
    terminal.press("x")
    terminal.shows("not begun", "It is the stub.")
    path.unlink()
    path.mkdir()
    terminal.shows("exercises/times/double.py is a folder, not a file. Take it away.")
    path.rmdir()
    terminal.shows("is missing")
    path.write_text(wrong(little))
    terminal.shows("failing")


def test_where_no_event_comes_it_looks_and_offers_poll(little, watching, tmp_path):
    real = tmp_path / "real.py"
    real.write_text(little.stub(KEY).read_text())
    little.stub(KEY).unlink()
    little.stub(KEY).symlink_to(real)
    terminal = watching(little, "double")
    terminal.shows("not begun")
    real.write_text(wrong(little))
    terminal.shows("failing", "`kata watch --poll` finds saves sooner")
    terminal.press("z")
    terminal.shows("h hint", without=["--poll"])
    polling = watching(little, "double", "--poll")
    polling.shows("failing", without=["judging"])
    real.write_text(solved(little))
    polling.shows("✓ times/double solved", without=["--poll"])


def test_another_exercise_that_is_saved_is_gone_to(little, watching):
    terminal = watching(little, "double")
    terminal.shows("not begun")
    by_backup(little.stub("more/fivefold"), little.solution("more/fivefold").read_text())
    terminal.shows("✓ more/fivefold solved", "was saved: this is it. Before it was times/double.")
    little.stub(KEY).write_text(wrong(little))
    terminal.shows("✗ times/double failing", "times/double was saved: this is it.")
    terminal.press("r")
    terminal.shows("✗ times/double failing", without=["was saved", "judging"])
    little.stub("times/triple").unlink()
    terminal.press("r")
    terminal.shows("✗ times/double failing", without=["was saved", "judging"])


def test_what_an_author_changes_is_judged_by_at_once(little, watching):
    terminal = watching(little, "double")
    terminal.shows("not begun")
    little.write(KEY, solved(little))
    terminal.shows("✓ times/double solved")
    test = little.root / "tests/times/test_double.py"
    text = test.read_text()
    test.write_text(text.replace("is multiplied.", "is doubled.").replace("(x)\n", "(x) + 1\n"))
    terminal.shows("✓ times/double solved", without=["judging"])
    test.write_text(text + "import nothing_of_this_name\n")
    terminal.shows("The exercise itself is broken, not your code.", "nothing_of_this_name")
    assert "1 of 3 solved" in terminal.text()  # it says nothing of the learner's code
    terminal.press("r")
    terminal.shows("The exercise itself is broken", without=["judging"])
    test.write_text(text)
    terminal.shows("✓ times/double solved", without=["judging"])
    reference = little.solution(KEY)
    reference.write_text(solved(little).replace("x * 2", "x * 4").replace("tensor(2)", "tensor(4)"))
    terminal.shows("failing")
    reference.write_text("def double(")
    terminal.shows("The exercise itself is broken", "was never closed")
    terminal.press("h")
    terminal.shows("is not valid Python", "The exercise itself")


def test_the_curriculum_may_break_and_change_while_it_watches(little, watching):
    terminal = watching(little)
    terminal.shows("not begun", "0 of 3 solved")
    curriculum = little.root / "exercises/curriculum.toml"
    text = curriculum.read_text()
    curriculum.write_text("[times\n")
    terminal.shows("curriculum.toml: can't be read:", "times/double")
    curriculum.write_text(text.replace('"double", ', ""))
    terminal.shows("times/triple", "times/double is not in the curriculum any more.", "of 2 solved")
    curriculum.write_text(text)
    terminal.shows("times/triple", "0 of 3 solved")
    terminal.press("p")
    terminal.shows("times/double", "not begun")
    by_rename(curriculum, text.replace('"triple"', ""))
    terminal.shows("0 of 2 solved", without=["can't be read"])


def test_the_exercises_may_be_taken_away_and_brought_back(little, watching):
    terminal = watching(little)
    terminal.shows("not begun")
    exercises, away = little.root / "exercises", little.root.parent / "away"
    shutil.move(exercises, away)
    terminal.shows("exercises/times/double.py is missing.", "curriculum.toml: can't be read")
    terminal.press("h")
    terminal.shows("Think of a factor.")
    terminal.press("\x1b")
    shutil.move(away, exercises)
    terminal.shows("not begun", without=["can't be read"])
    little.write(KEY, wrong(little))
    terminal.shows("failing", without=["--poll"])
    shutil.copytree(exercises, away)
    shutil.rmtree(exercises)
    terminal.shows("is missing", "can't be read")
    shutil.copytree(away, exercises)
    terminal.shows("failing", without=["can't be read"])
    little.write(KEY, solved(little))
    terminal.shows("✓ times/double solved", without=["--poll"])


def test_another_branch_may_have_other_exercises(little, watching):
    def git(*arguments):
        command = ["git", "-c", "user.name=a", "-c", "user.email=a@b", *arguments]
        subprocess.run(command, cwd=little.root, check=True, capture_output=True)

    git("init", "-b", "main")
    git("add", ".")
    git("commit", "-m", "all")
    git("checkout", "-b", "less")
    git("rm", "-r", "exercises/times", "solutions/times", "tests/times")
    curriculum = little.root / "exercises/curriculum.toml"
    curriculum.write_text('[more]\ntitle = "More"\nexercises = ["fivefold"]\n')
    git("commit", "-am", "less")
    git("checkout", "-b", "solved", "main")
    little.solve(KEY)
    git("commit", "-am", "solved")
    git("checkout", "main")
    terminal = watching(little)
    terminal.shows("times/double", "not begun", "0 of 3 solved")
    git("checkout", "solved")
    terminal.shows("✓ times/double solved", "1 of 3 solved")
    git("checkout", "less")
    terminal.shows("more/fivefold", "not begun", "0 of 1 solved", "not in the curriculum any more")
    git("checkout", "main")
    terminal.shows("more/fivefold", "not begun", "of 3 solved")
    terminal.press("pp")
    terminal.shows("times/double", "not begun", without=["judging"])
    git("checkout", "solved")
    terminal.shows("✓ times/double solved", "1 of 3 solved", without=["--poll"])


def test_progress_that_can_not_be_kept_is_told_and_the_verdict_shown(little, watching):
    def version(number):
        with contextlib.closing(sqlite3.connect(little.root / ".kata.sqlite", timeout=20)) as file:
            file.execute(f"PRAGMA user_version = {number}")

    terminal = watching(little)
    terminal.shows("not begun")
    version(99)
    little.write(KEY, solved(little))
    terminal.shows("✓ times/double solved", "was written by a newer torchkata. Update this one.")
    terminal.press("h")
    terminal.shows("hint 1 of 2")
    terminal.press("h")
    terminal.shows("hint 2 of 2", "newer torchkata")
    version(1)
    terminal.press("\x1br")
    terminal.shows("✓ times/double solved 1 of 3 solved", without=["newer torchkata"])
