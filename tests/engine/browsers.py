"""A real browser for the tests of pages."""

import shutil

import pytest
from selenium import webdriver
from selenium.webdriver.chrome.service import Service
from selenium.webdriver.common.by import By
from selenium.webdriver.support.ui import WebDriverWait

_PATIENCE = 60
"""Seconds to wait for what a test waits for."""


class Browser:
    """A headless Chromium, with what tests ask of the page in it."""

    def __init__(self):
        for program in ("chromium", "chromedriver"):
            if shutil.which(program) is None:
                pytest.skip(f"{program} is not installed: apt-get install chromium chromium-driver")
        options = webdriver.ChromeOptions()
        options.binary_location = shutil.which("chromium")
        for argument in ("--headless=new", "--no-sandbox", "--disable-dev-shm-usage"):
            options.add_argument(argument)
        options.set_capability("goog:loggingPrefs", {"browser": "ALL"})
        options.set_capability("unhandledPromptBehavior", "ignore")
        service = Service(shutil.which("chromedriver"))
        self.driver = webdriver.Chrome(options=options, service=service)

    def one(self, selector):
        return self.driver.find_element(By.CSS_SELECTOR, selector)

    def all(self, selector):
        return self.driver.find_elements(By.CSS_SELECTOR, selector)

    def texts(self, selector):
        return [each.text for each in self.all(selector)]

    def until(self, happens):
        """Wait until `happens(driver)` is true; gives what it gives."""
        return WebDriverWait(self.driver, _PATIENCE).until(happens)

    def complaints(self):
        return [each["message"] for each in self.driver.get_log("browser")]

    def has_size(self, width, height=800):
        """Have the page in a window of that size."""
        self.driver.execute_cdp_cmd(
            "Emulation.setDeviceMetricsOverride",
            {"width": width, "height": height, "deviceScaleFactor": 1, "mobile": False},
        )

    def prefers(self, scheme):
        """Have the reader prefer the scheme `light` or `dark`."""
        feature = {"name": "prefers-color-scheme", "value": scheme}
        self.driver.execute_cdp_cmd("Emulation.setEmulatedMedia", {"features": [feature]})

    def overflow(self):
        """How many pixels the page is wider than its window."""
        measured = "return document.documentElement.scrollWidth - innerWidth"
        return self.driver.execute_script(measured)
