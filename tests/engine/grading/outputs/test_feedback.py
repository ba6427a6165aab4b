"""Feedback: what a student is told, what not, and that what a student wrote is only text."""

import os
from dataclasses import replace
from datetime import UTC, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.engine.grading.outputs.consumers import markdown
from tests.engine.grading.outputs.sample_grades import (
    HOSTILE,
    RUN,
    exercise,
    flag,
    graded,
    hostile_class,
    override,
    prop,
    solved,
)
from torchkata.grading.grades import Flag, Lateness
from torchkata.grading.outputs import harmless
from torchkata.grading.outputs.feedback import feedback, feedback_path, write_feedback
from torchkata.grading.outputs.output_files import file_name

ANYTHING = st.text(st.characters(exclude_categories=()))
WHOLE = """\
# Week 3

Ada Lovelace (ada)

**1.5 of 3 points**

Submitted: `ada.zip`, 2026-01-02 03:04 UTC, late.

Not judged, because a later one counts: `old.zip`.

- notes.txt is no exercise.

| Exercise | Standing | Points |
| --- | --- | ---: |
| times/double | solved | 1 of 1 |
| times/triple | failing, 1 of 4 properties hold | 0.5 of 1, given by your instructor |
| more/fivefold | missing | 0 of 1 |

- times/triple: Your instructor gave 0.5 of 1: We spoke.

## times/triple: failing

Your file: `times/triple.py`

### It adds.

Failed on cpu.

```text
expected 1
```

This looks like: You took away.

- Its input stays as it was. (passed)

2 more properties failed.

To practise: `pytest exercises/times/triple.py`

## more/fivefold: missing

No file for it was submitted.

To practise: `pytest exercises/more/fivefold.py`

---

What an exception says and what was printed is quoted from the submitted code, cut short.
"""


def told(*exercises, **more):
    return feedback(RUN, graded(*exercises, **more))


def section(*properties, **more):
    """What is said of one exercise, without its title, file and command."""
    parts = told(exercise(*properties, **more)).split("\n\n")
    begin = parts.index("Your file: `times/double.py`") + 1
    return parts[begin : next(n for n, each in enumerate(parts) if "To practise" in each)]


def test_a_student_reads_points_standings_and_each_verdict_that_may_be_seen():
    failing = exercise(
        prop("keeps"),
        prop("adds", "failed", says="You took away."),
        prop("hides", "failed", text="the secret", says="the secret"),
        prop("hides too", "failed", text="the secret"),
        key="times/triple",
        visible={"adds", "keeps"},
        override=override(0.5),
    )
    grade = graded(
        solved(),
        failing,
        exercise(key="more/fivefold", standing="missing"),
        name="Ada Lovelace",
        late=True,
        superseded=("old.zip",),
        notes=("notes.txt is no exercise.",),
    )
    assert feedback(RUN, grade) == WHOLE


def test_a_student_reads_what_lateness_costs():
    lateness = Lateness(datetime(2026, 1, 1, tzinfo=UTC), 1, 10.0, "10 % is taken off.")
    text = feedback(RUN, graded(replace(solved(), taken_off=10.0), lateness=lateness))
    assert "**1 of 1 points**\n\n10 % is taken off. That leaves **0.9 points**.\n" in text
    unknown = replace(lateness, percent=0.0, says="Not known.")
    assert "points**\n\nNot known.\n\n" in feedback(RUN, graded(solved(), lateness=unknown))


def test_the_seed_and_hidden_properties_are_nowhere():
    secret = prop(
        "hides", "failed", text="secret", headline="secret", says="secret", stage="values"
    )
    text = told(exercise(secret, prop("hides2", "untried"), visible=(), flags=(flag("tampering"),)))
    assert "1 property failed, 1 property was not tried." in text
    for word in (str(RUN.seed), "hides", "Nobody may read this", "secret", "tampering", "seen"):
        assert word not in text


