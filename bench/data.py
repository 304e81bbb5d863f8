"""Read evaluation records, JSON Lines plain or gzipped, from a folder. Knows nothing of what they mean."""

import gzip
import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from index.errors import BriefingError

Record = dict[str, Any]


class MissingData(BriefingError):
    """A file of the evaluation data is not there or cannot be read."""


@dataclass(frozen=True)
class Data:
    """A folder of evaluation data, each set in a folder of its own."""

    folder: Path

    def read(self, name: str) -> list[Record]:
        """The records of a file such as "rgb/rgb_en", whether it ends in .jsonl or .jsonl.gz.

        Raises MissingData when there is neither, or when a line is no JSON object.
        """
        path = self._path(name)
        try:
            with gzip.open(path) if path.suffix == ".gz" else path.open("rb") as file:
                lines = file.read().decode().split("\n")
        except (OSError, EOFError, UnicodeDecodeError) as error:
            raise MissingData(f"{path} cannot be read: {error}. Copy the evaluation data again.") from error
        return [_record(path, number, line) for number, line in enumerate(lines, 1) if line.strip()]

    def _path(self, name: str) -> Path:
        for ending in (".jsonl", ".jsonl.gz"):
            path = self.folder / f"{name}{ending}"
            if path.is_file():
                return path
        raise MissingData(
            f"No {name}.jsonl or {name}.jsonl.gz in {self.folder}. Pass the folder that holds it with --data,"
            " or leave that part out with --only."
        )


def _record(path: Path, number: int, line: str) -> Record:
    try:
        record = json.loads(line)
    except json.JSONDecodeError as error:
        raise MissingData(f"{path}, line {number}: no JSON ({error}). Copy the evaluation data again.") from error
    if not isinstance(record, dict):
        raise MissingData(f"{path}, line {number}: a JSON object is wanted. Copy the evaluation data again.")
    return record
