"""Submissions that are hostile by what they are, not by what their code does.

A builder makes one student's folder or archive. It is given the folder of all submissions of its
kind, `class` or `archives`, beside which the suite's `clone` lies, and the text of a right answer
to indexing/one_hot.
`expected` says what must come of it: `solved`; `nothing`, no property passed; `refused`, no point,
and a word why; `told`, solved or refused, but never a zero without a word.
"""

import os
import socket
import stat
import struct
import zipfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

PLACE = "exercises/indexing/one_hot.py"
WRONG = "def one_hot(labels, num_classes, dtype=None):\n    return labels\n"
ANOTHER = "09c_modules_beside_a_right_answer"
"""A student whose answer is right: links lead there."""

MARK = "open('/tmp/left_behind_by_file', 'w').close()\n"
"""What nobody may run: the files that it stands in are no exercises."""


@dataclass(frozen=True)
class Made:
    name: str
    line: int
    kind: Literal["folder", "archive"]
    expected: Literal["solved", "nothing", "refused", "told"]
    build: Callable[[Path, str], None]

    @property
    def tag(self):
        """What is in the student's name, however it is written down."""
        return self.name if len(self.name) > 3 else f"{self.name}_"


MADE: list[Made] = []


def made(kind, expected):
    def keep(build):
        name = build.__name__.removeprefix("_")
        MADE.append(Made(name, int(name[:2]), kind, expected, build))
        return build

    return keep


def student(folder, name, text=None):
    """A student's folder, with a file of the exercise where there is a text."""
    place = folder / name / PLACE
    place.parent.mkdir(parents=True)
    if text is not None:
        place.write_bytes(text if isinstance(text, bytes) else text.encode())
    return place


def archive(folder, name):
    return zipfile.ZipFile(folder / f"{name}.zip", "w", zipfile.ZIP_DEFLATED, compresslevel=1)


def patched(path, changes, at=b"PK\x01\x02"):
    """Change the fields at offsets of every header of an archive that begins so."""
    raw = bytearray(path.read_bytes())
    start = raw.find(at)
    while start >= 0:
        for offset, value in changes.items():
            raw[start + offset : start + offset + len(value)] = value
        start = raw.find(at, start + 4)
    path.write_bytes(raw)


def _modules_beside(folder, name, text):
    place = student(folder, name, text)
    for each in (
        "conftest.py pytest.ini pyproject.toml sitecustomize.py usercustomize.py torch.py numpy.py "
        "msgspec.py left_behind.pth torchkata/__init__.py tests/indexing/test_one_hot.py "
        "solutions/indexing/one_hot.py exercises/conftest.py exercises/indexing/conftest.py "
        "exercises/indexing/__init__.py exercises/indexing/torch.py .kata.sqlite results.json"
    ).split():
        path = folder / name / each
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(MARK)
    return place


@made("folder", "nothing")
def _09b_modules_beside_a_wrong_answer(folder, right):
    _modules_beside(folder, "09b_modules_beside_a_wrong_answer", WRONG)


@made("folder", "solved")
def _09c_modules_beside_a_right_answer(folder, right):
    _modules_beside(folder, ANOTHER, right)


@made("archive", "refused")
def _29a_slips_out(folder, right):
    with archive(folder, "29a_slips_out") as zipped:
        zipped.writestr(PLACE, right)
        zipped.writestr("../../left_behind_slip.py", MARK)
        zipped.writestr("..\\..\\left_behind_slip.py", MARK)


@made("archive", "refused")
def _29b_absolute_path(folder, right):
    with archive(folder, "29b_absolute_path") as zipped:
        zipped.writestr(PLACE, right)
        for path in ("/tmp/left_behind_absolute", "C:/left_behind_absolute"):
            zipped.writestr(zipfile.ZipInfo(path), MARK)


def _special(folder, name, kind, content):
    with archive(folder, name) as zipped:
        info = zipfile.ZipInfo(PLACE)
        info.create_system = 3
        info.external_attr = (kind | 0o777) << 16
        zipped.writestr(info, content)


@made("archive", "refused")
def _29c_link_in_the_archive(folder, right):
    target = f"../../../../class/{ANOTHER}/{PLACE}"
    _special(folder, "29c_link_in_the_archive", stat.S_IFLNK, target)


@made("archive", "refused")
def _29d_pipe_in_the_archive(folder, right):
    _special(folder, "29d_pipe_in_the_archive", stat.S_IFIFO, "")


@made("archive", "refused")
def _29e_bomb(folder, right):
    with (
        archive(folder, "29e_bomb") as zipped,
        zipped.open(PLACE, "w", force_zip64=True) as member,
    ):
        for _ in range(256):
            member.write(bytes(1 << 20))


@made("archive", "refused")
def _29f_bomb_that_lies(folder, right):
    path = folder / "29f_bomb_that_lies.zip"
    with archive(folder, path.stem) as zipped:
        zipped.writestr(PLACE, bytes(64 << 20))
    patched(path, {24: struct.pack("<I", 100)})
    patched(path, {22: struct.pack("<I", 100)}, at=b"PK\x03\x04")


