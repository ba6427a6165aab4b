"""`kata doctor` run for real: Python, packages, torch, devices, editor and terminal."""

import platform
import shutil
import sys
from importlib import metadata
from pathlib import Path

import pytest


def test_packages_and_python_out_of_range_are_problems(light, tmp_path):
    light.install("nowhere>=1", "numpy>=99", "ruff; extra == 'dev'", python=">=99")
    seen = light.run(cwd=tmp_path)
    assert seen.told("python") == [
        f"problem python {platform.python_version()}, but torchkata needs >=99: {light.python}",
        " Install such a Python, and make your virtual environment with it.",
    ]
    assert seen.told("packages") == [
        "problem packages nowhere is not installed; torchkata needs nowhere>=1",
        f" `{light.python} -m pip install 'nowhere>=1'`",
        f"problem packages numpy is {metadata.version('numpy')}; torchkata needs numpy>=99",
        f" `{light.python} -m pip install 'numpy>=99'`",
    ]


@pytest.mark.parametrize(
    ("text", "end"),
    [
        ("raise RuntimeError('broken')", "failed: RuntimeError: broken"),
        ("import os; os.kill(os.getpid(), 11)", "ended its process with SIGSEGV"),
        ("import os; os._exit(3)", "ended its process with exit status 3"),
        ("", "failed: AttributeError: module 'torch' has no attribute '__version__'"),
    ],
)
def test_a_file_that_hides_torch_is_a_problem(patient, tmp_path, text, end):
    fake = patient.fake("torch", text)
    seen = patient.run(cwd=tmp_path)
    own = metadata.distribution("torch").locate_file("torch/__init__.py")
    assert seen.status == 1
    assert seen.told("torch") == [
        f"problem torch importing {fake} {end}",
        f" That file hides the torch that is installed, {own}: rename it, or remove it.",
    ]
    assert not any(seen.told(device) for device in ("cpu", "sim", "cuda", "devices"))


def test_a_torch_that_is_broken_itself_is_to_be_installed_again(patient, tmp_path):
    fake = patient.fake("torch/__init__", "import libtorch")
    about = patient.site / "torch-2.12.dist-info" / "METADATA"
    about.parent.mkdir()
    about.write_text("Metadata-Version: 2.4\nName: torch\nVersion: 2.12\n")
    patient.install("torch>=2.11")
    seen = patient.run(cwd=tmp_path)
    assert seen.told("packages") == ["ok packages torch 2.12"]
    assert seen.told("torch") == [
        f"problem torch importing {fake} failed: ModuleNotFoundError: No module named 'libtorch'",
        f" `{patient.python} -m pip install --force-reinstall 'torch>=2.11'`",
    ]


def test_devices_that_do_not_compute_are_told_with_the_reason(patient):
    devices = patient.root / "torchkata" / "devices" / "choice.py"
    text = devices.read_text()
    devices.write_text(
        text
        + """
def absence(name):
    if name == "cuda":
        import os
        os.abort()
    return "torch 2.0 lacks the hook" if name == "sim" else None

def choose(name):
    raise RuntimeError("no kernel image")
"""
    )
    patient.install("torch>=2")
    seen = patient.run()
    assert seen.told("cpu") == [
        "problem cpu does not compute: RuntimeError: no kernel image",
        f" `{patient.python} -m pip install --force-reinstall 'torch>=2'`",
    ]
    assert seen.told("sim") == [
        "warning sim not to be had: torch 2.0 lacks the hook",
        f" `{patient.python} -m pip install --upgrade 'torch>=2'`",
    ]
    assert seen.told("cuda") == [
        "problem cuda trying it ended its process with SIGABRT",
        " Judge without it: `pytest exercises --device cpu`",
    ]
    assert seen.lines[-1] == "2 problems, 2 warnings"


@pytest.mark.parametrize(
    ("variables", "line", "remedy"),
    [
        ({"EDITOR": ""}, "neither VISUAL nor EDITOR is set", "EDITOR"),
        (
            {"EDITOR": "nosuch -w"},
            "EDITOR is 'nosuch -w', but there is no program 'nosuch' on PATH",
            "EDITOR",
        ),
        (
            {"VISUAL": "'sh"},
            'VISUAL is "\'sh", which is not a command: No closing quotation',
            "VISUAL",
        ),
    ],
)
def test_an_editor_that_is_not_there_is_a_warning(light, tmp_path, variables, line, remedy):
    seen = light.run(cwd=tmp_path, **variables)
    assert seen.told("editor") == [
        f"warning editor {line}",
        f" `export {remedy}=nano`, or another editor that you like",
    ]


@pytest.mark.parametrize(
    ("variables", "line", "remedy"),
    [
        (
            {"PYTHONIOENCODING": "ascii"},
            "its encoding is ascii, not utf-8: some signs can't be shown",
            "`export PYTHONIOENCODING=utf-8`",
        ),
        (
            {"FORCE_COLOR": "1", "NO_COLOR": "1", "TERM": "xterm", "COLUMNS": "79"},
            "79 columns wide: a verdict needs 80",
            "Make the window wider.",
        ),
        (
            {"FORCE_COLOR": "1", "TERM": "dumb"},
            "shows no colours: TERM is 'dumb'",
            "`export TERM=xterm-256color`",
        ),
    ],
)
def test_a_poor_terminal_is_a_warning(light, tmp_path, variables, line, remedy):
    folder = tmp_path / "größe"
    folder.mkdir()
    seen = light.run(cwd=folder, **variables)
    assert seen.told("terminal") == [f"warning terminal {line}", f" {remedy}"]
    assert "1 warning" in seen.lines[-1]


def test_an_environment_that_is_not_active_is_a_warning(light, tmp_path):
    seen = light.run(light.python, cwd=tmp_path, PATH="/nowhere")
    found = f"warning environment {light.programs.parent} is not active"
    remedy = f" `. {light.programs}/activate`"
    assert seen.told("environment") == [f"{found}: this shell finds no `pytest`", remedy]
    other = tmp_path / "other" / "pytest"
    other.parent.mkdir()
    shutil.copy(light.programs / "pytest", other)
    seen = light.run(light.python, cwd=tmp_path, PATH=str(other.parent))
    assert seen.told("environment") == [f"{found}: `pytest` in this shell is {other}", remedy]


def test_no_virtual_environment_is_a_warning(light, tmp_path):
    base = Path(sys.base_prefix, "bin", f"python{sys.version_info[0]}.{sys.version_info[1]}")
    if Path(sys.base_prefix, "conda-meta").is_dir() or not base.exists():
        pytest.skip("the Python below this one is conda's, or not to be found")
    seen = light.run(str(base), cwd=tmp_path)
    assert seen.told("environment") == [
        f"warning environment not a virtual environment: its packages are those of all of "
        f"{sys.base_prefix}",
        " In your clone: `python3 -m venv .venv && . .venv/bin/activate && pip install -e .`",
    ]
