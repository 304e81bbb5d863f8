"""Turn files into articles: one module per format, chosen by the file's suffix. Knows nothing of storage.

Nothing here raises for what a file holds: each article that cannot be read becomes a Failure, one clear line.
"""

import os
import re
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path, PurePath

from index.errors import UnreadableArticle
from index.reading import html, jsonl, markdown, text
from index.reading.files import Failure, File, Outcome, Remarked

__all__ = ["SUPPORTED", "Failure", "Outcome", "Remarked", "find_files", "read_bytes", "read_file"]

SUPPORTED: dict[str, Callable[[File], Iterator[Outcome]]] = {
    ".txt": text.read,
    ".md": markdown.read,
    ".markdown": markdown.read,
    ".html": html.read,
    ".htm": html.read,
    ".jsonl": jsonl.read,
}

_LARGEST = 50_000_000  # bytes; a year of a daily newspaper is about half of it
# What lies in folders of articles without being one; passed over without a word.
_NO_ARTICLES = frozenset(("__pycache__", "__init__.py", "readme.md"))
# A link as a path has it, which keeps one of two slashes.
_LINK = re.compile(r"(https?):[/\\]+", re.IGNORECASE)


def find_files(paths: Sequence[Path]) -> Iterator[Path | Failure]:
    """The files to read: those named, and in folders all of them, folders within folders too, sorted by name.

    In folders, hidden files, README.md, __init__.py and compiled Python are passed over. So are links to what lies
    in the same folder, which is found anyway; a link that leads out of it is a Failure. A folder may hold files of
    types that cannot be read: they are yielded like others, and `read_file` says so.
    """
    for path in paths:
        if path.is_dir():
            found = list(_in_folder(path, root=path.resolve()))
            yield from found or [Failure(str(path), f"The folder holds no articles. Put {_types()} files there.")]
        elif path.exists():
            yield path
        elif _LINK.match(str(path)):
            link = _LINK.sub(r"\1://", str(path), count=1)
            yield Failure(link, "Links cannot be added yet. Save the page as .html and add that file.")
        else:
            yield Failure(str(path), "There is no such file or folder. Check how it is spelled.")


def read_file(path: Path) -> Iterator[Outcome]:
    """The articles of one file, each with the file's absolute path as its origin unless it states its link."""
    origin = os.path.abspath(path)
    refusal = _refuse_type(path.name)
    try:
        if not refusal and not path.is_file():
            refusal = "It is not a file. Name a file or a folder of files."
        refusal = refusal or _refuse_size(path.stat().st_size)
        data = b"" if refusal else path.read_bytes()
    except OSError as error:
        refusal = f"It cannot be opened: {error.strerror or error}. Check that you may read it."
    if refusal:
        yield Failure(origin, refusal)
    else:
        yield from read_bytes(path.name, data, origin=origin)


def read_bytes(name: str, data: bytes, *, origin: str | None = None) -> Iterator[Outcome]:
    """The articles in a file's bytes; the suffix of its name says how to read them."""
    file = File(name, data, origin)
    refusal = _refuse_type(name) or _refuse_size(len(data))
    if refusal:
        yield Failure(file.shown, refusal)
        return
    try:
        yield from SUPPORTED[_suffix(name)](file)
    except UnreadableArticle as error:
        yield Failure(file.shown, str(error))


def _in_folder(folder: Path, *, root: Path) -> Iterator[Path | Failure]:
    try:
        inside = sorted(folder.iterdir())
    except OSError as error:
        yield Failure(str(folder), f"The folder cannot be opened: {error.strerror}. Check that you may read it.")
        return
    for path in inside:
        if path.name.startswith(".") or path.name.lower() in _NO_ARTICLES or path.suffix == ".pyc":
            continue
        if path.is_symlink():
            if not _leads_into(path, root):
                yield Failure(str(path), "The link leads out of the folder or nowhere. Name its target itself.")
        elif path.is_dir():
            yield from _in_folder(path, root=root)
        else:
            yield path


def _leads_into(link: Path, root: Path) -> bool:
    try:
        return link.resolve(strict=True).is_relative_to(root)
    except (OSError, RuntimeError):  # leads nowhere, or round in a circle
        return False


def _suffix(name: str) -> str:
    return PurePath(name).suffix.lower()


def _types() -> str:
    return ", ".join(SUPPORTED)


def _refuse_type(name: str) -> str | None:
    suffix = _suffix(name)
    if suffix in SUPPORTED:
        return None
    kind = f"Files of type {suffix}" if suffix else "Files without a type"
    return f"{kind} cannot be read. Save it as one of {_types()} and add that."


def _refuse_size(size: int) -> str | None:
    if not size:
        return "The file is empty. Nothing was added."
    if size > _LARGEST:
        return f"The file has {size / 1e6:,.0f} MB; at most {_LARGEST / 1e6:,.0f} MB are read. Split it."
    return None
