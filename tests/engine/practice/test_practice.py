"""`pytest exercises/…` as a learner runs it: real pytest, in processes of its own."""

import re


def plain(output):
    """Output without the times, which differ from run to run."""
    return re.sub(r"in \d+\.\d+s", "in 0s", output)


WRONG_ONE_HOT = """\
import torch


def one_hot(labels, num_classes, dtype=torch.float32):
    rows = torch.zeros(*labels.shape, num_classes, device=labels.device)
    return rows.scatter_(-1, labels.unsqueeze(-1), 1)
"""


def test_untouched_stubs_are_one_letter_and_one_line_each(clone):
    run = clone.pytest("exercises/autograd", "exercises/memory")
    assert run.returncode == 1
    assert "exercises/autograd/vjp_backward.py T " in run.stdout
    assert "exercises/memory/sharing.py T " in run.stdout
    assert run.stdout.count("TODO ") == 3
    assert "TODO exercises/autograd/vjp_backward.py:" in run.stdout
    assert "3 todo in" in run.stdout
    assert "Traceback" not in run.stdout
    assert "FAILURES" not in run.stdout


def test_solved_exercises_pass_everywhere_and_leave_no_files(clone):
    keys = [path.parent.name + "/" + path.stem for path in clone.root.glob("solutions/*/*.py")]
    clone.solve(*keys)
    before = sorted(clone.root.glob("exercises/**/*"))
    run = clone.pytest("exercises", "-p", "no:cacheprovider")
    assert run.returncode == 0, run.stdout
    assert f"solved: {len(keys)} of {len(keys)}" in run.stdout
    assert "exercises/indexing/one_hot.py @ " in run.stdout
    assert "next:" not in run.stdout
    assert sorted(clone.root.glob("exercises/**/*")) == before
    assert not (clone.root / ".hypothesis").exists()


def test_a_failure_is_the_whole_verdict_and_nothing_of_the_engine(clone):
    clone.write("indexing/one_hot", WRONG_ONE_HOT)
    run = clone.pytest("exercises/indexing/one_hot.py", "--device", "cpu")
    assert run.returncode == 1
    node = "exercises/indexing/one_hot.py::has_the_dtype_and_classes_asked_for[cpu]"
    expected = f"""
exercises/indexing/one_hot.py:4, on cpu
The result has num_classes columns, also those that no label names, and the
right dtype.

right values, wrong dtype: float64 expected, float32 returned

looks like:
    The argument dtype is never used: the result is always float32.

call:
    labels = torch.tensor([0, 1])
    one_hot(labels=labels, num_classes=3, dtype=torch.float64)

expected:                    yours:
    float64 (2, 3) on cpu        float32 (2, 3) on cpu
    1. 0. 0.                     1. 0. 0.
    0. 1. 0.                     0. 1. 0.

hint:  kata hint one_hot
again: pytest "{node}"
"""
    assert expected in run.stdout
    assert "torchkata/" not in run.stdout
    assert "hypothesis/" not in run.stdout
    assert "exercises/indexing/one_hot.py @ " in run.stdout
    assert ": 2 of 3 checks pass" in run.stdout
    assert "next:   exercises/indexing/one_hot.py:4" in run.stdout
    assert "hint:   kata hint one_hot" in run.stdout


def test_only_the_first_failure_is_told_in_full(clone):
    clone.write("indexing/one_hot", "def one_hot(labels, num_classes, dtype=None):\n    pass\n")
    run = clone.pytest("exercises/indexing/one_hot.py")
    assert run.stdout.count("hint:  kata hint one_hot") == 1
    assert run.stdout.count("a tensor expected, None returned") == 2
    assert run.stdout.count("not tried, since it fails on cpu") == 3
    assert "one_hot returned None (no return statement?), which can't be used" in run.stdout


def test_one_of_two_functions_written(clone):
    stub = clone.stub("memory/sharing").read_text()
    body = "return a.untyped_storage().data_ptr() == b.untyped_storage().data_ptr()"
    clone.write("memory/sharing", stub.replace("raise NotImplementedError", body, 1))
    run = clone.pytest("exercises/memory")
    assert run.returncode == 1
    assert "4 passed, 1 todo" in run.stdout
    assert "TODO exercises/memory/sharing.py:" in run.stdout
    assert " predict" in run.stdout


def test_a_class_with_one_method_left_to_write(clone):
    text = clone.solution("data/custom_dataset").read_text()
    start = text.index("    def __len__")
    end = text.index("    def __getitem__")
    method = text[start:end]
    signature = method[: method.index("\n") + 1]
    clone.write(
        "data/custom_dataset",
        text.replace(method, f"{signature}        raise NotImplementedError\n\n"),
    )
    run = clone.pytest("exercises/data", "--device", "cpu")
    assert run.returncode == 1
    assert run.stdout.count("TODO ") == 1
    assert " ArrayDataset.__len__\n" in run.stdout
    assert "1 todo" in run.stdout


