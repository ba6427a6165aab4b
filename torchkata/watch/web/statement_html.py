"""An exercise's statement as HTML: prose, drawings and lists, what is to be written, examples."""

import ast
import inspect
import re
from collections.abc import Sequence
from dataclasses import dataclass

from markdown_it import MarkdownIt
from markupsafe import Markup
from pygments import highlight
from pygments.formatters import HtmlFormatter
from pygments.lexer import Lexer
from pygments.lexers.python import PythonConsoleLexer, PythonLexer

from torchkata.suite.curriculum import Exercise
from torchkata.suite.statement import statement_of
from torchkata.suite.stubs import Definition

_WIDTH = 72
# What statements use of Markdown, and nothing that could be more than text: no HTML, no links.
_MARKDOWN = MarkdownIt("zero").enable(["code", "list", "backticks", "emphasis"])
_NOTHING_YET = "raise NotImplementedError"
_SECTION = re.compile(r"\w+:$")
_ENTRY = re.compile(r" {4}(\*{0,2}\w+(?:, \w+)*): ")


@dataclass(frozen=True, slots=True)
class StatementHtml:
    """A statement's parts as HTML. `examples` may be empty."""

    text: Markup
    definitions: Markup
    examples: Markup


def statement_html(exercise: Exercise) -> StatementHtml:
    """The statement of an exercise. Raises SuiteError where it can't be read."""
    statement = statement_of(exercise, _WIDTH)
    definitions, examples = _definitions(statement.definitions)
    return StatementHtml(prose_html(statement.text), definitions, examples)


def prose_html(text: str) -> Markup:
    """Paragraphs, lists, `code` and indented drawings. All else in the text is text."""
    tokens = _MARKDOWN.parse(text)
    for token in tokens:
        if token.type == "code_block":
            token.attrSet("tabindex", "0")  # so that the keyboard can move what is too wide
    return Markup(_MARKDOWN.renderer.render(tokens, _MARKDOWN.options, {}))


def _definitions(source: str) -> tuple[Markup, Markup]:
    """What is to be written, its docstrings as prose without the examples; and these examples."""
    lines = source.split("\n")
    parts, examples, done = Markup(), list[str](), 0
    for docstring in _docstrings(source):
        prose, tried = _split(inspect.cleandoc(str(docstring.value)))
        parts += _code(lines[done : docstring.lineno - 1], PythonLexer())
        parts += Markup('<div class="described">{}</div>').format(prose_html(prose))
        examples += tried
        done = docstring.end_lineno or docstring.lineno
    parts += _code(lines[done:], PythonLexer())
    return parts, _code(examples, PythonConsoleLexer())


def _docstrings(source: str) -> list[ast.Constant]:
    """The docstrings of definitions, from top to bottom."""
    found = []
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, Definition):
            match node.body[0]:
                case ast.Expr(value=ast.Constant(value=str()) as docstring):
                    found.append(docstring)
    return sorted(found, key=lambda each: each.lineno)


def _code(lines: Sequence[str], lexer: Lexer) -> Markup:
    source = "\n".join(line for line in lines if line.strip() != _NOTHING_YET).strip("\n")
    if not source:
        return Markup()
    shown = highlight(source, lexer, HtmlFormatter(nowrap=True))
    pre = '<pre class="{}" tabindex="0"><code>{}</code></pre>'
    return Markup(pre).format(lexer.aliases[0], Markup(shown))


def _split(docstring: str) -> tuple[str, list[str]]:
    """A docstring's prose, with its sections as Markdown has them, and its worked examples."""
    prose: list[str] = []
    examples: list[str] = []
    within = False
    for line in docstring.split("\n"):
        begins = line.startswith(">>>")
        if begins and not within and examples:
            examples.append("")
        within = begins or (within and bool(line))
        if within:
            examples.append(line)
        elif _SECTION.match(line):
            prose += ["", f"**{line[:-1]}**", ""]
        else:
            prose.append(_ENTRY.sub(r"- `\1`: ", line) if _ENTRY.match(line) else line.strip())
    return "\n".join(prose), examples
