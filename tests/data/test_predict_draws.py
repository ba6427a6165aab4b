"""Properties and misconceptions of data/predict_draws."""

import torch

from torchkata import strategies as st
from torchkata.properties import NoOperations, assert_same, forall, misconception

WITHOUT = "draws answers without making or using tensors or generators."

# As BEGIN and CASES of the exercise; each is run for real.
BEGIN = """\
import random
import numpy as np
import torch
from torch import nn
from torch.utils.data import DataLoader, RandomSampler, WeightedRandomSampler, random_split

torch.manual_seed(7)
g = torch.Generator().manual_seed(8)
data = range(4)
"""
LOADERS = {
    "made": "DataLoader(data, shuffle=True)",
    "length": "len(DataLoader(data, shuffle=True))",
    "begun": "iter(DataLoader(data))",
    "walked": "list(DataLoader(data))",
    "walked_shuffled": "list(DataLoader(data, shuffle=True))",
    "no_batches": "list(DataLoader(data, batch_size=None))",
    "no_samples": "list(DataLoader([]))",
    "begun_with_generator": "iter(DataLoader(data, generator=g))",
    "shuffled_with_generator": "list(DataLoader(data, shuffle=True, generator=g))",
    "another_generator": "list(DataLoader(data, generator=torch.Generator()))",
    "generator_in_sampler": "list(DataLoader(data, sampler=RandomSampler(data, generator=g)))",
    "generator_in_loader": "list(DataLoader(data, sampler=RandomSampler(data), generator=g))",
}
SAMPLERS = {
    "sampler_made": "RandomSampler(data)",
    "sampler_begun": "iter(RandomSampler(data))",
    "sampler_walked": "list(RandomSampler(data))",
    "sampler_with_generator": "list(RandomSampler(data, generator=g))",
    "sampler_of_one": "list(RandomSampler(range(1)))",
    "weighted_begun": "iter(WeightedRandomSampler([1.0, 2.0], 3))",
    "weighted_walked": "list(WeightedRandomSampler([1.0, 2.0], 3, generator=g))",
    "split": "random_split(data, [2, 2])",
    "split_with_generator": "random_split(data, [0.5, 0.5], g)",
    "split_off_nothing": "random_split(data, [4, 0], g)",
}
NUMBERS = {
    "rand": "torch.rand(1)",
    "rand_of_none": "torch.rand(0)",
    "empty": "torch.empty(3)",
    "meta": 'torch.rand(2, device="meta")',
    "permutation": "torch.randperm(4, generator=g)",
    "permutation_of_one": "torch.randperm(1)",
    "certain": "torch.bernoulli(torch.zeros(2))",
    "one_choice": "torch.randint(1, (3,))",
    "no_deviation": "torch.normal(torch.zeros(2), 0.0)",
    "in_place": "torch.zeros(2).normal_(generator=g)",
    "clone": "torch.rand(2, generator=g.clone_state())",
    "new_generator": "torch.Generator().manual_seed(3)",
    "seed_globally": "torch.manual_seed(3)",
    "seed_generator": "g.manual_seed(3)",
    "ask_for_the_seed": "torch.initial_seed(), g.get_state()",
    "fork": "with torch.random.fork_rng(): torch.rand(2)",
    "python": "random.random()",
    "numpy": "np.random.rand()",
}
LAYERS = {
    "linear": "nn.Linear(2, 2)",
    "linear_meta": 'nn.Linear(2, 2, device="meta")',
    "embedding": "nn.Embedding(2, 2)",
    "batch_norm": "nn.BatchNorm1d(2)",
    "relu": "nn.ReLU()",
    "dropout_made": "nn.Dropout()",
    "dropout": "nn.Dropout()(torch.ones(2))",
    "dropout_eval": "nn.Dropout().eval()(torch.ones(2))",
    "dropout_of_none": "nn.Dropout(0.0)(torch.ones(2))",
    "dropout_of_all": "nn.Dropout(1.0)(torch.ones(2))",
    "init_zeros": "nn.init.zeros_(torch.empty(2))",
    "init_normal": "nn.init.normal_(torch.empty(2), generator=g)",
}

