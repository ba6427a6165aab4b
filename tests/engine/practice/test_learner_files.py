"""What a learner's file may do to the run: one clear verdict for it, and the others as ever."""

import pytest

HEAD = "import os, sys, time\nimport torch\n\n\n"
DEF = "def one_hot(labels, num_classes, dtype=torch.float32):\n"
BODY = (
    "    rows = torch.zeros(*labels.shape, num_classes, dtype=dtype, device=labels.device)\n"
    "    return rows.scatter_(-1, labels.unsqueeze(-1), 1)\n"
)

# What stands in the file → the verdict's sentence, and the line that it names.
REFUSED = {
    "syntax_error": (
        "import torch\n\ndef one_hot(labels, num_classes:\n    return 1\n",
        "Has a syntax error: '(' was never closed.",
        3,
    ),
    "import_error": (
        "import torch\nimport nowhere_to_be_found\n",
        "Raises ModuleNotFoundError when it is imported: No module named",
        2,
    ),
    "sys_exit": (
        "import sys\nsys.exit('done')\n",
        "Ends the process when it is imported: sys.exit('done').",
        2,
    ),
    "os_exit": (
        "import os\nos._exit(0)\n",
        "Ends the process when it is imported: os._exit(0).",
        2,
    ),
    "not_an_exception": (
        "class Stop(BaseException):\n    pass\n\nraise Stop('now')\n",
        "Raises Stop when it is imported: now.",
        4,
    ),
    "keyboard_interrupt": (
        "raise KeyboardInterrupt\n",
        "Raises KeyboardInterrupt when it is imported.",
        1,
    ),
    "pytest_skip": (
        "import pytest\npytest.skip('not today', allow_module_level=True)\n",
        "Raises Skipped when it is imported: not today.",
        2,
    ),
    "endless_loop": (
        "x = 0\nwhile True:\n    x += 1\n",
        "Importing it was stopped after 1 s: is there a loop that does not end?",
        None,
    ),
    "recursion": (
        "def f():\n    return f()\n\nf()\n",
        "Raises RecursionError when it is imported: maximum recursion depth exceeded.",
        2,
    ),
    "empty": ("", "There is no function one_hot in this file.", 1),
    "renamed": (
        HEAD + DEF.replace("one_hot", "onehot") + BODY,
        "There is no function one_hot in this file. Did you rename it to onehot?",
        1,
    ),
    "not_callable": ("one_hot = 3\n", "one_hot must be a function; it is of type int.", 1),
    "parameters": (
        HEAD + DEF.replace("num_classes", "n") + BODY,
        "one_hot(labels, n, dtype=torch.float32) has other parameters than "
        "one_hot(labels, num_classes, dtype=torch.float32).",
        5,
    ),
    "not_utf8": (
        b"import torch\n# caf\xe9\n",
        "Is not UTF-8 text: byte 0xe9 in line 2 can't be decoded. Save the file as UTF-8.",
        2,
    ),
    "nul_bytes": (b"import torch\n\0\n", "source code string cannot contain null bytes", None),
    "default_dtype": (
        HEAD + "torch.set_default_dtype(torch.float64)\n" + DEF + BODY,
        "Changes torch for everyone when it is imported: the default dtype "
        "(torch.set_default_dtype): torch.float32 before, torch.float64 after. Remove that line, "
        "or put the setting back.",
        5,
    ),
    "default_device": (
        HEAD + "torch.set_default_device('meta')\n" + DEF + BODY,
        "Changes torch for everyone when it is imported: the default device "
        "(torch.set_default_device): cpu before, meta after.",
        5,
    ),
    "grad_mode": (
        HEAD + "torch.set_grad_enabled(False)\n" + DEF + BODY,
        "Changes torch for everyone when it is imported: gradient recording "
        "(torch.set_grad_enabled): True before, False after.",
        5,
    ),
}

