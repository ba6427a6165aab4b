"""Elements of HTML and SVG, in which text can be nothing but text.

What is written is XML as well: every element is closed, every attribute has a value. Nothing has
an id, so that any number of pictures can stand on one page.
"""

import re
from typing import Any

from markupsafe import Markup, escape

from torchkata.telling.paragraphs import printable

# What turns the direction of the text around it, what can't be seen, and what XML lacks.
_UNSEEN = re.compile("[\u061c\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufffe\uffff]")


def text(said: str) -> Markup:
    """Text as it stands in an element or an attribute; what can't be seen becomes an escape."""
    shown = _UNSEEN.sub(lambda found: found[0].encode("unicode_escape").decode(), printable(said))
    return escape(shown)


def element(name: str, *children: str, **attributes: Any) -> Markup:
    """An element. Children are Markup, or else text; attributes of None are left out.

    `class_` is the attribute class, and an underscore within a name a hyphen.
    """
    given = "".join(
        f' {key.rstrip("_").replace("_", "-")}="{_value(value)}"'
        for key, value in attributes.items()
        if value is not None
    )
    # Whatever is put together here is escaped: the parts are Markup, or our own names.
    return Markup(f"<{name}{given}>{joined(*children)}</{name}>")


def joined(*children: str) -> Markup:
    """Markup one after the other; what is not Markup is text."""
    return Markup("".join(each if isinstance(each, Markup) else text(each) for each in children))


def drawing(width: float, height: float, title: str, told: str, *children: str) -> Markup:
    """A picture in SVG that says in words what it shows: in short, and whole."""
    return element(
        "svg",
        element("title", title),
        element("desc", told),
        *children,
        xmlns="http://www.w3.org/2000/svg",
        class_="kata-picture",
        role="img",
        width=width,
        height=height,
        viewBox=f"0 0 {_value(width)} {_value(height)}",
    )


def label(said: str, x: float, y: float, class_: str = "", anchor: str = "middle") -> Markup:
    """Text in a picture, whose middle is at the height `y`."""
    # Not by dominant-baseline, which renderers of SVG other than browsers don't know.
    return element(
        "text",
        said,
        x=x,
        y=y + 4.5,
        text_anchor=anchor,
        fill="currentColor",
        # A page's own rules for text would come before the attribute.
        class_=f"kata-{anchor} kata-{class_}" if class_ else f"kata-{anchor}",
    )


def arrow(x1: float, y1: float, x2: float, y2: float, class_: str) -> Markup:
    """A straight line that is horizontal or vertical, with a head at its end."""
    across, down = _sign(x2 - x1), _sign(y2 - y1)
    base_x, base_y = x2 - 5 * across, y2 - 5 * down
    points = [
        (x2, y2),
        (base_x - 3 * down, base_y - 3 * across),
        (base_x + 3 * down, base_y + 3 * across),
    ]
    return element(
        "g",
        element("path", d=f"M{x1:g} {y1:g}L{base_x:g} {base_y:g}", fill="none"),
        head(points),
        class_=f"kata-{class_}",
        stroke="currentColor",
    )


def head(points: list[tuple[float, float]]) -> Markup:
    """The filled head of an arrow."""
    return element(
        "polygon", points=" ".join(f"{x:g},{y:g}" for x, y in points), fill="currentColor"
    )


def _sign(number: float) -> int:
    return (number > 0) - (number < 0)


def _value(value: Any) -> str:
    """The value of an attribute, escaped where it is not a number."""
    if isinstance(value, float):
        return f"{value:g}"
    return str(value) if isinstance(value, int) else text(value)
