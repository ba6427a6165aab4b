"""The class at a glance, in a real browser."""

import base64
import json
import re
from dataclasses import replace
from datetime import UTC, datetime
from typing import get_args

import pytest
import torch
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys
from selenium.webdriver.support.ui import Select

from torchkata.grading.grades import (
    ExerciseGrade,
    ExerciseResult,
    Flag,
    FlagKind,
    Lateness,
    LeftAside,
    Override,
    PropertyResult,
    Run,
    Student,
    StudentGrade,
)
from torchkata.grading.outputs.class_report import class_report
from torchkata.judge.verdict import Verdict
from torchkata.telling.pictures import pictures_html
from torchkata.values.comparison import compare
from torchkata.values.observation import Observation, container_seen, seen

MADE = datetime(2026, 11, 21, 9, 30, tzinfo=UTC)
RUN = Run("Assignment 3", 2026, ("cpu", "sim"), "2.13.0", 10.0, "3f9c1e")
SAYS = "dim names the axis that the labels index."
NASTY = (
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(2)>",
    "</script><script>alert(3)</script>",
    '"><svg onload=alert(4)>',
    "javascript:alert(5)",
    "{{ 7 * 7 }} ${alert(6)} <!-- <script>",
    "\u202egnp.yp",
    "a\0b\x1b[2Jc\ud800\udfff",
    "x" * 4000,
)

PASSED = PropertyResult("keeps_rows", "Each row is kept.", "passed", rests_on=("operations",))
FAILED = PropertyResult(
    "adds_up",
    "All is added up.",
    "failed",
    device="sim",
    stage="values",
    headline="wrong values: 1 of 4 differ",
    text="with:\n    x = [1, 2]\n\nwrong values: 1 of 4 differ",
    misconception="takes_rows",
    says=SAYS,
)


def result(exercise, standing, *properties, flags=(), seconds=0.5):
    return ExerciseResult(exercise, "key", standing, "a.py", properties, flags, seconds)


def solved(exercise="shapes/strides", points=1.0):
    return ExerciseGrade(exercise, 1.0, points, result(exercise, "solved", PASSED))


def failing(exercise="shapes/strides", **more):
    failed = result(exercise, "failing", PASSED, FAILED, **more)
    return ExerciseGrade(exercise, 1.0, 0.0, failed)


def missing(exercise="shapes/strides"):
    return ExerciseGrade(exercise, 1.0, 0.0, None)


def student(name, *exercises, ident="", **more):
    told = {"source": f"{name}.zip", "submitted": MADE, **more}
    return StudentGrade(Student(ident or name.lower(), name), exercises, **told)


def a_class():
    """Four students, two exercises: one who solves all, one with a bit of everything."""
    slow = (Flag("time", "It ran for 10 s of CPU time and was ended."),)
    changed = replace(failing("optim/momentum"), override=Override(0.5, "Nearly.", "2026-11-20"))
    return [
        student("Cleo", solved(), solved("optim/momentum"), submitted=MADE.replace(day=3)),
        student("Abel", failing(seconds=4.0), changed, notes=("b.txt is aside",), late=True),
        student("Dana", solved(), failing("optim/momentum", flags=slow), ident="d10"),
        student("Bea", missing(), missing("optim/momentum"), source="", submitted=None),
    ]


class Reader:
    """A browser with the page of a class in it."""

    def __init__(self, chromium, folder):
        self._file = folder / "report.html"
        self.driver = chromium.driver
        self.one, self.all, self.texts = chromium.one, chromium.all, chromium.texts
        self.complaints, self.until = chromium.complaints, chromium.until

    def shows(self, grades, run=RUN, address=""):
        self._file.write_text(class_report(run, grades, MADE), encoding="utf-8")
        self.driver.get("about:blank")
        self.driver.get(f"{self._file.as_uri()}{address}")

    def names(self):
        """The students that the table shows, from top to bottom."""
        return [each.text for each in self.all("#class tbody a") if each.is_displayed()]

    def opened(self, name):
        """The section that is open, once it is that of a student called so."""
        self.until(lambda driver: self.texts("#student h3") == [name])
        return self.one("#student").text

    def sort(self, column):
        self.one(f"#class button[data-column='{column}']").click()

    def printed(self):
        done = self.driver.execute_cdp_cmd("Page.printToPDF", {"printBackground": True})
        return base64.b64decode(done["data"])


