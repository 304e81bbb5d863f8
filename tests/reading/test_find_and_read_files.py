"""Which files are found, what is refused, and how bytes become text, whatever the format."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index import reading
from index.articles import Article
from index.reading import SUPPORTED, Failure, find_files, read_bytes, read_file

TEXT = b"A title\nOne sentence. Another one."


def write(path: Path, data: bytes = TEXT) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data)
    return path


def failure_of(name: str, data: bytes) -> str:
    (outcome,) = read_bytes(name, data)
    assert isinstance(outcome, Failure)
    assert outcome.origin == name
    return outcome.reason


def article_of(name: str, data: bytes) -> Article:
    (outcome,) = read_bytes(name, data)
    assert isinstance(outcome, Article), outcome
    return outcome


# Finding


def test_folders_are_searched_in_order_and_what_is_no_article_is_passed_over(tmp_path: Path) -> None:
    for name in ("b.txt", "a/z.md", "a/b/c.jsonl", "c.docx", "README.md", "a/readme.md", "__init__.py", "x.pyc",
                 ".hidden.txt", ".git/config.txt", "__pycache__/y.txt"):  # fmt: skip
        write(tmp_path / name)
    found = [path.relative_to(tmp_path).as_posix() for path in find_files([tmp_path]) if isinstance(path, Path)]
    assert found == ["a/b/c.jsonl", "a/z.md", "b.txt", "c.docx"]


def test_a_file_that_is_named_is_read_whatever_its_name(tmp_path: Path) -> None:
    hidden, readme = write(tmp_path / ".hidden.txt"), write(tmp_path / "README.md")
    assert list(find_files([readme, hidden])) == [readme, hidden]


def test_a_missing_path_is_a_failure_and_the_others_are_found(tmp_path: Path) -> None:
    there = write(tmp_path / "there.txt")
    missing = tmp_path / "missing.txt"
    reason = "There is no such file or folder. Check how it is spelled."
    assert list(find_files([missing, there])) == [Failure(str(missing), reason), there]


@pytest.mark.parametrize("link", ["https://example.com/x", "http://example.com", "HTTPS://example.com/a/b.html?c=d"])
def test_a_link_is_told_from_a_file_that_is_missing(link: str) -> None:
    (failure,) = find_files([Path(link)])
    assert failure == Failure(link, "Links cannot be added yet. Save the page as .html and add that file.")


@pytest.mark.parametrize("inside", [[], [".hidden.txt", "README.md"]], ids=["empty", "nothing but a readme"])
def test_a_folder_without_articles_is_a_failure(tmp_path: Path, inside: list[str]) -> None:
    for name in inside:
        write(tmp_path / name)
    (found,) = find_files([tmp_path])
    assert isinstance(found, Failure)
    assert found.origin == str(tmp_path)
    assert "holds no articles" in found.reason
    assert ".txt" in found.reason


def test_links_in_a_circle_end(tmp_path: Path) -> None:
    there = write(tmp_path / "deep/there.txt")
    (tmp_path / "deep/up").symlink_to(tmp_path)
    (tmp_path / "again.txt").symlink_to(there)
    assert list(find_files([tmp_path])) == [there]


@pytest.mark.parametrize("target", ["../outside", "../outside/secret.txt", "nowhere.txt", "link"])
def test_links_that_lead_out_or_nowhere_are_failures(tmp_path: Path, target: str) -> None:
    write(tmp_path / "outside/secret.txt")
    there = write(tmp_path / "root/there.txt")
    (tmp_path / "root/link").symlink_to(target)
    link, found = find_files([tmp_path / "root"])
    assert found == there
    assert isinstance(link, Failure)
    assert "leads out of the folder or nowhere" in link.reason


# Refusing


@pytest.mark.parametrize(
    ("name", "data", "reason"),
    [
        ("a.docx", TEXT, "Files of type .docx cannot be read. Save it as one of .txt, .md,"),
        ("a", TEXT, "Files without a type cannot be read"),
        ("a.txt", b"", "The file is empty"),
        ("a.txt", b" \n\t\n", "holds no text"),
        ("a.txt", b"\xef\xbb\xbf", "holds no text"),
        ("a.txt", b"\x89PNG\r\n\x1a\n\x00\x00", "not text in UTF-8"),
        ("a.txt", b"nul \x00 byte", "not text in UTF-8"),
        ("a.txt", b"undefined in 1252 \x81", "not text in UTF-8"),
        ("a.txt", b"\xff\xfea", "not text in UTF-8"),
        ("a.txt", b"\xef\xbb\xbfbroken \xff", "not text in UTF-8"),
        ("a.md", b"\x00\x01\x02", "not text in UTF-8"),
        ("a.jsonl", b"\xff\xfe\x00", "not text in UTF-8"),
        ("a.html", b"\x00\x01\x02\xff", "not text in UTF-8"),
    ],
    ids=["unknown type", "no type", "empty", "white space", "only a mark", "picture", "nul byte", "undefined byte",
         "half a character", "broken after a mark", "binary markdown", "binary lines", "binary page"],
)  # fmt: skip
def test_refusals_say_what_and_what_to_do(name: str, data: bytes, reason: str) -> None:
    assert reason in failure_of(name, data)


@pytest.mark.parametrize("suffix", SUPPORTED)
def test_an_empty_file_is_refused_in_every_format(suffix: str) -> None:
    assert failure_of(f"a{suffix}", b"") == "The file is empty. Nothing was added."


def test_a_file_that_is_too_large_is_refused_unread(tmp_path: Path) -> None:
    large = tmp_path / "large.txt"
    with large.open("wb") as file:
        file.truncate(51_000_000)
    (outcome,) = read_file(large)
    assert outcome == Failure(str(large), "The file has 51 MB; at most 50 MB are read. Split it.")


@pytest.mark.parametrize("make", [Path.mkdir, os.mkfifo], ids=["folder", "pipe"])
def test_what_is_no_file_is_refused(tmp_path: Path, make: object) -> None:
    odd = tmp_path / "odd.txt"
    make(odd)  # type: ignore[operator]
    (outcome,) = read_file(odd)
    assert isinstance(outcome, Failure)
    assert "It is not a file" in outcome.reason


def test_a_file_that_is_gone_is_a_failure(tmp_path: Path) -> None:
    (outcome,) = read_file(tmp_path / "gone.txt")
    assert isinstance(outcome, Failure)
    assert "It is not a file" in outcome.reason


# Reading


def test_the_origin_of_a_file_is_its_absolute_path(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write(tmp_path / "there.txt")
    monkeypatch.chdir(tmp_path)
    (outcome,) = read_file(Path("there.txt"))
    assert isinstance(outcome, Article)
    assert outcome.origin == str(tmp_path / "there.txt")
    assert article_of("there.txt", TEXT).origin is None


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le-mark", "utf-16-be-mark", "utf-32", "cp1252"]
)
def test_encodings(encoding: str) -> None:
    text = "Café prices\nA “flat white” costs €4."
    marked = "\ufeff" + text if encoding.endswith("-mark") else text
    article = article_of("a.txt", marked.encode(encoding.removesuffix("-mark")))
    assert (article.title, article.text) == ("Café prices", "A “flat white” costs €4.")


@given(st.sampled_from(sorted(SUPPORTED)), st.binary(max_size=300))
def test_no_bytes_raise(suffix: str, data: bytes) -> None:
    assert all(isinstance(outcome, Article | Failure) for outcome in read_bytes(f"a{suffix}", data))


@given(
    st.sampled_from([".md", ".html", ".jsonl"]),
    st.lists(st.sampled_from(
        ["---\n", "\n", "a: b\n", "- ", "# ", "> ", "[", "](", ")", "*", "_", "`", "```\n", "<!--", "-->", "<p>",
         "</p>", "<a href=", "{", '"text": "', '"}', "null", "&amp;", "\\", "|",
         "!!int x", "&a ", "*a", "words ", "é", "=\n"]),
        max_size=40),
)  # fmt: skip
def test_no_markup_raises(suffix: str, parts: list[str]) -> None:
    data = "".join(parts).encode()
    assert all(isinstance(outcome, Article | Failure) for outcome in read_bytes(f"a{suffix}", data))


def test_importing_the_readers_loads_no_page_reader() -> None:
    code = "import sys, index.reading; sys.exit('trafilatura' in sys.modules)"
    assert (
        subprocess.run([sys.executable, "-c", code], cwd=Path(reading.__file__).parents[2], check=False).returncode == 0
    )
