"""The articles that come with the assistant, as files. Knows nothing of reading, storage or search."""

from importlib.resources import files
from pathlib import Path


def seed_folder() -> Path:
    """The folder that holds the sample articles; `README.md` in it tells about them and is not one itself.

    The package is installed unpacked, as pip does; from a zip import the path would not exist on disk.
    """
    return Path(str(files(__name__)))


def seed_files() -> list[Path]:
    """The article files alone, in the order of their dates; the user's own comes first."""
    return sorted(seed_folder().glob("[0-9][0-9][0-9]_*"))