@made("archive", "refused")
def _29g_bomb_of_one_lump(folder, right):
    """A thousand members that are one and the same lump of the archive."""
    path = folder / "29g_bomb_of_one_lump.zip"
    with archive(folder, path.stem) as zipped:
        zipped.writestr(PLACE, bytes(16 << 20))
    raw = path.read_bytes()
    start, end = raw.index(b"PK\x01\x02"), raw.index(b"PK\x05\x06")
    count = 1000
    size = struct.pack("<HHII", count, count, (end - start) * count, start)
    path.write_bytes(
        raw[:start] + raw[start:end] * count + b"PK\x05\x06" + bytes(4) + size + b"\0\0"
    )


@made("archive", "refused")
def _29h_hundred_thousand_files(folder, right):
    with archive(folder, "29h_hundred_thousand_files") as zipped:
        for number in range(100_000):
            zipped.writestr(zipfile.ZipInfo(f"{number}"), b"")
        zipped.writestr(PLACE, right)


@made("archive", "told")
def _29i_strange_names(folder, right):
    with archive(folder, "29i_strange_names") as zipped:
        zipped.writestr(PLACE, right)
        for name in (
            "exercises/new\nline.py",
            "exercises/\u202egpj.yp",
            "exercises/\x1b[2J\x07.py",
            f"exercises/{'x' * 4000}.py",
            "exercises/" + "deep/" * 500 + "one_hot.py",
            "exercises/<script>alert(1)</script>.py",
            "=HYPERLINK(1).py",
            "exercises/indexing/ONE_HOT.PY",
            "exercises/indexing/one_hot.py.",
            "con.py",
            " ",
        ):
            zipped.writestr(name, MARK)


@made("archive", "refused")
def _29j_encrypted(folder, right):
    path = folder / "29j_encrypted.zip"
    with archive(folder, path.stem) as zipped:
        zipped.writestr(PLACE, right)
    patched(path, {8: b"\x01"})
    patched(path, {6: b"\x01"}, at=b"PK\x03\x04")


@made("archive", "refused")
def _29k_unknown_compression(folder, right):
    path = folder / "29k_unknown_compression.zip"
    with archive(folder, path.stem) as zipped:
        zipped.writestr(PLACE, right)
    patched(path, {10: b"\x63"})
    patched(path, {8: b"\x63"}, at=b"PK\x03\x04")


@made("archive", "refused")
def _29l_truncated(folder, right):
    path = folder / "29l_truncated.zip"
    with archive(folder, path.stem) as zipped:
        zipped.writestr(PLACE, right)
    path.write_bytes(path.read_bytes()[:-30])


@made("archive", "refused")
def _29m_no_archive(folder, right):
    (folder / "29m_no_archive.zip").write_bytes(os.urandom(5000))


@made("archive", "refused")
def _29n_empty_file(folder, right):
    (folder / "29n_empty_file.zip").write_bytes(b"")


@made("archive", "told")
def _29o_name_twice(folder, right):
    path = folder / "29o_name_twice.zip"
    other = PLACE.replace("one_hot", "one_hop")
    with archive(folder, path.stem) as zipped:
        zipped.writestr(PLACE, right)
        zipped.writestr(other, right)
    path.write_bytes(path.read_bytes().replace(other.encode(), PLACE.encode()))


@made("archive", "refused")
def _29p_damaged(folder, right):
    path = folder / "29p_damaged.zip"
    with archive(folder, path.stem) as zipped:
        zipped.writestr(zipfile.ZipInfo(PLACE), right)
    raw = path.read_bytes()
    path.write_bytes(raw.replace(b"labels.unsqueeze", b"labels.squeeze__"))


@made("folder", "refused")
def _29q_link_to_another(folder, right):
    place = student(folder, "29q_link_to_another")
    place.symlink_to(f"../../../{ANOTHER}/{PLACE}")


@made("folder", "nothing")
def _29r_folder_is_a_link(folder, right):
    (folder / "29r_folder_is_a_link").mkdir()
    (folder / "29r_folder_is_a_link" / "exercises").symlink_to(f"../{ANOTHER}/exercises")


@made("folder", "refused")
def _29s_student_is_a_link(folder, right):
    (folder / "29s_student_is_a_link").symlink_to(ANOTHER)


@made("folder", "nothing")
def _29t_link_to_itself(folder, right):
    (folder / "29t_link_to_itself").mkdir()
    (folder / "29t_link_to_itself" / "exercises").symlink_to("exercises")


@made("folder", "refused")
def _29u_link_to_the_solution(folder, right):
    place = student(folder, "29u_link_to_the_solution")
    place.symlink_to("../../../../clone/solutions/indexing/one_hot.py")


@made("folder", "told")
def _29v_many_files(folder, right):
    student(folder, "29v_many_files", right)
    for number in range(6000):
        (folder / "29v_many_files" / f"{number}.txt").touch()


def _source(folder, name, text):
    student(folder, name, text)


@made("folder", "nothing")
def _30a_not_utf8(folder, right):
    _source(folder, "30a_not_utf8", right.encode() + b"\n# \xff\xfe\xe9\n")


