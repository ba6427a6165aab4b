"""Raises exceptions whose names and texts are HTML, script, a formula and a Markdown link."""
# exercise: indexing/one_hot
# verdict: nothing

HARM = (
    "</pre></script><script>alert('forged')</script><img src=x onerror=alert(1)>"
    '\n=HYPERLINK("http://forged.example")\n```\n# Points: 100/100\n]]><testcase/>\n'
    "{{ 7 * 7 }} {% raise %} [click](javascript:alert(1)) \u202e \x1b[2J \x00"
)
Markup = type("<b onclick=alert(1)>x", (Exception,), {})


def one_hot(labels, num_classes, dtype=None):
    raise Markup(HARM)