@pytest.mark.parametrize(
    ("kind", "sentence"),
    [
        ("time", "It took longer than the 10 s that it has, and was ended."),
        ("memory", "It needed more memory than it has, and was ended."),
        ("crash", "Its process ended before it had answered."),
        ("refused", "The file is a named pipe."),
    ],
)
def test_what_happened_is_told_in_a_neutral_sentence(kind, sentence):
    says = "The file is a named pipe."
    assert section(prop(), flags=(flag(kind, says),) * 2)[0] == sentence


def test_tampering_is_for_the_instructor_only():
    assert section(prop(), flags=(flag("tampering"),)) == ["- It adds. (passed)"]


def test_a_refusal_that_names_a_hidden_property_is_not_told():
    hidden = prop("hides", "untried")
    parts = section(hidden, visible=(), flags=(flag("refused", "no reply for hides"),))
    assert parts == ["1 property was not tried."]


@pytest.mark.parametrize(
    ("standing", "sentence"),
    [
        ("todo", "The stub is as it was: nothing is written yet."),
        ("not judged", "It could not be judged. That is not your doing."),
    ],
)
def test_an_exercise_that_was_not_tried_has_one_sentence(standing, sentence):
    assert section(prop(outcome="todo"), standing=standing) == [sentence]


def test_a_diagnosis_that_the_verdict_has_is_not_said_twice():
    text = "expected 1\n\nlooks like:\n    You took\n    away."
    parts = section(prop(outcome="failed", text=text, says="You took away."))
    assert parts[-1].endswith("away.\n```")


def test_who_submitted_nothing_is_told_so():
    text = told(exercise(standing="missing"), source="", submitted=None)
    assert text.split("\n\n")[3] == "Nothing was submitted."


def test_nothing_of_the_graders_machine_is_in_it():
    text = told(
        exercise(standing="not judged", flags=(Flag("refused", "/srv/suite/x.py broke."),)),
        source="/srv/class/ada.zip",
        superseded=("/srv/class/old/ada.zip",),
    )
    assert "Submitted: `ada.zip`" in text
    assert "/srv" not in text


def test_a_submission_that_cannot_be_read_says_why():
    text = told(exercise(standing="missing"), problem="The archive is encrypted.")
    assert text.split("\n\n")[4] == "**It could not be read:** The archive is encrypted."


def test_an_assignment_of_nothing_has_no_table():
    assert told(source="") == "# Week 3\n\nada\n\n**0 of 0 points**\n\nNothing was submitted.\n"


@pytest.mark.parametrize("text", HOSTILE)
def test_a_name_is_shown_as_text_where_names_stand(text):
    grade = graded(solved(), id="7", name=text, notes=(text,), problem=text or "a")
    shown, blocks, cells = markdown(feedback(RUN, grade))
    readable = harmless.short(text).strip()
    assert shown[1] == (f"{readable} (7)" if text else "7")
    assert blocks == []
    assert cells == ["times/double", "solved", "1 of 1"]


def test_hostile_text_leaves_the_feedback_of_everybody_whole():
    for grade in hostile_class()[1:]:
        shown, blocks, cells = markdown(feedback(RUN, grade))
        (text,) = (each.text for each in grade.exercises[0].result.properties[:1])
        assert blocks == ([harmless.lines(text).strip("\n")] if text else [])
        assert cells == ["times/double", "failing, 0 of 2 properties hold", "0.5 of 1"]
        assert shown.count("1 more property failed.") == 1


@pytest.mark.parametrize("text", ["a\n```\n# b", "```\n````\n<b>", "~~~\n`````text\n    x"])
def test_a_verdict_cannot_end_its_block(text):
    _, blocks, _ = markdown(told(exercise(prop(outcome="failed", text=text))))
    assert blocks == [text]


def test_a_verdict_without_end_is_cut():
    _, (block,), _ = markdown(told(exercise(prop(outcome="failed", text="x" * 10**6))))
    assert len(block) <= harmless.LONGEST


@given(ANYTHING, ANYTHING)
def test_any_text_is_only_text(name, text):
    failed = prop("adds", "failed", text=text + "x", headline=name, says=name, misconception="m")
    grade = graded(exercise(failed, file=name + "x"), name=name, notes=(text,), source=text + "x")
    written = feedback(RUN, grade)
    _, blocks, cells = markdown(written)
    assert blocks == [harmless.lines(text + "x").strip("\n")]
    assert len(cells) == 3
    written.encode()


