"""Read Markdown: YAML front matter, a title, and the words without the marks around them.

Conservative: what is not plainly a mark stays. Lines of one paragraph are joined, as Markdown means them to be.
"""

import html
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

import yaml

from index.articles import Article, canonical, one_line
from index.errors import UnreadableArticle
from index.reading.fields import make_article, text_field
from index.reading.files import File, decode
from index.reading.titles import split_title

_FRONT_MATTER = re.compile(r"---[ \t]*\n(?:(.*?)\n)?(?:---|\.\.\.)[ \t]*(?:\n|\Z)", re.DOTALL)
# Front matter that begins and does not end. Other words below a rule are text.
_OPEN_FRONT_MATTER = re.compile(r"---[ \t]*\n(?:title|source|author|date|published_at|url):", re.IGNORECASE)
# Real ones hold a few lines; the YAML reader takes seconds for a megabyte.
_FRONT_MATTER_CHARACTERS = 50_000
_FENCE = re.compile(r" {0,3}(```|~~~)")
_HEADING = re.compile(r" {0,3}(#{1,6})(?:[ \t]+(.*))?$")
_UNDERLINE = re.compile(r" {0,3}(=+|-+)[ \t]*$")
_DEFINITION = re.compile(r" {0,3}\[[^\[\]^][^\[\]]*\]:[ \t]+\S+(?:[ \t]+[\"'(].*)?$")
_QUOTE = re.compile(r"(?: {0,3}>[ \t]?)+")
_BULLET = re.compile(r"[ \t]*[-*+][ \t]+(?:\[[ xX]\][ \t]+)?")
_NUMBER = re.compile(r"[ \t]*\d{1,3}[.)][ \t]")

_TAG = re.compile(
    r"</?(?:a|abbr|b|blockquote|br|center|cite|code|del|div|em|figcaption|figure|h[1-6]|hr|i|img|ins|li|mark|ol|p|q|s"
    r"|small|span|strong|sub|sup|u|ul)(?:\s[^<>]*)?/?>",
    re.IGNORECASE,
)
_CODE = re.compile(r"`([^`\n]+)`")
# The link may hold one pair of brackets, as those of encyclopedias do.
_TARGET = r"\([^()\s]*(?:\([^()\s]*\)[^()\s]*)?(?:[ \t]+(?:\"[^\"\n]*\"|'[^'\n]*'))?\)"
_LINKS = (
    (re.compile(rf"!\[([^\[\]\n]*)\]{_TARGET}"), r"\1"),
    (re.compile(rf"\[([^\[\]\n]+)\]{_TARGET}"), r"\1"),
    (re.compile(r"!?\[([^\[\]\n]+)\]\[[^\[\]\n]*\]"), r"\1"),
    (re.compile(r"\[\^[^\[\]\s]+\](?::[ \t]*)?"), ""),
    (re.compile(r"<((?:https?://|mailto:)[^<>\s]+)>"), r"\1"),
    (_TAG, ""),
)
_EMPHASIS = (
    (re.compile(r"(?<![\\*])\*(?=[^\s*])([^*\n]+)(?<![\s\\])\*"), r"\1"),
    (re.compile(r"(?<![\\*])\*\*(?=[^\s*])([^*\n]+)(?<![\s\\])\*\*"), r"\1"),
    (re.compile(r"(?<![\\*])\*\*\*(?=[^\s*])([^*\n]+)(?<![\s\\])\*\*\*"), r"\1"),
    (re.compile(r"(?<![\\\w])_(?=[^\s_])([^_\n]+)(?<![\s\\])_(?!\w)"), r"\1"),
    (re.compile(r"(?<![\\\w])__(?=[^\s_])([^_\n]+)(?<![\s\\])__(?!\w)"), r"\1"),
    (re.compile(r"~~(?=\S)([^~\n]+)(?<!\s)~~"), r"\1"),
)
_ESCAPED = re.compile(r"\\([\\`*_{}\[\]()#+\-.!>~|])")


class _PlainLoader(yaml.SafeLoader):
    """Takes every value as it is written: a title may be “No” or “1984”, and a date is read by us."""

    yaml_implicit_resolvers = {}  # noqa: RUF012  # what the class it comes from calls it


@dataclass
class _Block:
    """A heading (level 1 to 6) or, with level 0, lines that belong together. Code is kept as it is."""

    level: int = 0
    lines: list[str] = field(default_factory=list)
    code: bool = False

    @property
    def text(self) -> str:
        return "\n".join(line.strip() if self.code else _inline(line.strip()) for line in self.lines)


def read(file: File) -> Iterator[Article]:
    """The one article of a Markdown file: the front matter's title, else the first heading of level 1."""
    front, body = _front_matter(canonical(decode(file.data)))
    title = text_field(front, "title")
    blocks = list(_blocks(_without_comments(body)))
    heading = next((block for block in blocks if block.level == 1 and block.text), None)
    if heading and (not title or one_line(heading.text) == one_line(title)):
        title = heading.text
        blocks.remove(heading)
    text = "\n\n".join(block.text for block in blocks)
    if not title:
        title, text = split_title(text, file.stem)
    yield make_article(front, title=title, text=text, origin=file.origin)


