"""What lies behind the values of a verdict: the storage of its tensors and the autograd graph."""

from markupsafe import Markup

from torchkata.judge.verdict import Verdict
from torchkata.telling.pictures import graph, storage
from torchkata.telling.pictures.cells import Role
from torchkata.telling.pictures.markup import element
from torchkata.values.anatomy import CallSeen

_TITLES: dict[Role, str] = {"wanted": "expected", "given": "yours"}


def within(verdict: Verdict) -> list[Markup]:
    """The memory and the graph of the call that was looked at, where they say something."""
    look, difference = verdict.closer_look, verdict.difference
    if look is None or difference is None:
        return []
    found, yours = [], look.yours
    if storage.matters(look, difference):
        expected = look.expected if storage.is_asked_for(look, difference) else None
        when = "returns" if yours.ended else "raises"
        sides = [_memory(expected, yours, "wanted"), _memory(yours, expected, "given")]
        if any(sides):
            found.append(_part(f"memory when {yours.function} {when}", sides))
    if graph.matters(look, difference):
        sides = [_graph(look.expected, "wanted"), _graph(yours, "given")]
        found.append(_part(f"graph behind what {yours.function} returns", sides))
    return found


def _part(label: str, sides: list[Markup]) -> Markup:
    return element(
        "div",
        element("p", f"{label}:", class_="kata-label"),
        element("div", *sides, class_="kata-sides"),
        class_="kata-part",
    )


def _memory(call: CallSeen | None, other: CallSeen | None, role: Role) -> Markup:
    pictures = [] if call is None else storage.pictures(call, other, role)
    return _side(role, *(element("div", each) for each in pictures)) if pictures else Markup("")


def _graph(call: CallSeen | None, role: Role) -> Markup:
    """The learner's graph whole, and of the solution's only what gradients reach."""
    if call is None or call.graph is None:
        return Markup("")
    title = f"{_TITLES[role]}: graph"
    return _side(role, graph.picture(call.graph, title, whole=role == "given"))


def _side(role: Role, *pictures: Markup) -> Markup:
    return element(
        "figure",
        element("figcaption", element("span", _TITLES[role], class_="kata-title")),
        *pictures,
        class_=f"kata-side kata-side-{role}",
    )
