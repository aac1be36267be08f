"""Take of a clause the regions that name its parties: before the verb, and behind it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.extractors.parts import Chunk, Part

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

_PARTYISH = frozenset(
    {
        Part.TITLE,
        Part.NAME,
        Part.OFFICE,
        Part.ORGANIZATION,
        Part.COUNTRY,
        Part.DEMONYM,
        Part.CITY,
        Part.DATE,
        Part.AND,
        Part.DELEGATION,
        Part.GROUP,
        Part.COUNTERPART,
        Part.PRONOUN,
        Part.COMPANION,
        Part.LEADER,
        Part.OPEN,
        Part.CLOSE,
    }
)
_PARTYISH_OR_COMMA = _PARTYISH | {Part.COMMA}
NAMES_A_PARTY = frozenset(
    {Part.NAME, Part.OFFICE, Part.ORGANIZATION, Part.COUNTRY, Part.COUNTERPART, Part.PRONOUN}
)
_STARTS_A_PARTY = frozenset(
    {Part.TITLE, Part.NAME, Part.OFFICE, Part.COUNTERPART, Part.DELEGATION, Part.GROUP}
)
_STEPPED_OVER = frozenset(
    {
        "determiner",
        "possessive",
        "modifier",
        "filler",
        "adverb",
        "auxiliary",
        "future",
        "of",
        "region",
    }
    | {"office_suffix", "epithet", "origin", "on_behalf", "signatory", "such", "handle"}
)
CIRCUMSTANCE = frozenset({"place", "circumstance", "complement"})
_SEATS = frozenset({"venue", "seat", "own_seat"})
_SKIPPED = frozenset({Part.DATE, Part.CITY, Part.COUNTRY, Part.ORGANIZATION})
# What a delegation or a colleague is of: "une délégation du Parlement", "sa collègue de la Défense".
_OF_SENDER = frozenset({"organization_noun", "portfolio"})
_MARKS = frozenset({Part.COMMA, Part.SEMICOLON})
_OTHER_CLAUSE = frozenset({"relative", "that", "discussed"})
_STRAY_WORDS = 1
_LONGEST_ASIDE = 8  # chunks
_GROUPS = frozenset({Part.GROUP, Part.OFFICE})
_NAMED = frozenset({Part.NAME, Part.COUNTERPART})


def leftward(chunks: Sequence[Chunk]) -> list[Chunk]:
    """Take the parties that stand before a verb; what is inserted between commas is stepped over."""
    segments: list[list[Chunk]] = [[]]
    if len(chunks) > 1 and chunks[-1].value == "relative" and chunks[-2].part in _GROUPS:
        # "les ambassadeurs qui ont présenté": those right before are meant.
        return _suffix(chunks[:-1])
    for chunk in _without_circumstances(outside_brackets(chunks)):
        if chunk.part is Part.OTHER and chunk.value == "colon":
            # What stands before "DOHA:" or "He said:" is no part of the sentence's subject.
            segments = [[]]
        elif chunk.part in _MARKS:
            segments.append([chunk])
        else:
            segments[-1].append(chunk)
    region: list[Chunk] = []
    aside: list[Chunk] = []
    for n, segment in reversed(list(enumerate(segments))):
        has_party = any(chunk.part in NAMES_A_PARTY for chunk in region)
        if all(is_partyish(chunk) or chunk.part in _MARKS for chunk in segment):
            region = [*segment, *region]
            is_alone = not any(c.part is Part.COMPANION for s in segments[:n] for c in s)
            if segment and segment[-1].part is Part.PRONOUN and is_alone:
                # "Après la Guinée et le Tchad, il a rencontré"
                break
        elif any(chunk.value == "that" for chunk in segment):
            region = [*_suffix(segment), *region]
            break
        elif not has_party and not aside and _opens_clause(segment):
            region = _suffix(segment)
            break
        elif n and not has_party and not aside:
            # ", currently on a visit to Sri Lanka," is stepped over, where a subject stands before it.
            aside = _suffix(segment)
        elif not any(chunk.part is Part.NAME for chunk in region):
            region = [*_suffix(segment), *region]
            break
        elif any(chunk.part in {Part.TRIGGER, Part.ACT} for chunk in segment):
            break
    is_place = not any(chunk.part is Part.NAME for chunk in region)
    if is_place and any(chunk.part is Part.NAME for chunk in aside):
        # "VATICAN CITY, Vatican.- Pope Francis received"
        return aside
    return region if any(chunk.part in NAMES_A_PARTY for chunk in region) else aside or region


def leading(chunks: Sequence[Chunk]) -> list[Chunk]:
    """Take the parties with which a sentence opens, up to the first chunk that names none."""
    ends = (i for i, chunk in enumerate(chunks) if not is_partyish(chunk))
    return list(chunks[: next(ends, len(chunks))])


def outside_brackets(chunks: Sequence[Chunk]) -> list[Chunk]:
    """Leave out what stands in brackets: "(right)", "(VNA)"."""
    kept: list[Chunk] = []
    depth = 0
    for chunk in chunks:
        depth += chunk.part is Part.OPEN
        if not depth:
            kept.append(chunk)
        depth -= chunk.part is Part.CLOSE and depth > 0
    return kept


def _without_circumstances(chunks: Sequence[Chunk]) -> Iterator[Chunk]:
    """Leave out "on Monday", "in Riyadh": they stand between a subject and its verb."""
    is_skipped = False
    for i, chunk in enumerate(chunks):
        following = next((c for c in chunks[i + 1 :] if c.value != "determiner"), None)
        leads = chunk.value in CIRCUMSTANCE or chunk.value == "to"
        if (leads and following and following.part in _SKIPPED) or chunk.value == "residence":
            is_skipped = True
        elif _is_state_of_city(chunks, i):
            continue
        elif not (is_skipped and (chunk.part in _SKIPPED or chunk.value == "determiner")):
            is_skipped = False
            yield chunk
        elif chunk.value != "determiner":
            is_skipped = False


def _is_state_of_city(chunks: Sequence[Chunk], i: int) -> bool:
    """Tell the state in "in Gozo, Malta,", which is no party, and the mark before it."""
    state = i + (chunks[i].part is Part.COMMA)
    if not 2 < state < len(chunks) or chunks[state].part is not Part.COUNTRY:  # noqa: PLR2004
        return False
    place, city, comma = chunks[state - 3 : state]
    is_place = place.value in CIRCUMSTANCE or place.value == "residence"
    return is_place and city.part is Part.CITY and comma.part is Part.COMMA


def is_partyish(chunk: Chunk) -> bool:
    """Tell whether a chunk may stand inside the naming of a party."""
    return chunk.part in _PARTYISH_OR_COMMA or chunk.value in _STEPPED_OVER


def _opens_clause(segment: Sequence[Chunk]) -> bool:
    """Tell whether a clause of its own begins in a segment: "was at his desk when the colonel called"."""
    suffix = _suffix(segment)
    before = segment[: len(segment) - len(suffix)]
    is_named = any(chunk.part in {Part.NAME, Part.OFFICE, Part.PRONOUN} for chunk in suffix)
    return is_named and bool(before) and before[-1].value == "relative"


def _suffix(segment: Sequence[Chunk]) -> list[Chunk]:
    suffix: list[Chunk] = []
    for chunk in reversed(segment):
        if not is_partyish(chunk):
            break
        suffix.insert(0, chunk)
    return suffix


def rightward(chunks: Sequence[Chunk], *, least: int = 1) -> list[Chunk]:
    """Take the parties that stand behind a verb, past the circumstances before and between them.

    At least `least` parties are looked for before a circumstance and a comma end the region.
    """
    region: list[Chunk] = []
    named = stray = 0
    is_circumstance = False
    skipped = 0
    chunks = outside_brackets(chunks)
    for i, chunk in enumerate(chunks):
        if i < skipped:
            continue
        if is_circumstance and chunk.part is Part.SEMICOLON:
            is_circumstance = False
        if is_circumstance:
            # "met X at the palace following talks with Y": behind a party only "and" or a mark goes on.
            may_end = chunk.part in _STARTS_A_PARTY and named < least and not _is_venues(chunks, i)
            ends = may_end and not (_is_possessed(chunks, i) or _is_spot(chunks, i))
            if chunk.part is Part.COMMA:
                # "met officials in Rome on Friday, the agency reports"
                is_told = named >= least or any(c.part is Part.GROUP for c in region)
                if is_told and not _goes_on(chunks, i):
                    break
                is_circumstance = False
                continue
            if _names_venue(chunks, i) or not (ends or (chunk.part is Part.AND and named)):
                continue
            is_circumstance = False
        is_place = chunk.part is Part.CITY or chunk.value in _SEATS
        if state := _state_of(chunks, i):
            # "A pour l'Italie", "l'ambassadeur d'Italie auprès du Ghana": of the first the state is his.
            skipped = state + (chunk.value == "to")
        elif chunk.value in CIRCUMSTANCE | {"residence"} or (is_place and chunk.prefix):
            region.append(Chunk(Part.PLACE, chunk.first, chunk.last))
            is_circumstance = True
        elif chunk.part in _PARTYISH or chunk.part in _MARKS:
            region.append(chunk)
            named += chunk.part in {Part.NAME, Part.COUNTERPART}
        elif (chunk.value == "origin" and stray) or (chunk.value == "received_thing" and not named):
            # "received a degree from the university", "a reçu les félicitations du ministre"
            break
        elif chunk.value in _SEATS and not region:
            # "حضر مجلس قصر البحر الشيخ فلان": where they attended stands before who did.
            is_circumstance = True
        elif (
            chunk.value in _STEPPED_OVER
            or chunk.value in {"with", "of"}
            or _opens_list(chunks, i)
            or (chunk.value in _OF_SENDER and _is_of_group(region))
        ):
            continue
        elif (
            chunk.part is Part.OTHER
            and chunk.value in {None, "colon", "deed"}
            and not named
            and stray < _STRAY_WORDS
        ):
            stray += 1
        elif named and (mark := _semicolon(chunks, i)):
            # "A, posted to Peru; B, to Chile": what is said of one ends where the next one begins.
            skipped = mark
        elif 0 < named < least and (mark := _past_aside(chunks, i)):
            # "استقبل فلان، ضيف الشرف، فلانا": what is said of the first between marks.
            skipped = mark
        else:
            break
    while region and region[-1].part not in NAMES_A_PARTY | {
        Part.DELEGATION,
        Part.TITLE,
        Part.GROUP,
    }:
        region.pop()
    return region


def _is_of_group(region: Sequence[Chunk]) -> bool:
    """Tell whether a region so far is of a delegation or a colleague, of whom it may be said of what."""
    is_named = any(chunk.part is Part.NAME for chunk in region)
    return not is_named and any(c.part in {Part.DELEGATION, Part.COUNTERPART} for c in region)


def _state_of(chunks: Sequence[Chunk], i: int) -> int:
    """Find the state for which somebody is sent, or to which: behind a name, or an office; 0 for none."""
    before = chunks[i - 1].part if i else None
    is_told = chunks[i].value == "to" or (chunks[i].value == "complement" and before in _NAMED)
    k = i + 1
    while k < len(chunks) and chunks[k].value in {"determiner", "state_noun"}:
        k += 1
    is_state = is_told and i and k < len(chunks) and chunks[k].part is Part.COUNTRY
    return k if is_state else 0


def _semicolon(chunks: Sequence[Chunk], i: int) -> int:
    """Find the next mark that parts the items of a list; 0 where another clause begins before it."""
    for k, chunk in enumerate(chunks[i:], i):
        if chunk.part is Part.SEMICOLON:
            return k
        if chunk.part in {Part.ACT, Part.TRIGGER}:
            break
    return 0


def _past_aside(chunks: Sequence[Chunk], i: int) -> int:
    """Find the mark that ends what stands between marks behind a party; 0 where a verb stands in it."""
    if chunks[i - 1].part is not Part.COMMA:
        return 0
    for k, chunk in enumerate(chunks[i : i + _LONGEST_ASIDE], i):
        if chunk.part is Part.COMMA:
            return k
        if chunk.part in {Part.ACT, Part.TRIGGER} or chunk.value in _OTHER_CLAUSE:
            break
    return 0


def _names_venue(chunks: Sequence[Chunk], i: int) -> bool:
    """Tell "مطار نواكشوط الدولي أم التونسي", where a name ends that of a venue."""
    before = chunks[max(0, i - 4) : i]
    is_adjacent = bool(before) and before[-1].last == chunks[i].first
    is_plain = is_adjacent and before[-1].part in {Part.OTHER, Part.CITY} and not before[-1].prefix
    is_venue = any(c.value == "venue" for c in before)
    return chunks[i].part is Part.NAME and is_plain and is_venue and not chunks[i].joins


def _opens_list(chunks: Sequence[Chunk], i: int) -> bool:
    """Tell the colon of "كلا من: السفير" from one that leads to what was said."""
    is_plain = chunks[i].part is Part.OTHER and chunks[i].value in {None, "colon"}
    before = chunks[i - 1].value if i else None
    return (
        is_plain
        and before in {"determiner", "office_suffix", "delegation", "group"}
        and i + 1 < len(chunks)
        and chunks[i + 1].part in _STARTS_A_PARTY
    )


def _is_possessed(chunks: Sequence[Chunk], i: int) -> bool:
    """Tell whether a party only owns a place or a deed: "at the office of the President", "بعد عودة الوزير"."""
    k = i - 1
    while k >= 0 and chunks[k].value == "determiner":
        k -= 1
    return k >= 0 and chunks[k].value in {"of", "deed"}


def _is_spot(chunks: Sequence[Chunk], i: int) -> bool:
    """Tell "in Castle Hill" from a person: a name right behind a word of place."""
    return i > 0 and chunks[i].part is Part.NAME and chunks[i - 1].value == "place"


def _is_venues(chunks: Sequence[Chunk], i: int) -> bool:
    """Tell whether a name is a venue's: "au palais Mohammed V"."""
    noun = i > 0 and chunks[i - 1].value in _SEATS | {"organization_noun"}
    return chunks[i].part is Part.NAME and noun and chunks[i - 1].last == chunks[i].first


def _goes_on(chunks: Sequence[Chunk], i: int) -> bool:
    """Tell whether a list goes on behind a comma: behind an article only with an office and its holder."""
    following = [c for c in chunks[i + 1 : i + 6] if c.value != "determiner"]
    if not following or following[0].part not in {Part.AND, Part.TITLE, Part.OFFICE}:
        return False
    is_bare = following[0] is chunks[i + 1]
    names = (c.part is Part.NAME for c in following[1:4] if c.part not in {Part.COMMA, Part.TITLE})
    return is_bare or next(names, False)
