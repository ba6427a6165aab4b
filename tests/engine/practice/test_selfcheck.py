"""`pytest` on the suite itself: what must hold of an exercise is found out where it doesn't."""

import pytest

pytestmark = pytest.mark.quick

USELESS = """

@misconception(of="{of}", says="Nothing is wrong with it.")
def is_right{parameters}:
    {body}
"""


def replace(path, old, new):
    text = path.read_text()
    assert old in text
    path.write_text(text.replace(old, new))


@pytest.fixture
def spoiled(clone):
    """A clone with one fault in each of several exercises."""
    tests = clone.root / "tests"
    with (tests / "indexing/test_one_hot.py").open("a") as file:
        body = "return F.one_hot(labels, num_classes).to(dtype)"
        parameters = "(labels, num_classes, dtype=torch.float32)"
        file.write(USELESS.format(of="one_hot", parameters=parameters, body=body))
    replace(tests / "indexing/test_one_hot.py", "[F.one_hot, torch.eye", "[torch.eye")
    replace(
        clone.solution("memory/sharing"), "a.untyped_storage().data_ptr() ==", "a.data_ptr() =="
    )
    replace(clone.stub("memory/sharing"), "Tell whether two", "Say whether two")
    fix = clone.solution("autograd/fix_grad_accumulation")
    replace(fix, "[tensor([1., 1.]), tensor([2., 4.])]", "[tensor([1., 1.]), tensor([2., 5.])]")
    text = fix.read_text()
    fix.write_text(text[: text.index("HINTS")] + 'HINTS = ("one",)\n')
    return clone


@pytest.mark.slow
def test_faults_are_found_and_named(spoiled):
    run = spoiled.pytest(
        *("tests/indexing", "tests/memory", "tests/autograd"),
        *("-k", "is_right or solution or worked_examples or hints or stub_is_generated"),
    )
    assert run.returncode == 1
    output = " ".join(run.stdout.split())
    for sentence in (
        "is_right passes every property on cpu, sim: no property needs what it gets wrong. Add one "
        "that does, or remove it.",
        "tells_shared_storage on cpu: the solution is refused: ",
        "Run `kata stubs`:",
        '+ """Say whether two',
        "A worked example is not true.",
        "HINTS has 1 of at least 3.",
    ):
        assert sentence in output, sentence
    assert "INTERNALERROR" not in output


def test_two_misconceptions_that_behave_alike_are_refused(clone):
    path = clone.root / "tests/indexing/test_one_hot.py"
    path.write_text(
        path.read_text()
        + USELESS.format(
            of="one_hot",
            parameters="(labels, num_classes, dtype=torch.float32)",
            body="return flattens_the_labels(labels, num_classes, dtype)",
        )
    )
    run = clone.pytest("--device", "cpu", str(path), "-k", "misconception")
    assert run.returncode == 1
    output = " ".join(run.stdout.split())
    assert "is_right is caught by each_row_has_one_one on cpu, but diagnosed as nothing" in output
    assert "flattens_the_labels is caught by each_row_has_one_one on cpu, but diagnosed" in output


@pytest.mark.parametrize(
    ("line", "sentence"),
    [
        ("import nowhere_to_be_found", "ModuleNotFoundError: No module named 'nowhere_to_be"),
        (
            "@forall(x=st.just(1))\ndef test_it(impl, y):\n    'It.'\n    impl.one_hot(y)",
            "test_it takes ['y'], and @forall gives ['x']: they must have the same names",
        ),
        (
            "@forall(x=st.just(1))\ndef test_it(impl, x):\n    impl.one_hot(x)",
            "test_it has no docstring: it is what a learner reads",
        ),
        (
            "@forall(x=1)\ndef test_it(impl, x):\n    'It.'\n    impl.one_hot(x)",
            "x=1 is not a strategy; use st.just(…)",
        ),
        (
            "@forall(x=st.just(1))\ndef test_it(impl, x):\n    'It.'",
            "test_it never uses impl.…, so there is nothing to judge",
        ),
    ],
)
def test_a_mistake_in_a_test_file_is_named(clone, line, sentence):
    path = clone.root / "tests/indexing/test_one_hot.py"
    path.write_text(path.read_text() + "\n\n" + line + "\n")
    run = clone.pytest("--device", "cpu", str(path))
    assert run.returncode == 2
    assert sentence in run.stdout
    assert "tests/indexing/test_one_hot.py" in run.stdout
    assert "Traceback" not in run.stdout


def test_a_solution_that_raises_must_say_so(clone):
    path = clone.root / "tests/indexing/test_one_hot.py"
    replace(
        path,
        "rows, others = impl.one_hot(labels, CLASSES)",
        "rows, others = impl.one_hot(labels, 0)",
    )
    run = clone.pytest("--device", "cpu", str(path), "-k", "solution")
    assert run.returncode == 1
    assert "result_can_be_written on cpu: the solution raises RuntimeError" in run.stdout


def test_a_stub_that_is_right_already_is_refused(clone):
    path = clone.root / "tests/autograd/test_fix_grad_accumulation.py"
    wrong = "    gradients = []\n    for loss in losses:\n        loss(w).backward()\n"
    text = path.read_text()
    start = text.index(wrong, text.index("def never_clears_and_aliases"))
    mended = wrong.replace("        loss(w)", "        w.grad = None\n        loss(w)")
    path.write_text(text[:start] + mended + text[start + len(wrong) :])
    run = clone.pytest("--device", "cpu", str(path), "-k", "stub_is_todo")
    assert run.returncode == 1
    assert "the untouched stub passes every property." in run.stdout


def test_a_detour_that_no_property_catches_is_named(little):
    """Though the solution warns, and warnings are errors: its own are nobody's business."""
    solution = little.root / "solutions/times/double.py"
    warns = 'import warnings\n    warnings.warn("slow")\n    return _times(x)'
    replace(solution, "return _times(x)", warns)
    listed = little.root / "benchmarks/equivalent_mutants.toml"
    listed.parent.mkdir()
    listed.write_text(
        '[detours."times/double"]\n'
        '"double: a wrong result where an input is empty" = "there is no such input"\n'
    )
    run = little.pytest("-W", "error", "tests/times/test_double.py", "-k", "detours")
    assert run.returncode == 1
    output = " ".join(run.stdout.split())
    for sentence in (
        "No property catches it: double: an input in place of a result that is equal to it. Draw "
        "inputs that tell, or say in benchmarks/equivalent_mutants.toml why it makes no "
        "difference.",
        "benchmarks/equivalent_mutants.toml lists what is caught, or can't be taken: double: a "
        "wrong result where an input is empty.",
    ):
        assert sentence in output, sentence
