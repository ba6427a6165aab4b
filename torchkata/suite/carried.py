"""The suite's files as an installed torchkata carries them, for where there is no clone.

`setup.py` puts them into a wheel. An editable install has none: it is a clone.
"""

from pathlib import Path

from torchkata.suite.curriculum import (
    CURRICULUM,
    Suite,
    SuiteError,
    find_root,
    read_suite,
    working_directory,
)

FOLDER = Path(__file__).parent / "carried"


def nearest_suite() -> Suite:
    """The suite that the working directory is in, or else the one that torchkata came with.

    Raises SuiteError where there is neither.
    """
    try:
        return read_suite(find_root(working_directory()))
    except SuiteError as error:
        for root in (FOLDER, Path(__file__).parents[2]):
            if (root / CURRICULUM).is_file():
                return read_suite(root)
        raise SuiteError(
            f"{error} Or install torchkata from your clone or from a zip of it, which brings the "
            "exercises along: `pip install PATH`."
        ) from None
