"""submissions.py: a class in whatever form it comes, and what is made of hostile files."""

import io
import os
import socket
import tempfile
import zipfile
from datetime import UTC, datetime
from pathlib import Path

import pytest

from torchkata.grading.grades import Student, SubmittedFile
from torchkata.grading.intake.submissions import (
    LARGEST_FILE,
    SubmissionsError,
    Unreadable,
    find,
    read,
)
from torchkata.suite.curriculum import Exercise, Suite, Topic

KEYS = ("indexing/one_hot", "indexing/segment_sum", "data/custom_dataset")
ONE_HOT, SEGMENT_SUM, DATASET = KEYS
JUNE = datetime(2026, 6, 1, 12, tzinfo=UTC)


def suite_of(root, *keys):
    topics = {}
    for key in keys:
        topic, name = key.split("/")
        topics.setdefault(topic, []).append(Exercise(root, topic, name))
    return Suite(root, tuple(Topic(name, name, tuple(each)) for name, each in topics.items()))


SUITE = suite_of(Path("suite"), *KEYS)


def put(folder, *files, **texts):
    """Files in a folder, each with its own path as its text."""
    for name, text in {**dict.fromkeys(files), **texts}.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(os.fsencode(name if text is None else text))
    return folder


def zipped(*members, **options):
    """A zip as bytes; a member is a name, or a pair of a name or ZipInfo and its content."""
    raw = io.BytesIO()
    with zipfile.ZipFile(raw, "w", zipfile.ZIP_DEFLATED, **options) as archive:
        for each in members:
            name, content = each if isinstance(each, tuple) else (each, each)
            archive.writestr(name, content, archive.compression)
    return raw.getvalue()


def one(*paths, roster=()):
    (found,) = find(paths, SUITE, roster)
    return found


def read_all(submission):
    """Each file's exercise, and its text."""
    return {key: read(file).decode() for key, file in submission.files.items()}


def by_id(*paths, roster=()):
    return {each.student.id: each for each in find(paths, SUITE, roster)}


def wrong(*paths):
    with pytest.raises(SubmissionsError) as caught:
        find(paths, SUITE)
    return str(caught.value)


def unreadable(submission, key=ONE_HOT):
    with pytest.raises(Unreadable) as caught:
        read(submission.files[key])
    return str(caught.value)


LAYOUTS = [
    "one_hot.py",
    "indexing/one_hot.py",
    "exercises/indexing/one_hot.py",
    "work/one_hot.py",
    "work/indexing/one_hot.py",
    "torchkata-main/exercises/indexing/one_hot.py",
]


@pytest.mark.parametrize("layout", LAYOUTS)
@pytest.mark.parametrize("form", ["folders", "zips", "zip of folders", "zip of zips", "wrapped"])
def test_a_class_in_each_form_and_layout(tmp_path, form, layout):
    folder = tmp_path / "class"
    folder.mkdir()
    files = [f"ann/{layout}", f"bob/{layout}", "README.md"]
    match form:
        case "folders":
            put(folder, *files)
        case "wrapped":
            put(folder / "all" / "of them", *files)
        case "zips":
            for name in ("ann", "bob"):
                (folder / f"{name}.zip").write_bytes(zipped((layout, f"{name}/{layout}")))
        case "zip of folders":
            folder = tmp_path / "class.zip"
            folder.write_bytes(zipped(*files))
        case "zip of zips":
            inner = [(f"{n}.zip", zipped((layout, f"{n}/{layout}"))) for n in ("ann", "bob")]
            folder = tmp_path / "class.zip"
            folder.write_bytes(zipped(*inner))
    found = find([folder], SUITE)
    assert [each.student for each in found] == [Student("ann"), Student("bob")]
    assert [read_all(each) for each in found] == [
        {ONE_HOT: f"ann/{layout}"},
        {ONE_HOT: f"bob/{layout}"},
    ]
    assert found[0].files[ONE_HOT].path == layout
    assert [each.problem for each in found] == [None, None]
    assert [each.notes for each in found] == [(), ()]


@pytest.mark.parametrize("layout", LAYOUTS[:3])
def test_a_folder_or_zip_that_is_one_submission(tmp_path, layout):
    folder = put(tmp_path / "ann", layout, "data/custom_dataset.py")
    archive = tmp_path / "bob.zip"
    archive.write_bytes(zipped(layout, "data/custom_dataset.py"))
    for path, name in ((folder, "ann"), (archive, "bob")):
        found = one(path)
        assert (found.student, found.source) == (Student(name), str(path))
        assert read_all(found) == {ONE_HOT: layout, DATASET: "data/custom_dataset.py"}
        assert list(found.files) == [ONE_HOT, DATASET]


