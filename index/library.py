"""The record: articles, sentences, chunks, vectors and full text in SQLite. Chroma indexes it, see vectors.py.

One process owns a library folder, by an exclusive lock. Each article is written in one transaction; its
vectors reach Chroma afterwards, and what a crash left undone is made good at the next opening.
"""

import os
import sqlite3
import threading
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from types import TracebackType
from typing import Any

import numpy as np
from filelock import FileLock, Timeout
from numpy.typing import NDArray

from index.articles import Article, Chunk, Sentence
from index.encoder import Encoder
from index.errors import BadRequest, BriefingError, EncoderError, LibraryBusy, LibraryError
from index.vectors import DenseIndex, DenseIndexDamaged

_FORMAT = 1
_SCHEMA = """
CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE articles (
    number INTEGER PRIMARY KEY AUTOINCREMENT, id TEXT NOT NULL UNIQUE, title TEXT NOT NULL, text TEXT NOT NULL,
    source TEXT, author TEXT, published_at TEXT, url TEXT, origin TEXT, added_at TEXT NOT NULL);
CREATE INDEX articles_origin ON articles (origin);
CREATE TABLE sentences (
    article INTEGER NOT NULL REFERENCES articles ON DELETE CASCADE, number INTEGER NOT NULL,
    start INTEGER NOT NULL, "end" INTEGER NOT NULL, PRIMARY KEY (article, number)) WITHOUT ROWID;
CREATE TABLE chunks (
    number INTEGER PRIMARY KEY AUTOINCREMENT, article INTEGER NOT NULL REFERENCES articles ON DELETE CASCADE,
    first INTEGER NOT NULL, last INTEGER NOT NULL, start INTEGER NOT NULL, "end" INTEGER NOT NULL,
    header TEXT NOT NULL, vector BLOB NOT NULL, sentence_vectors BLOB NOT NULL);
CREATE INDEX chunks_article ON chunks (article);
CREATE VIEW chunk_texts AS
    SELECT chunks.number, header, substr(text, start + 1, "end" - start) AS body
    FROM chunks JOIN articles ON articles.number = chunks.article;
CREATE VIRTUAL TABLE chunk_words USING fts5 (
    header, body, content = 'chunk_texts', content_rowid = 'number',
    tokenize = 'porter unicode61 remove_diacritics 2');
"""
_ARTICLE_COLUMNS = "articles.id, title, text, source, author, published_at, url, origin"
# SQLite's own limit on bound values is far higher; this keeps statements short.
_MANY = 500
# How many matches of words with chunks are remembered, some 12 MB, before all are forgotten.
_MATCHES_KEPT = 1_000_000


@dataclass(frozen=True)
class Filters:
    """Which articles a search may use; empty means all.

    `since` and `until` are ISO days, both included; an article without a date passes neither.
    """

    since: str | None = None
    until: str | None = None
    sources: tuple[str, ...] = ()
    article_ids: tuple[str, ...] = ()

    @property
    def active(self) -> bool:
        """Whether anything is filtered out at all."""
        return bool(self.since or self.until or self.sources or self.article_ids)


@dataclass(frozen=True)
class PreparedArticle:
    """An article split, grouped and encoded: all that one transaction records.

    `vectors` is (chunks, dimensions); `sentence_vectors[i]` is (sentences of chunk i, dimensions).
    """

    article: Article
    sentences: tuple[Sentence, ...]
    chunks: tuple[Chunk, ...]
    header: str
    vectors: NDArray[np.float32]
    sentence_vectors: tuple[NDArray[np.float32], ...]


@dataclass(frozen=True)
class StoredChunk:
    """A chunk as search reads it back, with the vectors of its sentences."""

    number: int
    article: Article
    sentences: tuple[Sentence, ...]
    header: str
    sentence_vectors: NDArray[np.float32]


@dataclass(frozen=True)
class RankableChunk:
    """What ranking needs of a chunk: outlet, ISO day, and the vectors of its sentences in half precision."""

    number: int
    source: str | None
    day: str | None
    sentence_vectors: NDArray[np.float16]


