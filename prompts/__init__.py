"""The texts given to a writing model, one file each, and the one loader that fills them. Knows nothing of models."""

from importlib.resources import files
from string import Template

# What the model is told to reply when the sentences do not answer; the writer turns it into no sentence at all.
NOT_IN_SOURCES = "NOT IN THE SOURCES"


def fill(name: str, **values: str) -> str:
    """The text of `name`.txt with each $placeholder replaced; values are never read for placeholders themselves.

    Raises ValueError for an unknown text, and for placeholders that lack a value or values that lack a placeholder.
    """
    template = Template(_read(name))
    wanted, given = set(template.get_identifiers()), set(values)
    if wanted - given:
        raise ValueError(f"prompts/{name}.txt also needs: {', '.join(sorted(wanted - given))}.")
    if given - wanted:
        raise ValueError(f"prompts/{name}.txt has no place for: {', '.join(sorted(given - wanted))}.")
    return template.substitute(values)


def names() -> tuple[str, ...]:
    """The names of all texts."""
    found = (entry.name for entry in files(__name__).iterdir())
    return tuple(sorted(name.removesuffix(".txt") for name in found if name.endswith(".txt")))


def _read(name: str) -> str:
    if name not in names():
        raise ValueError(f"There is no prompt “{name}”. There are: {', '.join(names())}.")
    return files(__name__).joinpath(f"{name}.txt").read_text(encoding="utf-8")