def test_a_zip_with_one_folder_is_called_as_the_zip_and_a_folder_as_what_is_in_it(tmp_path):
    archive = tmp_path / "ann.zip"
    archive.write_bytes(zipped("torchkata-main/exercises/indexing/one_hot.py"))
    folder = put(tmp_path / "class", "bob/one_hot.py")
    assert one(archive).student.id == "ann"
    assert one(folder).student.id == "bob"
    assert one(folder, roster=[Student("class")]).student.id == "class"
    assert one(archive, roster=[Student("torchkata-main")]).student.id == "torchkata-main"
    assert set(by_id(archive, folder)) == {"ann", "class"}


def test_a_zip_with_a_folder_and_other_files_is_one_submission(tmp_path):
    for name in ("ann", "bob"):
        (tmp_path / f"{name}.zip").write_bytes(zipped("README.md", "hw/one_hot.py"))
    assert set(by_id(*sorted(tmp_path.iterdir()))) == {"ann", "bob"}
    assert set(by_id(tmp_path / "ann.zip")) == {"ann"}


def test_among_submissions_none_passes_for_a_class(tmp_path):
    for name in ("ann", "bob"):
        (tmp_path / f"{name}.zip").write_bytes(zipped("one_hot.py"))
    evil = tmp_path / "evil.zip"
    evil.write_bytes(zipped("ann/one_hot.py", "bob/one_hot.py"))
    paths = sorted(tmp_path.iterdir())
    assert wrong(*paths) == (
        f"{evil} looks like several submissions, and 2 other paths like one each. Give the folder "
        "that they are in, where each thing is one student's; or give a roster; or, if it is a "
        "class, give it without the others."
    )
    for found in (by_id(tmp_path), by_id(*paths, roster=[Student("evil")])):
        assert set(found) == {"ann", "bob", "evil"}
        assert [each.superseded for each in found.values()] == [()] * 3
    evil.write_bytes(zipped("doejane_1_999_one_hot.py"))
    assert wrong(*paths).startswith(f"{evil} looks like several submissions")


def test_a_class_and_a_late_submission(tmp_path):
    put(tmp_path / "class", "ann/one_hot.py", "bob/one_hot.py")
    os.utime(tmp_path / "class/ann/one_hot.py", (0, 0))
    (tmp_path / "ann.zip").write_bytes(zipped("segment_sum.py"))
    found = by_id(tmp_path / "class", tmp_path / "ann.zip")
    assert {name: list(each.files) for name, each in found.items()} == {
        "ann": [SEGMENT_SUM],
        "bob": [ONE_HOT],
    }
    assert found["ann"].superseded == (str(tmp_path / "class/ann"),)


def test_paths_that_a_shell_made_of_a_star(tmp_path):
    put(tmp_path, "ann/work/one_hot.py", "bob/main.py", "eve/one_hot.py", "eve/segment_sum.py")
    (tmp_path / "cyd.zip").write_bytes(b"broken")
    (tmp_path / "dan").mkdir()
    (tmp_path / "dan/hw.zip").write_bytes(zipped("one_hot.py"))
    found = by_id(*sorted(tmp_path.iterdir()))
    assert {name: list(each.files) for name, each in found.items()} == {
        "ann": [ONE_HOT],
        "bob": [],
        "cyd": [],
        "dan": [ONE_HOT],
        "eve": [ONE_HOT, SEGMENT_SUM],
    }
    assert found["bob"].notes == ("Left aside, as no file of an exercise: main.py.",)
    assert found["cyd"].problem == "cyd.zip is not a zip, or not a whole one."
    assert found["dan"].files[ONE_HOT].path == "hw.zip/one_hot.py"


def test_single_files_belong_to_whose_folder_they_are_in(tmp_path):
    put(tmp_path, "ann/one_hot.py", "ann/exercises/data/custom_dataset.py", "bob/one_hot.py")
    found = by_id(*sorted(tmp_path.rglob("*.py")))
    assert read_all(found["ann"]) == {
        ONE_HOT: "ann/one_hot.py",
        DATASET: "ann/exercises/data/custom_dataset.py",
    }
    assert found["ann"].source == str(tmp_path / "ann")
    assert found["ann"].files[DATASET].path == "exercises/data/custom_dataset.py"
    assert found["bob"].source == str(tmp_path / "bob/one_hot.py")


