"""Things that may be one, kept with what links them, so that a change settles only those it touches anew."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Any, Generic, NamedTuple, TypeVar

from kg.resolution.clusters import Edge
from kg.resolution.ids import Claim, Register

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping, Sequence

Key = TypeVar("Key", bound=tuple[Any, ...])
Item = TypeVar("Item")
Group = TypeVar("Group")


class Rules(NamedTuple, Generic[Key, Item, Group]):
    """How things meet, what links two of them, and which of those that are linked are one."""

    stands_at: Callable[[Item], Iterable[Hashable]]
    looks_at: Callable[[Item], Iterable[Hashable]]
    link: Callable[[Item, Item, int, int], Edge | None]
    cluster: Callable[[Sequence[Item], Sequence[Edge]], Sequence[Group]]
    keys: Callable[[Group], Sequence[Key]]
    claim: Callable[[Group], Claim]


class Layer(Generic[Key, Item, Group]):
    """All things of a sort, and the groups that they make."""

    def __init__(self, rules: Rules[Key, Item, Group]) -> None:
        """Start with none."""
        self._rules = rules
        self.items: dict[Key, Item] = {}
        self.groups: dict[Key, Group] = {}  # by each of their keys
        self._standing: dict[Hashable, set[Key]] = defaultdict(set)
        self._edges: dict[Key, dict[Key, tuple[float, tuple[Key, ...]]]] = defaultdict(dict)

    def update(self, changed: Mapping[Key, Item | None]) -> tuple[list[Group], list[Group]]:
        """Put changed things in the place of old ones, None for none; give the groups gone and new."""
        touched = set(changed)
        for key in changed:
            touched.update(self._edges.get(key, ()))
            self._leave(key)
        for key, item in changed.items():
            if item is not None:
                self._enter(key, item)
        gone: dict[int, Group] = {}
        new: list[Group] = []
        for component in self._components(touched):
            for key in component:
                self._drop(key, gone)
            for group in self._settle(component):
                new.append(group)
                self.groups.update(dict.fromkeys(self._rules.keys(group), group))
        for key in touched - self.items.keys():
            self._drop(key, gone)
        return list(gone.values()), new

    def _drop(self, key: Key, gone: dict[int, Group]) -> None:
        if key in self.groups:
            group = self.groups.pop(key)
            gone[id(group)] = group

    def _leave(self, key: Key) -> None:
        item = self.items.pop(key, None)
        if item is None:
            return
        for point in self._rules.stands_at(item):
            self._standing[point].discard(key)
            if not self._standing[point]:
                del self._standing[point]
        for other in self._edges.pop(key, {}):
            del self._edges[other][key]

    def _enter(self, key: Key, item: Item) -> None:
        met = {
            other for point in self._rules.looks_at(item) for other in self._standing.get(point, ())
        }
        for other in met:
            a, b = sorted((key, other))
            items = {key: item, other: self.items[other]}
            if edge := self._rules.link(items[a], items[b], 0, 1):
                short = tuple((a, b)[i] for i in edge.short)
                self._edges[key][other] = self._edges[other][key] = (edge.score, short)
        self.items[key] = item
        for point in self._rules.stands_at(item):
            self._standing[point].add(key)

    def _components(self, keys: Iterable[Key]) -> Iterator[list[Key]]:
        """Find all that is linked to some things, in however many steps."""
        seen: set[Key] = set()
        for start in keys:
            if start in seen or start not in self.items:
                continue
            seen.add(start)
            component = [start]
            for key in component:
                new = self._edges.get(key, {}).keys() - seen
                seen |= new
                component.extend(new)
            yield sorted(component)

    def _settle(self, component: Sequence[Key]) -> Sequence[Group]:
        numbers = {key: i for i, key in enumerate(component)}
        edges = [
            Edge(score, numbers[a], numbers[b], tuple(numbers[key] for key in short))
            for a in component
            for b, (score, short) in self._edges.get(a, {}).items()
            if numbers[a] < numbers[b]
        ]
        return self._rules.cluster([self.items[key] for key in component], edges)


class NamedLayer(Generic[Key, Item, Group]):
    """Things and their groups, each group with an id."""

    def __init__(self, rules: Rules[Key, Item, Group]) -> None:
        """Start with none."""
        self._rules = rules
        self._layer = Layer(rules)
        self._ids = Register()

    def update(self, changed: Mapping[Key, Item | None]) -> tuple[set[str], dict[str, Group]]:
        """Put changed things in the place of old ones; give the ids gone, and the groups that are new or renamed."""
        gone, new = self._layer.update(changed)
        first = self._rules.keys
        claims = {first(group)[0]: self._rules.claim(group) for group in new}
        renamed = self._ids.update([first(group)[0] for group in gone], claims)
        ids = self._ids.ids
        found = {ids[key]: self._layer.groups[key] for key in {*claims, *renamed} if key in ids}
        return {id_ for id_ in renamed.values() if id_}, found