@dataclass(frozen=True)
class WordScores:
    """The numbers of the chunks that have a word, and its BM25 score in each, higher is better."""

    chunks: NDArray[np.int64]
    scores: NDArray[np.float32]


@dataclass(frozen=True)
class ArticleSummary:
    """One row of a list of articles."""

    id: str
    title: str
    source: str | None
    author: str | None
    published_at: str | None
    url: str | None
    origin: str | None
    added_at: str
    sentences: int


@dataclass(frozen=True)
class Coverage:
    """What a search may look at: how many articles, and the days of the oldest and the newest."""

    articles: int
    first_day: str | None
    last_day: str | None


class Library:
    """A folder of articles, open for this process alone. Safe to use from several threads.

    Raises LibraryBusy when another process owns the folder, EncoderError when the library was made with
    another encoder and `encode_anew` is not set, LibraryError when the folder cannot be used.
    """

    def __init__(self, folder: Path, encoder: Encoder, *, encode_anew: bool = False) -> None:
        self.folder = folder
        self.encoder = encoder
        self._guard = threading.RLock()
        self._cache: dict[str, tuple[Article, tuple[Sentence, ...]]] = {}
        self._matches: dict[str, WordScores] = {}
        self._matched_at = self._matches_size = 0
        self._lock = _own(folder)
        try:
            self._db = _connect(folder / "library.sqlite3")
            try:
                self._start(encode_anew)
            except BaseException:
                self._db.close()
                raise
        except BaseException:
            self._lock.release()
            raise

    def _start(self, encode_anew: bool) -> None:
        with _plain_errors(self.folder):
            _prepare_schema(self._db, self.encoder)
            self._refuse_other_encoder(encode_anew)
            was_closed = self._meta("open") != "yes"
            self._set_meta("open", "yes")
        self._dense: DenseIndex | None = None
        self._in_step = was_closed
        self._dense_is_sound = was_closed

    def __enter__(self) -> "Library":
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Close the record and give the folder back. Closing twice is fine."""
        with self._guard:
            if not self._lock.is_locked:
                return
            try:
                if self._dense is not None:
                    self._dense.close()
                # Chroma out of step with the record, after an interrupted write, is mended at the next opening.
                # So it is when a full disk keeps us from noting that all was well.
                if self._in_step:
                    with suppress(sqlite3.Error):
                        self._set_meta("open", "no")
            finally:
                self._db.close()
                self._lock.release()

    # Writing

    def record(self, batch: Sequence[PreparedArticle]) -> None:
        """Record articles, each whole in a transaction of its own, then their vectors in Chroma.

        An older article of the same origin makes way. An article that is there already stays as it is.
        """
        with self._guard, _plain_errors(self.folder):
            dense = self.dense
            before = self.last_chunk()
            was_in_step, self._in_step = self._in_step, False
            gone = [number for prepared in batch for number in self._record_one(prepared)]
            dense.remove(gone)
            self._index(dense, self._chunk_numbers(after=before))
            self._in_step = was_in_step

    def _record_one(self, prepared: PreparedArticle) -> list[int]:
        """One transaction; returns the numbers of the chunks that made way."""
        article, gone = prepared.article, list[int]()
        with self._db:
            self._db.execute("BEGIN IMMEDIATE")
            if self._number(article.id) is None:
                for older in self._ids_of_origin(article.origin):
                    gone += self._delete(older)
                number = self._insert_article(article)
                self._insert_sentences(number, prepared.sentences)
                self._insert_chunks(number, prepared)
        return gone

    def set_origin(self, article_id: str, origin: str | None) -> None:
        """Note where a recorded article was met last, so that a newer text in its old place leaves it alone."""
        with self._guard, _plain_errors(self.folder), self._db:
            moved = "UPDATE articles SET origin = ?1 WHERE id = ?2 AND ?1 NOT NULL AND origin IS NOT ?1"
            if self._db.execute(moved, (origin, article_id)).rowcount:
                self._cache.pop(article_id, None)

    def remove(self, article_ids: Sequence[str]) -> None:
        """Remove articles. Raises BadRequest, removing nothing, when one is unknown."""
        with self._guard, _plain_errors(self.folder):
            full_ids = [self.full_id(article_id) for article_id in article_ids]
            with self._db:
                self._db.execute("BEGIN IMMEDIATE")
                gone = [number for article_id in full_ids for number in self._delete(article_id)]
            was_in_step, self._in_step = self._in_step, False
            self.dense.remove(gone)
            self._in_step = was_in_step

    def rebuild(self) -> int:
        """Make Chroma's index and the full-text index anew from the record; returns the number of chunks.

        Nothing is encoded again: the vectors are in the record.
        """
        with self._guard, _plain_errors(self.folder):
            with self._db:
                self._db.execute("INSERT INTO chunk_words (chunk_words) VALUES ('rebuild')")
            self._start_dense_anew()
            return int(self._db.execute("SELECT count(*) FROM chunks").fetchone()[0])

    def replace_vectors(self, prepared: Iterable[PreparedArticle]) -> None:
        """Replace chunks and vectors of all articles by those of this library's encoder, all or nothing."""
        with self._guard, _plain_errors(self.folder):
            with self._db:
                self._db.execute("BEGIN IMMEDIATE")
                self._db.execute("INSERT INTO chunk_words (chunk_words) VALUES ('delete-all')")
                self._db.execute("DELETE FROM chunks")
                for each in prepared:
                    number = self._number(each.article.id)
                    if number is not None:
                        self._insert_chunks(number, each)
                _write_meta(self._db, "encoder", self.encoder.name)
            self._start_dense_anew()

    # Reading

    def known(self, article_id: str) -> bool:
        """Whether an article of this very text is recorded."""
        with self._guard:
            return self._number(article_id) is not None

    def article(self, article_id: str) -> Article:
        """The article with this id, or whose id begins so. Raises BadRequest when there is none."""
        return self.article_and_sentences(article_id)[0]

    def sentences(self, article_id: str) -> tuple[Sentence, ...]:
        """The sentences of an article, in order. Raises BadRequest when there is none."""
        return self.article_and_sentences(article_id)[1]

    def article_and_sentences(self, article_id: str) -> tuple[Article, tuple[Sentence, ...]]:
        """An article and its sentences together. Raises BadRequest when there is none."""
        with self._guard:
            if article_id in self._cache:
                return self._cache[article_id]
            full_id = self.full_id(article_id)
            if len(self._cache) >= _MANY:
                self._cache.clear()
            return self._cache.setdefault(full_id, self._read_article(full_id))

    def full_id(self, start: str) -> str:
        """The one id that begins with `start`. Raises BadRequest when none or several do."""
        # Ids are hex digits, so all that begin with `start` lie between it and it with a "g" behind.
        found = self._rows("SELECT id FROM articles WHERE id BETWEEN ? AND ? LIMIT 2", (start, f"{start}g"))
        if start and len(found) == 1:
            return str(found[0][0])
        problem = "Several articles have" if start and found else "No article has"
        raise BadRequest(f"{problem} an id that begins with “{start}”. See: briefing articles")

    def list_articles(self, filters: Filters | None = None) -> list[ArticleSummary]:
        """The articles that pass the filters, newest first, undated ones last."""
        where, values = _where(filters or Filters())
        rows = self._rows(
            "SELECT id, title, source, author, published_at, url, origin, added_at,"
            " (SELECT count(*) FROM sentences WHERE article = articles.number)"
            f" FROM articles {where} ORDER BY published_at IS NULL, published_at DESC, number",
            values,
        )
        return [ArticleSummary(*row) for row in rows]

    def coverage(self, filters: Filters | None = None) -> Coverage:
        """How many articles pass the filters, and their first and last day."""
        where, values = _where(filters or Filters())
        (row,) = self._rows(
            f"SELECT count(*), min(substr(published_at, 1, 10)), max(substr(published_at, 1, 10))"
            f" FROM articles {where}",
            values,
        )
        return Coverage(*row)

    def sources(self) -> list[str]:
        """The outlets of the articles, by name."""
        return [row[0] for row in self._rows("SELECT DISTINCT source FROM articles WHERE source NOT NULL ORDER BY 1")]

    # Searching

    def chunk_numbers(self, filters: Filters) -> list[int]:
        """The numbers of the chunks that pass the filters, in the order they were recorded."""
        where, values = _where(filters)
        rows = self._rows(
            f"SELECT number FROM chunks WHERE article IN (SELECT number FROM articles {where}) ORDER BY number",
            values,
        )
        return [row[0] for row in rows]

    def match_word(self, word: str) -> WordScores:
        """The chunks that have a word in any of the forms that the index treats as one, by BM25.

        Scores of several words add up: BM25 of a question is the sum over its words.
        """
        with self._guard:
            if word not in self._matches_so_far():
                query = "SELECT rowid, bm25(chunk_words) FROM chunk_words WHERE chunk_words MATCH ?"
                rows = np.array(self._rows(query, (_quoted(word),)), np.float64).reshape(-1, 2)
                # SQLite's bm25() is smaller for better matches.
                self._matches[word] = WordScores(rows[:, 0].astype(np.int64), -rows[:, 1].astype(np.float32))
                self._matches_size += len(rows) + 1
            return self._matches[word]

    def _matches_so_far(self) -> dict[str, WordScores]:
        """What words have matched since the library last changed: one question looks the same word up many times."""
        changes = self._db.total_changes
        if changes != self._matched_at or self._matches_size > _MATCHES_KEPT:
            self._matches, self._matched_at, self._matches_size = {}, changes, 0
        return self._matches

    def chunk_counts(self, words: Sequence[str]) -> dict[str, int]:
        """In how many chunks each word stands, in any of the forms that the index treats as one."""
        return {word: self._chunk_count(word) for word in words}

    def _chunk_count(self, word: str) -> int:
        with self._guard:
            if word in self._matches_so_far():
                return len(self._matches[word].chunks)
            query = "SELECT count(*) FROM chunk_words WHERE chunk_words MATCH ?"
            return int(self._rows(query, (_quoted(word),))[0][0])

    def chunk_total(self) -> int:
        """How many chunks there are."""
        return int(self._rows("SELECT count(*) FROM chunks")[0][0])

    def last_chunk(self) -> int:
        """The highest number of a chunk, 0 when there is none."""
        return int(self._rows("SELECT coalesce(max(number), 0) FROM chunks")[0][0])

    def rankable(self, numbers: Sequence[int]) -> list[RankableChunk]:
        """What ranking needs of these chunks, in no order; numbers that are gone are left out."""
        found = []
        for batch in _batches(numbers):
            marks = ",".join("?" * len(batch))
            found += self._rows(
                "SELECT chunks.number, source, substr(published_at, 1, 10), sentence_vectors"
                f" FROM chunks JOIN articles ON articles.number = article WHERE chunks.number IN ({marks})",
                tuple(batch),
            )
        size = self.encoder.dimensions
        return [
            RankableChunk(number, source, day, np.frombuffer(blob, np.float16).reshape(-1, size))
            for number, source, day, blob in found
        ]

    def chunks(self, numbers: Sequence[int]) -> list[StoredChunk]:
        """The chunks of these numbers, in that order; numbers that are gone are left out."""
        found: dict[int, StoredChunk] = {}
        with self._guard:  # nothing is removed between its chunk and its article
            for batch in _batches(numbers):
                marks = ",".join("?" * len(batch))
                rows = self._rows(
                    "SELECT chunks.number, articles.id, first, last, header, sentence_vectors"
                    f" FROM chunks JOIN articles ON articles.number = article WHERE chunks.number IN ({marks})",
                    tuple(batch),
                )
                for number, article_id, first, last, header, blob in rows:
                    article, sentences = self.article_and_sentences(article_id)
                    vectors = np.frombuffer(blob, np.float16).reshape(last - first, -1).astype(np.float32)
                    found[number] = StoredChunk(number, article, sentences[first:last], header, vectors)
        return [found[number] for number in numbers if number in found]

    @property
    def dense(self) -> DenseIndex:
        """The dense index, opened at its first use and mended when the last owner did not close it."""
        with self._guard:
            if self._dense is None:
                try:
                    self._dense = DenseIndex(self._dense_folder())
                    if not self._dense_is_sound:
                        self._reconcile(self._dense)
                        self._dense.check()
                except DenseIndexDamaged:
                    self._start_dense_anew()
                self._dense_is_sound = self._in_step = True
            assert self._dense is not None  # noqa: S101  for the type checker
            return self._dense

    def problems(self) -> list[str]:
        """What `briefing doctor` finds wrong, in plain words; empty when the library is sound."""
        with self._guard:
            found = [f"SQLite: {row[0]}" for row in self._rows("PRAGMA integrity_check") if row[0] != "ok"]
            found += _full_text_problems(self._db)
            found += self._dense_problems()
            found += [f"Article {i} has no sentences." for i in self._articles_without_sentences()]
            return found

    # Steps

    def _refuse_other_encoder(self, encode_anew: bool) -> None:
        made_with = self._meta("encoder")
        if made_with != self.encoder.name and not encode_anew:
            raise EncoderError(
                f"The library in {self.folder} was made with the encoder {made_with}, and the settings now name"
                f" {self.encoder.name}. Set the first one again, or run: briefing rebuild --encode"
            )

    def _meta(self, key: str) -> str | None:
        rows = self._rows("SELECT value FROM meta WHERE key = ?", (key,))
        return rows[0][0] if rows else None

    def _set_meta(self, key: str, value: str) -> None:
        with self._db:
            _write_meta(self._db, key, value)

    def _rows(self, query: str, values: Sequence[object] = ()) -> list[Any]:
        with self._guard, _plain_errors(self.folder):
            return self._db.execute(query, tuple(values)).fetchall()

    def _number(self, article_id: str) -> int | None:
        rows = self._rows("SELECT number FROM articles WHERE id = ?", (article_id,))
        return int(rows[0][0]) if rows else None

    def _ids_of_origin(self, origin: str | None) -> list[str]:
        return [str(row[0]) for row in self._rows("SELECT id FROM articles WHERE origin = ?", (origin,))]

    def _read_article(self, article_id: str) -> tuple[Article, tuple[Sentence, ...]]:
        (row,) = self._rows(f"SELECT {_ARTICLE_COLUMNS} FROM articles WHERE id = ?", (article_id,))
        article = Article(*row)
        spans = self._rows(
            'SELECT sentences.number, start, "end" FROM sentences JOIN articles ON articles.number = article'
            " WHERE id = ? ORDER BY sentences.number",
            (article_id,),
        )
        return article, tuple(Sentence(n, start, end, article.text[start:end]) for n, start, end in spans)

    def _insert_article(self, article: Article) -> int:
        cursor = self._db.execute(
            "INSERT INTO articles (id, title, text, source, author, published_at, url, origin, added_at)"
            " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
            (
                article.id, article.title, article.text, article.source, article.author,
                article.published_at, article.url, article.origin, datetime.now(UTC).isoformat(timespec="seconds"),
            ),
        )  # fmt: skip
        assert cursor.lastrowid is not None  # noqa: S101  for the type checker
        return cursor.lastrowid

    def _insert_sentences(self, number: int, sentences: Sequence[Sentence]) -> None:
        rows = ((number, sentence.number, sentence.start, sentence.end) for sentence in sentences)
        self._db.executemany("INSERT INTO sentences VALUES (?, ?, ?, ?)", rows)

    def _insert_chunks(self, number: int, prepared: PreparedArticle) -> None:
        text = prepared.article.text
        triples = zip(prepared.chunks, prepared.vectors, prepared.sentence_vectors, strict=True)
        for chunk, vector, sentence_vectors in triples:
            cursor = self._db.execute(
                'INSERT INTO chunks (article, first, last, start, "end", header, vector, sentence_vectors)'
                " VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
                (
                    number, chunk.first, chunk.last, chunk.span.start, chunk.span.end, prepared.header,
                    # Half precision moves a cosine by less than 0.001 and halves the library.
                    vector.astype(np.float32).tobytes(), sentence_vectors.astype(np.float16).tobytes(),
                ),
            )  # fmt: skip
            self._db.execute(
                "INSERT INTO chunk_words (rowid, header, body) VALUES (?, ?, ?)",
                (cursor.lastrowid, prepared.header, text[chunk.span.start : chunk.span.end]),
            )

    def _delete(self, article_id: str) -> list[int]:
        """Delete an article and its words; returns its chunk numbers, whose vectors Chroma still has."""
        number = self._number(article_id)
        gone = [int(row[0]) for row in self._rows("SELECT number FROM chunks WHERE article = ?", (number,))]
        self._db.execute(
            "INSERT INTO chunk_words (chunk_words, rowid, header, body) SELECT 'delete', number, header, body"
            " FROM chunk_texts WHERE number IN (SELECT number FROM chunks WHERE article = ?)",
            (number,),
        )
        self._db.execute("DELETE FROM articles WHERE number = ?", (number,))
        self._cache.pop(article_id, None)
        return gone

    def _chunk_numbers(self, *, after: int = 0) -> list[int]:
        rows = self._rows("SELECT number FROM chunks WHERE number > ? ORDER BY number", (after,))
        return [int(row[0]) for row in rows]

    def _index(self, dense: DenseIndex, numbers: Sequence[int]) -> None:
        for batch in _batches(numbers):
            marks = ",".join("?" * len(batch))
            rows = self._rows(f"SELECT number, vector FROM chunks WHERE number IN ({marks})", batch)
            vectors = np.stack([np.frombuffer(blob, np.float32) for _, blob in rows])
            dense.add([int(number) for number, _ in rows], vectors)

    def _reconcile(self, dense: DenseIndex) -> None:
        """Add to Chroma what it lacks of the record and drop what is gone."""
        recorded, indexed = set(self._chunk_numbers()), dense.ids()
        dense.remove(sorted(indexed - recorded))
        self._index(dense, sorted(recorded - indexed))

    def _dense_folder(self) -> Path:
        return self.folder / f"vectors-{self._meta('dense') or '1'}"

    def _start_dense_anew(self) -> None:
        """A new folder for Chroma, filled from the record; a damaged one cannot be mended in place."""
        if self._dense is not None:
            self._dense.close()
        generation = int(self._meta("dense") or "1") + 1
        fresh = DenseIndex(self.folder / f"vectors-{generation}")
        self._reconcile(fresh)
        self._set_meta("dense", str(generation))
        self._dense = fresh
        self._in_step = True
        _delete_other_generations(self.folder, generation)

    def _dense_problems(self) -> list[str]:
        recorded = set(self._chunk_numbers())
        try:
            indexed = self.dense.ids()
            self.dense.check()
        except DenseIndexDamaged as error:
            return [str(error)]
        if indexed != recorded:
            lacking, stray = len(recorded - indexed), len(indexed - recorded)
            return [f"Chroma lacks {lacking} chunks and has {stray} too many. Run: briefing rebuild"]
        return []

    def _articles_without_sentences(self) -> list[str]:
        query = "SELECT id FROM articles WHERE number NOT IN (SELECT article FROM sentences)"
        return [str(row[0]) for row in self._rows(query)]


