"""archive.py: students' archives, hostile and broken ones, as the instructor gets them."""

import io
import os
import stat
import struct
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from torchkata.grading.intake.submissions import SubmissionsError, Unreadable, find, read
from torchkata.suite.curriculum import Exercise, Suite, Topic

INDEXING = ("one_hot", "segment_sum")
SUITE = Suite(
    Path("suite"),
    (Topic("indexing", "", tuple(Exercise(Path("suite"), "indexing", each) for each in INDEXING)),),
)
ONE_HOT = "indexing/one_hot"
FORMS = ["a folder of zips", "a zip of zips"]


def zipped(*members, method=zipfile.ZIP_DEFLATED):
    """A zip as bytes; a member is a name, or a pair of a name or ZipInfo and its content."""
    raw = io.BytesIO()
    with zipfile.ZipFile(raw, "w") as archive:
        for each in members:
            name, content = each if isinstance(each, tuple) else (each, each)
            archive.writestr(name, content, method)
    return raw.getvalue()


def info(name, mode=0, system=3):
    found = zipfile.ZipInfo(name)
    found.external_attr = mode << 16
    found.create_system = system
    return found


@pytest.fixture(params=FORMS)
def graded(request, tmp_path):
    """Ann's submission, of a class in which Bob's is honest, in each form that holds archives."""

    def find_both(raw):
        zips = {"ann.zip": raw, "bob.zip": zipped("one_hot.py")}
        path = tmp_path / "class"
        if request.param == FORMS[0]:
            path.mkdir(exist_ok=True)
            for name, each in zips.items():
                (path / name).write_bytes(each)
        else:
            path = tmp_path / "class.zip"
            path.write_bytes(zipped(*zips.items()))
        ann, bob = find([path], SUITE)
        assert (ann.student.id, bob.student.id, bob.problem, bob.notes) == ("ann", "bob", None, ())
        assert read(bob.files[ONE_HOT]) == b"one_hot.py"
        return ann

    return find_both


def unreadable(submission):
    with pytest.raises(Unreadable) as caught:
        read(submission.files[ONE_HOT])
    return str(caught.value)


REFUSED = {
    "absolute": ("/etc/one_hot.py", "a path that leads out of it, /etc/one_hot.py"),
    "above": ("../one_hot.py", "a path that leads out of it, ../one_hot.py"),
    "above, in the middle": (
        "a/../../x/one_hot.py",
        "a path that leads out of it, a/a/../../x/one_hot.py",
    ),
    "backslashes": ("..\\one_hot.py", "a path that leads out of it, ../one_hot.py"),
    "a drive": ("C:\\x.py", "a path that leads out of it, C:/x.py"),
    "a link": (info("one_hot.py", stat.S_IFLNK | 0o777), "a symbolic link, one_hot.py"),
    "a link, of DOS": (info("a/x", stat.S_IFLNK, 0), "a symbolic link, a/x"),
    "a device": (info("one_hot.py", stat.S_IFCHR), "a pipe or a device, one_hot.py"),
    "a pipe": (info("one_hot.py", stat.S_IFIFO), "a pipe or a device, one_hot.py"),
    "a hostile name": ("../\u202e\n\x1b[1m", "a path that leads out of it, ../\\u202e\\n\\x1b[1m"),
}


@pytest.mark.parametrize(("member", "what"), REFUSED.values(), ids=REFUSED)
def test_an_archive_that_leads_elsewhere_is_refused(graded, member, what):
    ann = graded(zipped("segment_sum.py", (member, "/etc/passwd")))
    assert (ann.files, ann.notes) == ({}, ())
    assert ann.problem == f"ann.zip holds {what}: nothing of it is read."


@pytest.mark.parametrize("order", [1, -1])
def test_a_link_is_refused_whatever_has_the_same_name(graded, order):
    link = (info("a", stat.S_IFLNK), "/etc")
    ann = graded(zipped(*[link, "a/one_hot.py"][::order]))
    assert ann.files == {}
    assert ann.problem == "ann.zip holds a symbolic link, a: nothing of it is read."


