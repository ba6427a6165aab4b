"""What else is installed where a learner works does not end the run."""

import pytest

WARNS = """
import warnings

import pytest

def pytest_configure(config):
    warnings.warn("at configure", DeprecationWarning)
    config.issue_config_time_warning(pytest.PytestConfigWarning("of the settings"), stacklevel=2)

def pytest_collection(session):
    warnings.warn("at collection", DeprecationWarning)

def pytest_runtest_call(item):
    warnings.warn("at a test", DeprecationWarning)
"""


@pytest.mark.parametrize("option", ["-n0", "-n2"])
def test_a_plugin_that_warns_ends_no_run(little, option):
    (little.root / "warns.py").write_text(WARNS)
    little.solve("times/double")
    run = little.pytest("exercises/times/double.py", "-p", "warns", option)
    assert run.returncode == 0, run.stdout
    assert "solved: 1 of 1" in run.stdout
    assert "of the settings" in run.stdout
