"""Properties and misconceptions of modules/sequential."""

import copy
import itertools
from contextlib import contextmanager
from unittest import mock

import torch
from torch import nn

from torchkata import strategies as st
from torchkata.properties import assert_same, forall, misconception


class PlusMode(nn.Module):
    """Adds 1 in training, and nothing in eval mode."""

    def forward(self, x):
        return x + int(self.training)


KINDS = {
    "linear": lambda: nn.Linear(2, 2),
    "relu": nn.ReLU,
    "plus": PlusMode,
    "norm": lambda: nn.BatchNorm1d(2),
    "nested": lambda: nn.ModuleDict({"inner": nn.Linear(2, 2)}),
}
CALLED = ("linear", "relu", "plus")


@st.composite
def chains(draw, least=0, kinds=CALLED):
    """The kinds of the members, which of them are one object, and a seed for their values.

    Place k holds the object that is made for number `places[k]`.
    """
    places = draw(st.lists(st.integers(0, 2), min_size=least, max_size=4))
    return {
        "kinds": draw(st.lists(st.sampled_from(kinds), min_size=3, max_size=3)),
        "places": places,
        "seed": draw(st.integers(0, 3)),
    }


def members(kinds, places, seed, device):
    """Modules with values that are exact in float32."""
    generator = torch.Generator().manual_seed(seed)
    made = [KINDS[kind]() for kind in kinds]
    for module in made:
        for param in module.parameters():
            param.data = torch.randint(-8, 9, param.shape, generator=generator) / 4
        module.to(device)
    return [made[place] for place in places]


def places_of(modules, found):
    """For each module found, the first place where it stands; None for one that is not there."""
    return [next((k for k, one in enumerate(modules) if one is each), None) for each in found]


def all_of(chain, most=9):
    """What a loop over the chain gives, which may not end."""
    return list(itertools.islice(iter(chain), most))


@contextmanager
def sequentials():
    """Notes each nn.Sequential that is made."""
    made, init = [], nn.Sequential.__init__

    def noted(self, *args):
        made.append("an nn.Sequential")
        init(self, *args)

    with mock.patch.object(nn.Sequential, "__init__", noted):
        yield made


inputs = st.tensors(st.sampled_from(((3, 2), (2,), (2, 2, 2))), values="steps")
indices = st.one_of(st.none(), st.integers(-5, 5))
steps = st.sampled_from((None, 2, 1, -1))


@forall(chains(kinds=tuple(KINDS)), more=st.lists(st.sampled_from(tuple(KINDS)), max_size=2))
def test_has_the_names_of_nn_sequential(impl, kinds, places, seed, more, device):
    """State dict, parameters and modules have the names that nn.Sequential gives them."""
    modules = members(kinds, places, seed, device)
    added = members(more, range(len(more)), seed, device)
    chain = impl.Seq(*modules)
    gave = [chain.add(module) for module in added]
    theirs = nn.Sequential(*modules, *added)
    assert_same(list(chain.state_dict()), list(theirs.state_dict()))
    return {
        "add returns": gave,
        "state dict": dict(chain.state_dict()),
        "parameters": [name for name, _ in chain.named_parameters()],
        "modules": [name for name, _ in chain.named_children()],
        "is an nn.Module": isinstance(chain, nn.Module),
        "nn.Sequential within": sum(isinstance(each, nn.Sequential) for each in chain.modules()),
    }


@forall(chains(), x=inputs)
def test_calls_one_after_the_other(impl, kinds, places, seed, x):
    """Each member is called with what the one before returned, and its hooks run."""
    modules, called = members(kinds, places, seed, x.device), []
    for number, module in enumerate(dict.fromkeys(modules)):
        module.register_forward_hook(lambda *_, number=number: called.append(number))
    with sequentials() as made:
        result = impl.Seq(*modules)(x)
    heard = list(called)
    assert_same(result, nn.Sequential(*modules)(x))
    return result, heard, made