def _own(folder: Path) -> FileLock:
    try:
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        lock = FileLock(folder / "lock")
        lock.acquire(timeout=0)
        (folder / "owner").write_text(f"{os.getpid()}\n")
    except Timeout as error:
        raise LibraryBusy(
            f"The library in {folder} is in use by process {_owner(folder)}. Close it there (the page, or another"
            " command), or choose another folder with --library."
        ) from error
    except OSError as error:
        raise LibraryError(
            f"The library folder {folder} cannot be used: {error.strerror or error}. Choose another with --library."
        ) from error
    return lock


def _owner(folder: Path) -> str:
    try:
        return (folder / "owner").read_text().strip()
    except OSError:
        return "unknown"


def _connect(path: Path) -> sqlite3.Connection:
    with _plain_errors(path.parent):
        db = sqlite3.connect(path, check_same_thread=False, isolation_level=None, timeout=5)
        try:
            db.execute("PRAGMA journal_mode = WAL")
            db.execute("PRAGMA synchronous = FULL")  # an acknowledged article survives a power cut
            db.execute("PRAGMA foreign_keys = ON")
        except BaseException:
            db.close()
            raise
        return db


def _prepare_schema(db: sqlite3.Connection, encoder: Encoder) -> None:
    version = db.execute("PRAGMA user_version").fetchone()[0]
    if version > _FORMAT:
        raise LibraryError(
            f"This library has format {version} and this briefing reads up to {_FORMAT}. Install a newer briefing."
        )
    if version == 0:
        db.executescript(f"BEGIN IMMEDIATE; {_SCHEMA} PRAGMA user_version = {_FORMAT}; COMMIT;")
    # Outlets and days are asked for at every search, without the texts beside them. Not in the schema: older
    # libraries get it too.
    db.execute("CREATE INDEX IF NOT EXISTS articles_source_day ON articles (source, published_at)")
    db.execute("INSERT OR IGNORE INTO meta VALUES ('encoder', ?)", (encoder.name,))