def test_pytest_features(clone, tmp_path):
    clone.solve("indexing/one_hot")
    clone.write("indexing/gather_selection", "def select(x, index):\n    return x\n")
    listed = clone.pytest("exercises/indexing", "--collect-only", "-q", "--device", "cpu")
    assert "exercises/indexing/one_hot.py::each_row_has_one_one[cpu]" in listed.stdout
    report = tmp_path / "report.xml"
    first = clone.pytest("exercises/indexing", "--device", "cpu", "--junitxml", str(report))
    assert first.returncode == 1
    suite = report.read_text()
    assert 'name="each_row_has_one_one[cpu]"' in suite
    assert "expected" in suite
    again = clone.pytest("exercises/indexing", "--device", "cpu", "--lf")
    assert again.returncode == 1
    assert "passed" not in again.stdout.splitlines()[-1]
    stopped = clone.pytest("exercises/indexing", "--device", "cpu", "-x")
    assert "1 failed" in stopped.stdout.splitlines()[-1]
    chosen = clone.pytest("exercises", "-k", "one_hot and dtype", "--device", "cpu")
    assert chosen.returncode == 0
    assert "1 passed" in chosen.stdout


def test_runs_from_any_directory_and_by_node_id(clone, tmp_path):
    clone.solve("indexing/one_hot")
    node = f"{clone.stub('indexing/one_hot')}::each_row_has_one_one[cpu]"
    for cwd, argument in (
        (clone.root / "exercises", "indexing/one_hot.py"),
        (clone.root / "exercises" / "indexing", "one_hot.py::each_row_has_one_one[cpu]"),
        (tmp_path, node),
    ):
        run = clone.pytest(argument, cwd=cwd)
        assert run.returncode == 0, run.stdout
        assert not (clone.root / "exercises" / ".hypothesis").exists()


def test_same_file_same_verdict(clone):
    clone.write("indexing/one_hot", WRONG_ONE_HOT)
    one = "exercises/indexing/one_hot.py"
    runs = [plain(clone.pytest(one, fresh=True).stdout) for _ in range(2)]
    assert runs[0] == runs[1]
    other = plain(clone.pytest("exercises/indexing", "--kata-seed", "1").stdout)
    assert "wrong dtype" in other


def test_in_parallel(clone):
    clone.solve("indexing/one_hot")
    clone.write("optim/sgd_update", "import os\nos.kill(os.getpid(), 9)\n")
    run = clone.pytest("exercises", "-n", "2")
    assert run.returncode == 1
    assert "exercises/indexing/one_hot.py @ " in run.stdout
    assert "solved, all " in run.stdout
    assert "crashed while running 'exercises/optim/sgd_update.py::" in run.stdout
    assert "TODO exercises/autograd/vjp_backward.py:" in run.stdout


def test_prints_show_on_failure_and_with_s(clone):
    text = clone.solution("indexing/one_hot").read_text()
    text = text.replace(
        "    rows = torch.zeros", "    print('shape', labels.shape)\n    rows = torch.zeros"
    )
    clone.write("indexing/one_hot", text.replace("dtype=dtype, ", ""))
    run = clone.pytest("exercises/indexing/one_hot.py", "--device", "cpu")
    assert "printed:\n    shape torch.Size(" in run.stdout
    run = clone.pytest("exercises/indexing/one_hot.py", "--device", "cpu", "-s")
    assert run.stdout.count("shape torch.Size") > 30


def test_device_and_option_errors(clone):
    run = clone.pytest("exercises/memory", "--device", "cpu,tpu")
    assert run.returncode == 4
    assert "--device tpu: there is no such device; choose from cpu, sim, cuda" in run.stdout
    run = clone.pytest("exercises/memory", "--kata-timeout", "0")
    assert run.returncode == 4


def test_the_simulated_accelerator_catches_a_forgotten_device(clone):
    text = clone.solution("indexing/one_hot").read_text()
    clone.write("indexing/one_hot", text.replace(", device=labels.device", ""))
    run = clone.pytest("exercises/indexing/one_hot.py")
    assert run.returncode == 1
    assert "on sim, a simulated accelerator" in run.stdout
    assert "Expected all tensors to be on the same device" in run.stdout
    assert "A new tensor lies on the CPU unless you say otherwise" in run.stdout
    assert "[cpu]" not in run.stdout.split("FAILURES")[1].split("katas")[0]
