"""What the page of `kata watch --web` is made of: statements as HTML, regions, what is missing."""

import re
from pathlib import Path

import pytest
from click.testing import CliRunner

from tests.engine.clones import new_little
from torchkata.command import judging
from torchkata.command.cli import main
from torchkata.suite.curriculum import read_suite
from torchkata.watch.course import Course
from torchkata.watch.loop import Loop
from torchkata.watch.warm import Ended
from torchkata.watch.web.address import address
from torchkata.watch.web.regions import REGIONS, regions
from torchkata.watch.web.statement_html import prose_html, statement_html

pytestmark = pytest.mark.quick

ROOT = Path(__file__).parents[3]


@pytest.fixture(scope="module")
def suite(tmp_path_factory):
    return read_suite(new_little(tmp_path_factory.mktemp("parts") / "little").root)


class Unseen:
    """Shows nothing."""

    def judging(self): ...

    def judged(self): ...


@pytest.fixture
def loop(suite):
    loop = Loop(Course(suite, suite.exercises, suite.find("double")), False, Unseen())
    loop.course.refresh()
    return loop


def summary(outcome, **more):
    told = {"outcome": outcome, "checks": 2, "early": False, "repeats": False, "untried": False}
    data = {"property": "multiplies", "device": "cpu"}
    return {"begun": True, "picture": "", "headline": "wrong", "data": data, **told, **more}


def test_every_statement_is_html_that_holds_its_definitions_and_examples():
    for exercise in read_suite(ROOT).exercises:
        told = statement_html(exercise)
        assert "&gt;&gt;&gt; " in told.examples, exercise.key
        assert "&gt;&gt;&gt; " not in told.definitions, exercise.key
        for part in (told.text, told.definitions):
            assert part, exercise.key
            assert not re.search(r"(?m)^ *(Args|Returns|Raises):", part), exercise.key


def test_a_statement_has_sections_and_worked_examples(suite):
    told = statement_html(suite.find("double"))
    assert told.text == "<p>Write <code>double</code>.</p>\n"
    assert '<div class="described"><p>Give 2 times x.</p>\n</div>' in told.definitions
    assert "NotImplementedError" not in told.definitions
    assert "tensor(2)" in told.examples


def test_a_statement_can_be_nothing_but_text():
    nasty = "<script>alert(1)</script> [a](javascript:x) ![b](c) <http://x.y> &lt; `<b>`\n\n    <i>"
    assert prose_html(nasty) == (
        "<p>&lt;script&gt;alert(1)&lt;/script&gt; [a](javascript:x) ![b](c) &lt;http://x.y&gt; "
        "&amp;lt; <code>&lt;b&gt;</code></p>\n"
        '<pre tabindex="0"><code>&lt;i&gt;\n</code></pre>\n'
    )


def test_regions_tell_a_failure_at_once_and_then_the_whole(loop):
    assert regions(loop).keys() == set(REGIONS)
    loop.runner.judging = True
    loop.runner.parts = [summary("failed", early=True, picture="<article>early</article>")]
    early = regions(loop)["verdict"]
    assert "<article>early</article>" in early
    assert "Looking for a smaller input, and for why …" in early
    assert "checks pass" not in early
    loop.runner.judging = False
    loop.runner.parts = [
        summary("failed", picture="<article>settled</article>"),
        summary("failed", headline="<b>", untried=True),
    ]
    settled = regions(loop)["verdict"]
    assert "<article>settled</article>" in settled
    assert "Looking for" not in settled
    assert "<li>on cpu, 1 more: &lt;b&gt;</li>" in settled
    assert "0 of 2 checks pass." in settled


def test_a_crash_says_where_it_was(loop):
    stub = loop.course.current.stub_path
    dump = f'  File "/elsewhere.py", line 1 in f\n  File "{stub}", line 7 in double\n'
    loop.runner.ended = Ended("Your code ended it: <SIGSEGV>.\nThat is a crash.", True, dump)
    told = regions(loop)
    assert "✗ failing" in told["status"]
    for line in ("Your code ended it: &lt;SIGSEGV&gt;.", "That is a crash."):
        assert f">{line}</p>" in told["verdict"]
    assert "<p>It was at line 7, in double.</p>" in told["verdict"]


def test_a_file_that_is_missing_can_be_written_again(loop):
    loop.course.current.stub_path.rename(loop.course.current.root / "aside")
    loop.judge()
    told = regions(loop)["verdict"]
    assert "double.py is missing." in told
    assert 'data-wish="put-back"' in told
    (loop.course.current.root / "aside").rename(loop.course.current.stub_path)


def test_a_broken_solution_is_told_beside(loop):
    path = loop.course.current.solution_path
    text = path.read_text()
    path.write_text("def double(:\n")
    told = regions(loop)
    assert "solutions/times/double.py: is not valid Python" in told["notes"]
    assert told["statement"] == ""
    path.write_text(text)


def test_an_address_keeps_its_token_where_the_port_is_asked_for(tmp_path, monkeypatch):
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    found = address(tmp_path, None)
    port = found.listening.getsockname()[1]
    found.listening.close()
    tokens = []
    for root in (tmp_path, tmp_path, tmp_path / "other"):
        again = address(root, port)
        tokens.append(again.token)
        assert again.url == f"http://127.0.0.1:{port}/{again.token}/"
        again.listening.close()
    assert tokens[0] == tokens[1]
    assert len({*tokens, found.token}) == 3
    assert all(len(each) >= 43 for each in tokens)
    (kept, *_) = (tmp_path / "cache/torchkata/addresses").iterdir()
    assert kept.stat().st_mode & 0o077 == 0


def test_without_the_extra_it_says_how_to_get_it(suite, monkeypatch):
    monkeypatch.chdir(suite.root)
    monkeypatch.setattr(judging, "find_spec", lambda name: None)
    run = CliRunner().invoke(main, ["watch", "--web"])
    assert run.exit_code == 1
    assert run.output == (
        "Error: `kata watch --web` needs starlette and uvicorn, which are not installed: "
        "`pip install -e '.[web]'`\n"
    )


def test_options_of_the_page_want_the_page(suite, monkeypatch):
    monkeypatch.chdir(suite.root)
    for options in (["--port", "8000"], ["--no-open"]):
        run = CliRunner().invoke(main, ["watch", *options])
        assert run.exit_code == 2
        assert "--port and --no-open are for the page of --web." in run.output
