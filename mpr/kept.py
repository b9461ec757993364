"""What was made before, for the preview, which makes a report anew after each save: only what changed is made again.

A part of a report is made by a function of its arguments alone, and kept by these for as long as each look asks for
it. What compares equal but is printed otherwise, as 1 and 1.0, is no such argument.
"""

from collections.abc import Callable, Hashable
from typing import Any, Generic, TypeVar, TypeVarTuple

T = TypeVar("T")
Parts = TypeVarTuple("Parts")


class Same(Generic[T]):
    """Something that is equal to itself alone, for what is made of it to be kept by it."""

    def __init__(self, it: T) -> None:
        """Hold it."""
        self.it = it

    def __eq__(self, other: object) -> bool:
        """Whether it is the very same."""
        return isinstance(other, Same) and self.it is other.it

    def __hash__(self) -> int:
        """Return where it is."""
        return id(self.it)


class Anew:
    """Keeps nothing: what makes a report once makes everything once."""

    def of(self, make: Callable[[*Parts], T], *parts: *Parts) -> T:
        """Return what a function makes of its arguments."""
        return make(*parts)

    def same(self, _: Hashable, new: T, __: Callable[[T, T], bool]) -> T:
        """Return what goes by a name: the object that went by it before, where the new one is alike."""
        return new


class Kept(Anew):
    """Keeps what is asked for between one settling and the next."""

    def __init__(self) -> None:
        """Begin with nothing."""
        self._before: dict[Hashable, Any] = {}
        self._now: dict[Hashable, Any] = {}

    def of(self, make: Callable[[*Parts], T], *parts: *Parts) -> T:
        """Return what a function makes of its arguments, made when it was first asked for."""
        key = (make, *parts)
        found = self._now.get(key, self)  # itself for nothing: what is made may be nothing
        if found is self:
            found = self._before.pop(key, self)
            self._now[key] = found = make(*parts) if found is self else found
        kept: T = found
        return kept

    def same(self, name: Hashable, new: T, alike: Callable[[T, T], bool]) -> T:
        """Return what goes by a name: the object that went by it before, where the new one is alike."""
        old = self._now.get(name, self._before.get(name))
        self._now[name] = found = old if old is not None and alike(old, new) else new
        return found

    def settle(self) -> None:
        """Let go what was not asked for since this was last done."""
        self._before, self._now = self._now, {}


ANEW = Anew()