CANVAS = {
    "doejane_11_101_one_hot.py": "old",
    "doejane_11_205_one_hot-2.py": "newest",
    "doejane_11_203_one_hot-1.py": "new",
    "doejane_11_104_work.zip": zipped("segment_sum.py"),
    "doejane_11_105_notes.txt": "",
    "raybob_LATE_12_106_exercise_one_hot.py": "",
    "raybob_LATE_12_107_1_2_x.zip": zipped("work/exercises/indexing/one_hot.py"),
    "LATE_anon_x4Kq_108_custom_dataset.py": "anonymous",
    "anon_b7_109_one_hot.py": "anonymous",
    "müllerjörg_13_text.html": "<p>",
}


@pytest.mark.parametrize("form", ["folder", "zip", "paths"])
def test_a_canvas_download(tmp_path, form):
    folder = tmp_path / "submissions"
    folder.mkdir()
    for name, content in CANVAS.items():
        (folder / name).write_bytes(content if isinstance(content, bytes) else content.encode())
    paths = [folder] if form == "folder" else sorted(folder.iterdir())
    if form == "zip":
        paths = [tmp_path / "submissions.zip"]
        paths[0].write_bytes(zipped(*CANVAS.items()))
    found = by_id(*paths)
    assert {each.student: (list(each.files), each.late) for each in found.values()} == {
        Student("11", "doejane", canvas_id="11"): ([ONE_HOT, SEGMENT_SUM], False),
        Student("12", "raybob", canvas_id="12"): ([ONE_HOT], True),
        Student("13", "müllerjörg", canvas_id="13"): ([], False),
        Student("anon_b7"): ([ONE_HOT], False),
        Student("anon_x4Kq"): ([DATASET], True),
    }
    jane = found["11"]
    assert read_all(jane) == {ONE_HOT: "newest", SEGMENT_SUM: "segment_sum.py"}
    assert jane.superseded == ("doejane_11_101_one_hot.py", "doejane_11_203_one_hot-1.py")
    assert jane.notes == ("Left aside, as no file of an exercise: notes.txt.",)
    assert jane.submitted is None
    assert found["13"].notes == ("Left aside, as no file of an exercise: text.html.",)
    if form != "paths":
        assert jane.source == f"{paths[0]}/doejane_11"


def test_zips_that_only_look_as_if_from_canvas(tmp_path):
    for name in ("ann", "bob"):
        (tmp_path / f"lab_2026_11_{name}.zip").write_bytes(zipped("one_hot.py"))
    assert set(by_id(tmp_path)) == {"lab_2026_11_ann", "lab_2026_11_bob"}


def test_a_later_attachment_of_canvas_counts_before_an_earlier_one(tmp_path):
    put(tmp_path, "doejane_1_9_one_hot.py")
    (tmp_path / "doejane_1_8_all.zip").write_bytes(zipped("exercises/indexing/one_hot.py"))
    found = one(tmp_path)
    assert read_all(found) == {ONE_HOT: "doejane_1_9_one_hot.py"}
    (note,) = found.notes
    path = "all.zip/exercises/indexing/one_hot.py"
    assert note == f"Left aside, as another file of the exercise counts: {path}."


@pytest.mark.parametrize("form", ["folder", "zip"])
def test_a_moodle_download(tmp_path, form):
    files = [
        "Jane Doe_123_assignsubmission_file/one_hot.py",
        "Jane Doe_123_assignsubmission_onlinetext/onlinetext.html",
        "Ray Bob_7_assignsubmission_file_/sub/segment_sum.py",
        "Participant_9_assignsubmission_file_one_hot.py",
    ]
    path = put(tmp_path / "class", *files)
    if form == "zip":
        path = tmp_path / "class.zip"
        path.write_bytes(zipped(*files))
    found = find([path], SUITE, [Student("123", "Jane Doe", "jane@x")])
    assert [(each.student, list(each.files)) for each in found] == [
        (Student("123", "Jane Doe", "jane@x"), [ONE_HOT]),
        (Student("9", "Participant"), [ONE_HOT]),
        (Student("7", "Ray Bob"), [SEGMENT_SUM]),
    ]
    assert found[0].notes == ("Left aside, as no file of an exercise: onlinetext.html.",)
    assert found[0].source == f"{path}/Jane Doe_123_assignsubmission_file"
    assert found[2].notes == ("No student of the roster is called so.",)


