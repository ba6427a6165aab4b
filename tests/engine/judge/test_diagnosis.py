"""diagnosis.py: which misconception fits, by what each does for which properties."""

from types import SimpleNamespace

import pytest

from torchkata.judge.diagnosis import diagnose

PROPERTIES = [SimpleNamespace(name=name, targets=("f",), vectorized=None) for name in "abc"]
MARKS = {name: SimpleNamespace(name=name, of="f") for name in ("first", "second", "third")}


def diagnosed(fitting):
    """Who is found, a having failed, and the other properties that the code was run for.

    `fitting` has the properties for which each misconception does what the code does.
    """
    asked = set()

    def seen(prop):
        asked.add(prop.name)

    def matches(mark, prop, device, did):
        return prop.name in fitting.get(mark.name, "")

    oracle = SimpleNamespace(
        specification=SimpleNamespace(properties=PROPERTIES, misconceptions=[*MARKS.values()]),
        matches=matches,
    )
    found = diagnose(oracle, PROPERTIES[0], "cpu", seen, lambda prop: False)
    return found and found.name, "".join(sorted(asked - {"a"}))


FITTING = {
    "none where the failure tells against all": ({"first": "bc"}, (None, "")),
    "the only one that fits the failure": ({"first": "a", "second": "bc"}, ("first", "")),
    "of two the one that fits all": ({"first": "ab", "second": "abc"}, ("second", "bc")),
    "none where two fit all": ({"first": "abc", "third": "abc"}, (None, "bc")),
    "none where two fit the failure alone": ({"first": "a", "third": "ac"}, (None, "b")),
}


@pytest.mark.parametrize("case", FITTING)
def test_a_misconception_is_told(case):
    fitting, expected = FITTING[case]
    assert diagnosed(fitting) == expected
