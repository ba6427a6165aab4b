"""A verdict as one article of HTML, and the style sheet for it."""

from functools import cache
from importlib import resources

from markupsafe import Markup

from torchkata.judge.verdict import Verdict
from torchkata.telling import parts
from torchkata.telling.headlines import headline
from torchkata.telling.pictures.cells import Role
from torchkata.telling.pictures.markup import element, joined
from torchkata.telling.pictures.values import Side, code, figure, holds_tensors
from torchkata.telling.pictures.within import within
from torchkata.telling.sides import shown
from torchkata.values.difference import Difference

_LINES = 10
"""A call of more lines is shown when asked for, and its inputs instead."""


def verdict_html(verdict: Verdict) -> str:
    """A verdict as an `<article class="kata-verdict">` that says all that its text does.

    It is HTML and XML alike, escapes whatever the values hold, and asks for nothing from outside.
    """
    return str(
        element(
            "article",
            *_said(verdict),
            class_=f"kata-verdict kata-{verdict.outcome}",
            lang="en",
        )
    )


def pictures_html(verdict: Verdict) -> str:
    """What of a verdict is drawn, as one `<div>`; empty where nothing is.

    It is for a page that has the words of the verdict already.
    """
    drawn = [*_sides(verdict), *within(verdict)] if not verdict.brief else []
    if not drawn:
        return ""
    kind = f"kata-verdict kata-{verdict.outcome} kata-pictures"
    return str(element("div", *drawn, class_=kind, xmlns="http://www.w3.org/1999/xhtml"))


@cache
def verdict_css() -> str:
    """The style sheet for any number of verdicts on a page, light and dark."""
    return resources.files(__package__).joinpath("verdict.css").read_text("utf-8")


def _said(verdict: Verdict) -> list[Markup]:
    sentence = element("p", verdict.sentence, class_="kata-sentence")
    if verdict.outcome == "passed":
        return [sentence, _paragraph("passed on " + verdict.device, "came-out")]
    if verdict.outcome == "todo":
        return [_paragraph(parts.unwritten(verdict), "sentence"), _place(verdict)]
    if verdict.brief:
        assert verdict.difference is not None
        return [sentence, _paragraph(headline(verdict.difference), "came-out")]
    if verdict.refusal is not None:
        said, detail = parts.refusal(verdict)
        shown_lines = [code(detail)] if detail else []
        return [_place(verdict), _paragraph(said, "came-out"), *shown_lines, *_reasons(verdict)]
    assert verdict.difference is not None
    return [
        _place(verdict),
        sentence,
        _came_out(verdict.difference),
        *_reasons(verdict),
        *_given(verdict),
        *_sides(verdict),
        *within(verdict),
        *_lines(verdict),
        *([_section("printed", code(verdict.printed))] if verdict.printed else []),
    ]


def _place(verdict: Verdict) -> Markup:
    return _paragraph(parts.place(verdict), "place")


def _paragraph(said: str, kind: str) -> Markup:
    return element("p", said, class_=f"kata-{kind}")


def _section(label: str, *inside: Markup, kind: str = "part") -> Markup:
    return element(
        "div", element("p", f"{label}:", class_="kata-label"), *inside, class_=f"kata-{kind}"
    )


def _came_out(difference: Difference) -> Markup:
    first, *others = parts.came_out(difference).split("\n")
    more = [code("\n".join(others))] if others else []
    return joined(_paragraph(first, "came-out"), *more)


def _reasons(verdict: Verdict) -> list[Markup]:
    return [
        _section(label, element("p", sentence), kind="reason")
        for label, sentence in parts.reasons(verdict)
    ]


def _given(verdict: Verdict) -> list[Markup]:
    """The call as code where it is short, else the inputs, with tensors drawn."""
    if verdict.inputs is None or not verdict.inputs.keys:
        return []
    call = parts.call_lines(verdict)
    if 0 < len(call) <= _LINES:
        return [_section("call", code("\n".join(call)))]
    whole = []
    if call:
        lines = element("pre", element("code", "\n".join(call)))
        whole.append(element("details", element("summary", "the call as code"), lines))
    plain, drawn = [], []
    for name, value in zip(verdict.inputs.keys, verdict.inputs.items, strict=True):
        if holds_tensors(value):
            drawn.append(_input(verdict, str(name), value))
        else:
            plain.append(f"{name} = {shown(value)}")
    inside = [element("div", *drawn, class_="kata-items")] if drawn else []
    if plain:
        inside.append(code("\n".join(plain)))
    return [_section("with", *inside, *whole)]


def _input(verdict: Verdict, name: str, value: object) -> Markup:
    picture = figure(Side(value, "wanted", name, compared=False), deep=1)
    layouts = [
        f"{path}: {how}" if path != name else how
        for path, how in verdict.layouts
        if path == name or path.startswith(f"{name}[")
    ]
    notes = [_paragraph(", ".join(layouts), "note")] if layouts else []
    return element("div", picture, *notes)


def _sides(verdict: Verdict) -> list[Markup]:
    found = parts.sides(verdict)
    if found is None:
        return []
    # Of two times neither is the expected one.
    role: Role = "given" if found.difference is None else "wanted"
    left = Side(found.left, role, found.left_title, found.right, found.difference)
    right = Side(found.right, "given", found.right_title, found.left, found.difference)
    return [element("div", figure(left), figure(right), class_="kata-sides")]


def _lines(verdict: Verdict) -> list[Markup]:
    if not verdict.lines:
        return []
    items = []
    for line in verdict.lines:
        where = element("span", f"line {line.number}, in {line.function}", class_="kata-place")
        text = [element("pre", element("code", line.text))] if line.text else []
        items.append(element("li", where, *text))
    shapes = verdict.lines[-1].shapes
    notes = [_paragraph(f"with {', '.join(shapes)}", "note")] if shapes else []
    return [_section("in your code", element("ol", *items, class_="kata-lines"), *notes)]
