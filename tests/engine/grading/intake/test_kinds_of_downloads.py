"""A class in each form that real downloads have: who is in it, what is taken, and nothing lost."""

import io
import json
import tarfile
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from tests.engine.grading.intake.test_submissions import suite_of, zipped
from torchkata.grading.grades import Student
from torchkata.grading.intake.submissions import read, take_in
from torchkata.grading.outputs.handed_in import listing, warnings
from torchkata.suite.stubs import stub_of

ANSWER = "def one_hot(labels, num_classes):\n    return labels\n"
KEY = "indexing/one_hot"


@pytest.fixture(scope="module")
def suite(tmp_path_factory):
    root = tmp_path_factory.mktemp("suite")
    texts = {
        KEY: ANSWER,
        "indexing/segment_sum": "def segment_sum(x):\n    return x\n",
        "data/custom_dataset": "class Labeled:\n    def __len__(self):\n        return 0\n",
    }
    for key, text in texts.items():
        topic, name = key.split("/")
        for path, content in (
            (root / f"solutions/{key}.py", f'"""An exercise."""\n{text}'),
            (root / f"tests/{topic}/test_{name}.py", ""),
        ):
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(content)
    return suite_of(root, *texts)


def stub(suite):
    return stub_of(suite.find(KEY))


def tarred(kind, **members):
    raw = io.BytesIO()
    with tarfile.open(fileobj=raw, mode=f"w:{kind}") as archive:
        for name, text in members.items():
            info = tarfile.TarInfo(name)
            info.size = len(text)
            archive.addfile(info, io.BytesIO(text if isinstance(text, bytes) else text.encode()))
    return raw.getvalue()


PACK = {
    "zip": lambda **members: zipped(*members.items()),
    "tar": lambda **members: tarred("", **members),
    "tar.gz": lambda **members: tarred("gz", **members),
    "tgz": lambda **members: tarred("gz", **members),
    "tar.bz2": lambda **members: tarred("bz2", **members),
    "tar.xz": lambda **members: tarred("xz", **members),
}


@dataclass
class Kind:
    """Files that are given, what each student handed in, and what is taken of it for one_hot.

    `told` are words that the console must say, `lost` what stands under no student. `answers` says
    that what is taken is an answer.
    """

    files: dict
    students: dict
    told: tuple = ()
    lost: tuple = ()
    roster: tuple = ()
    given: tuple = (".",)
    taken: dict = field(default_factory=dict)
    answers: bool = True


def beside(handed, files, taken=None, **more):
    """Somebody beside Ann, who is there in the plainest form."""
    students = {"ann": ["one_hot.py"], **handed}
    return Kind({"ann/one_hot.py": ANSWER, **files}, students, taken=taken or {}, **more)


def notebook(*cells):
    return json.dumps({"cells": [{"cell_type": "code", "source": each} for each in cells]})


LAYOUTS = [
    "one_hot.py",
    "indexing/one_hot.py",
    "exercises/indexing/one_hot.py",
    "work/one_hot.py",
    "torchkata-main/exercises/indexing/one_hot.py",
    "solutions/one_hot.py",
]
KINDS = {}
for layout in LAYOUTS:
    taken = {"chen": layout}
    KINDS[f"folder, {layout}"] = beside({"chen": [layout]}, {f"chen/{layout}": ANSWER}, taken)
    for form, pack in PACK.items():
        packed = pack(**{layout: ANSWER})
        KINDS[f"{form}, {layout}"] = beside({"chen": [layout]}, {f"chen.{form}": packed}, taken)
for outer in ("zip", "tar", "tar.gz"):
    for inner in ("folders", "zip", "tar.gz"):
        names = {name: ["one_hot.py"] for name in ("ann", "bob")}
        if inner == "folders":
            held = {f"{name}/one_hot.py": ANSWER for name in names}
        else:
            held = {f"{name}.{inner}": PACK[inner](**{"one_hot.py": ANSWER}) for name in names}
        given = {f"class.{outer}": PACK[outer](**held)}
        taken = dict.fromkeys(names, "one_hot.py")
        KINDS[f"{inner} in a {outer}"] = Kind(given, names, given=tuple(given), taken=taken)
