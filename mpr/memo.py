"""What was made before, for the preview, which makes a report anew after each save: only what changed is made again.

A part of a report is made by a function of its arguments alone, and kept by these for as long as each look asks for
it. What compares equal but is printed otherwise, as 1 and 1.0, is no such argument.
"""

from collections.abc import Callable, Hashable
from typing import Any, Generic, TypeVar, TypeVarTuple

T = TypeVar("T")
Parts = TypeVarTuple("Parts")


class IdentityKey(Generic[T]):
    """Something that is equal to itself alone, for what is made of it to be kept by it."""

    def __init__(self, value: T) -> None:
        """Hold it."""
        self.value = value

    def __eq__(self, other: object) -> bool:
        """Whether it is the very same."""
        return isinstance(other, IdentityKey) and self.value is other.value

    def __hash__(self) -> int:
        """Return where it is."""
        return id(self.value)


class NoCache:
    """Keeps nothing: what makes a report once makes everything once."""

    def get(self, build: Callable[[*Parts], T], *arguments: *Parts) -> T:
        """Return what a function makes of its arguments."""
        return build(*arguments)

    def reuse(self, _: Hashable, new: T, __: Callable[[T, T], bool]) -> T:
        """Return what goes by a name: the object that went by it before, where the new one is alike."""
        return new


class MemoCache(NoCache):
    """Keeps what is asked for between one settling and the next."""

    def __init__(self) -> None:
        """Begin with nothing."""
        self._previous: dict[Hashable, Any] = {}
        self._current: dict[Hashable, Any] = {}

    def get(self, build: Callable[[*Parts], T], *arguments: *Parts) -> T:
        """Return what a function makes of its arguments, made when it was first asked for."""
        key = (build, *arguments)
        cached = self._current.get(key, self)  # itself for nothing: what is made may be nothing
        if cached is self:
            cached = self._previous.pop(key, self)
            self._current[key] = cached = build(*arguments) if cached is self else cached
        result: T = cached
        return result

    def reuse(self, key: Hashable, new: T, is_unchanged: Callable[[T, T], bool]) -> T:
        """Return what goes by a name: the object that went by it before, where the new one is alike."""
        old = self._current.get(key, self._previous.get(key))
        self._current[key] = result = old if old is not None and is_unchanged(old, new) else new
        return result

    def drop_unused(self) -> None:
        """Let go what was not asked for since this was last done."""
        self._previous, self._current = self._current, {}


NO_CACHE = NoCache()
