"""The page's words for counts, days, verdicts and states; pure."""

from collections.abc import Sequence
from datetime import date

from assistant.answers import AnswerSentence, Status, VerdictLabel
from index.library import Coverage, Filters

# (icon, words): the icon is drawn beside the words, never in their place.
VERDICTS: dict[VerdictLabel, tuple[str, str]] = {
    "supported": ("✓", "Supported"),
    "partly": ("◐", "Partly supported"),
    "contradicted": ("✕", "Contradicted"),
    "not_found": ("?", "Not found"),
}


def score(value: float) -> str:
    """A verdict's score in [0, 1] as a share of a hundred: "score 87 of 100"."""
    return f"score {value * 100:.0f} of 100"


def count(number: int, noun: str) -> str:
    """A number with its noun: "1 article", "2 articles"."""
    return f"{number:,} {noun}" if number == 1 else f"{number:,} {noun}s"


def newest(shown: int, there: int) -> str:
    """What a list says that stops before its end; empty when all is shown."""
    return f"Only the newest {shown:,} of {count(there, 'article')} are listed." if shown < there else ""


def day(published_at: str | None) -> str:
    """An ISO date or date-time as "4 Nov 2026"; what is no date comes back as it is."""
    if not published_at:
        return ""
    try:
        parsed = date.fromisoformat(published_at[:10])
    except ValueError:
        return published_at
    return f"{parsed.day} {parsed:%b %Y}"


def days(first: str | None, last: str | None) -> str:
    """A range of days, or one day; empty when there is none."""
    if not first or not last:
        return day(first or last)
    return day(first) if first == last else f"{day(first)} – {day(last)}"


def coverage(searched: Coverage) -> str:
    """What a search looked at: "19 articles, 3 Sep 2026 – 4 Nov 2026"."""
    return ", ".join(filter(None, (count(searched.articles, "article"), days(searched.first_day, searched.last_day))))


def filters(chosen: Filters) -> str:
    """The filters as the page shows them: "since 1 Nov 2026, The Harbour Post"; empty without any."""
    parts = [
        f"since {day(chosen.since)}" if chosen.since else "",
        f"until {day(chosen.until)}" if chosen.until else "",
        ", ".join(chosen.sources),
    ]
    return ", ".join(filter(None, parts))


def summary(sentences: list[AnswerSentence]) -> str:
    """A check in a line: "4 sentences: 1 supported, 2 partly supported, 1 not found"."""
    counts = [
        f"{number} {words.lower()}"
        for label, (_, words) in VERDICTS.items()
        if (number := sum(sentence.verdict == label for sentence in sentences))
    ]
    return f"{count(len(sentences), 'sentence')}: {', '.join(counts)}" if counts else "No sentence yet"


def unfinished(said: Sequence[AnswerSentence], held: Sequence[AnswerSentence], status: Status) -> str:
    """How an answer stands that broke off, or of which not all is plainly backed."""
    if status == "incomplete":
        return "This answer is incomplete: the writer broke off before its end."
    if held or any(sentence.verdict in ("contradicted", "not_found") for sentence in said):
        return "Your articles back only part of what the writer said."
    if all(sentence.verdict == "supported" for sentence in said):
        return "This answers a part of the question."
    return "Sentences marked ◐ are not wholly in their source’s words: compare them before you rely on them."


def sources(sentences: list[AnswerSentence]) -> str:
    """What an answer rests on: "5 sentences in 3 articles"."""
    cited = {(c.article.id, c.start, c.end) for sentence in sentences for c in sentence.citations}
    return f"{count(len(cited), 'sentence')} in {count(len({article for article, _, _ in cited}), 'article')}"
