"""An exercise's statement as HTML: prose, drawings and lists, what is to be written, examples."""

from dataclasses import dataclass

from markdown_it import MarkdownIt
from markupsafe import Markup
from pygments import highlight
from pygments.formatters import HtmlFormatter
from pygments.lexer import Lexer
from pygments.lexers.python import PythonConsoleLexer, PythonLexer

from torchkata.suite.curriculum import Exercise
from torchkata.suite.statement import statement_of

_WIDTH = 72
# What statements use of Markdown, and nothing that could be more than text: no HTML, no links.
_MARKDOWN = MarkdownIt("zero").enable(["code", "list", "backticks", "emphasis"])


@dataclass(frozen=True, slots=True)
class StatementHtml:
    """A statement's title as text, and its parts as HTML. `examples` may be empty."""

    title: str
    text: Markup
    definitions: Markup
    examples: Markup


def statement_html(exercise: Exercise) -> StatementHtml:
    """The statement of an exercise. Raises SuiteError where it can't be read."""
    statement = statement_of(exercise, _WIDTH)
    definitions, examples = _split(statement.definitions)
    return StatementHtml(
        statement.title,
        prose_html(statement.text),
        _code(definitions, PythonLexer()),
        _code(examples, PythonConsoleLexer()) if examples else Markup(),
    )


def prose_html(text: str) -> Markup:
    """Paragraphs, lists, `code` and indented drawings. All else in the text is text."""
    tokens = _MARKDOWN.parse(text)
    for token in tokens:
        if token.type == "code_block":
            token.attrSet("tabindex", "0")  # so that the keyboard can move what is too wide
    return Markup(_MARKDOWN.renderer.render(tokens, _MARKDOWN.options, {}))


def _code(source: str, lexer: Lexer) -> Markup:
    shown = highlight(source, lexer, HtmlFormatter(nowrap=True))
    kind = "examples" if isinstance(lexer, PythonConsoleLexer) else "definitions"
    return Markup('<pre class="{}" tabindex="0"><code>{}</code></pre>').format(kind, Markup(shown))


def _split(definitions: str) -> tuple[str, str]:
    """Definitions without the worked examples of their docstrings, and these examples."""
    kept: list[str] = []
    examples: list[str] = []
    within, indent = False, 0
    for line in definitions.split("\n"):
        text = line.strip()
        begins = text.startswith(">>>")
        if begins and not within and examples:
            examples.append("")
        within = begins or (within and text not in ("", '"""'))
        if within:
            if begins:
                indent = len(line) - len(line.lstrip())
            examples.append(line[indent:])
            continue
        if text == '"""' and kept and not kept[-1].strip():
            kept.pop()  # the blank line above the examples
        kept.append(line)
    return "\n".join(kept), "\n".join(examples)