@forall(x=inputs)
def test_an_empty_chain_changes_nothing(impl, x):
    """An empty chain returns x itself, and has no members and no parameters."""
    chain = impl.Seq()
    return chain(x) is x, len(chain), len(list(chain.parameters()))


@forall(chains(), more=st.lists(st.sampled_from(CALLED), max_size=3), x=inputs)
def test_grows_at_the_end(impl, kinds, places, seed, more, x):
    """add puts a module at the end, also one that is there already: len and result follow."""
    modules = members(kinds, places, seed, x.device)
    added = [*members(more, range(len(more)), seed, x.device), *modules[:1]]
    chain = impl.Seq(*modules)
    lengths = [len(chain)]
    for module in added:
        chain.add(module)
        lengths.append(len(chain))
    return lengths, places_of(modules + added, all_of(chain)), chain(x)


@forall(chains(least=1), index=st.integers(0, 7))
def test_gives_a_member(impl, kinds, places, seed, index, device):
    """chain[i] is the member itself; a negative index counts from the end."""
    modules = members(kinds, places, seed, device)
    chain, length = impl.Seq(*modules), len(modules)
    return places_of(modules, [chain[index % length], chain[-1 - index % length]])


@forall(chains(), beyond=st.integers(0, 3), front=st.booleans(), raises=IndexError)
def test_refuses_an_index_out_of_range(impl, kinds, places, seed, beyond, front, device):
    """An index from len on, or before -len, raises IndexError."""
    modules = members(kinds, places, seed, device)
    length = len(modules)
    return impl.Seq(*modules)[-length - 1 - beyond if front else length + beyond] is None


@forall(chains())
def test_a_loop_ends(impl, kinds, places, seed, device):
    """A for loop gives each member, as often as it stands in the chain, and ends."""
    modules = members(kinds, places, seed, device)
    return places_of(modules, all_of(impl.Seq(*modules)))


@forall(chains(least=1), first=indices, last=indices, step=steps, x=inputs)
def test_a_slice_is_a_chain(impl, kinds, places, seed, first, last, step, x):
    """A slice is a Seq of the same members, numbered from 0; neither grows with the other."""
    modules = members(kinds, places, seed, x.device)
    chain = impl.Seq(*modules)
    part = chain[first:last:step]
    seen = {
        "is a Seq": isinstance(part, impl.Seq),
        "names": [name for name, _ in part.named_parameters()],
        "members": places_of(modules, all_of(part)),
        "result": part(x),
    }
    part.add(PlusMode())
    seen["after add"] = [len(part), len(chain)]
    chain.add(PlusMode())
    seen["and another"] = [len(part), len(chain)]
    seen["names at the end"] = list(part.state_dict())
    return {**seen, "result at the end": part(x)}


@forall(chains(least=1), x=inputs, later=st.sampled_from(("eval", "deepcopy", "double")))
def test_lives_as_a_module(impl, kinds, places, seed, x, later):
    """Mode, conversion and copies reach all members, and each trains."""
    first = chain = impl.Seq(*members(kinds, places, seed, x.device))
    if later == "eval":
        chain.eval()
    elif later == "deepcopy":
        chain = copy.deepcopy(chain)
    else:
        chain, x = chain.double(), x.double() / 3  # with all the digits that float64 has
    result = chain(x)
    if result.requires_grad:
        result.sum().backward()
    torch.optim.SGD([*chain.parameters(), torch.zeros(1)], lr=1.0).step()
    return {
        "result": result,
        "gradients": [param.grad for param in chain.parameters()],
        "after a step": dict(chain.state_dict()),
        "the first one": dict(first.state_dict()),
    }


class _Answer(nn.Module):
    """What the misconceptions have in common: all of it right but for what each one changes."""

    def __init__(self, *modules):
        super().__init__()
        for module in modules:
            self.add(module)

    def add(self, module):
        self.add_module(str(len(self)), module)

    def __len__(self):
        return len(self._modules)

    def __getitem__(self, index):
        members = list(self._modules.values())
        return type(self)(*members[index]) if isinstance(index, slice) else members[index]

    def forward(self, x):
        for module in self._modules.values():
            x = module(x)
        return x