CASES = {**LOADERS, **SAMPLERS, **NUMBERS, **LAYERS}

# What the cases come to, for the misconceptions.
TRUTH = {
    "made": (False, False),
    "length": (False, False),
    "begun": (True, False),
    "walked": (True, False),
    "walked_shuffled": (True, False),
    "no_batches": (True, False),
    "no_samples": (True, False),
    "begun_with_generator": (False, True),
    "shuffled_with_generator": (False, True),
    "another_generator": (False, False),
    "generator_in_sampler": (True, True),
    "generator_in_loader": (True, True),
    "sampler_made": (False, False),
    "sampler_begun": (False, False),
    "sampler_walked": (True, False),
    "sampler_with_generator": (False, True),
    "sampler_of_one": (True, False),
    "weighted_begun": (False, False),
    "weighted_walked": (False, True),
    "split": (True, False),
    "split_with_generator": (False, True),
    "split_off_nothing": (False, True),
    "rand": (True, False),
    "rand_of_none": (False, False),
    "empty": (False, False),
    "meta": (False, False),
    "permutation": (False, True),
    "permutation_of_one": (False, False),
    "certain": (True, False),
    "one_choice": (True, False),
    "no_deviation": (True, False),
    "in_place": (False, True),
    "clone": (False, False),
    "new_generator": (False, False),
    "seed_globally": (True, False),
    "seed_generator": (False, True),
    "ask_for_the_seed": (False, False),
    "fork": (False, False),
    "python": (False, False),
    "numpy": (False, False),
    "linear": (True, False),
    "linear_meta": (False, False),
    "embedding": (True, False),
    "batch_norm": (False, False),
    "relu": (False, False),
    "dropout_made": (False, False),
    "dropout": (True, False),
    "dropout_eval": (False, False),
    "dropout_of_none": (False, False),
    "dropout_of_all": (False, False),
    "init_zeros": (False, False),
    "init_normal": (False, True),
}

NOTHING, GLOBAL, GIVEN, BOTH = (False, False), (True, False), (False, True), (True, True)


def really(case):
    """Whether each state is another after the case has run."""
    names = {}
    exec(BEGIN, names)
    states = torch.default_generator, names["g"]
    before = [each.get_state() for each in states]
    exec(CASES[case], names)
    pairs = zip(before, states, strict=True)
    return tuple(not torch.equal(state, each.get_state()) for state, each in pairs)


@forall(case=st.sampled_from(tuple(LOADERS)))
def test_knows_loaders(impl, case):
    """draws knows what a loader draws, and when, and from what."""
    with NoOperations(WITHOUT):
        answer = impl.draws(case)
    assert_same(answer, really(case))
    return answer


@forall(case=st.sampled_from(tuple(SAMPLERS)))
def test_knows_samplers(impl, case):
    """draws knows what samplers and splits draw, and when, and from what."""
    with NoOperations(WITHOUT):
        answer = impl.draws(case=case)
    assert_same(answer, really(case))
    return answer


@forall(case=st.sampled_from(tuple(NUMBERS)))
def test_knows_numbers(impl, case):
    """draws knows what random functions and seeds do to the states."""
    with NoOperations(WITHOUT):
        answer = impl.draws(case)
    assert_same(answer, really(case))
    return answer


@forall(case=st.sampled_from(tuple(LAYERS)))
def test_knows_layers(impl, case):
    """draws knows which layers draw, when they are made and when they are called."""
    with NoOperations(WITHOUT):
        answer = impl.draws(case)
    assert_same(answer, really(case))
    return answer


@misconception(
    of="draws",
    says="A walk through a loader begins with a number for its workers, whether it has any, and "
    "whether it shuffles or not.",
)
def nothing_is_drawn_without_shuffle(case):
    wrong = {
        "begun": NOTHING,
        "walked": NOTHING,
        "no_batches": NOTHING,
        "no_samples": NOTHING,
        "begun_with_generator": NOTHING,
        "generator_in_loader": GLOBAL,
        "generator_in_sampler": GIVEN,
    }
    return wrong.get(case, TRUTH[case])


