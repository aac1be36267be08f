from __future__ import annotations

import datetime
import hashlib
import io
import json
import pickle
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from reportlab.pdfgen.canvas import Canvas

from kg.articles import find, read
from kg.errors import ArticleError
from kg.model import Article

SEEDS = Path(__file__).parents[1] / "seeds"
ENGLISH = "The minister received the ambassador in Rome, and they spoke of the treaty with Spain."
FRENCH = "Le ministre a reçu l'ambassadeur à Rome, où ils ont parlé du traité avec l'Espagne."
ARABIC = "استقبل الوزير السفير في روما يوم الثلاثاء، وبحثا العلاقات بين البلدين خلال اللقاء."


def save(path: Path, content: str | bytes) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return path


def one(path: Path) -> Article:
    [article] = read([path])
    assert isinstance(article, Article)
    return article


def error(path: Path) -> str:
    [found] = read([path])
    assert isinstance(found, ArticleError)
    return str(found).removeprefix(str(path))


def pdf(*lines: str) -> bytes:
    file = io.BytesIO()
    canvas = Canvas(file)
    for n, line in enumerate(lines):
        canvas.drawString(72, 760 - 14 * n, line)
    canvas.save()
    return file.getvalue()


def test_the_seeds_are_five_in_three_languages() -> None:
    articles = [article for article in read([SEEDS]) if isinstance(article, Article)]

    assert [article.language for article in articles] == ["fr", "ar", "en", "fr", "fr"]


def test_a_seed_is_read_as_it_was_published() -> None:
    for path in SEEDS.glob("*.txt"):
        article = one(path)

        assert article.text.encode() == path.read_bytes()
        assert article.digest == hashlib.sha256(path.read_bytes()).hexdigest()
        assert article.id == path.stem


def test_the_first_line_with_words_is_the_title(tmp_path: Path) -> None:
    path = save(tmp_path / "rome.txt", f"\n ***\n## Talks in Rome\n\n{ENGLISH}\n")

    assert one(path).title == "Talks in Rome"


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        (ENGLISH, "utf-8-sig"),
        (FRENCH, "cp1252"),
        (FRENCH, "utf-16"),
        (ARABIC, "cp1256"),
        (ARABIC, "utf-16"),
    ],
)
def test_other_encodings_are_recognized(tmp_path: Path, text: str, encoding: str) -> None:
    path = save(tmp_path / "rome.txt", "\n".join([text] * 5).encode(encoding))

    assert one(path).text == "\n".join([text] * 5)


def test_line_ends_and_spaces_are_kept(tmp_path: Path) -> None:
    text = f" {ENGLISH}\r\n\r\n\t{ENGLISH}\u00a0\r"

    assert one(save(tmp_path / "rome.txt", text)).text == text


def test_a_header_describes_a_markdown_article(tmp_path: Path) -> None:
    header = (
        "title: Talks\nlanguage: EN\npublished: 2024-05-22\nurl: https://x.example/1\npublisher: X"
    )
    article = one(save(tmp_path / "a.md", f"---\n{header}\n---\n{ENGLISH}\n"))

    assert article.text == f"{ENGLISH}\n"
    assert (article.title, article.language) == ("Talks", "en")
    assert article.published == datetime.date(2024, 5, 22)
    assert (article.url, article.publisher) == ("https://x.example/1", "X")


def test_markdown_needs_no_header(tmp_path: Path) -> None:
    assert one(save(tmp_path / "a.md", f"# Talks\n{ENGLISH}")).title == "Talks"


def test_the_menu_of_a_page_is_not_read(tmp_path: Path) -> None:
    head = (
        "<title>Talks in Rome</title><meta property='article:published_time' content='2024-05-22'>"
        "<meta property='og:site_name' content='The Ministry'>"
        "<link rel='canonical' href='https://x.example/1'>"
    )
    body = f"<nav><a href='/'>Home</a></nav><article><p>{ENGLISH}</p><p>{ENGLISH * 5}</p></article>"
    page = f"<html><head>{head}</head><body>{body}<footer>Imprint</footer></body></html>"
    article = one(save(tmp_path / "a.html", page))

    assert ENGLISH in article.text
    assert "Home" not in article.text
    assert article.text.startswith("Talks in Rome\n")
    assert article.published == datetime.date(2024, 5, 22)
    assert (article.publisher, article.url) == ("The Ministry", "https://x.example/1")


def test_a_pdf_is_read_without_its_line_breaks(tmp_path: Path) -> None:
    lines = (
        "Talks in Rome",
        "",
        "The minister received in the capital Mr.",
        "Rossi, who is a man.",
    )

    assert "received in the capital Mr. Rossi" in one(save(tmp_path / "a.pdf", pdf(*lines))).text


def test_only_the_text_of_a_json_line_is_required(tmp_path: Path) -> None:
    full = {"id": "r1", "title": "Talks", "text": FRENCH, "language": "fr", "publisher": "X"}
    full |= {"published": "2024-05-22T10:00:00Z", "url": "https://x.example/1"}
    lines = [json.dumps({"text": ENGLISH}), "", json.dumps(full)]
    first, second = read([save(tmp_path / "news.jsonl", "\n".join(lines))])

    assert isinstance(first, Article)
    assert (first.id, first.language, first.title) == ("news-1", "en", ENGLISH)
    assert first.digest == hashlib.sha256(lines[0].encode()).hexdigest()
    assert isinstance(second, Article)
    assert (second.id, second.title, second.publisher) == ("r1", "Talks", "X")
    assert second.published == datetime.date(2024, 5, 22)


