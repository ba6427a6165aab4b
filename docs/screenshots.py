"""Makes the pictures of README.md: real commands in a terminal of their own, drawn as SVG.

    python docs/screenshots.py          # all of them
    python docs/screenshots.py page     # only that of the browser

It needs the extra `dev`, and Chromium. A picture holds no times and no paths of this machine.
"""

import os
import re
import shutil
import sys
import tempfile
from io import BytesIO, StringIO
from itertools import groupby
from pathlib import Path

import pexpect
import pyte
from rich.console import Console
from rich.style import Style
from rich.terminal_theme import TerminalTheme
from rich.text import Text
from selenium import webdriver
from selenium.webdriver.chrome.service import Service
from selenium.webdriver.support.ui import WebDriverWait

from torchkata.practice import progress
from torchkata.practice.progress import Judged, file_hash
from torchkata.suite.curriculum import Exercise, read_suite
from torchkata.suite.stubs import reference_of, stub_of, write_stub

ROOT = Path(__file__).parents[1]
COLUMNS = 96
WINDOW = (1280, 900)
MISTAKES = {
    "one_hot": (reference_of, "dtype=dtype, ", ""),
    "fix_grad_accumulation": (stub_of, "(w.grad)", "(w.grad.clone())"),
    "segment_sum": (
        reference_of,
        "return sums.index_add(0, segments, values)",
        "sums[segments] += values\n    return sums",
    ),
}

FONTS = "ui-monospace, Menlo, 'DejaVu Sans Mono', Consolas, monospace"
DARK, RED, GREEN, YELLOW = (72, 79, 88), (255, 123, 114), (86, 211, 100), (227, 179, 65)
BLUE, PURPLE, CYAN, LIGHT = (121, 192, 255), (210, 168, 255), (86, 212, 221), (230, 237, 243)
THEME = TerminalTheme((22, 27, 34), LIGHT, [DARK, RED, GREEN, YELLOW, BLUE, PURPLE, CYAN, LIGHT])


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        clone = Path(folder, "torchkata")
        shutil.copytree(ROOT, clone, ignore=shutil.ignore_patterns(".*", "__pycache__"))
        suite = read_suite(clone)
        for number, exercise in enumerate(suite.exercises):
            write_stub(exercise)
            if number < len(suite.exercises) / 2:
                exercise.stub_path.write_text(reference_of(exercise))
        failing, begun, lost = map(suite.find, MISTAKES)
        solved = [each for each in suite.exercises if each.stub_path.read_text() != stub_of(each)]
        progress.record(
            clone, [Judged(each.key, "solved", file_hash(each.stub_path), 1) for each in solved]
        )
        write_mistake(lost)
        page(clone, lost)
        if sys.argv[1:] == ["page"]:
            return
        lost.stub_path.write_text(reference_of(lost))
        write_mistake(failing)
        lines = shot(clone, f"pytest {failing.stub_path.relative_to(clone)}", 200)
        begins = [line.plain[:6] for line in lines]
        first, last = begins.index("______"), begins.index("again:")
        save("verdict", [lines[0], Text(), *lines[first : last + 1]])
        shot(clone, "pytest exercises", 500)  # so that `kata` knows what is solved
        write_mistake(begun)
        save("dashboard", shot(clone, "kata", 60))
        command, *lines = shot(clone, f"kata watch {begun.name}", 32, "checks pass", "q")
        save("watch", lines, command.plain)


def write_mistake(exercise: Exercise) -> None:
    begin, right, wrong = MISTAKES[exercise.name]
    text = begin(exercise)
    assert right in text, f"{exercise.name} has changed: mend MISTAKES."
    exercise.stub_path.write_text(text.replace(right, wrong))


def page(clone: Path, exercise: Exercise) -> None:
    """Take a picture of the page of `kata watch --web` at a verdict."""
    kata = str(Path(sys.executable).with_name("kata"))
    command = ["watch", exercise.name, "--web", "--no-open"]
    child = pexpect.spawn(kata, command, timeout=600, cwd=clone, dimensions=(40, 200))
    options = webdriver.ChromeOptions()
    options.binary_location = shutil.which("chromium") or ""
    for argument in ("--headless=new", "--no-sandbox", "--hide-scrollbars"):
        options.add_argument(argument)
    driver = webdriver.Chrome(options=options, service=Service(shutil.which("chromedriver")))
    try:
        child.expect(r"http://\S+/")
        width, height = WINDOW
        driver.execute_cdp_cmd(
            "Emulation.setDeviceMetricsOverride",
            {"width": width, "height": height, "deviceScaleFactor": 1, "mobile": False},
        )
        driver.get(child.match.group().decode())
        WebDriverWait(driver, 600).until(lambda it: "checks pass." in it.page_source)
        driver.execute_script("document.querySelector('#status small').remove()")  # the time
        driver.save_screenshot(str(ROOT / "docs" / "web.png"))
    finally:
        driver.quit()
        child.close(force=True)


class Screen(pyte.Screen):
    """A terminal that keeps dim text as blinking: pyte knows no dim, and nothing here blinks."""

    def select_graphic_rendition(self, *attrs: int) -> None:
        super().select_graphic_rendition(*(5 if each == 2 else each for each in attrs))


def shot(clone: Path, command: str, rows: int, until: str = "", keys: str = "") -> list[Text]:
    """The command, then the lines that its end leaves on the screen, without blank ones below.

    `keys` are pressed where `until` is on the screen.
    """
    path = f"{Path(sys.executable).parent}:{os.environ['PATH']}"
    env = {"PATH": path, "PYTHONPATH": str(ROOT), "TERM": "xterm", "LANG": "C.UTF-8"}
    child = pexpect.spawn(command, timeout=600, cwd=clone, env=env, dimensions=(rows, COLUMNS))
    child.logfile_read = output = BytesIO()
    if until:
        child.expect_exact(until)
        child.send(keys)
    child.expect(pexpect.EOF)
    screen = Screen(COLUMNS, rows)
    pyte.ByteStream(screen).feed(output.getvalue())
    lines = [drawn([screen.buffer[row][at] for at in range(COLUMNS)]) for row in range(rows)]
    while not lines[-1].plain:
        lines.pop()
    return [Text.assemble(("$ ", "dim"), command), *lines]


def drawn(row: list[pyte.screens.Char]) -> Text:
    """A line of the screen with its styles."""
    line = Text()
    for (colour, bold, dim), cells in groupby(row, lambda cell: (cell.fg, cell.bold, cell.blink)):
        style = Style(color=colour.replace("brown", "yellow"), bold=bold, dim=dim)
        # What stands behind a gap is placed by itself: a font may have another width.
        for piece in re.split(r"(^ +| {2,})", "".join(cell.data for cell in cells)):
            line.append(piece, style)
    line.rstrip()
    return line


def save(name: str, lines: list[Text], title: str = "") -> None:
    console = Console(record=True, width=COLUMNS, file=StringIO(), highlight=False)
    console.print(Text("\n").join([*lines, Text()]))  # rich would cut off the last line
    svg = console.export_svg(title=title, theme=THEME, unique_id=name)
    # A picture on a page may load nothing, so the fonts are those of the reader's machine.
    svg = re.sub(r"@font-face {.*?}\s*", "", svg, flags=re.DOTALL)
    (ROOT / "docs" / f"{name}.svg").write_text(svg.replace("Fira Code, monospace", FONTS))


if __name__ == "__main__":
    main()