@given(st.text('a_1.)* `[](<>#|!~&;$^=+-\\/:"', min_size=1))
@settings(max_examples=1000)
def test_markdown_shows_text_as_it_is(text):
    one = harmless.markdown(text)
    wanted = [text.strip() or "x"] * 3
    one = one or "x"
    shown, blocks, cells = markdown(f"{one}\n\n- {one}\n\n## {one}\n\n| a |\n| - |\n| {one} |")
    assert (shown[:3], blocks, cells) == (wanted, [], wanted[:1])


@pytest.mark.parametrize(
    "text", ["requires_grad is x * y <= 1, not C#!", "see p - q, {a} and \\n", "2.5 of x > y"]
)
def test_text_that_means_nothing_to_markdown_is_left_alone(text):
    assert harmless.markdown(text) == text


@given(st.lists(ANYTHING | st.text("ab-./0"), unique=True))
def test_file_names_are_safe_short_and_unique(ids):
    names = [file_name(each) for each in ids]
    assert len(set(names)) == len(ids)
    assert all(os.path.basename(each) == each and each[0] not in ".-" for each in names)
    assert all(each.isascii() and each.isprintable() and len(each) < 110 for each in names)


@pytest.mark.parametrize("text", ["ada", "7", "Ada_Lovelace", "ada@x.org", "anon_4f"])
def test_a_plain_id_is_the_name_of_its_file(text):
    assert file_name(text) == text


@pytest.mark.parametrize(
    ("text", "stem"),
    [("a b", "a_b"), ("../x", "_x"), ("", "student"), ("NUL", "NUL"), ("x" * 4000, "x" * 80)],
)
def test_any_other_has_a_digest_of_the_id(text, stem):
    name = file_name(text)
    assert name[:-20] == f"{stem}-"
    assert file_name(name) != name, "an id made to look like it has a name of its own"


def test_the_folder_holds_the_feedback_of_the_class_and_no_other(tmp_path):
    folder = tmp_path / "feedback"
    ada, bob = graded(solved(), id="ada"), graded(solved(), id="../bob")
    write_feedback(folder, RUN, iter([ada, bob]))
    assert sorted(folder.iterdir()) == sorted(
        [feedback_path(folder, "ada"), feedback_path(folder, "../bob")]
    )
    (folder / "notes.txt").write_text("kept")
    write_feedback(folder, RUN, iter([bob]))
    assert sorted(folder.iterdir()) == sorted(
        [folder / "notes.txt", feedback_path(folder, "../bob")]
    )


def test_a_link_in_the_folder_is_removed_and_what_it_leads_to_is_not(tmp_path):
    kept = tmp_path / "kept.txt"
    kept.write_text("kept")
    folder = tmp_path / "feedback"
    folder.mkdir()
    (folder / "gone.md").symlink_to(kept)
    feedback_path(folder, "ada").symlink_to(kept)
    write_feedback(folder, RUN, [graded(solved())])
    assert list(folder.iterdir()) == [feedback_path(folder, "ada")]
    assert kept.read_text() == "kept"


@given(st.text(max_size=400), st.integers(100, 300))
def test_long_text_is_cut_in_its_middle_and_says_how_much(text, longest):
    short = harmless.cut(text, longest)
    assert len(short) <= longest
    if len(text) > longest:
        head, said, tail = short.partition(" characters are left out here …\n")
        head, _, count = head.rpartition("\n… ")
        assert said
        assert text.startswith(head)
        assert text.endswith(tail)
        assert len(head) + len(tail) + int(count) == len(text)
    else:
        assert short == text


def test_a_time_of_another_zone_is_told_with_it():
    at = datetime.fromisoformat("2026-01-02T03:04:00+05:30")
    assert "`, 2026-01-02 03:04+0530." in told(solved(), submitted=at)
    assert "`, 2026-01-02 03:04." in told(solved(), submitted=at.replace(tzinfo=None))
    assert "`, 2026-01-02 03:04 UTC." in told(solved(), submitted=at.replace(tzinfo=UTC))
