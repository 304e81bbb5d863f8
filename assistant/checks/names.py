"""Names of a claim must stand in its source: whole, by surname after first mention, or behind a pronoun."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from assistant.checks import Fault, Source
from assistant.checks.dates import days
from index.articles import Span
from index.words import STOPWORDS, Word, words

# Titles go with a name but do not tell people apart.
TITLES = frozenset(
    [
        "mr",
        "mrs",
        "ms",
        "dr",
        "prof",
        "professor",
        "sir",
        "dame",
        "lord",
        "lady",
        "president",
        "vice",
        "prime",
        "minister",
        "secretary",
        "secretary-general",
        "general",
        "chancellor",
        "chairman",
        "chairwoman",
        "chair",
        "chief",
        "director",
        "mayor",
        "governor",
        "senator",
        "sen",
        "rep",
        "representative",
        "ambassador",
        "captain",
        "capt",
        "colonel",
        "col",
        "lieutenant",
        "lt",
        "sergeant",
        "sgt",
        "officer",
        "judge",
        "justice",
        "king",
        "queen",
        "prince",
        "princess",
        "pope",
        "bishop",
        "reverend",
        "rev",
        "father",
        "sister",
        "spokesman",
        "spokeswoman",
        "spokesperson",
        "editor",
        "analyst",
        "commissioner",
        "inspector",
        "detective",
        "superintendent",
        "councillor",
        "councilor",
        "deputy",
        "defence",
        "defense",
        "foreign",
        "interior",
        "finance",
        "health",
        "state",
        "executive",
        "harbourmaster",
        "harbormaster",
    ]
)
# Verbs that give words to a speaker.
SPEECH_VERBS = frozenset(
    [
        "said",
        "says",
        "say",
        "stated",
        "states",
        "told",
        "tells",
        "noted",
        "notes",
        "added",
        "adds",
        "warned",
        "warns",
        "explained",
        "explains",
        "argued",
        "argues",
        "claimed",
        "claims",
        "announced",
        "announces",
        "confirmed",
        "confirms",
        "reported",
        "reports",
        "remarked",
        "remarks",
        "remarking",
        "commented",
        "comments",
        "insisted",
        "insists",
        "described",
        "describes",
        "declared",
        "declares",
        "suggested",
        "suggests",
        "acknowledged",
        "acknowledges",
        "admitted",
        "admits",
        "denied",
        "denies",
        "stressed",
        "stresses",
        "emphasized",
        "emphasised",
        "emphasizes",
        "emphasises",
        "reiterated",
        "reiterates",
        "replied",
        "replies",
        "wrote",
        "writes",
        "testified",
        "estimated",
        "estimates",
        "condemned",
        "condemns",
        "expressed",
        "expresses",
        "disclosed",
        "discloses",
        "revealed",
        "reveals",
        "highlighted",
        "highlights",
        "called",
        "urged",
        "urges",
        "promised",
        "promises",
        "predicted",
        "predicts",
        "stating",
        "noting",
        "adding",
        "warning",
        "saying",
    ]
)
# One name for what goes by several; short forms first, as written without points.
_ALIASES = {
    "us": "america", "usa": "america", "american": "america", "americans": "america",
    "uk": "britain", "british": "britain", "briton": "britain", "eu": "europe", "european": "europe",
    "un": "nations", "chinese": "china", "french": "france", "german": "germany", "dutch": "netherlands",
    "spanish": "spain", "polish": "poland", "swiss": "switzerland", "greek": "greece", "danish": "denmark",
    "swedish": "sweden", "finnish": "finland", "turkish": "turkey", "welsh": "wales", "scottish": "scotland",
    "irish": "ireland", "israeli": "israel", "iraqi": "iraq", "japanese": "japan", "thai": "thailand",
    "ukrainian": "ukraine", "russian": "russia", "korean": "korea", "italian": "italy", "indian": "india",
    "mexican": "mexico", "canadian": "canada", "australian": "australia", "norwegian": "norway", "belgian": "belgium",
    "iranian": "iran", "syrian": "syria", "palestinian": "palestine", "afghan": "afghanistan", "pakistani": "pakistan",
    "brazilian": "brazil", "argentine": "argentina", "egyptian": "egypt", "african": "africa", "asian": "asia",
}  # fmt: skip
NATIONS = frozenset(_ALIASES.values()) - {"nations"}
_LINKS = {"of", "the", "de", "del", "la", "le", "van", "von", "der", "den", "bin", "al", "el", "and", "for", "&"}
_PRONOUN = re.compile(r"\b(he|she|they|his|her|hers|their|him|them|it|its|who|whose)\b", re.IGNORECASE)
# A first word with one of these endings is a word with a capital, not a name.
_COMMON_ENDINGS = ("ing", "ly", "ed", "ers", "ists", "ials", "ors", "ments", "ities", "ions", "ants", "ents")


@dataclass(frozen=True)
class Name:
    """A name as written, with the parts that tell it apart in comparable form."""

    text: str
    parts: tuple[str, ...]
    span: Span

    @property
    def last(self) -> str:
        """The surname of a person, the last word of anything else."""
        return self.parts[-1]


def plain(word: str) -> str:
    """A name's word in comparable form: lower case, no points or possessive, one form for nation and people."""
    lowered = word.lower().replace("’", "'").replace(".", "").removesuffix("'s").removesuffix("'")
    if lowered in _ALIASES:
        return _ALIASES[lowered]
    singular = lowered.removesuffix("s")
    return _ALIASES.get(singular, lowered)