def test_gradescope_tells_who_when_and_whether_late(tmp_path):
    folder = put(tmp_path / "submission", "work/one_hot.py", "old/notes.txt")
    (tmp_path / "submission_metadata.json").write_text(
        '{"created_at": "2026-06-01T14:00:00.5+02:00", "users": [{"id": 5, "name": "Jane Doe",'
        '"email": "j@x"}], "assignment": {"due_date": "2026-06-01T13:00:00.5+02:00"}}'
    )
    found = one(folder)
    assert found.student == Student("5", "Jane Doe", "j@x")
    assert (list(found.files), found.late) == ([ONE_HOT], True)
    assert found.submitted == JUNE.replace(microsecond=500_000)
    assert found.clocked


def test_a_group_on_gradescope_has_the_names_of_all(tmp_path):
    folder = put(tmp_path / "submission", "one_hot.py")
    (tmp_path / "submission_metadata.json").write_text(
        '{"created_at": "2026-06-01T14:00:00.5+02:00", "users": [{"id": 5, "name": "Jane Doe",'
        '"email": "j@x"}, {"id": 6, "name": "Bo Ray", "email": "b@x"}]}'
    )
    assert one(folder).student == Student("5", "Jane Doe, Bo Ray", "j@x")


def test_of_two_submissions_the_latest_counts(tmp_path):
    for week, name in enumerate(["second", "first", "third"]):
        put(tmp_path / name / "ann", **{"one_hot.py": name})
        put(tmp_path / name / "bob", "one_hot.py")
        when = JUNE.timestamp() + [60, 0, 120][week]
        os.utime(tmp_path / name / "ann/one_hot.py", (when, when))
    found = by_id(*(tmp_path / name for name in ("second", "third", "first")))
    ann = found["ann"]
    assert read_all(ann) == {ONE_HOT: "third"}
    assert ann.superseded == (str(tmp_path / "first/ann"), str(tmp_path / "second/ann"))
    assert ann.submitted == datetime(2026, 6, 1, 12, 2, tzinfo=UTC)
    assert not ann.clocked
    assert len(found["bob"].superseded) == 2


def test_an_empty_submission_never_counts_before_another(tmp_path):
    put(tmp_path / "old/ann", "one_hot.py")
    put(tmp_path / "old/bob", "one_hot.py")
    put(tmp_path / "new/ann", "readme.txt")
    put(tmp_path / "new/bob", "one_hot.py")
    os.utime(tmp_path / "old/ann/one_hot.py", (0, 0))
    assert list(by_id(tmp_path / "old", tmp_path / "new")["ann"].files) == [ONE_HOT]


def test_of_two_downloads_from_canvas_the_higher_number_counts(tmp_path):
    put(tmp_path / "a", "doejane_1_9_one_hot.py")
    put(tmp_path / "b", "doejane_1_8_one_hot.py")
    os.utime(tmp_path / "a/doejane_1_9_one_hot.py", (0, 0))
    assert read_all(one(tmp_path / "a", tmp_path / "b")) == {ONE_HOT: "doejane_1_9_one_hot.py"}


def test_a_roster_names_the_students_and_those_who_handed_in_nothing(tmp_path):
    put(tmp_path, "jdoe/one_hot.py", "eve/one_hot.py")
    jane, bob = Student("1", "Doe, Jane", "", "jdoe"), Student("2", "Abe, Bob")
    found = find([tmp_path], SUITE, [jane, bob])
    assert [each.student for each in found] == [Student("eve"), bob, jane]
    assert (found[1].source, found[1].files, found[1].notes) == ("", {}, ())
    assert found[0].notes == ("No student of the roster is called so.",)
    assert found[2].notes == ()