@pytest.fixture(scope="module")
def browser(chromium, tmp_path_factory):
    return Reader(chromium, tmp_path_factory.mktemp("browser"))


@pytest.fixture
def page(browser):
    browser.driver.set_window_size(1200, 900)
    browser.shows(a_class())
    yield browser
    assert browser.complaints() == []


def test_tells_the_figures_of_those_who_submitted(page):
    assert page.texts(".figures dl > div") == [
        "students\n4",
        "submitted\n3 75 %",
        "mean\n1.17 of 2",
        "median\n1",
        "quartiles\n0.75 and 1.5",
    ]


def test_tells_how_the_run_was_made(page):
    assert page.one(".facts").text.split("\n")[0] == (
        "2 exercises, 2 points made 2026-11-21 09:30 UTC on cpu, sim torch 2.13.0 "
        "10 s for an exercise protection: namespaces seed 2026 suite 3f9c1e"
    )


def test_the_histogram_has_a_bar_for_each_width_of_points(page):
    drawn = page.one("figure svg").get_attribute("aria-label")
    assert drawn == "Points: 0.4 to 0.6: 1, 1 to 1.2: 1, 1.8 to 2: 1."


@pytest.mark.parametrize(
    ("column", "up"),
    [
        ("name", ["Abel", "Bea", "Cleo", "Dana"]),
        ("points", ["Bea", "Abel", "Dana", "Cleo"]),
        ("submitted", ["Cleo", "Abel", "Dana", "Bea"]),
        ("looks", ["Cleo", "Abel", "Bea", "Dana"]),
        ("0", ["Cleo", "Dana", "Abel", "Bea"]),
        ("1", ["Cleo", "Abel", "Dana", "Bea"]),
    ],
)
def test_sorts_by_any_column_both_ways(page, column, up):
    page.sort(column)
    assert page.names() == up
    head = page.one(f"th:has([data-column='{column}'])")
    assert head.get_attribute("aria-sort") == "ascending"
    page.sort(column)
    assert page.names()[0] == up[-1]
    assert head.get_attribute("aria-sort") == "descending"
    assert len(page.all("th[aria-sort=none]")) == 5


def test_is_sorted_by_the_keyboard(page):
    page.one("#class button[data-column=name]").send_keys(Keys.ENTER)
    assert page.names() == ["Abel", "Bea", "Cleo", "Dana"]


def test_finds_by_parts_of_name_and_id(page):
    page.one("#find").send_keys("D10 dan")
    assert page.names() == ["Dana"]
    assert page.one("#shown").text == "1 of 4 students"
    page.one("#find").send_keys("zzz", Keys.ENTER)
    assert page.names() == []
    assert page.one("#nobody").text == "Nobody is so."


def test_shows_those_of_a_standing(page):
    choice = Select(page.one("#kind"))
    assert [each.text for each in choice.options] == [
        "everyone",
        "something failing (2)",
        "something missing (1)",
        "all solved (1)",
        "to look at (1)",
        "late (1)",
        "changed by hand (1)",
        "nothing submitted (1)",
    ]
    found = {}
    for option in choice.options:
        option.click()
        found[option.get_attribute("value")] = page.names()
    assert found == {
        "": ["Cleo", "Abel", "Dana", "Bea"],
        "failing": ["Abel", "Dana"],
        "missing": ["Bea"],
        "all solved": ["Cleo"],
        "to look at": ["Dana"],
        "late": ["Abel"],
        "changed by hand": ["Abel"],
        "nothing submitted": ["Bea"],
    }


