"""What a click on a marker shows: the article with the words marked. Trusts nothing the browser sends."""

from collections.abc import Mapping

from assistant.page import render
from assistant.page.markers import Place, parse
from index.articles import Article
from index.errors import BadRequest
from index.library import Library

_GONE = "This article is no longer in the library."
_ODD = "This marker leads nowhere."
# More markers than an answer can have; a longer list is not ours.
_MOST_ALSO = 300


def open_article(library: Library, request: object) -> str:
    """The panel's HTML for {"target": link, "also": other links of the same answer}, or a plain message."""
    target = parse(request.get("target")) if isinstance(request, Mapping) else None
    if target is None:
        return render.message(_ODD)
    try:
        article = library.article(target.article_id)
    except BadRequest:
        return render.message(_GONE)
    if not target.is_in(article):
        return render.message(_ODD)
    also = _others(request.get("also"), article) if isinstance(request, Mapping) else []
    return render.article(article, target.span, [place.span for place in also if place.span])


def _others(links: object, article: Article) -> list[Place]:
    """The places of this article among the links; what is not one is left out."""
    if not isinstance(links, list):
        return []
    places = map(parse, links[:_MOST_ALSO])
    return [place for place in places if place is not None and place.is_in(article)]
