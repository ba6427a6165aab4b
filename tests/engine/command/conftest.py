"""Patients of `kata doctor`."""

import re
import shutil
import subprocess
import sys
import sysconfig
import tomllib
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.engine.clones import ROOT
from torchkata.suite.curriculum import read_suite


@dataclass(frozen=True)
class Look:
    """What `kata doctor` said: its exit status and its lines."""

    status: int
    lines: list

    def told(self, thing):
        """The lines on one thing, with single spaces."""
        found = []
        inside = False
        for line in self.lines:
            if not line.startswith(" "):
                inside = line[9:].startswith(f"{thing} ")
            if inside:
                found.append(re.sub(" +", " ", line))
        return found


class Patient:
    """A clone with the engine, and a virtual environment that has it installed."""

    def __init__(self, clone, folder):
        self.clone = clone
        self.root = clone.root
        self.suite = read_suite(self.root)
        self.site = folder / "site"
        self.programs = folder / "venv" / "bin"
        self.python = str(self.programs / "python")
        shutil.copytree(
            ROOT / "torchkata",
            self.root / "torchkata",
            ignore=shutil.ignore_patterns("__pycache__"),
        )
        subprocess.run([sys.executable, "-m", "venv", "--without-pip", folder / "venv"], check=True)
        program = self.programs / "pytest"
        program.write_text("")
        program.chmod(0o755)
        self.install(*self.needs())

    def needs(self):
        text = (self.root / "pyproject.toml").read_text()
        return tomllib.loads(text)["project"]["dependencies"]

    def install(self, *needs, python=">=3.11"):
        """Write down what the torchkata that is installed needs, as pip does."""
        about = self.site / "torchkata.egg-info" / "PKG-INFO"
        about.parent.mkdir(parents=True, exist_ok=True)
        head = (
            f"Metadata-Version: 2.4\nName: torchkata\nVersion: 0.1.0\nRequires-Python: {python}\n"
        )
        about.write_text(head + "".join(f"Requires-Dist: {each}\n" for each in needs))

    def fake(self, name, text):
        """A module that is found before the real one."""
        path = self.site / f"{name}.py"
        path.parent.mkdir(exist_ok=True)
        path.write_text(text)
        return path

    def run(self, *before, cwd=None, engine=None, **environment):
        """Run `kata doctor`, by its Python or by the command `before`."""
        path = [self.site, engine or self.root, sysconfig.get_path("purelib")]
        settings = {
            "PYTHONPATH": ":".join(map(str, path)),
            "PATH": f"{self.programs}:/usr/bin:/bin",
            "PYTHONIOENCODING": "utf-8",
            "COLUMNS": "2000",
            "VISUAL": "",
            "EDITOR": "sh -c",
        }
        kata = Path(sys.executable).with_name("kata")
        command = [*before, *([] if before else [self.python]), str(kata), "doctor"]
        done = self.clone.run(*command, cwd=cwd, **{**settings, **environment})
        return Look(done.returncode, done.stdout.splitlines())


@pytest.fixture
def patient(clone, tmp_path, monkeypatch):
    for name in ("FORCE_COLOR", "NO_COLOR", "TTY_COMPATIBLE", "PYTEST_ADDOPTS"):
        monkeypatch.delenv(name, raising=False)
    return Patient(clone, tmp_path)


@pytest.fixture
def light(patient):
    """A patient with a torch that fails at once: soon looked at."""
    patient.fake("torch", "raise RuntimeError('broken')")
    return patient
