"""Things that may be one, kept with what links them, so that a change settles only those it touches anew."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Generic, NamedTuple, TypeVar

from kg.resolution.clusters import Edge
from kg.resolution.ids import Claim, Register
from kg.resolution.weighing import weighed

if TYPE_CHECKING:
    from collections.abc import (
        Callable,
        Hashable,
        Iterable,
        Iterator,
        Mapping,
        MutableMapping,
        Sequence,
    )

    from kg.resolution.shelves import Table
    from kg.resolution.weighing import Carry

Key = TypeVar("Key", bound=tuple[Any, ...])
Item = TypeVar("Item")
Group = TypeVar("Group")
_Edge = tuple[float, tuple[Any, ...]]  # a score, and which of two others may rival


class Rules(NamedTuple, Generic[Key, Item, Group]):
    """How things meet, which are worth weighing, what links two of them, and which of those that are linked are one."""

    stands_at: Callable[[Item], Iterable[Hashable]]
    looks_at: Callable[[Item], Iterable[Hashable]]
    may_link: Callable[[Item, Item], bool]
    link: Callable[[Item, Item], Edge | None]
    cluster: Callable[[Sequence[Item], Sequence[Edge]], Sequence[Group]]
    keys: Callable[[Group], Sequence[Key]]
    claim: Callable[[Group], Claim]


class Layer(Generic[Key, Item, Group]):
    """All things of a sort, and the groups that they make."""

    def __init__(self, rules: Rules[Key, Item, Group], table: Table, sort: str) -> None:
        """Start with what some tables hold."""
        self._rules = rules
        self._items: MutableMapping[Key, Item] = table(sort)
        self.groups: MutableMapping[Key, Group] = table(f"{sort} groups")  # by their first keys
        self._firsts: MutableMapping[Key, Key] = table(f"{sort} firsts")
        self._standing: MutableMapping[Hashable, set[Key]] = table(f"{sort} points")
        self._edges: MutableMapping[Key, dict[Key, _Edge]] = table(f"{sort} edges")

    def update(
        self, changed: Mapping[Key, Item | None], carry: Carry = map
    ) -> tuple[set[Key], dict[Key, Group]]:
        """Put changed things in the place of old ones, None for none; give the groups gone and new.

        A group goes by the first of its keys.
        """
        touched = set(changed)
        for key in changed:
            touched.update(self._edges.get(key, ()))
            self._leave(key)
        self._enter({key: item for key, item in changed.items() if item is not None}, carry)
        components = list(self._components(touched))
        regrouped = touched.union(*components)
        gone = {self._firsts.pop(key) for key in regrouped if key in self._firsts}
        for first in gone:
            del self.groups[first]
        new: dict[Key, Group] = {}
        for component in components:
            for group in self._settle(component):
                keys = self._rules.keys(group)
                self.groups[keys[0]] = new[keys[0]] = group
                self._firsts.update(dict.fromkeys(keys, keys[0]))
        return gone, new

    def _leave(self, key: Key) -> None:
        item = self._items.pop(key, None)
        if item is None:
            return
        for point in self._rules.stands_at(item):
            standing = self._standing.pop(point)
            standing.discard(key)
            if standing:
                self._standing[point] = standing
        for other in self._edges.pop(key, {}):
            edges = self._edges.pop(other)
            del edges[key]
            if edges:
                self._edges[other] = edges

    def _enter(self, items: Mapping[Key, Item], carry: Carry) -> None:
        find = self._items.__getitem__
        for a, b, edge in weighed(self._rules.link, self._meet(items), find, carry):
            short = tuple((a, b)[i] for i in edge.short)
            for one, two in ((a, b), (b, a)):
                edges = self._edges.get(one, {})
                edges[two] = (edge.score, short)
                self._edges[one] = edges

    def _meet(self, items: Mapping[Key, Item]) -> Iterator[tuple[Key, Key]]:
        """Put things in; pair each with those that it meets there, alike ones one after the other."""
        for key, item in sorted(items.items(), key=lambda each: each[0]):
            met = {
                other
                for point in self._rules.looks_at(item)
                for other in self._standing.get(point, ())
            }
            self._items[key] = item
            for point in self._rules.stands_at(item):
                standing = self._standing.get(point, set())
                standing.add(key)
                self._standing[point] = standing
            for other in sorted(met):
                if self._rules.may_link(item, self._items[other]):
                    yield min(key, other), max(key, other)

    def _components(self, keys: Iterable[Key]) -> Iterator[list[Key]]:
        """Find all that is linked to some things, in however many steps."""
        seen: set[Key] = set()
        for start in keys:
            if start in seen or start not in self._items:
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
        return self._rules.cluster([self._items[key] for key in component], edges)


class NamedLayer(Generic[Key, Item, Group]):
    """Things and their groups, each group with an id."""

    def __init__(self, rules: Rules[Key, Item, Group], table: Table, sort: str) -> None:
        """Start with what some tables hold."""
        self._rules = rules
        self._layer = Layer(rules, table, sort)
        self._register = Register(table, sort)

    def update(
        self, changed: Mapping[Key, Item | None], carry: Carry = map
    ) -> tuple[set[str], dict[str, Group]]:
        """Put changed things in the place of old ones; give the ids gone, and the groups that are new or renamed."""
        gone, new = self._layer.update(changed, carry)
        claims = {key: self._rules.claim(group) for key, group in new.items()}
        renamed = self._register.update(gone, claims)
        ids = self._register.ids
        found = {ids[key]: self._layer.groups[key] for key in {*claims, *renamed} if key in ids}
        return {id_ for id_ in renamed.values() if id_}, found
