"""The link behind a marker: which words of which article. What a browser sends back is checked here."""

import re
from dataclasses import dataclass

from assistant.answers import Citation
from index.articles import Article, Span

_CITE = re.compile(r"#cite-([0-9a-f]{32})-([0-9]{1,9})-([0-9]{1,9})")
_ARTICLE = re.compile(r"#article-([0-9a-f]{32})")


@dataclass(frozen=True)
class Place:
    """An article and the words in it; without a span, the article as a whole."""

    article_id: str
    span: Span | None = None

    def is_in(self, article: Article) -> bool:
        """Whether the article has these words."""
        if self.article_id != article.id:
            return False
        return self.span is None or 0 <= self.span.start < self.span.end <= len(article.text)


def link(citation: Citation) -> str:
    """The target of a citation's marker."""
    return f"#cite-{citation.article.id}-{citation.start}-{citation.end}"


def article_link(article_id: str) -> str:
    """The target that opens an article without marking anything."""
    return f"#article-{article_id}"


def parse(target: object) -> Place | None:
    """The place a link names; None for anything that is no link of ours."""
    if not isinstance(target, str):
        return None
    if cite := _CITE.fullmatch(target):
        return Place(cite[1], Span(int(cite[2]), int(cite[3])))
    if article := _ARTICLE.fullmatch(target):
        return Place(article[1])
    return None