@misconception(
    of="draws",
    says="A loader's generator is all that it draws from, the number for its workers too.",
)
def the_generator_is_for_shuffling(case):
    wrong = {
        "begun_with_generator": GLOBAL,
        "another_generator": GLOBAL,
        "shuffled_with_generator": BOTH,
        "generator_in_loader": GLOBAL,
    }
    return wrong.get(case, TRUTH[case])


@misconception(
    of="draws",
    says="A loader draws when a walk begins. To make one draws nothing, nor does len.",
)
def a_loader_draws_when_made(case):
    wrong = {"made": GLOBAL, "length": GLOBAL}
    return wrong.get(case, TRUTH[case])


@misconception(
    of="draws",
    says="A sampler draws at the first step of a walk. To make one draws nothing.",
)
def a_sampler_draws_when_made(case):
    wrong = {"sampler_made": GLOBAL}
    return wrong.get(case, TRUTH[case])


@misconception(
    of="draws",
    says="__iter__ of a sampler is written with yield: nothing of it runs before the first step.",
)
def a_sampler_draws_when_begun(case):
    wrong = {"sampler_begun": GLOBAL, "weighted_begun": GLOBAL}
    return wrong.get(case, TRUTH[case])


@misconception(
    of="draws",
    says="The sampler's generator is the sampler's: the loader draws its own number from the "
    "global state.",
)
def the_samplers_generator_is_the_loaders(case):
    wrong = {"generator_in_sampler": GIVEN}
    return wrong.get(case, TRUTH[case])


@misconception(
    of="draws",
    says="A sampler that is handed in has a generator of its own, or else the global state. That "
    "of the loader is not passed on to it.",
)
def the_loaders_generator_is_the_samplers(case):
    wrong = {"generator_in_loader": GIVEN}
    return wrong.get(case, TRUTH[case])


@misconception(
    of="draws",
    says="The number for the workers is drawn when the walk begins, before it is seen that there "
    "are no samples.",
)
def no_samples_no_draw(case):
    wrong = {"no_samples": NOTHING}
    return wrong.get(case, TRUTH[case])


@misconception(
    of="draws",
    says="random_split shuffles, also where it can't matter, or where a part is empty.",
)
def a_split_draws_nothing(case):
    wrong = {"split": NOTHING, "split_with_generator": NOTHING, "split_off_nothing": NOTHING}
    return wrong.get(case, TRUTH[case])


@misconception(
    of="draws",
    says="A RandomSampler without a generator makes one, and draws its seed from the global "
    "state, however few samples there are.",
)
def a_sampler_of_one_does_not_draw(case):
    wrong = {"sampler_of_one": NOTHING}
    return wrong.get(case, TRUTH[case])


@misconception(
    of="draws",
    says="A random function draws for each element, and only then looks what can come of it.",
)
def what_is_certain_is_not_drawn(case):
    wrong = {"certain": NOTHING, "one_choice": NOTHING, "no_deviation": NOTHING}
    return wrong.get(case, TRUTH[case])


@misconception(
    of="draws",
    says="For no element nothing is drawn, nor for a permutation of one.",
)
def no_elements_draw_too(case):
    wrong = {"rand_of_none": GLOBAL, "permutation_of_one": GLOBAL}
    return wrong.get(case, TRUTH[case])


@misconception(
    of="draws",
    says="empty takes memory as it is: arbitrary, but not drawn.",
)
def empty_is_random(case):
    wrong = {"empty": GLOBAL}
    return wrong.get(case, TRUTH[case])


@misconception(
    of="draws",
    says="On meta there are no values, and nothing is drawn.",
)
def meta_is_drawn(case):
    wrong = {"meta": GLOBAL, "linear_meta": GLOBAL}
    return wrong.get(case, TRUTH[case])