NEAR = [
    *("one_hot (1).py", "One_Hot.py", "one_hot.py.txt", "hw1_one_hot.py", "one-hot.py"),
    *("one_hot_final.py", "oneHot.py", "one hot.py", "one_hot copy.py", "one_hot-1.py"),
    *("ONE_HOT.PY", "one_hot_v2.py", "HW2 - one_hot (3).py"),
]
for name in NEAR:
    KINDS[f"called {name}"] = beside({"chen": [name]}, {f"chen/{name}": ANSWER}, {"chen": name})
for name, raw in {
    "chen.7z": b"7z\xbc\xaf\x27\x1c",
    "chen.rar": b"Rar!\x1a\x07",
    "chen.gz": b"what",
    "chen.zip": b"Rar!\x1a\x07",
    "chen.tar.gz": b"\x1f\x8b broken",
    "chen.tgz": PACK["tgz"](**{"one_hot.py": ANSWER})[:-30],
}.items():
    KINDS[f"{name} of {raw[:4]!r}"] = beside({"chen": [name]}, {name: raw}, told=(f"chen: {name}",))
CELLS = notebook(
    "import torch\n%matplotlib inline", "!pip install x\n" + ANSWER, "print(1)", "%%bash\nls"
)
for name, text, is_taken in (
    ("one_hot.ipynb", notebook(ANSWER), True),
    ("homework.ipynb", CELLS, True),
    ("one_hot.ipynb", notebook("print(1)"), True),
    ("homework.ipynb", notebook("print(1)"), False),
    ("homework.ipynb", "no notebook", False),
):
    taken = {"chen": name} if is_taken else {}
    KINDS[f"{name} of {text[:60]}"] = beside(
        {"chen": [name]}, {f"chen/{name}": text}, taken, answers="def" in text
    )