def test_what_is_no_exercise_is_named_and_counted(tmp_path):
    put(
        tmp_path / "ann",
        *("exercises/indexing/one_hot.py", "one_hot.py", "conftest.py", "lib/numpy.py"),
        *("lib/a.pth", "pytest.ini", "b.txt", "c.txt", "solutions/indexing/segment_sum.py"),
        *("tests/segment_sum.py", ".git/segment_sum.py", "__MACOSX/._one_hot.py", ".DS_Store"),
        *("__pycache__/segment_sum.py", "a/b/c/d/e/f/segment_sum.py"),
    )
    found = one(tmp_path / "ann")
    assert found.files[ONE_HOT].path == "exercises/indexing/one_hot.py"
    assert len(found.files) == 1
    assert found.notes == (
        "Left aside, as no file of an exercise: conftest.py, lib/a.pth, lib/numpy.py, pytest.ini "
        "and 3 more.",
        "Left aside, as another file of the exercise counts: one_hot.py.",
    )


def test_an_archive_in_a_students_archive_is_not_opened(tmp_path):
    (tmp_path / "ann.zip").write_bytes(zipped(("more.zip", zipped("one_hot.py"))))
    (tmp_path / "bob.zip").write_bytes(zipped("one_hot.py"))
    found = by_id(tmp_path)["ann"]
    assert (found.files, found.notes) == ({}, ("Left aside, as no file of an exercise: more.zip.",))


def test_wrong_use(tmp_path):
    none = tmp_path / "none"
    assert wrong(none) == f"{none}: there is no such file or folder."
    empty = put(tmp_path / "empty", "notes.txt")
    assert wrong(empty) == (
        f"No submission is in {empty}. A submission is a folder or a zip with files of exercises, "
        "such as exercises/indexing/one_hot.py or one_hot.py. Give one, or a folder or a zip of "
        "many, one a student, or what Canvas or Moodle lets you download."
    )
    (empty / "link").symlink_to("notes.txt")
    assert wrong(empty).startswith(f"No submission is in {empty}. ")
    assert wrong().startswith("No submission is in no paths. ")
    broken = tmp_path / "class.zip"
    broken.write_bytes(zipped("ann/one_hot.py")[:-9])
    assert wrong(broken) == (
        f"{broken} is not a zip, or not a whole one. Get it anew, or unpack it and give the folder."
    )
    tar = put(tmp_path, "class.tar.gz") / "class.tar.gz"
    assert wrong(tar) == (
        f"{tar} is not a tar, or not a whole one. Get it anew, or unpack it and give the folder."
    )
    text = put(tmp_path, "notes.txt") / "notes.txt"
    assert wrong(text) == (
        f"{text} is neither a folder, nor an archive, nor a Python file, nor a notebook."
    )
    file = put(tmp_path, "onehot.py") / "onehot.py"
    assert wrong(file) == (
        f"{file} is called as no exercise of the suite. Did you mean indexing/one_hot?"
    )
    pipe = tmp_path / "pipe.py"
    os.mkfifo(pipe)
    assert wrong(pipe) == f"{pipe} is neither a file nor a folder."


def special(path, kind):
    path.parent.mkdir(parents=True, exist_ok=True)
    match kind:
        case "a symbolic link":
            path.symlink_to("/etc/passwd")
        case "a named pipe":
            os.mkfifo(path)
        case "a folder":
            path.mkdir()
        case "a socket":
            with socket.socket(socket.AF_UNIX) as bound:
                bound.bind(os.path.relpath(path))
        case "100 MB":
            with path.open("wb") as file:
                file.truncate(100_000_000)
        case "gone":
            path.write_text("")


KINDS = {
    "a symbolic link": "is a symbolic link, which is not followed.",
    "a named pipe": "is a named pipe, not a file.",
    "a folder": "is a folder, not a file.",
    "a socket": "is a socket, not a file.",
    "100 MB": "is 100.0 MB; the largest that is judged has 1 MiB.",
    "gone": "can't be read: No such file or directory.",
}


@pytest.mark.parametrize("kind", KINDS)
def test_what_is_no_small_file_is_never_read(tmp_path, kind):
    special(tmp_path / "ann/indexing/one_hot.py", kind)
    put(tmp_path, "bob/one_hot.py", "ann/segment_sum.py")
    found = by_id(tmp_path)
    if kind == "gone":
        (tmp_path / "ann/indexing/one_hot.py").unlink()
    assert unreadable(found["ann"]) == f"indexing/one_hot.py {KINDS[kind]}"
    assert read(found["ann"].files[SEGMENT_SUM]) == b"ann/segment_sum.py"
    assert found["ann"].problem is None
    assert read_all(found["bob"]) == {ONE_HOT: "bob/one_hot.py"}


