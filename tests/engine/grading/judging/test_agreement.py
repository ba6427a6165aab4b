"""Practice and grading say the same of honest files that do odd things besides what is asked."""

import gc

import pytest

from tests.engine.grading.judging.test_threads import ASSIGNMENT, ROOT, slot
from torchkata.grading.judging.examiner import Examiner
from torchkata.judge.breakpoints import passed_by
from torchkata.judge.judging import Judge
from torchkata.judge.loading import LearnerFile, NotLoadable
from torchkata.suite.curriculum import read_suite
from torchkata.suite.settings import Settings
from torchkata.telling.headlines import reason

__all__ = ["slot"]

EXERCISE = read_suite(ROOT).find("one_hot")
SOLUTION = """
import torch


def one_hot(labels, num_classes, dtype=torch.float32):
    does()
    rows = torch.zeros(*labels.shape, num_classes, dtype=dtype, device=labels.device)
    return rows.scatter_(-1, labels.unsqueeze(-1), 1)


def does():
"""
SOLVED = {
    "goes on without a thread": """
try:
    threading.Thread(target=print).start()
except RuntimeError:
    pass""",
    "forks": "os.waitpid(os.fork() or os._exit(0), 0)",
    "runs a program": "subprocess.run(['true'], check=True)",
    "collects": "gc.collect()",
    "its own frame": "sys._getframe().f_lineno, inspect.stack()[0].function",
    "logs": "logging.basicConfig(level=0); logging.info('said')",
    "writes bytes": "sys.stdout.buffer.write(b'said'); sys.stdout.flush()",
    "writes past": "os.write(1, b''); sys.__stderr__.write(''); sys.__stderr__.flush()",
    "wraps": "sys.stdout = io.TextIOWrapper(sys.stdout.detach()); print('said')",
    "a bar": "[sys.stderr.write(f'\\r{each}') for each in range(99)]",
    "a breakpoint": "breakpoint()",
    "pdb": "pdb.set_trace()",
    "a mode": "torch.overrides.TorchFunctionMode().__enter__().__exit__(None, None, None)",
    "a temporary file": "tempfile.TemporaryFile().write(b'said')",
    "asyncio": "asyncio.run(asyncio.sleep(0))",
    "a lock": "threading.Lock(), threading.current_thread().name",
    "sets threads": "torch.set_num_threads(1)",
}
FAILING = {
    "a thread": "threading.Thread(target=print).start()",
    "a pool": "concurrent.futures.ThreadPoolExecutor().submit(print)",
    "a pool of processes": "multiprocessing.Pool(1)",
    "a loader": "list(torch.utils.data.DataLoader([1], num_workers=1))",
    "a thread of asyncio": "asyncio.run(asyncio.to_thread(print))",
    "all objects": "gc.get_objects()",
    "referrers": "gc.get_referrers(torch)",
    "a switch": "torch._C.DisableTorchFunction()",
    "asks": "input('?')",
    "ends": "os._exit(0)",
    "exits": "sys.exit()",
    "the solution": "raise ModuleNotFoundError('no such module')",
    "a warning as an error": "warnings.simplefilter('error'); warnings.warn('said')",
    "no descriptor": "sys.stdout.fileno()",
}
MODULES = (
    "asyncio concurrent.futures gc inspect io logging multiprocessing os pdb subprocess sys "
    "tempfile threading torch.utils.data torch.overrides warnings"
).split()


def source(does):
    lines = [*(f"import {each}" for each in MODULES), *does.strip().splitlines()]
    return (SOLUTION + "\n".join(f"    {each}" for each in lines) + "\n").encode()


@pytest.fixture(scope="module")
def judge():
    """As in a learner's run, the collector is spared what was there before any code is judged.

    What a test run holds is so much that one collection in each call would use up its time.
    """
    gc.collect()
    gc.freeze()
    yield Judge(EXERCISE, Settings())
    gc.unfreeze()


@pytest.fixture(scope="module")
def examiner():
    return Examiner(EXERCISE, ASSIGNMENT)


def practised(judge, given):
    """What practice says of each property: nothing where it is passed."""
    path = EXERCISE.stub_path.relative_to(ROOT)
    try:
        subject = judge.learner(LearnerFile(path, judge.oracle.stub, given), "exercises.agree")
    except NotLoadable as error:
        return {error.failure.sentence}
    verdicts = [
        judge.judge(prop, subject, "cpu", search=False)
        for prop in judge.oracle.specification.properties
    ]
    return {reason(each) if each.outcome != "passed" else "" for each in verdicts}


def graded(examiner, slot, given):
    result = examiner.examine(slot, given, "", "")
    assert not [each for each in result.flags if each.kind != "reach"]
    return {each.headline for each in result.properties}


@pytest.mark.slow
@pytest.mark.parametrize("does", [*SOLVED.values()], ids=[*SOLVED])
def test_both_accept(judge, examiner, slot, does):
    with passed_by():
        assert practised(judge, source(does)) == {""}
    assert graded(examiner, slot, source(does)) == {""}


@pytest.mark.slow
@pytest.mark.parametrize("does", [*FAILING.values()], ids=[*FAILING])
def test_both_refuse_in_the_same_words(judge, examiner, slot, does):
    said = practised(judge, source(does))
    assert "" not in said
    assert graded(examiner, slot, source(does)) == said


def test_a_file_finds_itself_where_it_is_told_to_lie(examiner, slot):
    reads = b"\n\nassert '__file__' in open(__file__).read()\n"
    given = EXERCISE.solution_path.read_bytes() + reads
    assert examiner.examine(slot, given, "", "").standing == "solved"