KINDS |= {
    "a bare file": beside({"dayo": ["dayo.py"]}, {"dayo.py": ANSWER}, {"dayo": "dayo.py"}),
    "a bare file of nothing": beside(
        {"dayo": ["dayo.py"]}, {"dayo.py": "x = 1\n"}, told=("dayo: Nothing of it is judged",)
    ),
    "a bare notebook": beside(
        {"dayo": ["dayo.ipynb"]}, {"dayo.ipynb": CELLS}, {"dayo": "dayo.ipynb"}
    ),
    "the stub at the top": beside(
        {"bob": ["one_hot.py"]},
        {"bob/one_hot.py": ANSWER, "one_hot.py": stub},
        lost=("one_hot.py",),
    ),
    "an answer at the top": beside(
        {"bob": ["one_hot.py"]},
        {"bob/one_hot.py": ANSWER, "one_hot.py": ANSWER},
        lost=("one_hot.py",),
        told=("one_hot.py: a file of an exercise beside",),
    ),
    "a stub in original/": beside(
        {"chen": ["original/one_hot.py", "work/one_hot.py"]},
        {"chen/original/one_hot.py": stub, "chen/work/one_hot.py": ANSWER},
        {"chen": "work/one_hot.py"},
    ),
    "a stub where the suite has it": beside(
        {"chen": ["exercises/indexing/one_hot.py", "work/one_hot.py"]},
        {"chen/exercises/indexing/one_hot.py": stub, "chen/work/one_hot.py": ANSWER},
        {"chen": "work/one_hot.py"},
    ),
    "a stub and a copy": beside(
        {"chen": ["one_hot.py", "one_hot (1).py"]},
        {"chen/one_hot.py": stub, "chen/one_hot (1).py": ANSWER},
        {"chen": "one_hot (1).py"},
    ),
    "two copies": beside(
        {"chen": ["one_hot (1).py", "one_hot (2).py"]},
        {"chen/one_hot (1).py": ANSWER, "chen/one_hot (2).py": ANSWER + "# more\n"},
        told=("chen: Several files may be meant for indexing/one_hot",),
    ),
    "two copies of one": beside(
        {"chen": ["one_hot (1).py", "one_hot (2).py"]},
        {"chen/one_hot (1).py": ANSWER, "chen/one_hot (2).py": ANSWER},
        {"chen": "one_hot (1).py"},
    ),
    "tests of it": beside(
        {"chen": ["test_one_hot.py", "one_hot_old.py"]},
        {"chen/test_one_hot.py": "", "chen/one_hot_old.py": ""},
        told=("chen: Nothing of it is judged",),
    ),
    "what programs leave": beside(
        {"chen": [".git/x", "__pycache__/one_hot.pyc", "one_hot.py", "venv/lib/x.py"]},
        {
            **{"chen/.git/x": "", "chen/__pycache__/one_hot.pyc": "", "chen/venv/lib/x.py": ""},
            "chen/one_hot.py": ANSWER,
            "README.md": "",
        },
        {"chen": "one_hot.py"},
        lost=("README.md",),
    ),
    "the suite's own beside it": beside(
        {"chen": ["solutions/indexing/one_hot.py", "exercises/indexing/one_hot.py"]},
        {
            "chen/solutions/indexing/one_hot.py": "right",
            "chen/exercises/indexing/one_hot.py": ANSWER,
        },
        {"chen": "exercises/indexing/one_hot.py"},
    ),
    "the suite's own alone": beside(
        {"chen": ["solutions/indexing/one_hot.py", "tests/indexing/test_one_hot.py", "a.txt"]},
        {
            "chen/solutions/indexing/one_hot.py": "right",
            "chen/tests/indexing/test_one_hot.py": "",
            "chen/a.txt": "",
        },
        told=("chen: Nothing of it is judged",),
    ),
    "Canvas": Kind(
        {
            "doejane_11_101_one_hot.py": "old",
            "doejane_11_205_one_hot-1.py": ANSWER,
            "raybob_LATE_12_106_hw1_one_hot.py": ANSWER,
            "chenli_13_107_work.tar.gz": PACK["tar.gz"](**{"one_hot.py": ANSWER}),
            "dayo_14_108_work.7z": b"7z\xbc\xaf",
        },
        {
            "11": ["doejane_11_101_one_hot.py", "one_hot.py"],
            "12": ["hw1_one_hot.py"],
            "13": ["one_hot.py"],
            "14": ["dayo_14_108_work.7z"],
        },
        taken={"11": "one_hot.py", "12": "hw1_one_hot.py", "13": "one_hot.py"},
        told=("dayo (14): dayo_14_108_work.7z is a 7z archive",),
    ),
    "Moodle": Kind(
        {
            "Jane Doe_123_assignsubmission_file/one_hot.py": ANSWER,
            "Jane Doe_123_assignsubmission_onlinetext/onlinetext.html": "",
            "Ray Bob_7_assignsubmission_file/x.tgz": PACK["tgz"](**{"one_hot.py": ANSWER}),
        },
        {"123": ["one_hot.py", "onlinetext.html"], "7": ["x.tgz/one_hot.py"]},
        taken={"123": "one_hot.py"},
    ),
}
ATTEMPT = "Homework_1_{}_attempt_2026-05-0{}-12-30-00"
BLACKBOARD = {
    ATTEMPT.format("j_doe", 1) + ".txt": "Name: Jane Doe (j_doe)",
    ATTEMPT.format("j_doe", 1) + "_one_hot.py": "old",
    ATTEMPT.format("j_doe", 2) + ".txt": "Name: Jane Doe (j_doe)",
    ATTEMPT.format("j_doe", 2) + "_one_hot.py": ANSWER,
    ATTEMPT.format("a_doe", 1) + ".txt": "Name: Ann Doe (a_doe)",
    ATTEMPT.format("a_doe", 1) + "_my work.zip": zipped(("one_hot.py", ANSWER)),
}
OF_BLACKBOARD = {
    "j_doe": [
        ATTEMPT.format("j_doe", 1) + ".txt",
        ATTEMPT.format("j_doe", 1) + "_one_hot.py",
        "attempt.txt",
        "one_hot.py",
    ],
    "a_doe": ["attempt.txt", "my work.zip/one_hot.py"],
}
EVENT = "12{}-77 - {} - May {}, 2026 {} PM"
JANE, LATER, BOB = (
    EVENT.format(*each)
    for each in (("3", "Jane Doe", 1, "930"), ("3", "Jane Doe", 2, "1230"), ("4", "Bob", 1, "130"))
)
FOLDERS = {
    f"{JANE}/one_hot.py": "old",
    f"{LATER}/one_hot.py": ANSWER,
    f"{BOB}/work.zip": zipped(("one_hot.py", ANSWER)),
    "index.html": "",
}
OF_BRIGHTSPACE = {"123": [JANE, "one_hot.py"], "124": ["work.zip/one_hot.py"]}
FILES = {
    f"{JANE} - one_hot.py": "old",
    f"{LATER} - one_hot.py": ANSWER,
    f"{BOB} - one_hot (1).py": ANSWER,
    "index.html": "",
}
for form in ("folder", "zip", "tar.gz"):
    for name, files, students, lost in (
        ("Blackboard", BLACKBOARD, OF_BLACKBOARD, ()),
        ("Brightspace", FOLDERS, OF_BRIGHTSPACE, ("index.html",)),
        (
            "Brightspace without folders",
            FILES,
            {"123": [f"{JANE} - one_hot.py", "one_hot.py"], "124": ["one_hot (1).py"]},
            ("index.html",),
        ),
    ):
        given = files if form == "folder" else {f"class.{form}": PACK[form](**files)}
        where = (".",) if form == "folder" else tuple(given)
        KINDS[f"{name}, {form}"] = Kind(given, students, lost=lost, given=where)
