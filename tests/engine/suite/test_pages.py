"""The topics' pages: what they show is true, fits a terminal, and leads to torch's own words."""

import doctest
import importlib.util
import re
from pathlib import Path

import pytest

from torchkata.suite.curriculum import LEVELS, read_suite

ROOT = Path(__file__).parents[3]
SUITE = read_suite(ROOT)
TOPICS = pytest.mark.parametrize("topic", SUITE.topics, ids=lambda each: each.name)

LONGEST_PAGE = 260
LONGEST_LINE = 100
LONGEST_CODE = 76
"""A terminal shows code with a margin of 4."""

GENERATED = "https://docs.pytorch.org/docs/stable/generated/"


def text_of(topic):
    return topic.exercises[0].page_path.read_text()


def parts_of(text):
    """A page's code, and its other lines."""
    code, prose = [], []
    within = False
    for line in text.splitlines():
        if line.startswith("```"):
            within = not within
        else:
            (code if within else prose).append(line)
    return code, prose


@TOPICS
def test_the_examples_are_true(topic):
    path = topic.exercises[0].page_path
    source = re.sub("^```.*$", "", text_of(topic), flags=re.MULTILINE)
    examples = doctest.DocTestParser().get_doctest(source, {}, topic.name, str(path), 0)
    told = []
    runner = doctest.DocTestRunner(verbose=False, optionflags=doctest.ELLIPSIS)
    failed, tried = runner.run(examples, out=told.append)
    assert not failed, "".join(told)
    assert tried > 20


@TOPICS
def test_it_names_each_kata_with_its_level_and_teaches_for_it(topic):
    text = text_of(topic)
    listed = re.findall(r"^- `(\w+)` \((\w+)\): .", text, re.MULTILINE)
    assert listed == [(each.name, LEVELS[each.level]) for each in topic.exercises]
    headings = "".join(re.findall("^## .*$", text, re.MULTILINE))
    assert [each.name for each in topic.exercises if f"`{each.name}`" not in headings] == []
    assert text.startswith("# ")
    assert len(text.splitlines()) <= LONGEST_PAGE


@TOPICS
def test_its_lines_fit_and_its_pictures_are_there(topic):
    code, prose = parts_of(text_of(topic))
    assert [line for line in code if len(line) > LONGEST_CODE] == []
    assert [line for line in prose if len(line) > LONGEST_LINE and "](" not in line] == []
    folder = topic.exercises[0].page_path.parent
    pictures = re.findall(r"\]\(([^):]+\.svg)\)", text_of(topic))
    assert [each for each in pictures if not (folder / each).is_file()] == []


@TOPICS
def test_each_link_to_a_function_is_one_that_torch_has(topic):
    links = re.findall(r"\[([^]]+)\]\(([^)]+)\)", text_of(topic))
    generated = [(name, link) for name, link in links if link.startswith(GENERATED)]
    assert len(generated) >= 5
    for name, link in generated:
        assert link == f"{GENERATED}{name}.html"
        assert found(name), name


def found(name):
    """Whether torch has what is called so: a module's attribute, or an attribute of a class."""
    owner, _, attribute = name.rpartition(".")
    try:
        return hasattr(importlib.import_module(owner), attribute)
    except ModuleNotFoundError:
        module, _, kind = owner.rpartition(".")
        return hasattr(getattr(importlib.import_module(module), kind), attribute)


def test_the_pictures_are_those_that_are_drawn():
    pytest.importorskip("torchkata.telling.pictures", reason="nothing draws pictures yet")
    path = ROOT / "docs" / "topic_pictures.py"
    spec = importlib.util.spec_from_file_location("topic_pictures", path)
    script = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(script)
    drawn = {name: script.on_paper(draw()) for name, draw in script.PICTURES.items()}
    there = {
        path.relative_to(ROOT / "exercises").with_suffix("").as_posix(): path.read_text()
        for path in ROOT.glob("exercises/*/*.svg")
    }
    assert there.keys() == drawn.keys()
    for name, text in drawn.items():
        assert there[name] == text, f"{name}.svg: python docs/topic_pictures.py draws it anew"
        topic, picture = name.split("/")
        assert f"]({picture}.svg)" in (ROOT / "exercises" / topic / "README.md").read_text()
