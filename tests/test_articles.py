import sys
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.articles import Article, canonical
from index.errors import UnreadableArticle


@pytest.mark.parametrize(
    ("raw", "kept"),
    [
        ("a\r\nb\rc", "a\nb\nc"),
        ("a\u2028b\x85c\x0cd", "a\nb\nc\nd"),
        ("zero\u200bwidth\ufeff", "zerowidth"),
        ("soft\u00adhyphen", "softhyphen"),
        ("e\u0301", "é"),
        ("\u202eorder\u202c", "order"),
        ("nul\x00byte", "nulbyte"),
        ("lone \ud800 half", "lone  half"),
        ("👨\u200d👩\u200d👧", "👨\u200d👩\u200d👧"),
        ("می\u200cخواهم", "می\u200cخواهم"),
        ("in\u200dvisible", "invisible"),
        ("  \n edges \n", "edges"),
        ("", ""),
    ],
)
def test_canonical_form(raw: str, kept: str) -> None:
    assert canonical(raw) == kept


@given(st.text())
def test_canonical_form_is_stable(text: str) -> None:
    assert canonical(canonical(text)) == canonical(text)


def test_the_same_text_is_the_same_article_whatever_its_title() -> None:
    assert Article.make(title="One", text="Words.\r\n").id == Article.make(title="Two", text="Words.").id


def test_an_article_without_text_is_refused_by_name() -> None:
    with pytest.raises(UnreadableArticle, match="“Empty day” holds no text"):
        Article.make(title="Empty day", text=" \u200b\n")


def test_what_is_dropped_is_what_unicode_calls_control_or_format() -> None:
    # On lines of their own, so that none combines with the next.
    kept = set(canonical("x\n" + "\n".join(map(chr, range(sys.maxunicode + 1))) + "\nx"))
    for code in range(sys.maxunicode + 1):
        category = unicodedata.category(chr(code))
        if category in {"Cc", "Cf", "Cs"} and chr(code) not in "\n\t\u200c\u200d":
            assert chr(code) not in kept, hex(code)
        elif unicodedata.is_normalized("NFC", chr(code)) and category not in {"Cn", "Zl", "Zp", "Cc", "Cf"}:
            assert chr(code) in kept, hex(code)
