"""The CSV that Canvas's gradebook imports: one column with the points of all exercises together.

The column's header is the assignment's title. A title that ends in the id that Canvas has for its
assignment, `Autograd (1234)`, gives the points to that one; any other goes to the assignment of
just that title, and where there is none Canvas makes it.

Who submitted nothing gets 0 points: a blank would take a grade away that Canvas has. Who could not
be judged in full is not in the file, and keeps the grade that Canvas has.
"""

import csv
import re
from collections.abc import Iterable
from typing import TextIO

from torchkata.grading.grades import Run, Student, StudentGrade
from torchkata.grading.outputs.exports.outcome import ExportError
from torchkata.grading.outputs.harmless import cell, is_formula, one_line
from torchkata.grading.outputs.wording import called, is_incomplete

_INFORMATION = ("Student", "ID", "SIS User ID", "SIS Login ID", "Section")

# Canvas takes a column with one of these in its header for its own, and passes over it.
_OWN_COLUMNS = re.compile("(Current|Final) (Score|Points|Grade)|Override (Score|Grade|Status)")


def write_canvas(run: Run, grades: Iterable[StudentGrade], file: TextIO) -> list[str]:
    """Write the CSV; gives the remarks. Raises ExportError where Canvas can't take the title."""
    title = one_line(run.title)
    if found := _OWN_COLUMNS.search(title):
        raise ExportError(
            f"Canvas passes over a column that has {found[0]!r} in its title, as {title!r} has. "
            "Give the assignment another title."
        )
    table = csv.writer(file)
    table.writerow([*_INFORMATION, title])
    remarks = []
    by_name = 0
    out_of: float | None = None
    for grade in grades:
        if out_of is None:
            out_of = grade.out_of
            table.writerow(["    Points Possible", *[""] * 4, f"{out_of:.2f}"])
        if is_incomplete(grade):
            remarks.append(
                f"{called(grade.student)} is left out: not all of it could be judged. "
                "`kata grade` tries again."
            )
            continue
        identifiers = _identifiers(grade.student)
        by_name += not any(identifiers)
        section = cell(grade.student.section)
        table.writerow([_name(grade.student), *identifiers, section, f"{grade.final:.2f}"])
    if by_name:
        whose = "1 student has" if by_name == 1 else f"{by_name} students have"
        remarks.append(
            f"{whose} no id that Canvas knows, so it goes by the name. Grade with `--roster FILE`, "
            "the gradebook that Canvas exports, for ids."
        )
    return remarks


def _name(student: Student) -> str:
    # Canvas takes any row with these words in its first cell for the row of possible points.
    return cell(student.name or student.id).replace("Points Possible", "Points_Possible")


def _identifiers(student: Student) -> tuple[str, str, str]:
    """The id that Canvas itself gave, SIS id and login.

    An id of another system could be another student's in Canvas. A cell that a spreadsheet would
    compute is left blank: with an apostrophe it would match nobody.
    """
    return student.canvas_id, _identifier(student.sis_id), _identifier(student.login)


def _identifier(text: str) -> str:
    return "" if is_formula(text) or one_line(text) != text else text
