"""Closed lists of names that are asked for at every word of an article."""

from __future__ import annotations

from typing import Any, ClassVar, Self


class Tag(str):
    """One of a closed list, which is a subclass; what it annotates is what there is.

    It reads as an enum does. Python 3.11 takes four times as long to find the member of an enum:
    that alone was a tenth of the time of reading.
    """

    __slots__ = ()
    _members: ClassVar[dict[str, Any]]

    def __init_subclass__(cls) -> None:
        """Make the members."""
        names = {name: name.lower().replace("_", "-") for name in cls.__annotations__}
        cls._members = {value: str.__new__(cls, value) for value in names.values()}
        for name, value in names.items():
            setattr(cls, name, cls._members[value])

    def __new__(cls, value: str) -> Self:
        """Give the member that is so called; there is one of each, to be compared by `is`."""
        member: Self = cls._members[value]
        return member

    @classmethod
    def members(cls) -> tuple[Self, ...]:
        """List the members in their order."""
        return tuple(cls._members.values())
