"""A warning fails a test of the suite, and nothing that a learner runs."""

from pathlib import Path

import pytest

HERE = Path(__file__).parent


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items):
    for item in items:
        if HERE in item.path.parents:
            # Before its own marks, which are to win.
            item.add_marker(pytest.mark.filterwarnings("error"), append=False)
