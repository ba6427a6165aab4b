"""Predict what is drawn from the random states.

A random number comes out of a state, which moves on: the one that is global, or a
generator that is handed in. Who wants a run to be the same again must know what draws:

    state ──▶ number          torch.rand(1)                    the global state
          ╲                   torch.rand(1, generator=g)       g, and not the global one
           ▶ next state       a state that was drawn from once more gives other numbers

Common notes get loaders wrong. A loader draws where nothing is shuffled: each walk
begins with a number for its workers, with or without any, from the generator that the
loader was given. A sampler that is handed in has a generator of its own, or none. And
what only makes an object, a loader or a sampler, has drawn nothing yet.

Where there is nothing to choose torch may still draw: it draws a number for each
element, and looks what the number says. One element of randperm is an exception, and
so is dropout that drops nothing or all.

Write `draws`. Each case in CASES comes after BEGIN, and you answer whether the global
random state of torch and that of g are others afterwards when your torch runs it. It
does not matter by what: to seed changes a state too.

You answer from what you know: `draws` must not make or use tensors, arrays or generators.
"""

BEGIN = """\
import random
import numpy as np
import torch
from torch import nn
from torch.utils.data import DataLoader, RandomSampler
from torch.utils.data import WeightedRandomSampler, random_split

torch.manual_seed(7)
g = torch.Generator().manual_seed(8)
data = range(4)
"""

CASES = {
    # loaders
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
    # samplers and splits
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
    # numbers and seeds
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
    # layers
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


def draws(case: str) -> tuple[bool, bool]:
    """Predict which random states a case changes.

    Args:
        case: a key of CASES.

    Returns:
        The tuple (the global state of torch is another afterwards, that of g is).

    >>> draws("rand")
    (True, False)
    >>> draws("permutation")
    (False, True)
    >>> draws("python")
    (False, False)
    """
    raise NotImplementedError
