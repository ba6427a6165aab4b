"""A pytest plugin that posts what VS Code's own posts, and reads the same of items and reports.

That one is vscode_pytest in microsoft/vscode-python; tests can't count on having it. As there, each
message is JSON-RPC behind a content-length, written to the file that TEST_RUN_PIPE names.
"""

import json
import os
from pathlib import Path

import pytest

_paths = {}
_told = set()


def _id(nodeid, path):
    """An id with the whole path, since a run may have another root than the discovery."""
    return "::".join([str(path), *nodeid.split("::")[1:]])


def _post(params):
    data = json.dumps({"jsonrpc": "2.0", "params": params})
    head = f"content-length: {len(data)}\r\ncontent-type: application/json\r\n\r\n"
    with open(os.environ["TEST_RUN_PIPE"], "ab") as pipe:
        pipe.write((head + data).encode())


def _post_outcome(key, outcome, message):
    if key not in _told:
        _told.add(key)
        result = {key: {"test": key, "outcome": outcome, "message": message}}
        _post({"status": "success", "result": result, "error": None})


@pytest.hookimpl(wrapper=True, trylast=True)
def pytest_runtest_protocol(item):
    _paths[item.nodeid] = item.path
    return (yield)


@pytest.hookimpl(wrapper=True, trylast=True)
def pytest_report_teststatus(report):
    if report.when == "call" or (report.when == "setup" and report.skipped):
        outcome = {"passed": "success", "failed": "failure"}.get(report.outcome, "skipped")
        message = report.longreprtext if report.failed else None
        _post_outcome(_id(report.nodeid, _paths.get(report.nodeid, Path.cwd())), outcome, message)
    return (yield)


def pytest_exception_interact(node, report):
    _post_outcome(_id(node.nodeid, node.path), "error", report.longreprtext)


def pytest_sessionfinish(session, exitstatus):
    if session.config.option.collectonly:
        _post({"status": "success", "tests": _tree(session), "error": []})
    elif exitstatus not in (0, 1):
        _post({"status": "error", "result": None, "error": [f"pytest exited with {exitstatus}"]})


def _tree(session):
    root = _node(session.path.name, "folder", str(session.path))
    for item in session.items:
        node = _node(item.name, "test", _id(item.nodeid, item.path))
        node["lineno"] = "" if item.location[1] is None else str(item.location[1] + 1)
        place = root
        for folder in reversed(item.path.relative_to(session.path).parents[:-1]):
            place = _child(place, folder.name, "folder", str(session.path / folder))
        place = _child(place, item.path.name, "file", str(item.parent.path))
        if hasattr(item, "callspec"):
            function, _, parameters = item.name.partition("[")
            place = _child(place, item.originalname, "function", f"{item.path}::{function}")
            node["name"] = "[" + parameters
        place["children"].append(node)
    return root


def _node(name, kind, key):
    return {"name": name, "type_": kind, "id_": key, "children": []}


def _child(place, name, kind, key):
    for each in place["children"]:
        if each["id_"] == key:
            return each
    place["children"].append(_node(name, kind, key))
    return place["children"][-1]
