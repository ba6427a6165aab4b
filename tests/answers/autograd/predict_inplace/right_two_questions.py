"""Asks whether a saved tensor changes, and whether the counter sees it."""

from typing import Literal


def saved_and_changed(case: str) -> bool:
    if case.startswith("used"):
        return case != "used_in_plus"
    if "linear" in case or "before" in case or "clone" in case or "copy" in case:
        return False
    return case.endswith(("_after", "_later", "of_exp")) or case in ("exp_mul", "sigmoid_add")


def outcome(case: str) -> Literal["ok", "raises", "wrong_grad"]:
    if case in ("leaf_add", "leaf_minus", "leaf_element"):
        return "raises"
    if not saved_and_changed(case):
        return "ok"
    return "wrong_grad" if case.split("_")[0] in ("data", "numpy") else "raises"