def test_a_name_opens_the_students_section(page):
    page.one("#class tbody a[href='#student-2']").click()
    told = page.opened("Abel")
    assert "0.5 of 2" in told
    assert "Submission\nAbel.zip" in told
    assert "2026-11-21 09:30 UTC (late)" in told
    assert "Notes\nb.txt is aside" in told
    assert f"\n{SAYS}\n" in told
    assert "Changed by hand from 0 to 0.5: Nearly. 2026-11-20" in told
    assert "1 of 2 properties · 4.00 s · rests on operations" in told
    page.one("#student .property summary").click()
    assert page.one("#student pre").text == FAILED.text


def test_a_cell_opens_its_exercise_and_the_link_goes_back(page):
    page.one("td[data-at='3-2']").click()
    assert "It ran for 10 s of CPU time" in page.opened("Dana")
    assert page.driver.switch_to.active_element.get_attribute("id") == "student-3-2"
    assert page.one("#student-3-2 pre").is_displayed()
    page.one("#find").send_keys("cleo")
    page.driver.find_element(By.LINK_TEXT, "Back to the class").click()
    page.until(lambda driver: driver.switch_to.active_element.get_attribute("hash") == "#student-3")
    assert page.names() == ["Cleo", "Abel", "Dana", "Bea"]


def test_next_goes_on_in_the_order_shown(page):
    page.sort("name")
    page.one("#class tbody a[href='#student-2']").click()
    page.opened("Abel")
    page.driver.find_element(By.XPATH, "//button[.='Next']").click()
    page.opened("Bea")
    page.driver.find_element(By.XPATH, "//button[.='Previous']").click()
    page.opened("Abel")


def test_an_address_opens_a_student(browser):
    browser.shows(a_class(), address="#student-3-2")
    assert "optim/momentum" in browser.opened("Dana")
    assert browser.complaints() == []


def test_an_exercise_tells_its_mistakes_by_frequency(page):
    page.one("#exercise-2 summary").click()
    for each in page.all("#exercise-2 .who summary"):
        each.click()
    assert page.one("#exercise-2").text.split("\n") == [
        "optim/momentum",
        "25 %",
        f"2 × {SAYS}",
        "1 solved",
        "2 failing",
        "1 missing",
        "1 point",
        "Misconceptions",
        "2",
        SAYS,
        "takes_rows",
        "2 students",
        "Abel",
        "Dana",
        "Properties most failed",
        "2",
        "All is added up.",
        "adds_up",
        "2 students",
        "Abel",
        "Dana",
        "Slowest",
        "Cleo",
        "0.50 s",
        "Abel",
        "0.50 s",
        "Dana",
        "0.50 s",
    ]


def test_names_the_slowest_first(page):
    page.one("#exercise-1 summary").click()
    assert page.texts("#exercise-1 .slowest li") == [
        "Abel\n4.00 s",
        "Cleo\n0.50 s",
        "Dana\n0.50 s",
    ]


def test_tells_what_to_look_at_the_gravest_first(browser):
    flags = tuple(Flag(kind, f"Says {kind}.") for kind in get_args(FlagKind))
    unjudged = replace(missing(), result=result("shapes/strides", "not judged"))
    unread = "The archive holds ../x."
    browser.shows(
        [
            student("Eve", failing(flags=flags)),
            student("Fay", unjudged),
            student("Gil", missing(), problem=unread),
            student("Hal", missing(), flags=(Flag("handed in", "Nobody is called so."),)),
        ],
        replace(RUN, unprotected=("There is no bubblewrap.",)),
    )
    assert browser.texts(".warning li") == ["There is no bubblewrap."]
    assert browser.texts("details.look") == [
        "Tampering 1\nEve\nshapes/strides\nSays tampering.",
        "Reaches for what judges it 1\nEve\nshapes/strides\nSays reach.",
        "Handed in 2\nEve\nshapes/strides\nSays handed in.\nHal\nNobody is called so.",
        "Refused 1\nEve\nshapes/strides\nSays refused.",
        "Not judged 1\nFay\nshapes/strides\nIt has no verdict: grade it again.",
        f"Can't be read 1\nGil\n{unread}",
        "Crash 1\nEve\nshapes/strides\nSays crash.",
        "Memory 1\nEve\nshapes/strides\nSays memory.",
        "Time 1\nEve\nshapes/strides\nSays time.",
    ]
    assert browser.complaints() == []


