"""Who writes: the protocol of writers, and the one that has a language model write from numbered source sentences.

Knows prompts, citations and one model; nothing of searching, verdicts or pages. What a model says is passed on
unchecked, as drafts.
"""

import re
import secrets
import time
from collections.abc import Callable, Generator, Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass
from random import Random
from typing import TYPE_CHECKING, Any, Literal, Protocol
from urllib.parse import urlsplit

from assistant.citations import CitationStream, CitedText
from assistant.settings import Settings, SettingsError
from index.articles import one_line
from index.errors import BriefingError
from index.search import Evidence
from prompts import NOT_IN_SOURCES, fill

if TYPE_CHECKING:
    from llama_index.core.llms import LLM

# Letters that seldom stand before a two-digit number in the news (unlike A12, B52, F16, G20, M25 or U21).
_KEY_LETTERS = "JKQVXYZ"
# English takes about 1.4 tokens a word, a key about 6; the rest is room for a model that rambles.
_TOKENS_PER_WORD = 4
_SPARE_TOKENS = 200
# An endpoint that ignores the limit of tokens is stopped here.
_CHARACTERS_PER_TOKEN = 20
# A whole reply may take so many times the patience for one piece of it.
_PATIENCE = 10
# So many sentences in a row that were said before show that a model goes round in circles.
_REPEATS = 3
_KEY_LIKE = re.compile(r"[\[［【〔]+([^\[\]［］【】〔〕]{0,40}\d[^\[\]［］【】〔〕]{0,40})[\]］】〕]+")
_ERROR_CODE = re.compile(r"[a-z]+(?:_[a-z]+){0,6}")
_YES_OR_NO = re.compile(r"[\s*_\"“‘(]*(yes|no)\b(?!\s+(?:and|or)\b)", re.IGNORECASE)
_OPINION_WORDS = 1
_THOUGHTS = ("<think>", "</think>")


class WriterFailed(BriefingError):
    """A writer could not write, told in plain words; the sentences it gave before stand."""


class WriterCut(WriterFailed):
    """A reply broke off before its end; the sentences that were complete have been given."""


@dataclass(frozen=True)
class Assignment:
    """What to write, from which sentences, in about how many words. `question` is a briefing's topic, or empty."""

    kind: Literal["answer", "briefing"]
    question: str
    evidence: tuple[Evidence, ...]
    words: int


@dataclass(frozen=True)
class Draft:
    """One drafted sentence, unchecked; `dropped` are keys that the model invented."""

    text: str
    cited: tuple[Evidence, ...]
    dropped: tuple[str, ...] = ()


class Writer(Protocol):
    """Writes an assignment sentence by sentence; closing the iterator stops it. Raises WriterFailed or WriterCut."""

    @property
    def name(self) -> str:
        """What readers are told about who wrote."""

    def write(self, assignment: Assignment) -> Iterator[Draft]:
        """The drafts, each as soon as it is complete."""


@dataclass(frozen=True)
class Prompt:
    """The text that a model is given, the fence in it, and the evidence by the keys in it."""

    text: str
    fence: str
    evidence: Mapping[str, Evidence]