def test_one_students_folder_in_a_zip_is_refused_and_not_the_class(tmp_path):
    path = tmp_path / "class.zip"
    link = (info("ann/one_hot.py", stat.S_IFLNK), "/etc/passwd")
    path.write_bytes(zipped(link, "bob/one_hot.py", "eve/../../one_hot.py", "eve/one_hot.py"))
    found = find([path], SUITE)
    assert [(each.student.id, each.problem, len(each.files)) for each in found] == [
        ("ann", "ann holds a symbolic link, one_hot.py: nothing of it is read.", 0),
        ("bob", None, 1),
        (
            "eve",
            "eve holds a path that leads out of it, eve/../../one_hot.py: nothing of it is read.",
            0,
        ),
    ]


def test_a_path_out_of_an_instructors_zip_is_told(tmp_path):
    path = tmp_path / "class.zip"
    path.write_bytes(zipped("ann/one_hot.py", "bob/one_hot.py", "../../evil.py"))
    with pytest.raises(SubmissionsError) as caught:
        find([path], SUITE)
    assert str(caught.value) == (
        f"{path} holds a path that leads out of it, ../../evil.py. Find out who made it, unpack "
        "the rest with care and give the folder."
    )


def encrypted(raw):
    """The archive with each of its members marked as encrypted."""
    raw = bytearray(raw)
    for mark, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        at = raw.find(mark)
        while at >= 0:
            raw[at + offset] |= 1
            at = raw.find(mark, at + 1)
    return bytes(raw)


def declaring(raw, size):
    """The archive with another size of its members when inflated."""
    raw = bytearray(raw)
    struct.pack_into("<L", raw, raw.rfind(b"PK\x01\x02") + 24, size)
    return bytes(raw)


def damaged(raw):
    at = raw.find(b"one_hot.py") + len("one_hot.py")
    return raw[:at] + bytes(each ^ 255 for each in raw[at : at + 3]) + raw[at + 3 :]


LONG = "x" * 1000
UNREADABLE = {
    "encrypted": (lambda: encrypted(zipped("one_hot.py")), "one_hot.py is encrypted."),
    "bzip2": (
        lambda: zipped("one_hot.py", method=zipfile.ZIP_BZIP2),
        "one_hot.py is compressed with bzip2; only Deflate is read.",
    ),
    "LZMA": (
        lambda: zipped("one_hot.py", method=zipfile.ZIP_LZMA),
        "one_hot.py is compressed with LZMA; only Deflate is read.",
    ),
    "a bomb": (
        lambda: zipped(("one_hot.py", bytes(50_000_000))),
        "one_hot.py is 50.0 MB; the largest that is judged has 1 MiB.",
    ),
    "a bomb that says it is small": (
        lambda: declaring(zipped(("one_hot.py", bytes(50_000_000))), 1000),
        "one_hot.py is damaged in its archive.",
    ),
    "less than it says": (
        lambda: declaring(zipped(("one_hot.py", LONG)), 2000),
        "one_hot.py is damaged in its archive.",
    ),
    "damaged": (
        lambda: damaged(zipped(("one_hot.py", LONG))),
        "one_hot.py is damaged in its archive.",
    ),
    "a folder": (lambda: zipped("one_hot.py/"), "one_hot.py is a folder, not a file."),
}


@pytest.mark.parametrize(("made", "message"), UNREADABLE.values(), ids=UNREADABLE)
def test_a_member_that_cant_be_read_stands_and_is_refused(graded, made, message):
    ann = graded(made())
    assert list(ann.files) == [ONE_HOT]
    assert unreadable(ann) == message


def many(number):
    return zipped(*((f"{each}.txt", "") for each in range(number)))


