"""`kata watch --web` in a real browser: saves, hints, keys, a lost server; and who is kept out."""

import http.client
import re
import signal
import socket
import subprocess
import sys
from importlib import resources
from pathlib import Path
from urllib.parse import quote

import pytest
from selenium.webdriver.common.keys import Keys

from tests.engine.clones import PLAIN, new_little
from torchkata.practice.progress import standings
from torchkata.suite.curriculum import read_suite
from torchkata.suite.stubs import write_stub

pytestmark = pytest.mark.slow

PATIENCE = 60
KEY = "times/double"
AXE = resources.files("axe_core_python").joinpath("axe.min.js").read_text("utf-8")
HOSTILE = """\
def double(x):
    raise ValueError("<img src=x onerror='window.ran = 1'><script>window.ran = 1</script>")
"""


class Served:
    """`kata watch --web` in a clone, on a port of its own."""

    def __init__(self, clone):
        self.clone = clone
        with socket.create_server(("127.0.0.1", 0)) as free:
            self.port = free.getsockname()[1]
        self.start()

    def start(self):
        kata = Path(sys.executable).with_name("kata")
        self.process = subprocess.Popen(
            [kata, "watch", "--web", "--no-open", "--port", str(self.port)],
            cwd=self.clone.root,
            env=PLAIN,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )
        self.said = self.process.stdout.readline()
        self.path = re.search(r"http://127\.0\.0\.1:\d+(/\S+/) ", self.said)[1]
        self.url = f"http://127.0.0.1:{self.port}{self.path}"

    def ended(self):
        """End it as Ctrl-C does; gives the exit status and what else it has printed."""
        self.process.send_signal(signal.SIGINT)
        said, _ = self.process.communicate(timeout=PATIENCE)
        return self.process.returncode, said

    def answers(self, method="GET", path=None, **headers):
        """The status and the text that a request gets."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=PATIENCE)
        path = self.path if path is None else path
        told = {name.title(): value for name, value in headers.items()}
        try:
            connection.request(method, path, headers=told)
            answer = connection.getresponse()
            return answer.status, answer.read().decode()
        finally:
            connection.close()


class Page:
    """The page in the browser, and the clone that it shows."""

    def __init__(self, browser, served):
        self.browser, self.served, self.clone = browser, served, served.clone

    def opens(self):
        """Open the page at the first exercise, with nothing begun."""
        for exercise in read_suite(self.clone.root).exercises:
            write_stub(exercise)
        self.browser.driver.get(self.served.url)
        self.shows("Exercises", "Statement")
        self.asks("go", KEY)
        self.shows(f"{KEY} · not begun", "Multiply by 2.")

    def text(self):
        told = self.browser.driver.execute_script("return document.body.innerText")
        return " ".join(told.split())

    def shows(self, *parts, without=()):
        def is_there(driver):
            text = self.text()
            return all(each in text for each in parts) and not any(each in text for each in without)

        self.browser.until(is_there)

    def asks(self, wish, exercise):
        """Ask for something as a button does."""
        script = f"fetch('wishes/{wish}?exercise={exercise}', {{method: 'POST'}})"
        self.browser.driver.execute_script(script)

    def has_focus(self):
        """The id of what has the focus, or what kind of element it is."""
        script = "const at = document.activeElement; return at.id || at.tagName.toLowerCase()"
        return self.browser.driver.execute_script(script)

    def press(self, key):
        self.browser.driver.switch_to.active_element.send_keys(key)


def wrong(clone, key=KEY):
    return clone.solution(key).read_text().replace("return _times(x)", "return x.clone()")


@pytest.fixture(scope="module")
def served(tmp_path_factory):
    served = Served(new_little(tmp_path_factory.mktemp("web") / "little"))
    yield served
    served.process.kill()
    served.process.communicate()


@pytest.fixture
def page(chromium, served):
    chromium.has_size(1200)
    page = Page(chromium, served)
    page.opens()
    yield page
    assert chromium.complaints() == []


def test_a_save_shows_its_verdict_as_pictures(page):
    page.clone.write(KEY, wrong(page.clone))
    page.shows("✗ failing", "Nothing is multiplied.", "0 of 2 checks pass.", without=["judging"])
    assert page.browser.all("#verdict article.kata-verdict svg")
    assert page.browser.driver.title == "✗ double, kata watch"
    page.clone.solve(KEY)
    page.shows("✓ solved", "Solved: all 2 checks pass.", "A number is broadcast.")
    page.shows("1 of 3 solved", "Next: Multiply by 3.")
    found = {each.exercise.key: each.state for each in standings(read_suite(page.clone.root))}
    assert found[KEY] == "solved"


def test_what_code_says_is_text(page):
    page.clone.write(KEY, HOSTILE)
    page.shows("✗ failing", "ValueError: <img src=x onerror='window.ran = 1'><script>")
    assert page.browser.all("main img, main script") == []
    assert page.browser.driver.execute_script("return window.ran") is None


def test_hints_come_one_by_one_the_mildest_first(page):
    page.asks("go", "more/fivefold")
    page.shows("0 of 2 seen", "Multiply by 5.", without=["Think of a factor."])
    button = page.browser.one("#hint")
    button.click()
    page.shows("1 of 2 seen", "Think of a factor.", without=["It is 5."])
    assert page.has_focus() == "hint"
    page.browser.one("#hint").click()
    page.shows("Think of a factor.", "It is 5.", "That was the last hint.")
    assert page.has_focus() == "hints"
    found = {each.exercise.key: each.hints for each in standings(read_suite(page.clone.root))}
    assert found["more/fivefold"] == 2


def test_the_keyboard_reaches_everything_and_goes_to_an_exercise(page):
    page.clone.write(KEY, wrong(page.clone))
    page.shows("0 of 2 checks pass.", without=["judging"])
    page.browser.driver.execute_script("document.activeElement.blur()")
    reached = []
    while True:
        page.press(Keys.TAB)
        if page.has_focus() == "body":
            break
        reached.append(page.has_focus())
    everything = page.browser.driver.execute_script(
        "return [...document.querySelectorAll('a, button, summary, pre[tabindex]')]"
        ".filter((each) => each.checkVisibility() || each.matches('.skip')).length"
    )
    assert len(reached) == everything
    assert {"again", "after", "hint", "go-triple"} <= {*reached}
    for _ in range(reached.index("go-triple") + 1):
        page.press(Keys.TAB)
    page.press(Keys.ENTER)
    page.shows("times/triple · not begun", "Multiply by 3.")
    assert page.has_focus() == "standing"
    assert page.browser.driver.execute_script("return scrollY") == 0


def test_a_page_goes_on_when_the_watch_starts_again(page):
    page.browser.driver.execute_script("window.kept = true")
    status, said = page.served.ended()
    assert (status, said) == (0, "")
    assert page.served.said.count("\n") == 1
    page.shows("kata watch does not answer. This page waits for it.")
    page.clone.solve(KEY)
    before = page.served.url
    page.served.start()
    assert page.served.url == before
    page.asks("go", KEY)
    page.shows("Solved: all 2 checks pass.", without=["does not answer"])
    assert page.browser.driver.execute_script("return window.kept")
    page.browser.complaints()  # of the connections that were refused


def test_fits_a_narrow_window(page):
    page.clone.write(KEY, wrong(page.clone))
    page.shows("0 of 2 checks pass.", without=["judging"])
    page.browser.has_size(400)
    page.browser.driver.execute_script(
        "for (const each of document.querySelectorAll('details')) each.open = true"
    )
    assert page.browser.overflow() <= 0


def test_accessibility_has_no_violation(page):
    page.clone.write(KEY, wrong(page.clone))
    page.asks("hint", KEY)
    page.shows("0 of 2 checks pass.", "1 of 2 seen", without=["judging"])
    page.browser.driver.execute_script(AXE)
    violations = violated(page, "light") | violated(page, "dark")
    page.clone.solve(KEY)
    page.shows("Solved: all 2 checks pass.")
    violations |= violated(page, "dark") | violated(page, "light")
    assert violations == set()


def violated(page, scheme):
    """The rules of axe-core that the page breaks, and where."""
    page.browser.prefers(scheme)
    page.browser.driver.execute_script(
        "for (const each of document.querySelectorAll('details')) each.open = true"
    )
    found = page.browser.driver.execute_async_script(
        "const done = arguments[0]; axe.run().then((found) => done(found.violations))"
    )
    return {(scheme, each["id"], str(node["target"])) for each in found for node in each["nodes"]}


def test_only_its_own_page_with_the_token_gets_in(served):
    own = f"http://127.0.0.1:{served.port}"
    status, text = served.answers()
    assert status == 200
    assert "<title>kata watch</title>" in text
    assert served.answers(origin=own)[0] == 200
    assert served.answers(host=f"localhost:{served.port}")[0] == 200
    token = (403, "The token is not right. `kata watch --web` prints the whole address.\n")
    for path in ("/", "/events", "//", f"/{'x' * 43}/", f"/{served.path.strip('/')}x/", "/é/"):
        assert served.answers(path=quote(path)) == token
    here = (403, "This page is for this machine alone: 127.0.0.1 or localhost.\n")
    for host in ("example.com", f"example.com:{served.port}", "127.0.0.1.example.com:80", ""):
        assert served.answers(host=host) == here
    theirs = (403, "Only its own page may ask for this.\n")
    for origin in ("http://example.com", "http://localhost:1", f"https://127.0.0.1:{served.port}"):
        assert served.answers(origin=origin) == theirs
        assert served.answers("POST", f"{served.path}wishes/hint", origin=origin) == theirs
    assert served.answers("POST", f"{served.path}wishes/hint") == theirs
    assert served.answers("POST", f"{served.path}wishes/hint", origin="null") == theirs
    assert served.answers("POST", f"{served.path}wishes/other", origin=own)[0] == 404
    assert served.answers("GET", f"{served.path}wishes/hint", origin=own)[0] == 405


def test_a_port_that_is_in_use_is_refused(served):
    run = served.clone.kata("watch", "--web", "--no-open", "--port", str(served.port))
    assert run.returncode == 1
    assert run.stdout == (
        f"Error: Port {served.port} of 127.0.0.1 can't be had: Address already in use. "
        "`kata watch --web` without --port takes one that is free.\n"
    )
