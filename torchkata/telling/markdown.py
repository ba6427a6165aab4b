"""Markdown on the terminal, plain enough to be read there for ten minutes."""

from typing import ClassVar

from rich.console import Console, ConsoleOptions, RenderResult
from rich.markdown import CodeBlock, Heading, ImageItem, Markdown, MarkdownElement
from rich.syntax import Syntax
from rich.text import Text


def print_markdown(console: Console, text: str, width: int) -> None:
    """Print Markdown in lines of at most `width` columns.

    Where there are colours, they mark code, and a link is the terminal's own. Elsewhere code stays
    in backticks, and a link shows its address.
    """
    coloured = console.color_system is not None
    page = _Page(text, code_theme="ansi_dark", hyperlinks=coloured)
    if not coloured:
        within = (child for block in page.parsed for child in block.children or ())
        for child in within:
            if child.type == "code_inline":
                child.content = f"`{child.content}`"
    console.print(page, width=min(console.width, width))


class _Heading(Heading):
    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        yield self.text


class _Code(CodeBlock):
    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        code = str(self.text).rstrip()
        lexer = "pycon" if ">>>" in code else self.lexer_name
        yield Syntax(
            code,
            lexer,
            theme=self.theme,
            word_wrap=True,
            background_color="default",
            padding=(0, 0, 0, 4),
        )


class _Image(ImageItem):
    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        says = self.text.plain.replace("\n", " ")
        yield Text(f"[picture: {says}]", style="dim", end="")


class _Page(Markdown):
    elements: ClassVar[dict[str, type[MarkdownElement]]] = {
        **Markdown.elements,
        "heading_open": _Heading,
        "fence": _Code,
        "code_block": _Code,
        "image": _Image,
    }
