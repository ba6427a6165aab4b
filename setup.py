"""Puts the suite's files into the wheel, so that a notebook needs no clone beside it.

All else is in pyproject.toml. An editable install is a clone, and gets no copy.
"""

import shutil
from pathlib import Path

from setuptools import setup
from setuptools.command.build_py import build_py

ROOT = Path(__file__).parent
OURS = ("answers", "engine")
"""Folders of tests/ that are about the suite itself, and that no judge needs."""


class WithSuite(build_py):
    """Copies exercises, solutions and their properties beside the package that finds them."""

    def run(self) -> None:
        super().run()
        if self.editable_mode:
            return
        carried = Path(self.build_lib, "torchkata", "suite", "carried")
        shutil.rmtree(carried, ignore_errors=True)
        shutil.copytree(ROOT / "exercises", carried / "exercises", ignore=_left_out)
        shutil.copytree(ROOT / "solutions", carried / "solutions", ignore=_left_out)
        shutil.copytree(ROOT / "tests", carried / "tests", ignore=_left_out)


def _left_out(folder: str, names: list[str]) -> set[str]:
    ours = OURS if Path(folder) == ROOT / "tests" else ()
    return {each for each in names if each in ours or each == "__pycache__"}


setup(cmdclass={"build_py": WithSuite})
