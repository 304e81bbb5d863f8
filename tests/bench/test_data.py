from pathlib import Path

import pytest
from toy_data import write_jsonl

from bench.data import Data, MissingData


@pytest.mark.parametrize("ending", [".jsonl", ".jsonl.gz"])
def test_records_are_read_plain_or_gzipped(tmp_path: Path, ending: str) -> None:
    write_jsonl(tmp_path / f"set/file{ending}", [{"id": "1", "text": "a\u2028b"}, {"id": "2"}])
    assert Data(tmp_path).read("set/file") == [{"id": "1", "text": "a\u2028b"}, {"id": "2"}]


def test_a_missing_file_is_named_with_what_to_pass(tmp_path: Path) -> None:
    with pytest.raises(MissingData, match=r"No set/file\.jsonl or set/file\.jsonl\.gz in .*--data"):
        Data(tmp_path).read("set/file")


@pytest.mark.parametrize(
    ("name", "content", "told"),
    [
        pytest.param("file.jsonl", b'{"id": 1}\n{"id":\n', r"file\.jsonl, line 2: no JSON", id="half a line"),
        pytest.param("file.jsonl", b"[1]\n", "line 1: a JSON object is wanted", id="a list"),
        pytest.param("file.jsonl", b"\xff\xfe\n", r"file\.jsonl cannot be read", id="not UTF-8"),
        pytest.param("file.jsonl.gz", b"{}\n", r"file\.jsonl\.gz cannot be read", id="not gzip"),
    ],
)
def test_a_damaged_file_is_told_of(tmp_path: Path, name: str, content: bytes, told: str) -> None:
    (tmp_path / name).write_bytes(content)
    with pytest.raises(MissingData, match=told):
        Data(tmp_path).read("file")
