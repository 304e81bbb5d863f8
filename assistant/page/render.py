"""Answers and articles as HTML: pure functions from data to strings. Everything they are given is escaped here.

The page draws the conversation itself instead of with gr.Chatbot: that one's sanitiser drops data-* attributes,
and it keeps images and forms that an article might smuggle in. Here no text ever becomes markup, and a link can
only be one of our own markers.
"""

from collections.abc import Iterable, Sequence
from html import escape

from assistant.answers import Answer, AnswerSentence, Citation
from assistant.page import wording
from assistant.page.markers import article_link, link
from assistant.page.telling import Conversation, Telling
from index.articles import Article, Span
from index.library import ArticleSummary, Coverage

# What a browser shows of a quote while the pointer rests on its marker.
_HOVER_LENGTH = 300
# A longer question would push its answer out of sight.
_QUESTION_LENGTH = 200
_LATEST_SHOWN = 6
# A longer table makes the page slow.
_MOST_ROWS = 500
_NO_ARTICLES = "Your library is empty. Look around with the sample articles, or add your own."
_NONE_PASSES = "No article passes the filters, so nothing was searched. Widen the dates, or choose other outlets."

# A telling as page.js draws it: parts that are set whole, and sentences that are only ever added to.
Drawn = dict[str, str | list[str]]


# Conversations


def conversation(told: Conversation) -> list[Drawn]:
    """All tellings, oldest first."""
    return [telling(each) for each in told.tellings]


def telling(told: Telling) -> Drawn:
    """One telling, whole or still running."""
    draw = check_row if told.job == "check" else sentence
    return {
        "job": told.job,
        "head": _head(told),
        "notices": "" if _is_not_found(told) else _lines("notice", told.notices),
        "sentences": [draw(each) for each in told.sentences],
        "foot": _foot(told),
    }


def _head(told: Telling) -> str:
    if told.job == "check":
        return f'<h2 class="summary">{escape(_check_summary(told))}</h2>'
    title = told.text or told.asked
    lines = [f'<h2 class="question">{escape(_shortened(title, _QUESTION_LENGTH))}</h2>' if title else ""]
    if told.text and told.asked and told.asked != " ".join(told.text.split()):
        lines.append(f'<p class="asked">Searched for: {escape(_shortened(told.asked, _QUESTION_LENGTH))}</p>')
    return "".join(lines)


def _check_summary(told: Telling) -> str:
    if not told.sentences:
        return "Checking…" if told.running else "No sentence was checked"
    return wording.summary(told.sentences) + ("…" if told.running else ".")


def sentence(said: AnswerSentence) -> str:
    """A sentence of an answer: its words, its markers, its verdict, and why, if there is a reason."""
    return (
        f'<div class="sentence is-{said.verdict}"><span class="words">{escape(said.text)}</span>'
        f"{markers(said.citations)}{verdict(said)}{_why(said)}</div>"
    )


def check_row(said: AnswerSentence) -> str:
    """A sentence on its own line, of a pasted text or held back: verdict first, reasons in full."""
    reasons = "".join(f"<li>{escape(reason)}</li>" for reason in said.reasons)
    return (
        f'<div class="row is-{said.verdict}">{verdict(said, quiet=False)}'
        f'<p><span class="words">{escape(said.text)}</span>{markers(said.citations)}</p>'
        + (f'<ul class="reasons">{reasons}</ul>' if reasons else "")
        + _near(said)
        + "</div>"
    )


def _near(said: AnswerSentence) -> str:
    """Where else to look: the nearest sentence of what is not found, and markers of further ones."""
    if not said.nearest:
        return ""
    if said.verdict != "not_found":
        return f'<p class="nearest">Also near: {markers(said.nearest)}</p>'
    return f'<p class="nearest">Nearest: {_quoted(said.nearest[0])}{markers(said.nearest[1:])}</p>'


def verdict(said: AnswerSentence, *, quiet: bool = True) -> str:
    """The verdict's icon, words and score; a quiet one of a supported sentence keeps them for screen readers."""
    icon, words = wording.VERDICTS[said.verdict]
    hidden = ' class="unseen"' if quiet and said.verdict == "supported" else ""
    score = wording.score(said.score)
    return (
        f'<span class="verdict" data-verdict="{said.verdict}" title="{score}">'
        f'<span class="icon" aria-hidden="true">{icon}</span><span{hidden}> {words}'
        + (f'<span class="unseen">, {score}</span>' if quiet else f' <span class="score">{score}</span>')
        + "</span></span>"
    )


def _why(said: AnswerSentence) -> str:
    if not said.reasons:
        return ""
    reasons = "".join(f"<li>{escape(reason)}</li>" for reason in said.reasons)
    return f'<details class="why"><summary>Why?</summary><ul class="reasons">{reasons}</ul></details>'


def markers(citations: Iterable[Citation]) -> str:
    """The markers of a sentence, kept together with its last word."""
    return "".join(f"&#8288;{marker(citation)}" for citation in citations)


