"""Words in quotation marks must be the source's own words."""

import re

from assistant.checks import Fault, Source
from index.articles import Span

_QUOTED = re.compile(r"“([^“”]+)”|\"([^\"]+)\"|(?<!\w)‘([^‘’]+(?:’\w[^‘’]*)*)’(?!\w)")
_PLAIN = str.maketrans({"“": '"', "”": '"', "‘": "'", "’": "'", "—": "-", "–": "-", "…": "...", "\u00a0": " "})
# What may stand at either end of a quotation without being part of it.
EDGES = " .,;:!?-'\""


def quotations(text: str) -> list[tuple[str, Span]]:
    """What stands in quotation marks, with its place; marks left out. Single words count too."""
    found = []
    for match in _QUOTED.finditer(text):
        group = next(number for number in (1, 2, 3) if match[number] is not None)
        found.append((match[group], Span(*match.span(group))))
    return found


def plain(text: str) -> str:
    """Words in comparable form: lower case, plain marks, single spaces."""
    return " ".join(text.translate(_PLAIN).lower().split())


def check(claim: str, source: Source, *, where: str) -> list[Fault]:
    """A fault for each quotation whose exact words the source does not have."""
    own = plain(source.text)
    faults = []
    for quoted, span in quotations(claim):
        # An ellipsis marks words left out; each part must stand by itself.
        parts = [plain(part).strip(EDGES) for part in re.split(r"\.\.\.|…|\[[^\]]*\]", quoted)]
        if not all(part in own for part in parts):
            shown = quoted if len(quoted) <= 80 else f"{quoted[:77]}…"
            faults.append(Fault("absent", f"The quoted words “{shown}” are not in {where}.", span))
    return faults