class ModelWriter:
    """Has a LlamaIndex model write, and gives each sentence with the evidence that the model cites for it.

    A reply may take `longest` seconds in all. `random` makes the keys and the fence; give one to repeat them.
    """

    def __init__(self, llm: "LLM", name: str, *, longest: float = 600.0, random: Random | None = None) -> None:
        self._llm = llm
        self._name = name
        self._longest = longest
        self._random = random or secrets.SystemRandom()

    @property
    def name(self) -> str:
        """The model's name."""
        return self._name

    def write(self, assignment: Assignment) -> Iterator[Draft]:
        """The model's sentences as they are completed; none when it finds no answer in the sources.

        Without evidence the model is not asked. Raises WriterFailed before the first words and for a reply that says
        nothing at all, WriterCut after the first words.
        """
        if not assignment.evidence:
            return
        prompt = compose(assignment, self._random)
        reply = CitationStream(prompt.evidence)
        desk = _Desk(prompt, _place(self._llm))
        with closing(self._reply(prompt.text, assignment.words)) as pieces:
            for piece in _without_thoughts(pieces):
                yield from desk.drafts(reply.feed(piece))
        yield from desk.drafts(reply.finish())
        desk.check_spoke()

    def agrees(self, claim: str, source: str) -> bool | None:
        """Whether the model finds in the source all that the claim says; None when it says neither yes nor no.

        Raises WriterFailed.
        """
        fence = _fence(f"{claim} {source}", self._random)
        text = fill("opinion", fence=fence, source=one_line(source), claim=one_line(claim))
        with closing(self._reply(text, _OPINION_WORDS)) as pieces:
            reply = "".join(_without_thoughts(pieces))
        said = _YES_OR_NO.match(reply)
        return said[1].lower() == "yes" if said else None

    def _reply(self, text: str, words: int) -> Generator[str, None, None]:
        """The reply piece by piece; returning means that it is complete."""
        from llama_index.core.llms import ChatMessage

        limit = words * _TOKENS_PER_WORD + _SPARE_TOKENS
        place = _place(self._llm)
        progress = _Progress(limit, place, self._longest)
        try:
            with _own_connection(self._llm) as llm:
                for response in llm.stream_chat([ChatMessage(role="user", content=text)], max_tokens=limit):
                    progress.note(response.raw, response.delta or "")
                    if response.delta:
                        yield response.delta
        except WriterFailed:
            raise
        except Exception as error:  # any model may stand here, and each has errors of its own
            raise _failure(error, place, self._name, begun=progress.characters > 0) from error
        progress.check_finished()


def model_writer(settings: Settings) -> ModelWriter:
    """The writer for the endpoint in the settings.

    Waiting is bounded: each of `retries` + 1 attempts gives up after `timeout` seconds of silence, an attempt is
    repeated only while no reply has begun and after at most 60 seconds, and a reply may take 10 times `timeout`.
    Raises SettingsError when the model or the endpoint is not named.
    """
    if not settings.model:
        raise SettingsError("No writing model is named. Set BRIEFING_MODEL to a model that your endpoint serves.")
    endpoint = settings.writer_endpoint
    if endpoint is None:
        raise SettingsError(
            f"The model {settings.model} has no endpoint. Set BRIEFING_BASE_URL, such as http://127.0.0.1:11434/v1."
        )
    from llama_index.llms.openai_like import OpenAILike  # type: ignore[import-untyped]

    llm = OpenAILike(
        model=settings.model,
        api_base=endpoint.base_url,
        # Never None: the client would then look for a key in the environment by itself.
        api_key=endpoint.key or "none",
        is_chat_model=True,
        temperature=0.0,
        timeout=settings.timeout,
        # LlamaIndex repeats calls as well, but its repeating does not reach streams: only the client's counts here.
        max_retries=settings.retries,
    )
    return ModelWriter(llm, settings.model, longest=_PATIENCE * settings.timeout)


def opinion(settings: Settings) -> Callable[[str, str], bool | None] | None:
    """Where the settings ask for a second opinion: what gives it. Raises SettingsError as `model_writer` does."""
    return model_writer(settings).agrees if settings.second_opinion else None


def compose(assignment: Assignment, random: Random) -> Prompt:
    """The prompt for an assignment, with keys and a fence that its sources do not hold."""
    sources = [_source(each) for each in assignment.evidence]
    taken = "\n".join([assignment.question, *sources])
    evidence = dict(zip(_keys(len(sources), taken, random), assignment.evidence, strict=True))
    lines = [f"[{key}] {source}" for key, source in zip(evidence, sources, strict=True)]
    fence = _fence(taken, random)
    text = fill(
        assignment.kind,
        fence=fence,
        sentences="\n".join(lines),
        question=one_line(assignment.question) or "what these sentences report",
        words=str(assignment.words),
        not_in_sources=NOT_IN_SOURCES,
    )
    return Prompt(text, fence, evidence)


def _source(evidence: Evidence) -> str:
    """One line for one sentence; brackets that look like a key become round."""
    return _KEY_LIKE.sub(r"(\1)", f"{_origin(evidence)} {one_line(evidence.sentence.text)}".strip())


def _origin(evidence: Evidence) -> str:
    known = [part for part in (evidence.article.source, (evidence.article.published_at or "")[:10]) if part]
    return f"({', '.join(known)})" if known else ""


