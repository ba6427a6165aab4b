"""Clones of the suite for the tests of all packages."""

import pytest

from tests.engine import clones


@pytest.fixture
def clone(tmp_path):
    return clones.new_clone(tmp_path / "clone")


@pytest.fixture(scope="session")
def new_clone():
    """Makes a clone in a folder: `new_clone(root)`."""
    return clones.new_clone


@pytest.fixture
def little(tmp_path):
    """A clone of a suite that is only there for tests: three exercises in two topics."""
    return clones.new_little(tmp_path / "little")


@pytest.fixture(scope="module")
def chromium():
    """A real browser; what needs one is skipped where there is none."""
    from tests.engine.browsers import Browser  # what needs none does not wait for selenium

    browser = Browser()
    yield browser
    browser.driver.quit()