@made("folder", "solved")
def _30b_says_its_encoding(folder, right):
    text = f"# -*- coding: latin-1 -*-\n{right}\n# d\xe9j\xe0 vu\n"
    _source(folder, "30b_says_its_encoding", text.encode("latin-1"))


@made("folder", "nothing")
def _30c_unknown_encoding(folder, right):
    _source(folder, "30c_unknown_encoding", f"# -*- coding: left_behind -*-\n{right}")


@made("folder", "nothing")
def _30d_empty(folder, right):
    _source(folder, "30d_empty", "")


@made("folder", "nothing")
def _30e_nul_bytes(folder, right):
    _source(folder, "30e_nul_bytes", right.encode() + b"\0" * 100)


@made("folder", "refused")
def _30f_folder(folder, right):
    student(folder, "30f_folder").mkdir()


@made("folder", "refused")
def _30g_pipe(folder, right):
    os.mkfifo(student(folder, "30g_pipe"))


@made("folder", "refused")
def _30h_socket(folder, right):
    place = student(folder, "30h_socket")
    here = os.open(place.parent, os.O_RDONLY)
    # By way of /proc, for a path of more than 108 characters is too long for a socket.
    with socket.socket(socket.AF_UNIX) as listener:
        listener.bind(f"/proc/self/fd/{here}/{place.name}")
    os.close(here)


@made("folder", "refused")
def _30i_hundred_megabytes(folder, right):
    place = student(folder, "30i_hundred_megabytes", right)
    os.truncate(place, 100_000_000)


@made("folder", "nothing")
def _30j_syntax_error(folder, right):
    _source(
        folder, "30j_syntax_error", "def one_hot(labels, num_classes, dtype=None:\n    return 1"
    )


@made("folder", "nothing")
def _30k_ten_thousand_brackets(folder, right):
    _source(folder, "30k_ten_thousand_brackets", right + "\nx = " + "(" * 10_000 + ")" * 10_000)


@made("folder", "nothing")
def _30l_deep_expression(folder, right):
    _source(folder, "30l_deep_expression", right + "\nx = " + "-" * 200_000 + "1\n")


@made("folder", "nothing")
def _30m_long_chain(folder, right):
    chain = "1" + " + 1" * 100_000
    _source(folder, "30m_long_chain", f"{right}\nx = {chain}\ny = x{'.a' * 100_000}\n")


@made("folder", "nothing")
def _30n_deep_blocks(folder, right):
    blocks = "".join(f"{' ' * each}if 1:\n" for each in range(99)) + " " * 99 + "pass\n"
    _source(folder, "30n_deep_blocks", right + "\n" + blocks + "x = " + "lambda: " * 50_000 + "1\n")


@made("folder", "nothing")
def _30o_number_of_a_million_digits(folder, right):
    _source(folder, "30o_number_of_a_million_digits", f"{right}\nx = {'9' * 900_000}\n")


@made("folder", "nothing")
def _30p_constant_that_grows(folder, right):
    _source(folder, "30p_constant_that_grows", f"{right}\nx = 9 ** 9 ** 9\n")


@made("folder", "nothing")
def _30q_half_characters(folder, right):
    _source(folder, "30q_half_characters", right.encode() + b"\nx = '\xed\xa0\x80'\n")


@made("folder", "solved")
def _30r_mark_at_the_begin(folder, right):
    _source(folder, "30r_mark_at_the_begin", b"\xef\xbb\xbf" + right.replace("\n", "\r\n").encode())


NAMES = {
    "31d": "31d_<img src=x onerror=alert(1)>",
    "31e": "=cmd|' 31e_ C calc'!A0",
    "31f": "@SUM(1+1)*31f_",
    "31g": "31g_\u202eohw\u2066\u200b",
    "31h": "31h_two\nlines\r\tand\x1b[2Ja bell\x07",
    "31i": "31i_" + "x" * 240,
    "31j": "--out=31j_",
    "31k": "31k_{{ 7 * 7 }}{% raise %}${7*7}`id`$(id)",
    "31l": "31l_</script><script>alert(1)<",
    "31m": "31m_'\"; DROP TABLE results; --",
    "31n": "31n_[click](javascript:alert(1)) | a | b",
    "31o": "31o_\U0001f642 \u00e9e\u0301 \ufdfa",
}


def _named(mark):
    def build(folder, right):
        student(folder, NAMES[mark], right)

    return build


for _mark in NAMES:
    MADE.append(Made(_mark, 31, "folder", "solved", _named(_mark)))


@made("folder", "solved")
def _31p_name_that_is_no_text(folder, right):
    student(folder, os.fsdecode(b"31p_name_that_is_no_text_\xff\xfe\xe9"), right)


@made("folder", "solved")
def _31q_files_with_markup(folder, right):
    place = student(folder, "31q_files_with_markup", right)
    for name in ("<script>alert(1)<", "=1+1", "a\nb.py", "\u202egpj.py", "x" * 250, "'; DROP --"):
        (place.parent / name).write_text(MARK)
