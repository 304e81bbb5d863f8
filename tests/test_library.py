import os
import shutil
import signal
import sqlite3
import subprocess
import sys
import textwrap
from pathlib import Path

import pytest
from doubles import ToyEncoder, article

from index import ingest
from index.errors import BadRequest, EncoderError, LibraryBusy, LibraryError
from index.library import Filters, Library
from index.search import search

FERRY = article(
    "The ferry left at nine. Four people are missing.\nThe mayor said rescue boats were out.",
    title="Ferry sinks off Kovar", source="Harbour Gazette", published_at="2026-03-02", origin="ferry.txt",
)  # fmt: skip
WHEAT = article(
    "Wheat prices rose by two percent. Farmers welcomed the news.",
    title="Wheat rises", source="Field Post", published_at="2026-03-05", origin="wheat.txt",
)  # fmt: skip


def test_an_article_comes_back_as_it_was_recorded(library: Library) -> None:
    ingest.add_all(library, [FERRY])
    found, sentences = library.article_and_sentences(FERRY.id)
    assert found == FERRY
    assert "".join(sentence.text for sentence in sentences) == FERRY.text
    assert library.article(FERRY.id[:6]) == FERRY


def test_adding_twice_changes_nothing(library: Library) -> None:
    first = ingest.add_all(library, [FERRY, WHEAT])
    second = ingest.add_all(library, [FERRY, WHEAT, FERRY])
    assert [type(each) for each in first] == [ingest.Added] * 2
    assert [type(each) for each in second] == [ingest.Unchanged] * 3
    assert library.coverage().articles == 2
    assert library.problems() == []


def test_an_edited_article_of_the_same_origin_replaces_the_older(library: Library) -> None:
    ingest.add_all(library, [FERRY])
    edited = article("The ferry left at ten. Seven people are missing.", origin="ferry.txt")
    ingest.add_all(library, [edited])
    assert [each.id for each in library.list_articles()] == [edited.id]
    assert {each.article.id for each in search(library, "Who is missing?").evidence} == {edited.id}
    assert library.problems() == []


def test_an_article_met_again_elsewhere_survives_a_new_text_in_its_old_place(library: Library) -> None:
    ingest.add_all(library, [article("The old text stands here.", origin="a.txt")])
    moved = article("The old text stands here.", origin="b.txt")
    ingest.add_all(library, [article("A new text took its place.", origin="a.txt"), moved])
    assert library.known(moved.id)
    assert library.coverage().articles == 2


def test_articles_without_origin_do_not_replace_each_other(library: Library) -> None:
    ingest.add_all(library, [article("One story."), article("Another story.")])
    assert library.coverage().articles == 2


def test_a_removed_article_is_found_no_more(library: Library) -> None:
    ingest.add_all(library, [FERRY, WHEAT])
    library.remove([FERRY.id])
    assert {each.article.id for each in search(library, "ferry missing people").evidence} == {WHEAT.id}
    assert library.problems() == []


def test_removing_an_unknown_article_removes_none(library: Library) -> None:
    ingest.add_all(library, [FERRY])
    with pytest.raises(BadRequest, match="No article has an id that begins with “nope”"):
        library.remove([FERRY.id, "nope"])
    assert library.coverage().articles == 1


@pytest.mark.parametrize("start", ["", "%", "_", "zz'; DROP TABLE articles;--"])
def test_odd_ids_name_no_article(library: Library, start: str) -> None:
    ingest.add_all(library, [FERRY, WHEAT])
    with pytest.raises(BadRequest, match="No article has an id"):
        library.article(start)


@pytest.mark.parametrize(
    ("filters", "expected"),
    [
        (Filters(since="2026-03-03"), {WHEAT.id}),
        (Filters(until="2026-03-02"), {FERRY.id}),
        (Filters(since="2026-03-02", until="2026-03-05"), {FERRY.id, WHEAT.id}),
        (Filters(sources=("Field Post",)), {WHEAT.id}),
        (Filters(article_ids=(FERRY.id,)), {FERRY.id}),
        (Filters(since="2027-01-01"), set()),
        (Filters(sources=("x' OR 1=1 --",)), set()),
    ],
    ids=["since", "until", "both ends included", "outlet", "article", "nothing left", "quotes are data"],
)
def test_filters_limit_listing_and_search(library: Library, filters: Filters, expected: set[str]) -> None:
    ingest.add_all(library, [FERRY, WHEAT])
    assert {each.id for each in library.list_articles(filters)} == expected
    found = search(library, "ferry wheat people", filters=filters)
    assert {each.article.id for each in found.evidence} == expected
    assert found.searched.articles == len(expected)