@misconception(
    of="draws",
    says="A function that is given a generator leaves the global state alone.",
)
def a_generator_is_in_addition(case):
    wrong = {
        "permutation": BOTH,
        "in_place": BOTH,
        "init_normal": BOTH,
        "sampler_with_generator": BOTH,
        "weighted_walked": BOTH,
        "split_with_generator": BOTH,
        "split_off_nothing": BOTH,
        "shuffled_with_generator": BOTH,
    }
    return wrong.get(case, TRUTH[case])


@misconception(
    of="draws",
    says="A clone has a state of its own: g stays where it is.",
)
def a_clone_draws_from_the_generator(case):
    wrong = {"clone": GIVEN}
    return wrong.get(case, TRUTH[case])


@misconception(
    of="draws",
    says="A new generator has a state of its own. Neither making it nor seeding it touches "
    "another.",
)
def new_generators_are_global(case):
    wrong = {"new_generator": GLOBAL, "another_generator": GLOBAL}
    return wrong.get(case, TRUTH[case])


@misconception(
    of="draws",
    says="To seed draws nothing, but sets the state to another.",
)
def seeds_draw_nothing(case):
    wrong = {"seed_globally": NOTHING, "seed_generator": NOTHING}
    return wrong.get(case, TRUTH[case])


@misconception(
    of="draws",
    says="torch.manual_seed sets the global states. A generator keeps its own.",
)
def a_seed_is_for_all_generators(case):
    wrong = {"seed_globally": BOTH}
    return wrong.get(case, TRUTH[case])


@misconception(
    of="draws",
    says="To ask for a seed or a state changes nothing.",
)
def to_look_is_to_draw(case):
    wrong = {"ask_for_the_seed": BOTH}
    return wrong.get(case, TRUTH[case])


@misconception(
    of="draws",
    says="fork_rng puts the state back at its end.",
)
def a_fork_is_left_changed(case):
    wrong = {"fork": GLOBAL}
    return wrong.get(case, TRUTH[case])


@misconception(
    of="draws",
    says="random, numpy and torch have a state each: what one draws does not touch the others.",
)
def there_is_one_random_state(case):
    wrong = {"python": GLOBAL, "numpy": GLOBAL}
    return wrong.get(case, TRUTH[case])


@misconception(
    of="draws",
    says="Weights are drawn when the layer is made.",
)
def layers_draw_when_called(case):
    wrong = {"linear": NOTHING, "embedding": NOTHING}
    return wrong.get(case, TRUTH[case])


@misconception(
    of="draws",
    says="A layer draws where it has random weights. Ones and zeros need no draw, and others "
    "have no weights.",
)
def every_layer_draws(case):
    wrong = {"batch_norm": GLOBAL, "relu": GLOBAL, "dropout_made": GLOBAL, "init_zeros": GLOBAL}
    return wrong.get(case, TRUTH[case])


@misconception(
    of="draws",
    says="In evaluation dropout hands its input on, and draws nothing.",
)
def dropout_draws_in_eval(case):
    wrong = {"dropout_eval": GLOBAL}
    return wrong.get(case, TRUTH[case])


@misconception(
    of="draws",
    says="With p = 0 and p = 1 it is certain what dropout does, and it draws nothing.",
)
def dropout_always_draws(case):
    wrong = {"dropout_of_none": GLOBAL, "dropout_of_all": GLOBAL}
    return wrong.get(case, TRUTH[case])


@misconception(
    of="draws",
    says="The global state comes first in the answer, and g second.",
)
def puts_the_generator_first(case):
    return TRUTH[case][::-1]


@misconception(
    of="draws",
    says="Without shuffle and without a generator a loader draws too: a number for its workers, at "
    "each walk, whether it has any or not.",
)
def workers_draw_nothing(case):
    wrong = dict.fromkeys(("begun", "walked", "no_batches", "no_samples"), NOTHING)
    return wrong.get(case, TRUTH[case])