def _keys(count: int, taken: str, random: Random) -> list[str]:
    """Keys from a random start, under a letter that the taken text does not use with a number if there is one."""
    free = [letter for letter in _KEY_LETTERS if not re.search(rf"\b{letter}\d", taken, re.IGNORECASE)]
    letter = random.choice(free or _KEY_LETTERS)
    start = random.randint(11, max(11, 99 - count))
    return [f"{letter}{number}" for number in range(start, start + count)]


def _fence(taken: str, random: Random) -> str:
    while True:
        fence = f"{random.getrandbits(32):08x}"
        if fence not in taken:
            return f"====={fence}====="


class _Desk:
    """Turns the sentences of one reply into drafts: drops what is no statement, and stops a model that goes round."""

    def __init__(self, prompt: Prompt, place: str) -> None:
        self._prompt, self._place = prompt, place
        self._declined = False
        self._origins = {_origin(each) for each in prompt.evidence.values()}
        self._said: set[str] = set()
        self._repeated = 0

    def drafts(self, sentences: Sequence[CitedText]) -> Iterator[Draft]:
        for sentence in sentences:
            text = self._without_origin(sentence.text)
            self._declined = self._declined or _says_not_in_sources(text)
            if not text or self._prompt.fence.strip("=") in text or _says_not_in_sources(text) or self._repeats(text):
                continue
            cited = tuple(self._prompt.evidence[key] for key in sentence.keys)
            yield Draft(text, cited, sentence.unknown)

    def check_spoke(self) -> None:
        """Raises when the reply held neither a statement nor the words for finding none."""
        if not self._said and not self._declined:
            raise WriterFailed(
                f"The writing model{self._place} wrote nothing. Ask again; with a model that thinks aloud, "
                "turn its thinking off."
            )

    def _without_origin(self, text: str) -> str:
        """Small models copy the outlet and day from the front of a source line; they are no part of the statement."""
        for origin in self._origins:
            text = text.removeprefix(origin).lstrip()
        return text

    def _repeats(self, text: str) -> bool:
        said = text.casefold()
        if said not in self._said:
            self._said.add(said)
            self._repeated = 0
            return False
        self._repeated += 1
        if self._repeated == _REPEATS:
            raise WriterCut(f"The writing model{self._place} began to repeat itself, so it was stopped.")
        return True


def _says_not_in_sources(text: str) -> bool:
    return text.strip(" .:!*“”\"'").casefold() == NOT_IN_SOURCES.casefold()


def _without_thoughts(pieces: Iterator[str]) -> Iterator[str]:
    """The pieces without the thinking aloud with which some models begin, between <think> and </think>."""
    opening, closing_ = _THOUGHTS
    held = ""
    for piece in pieces:
        held += piece
        start = held.lstrip()
        if start.startswith(opening):
            _, ended, held_after = held.partition(closing_)
            if not ended:
                held = opening + held[-len(closing_) :]  # enough to see the end when it comes
                continue
            held = held_after
        elif opening.startswith(start):
            continue
        yield held
        yield from pieces
        return
    if held and not held.lstrip().startswith(opening):
        yield held


class _Progress:
    """Follows a reply to tell whether it has ended, and stops one that goes on for ever."""

    def __init__(self, limit: int, place: str, longest: float) -> None:
        self.characters = 0
        self._limit, self._place = limit, place
        self._longest, self._started = longest, time.monotonic()
        self._heard = self._says_when_finished = False
        self._finish: str | None = None

    def note(self, raw: Any, delta: str) -> None:
        self._heard = True
        self.characters += len(delta)
        choices = getattr(raw, "choices", None)
        if choices is not None:  # a last chunk of token counts has no choices
            self._says_when_finished = True
            self._finish = self._finish or next((choice.finish_reason for choice in choices), None)
        if self.characters > self._limit * _CHARACTERS_PER_TOKEN:
            raise WriterCut(f"The writing model{self._place} did not stop at {self._limit} tokens, so it was stopped.")
        if time.monotonic() - self._started > self._longest:
            raise WriterCut(
                f"The writing model{self._place} was stopped after {self._longest:.0f} seconds. "
                "Take a faster model or raise BRIEFING_TIMEOUT."
            )

    def check_finished(self) -> None:
        """Raises unless the model said that it was done, or is of a kind that never says so."""
        if not self._heard:
            raise WriterFailed(
                f"The writing model{self._place} sent nothing that can be read as a reply. "
                "Check that BRIEFING_BASE_URL names an OpenAI-compatible endpoint; most end in /v1."
            )
        if self._finish == "length":
            raise WriterCut(
                f"The writing model{self._place} reached its limit of {self._limit} tokens, so the reply is "
                "incomplete. Ask for less; with a model that thinks aloud, turn its thinking off."
            )
        if self._finish == "content_filter":
            raise WriterCut(f"A filter of the endpoint{self._place} broke off the reply. Ask in other words.")
        if self._says_when_finished and not self._finish:
            raise WriterCut(f"The connection to the writing model{self._place} broke off. Ask again.")


