import pytest

from index.articles import Article
from index.reading import Failure, read_bytes

PAGE = """<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title>Harbour bridge reopens after storm - The Coast Post</title>
<meta property="og:site_name" content="The Coast Post"><meta name="author" content="Jane Doe">
<meta property="article:published_time" content="2024-10-31T08:15:00Z">
<link rel="canonical" href="https://coast.example/bridge"><script>track("reader")</script></head>
<body><header><nav><a href="/">Home</a> <a href="/sport">Sport</a> <a href="/login">Sign in</a></nav></header>
<main><article><h1>Harbour bridge reopens after storm</h1>
<p>The harbour bridge reopened on Thursday, three days after the storm “Ada” tore two cables from its deck.</p>
<p>Engineers had worked through the night. “We checked every bolt,” said the chief engineer, Mary Li.</p>
<p>The city put the cost at €2.4 million. It expects the insurer to pay half of it by the end of the year.</p>
</article><aside class="advert">Buy two phones and pay for one!</aside>
<section id="comments" class="comments"><h2>Comments</h2><p>First! Great bridge, terrible council.</p></section></main>
<footer>© The Coast Post. <a href="/cookies">Cookie settings</a></footer></body></html>"""


def read(page: bytes) -> Article:
    (outcome,) = read_bytes("bridge.html", page, origin="/bridge.html")
    assert isinstance(outcome, Article), outcome
    return outcome


def test_the_article_and_what_the_page_says_about_it() -> None:
    article = read(PAGE.encode())
    assert article.title == "Harbour bridge reopens after storm"
    assert article.text.startswith("The harbour bridge reopened on Thursday, three days after the storm “Ada”")
    assert article.text.endswith("half of it by the end of the year.")
    assert (article.source, article.author, article.published_at) == ("The Coast Post", "Jane Doe", "2024-10-31")
    assert article.url == article.origin == "https://coast.example/bridge"


@pytest.mark.parametrize("words", ["Sign in", "Buy two phones", "terrible council", "Cookie settings", "track("])
def test_what_is_not_the_article_is_left_out(words: str) -> None:
    assert words not in read(PAGE.encode()).text


def test_a_page_without_a_date_or_link_has_none() -> None:
    lines = [line for line in PAGE.splitlines() if "published_time" not in line and "canonical" not in line]
    article = read("\n".join(lines).encode())
    assert (article.published_at, article.url, article.origin) == (None, None, "/bridge.html")


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "windows-1252", "iso-8859-15"])
def test_the_encoding_that_the_page_names(encoding: str) -> None:
    page = PAGE.replace("“", "'").replace("”", "'").replace('charset="utf-8"', f'charset="{encoding}"')
    assert "€2.4 million" in read(page.encode(encoding)).text


def test_an_encoding_that_does_not_exist_is_not_believed() -> None:
    assert "€2.4 million" in read(PAGE.replace('charset="utf-8"', 'charset="utf-99"').encode()).text


@pytest.mark.parametrize(
    "page", ["<html></html>", "no page", "<" * 10_000, "<html><body><script>x()</script></body></html>"]
)
def test_a_page_without_an_article_is_a_clear_failure(page: str) -> None:
    (outcome,) = read_bytes("a.htm", page.encode())
    assert outcome == Failure("a.htm", "No article was found in the page. Save its text as .txt and add that.")