def test_tells_what_protection_without_namespaces_lacks_and_what_is_late(browser):
    says = "10 % is taken off: 1 day late, due 2026-01-01 00:00 UTC."
    lateness = Lateness(datetime(2026, 1, 1, tzinfo=UTC), 1, 10.0, says)
    late = replace(solved(), computed=1.0, taken_off=10.0)
    browser.shows(
        [student("Ada", late, lateness=lateness)],
        replace(RUN, tier="users", unprotected=("disk: a look.",)),
    )
    assert browser.texts(".warning h3") == [
        "Protected by a user for each worker, without namespaces: what that lacks"
    ]
    assert browser.texts(".warning li") == ["disk: a look."]
    assert "0.9 after lateness" in browser.texts("#class tbody tr")[0]
    browser.one("#class tbody a").click()
    assert says in browser.one("#student").text
    assert "0.9 of 1 points" in browser.one("#student").text


def test_tells_what_is_left_aside(browser):
    left = (LeftAside("notes.txt", "no file of an exercise"),)
    browser.shows([student("Ada", missing(), left=left)], replace(RUN, left=left))
    assert browser.texts("details.look li") == ["notes.txt\nno file of an exercise"]
    browser.one("#class tbody a").click()
    browser.opened("Ada")
    assert browser.texts(".notes li") == ["notes.txt: no file of an exercise"]


def test_tells_which_points_rest_on_the_students_process(page):
    page.one(".rests summary").click()
    assert page.texts(".rests tbody tr") == [
        "shapes/strides Each row is kept. operations 3",
        "optim/momentum Each row is kept. operations 3",
    ]


def test_a_standing_is_told_by_words_and_signs(page):
    cells = page.all("tr#row-2 td[data-at], tr#row-3 td[data-at]")
    assert [each.get_attribute("textContent") for each in cells] == [
        "failing",
        "failing0.5 changed by hand",
        "solved",
        "failing to look at",
    ]
    sign = "return getComputedStyle(arguments[0], arguments[1]).content"
    assert [page.driver.execute_script(sign, each, "::before") for each in cells] == [
        '"✗"',
        '"✗"',
        '"✓"',
        '"✗"',
    ]
    marks = [each.get_attribute("data-mark") for each in cells]
    assert marks == [None, "*", None, "⚑"]


def test_prints_every_student_and_nothing_to_click(page):
    page.sort("name")
    page.one("#find").send_keys("cleo")
    page.driver.execute_script(
        "addEventListener('beforeprint', () => {"
        " window.seen = document.getElementById('students').textContent;"
        " window.shut = document.querySelectorAll('details:not([open])').length })"
    )
    pdf = page.printed()
    assert len(re.findall(rb"/Type /Page\b", pdf)) >= 2
    seen = page.driver.execute_script("return window.seen")
    assert all(each in seen for each in ("Abel.zip", "Cleo.zip", "Dana.zip", FAILED.text))
    assert page.driver.execute_script("return window.shut") == 0
    assert page.all("#student h3") == []
    page.driver.execute_cdp_cmd("Emulation.setEmulatedMedia", {"media": "print"})
    assert not any(each.is_displayed() for each in page.all(".controls, .top, #nobody"))
    assert page.names() == ["Abel", "Bea", "Cleo", "Dana"]
    page.driver.execute_script("unfold()")
    assert all(each.is_displayed() for each in page.all("#student h3, #student pre, .who a"))
    page.driver.execute_cdp_cmd("Emulation.setEmulatedMedia", {"media": ""})