@misconception(
    of="Seq",
    says="A module does not look into a Python list: the members are not registered, and the chain "
    "has no parameters.",
)
class KeepsAPythonList(nn.Module):
    def __init__(self, *modules):
        super().__init__()
        self.members = list(modules)

    def add(self, module):
        self.members.append(module)

    def __len__(self):
        return len(self.members)

    def __getitem__(self, index):
        found = self.members[index]
        return type(self)(*found) if isinstance(index, slice) else found

    def forward(self, x):
        for module in self.members:
            x = module(x)
        return x


@misconception(
    of="Seq",
    says="The members are registered with a ModuleList, whose name stands before theirs in the "
    "state dict. They belong to the chain itself.",
)
class KeepsAModuleList(KeepsAPythonList):
    def __init__(self, *modules):
        nn.Module.__init__(self)
        self.members = nn.ModuleList(modules)

    def __getitem__(self, index):
        found = list(self.members)[index]
        return type(self)(*found) if isinstance(index, slice) else found


@misconception(
    of="Seq",
    says="children() gives each object once. A module that stands in the chain twice is called "
    "twice.",
)
class CallsTheChildren(_Answer):
    def forward(self, x):
        for module in self.children():
            x = module(x)
        return x


@misconception(
    of="Seq",
    says="children() gives each object once, so it counts too few where a module stands in the "
    "chain twice. The next one added then takes the place of the last.",
)
class CountsTheChildren(_Answer):
    def __len__(self):
        return len(list(self.children()))


@misconception(
    of="Seq",
    says="The first member has the number 0.",
)
class NumbersFromOne(_Answer):
    def add(self, module):
        self.add_module(str(len(self) + 1), module)


@misconception(
    of="Seq",
    says="forward called by hand passes over the hooks. Call the module.",
)
class CallsForward(_Answer):
    def forward(self, x):
        for module in self._modules.values():
            x = module.forward(x)
        return x


@misconception(
    of="Seq",
    says="A slice of a chain is a chain again, which can be called. Yours is a list.",
)
class SlicesToAList(_Answer):
    def __getitem__(self, index):
        return list(self._modules.values())[index]


@misconception(
    of="Seq",
    says="A slice holds the very members of the chain, with their parameters. Yours holds copies.",
)
class SlicesToCopies(_Answer):
    def __getitem__(self, index):
        found = super().__getitem__(index)
        return copy.deepcopy(found) if isinstance(index, slice) else found


@misconception(
    of="Seq",
    says="The members of a slice keep their old numbers in yours. Adding then finds the next "
    "number taken, and writes over that member. Number them from 0.",
)
class KeepsTheNamesInASlice(_Answer):
    def __getitem__(self, index):
        if not isinstance(index, slice):
            return super().__getitem__(index)
        part = type(self)()
        for name, module in list(self._modules.items())[index]:
            part.add_module(name, module)
        return part


@misconception(
    of="Seq",
    says="The names are '0', '1' and so on: there is none for -1. A negative index counts from the "
    "end.",
)
class LooksTheNumberUp(_Answer):
    def __getitem__(self, index):
        if isinstance(index, slice):
            return super().__getitem__(index)
        if str(index) not in self._modules:
            raise IndexError(index)
        return self._modules[str(index)]


@misconception(
    of="Seq",
    says="With % every index finds a member. One out of range must raise IndexError, or a for loop "
    "never ends.",
)
class WrapsRound(_Answer):
    def __getitem__(self, index):
        return super().__getitem__(index if isinstance(index, slice) else index % len(self))


@misconception(
    of="Seq",
    says="add returns None, as list.append does; yours returns something.",
)
class AddReturnsTheChain(_Answer):
    def add(self, module):
        super().add(module)
        return self
