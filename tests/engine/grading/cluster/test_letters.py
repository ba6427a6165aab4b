"""What goes over the cluster comes out as it went in."""

from torchkata.grading.cluster import letters
from torchkata.grading.cluster.facts import Facts, differences
from torchkata.grading.grades import Basis, ExerciseResult, Flag, PropertyResult
from torchkata.grading.judging.work import Piece


def test_pieces_and_results_come_back_whole():
    pieces = (
        Piece("times/double", Basis("key", "digest", 2), "d\udc80.py", b"\0\xff", 1 << 62),
        Piece("times/triple", Basis("key"), "t.py", "t.py is a folder, not a file.", 0),
    )
    assert letters.to_pieces(letters.from_pieces([pieces, pieces[:1]])) == [pieces, pieces[:1]]
    properties = (PropertyResult("one", "Is one.", "failed", text="got \ud800"),)
    flags = (Flag("reach", "It names ctypes."),)
    results = [
        ExerciseResult("times/double", "key", "failing", "d\udc80.py", properties, flags, 0.25)
    ]
    assert letters.to_results(letters.from_results([results, []])) == [results, []]


def test_each_difference_is_named_with_both_values():
    here = Facts({"torch": "2.13.0", "distributed": "2026.8.0"}, {"a/b": "12ab"}, ("namespaces",))
    lacking = ("none", "network: does not work: it is open")
    there = Facts({"torch": "2.12.0"}, {"a/b": "not"}, lacking)
    assert list(differences(here, here)) == []
    assert list(differences(there, here)) == [
        "torch is 2.12.0 there, 2.13.0 here",
        "distributed is not there, 2026.8.0 here",
        "a/b is not there, 12ab here",
        "its protection is none without network: does not work: it is open there, namespaces here",
    ]
    many = Facts({}, {f"a/{number}": "12ab" for number in range(5)}, ("none",))
    assert (
        list(differences(Facts({}, {}, ("none",)), many))[-1] == "and 2 more exercises are others"
    )