def marker(citation: Citation) -> str:
    """The link [n]; its name tells the source, and the quote appears while the pointer rests on it."""
    source = ", ".join(filter(None, (citation.article.source, citation.article.title)))
    return (
        f'<a class="cite" href="{link(citation)}" aria-label="{escape(f"Source {citation.key}: {source}")}"'
        f' title="{escape(_shortened(citation.quote, _HOVER_LENGTH))}">[{citation.key}]</a>'
    )


def _shortened(text: str, length: int) -> str:
    return text if len(text) <= length else f"{text[: length - 1].rstrip()}…"


def _foot(told: Telling) -> str:
    if told.error is not None:
        return f'<p class="state error" role="alert">{escape(told.error)}</p>' + _held(told)
    if told.stopped:
        return '<p class="state">Stopped. What was said until then is above.</p>' + _held(told)
    if told.answer is None:
        return '<p class="state busy">' + ("Reading…" if told.searched else "Searching…") + "</p>"
    state = "" if told.job == "check" else _state(told, told.answer)
    return state + _held(told) + _colophon(told, told.answer)


def _state(told: Telling, answer: Answer) -> str:
    if answer.status == "answered":
        return ""
    if answer.status == "not_found":
        return _not_found(told, answer)
    return f'<p class="state">{wording.unfinished(told.sentences, told.held, answer.status)}</p>'


def _is_not_found(told: Telling) -> bool:
    """Whether nothing was found; the notices then are its reasons and stand beneath it."""
    return told.job != "check" and told.answer is not None and told.answer.status == "not_found"


def _lines(kind: str, lines: Iterable[str]) -> str:
    return "".join(f'<p class="{kind}">{escape(line)}</p>' for line in lines)


def _not_found(told: Telling, answer: Answer) -> str:
    if not answer.searched.articles:
        return f'<p class="state">{_NONE_PASSES}</p>'
    wrote = told.sentences or told.held
    lead = "Your articles back nothing of what the writer said." if wrote else "No answer was found in your articles."
    said = f'<p class="state">{lead} Searched: {escape(wording.coverage(answer.searched))}.</p>'
    said += _lines("reason", answer.notices)
    if not answer.nearest:
        return said
    rows = "".join(f"<li>{_quoted(citation)}</li>" for citation in answer.nearest)
    return f'{said}<p class="nearest-lead">The nearest sentences:</p><ul class="nearest">{rows}</ul>'


def _quoted(citation: Citation) -> str:
    by = f'<span class="by">{escape(_byline(citation.article))}</span>'
    return f"<q>{escape(citation.quote)}</q>{markers([citation])} {by}"


def _held(told: Telling) -> str:
    if not told.held:
        return ""
    rows = "".join(f"<li>{check_row(each)}</li>" for each in told.held)
    return (
        f'<details class="held"><summary>{wording.count(len(told.held), "sentence")} held back</summary>'
        f"<p>The writer said this too; your articles do not back it.</p><ul>{rows}</ul></details>"
    )


def _colophon(told: Telling, answer: Answer) -> str:
    """The line under an answer: what it rests on, what was held back, who wrote it, how long it took."""
    parts = [f"Sources: {wording.sources(told.sentences)}"] if told.sentences else []
    if told.job != "check" and told.sentences:
        parts += ["in the articles’ own words"] if answer.writer == "extractive" else _written_by(told, answer.writer)
    parts.append(f"{answer.seconds.total:.1f} s")
    return f'<p class="colophon">{escape(" · ".join(parts))}</p>'


def _written_by(told: Telling, model: str) -> list[str]:
    return [f"written by {model}", *([] if told.held else ["0 sentences held back"])]


# Articles


def article(shown: Article, cited: Span | None = None, also: Sequence[Span] = ()) -> str:
    """An article with the cited words marked, and other words of the same answer marked lightly."""
    title = escape(shown.title)
    lines = [
        f'<header class="what"><h2 tabindex="-1" title="{title}">{title}</h2>{_outlet_and_day(shown)}</header>',
        f'<p class="about">by {escape(shown.author)}</p>' if shown.author else "",
        f'<p class="about">{escape(shown.url)}</p>' if shown.url else "",
    ]
    return "".join(lines) + _body(shown.text, _marks(cited, also))


def _outlet_and_day(shown: Article) -> str:
    outlet = f'<span class="outlet">{escape(shown.source)}</span>' if shown.source else ""
    known = " · ".join(filter(None, (outlet, escape(wording.day(shown.published_at)))))
    return f"<p>{known}</p>" if known else ""


def message(text: str) -> str:
    """A plain line in the article panel."""
    return f'<p class="message">{escape(text)}</p>'


def _marks(cited: Span | None, also: Sequence[Span]) -> list[tuple[Span, str]]:
    """Marks in the order of the text, none touching another; the cited words come first."""
    marks = [(cited, "cited")] if cited else []
    for span in sorted(set(also)):
        if all(span.end <= other.start or span.start >= other.end for other, _ in marks):
            marks.append((span, "also"))
    return sorted(marks)


