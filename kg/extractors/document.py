"""An article cut into sentences, each with its chunks and clauses: what the later passes read."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import Counter
from dataclasses import dataclass, field
from functools import cache, cached_property
from operator import attrgetter
from typing import TYPE_CHECKING

from kg import dates, languages
from kg.extractors import acronyms, lexicon, triggers
from kg.extractors.chunks import chunk
from kg.extractors.frames import Clause, clauses
from kg.extractors.parts import Chunk, Part, Span
from kg.extractors.sentence import Sentence
from kg.model import Mention, MentionKind
from kg.text import fold, sentences, tokenize

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from kg.dates import Expression
    from kg.extractors.lexicon import Lexicon
    from kg.languages import Language
    from kg.model import Article
    from kg.text import Token


_LONGEST_TITLE = 18  # words


_SHORT = 3  # letters of a title that is taken for an abbreviation: "Mr", "Pr"


@dataclass(slots=True, eq=False)
class Line:
    """A sentence that was read, and the names among its chunks; `is_title` tells that it is the headline."""

    sentence: Sentence
    chunks: list[Chunk]
    names: list[Chunk]
    is_title: bool
    clauses: list[Clause] = field(default_factory=list)


class Document:
    """One article on its way through the passes; every index is a token's."""

    def __init__(self, article: Article) -> None:
        """Cut the article; raises LanguageError where its language is not known."""
        self.article = article
        self.lexicon: Lexicon = lexicon.load(article.language)
        self.language: Language = self.lexicon.language
        self.tokens: Sequence[Token] = tokenize(article.text)
        self.dates: list[Expression] = dates.find(
            article.text, article.language, tokens=self.tokens
        )
        self.lines = list(self._read())

    def _read(self) -> Iterator[Line]:
        title_end = self._title_end()
        starts = [token.start for token in self.tokens]
        dates_at = {bisect_right(starts, date.start) - 1: date for date in self.dates}
        spans = sentences(
            self.article.text,
            self.tokens,
            abbreviations=_abbreviations(self.language.code),
            joining=_joining(self.language.code),
        )
        known: set[str] = set()
        for span in self._cut_at(title_end, spans):
            sentence = Sentence(self.tokens, span, self.lexicon, dates_at)
            found = triggers.find(sentence)
            chunks = chunk(sentence, found, known)
            names = [c for c in chunks if c.part is Part.NAME]
            known |= {self.tokens[c.last - 1].folded for c in names if c.last > c.first + 1}
            line = Line(sentence, chunks, names, self.tokens[span[0]].start < title_end)
            line.clauses = clauses(sentence, chunks, found)
            yield line

    @cached_property
    def acronyms(self) -> Mapping[str, Span]:
        """Give the long forms of the acronyms that the article explains."""
        return acronyms.find(self.tokens)

    def _title_end(self) -> int:
        """Tell where the headline ends; a whole sentence as long as a paragraph is the body's lead."""
        title = self.article.title
        if title.endswith(".") and len(title.split()) > _LONGEST_TITLE:
            return 0
        return self.article.text.find(title) + len(title)

    def _cut_at(self, end: int, spans: Iterable[tuple[int, int]]) -> Iterator[tuple[int, int]]:
        """Part a sentence that begins in the title and goes on behind it."""
        for first, last in spans:
            cut = bisect_left(self.tokens, end, first, last, key=attrgetter("start"))
            if first < cut < last and "\n" in self.article.text[end : self.tokens[cut].start]:
                yield first, cut
                yield cut, last
            else:
                yield first, last

    def quote(self, kind: MentionKind, span: Span) -> Mention:
        """Quote a span, without the clitic before it."""
        start = self.tokens[span.first].start + span.skip
        end = self.tokens[span.last - 1].end
        return Mention(kind, self.article.text[start:end], start, end, span.value)

    def folded(self, first: int, last: int) -> tuple[str, ...]:
        """Give the folded words of a range, marks left out."""
        return tuple(token.folded for token in self.tokens[first:last] if token.is_word)

    def is_determiner(self, i: int) -> bool:
        """Tell whether a token is an article or a pronoun before a noun."""
        return self.tokens[i].folded in self.language.words["determiner"]


@cache
def _joining(code: str) -> frozenset[str]:
    """List the words behind which a line goes on though it breaks: prepositions, titles."""
    language = languages.load(code)
    titles = (f for name, forms in language.titles.items() if name != "prayers" for f in forms)
    return frozenset(fold(phrase.split()[-1]) for phrase in (*language.words["soft"], *titles))


@cache
def _abbreviations(code: str) -> frozenset[str]:
    """List the abbreviated titles and names: "Mr.", "Gen.", "Md."; their stop ends no sentence."""
    forms = (form for forms in languages.load(code).titles.values() for form in forms)
    words = (fold(word) for form in forms for word in form.split() if word.endswith("."))
    short = (
        fold(form)
        for forms in languages.load(code).titles.values()
        for form in forms
        if len(form) <= _SHORT
    )
    return frozenset((*words, *short, *languages.load(code).words.get("abbreviation", ())))


def count_words(tokens: Sequence[Token]) -> Counter[str]:
    """Count the folded words of a text, to tell its language by."""
    return Counter(token.folded for token in tokens if token.is_word)
