"""Files of which only the blocks that changed are written anew; the rest is copied as it stands."""

from __future__ import annotations

from operator import add, sub
from typing import TYPE_CHECKING, TypeAlias

from kg.store.dumping import head

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from kg.store.dumping import Files

# The length in bytes of every block in each of some files; blocks stand there sorted by their keys.
Layout: TypeAlias = dict[str, tuple[int, ...]]


def total(layout: Layout, names: Sequence[str]) -> list[int]:
    """Tell how long files of these names are that hold what a layout says."""
    blocks = zip(*layout.values(), strict=True)
    return [head(name) + sum(lengths) for name, lengths in zip(names, blocks, strict=True)]


def splice(files: Files, former: Layout, changed: Mapping[str, Sequence[bytes]]) -> Layout:
    """Write some blocks, as each file has them, in the place of those of their keys; none where a block is empty."""
    layout: Layout = {}
    start = end = files.heads
    for key in sorted(former.keys() | changed.keys()):
        lengths = former.get(key, (0,) * len(end))
        if key not in changed:
            layout[key] = lengths
            end = tuple(map(add, end, lengths))
            continue
        files.copy(start, tuple(map(sub, end, start)))
        start = end = tuple(map(add, end, lengths))
        if any(changed[key]):
            layout[key] = files.put(*changed[key])
    files.copy(start, tuple(map(sub, end, start)))
    return layout