def test_the_largest_file_is_read_and_one_byte_more_is_not(tmp_path):
    path = put(tmp_path, "one_hot.py") / "one_hot.py"
    path.write_bytes(bytes(LARGEST_FILE))
    assert len(read(SubmittedFile("one_hot.py", str(path)))) == LARGEST_FILE
    path.write_bytes(bytes(LARGEST_FILE + 1))
    assert unreadable(one(path)) == "one_hot.py is 1.0 MB; the largest that is judged has 1 MiB."


def test_links_to_others_and_elsewhere_are_not_followed(tmp_path):
    put(tmp_path, "class/ann/one_hot.py", "class/eve/x.txt", "elsewhere/segment_sum.py")
    (tmp_path / "class/bob").symlink_to("ann")
    (tmp_path / "class/cyd.zip").symlink_to("../elsewhere")
    (tmp_path / "class/eve/indexing").symlink_to(tmp_path / "elsewhere")
    (tmp_path / "class/loop").symlink_to("loop")
    found = by_id(tmp_path / "class")
    assert {name: (each.problem, each.notes) for name, each in found.items()} == {
        "ann": (None, ()),
        "bob": ("bob is a symbolic link: it is not read.", ()),
        "cyd": ("cyd.zip is a symbolic link: it is not read.", ()),
        "eve": (
            None,
            ("Left aside, as no file of an exercise: indexing (a symbolic link), x.txt.",),
        ),
        "loop": ("loop is a symbolic link: it is not read.", ()),
    }
    assert sum(len(each.files) for each in found.values()) == 1


def test_a_submission_of_very_many_files_is_refused(tmp_path):
    put(tmp_path, "bob/one_hot.py", "ann/one_hot.py")
    for number in range(5001):
        (tmp_path / f"ann/{number}").touch()
    found = by_id(tmp_path)
    assert found["ann"].problem == "ann holds more than 5,000 files."
    assert found["ann"].files == {}
    assert list(found["bob"].files) == [ONE_HOT]


def test_a_deep_folder_is_not_gone_into(tmp_path):
    put(tmp_path, "bob/one_hot.py", "ann/one_hot.py")
    here = os.getcwd()
    os.chdir(tmp_path / "ann")
    try:
        for _ in range(1100):
            os.mkdir("deep")
            os.chdir("deep")
        (found,) = (each for each in find([tmp_path], SUITE) if each.student.id == "ann")
    finally:
        os.chdir(here)
        # Deeper than what pytest's own removing of old folders bears.
        os.system(f"rm -rf {tmp_path}/ann/deep")
    path = "/".join(["deep"] * 6)
    assert found.notes == (f"Left aside, as no file of an exercise: {path} (too deep).",)


def test_what_may_not_be_read():
    with tempfile.TemporaryDirectory() as folder:
        path = put(Path(folder), "ann/one_hot.py", "bob/one_hot.py")
        path.chmod(0o755)
        (path / "ann").chmod(0)
        (path / "bob/one_hot.py").chmod(0)
        user = os.geteuid()
        os.seteuid(user or 65534)
        try:
            found = by_id(path)
            assert found["ann"].problem == "ann can't be read: Permission denied."
            assert unreadable(found["bob"]) == "one_hot.py can't be read: Permission denied."
        finally:
            os.seteuid(user)
            (path / "ann").chmod(0o755)


def test_hostile_names_stay_in_one_line(tmp_path):
    names = ["new\nline", "right\u202eto left", "x" * 200, "=1+1", "<b>", "no\udcffutf", "'"]
    for name in names:
        put(tmp_path / name, "one_hot.py", f"{name}.txt")
    found = by_id(tmp_path)
    assert set(found) == set(names)
    assert {read(each.files[ONE_HOT]) for each in found.values()} == {b"one_hot.py"}
    said = "Left aside, as no file of an exercise: "
    assert {name: each.notes for name, each in found.items()} == {
        "new\nline": (f"{said}new\\nline.txt.",),
        "right\u202eto left": (f"{said}right\\u202eto left.txt.",),
        "x" * 200: (f"{said}{'x' * 80}….",),
        "=1+1": (f"{said}=1+1.txt.",),
        "<b>": (f"{said}<b>.txt.",),
        "no\udcffutf": (f"{said}no\\udcffutf.txt.",),
        "'": (f"{said}'.txt.",),
    }