def test_a_second_owner_is_refused_by_name(library: Library, toy: ToyEncoder) -> None:
    with pytest.raises(LibraryBusy, match=f"in use by process {os.getpid()}"):
        Library(library.folder, toy)


def test_another_encoder_is_refused_until_all_is_encoded_anew(tmp_path: Path, toy: ToyEncoder) -> None:
    class OtherEncoder(ToyEncoder):
        name = "other"
        dimensions = 32

    with Library(tmp_path, toy) as first:
        ingest.add_all(first, [FERRY, WHEAT])
    with pytest.raises(EncoderError, match=r"made with the encoder toy.*now name other.*rebuild --encode"):
        Library(tmp_path, OtherEncoder())
    with Library(tmp_path, OtherEncoder(), encode_anew=True) as second:
        assert len(list(ingest.encode_anew(second))) == 2
        assert search(second, "wheat prices rose, farmers").evidence[0].article.id == WHEAT.id
        assert second.problems() == []
    with Library(tmp_path, OtherEncoder()) as third:
        assert search(third, "ferry").evidence[0].article.id == FERRY.id


def test_a_lost_chroma_folder_is_made_anew_from_the_record(tmp_path: Path, toy: ToyEncoder) -> None:
    with Library(tmp_path, toy) as first:
        ingest.add_all(first, [FERRY, WHEAT])
    (folder,) = tmp_path.glob("vectors-*")
    shutil.rmtree(folder)
    with Library(tmp_path, toy) as second:
        second.rebuild()
        assert second.problems() == []
        assert search(second, "ferry").evidence[0].article.id == FERRY.id


def test_a_damaged_chroma_folder_mends_itself(tmp_path: Path, toy: ToyEncoder) -> None:
    with Library(tmp_path, toy) as first:
        ingest.add_all(first, [FERRY, WHEAT])
    (folder,) = tmp_path.glob("vectors-*")
    (folder / "chroma.sqlite3").write_bytes(b"not a database" * 100)
    with Library(tmp_path, toy) as second:
        assert search(second, "ferry").evidence[0].article.id == FERRY.id
        assert second.problems() == []


def test_a_killed_owner_loses_nothing_that_was_recorded(tmp_path: Path, toy: ToyEncoder) -> None:
    script = textwrap.dedent(
        """
        import sys
        from pathlib import Path
        from doubles import ToyEncoder, article
        from index import ingest
        from index.library import Library
        library = Library(Path(sys.argv[1]), ToyEncoder())
        for n in range(100_000):
            ingest.add_all(library, [article(f"Report {n} says that item {n} was sold.", title=f"Report {n}")])
            print(n, flush=True)
        """
    )
    paths = os.pathsep.join([str(Path(__file__).parent), str(Path(__file__).parent.parent)])
    process = subprocess.Popen(
        [sys.executable, "-c", script, str(tmp_path)],
        stdout=subprocess.PIPE, text=True, env={**os.environ, "PYTHONPATH": paths},
    )  # fmt: skip
    assert process.stdout is not None
    acknowledged = [int(process.stdout.readline()) for _ in range(15)]
    process.send_signal(signal.SIGKILL)
    acknowledged += [int(line) for line in process.stdout.read().split()]
    process.stdout.close()
    process.wait()
    with Library(tmp_path, toy) as reopened:
        titles = {each.title for each in reopened.list_articles()}
        assert {f"Report {n}" for n in acknowledged} <= titles
        assert reopened.problems() == []


def test_a_newer_format_is_refused(tmp_path: Path, toy: ToyEncoder) -> None:
    Library(tmp_path, toy).close()
    with sqlite3.connect(tmp_path / "library.sqlite3") as db:
        db.execute("PRAGMA user_version = 99")
    db.close()
    with pytest.raises(LibraryError, match=r"has format 99.*Install a newer briefing"):
        Library(tmp_path, toy)


def test_a_file_that_is_no_library_is_told(tmp_path: Path, toy: ToyEncoder) -> None:
    (tmp_path / "library.sqlite3").write_bytes(b"just some bytes, not a database at all" * 50)
    with pytest.raises(LibraryError, match="cannot be read or written: file is not a database"):
        Library(tmp_path, toy)


def test_a_library_folder_that_is_a_file_is_told(tmp_path: Path, toy: ToyEncoder) -> None:
    (tmp_path / "library").write_text("x")
    with pytest.raises(LibraryError, match="cannot be used"):
        Library(tmp_path / "library", toy)


@pytest.mark.parametrize("question", ['"', "NEAR(", "a OR", "* ^ -", "(", 'ferry" OR "x', ":", "header:ferry"])
def test_query_syntax_in_a_question_is_only_words(library: Library, question: str) -> None:
    ingest.add_all(library, [FERRY])
    search(library, question)
