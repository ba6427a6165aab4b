"""A verdict as HTML with pictures in SVG: no script, nothing to load, and nothing that can act.

`verdict_html` gives the fragment for one verdict, `pictures_html` its pictures alone, `verdict_css`
the style sheet for any number of both.
"""

from torchkata.telling.pictures.page import pictures_html, verdict_css, verdict_html

__all__ = ["pictures_html", "verdict_css", "verdict_html"]
