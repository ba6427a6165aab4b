"""The folders that Dolos and JPlag read, as their documentation has them."""

import csv
from datetime import UTC, datetime
from pathlib import Path

import pytest

from torchkata.grading.grades import Student, Submission, SubmittedFile
from torchkata.grading.outputs.exports import ExportError
from torchkata.grading.outputs.similarity import write_similarity
from torchkata.suite.curriculum import read_suite
from torchkata.suite.stubs import stub_of

AT = datetime(2026, 1, 2, 3, 4, 5, tzinfo=UTC)


@pytest.fixture
def suite(little):
    return read_suite(little.root)


def handed_in(folder, student, *names, submitted=AT, clocked=True):
    files = {}
    for name in names:
        path = folder / student.id.replace("/", "_") / f"{name}.py"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(f"# {student.id}\n")
        files[f"times/{name}"] = SubmittedFile(path.name, str(path))
    return Submission(student, "x", files, submitted, clocked=clocked)


@pytest.fixture
def class_(tmp_path):
    return [
        handed_in(tmp_path, Student("ada", "Ada, Countess", section="A"), "double", "triple"),
        handed_in(tmp_path, Student("../bob", "=1+1"), "double"),
        handed_in(tmp_path, Student("base", ""), "double"),
    ]


def test_dolos_has_the_files_their_list_and_the_stub(suite, class_, tmp_path):
    out = tmp_path / "out"
    done = write_similarity("dolos", suite, ["times/double", "times/triple"], class_, out)
    folder = out / "times/double"
    assert done.files == (folder,)
    assert done.remarks == (
        "times/triple is left out: fewer than two have handed it in.",
        f"To look: `cd {folder} && dolos run -f web -l python -i stub.py info.csv`",
    )
    assert (folder / "stub.py").read_text() == stub_of(suite.find("double"))
    with (folder / "info.csv").open(newline="") as file:
        rows = list(csv.DictReader(file))
    assert [row["label"] for row in rows] == ["A", "", ""]
    assert [row["full_name"] for row in rows] == ["Ada, Countess", "'=1+1", "base"]
    assert {row["created_at"] for row in rows} == {"2026-01-02 03:04:05 +0000"}
    texts = [(folder / row["filename"]).read_text() for row in rows]
    assert texts == ["# ada\n", "# ../bob\n", "# base\n"]
    assert {path.name for path in folder.iterdir()} == {"stub.py", "info.csv", "submissions"}


def test_there_is_no_timeline_of_times_that_are_not_sure(suite, class_, tmp_path):
    class_.append(handed_in(tmp_path, Student("cy"), "double", clocked=False))
    write_similarity("dolos", suite, ["times/double"], class_, tmp_path / "out")
    text = (tmp_path / "out/times/double/info.csv").read_text()
    assert text.splitlines()[0] == "filename,label,full_name"


def test_jplag_has_a_folder_for_each_student_and_the_base_code_beside(suite, class_, tmp_path):
    out = tmp_path / "out"
    done = write_similarity("jplag", suite, ["times/double"], class_, out)
    folder = out / "times/double"
    assert done.remarks == (
        f"To look: `java -jar jplag.jar -l python3 -bc {folder}/base {folder}/submissions`",
    )
    assert (folder / "base/double.py").read_text() == stub_of(suite.find("double"))
    texts = {path.read_text() for path in folder.glob("submissions/*/double.py")}
    assert texts == {"# ada\n", "# ../bob\n", "# base\n"}


def test_what_cannot_be_read_or_written_is_told(suite, class_, tmp_path):
    Path(class_[0].files["times/double"].location).unlink()
    out = tmp_path / "out"
    done = write_similarity("jplag", suite, ["times/double"], class_, out)
    assert done.remarks[0].startswith("Ada, Countess (ada) is left out of times/double: double.py")
    with pytest.raises(ExportError) as caught:
        write_similarity("jplag", suite, ["times/double"], class_, out)
    assert str(caught.value) == f"{out} is not empty: name another folder, or remove it."