def test_an_open_student_is_open_after_printing(page):
    page.one("#class tbody a[href='#student-2']").click()
    page.opened("Abel")
    page.printed()
    assert "Abel.zip" in page.opened("Abel")


def nasty_class():
    grades = []
    for text in NASTY:
        failed = replace(FAILED, text=text, headline=text, says=text, misconception=text)
        flags = (Flag("crash", text),)
        bad = ExerciseResult("a/b", "key", "failing", text, (failed,), flags, 1.0)
        grade = ExerciseGrade("a/b", 1.0, 0.0, bad, Override(0.5, text, text))
        who = Student(text, text, text, text, text, text)
        more = {"notes": (text,), "superseded": (text,), "problem": text}
        grades.append(StudentGrade(who, (grade,), text, MADE, **more))
    return grades


def elements(browser):
    """How many elements there are of each kind that could do something."""
    counts = "return ['script', 'img', 'svg svg', 'iframe', 'style', '[onerror]', '[onload]'].map("
    return browser.driver.execute_script(
        counts + "(each) => document.querySelectorAll(each).length)"
    )


def test_hostile_texts_are_texts(browser):
    browser.shows(nasty_class(), replace(RUN, title=NASTY[2], unprotected=(NASTY[0],)))
    for number in range(len(NASTY)):
        browser.driver.execute_script(f"location.hash = '#student-{number + 1}-1'")
        browser.until(lambda driver, at=number: driver.find_elements(By.ID, f"student-{at + 1}"))
    browser.printed()
    browser.driver.execute_script("unfold()")
    assert len(browser.all("#student h3")) == len(NASTY)
    assert elements(browser) == [2, 0, 0, 0, 1, 0, 0]
    assert {each.get_attribute("href").partition("#")[0] for each in browser.all("a")} == {
        browser.driver.current_url.partition("#")[0]
    }
    assert browser.complaints() == []


def test_hostile_texts_are_shown_as_they_are(browser):
    browser.shows(nasty_class())
    whole = browser.one("#class").get_attribute("textContent")
    for text in (*NASTY[:6], NASTY[8], "\\u202egnp.yp", "a\\x00b\\x1b[2Jc\\ud800\\udfff"):
        assert text in whole
    assert browser.driver.title == "Assignment 3: the class at a glance"


def test_long_names_do_not_widen_the_page(browser):
    browser.shows(nasty_class())
    for width in (1200, 400):
        browser.driver.execute_cdp_cmd(
            "Emulation.setDeviceMetricsOverride",
            {"width": width, "height": 800, "deviceScaleFactor": 1, "mobile": False},
        )
        browser.driver.execute_script("location.hash = '#student-9-1'; unfold()")
        size = "return [document.documentElement.scrollWidth, innerWidth]"
        wide, room = browser.driver.execute_script(size)
        assert wide <= room == width
    browser.driver.execute_cdp_cmd("Emulation.clearDeviceMetricsOverride", {})


def test_nothing_else_may_run_or_be_fetched(browser):
    browser.shows(a_class())
    blocked = """
        const done = arguments[arguments.length - 1];
        const found = [];
        document.addEventListener("securitypolicyviolation", (event) => {
            found.push(event.effectiveDirective);
            if (found.length === 4) done(found.sort());
        });
        const script = document.createElement("script");
        script.textContent = "window.ran = true";
        document.body.append(script);
        const box = document.createElement("div");
        document.body.append(box);
        box.innerHTML = "<b onclick='window.ran = true'>x</b><img src='http://127.0.0.1:9/x.png'>";
        box.firstChild.click();
        fetch("http://127.0.0.1:9/").catch(() => 0);
    """
    assert browser.driver.execute_async_script(blocked) == [
        "connect-src",
        "img-src",
        "script-src-attr",
        "script-src-elem",
    ]
    assert browser.driver.execute_script("return window.ran") is None
    assert len(browser.complaints()) >= 4


