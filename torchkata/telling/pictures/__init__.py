"""A verdict as HTML with pictures in SVG: no script, nothing to load, and nothing that can act.

`verdict_html` gives the fragment for one verdict, `verdict_css` the style sheet for any number.
"""

from torchkata.telling.pictures.page import verdict_css, verdict_html

__all__ = ["verdict_css", "verdict_html"]