BROKEN = {
    "no zip": (lambda: b"hello", "ann.zip is not a zip, or not a whole one."),
    "empty": (lambda: b"", "ann.zip is not a zip, or not a whole one."),
    "truncated": (lambda: zipped("one_hot.py")[:-5], "ann.zip is not a zip, or not a whole one."),
    "many files": (lambda: many(5001), "ann.zip holds more than 5,000 files."),
    "a large bomb": (
        lambda: zipped("one_hot.py", *((f"{each}", bytes(9_000_000)) for each in range(30))),
        "ann.zip unpacks to more than 256 MiB: nothing of it is read.",
    ),
    "a large archive": (
        lambda: zipped(("one_hot.py", bytes(33 << 20)), method=zipfile.ZIP_STORED),
        "ann.zip is 34.6 MB; the largest that is opened has 32 MiB.",
    ),
}


@pytest.mark.parametrize(("made", "message"), BROKEN.values(), ids=BROKEN)
def test_an_archive_that_cant_be_opened_is_the_students_problem(graded, made, message):
    ann = graded(made())
    assert (ann.files, ann.notes, ann.problem) == ({}, (), message)


def test_as_many_files_as_may_be_are_read(graded):
    assert graded(many(5000)).problem is None


def test_a_broken_archive_beside_files_is_a_note(tmp_path):
    (tmp_path / "ann").mkdir()
    (tmp_path / "ann/one_hot.py").write_text("")
    (tmp_path / "ann/old.zip").write_bytes(b"broken")
    (found,) = find([tmp_path / "ann"], SUITE)
    assert (list(found.files), found.problem) == ([ONE_HOT], None)
    assert found.notes == ("old.zip is not a zip, or not a whole one.",)


def test_an_archive_that_is_inflated_within_one_is_limited_too(tmp_path):
    path = tmp_path / "class.zip"
    path.write_bytes(zipped(("ann.zip", bytes(200_000_000)), ("bob.zip", zipped("one_hot.py"))))
    ann, bob = find([path], SUITE)
    assert ann.problem == "ann.zip is 200.0 MB; the largest that is opened has 32 MiB."
    assert list(bob.files) == [ONE_HOT]


def test_no_more_than_ten_archives_of_a_student_are_opened(tmp_path):
    for name in ("ann", "bob"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "notes.txt").touch()
    for number in range(12):
        (tmp_path / f"ann/{number:02}.zip").write_bytes(zipped("one_hot.py"))
    (tmp_path / "ann/10.zip").write_bytes(zipped("segment_sum.py"))
    ann, _ = find([tmp_path], SUITE)
    assert [each.path for each in ann.files.values()] == ["00.zip/one_hot.py"]
    assert ann.notes[0] == "Left aside, as no file of an exercise: 10.zip, 11.zip, notes.txt."


def test_of_a_name_that_is_there_twice_the_last_counts(graded):
    with pytest.warns(UserWarning, match="Duplicate name"):
        raw = zipped(("one_hot.py", "first"), ("one_hot.py", "last"))
    ann = graded(raw)
    assert read(ann.files[ONE_HOT]) == b"last"
    assert ann.notes == ("More than once in its archive, and the last counts: one_hot.py.",)


@pytest.mark.parametrize(
    "name",
    [
        "exercises\\indexing\\one_hot.py",
        "./indexing//one_hot.py",
        "Jörg/one_hot.py",
        "right\u202eleft/one_hot.py",
        "new\nline/one_hot.py",
        "a" * 4000 + "/one_hot.py",
        "one_hot.py\0.txt",
    ],
    ids=ascii,
)
def test_strange_names(graded, name):
    member = zipfile.ZipInfo("x")
    member.filename = name
    ann = graded(zipped((member, "mine")))
    assert read(ann.files[ONE_HOT]) == b"mine"
    assert ann.files[ONE_HOT].path == name.replace("\\", "/").replace("./", "").replace(
        "//", "/"
    ).removesuffix("\0.txt")