for name in ("env", "tests", "solutions", "venv"):
    for form in ("folder", "zip"):
        held = {f"{each}/one_hot.py": ANSWER for each in ("ann", name)}
        given = held if form == "folder" else {"class.zip": zipped(*held.items())}
        where = (".",) if form == "folder" else ("class.zip",)
        students = {"ann": ["one_hot.py"], name: ["one_hot.py"]}
        KINDS[f"a student called {name}, {form}"] = Kind(
            given, students, given=where, taken=dict.fromkeys(students, "one_hot.py")
        )
ALICE = Student("1", "Alice", login="alice")
MALLORY = {
    "mallory.zip": zipped(("alice/one_hot.py", "")),
    "alice.zip": zipped(("one_hot.py", ANSWER)),
}
KINDS |= {
    "mallory": Kind(
        MALLORY,
        {"alice": ["one_hot.py"], "mallory": ["alice/one_hot.py"]},
        given=tuple(MALLORY),
        taken={"alice": "one_hot.py", "mallory": "alice/one_hot.py"},
        answers=False,
    ),
    "mallory, with a roster": Kind(
        MALLORY,
        {"1": ["one_hot.py"], "mallory": ["alice/one_hot.py"]},
        given=tuple(MALLORY),
        roster=(ALICE,),
        told=("mallory: No student of the roster is called so.",),
    ),
    "GitHub Classroom": Kind(
        {"hw1-alice/one_hot.py": ANSWER, "hw1-li-chen/one_hot.py": ANSWER},
        {"1": ["one_hot.py"], "2": ["one_hot.py"]},
        roster=(ALICE, Student("2", login="li-chen"), Student("3", login="chen")),
    ),
    "twice": Kind(
        {
            "a/alice/one_hot.py": "",
            "a/bob/one_hot.py": "",
            "b/alice/one_hot.py": ANSWER,
            "b/bob/one_hot.py": "",
        },
        {"alice": ["one_hot.py"], "bob": ["one_hot.py"]},
        given=("a", "b"),
        told=("alice: Handed in 2 times", "bob: Handed in 2 times"),
    ),
}


def test_there_are_as_many_kinds_as_were_seen():
    assert len(KINDS) >= 98


@pytest.mark.parametrize("kind", KINDS.values(), ids=KINDS)
def test_nothing_that_is_handed_in_is_lost(tmp_path, suite, kind):
    for name, content in kind.files.items():
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        text = content(suite) if callable(content) else content
        path.write_bytes(text if isinstance(text, bytes) else text.encode())
    found = take_in([tmp_path / each for each in kind.given], suite, kind.roster)
    students = {each.student.id: each for each in found.submissions}
    enrolled = {each.id for each in kind.roster}
    assert set(students) - enrolled == set(kind.students) - enrolled
    for name, paths in kind.students.items():
        one = students[name]
        taken = {file.path for file in one.files.values()}
        for path in paths:
            assert is_accounted_for(path, one, taken), path
        if name in kind.taken:
            file = one.files[KEY]
            assert file.path == kind.taken[name]
            if kind.answers:
                assert ANSWER.encode() in read(file)
    assert [Path(each.path).name for each in found.left] == list(kind.lost)
    said = "\n".join(warnings(found.submissions, found.left))
    for words in kind.told:
        assert words in said
    assert list(listing(found.submissions, found.left, ()))[-1].endswith(" not.")


def is_accounted_for(path, one, taken):
    left = [each.path for each in one.left]
    return (
        path in taken
        or path in left
        or any(f"{path}/".startswith(each) for each in left if each.endswith("/"))
        or any(path in each for each in one.superseded)
        or path in (one.problem or "")
    )
