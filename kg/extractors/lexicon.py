"""All known forms of a language in tries by their first words, looked up on folded tokens: the first pass over a sentence."""

from __future__ import annotations

import json
from functools import cache, lru_cache
from typing import TYPE_CHECKING

from kg import languages
from kg.compiled import kept
from kg.extractors.conditions import conditions, may_begin
from kg.extractors.forms import Form, Label, Match
from kg.extractors.gathering import gather, sources
from kg.text import fold, spoken, tokenize

if TYPE_CHECKING:
    from collections.abc import Sequence
    from typing import TypeAlias

    from kg.extractors.conditions import Condition
    from kg.languages import Language
    from kg.text import Token

    # Forms, each with what it asks of the words in which it is found.
    _Asking: TypeAlias = tuple[tuple[Form, tuple[Condition, ...]], ...]
    # A first word's node, what was written onto it, and the forms that end with it.
    _Start: TypeAlias = tuple["_Node", str, _Asking]


class _Node:
    __slots__ = ("children", "forms", "is_verbal")

    def __init__(self) -> None:
        self.children: dict[str, _Node] = {}
        self.forms: list[Form] = []
        self.is_verbal = False


# Where two labels claim the same words, the more telling one wins; longer matches win first.
_PRIORITY = {label: rank for rank, label in enumerate(Label.members())}
_VERBAL = frozenset({Label.TRIGGER, Label.ACT})
_WORDS = 1 << 16


def _rank(match: Match) -> tuple[int, int, int]:
    return match.first - match.last, len(match.prefix), _PRIORITY[match.form.label]


def _priority(form: Form) -> int:
    return _PRIORITY[form.label]