@pytest.mark.parametrize(
    "url", ["", "archive no. 7", "javascript:alert(1)", "https://x.example/ a"]
)
def test_what_is_no_address_of_the_web_is_no_url(tmp_path: Path, url: str) -> None:
    line = json.dumps({"text": ENGLISH, "url": url})

    assert one(save(tmp_path / "a.jsonl", line)).url is None


def test_folders_are_read_in_order_with_their_subfolders(tmp_path: Path) -> None:
    for name in ("b.txt", "a/z.txt", "a/y.md", "notes.docx", ".hidden/x.txt"):
        save(tmp_path / name, ENGLISH)

    assert [a.id for a in read([tmp_path]) if isinstance(a, Article)] == ["y", "z", "b"]


def test_the_folder_of_a_graph_holds_no_articles(tmp_path: Path) -> None:
    save(tmp_path / "a.txt", ENGLISH)
    save(tmp_path / "graph" / "graph.trig", "")
    save(tmp_path / "graph" / "report.txt", ENGLISH)

    assert [source.id for source in find([tmp_path]) if not isinstance(source, ArticleError)] == [
        "a"
    ]


@pytest.mark.parametrize(
    ("name", "content", "told"),
    [
        ("a.txt", "", ": it is empty - write the article's text in it, or take it away"),
        ("a.txt", " \n\n", ": it is empty - write the article's text in it, or take it away"),
        ("a.txt", b"\x89PNG\r\n\x00\x01\xff", ": this is not text - save it as UTF-8 text"),
        ("a.png", b"\x89PNG", ": this is no kind of article - kinds known: "),
        ("a.pdf", b"", ": it is empty - "),
        ("a.pdf", b"%PDF-1.4 broken", ": this PDF cannot be read: "),
        ("a.pdf", pdf(), ": this PDF holds no text, perhaps only pictures of it - "),
        ("a.html", "<html><body></body></html>", ": no article's text is found in this page - "),
        ("a.txt", "x" * 1_000_001, ": it is too long for one article: 1,000,001 characters - "),
        ("a.txt", b"x" * 20_000_000, ": it is too long for one article: 20,000,000 bytes - "),
        ("a.txt", "Der Minister empfing den Botschafter.", ": its language is not recognized - "),
        ("a.md", f"---\nlanguage: de\n---\n{ENGLISH}", ": its language is not known: 'de' - "),
        ("a.md", f"---\na: [\n---\n{ENGLISH}", ":3: its header is not YAML: "),
        ("a.md", f"---\nRome\n---\n{ENGLISH}", ":2: its header names nothing - "),
        ("a.md", f"---\npublished: soon\n---\n{ENGLISH}", ": 'published' is not a date: 'soon' - "),
        ("a.md", f"---\nurl: [a]\n---\n{ENGLISH}", ": 'url' is not a text: ['a'] - write words"),
        ("a.jsonl", "", ": it is empty - write one JSON object a line"),
        ("a.jsonl", '\n\n{"text": "', ":3: this line is not JSON: "),
        ("a.jsonl", "[1]", ":1: this line is no object - "),
        ("a.jsonl", '{"title": "a"}', ":1: 'text' is missing - "),
        ("a.jsonl", '{"text": 3}', ":1: 'text' is not a text: 3 - "),
    ],
)
def test_a_bad_file_says_where_what_and_how(
    tmp_path: Path, name: str, content: str | bytes, told: str
) -> None:
    message = error(save(tmp_path / name, content))

    assert message.startswith(told)
    assert "\n" not in message


def test_a_path_that_is_not_there_is_told(tmp_path: Path) -> None:
    assert error(tmp_path / "nowhere") == ": there is no such file or folder - check the path"


def test_a_folder_without_articles_is_told(tmp_path: Path) -> None:
    assert error(tmp_path).startswith(": no article is in this folder - kinds known: .txt, .md,")


def test_one_bad_article_stops_nothing(tmp_path: Path) -> None:
    save(tmp_path / "a.txt", ENGLISH)
    save(tmp_path / "b.txt", "")
    save(
        tmp_path / "c.jsonl",
        json.dumps({"text": FRENCH}) + "\nnonsense\n" + json.dumps({"text": ARABIC}),
    )

    kinds = [type(found) for found in read([tmp_path])]
    assert kinds == [Article, ArticleError, Article, ArticleError, Article]


def test_an_error_survives_the_way_between_processes() -> None:
    told = ArticleError("a.txt", "it is empty", "write")

    assert str(pickle.loads(pickle.dumps(told))) == str(told)  # noqa: S301 - our own bytes


@given(st.sampled_from([".txt", ".md", ".jsonl", ".html", ".pdf"]), st.binary(max_size=300))
def test_no_bytes_break_the_reading(
    tmp_path_factory: pytest.TempPathFactory, suffix: str, content: bytes
) -> None:
    path = save(tmp_path_factory.mktemp("any") / f"a{suffix}", content)

    assert all(isinstance(found, Article | ArticleError) for found in read([path]))