# What stands in the function's body → the stage of the verdict.
FAILED = {
    "sys_exit": ("    sys.exit(1)\n", "raises SystemExit"),
    "os_exit": ("    os._exit(1)\n", "raises Exited"),
    "base_exception": ("    raise BaseException('no')\n", "raises BaseException"),
    "skip": ("    import pytest\n    pytest.skip('no')\n", "raises Skipped"),
    "reject": (
        "    import hypothesis\n    hypothesis.reject()\n",
        "raises UnsatisfiedAssumption",
    ),
    "endless_loop": (
        "    while True:\n        pass\n",
        "stopped after 1 s: is there a loop that does not end?",
    ),
    "catching_loop": (
        "    while True:\n        try:\n            time.sleep(9)\n        except Exception:\n"
        "            pass\n",
        "stopped after 2 s in which it did not compute: does it wait for something?",
    ),
    "recursion": ("    return one_hot(labels, num_classes)\n", "raises RecursionError"),
    "grad_mode": (
        "    torch.set_grad_enabled(False)\n" + BODY,
        "the call leaves torch changed: gradient recording (torch.set_grad_enabled): True before, "
        "False after",
    ),
    "default_dtype": (
        "    torch.set_default_dtype(torch.float64)\n" + BODY,
        "the call leaves torch changed: the default dtype (torch.set_default_dtype)",
    ),
    "not_deterministic": (
        "    noise = int.from_bytes(os.urandom(3))\n" + BODY.replace(", 1)", ", 1) * noise"),
        "the same input gave two different results",
    ),
    "its_own_assertion": ("    assert labels.dim() == 9, 'mine'\n", "raises AssertionError"),
}


def squeezed(text):
    return " ".join(text.split())


@pytest.fixture
def judged(clone):
    """Judge a text as one_hot beside a solved and an untouched exercise; the output, squeezed."""

    def judge(text, *arguments):
        clone.write("indexing/one_hot", text)
        clone.solve("indexing/gather_selection")
        run = clone.pytest(
            "exercises/indexing",
            "exercises/autograd/vjp_backward.py",
            *("--device", "cpu", "--kata-timeout", "1", *arguments),
        )
        assert run.returncode == 1, run.stdout
        assert "exercises/indexing/gather_selection.py @ " in run.stdout
        assert "checks ran, and pass" in run.stdout or "solved, all" in run.stdout
        assert "TODO exercises/autograd/vjp_backward.py" in run.stdout
        assert "INTERNALERROR" not in run.stdout
        assert "torchkata/" not in run.stdout
        return squeezed(run.stdout)

    return judge


@pytest.mark.parametrize("name", REFUSED)
def test_a_file_that_cannot_be_judged_gets_one_verdict(judged, name):
    text, sentence, line = REFUSED[name]
    output = judged(text)
    assert squeezed(sentence) in output
    assert output.count("again: pytest") == 1
    if line is not None:
        assert f"exercises/indexing/one_hot.py:{line} " in output


@pytest.mark.parametrize("name", FAILED)
def test_a_function_that_misbehaves_gets_its_verdict(judged, name):
    body, stage = FAILED[name]
    assert squeezed(stage) in judged(HEAD + DEF + body)


def test_a_million_lines_are_cut_short(judged):
    prints = "for number in range(1_000_000):\n    print('line', number)\n"
    text = HEAD + prints + DEF + "    print('x' * 10**6)\n    return None\n"
    output = judged(text, "--kata-timeout", "60")
    assert "a tensor expected, None returned" in output
    assert len(output) < 10_000


def test_a_file_that_ends_the_process_is_named(clone):
    clone.write("indexing/one_hot", "import ctypes\nctypes.string_at(0)\n")
    run = clone.pytest("exercises/indexing/one_hot.py", "--device", "cpu")
    assert run.returncode not in (0, 1)
    assert "exercises/indexing/one_hot.py" in run.stdout
    assert "line 2" in run.stdout


def test_a_real_interrupt_ends_the_run(clone):
    text = HEAD + "import signal\n" + DEF + "    os.kill(os.getpid(), signal.SIGINT)\n" + BODY
    clone.write("indexing/one_hot", text)
    run = clone.pytest("exercises/indexing", "--device", "cpu")
    assert run.returncode == 2
    assert "KeyboardInterrupt" in run.stdout