class Lexicon:
    """The forms of one language."""

    def __init__(self, language: Language) -> None:
        """Gather the forms of a language and of the gazetteers; see `load` for the cached one."""
        self.language = language
        self._readings = lru_cache(maxsize=_WORDS)(self._read)
        self._starts = lru_cache(maxsize=_WORDS)(self._first_nodes)
        self._asking = lru_cache(maxsize=_WORDS)(self._asked)
        self._node = lru_cache(maxsize=_WORDS)(self._read_node)
        self._key = lru_cache(maxsize=_WORDS)(self._without_article)
        self._definite = tuple(language.definite)
        self._prefixes = (*language.definite, *language.clitics)
        self._article = next((p for p, clitic in language.definite.items() if not clitic), "")
        self._lone: dict[str, frozenset[str]] = {}
        places = language.words.get("place_clitic", ())
        self.prepositions = frozenset((*places, *language.words.get("like_clitic", ())))
        self.future = frozenset(language.words.get("future_clitic", ()))
        self._words = kept(f"lexicon-{language.code}", sources(), self._all_forms)
        self._adverbs: dict[str, list[tuple[str, ...]]] = {}
        for phrase in sorted(language.words["adverb"], key=len, reverse=True):
            keys = tuple(self.key(token) for token in tokenize(phrase))
            self._adverbs.setdefault(keys[0], []).append(keys)
        self._adverb_endings = language.words.get("adverb_endings", ())

    def lone(self, part: str) -> frozenset[str]:
        """Give the keys of the words of a list that other passes read as they are."""
        if part not in self._lone:
            words = self.language.words.get(part, ())
            self._lone[part] = frozenset(self._bare(word) for word in words)
        return self._lone[part]

    def keys(self, token: Token) -> tuple[tuple[str, str], ...]:
        """List the ways to read the first word of a form, as (key, what was written onto it)."""
        return self._readings(token.folded)

    def is_plural(self, word: str) -> bool:
        """Tell whether a folded word is the plural of one that is an office."""
        endings = self.language.words.get("plural_endings", ())
        stems = (word.removesuffix(ending) for ending in endings if word.endswith(ending))
        return any(map(self.is_office, stems))

    def is_office(self, word: str) -> bool:
        """Tell whether a folded word alone is an office."""
        node = self._node(word)
        return any(form.label is Label.OFFICE for form in node.forms) if node else False

    def key(self, token: Token) -> str:
        """Give the key of a further word of a form: a glued article off, other clitics kept."""
        return self._key(token.folded)

    def _read(self, folded: str) -> tuple[tuple[str, str], ...]:
        word = folded.rstrip("'")
        prefixes = (p for p in self._prefixes if word.startswith(p) and len(word) > len(p) + 1)
        return (word, ""), *((word[len(p) :], p) for p in prefixes)

    def _without_article(self, folded: str) -> str:
        word = folded.rstrip("'")
        for prefix, clitic in self.language.definite.items():
            if word.startswith(prefix) and len(word) > len(prefix) + 1:
                return clitic + word[len(prefix) :]
        return word

    def has_article(self, form: str) -> bool:
        """Tell "الرياض" from "فاليتا", which only looks as if "and so the" were written onto it."""
        return form.startswith(self._article)

    def is_definite(self, word: str) -> bool:
        """Tell whether a word, or what was taken off it, has the glued article."""
        return word.startswith(self._definite)

    def all(self, tokens: Sequence[Token], first: int, last: int) -> dict[int, list[Match]]:
        """Find every known form in a range of tokens, by its first token; the longest come first."""
        found: dict[int, list[Match]] = {}
        for i in range(first, last):
            if (starts := self._starts(tokens[i].text)) and (
                matches := self._from(starts, tokens, i, last)
            ):
                found[i] = matches
        return found

    def _from(
        self, starts: Sequence[_Start], tokens: Sequence[Token], i: int, last: int
    ) -> list[Match]:
        """Follow the words of forms from a token on, along each way to read the first one."""
        word = tokens[i].text
        matches: list[Match] = []
        for start, prefix, single in starts:
            node, forms, j = start, single, i + 1
            while True:
                if forms:
                    ending = [
                        Match(form, i, j, prefix)
                        for form, asked in forms
                        if not asked or all(holds(form, tokens[i:j], self) for holds in asked)
                    ]
                    matches = ending + matches
                following, j = self._next(node, tokens, j, last) if node.children else (None, j)
                if not following:
                    break
                node, forms = following, self._asking(following, word, prefix)
        if len(starts) > 1:
            matches.sort(key=_rank)
        return matches

    def _next(
        self, node: _Node, tokens: Sequence[Token], j: int, last: int
    ) -> tuple[_Node | None, int]:
        """Follow a further word of forms at token `j`; give its node with the token behind it."""
        # The full stop of an abbreviation stands between its words.
        if j < last and tokens[j].text in "./'’" and tokens[j].start == tokens[j - 1].end:
            j += 1
        while node.is_verbal and (step := self._adverb(node, tokens, j, last)):
            j += step
        return (node.children.get(self._key(tokens[j].folded)), j + 1) if j < last else (None, j)

    def _asked(self, node: _Node, word: str, prefix: str) -> _Asking:
        """Give the forms that end at a node and may begin with a word as it is written."""
        forms = (form for form in node.forms if may_begin(form, word, prefix, self))
        return tuple(
            (form, conditions(form, word, prefix, self)) for form in sorted(forms, key=_priority)
        )

    def _first_nodes(self, word: str) -> tuple[_Start, ...]:
        """Give the nodes of the ways to read a form's first word, with what was written onto it."""
        readings = self._readings(fold(word))
        nodes = ((self._node(key), prefix) for key, prefix in readings)
        return tuple(
            (node, prefix, self._asking(node, word, prefix)) for node, prefix in nodes if node
        )

    def _adverb(self, node: _Node, tokens: Sequence[Token], j: int, last: int) -> int:
        """Count the words of an adverb that stands inside a verb: "a par ailleurs salué"; 0 for none."""
        if j >= last:
            return 0
        key = self.key(tokens[j])
        for adverb in self._adverbs.get(key, ()):
            if adverb == tuple(self.key(token) for token in tokens[j : min(j + len(adverb), last)]):
                return len(adverb)
        return int(key.endswith(self._adverb_endings) and key not in node.children)

    def _all_forms(self) -> dict[str, str]:
        """Write all forms, each with the keys of its further words, by the key of their first."""
        found: dict[str, list[tuple[str, ...]]] = {}
        for form in dict.fromkeys(gather(self.language)):
            first, *rest = spoken(form.text) or [""]
            if first:
                keys = (self._key(fold(word)) for word in rest)
                found.setdefault(self._bare(first), []).append((*form, *keys))
        return {first: json.dumps(rows, ensure_ascii=False) for first, rows in found.items()}

    def _read_node(self, first: str) -> _Node | None:
        """Make the nodes of all forms whose first word has this key."""
        rows = self._words.get(first)
        if rows is None:
            return None
        root = _Node()
        for label, value, text, *keys in json.loads(rows):
            node, is_verbal = root, label in _VERBAL
            node.is_verbal = node.is_verbal or is_verbal
            for key in keys:
                node = node.children.setdefault(key, _Node())
                node.is_verbal = node.is_verbal or is_verbal
            node.forms.append(Form(Label(label), value, text))
        return root

    def _bare(self, first: str) -> str:
        word = fold(first).rstrip("'")
        # "ألوفي" only looks as if it began with the article, once its hamza is folded away.
        has_article = first.startswith(self._article) and len(word) > len(self._article) + 1
        return word.removeprefix(self._article) if has_article else word


@cache
def load(code: str) -> Lexicon:
    """Give the lexicon of a language, built once a process."""
    return Lexicon(languages.load(code))