def names(text: str) -> list[Name]:
    """The names of a text, in order: runs of capitalised words, dates left out, titles not counted as parts."""
    dated = [day.span for day in days(text)]
    found = []
    for run in _capitalised_runs(text):
        run = [word for word in run if not any(d.start <= word.span.start < d.end for d in dated)]
        parts = tuple(plain(word.text) for word in run if plain(word.text) not in TITLES | _LINKS)
        if parts:
            first, last = run[0].span.start, run[-1].span.end
            found.append(Name(text[first:last], parts, Span(first, last)))
    return found


def _capitalised_runs(text: str) -> Iterator[list[Word]]:
    run: list[Word] = []
    every = words(text)
    for number, word in enumerate(every):
        joins = bool(run) and not re.search(r"[.;:!?()\"“”,\n—–]", text[run[-1].span.end : word.span.start])
        if (
            _is_capitalised(word.text)
            and (joins or not run)
            and not (_starts(text, word) and _is_common(every, number))
        ) or (joins and word.text.lower() in _LINKS and _next_is_name(text, every, number)):
            run.append(word)
        else:
            if run:
                yield run
            starts_new = _is_capitalised(word.text) and not (_starts(text, word) and _is_common(every, number))
            run = [word] if starts_new else []
    if run:
        yield run


def _is_capitalised(word: str) -> bool:
    return word[:1].isupper() and word.lower() not in {"i", "i'm", "i've", "i'll", "i’m", "i’ve", "i’ll"}


def _starts(text: str, word: Word) -> bool:
    """Whether a word stands where any word has a capital: at the start, after a full stop, colon or opening quote."""
    before = text[: word.span.start].rstrip(" ")
    return not before or before[-1] in '.!?:“"‘(\n•–—'


def _is_common(every: list[Word], number: int) -> bool:
    """Whether the first word of a sentence is a plain word: grammar, or no name by its ending or company."""
    word = every[number].text
    lowered = word.lower().replace("’", "'")
    if lowered in STOPWORDS or lowered in _LINKS:
        return True
    if word.isupper() and len(word) > 1:
        return False
    following = every[number + 1].text if number + 1 < len(every) else ""
    if _is_capitalised(following):
        return lowered.endswith(_COMMON_ENDINGS[:3])
    return following.lower() not in SPEECH_VERBS and (
        lowered.endswith(_COMMON_ENDINGS) or not _looks_proper(every, number)
    )


def _looks_proper(every: list[Word], number: int) -> bool:
    """Whether the same word stands with a capital inside the text too."""
    return any(other.text == every[number].text for other in every[number + 1 :])


def _next_is_name(text: str, every: list[Word], number: int) -> bool:
    if number + 1 >= len(every) or not _is_capitalised(every[number + 1].text):
        return False
    return every[number].text.lower() != "and" and text[every[number].span.end : every[number + 1].span.start] == " "


def check(claim: str, source: Source, *, where: str) -> list[Fault]:
    """A fault for each name of the claim that the source neither gives nor refers to."""
    own = _forms(source.text)
    behind = own | _forms(source.before) if _PRONOUN.search(source.text) else own
    faults = []
    for name in names(claim):
        if _stands(name, own, source) or _stands(name, behind, source):
            continue
        faults.append(_fault(name, source, where))
    return faults


def _forms(text: str) -> set[str]:
    forms = {plain(word.text) for word in words(text)}
    return forms | {part for form in forms if "-" in form for part in form.split("-")}


def _stands(name: Name, forms: set[str], source: Source) -> bool:
    missing = [part for part in name.parts if part not in forms]
    if not missing:
        return True
    if _is_initials(name, source):
        return True
    if name.last in missing or len(name.parts) == 1:
        return False
    # A surname in the sentence may carry the first name that the article gives it elsewhere.
    return " ".join(name.parts) in " ".join(plain(word.text) for word in words(source.whole))


def _is_initials(name: Name, source: Source) -> bool:
    """Whether an acronym stands for capitalised words of the source, or the words for its acronym."""
    if len(name.parts) == 1 and name.text.isupper() and len(name.text) > 1:
        letters = name.text.lower()
        return any("".join(part[0] for part in other.parts) == letters for other in names(source.text))
    initials = "".join(part[0] for part in name.parts)
    return len(initials) > 1 and initials.upper() in {word.text.replace(".", "") for word in words(source.text)}


def _fault(name: Name, source: Source, where: str) -> Fault:
    others = [other for other in names(source.text) if other.parts != name.parts]
    if not others:
        return Fault("absent", f"“{name.text}” is not in {where}.", name.span)
    listed = " and ".join(dict.fromkeys(f"“{other.text}”" for other in others[:2]))
    return Fault("absent", f"“{name.text}” is not in {where}, which names {listed}.", name.span, others[0].span)