def _body(text: str, marks: Sequence[tuple[Span, str]]) -> str:
    """Paragraphs, one a line; a line end inside a mark does not end one, so that a mark is never cut in two."""
    paragraphs = []
    for start, end in _paragraphs(text, marks):
        inside = [(span, kind) for span, kind in marks if start <= span.start and span.end <= end]
        paragraphs.append(f"<p>{_marked(text, Span(start, end), inside)}</p>")
    return f'<div class="text">{"".join(paragraphs)}</div>'


def _paragraphs(text: str, marks: Sequence[tuple[Span, str]]) -> list[tuple[int, int]]:
    ends = [
        place
        for place, char in enumerate(text)
        if char == "\n" and not any(span.start <= place < span.end for span, _ in marks)
    ]
    starts = [0, *(end + 1 for end in ends)]
    return [(start, end) for start, end in zip(starts, [*ends, len(text)], strict=True) if text[start:end].strip()]


def _marked(text: str, within: Span, marks: Sequence[tuple[Span, str]]) -> str:
    pieces, place = [], within.start
    for span, kind in marks:
        pieces.append(escape(text[place : span.start]))
        pieces.append(f'<mark class="{kind}">{escape(text[span.start : span.end])}</mark>')
        place = span.end
    pieces.append(escape(text[place : within.end]))
    return "".join(pieces)


def _byline(shown: Article | ArticleSummary) -> str:
    return ", ".join(filter(None, (shown.source, wording.day(shown.published_at))))


# The rest of the page


def masthead(covered: Coverage) -> str:
    """The page's head: its name and what it knows."""
    known = wording.coverage(covered) if covered.articles else "No articles yet"
    return (
        '<header class="masthead"><h1>Briefing</h1><p class="tagline">Every sentence with the words that back it.</p>'
        f'<p class="known">{escape(known)}</p></header>'
    )


def front(articles: Sequence[ArticleSummary]) -> str:
    """What stands in an empty conversation: the latest headlines, or how to begin."""
    if not articles:
        return f'<p class="hint">{_NO_ARTICLES}</p>'
    rows = "".join(
        f'<li><a class="open" href="{article_link(each.id)}">{escape(each.title)}</a>'
        f' <span class="by">{escape(_byline(each))}</span></li>'
        for each in articles[:_LATEST_SHOWN]
    )
    return (
        '<p class="hint">Ask anything about your articles. Choose a marker, such as [1], to see the sentence'
        f' behind it.</p><h2>Latest in your library</h2><ul class="headlines">{rows}</ul>'
    )


def shelf(articles: Sequence[ArticleSummary]) -> str:
    """The table of articles; page.js adds what its buttons do."""
    if not articles:
        return f'<p class="hint">{_NO_ARTICLES}</p>'
    rows = "".join(_shelf_row(each) for each in articles[:_MOST_ROWS])
    cut = wording.newest(_MOST_ROWS, len(articles))
    more = f"{cut} For the others use the command line: briefing articles, briefing remove." if cut else ""
    return (
        hint(more) + '<div class="tools"><button type="button" class="remove" disabled>Remove chosen articles</button>'
        '<span class="confirm" hidden><span class="confirm-words" role="status"></span>'
        '<button type="button" class="really">Remove</button><button type="button" class="keep">Keep</button>'
        "</span></div>"
        '<table class="shelf"><caption class="unseen">Articles, newest first</caption><thead><tr>'
        '<th><span class="unseen">Choose</span></th><th>Title</th><th>Outlet</th><th>Date</th>'
        f'<th class="number">Sentences</th></tr></thead><tbody>{rows}</tbody></table>'
    )


def _shelf_row(each: ArticleSummary) -> str:
    title = escape(each.title)
    return (
        f'<tr><td><label><input type="checkbox" value="{escape(each.id)}" aria-label="Choose {title}"></label></td>'
        f'<td><a class="open" href="{article_link(each.id)}">{title}</a></td>'
        f"<td>{escape(each.source or '')}</td><td>{escape(wording.day(each.published_at))}</td>"
        f'<td class="number">{each.sentences:,}</td></tr>'
    )


def waiting(text: str) -> str:
    """A report before anything is known of how long it takes."""
    return f'<div class="report" role="status"><p class="going"><progress></progress> {escape(text)}</p></div>'


def report(lines: Sequence[tuple[bool, str]], *, done: int, total: int, name: str = "") -> str:
    """What became of each file so far; `name` is the file being read now."""
    going = (
        f'<p class="going"><progress max="{total}" value="{done}"></progress>'
        f" Reading {done + 1} of {total}: {escape(name)}</p>"
        if done < total
        else ""
    )
    rows = "".join(
        f'<li class="{"good" if good else "bad"}"><span aria-hidden="true">{"✓" if good else "✕"}</span>'
        f" {escape(line)}</li>"
        for good, line in lines
    )
    return f'<div class="report" role="status">{going}<ul>{rows}</ul></div>'


def hint(text: str) -> str:
    """A gentle line under a box; empty for none."""
    return f'<p class="hint" role="status">{escape(text)}</p>' if text else ""