@pytest.mark.parametrize(
    ("grades", "says"),
    [
        ([], ["There are no students."]),
        (
            [student("Bea", missing(), source="", submitted=None)],
            ["Nobody has submitted anything."],
        ),
        ([student("Abel", solved())], ["students\n1", "mean\n1 of 1", "quartiles\n1 and 1"]),
        ([student(f"S{n}", solved()) for n in range(30)], ["submitted\n30 100 %", "median\n1"]),
    ],
    ids=["none", "nothing submitted", "one", "all solved"],
)
def test_small_classes_make_sense(browser, grades, says):
    browser.shows(grades)
    told = browser.one("#overview").text
    assert all(each in told for each in says)
    assert "No submission asks for a look." in browser.one("#look").text
    assert len(browser.names()) == len(grades)
    browser.printed()
    assert browser.complaints() == []


def test_students_without_an_exercise_have_an_empty_cell(browser):
    browser.shows([student("Abel", solved(), solved("optim/momentum")), student("Bea", solved())])
    cells = browser.all("tr#row-2 td")
    assert [each.get_attribute("textContent") for each in cells[3:]] == ["solved", ""]
    browser.sort("1")
    browser.sort("1")
    assert browser.names() == ["Bea", "Abel"]
    assert browser.complaints() == []


def test_is_one_file_that_any_encoder_takes():
    page = class_report(RUN, nasty_class(), MADE)
    assert page.encode().decode() == page
    assert re.findall(r"<(?:link|base|meta http-equiv=.refresh)", page) == []
    assert set(re.findall(r"https?:[^\"' ]*", page)) == set()
    data = re.search(r'<script type="application/json" id="data">(.*?)</script>', page)[1]
    assert len(json.loads(data)["students"]) == len(NASTY)


def test_a_failure_has_its_picture(browser):
    """It is kept once for all who have it, and what is no part of a picture is left out."""
    drawn = pictured(torch.tensor([1.0, 2.0]), torch.tensor([1.0, 3.0]))
    odd = drawn.replace(
        "<figure", '<script>window.ran = true</script><a href="x" onclick="ran()">x</a><figure', 1
    )
    browser.shows(
        [
            student(
                name,
                ExerciseGrade(
                    "shapes/strides",
                    1.0,
                    0.0,
                    result("shapes/strides", "failing", replace(FAILED, picture=each)),
                ),
            )
            for name, each in (("Abel", drawn), ("Bea", drawn), ("Cleo", odd))
        ]
    )
    count = "return JSON.parse(document.getElementById('data').textContent).pictures.length"
    assert browser.driver.execute_script(count) == 2
    for number in (1, 3):
        browser.driver.execute_script(f"location.hash = '#student-{number}'; unfold()")
        browser.opened({1: "Abel", 3: "Cleo"}[number])
        names = "return [...document.querySelectorAll('.kata-pictures *')].map((e) => e.localName)"
        found = browser.driver.execute_script(names)
        assert found.count("svg") == 2
        assert not {"script", "a"} & set(found)
        marked = "return document.querySelectorAll('.kata-mark').length"
        assert browser.driver.execute_script(marked) == 2
    assert browser.driver.execute_script("return window.ran") is None


def pictured(expected, actual):
    """The pictures of a verdict that the two differ."""
    nothing = container_seen("dict", (), ())
    one, other = (Observation(seen(each), nothing, (), ()) for each in (expected, actual))
    verdict = Verdict("shapes/strides", "adds_up", "All.", "cpu", "failed", "a.py", 1)
    return pictures_html(replace(verdict, difference=compare(one, other)))