def test_names_in_utf_8_that_are_not_marked_as_such(tmp_path):
    raw = zipped("MüllerXJörg_1_2_one_hot.py")
    at = [raw.find(b"PK\x03\x04") + 7, raw.find(b"PK\x01\x02") + 9]
    unmarked = bytes(each & ~8 if at_ in at else each for at_, each in enumerate(raw))
    assert unmarked != raw
    (tmp_path / "class.zip").write_bytes(unmarked)
    (found,) = find([tmp_path / "class.zip"], SUITE)
    assert found.student.name == "MüllerXJörg"
    assert len(read(found.files[ONE_HOT])) == len(os.fsencode("MüllerXJörg_1_2_one_hot.py"))


def test_very_deep_names_cost_little(graded):
    ann = graded(zipped(*(("a/" * 32000 + f"{each}.py", "") for each in range(200)), "one_hot.py"))
    assert list(ann.files) == [ONE_HOT]


def test_an_archive_that_changes_is_opened_anew(tmp_path):
    path = tmp_path / "ann.zip"
    for text in ("first", "second one"):
        path.write_bytes(zipped(("one_hot.py", text)))
        (found,) = find([path], SUITE)
        assert read(found.files[ONE_HOT]) == text.encode()
    path.write_bytes(zipped("other.py"))
    assert unreadable(found) == "one_hot.py can't be read: its archive has changed."
    path.write_bytes(b"broken")
    assert unreadable(found) == "one_hot.py can't be read: its archive has changed."
    path.unlink()
    assert unreadable(found) == "one_hot.py can't be read: No such file or directory."


def outcome(file):
    """Nothing where the file can be read, and else why not."""
    try:
        read(file)
    except Unreadable as error:
        return str(error)
    return ""


@given(data=st.data())
def test_whatever_the_bytes_are_the_class_is_read(data, tmp_path_factory):
    raw = bytearray(zipped("exercises/indexing/one_hot.py", ("segment_sum.py", LONG), "x/y.zip"))
    for _ in range(data.draw(st.integers(1, 6))):
        raw[data.draw(st.integers(0, len(raw) - 1))] = data.draw(st.integers(0, 255))
    folder = tmp_path_factory.mktemp("fuzz")
    (folder / "ann.zip").write_bytes(raw)
    (folder / "bob.zip").write_bytes(zipped("one_hot.py"))
    found = {each.student.id: each for each in find([folder], SUITE)}
    assert list(found["bob"].files) == [ONE_HOT]
    said = [found["ann"].problem or "", *map(outcome, found["ann"].files.values())]
    assert all(map(str.isprintable, said))


LEAN = """
import resource, sys
from pathlib import Path
from test_archive import SUITE, Unreadable, find, read
before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
for each in find([Path(sys.argv[1])], SUITE):
    for file in each.files.values():
        try:
            read(file)
        except Unreadable:
            pass
print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before)
"""


@pytest.mark.slow
def test_bombs_take_little_memory(tmp_path):
    (tmp_path / "class").mkdir()
    bomb = zipped(("one_hot.py", bytes(90_000_000)), ("x/segment_sum.py", bytes(1_000_000)))
    for name in "abcd":
        (tmp_path / "class" / f"{name}.zip").write_bytes(declaring(bomb, 900_000))
    (tmp_path / "class/e.zip").write_bytes(zipped(("one_hot.py", bytes(33 << 20))))
    (tmp_path / "class/f.zip").write_bytes(
        zipped(("one_hot.py", bytes(90_000_000)), method=zipfile.ZIP_LZMA)
    )
    done = subprocess.run(
        [sys.executable, "-c", LEAN, tmp_path / "class"],
        env={**os.environ, "PYTHONPATH": f"{Path(__file__).parent}:{Path(__file__).parents[4]}"},
        capture_output=True,
        text=True,
        check=True,
    )
    assert int(done.stdout) < 60_000, "KiB"
