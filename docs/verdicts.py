"""Makes the pictures of docs/notebook.md: verdicts on wrong answers, as a browser shows them.

    python docs/verdicts.py

It needs the extra `dev`, and Chromium with its driver. Each picture is made light and dark.
"""

import shutil
import tempfile
from contextlib import contextmanager
from dataclasses import replace
from io import BytesIO
from pathlib import Path

from PIL import Image
from selenium import webdriver
from selenium.webdriver.chrome.service import Service

from torchkata.judge.judging import Judge
from torchkata.judge.verdict import Verdict
from torchkata.practice.examination import Examination
from torchkata.suite.curriculum import read_suite
from torchkata.suite.settings import Settings
from torchkata.suite.stubs import reference_of
from torchkata.telling.pictures import verdict_css, verdict_html

ROOT = Path(__file__).parents[1]
FOLDER = ROOT / "docs" / "verdicts"
WIDTH, SCALE, COLOURS = 880, 1.5, 256
MISTAKES = {
    "indexing": (
        "segment_sum",
        "return sums.index_add(0, segments, values)",
        "sums[segments] += values\n    return sums",
    ),
    "memory": (
        "inplace_pair",
        "return x.clamp_(lo, hi)",
        "x.reshape(-1).clamp_(lo, hi)\n    return x",
    ),
    "autograd": ("straight_through", "(r + gamma * q_next).detach()", "r + gamma * q_next"),
    "matmul": ("linear_forward", "product + bias", "product + bias.unsqueeze(-1)"),
    "hooks": (
        "capture_gradient",
        "gradients.append(gradient.detach().clone())",
        "gradients[:] = [gradient.detach().clone()]",
    ),
}
"""By topic: a kata, and what is written in its reference in place of something."""

PAGE = """<!DOCTYPE html>
<meta charset="utf-8">
<meta name="color-scheme" content="light dark">
<style>body {{ margin: 0 }} {style}</style>
{article}
"""


def main() -> None:
    FOLDER.mkdir(exist_ok=True)
    suite = read_suite(ROOT)
    with browser() as driver, tempfile.TemporaryDirectory() as folder:
        page = Path(folder, "page.html")
        for topic, (name, right, wrong) in MISTAKES.items():
            exercise = suite.find(name)
            reference = reference_of(exercise)
            assert right in reference, f"{name} has changed: mend MISTAKES."
            answer = Path(folder, f"{name}.py")
            answer.write_text(reference.replace(right, wrong), encoding="utf-8")
            verdict = first_failure(Examination(Judge(exercise, Settings()), answer))
            shown = replace(verdict, path=str(exercise.stub_path.relative_to(ROOT)))
            article = verdict_html(shown)
            page.write_text(PAGE.format(style=verdict_css(), article=article), encoding="utf-8")
            for scheme in ("light", "dark"):
                save(driver, page, scheme, FOLDER / f"{topic}-{scheme}.png")


def first_failure(examination: Examination) -> Verdict:
    verdicts = (examination.verdict(prop, "cpu") for prop, _ in examination.checks(("cpu",)))
    return next(each for each in verdicts if each.outcome == "failed")


@contextmanager
def browser():
    options = webdriver.ChromeOptions()
    options.binary_location = shutil.which("chromium") or shutil.which("google-chrome") or ""
    for each in ("--headless=new", "--no-sandbox", "--hide-scrollbars"):
        options.add_argument(each)
    driver = webdriver.Chrome(options, Service(shutil.which("chromedriver")))
    try:
        yield driver
    finally:
        driver.quit()


def save(driver: webdriver.Chrome, page: Path, scheme: str, path: Path) -> None:
    """The page, as high as it is, in few colours: a picture of cells and text has no more."""
    feature = {"name": "prefers-color-scheme", "value": scheme}
    driver.execute_cdp_cmd("Emulation.setEmulatedMedia", {"features": [feature]})
    measure(driver, 100)
    driver.get(page.as_uri())
    measure(driver, driver.execute_script("return document.documentElement.scrollHeight"))
    picture = Image.open(BytesIO(driver.get_screenshot_as_png())).convert("RGB")
    picture.quantize(COLOURS).save(path, optimize=True)


def measure(driver: webdriver.Chrome, height: int) -> None:
    size = {"width": WIDTH, "height": height, "deviceScaleFactor": SCALE, "mobile": False}
    driver.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", size)


if __name__ == "__main__":
    main()