@contextmanager
def _own_connection(llm: "LLM") -> Iterator["LLM"]:
    """The model over a connection of its own, which is closed on leaving, so that the model stops.

    Closing LlamaIndex's stream leaves the connection to the garbage collector, and the model runs on. Redirects are
    not followed: the articles go to the endpoint that was named and to no other.
    """
    import httpx
    from llama_index.llms.openai import OpenAI

    if not isinstance(llm, OpenAI):
        yield llm
        return
    with httpx.Client() as http:
        own = llm.model_copy()
        own._client, own._http_client = None, http
        yield own


def _place(llm: "LLM") -> str:
    """“ at URL” without the name and password that a URL may hold, or nothing."""
    url = getattr(llm, "api_base", None)
    if not url:
        return ""
    try:
        parts = urlsplit(str(url))
        host = f"[{parts.hostname}]" if ":" in (parts.hostname or "") else parts.hostname
        port = f":{parts.port}" if parts.port else ""
    except ValueError:
        return ""
    return f" at {parts.scheme}://{host}{port}{parts.path}"


def _failure(error: Exception, place: str, model: str, *, begun: bool) -> WriterFailed:
    """What went wrong in plain words. The endpoint's own text is left out: it may hold anything, even the key."""
    kind = WriterCut if begun else WriterFailed
    return kind(f"The writing model{place} {_reason(error, model)}")


def _reason(error: Exception, model: str) -> str:
    import httpx
    import openai

    if isinstance(error, openai.APITimeoutError | httpx.TimeoutException):
        return "did not answer in time. Check that it is running, or raise BRIEFING_TIMEOUT."
    if isinstance(error, openai.APIStatusError):
        return _status_reason(error.status_code, model, _code(error))
    if isinstance(error, openai.APIConnectionError):
        return "cannot be reached. Start it, or correct BRIEFING_BASE_URL."
    if isinstance(error, httpx.HTTPError):
        return "broke off the connection. Ask again."
    if isinstance(error, openai.APIError):
        return f"reported an error while it wrote{_code(error)}. Ask again, or look into its log."
    if isinstance(error, ValueError | TypeError | AttributeError | LookupError):
        return "sent something that cannot be read as a reply. Check that its endpoint is OpenAI-compatible."
    return f"failed ({type(error).__name__}). Ask again, or look into its log."


def _status_reason(status: int, model: str, code: str) -> str:
    if status in (401, 403):
        return f"refused the key ({status}). Set BRIEFING_API_KEY to one that is valid there."
    if status == 404:
        return f"does not know “{model}” ({status}). Correct BRIEFING_MODEL, or BRIEFING_BASE_URL: most end in /v1."
    if status == 429:
        return f"is busy or your quota there is used up ({status}). Wait a little and ask again."
    if status in (400, 413, 422):
        return f"refused the request ({status}{code}). The model may not take so long a text: try a larger one."
    if status >= 500:
        return f"is out of order ({status}). Ask again later, or look into its log."
    return f"refused the request ({status}{code}). Check BRIEFING_BASE_URL and BRIEFING_MODEL."


def _code(error: Any) -> str:
    """The error's code as “, code” if it is one of plain small words."""
    code = getattr(error, "code", None)
    return f", {code}" if isinstance(code, str) and _ERROR_CODE.fullmatch(code) else ""