def _write_meta(db: sqlite3.Connection, key: str, value: str) -> None:
    db.execute("INSERT OR REPLACE INTO meta VALUES (?, ?)", (key, value))


def _full_text_problems(db: sqlite3.Connection) -> list[str]:
    try:
        db.execute("INSERT INTO chunk_words (chunk_words, rank) VALUES ('integrity-check', 1)")
    except sqlite3.DatabaseError:
        return ["The full-text index does not match the articles. Run: briefing rebuild"]
    return []


def _delete_other_generations(folder: Path, generation: int) -> None:
    import shutil

    for old in folder.glob("vectors-*"):
        if old.name != f"vectors-{generation}":
            shutil.rmtree(old, ignore_errors=True)


@contextmanager
def _plain_errors(folder: Path) -> Iterator[None]:
    """Translate SQLite's errors once, here, keeping the cause."""
    try:
        yield
    except BriefingError:
        raise
    except sqlite3.Error as error:
        raise LibraryError(
            f"The library in {folder} cannot be read or written: {error}. Run: briefing doctor"
        ) from error


def _where(filters: Filters) -> tuple[str, list[str]]:
    """The WHERE clause for the articles table, with its values; all of them bound, none spelt out."""
    clauses, values = [], []
    if filters.since:
        clauses.append("substr(published_at, 1, 10) >= ?")
        values.append(filters.since)
    if filters.until:
        clauses.append("substr(published_at, 1, 10) <= ?")
        values.append(filters.until)
    for column, wanted in (("source", filters.sources), ("articles.id", filters.article_ids)):
        if wanted:
            clauses.append(f"{column} IN ({','.join('?' * len(wanted))})")
            values.extend(wanted)
    return ("WHERE " + " AND ".join(clauses) if clauses else ""), values


def _quoted(word: str) -> str:
    """A word as an FTS5 string, so that nothing in it is query syntax."""
    return '"' + word.replace('"', '""') + '"'


def _batches(numbers: Sequence[int]) -> Iterator[Sequence[int]]:
    for start in range(0, len(numbers), _MANY):
        yield numbers[start : start + _MANY]