def _front_matter(text: str) -> tuple[Mapping[str, object], str]:
    """The fields at the top, and the rest. Words between two rules are no fields but text."""
    found = _FRONT_MATTER.match(text)
    if not found:
        if _OPEN_FRONT_MATTER.match(text):
            raise UnreadableArticle(
                "Its front matter has no end. Put a line of three dashes, ---, below its last field."
            )
        return {}, text
    front = found[1] or ""
    if len(front) > _FRONT_MATTER_CHARACTERS:
        raise UnreadableArticle(
            f"Its front matter has {len(front):,} characters; {_FRONT_MATTER_CHARACTERS:,} are allowed. Shorten it."
        )
    fields = _load_fields(front)
    if isinstance(fields, str):
        return {}, text
    if not isinstance(fields, dict | None):
        raise UnreadableArticle("Its front matter is not made of “name: value” lines. Correct it or remove it.")
    return fields or {}, text[found.end() :]


def _load_fields(front: str) -> object:
    loader = None
    try:
        loader = _PlainLoader(front)
        return loader.get_single_data()
    except (yaml.YAMLError, ValueError, RecursionError) as error:
        where = getattr(error, "problem_mark", None)
        place = f" in line {where.line + 2}" if where else ""
        problem = getattr(error, "problem", None) or "it cannot be read"
        raise UnreadableArticle(
            f"Its front matter is not valid YAML{place}: {problem}. Put values that hold “: ” in quotation marks."
        ) from error
    finally:
        if loader:
            loader.dispose()


def _without_comments(markdown: str) -> str:
    kept, begin = [], 0
    while (opened := markdown.find("<!--", begin)) >= 0 and (closed := markdown.find("-->", opened)) >= 0:
        kept.append(markdown[begin:opened])
        begin = closed + len("-->")
    return "".join(kept) + markdown[begin:]


def _blocks(markdown: str) -> Iterator[_Block]:
    """The blocks in order. The lines of a paragraph or list item become one."""
    block, fence = _Block(), ""
    for line in markdown.split("\n"):
        marks = _FENCE.match(line)
        if marks and fence in ("", marks[1]):
            fence = "" if fence else marks[1]
            if block.lines:
                yield block
            block = _Block(code=bool(fence))
            continue
        if fence:
            block.lines.append(line)
            continue
        line = _QUOTE.sub("", line, count=1) if _QUOTE.match(line) else line
        ended = _ended_by(line, block)
        if ended:
            yield from (each for each in ended if each.lines)
            block = _Block()
        else:
            _add_line(block, line)
    if block.lines:
        yield block


def _ended_by(line: str, block: _Block) -> list[_Block] | None:
    """The blocks that end with this line, itself included when it is a heading; None when it ends none."""
    underline = _UNDERLINE.match(line)
    if underline and len(block.lines) == 1 and not _BULLET.match(block.lines[0]):
        return [_Block(1 if underline[1][0] == "=" else 2, block.lines)]
    heading = _HEADING.match(line)
    if heading:
        return [block, _Block(len(heading[1]), [_without_closing_marks(heading[2] or "")])]
    return [block] if not line.strip() or _is_rule(line) else None


def _without_closing_marks(heading: str) -> str:
    bare = heading.rstrip().rstrip("#")
    return bare if not bare or bare[-1] in " \t" else heading


def _is_rule(line: str) -> bool:
    marks = "".join(line.split())
    return len(marks) >= 3 and marks[0] in "*-_" and marks == marks[0] * len(marks)


def _add_line(block: _Block, line: str) -> None:
    """Add a line of its own, or join it to the one before as Markdown does."""
    if _DEFINITION.match(line):
        return
    if line.lstrip().startswith("|"):
        cells = [cell.strip() for cell in line.strip().strip("|").split("|")]
        if any(cell.strip(":-") for cell in cells):
            block.lines.append(" | ".join(cells))
        return
    bullet = _BULLET.match(line)
    own_line = bullet or _NUMBER.match(line) or not block.lines or block.lines[-1].endswith(("  ", "\\"))
    bare = line[bullet.end() :] if bullet else line
    if own_line:
        if block.lines:
            block.lines[-1] = block.lines[-1].removesuffix("\\")
        block.lines.append(bare)
    else:
        block.lines[-1] += " " + bare.lstrip()


def _inline(line: str) -> str:
    """The words of a line. What stands between backticks is kept as it is."""
    parts = _CODE.split(line)
    return "".join(part if place % 2 else _without_marks(part) for place, part in enumerate(parts))


def _without_marks(text: str) -> str:
    # Emphasis twice: it may stand within emphasis.
    for pattern, words in (*_LINKS, *_EMPHASIS, *_EMPHASIS):
        text = pattern.sub(words, text)
    return html.unescape(_ESCAPED.sub(r"\1", text))
