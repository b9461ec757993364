"""A memo for the preview, which rebuilds the report after each save: only what changed is built again.

Each part of a report is the result of a pure function and is cached by the function and its arguments, as long as each
rebuild requests it. Arguments that compare equal must also print the same: 1 and 1.0 may not be used.
"""

from collections.abc import Callable, Hashable
from typing import Any, Generic, TypeVar, TypeVarTuple

T = TypeVar("T")
Parts = TypeVarTuple("Parts")


class IdentityKey(Generic[T]):
    """A cache key that compares its value by identity, for values that are not hashable or slow to compare."""

    def __init__(self, value: T) -> None:
        """Keep the value."""
        self.value = value

    def __eq__(self, other: object) -> bool:
        """Whether the other key holds the same object."""
        return isinstance(other, IdentityKey) and self.value is other.value

    def __hash__(self) -> int:
        """Return a hash of the object's identity."""
        return id(self.value)


class NoCache:
    """The memo of a single build: it caches nothing, because every part is built once."""

    def get(self, build: Callable[[*Parts], T], *arguments: *Parts) -> T:
        """Return the result of a function."""
        return build(*arguments)

    def reuse(self, _: Hashable, new: T, __: Callable[[T, T], bool]) -> T:
        """Return the new object."""
        return new


class MemoCache(NoCache):
    """A memo that keeps every result requested since the last call of `drop_unused`, and the one before it."""

    def __init__(self) -> None:
        """Start empty."""
        self._previous: dict[Hashable, Any] = {}
        self._current: dict[Hashable, Any] = {}

    def get(self, build: Callable[[*Parts], T], *arguments: *Parts) -> T:
        """Return the result of a function, cached from an earlier call with the same arguments if there was one."""
        key = (build, *arguments)
        cached = self._current.get(key, self)  # `self` marks a missing entry, because a result may be None
        if cached is self:
            cached = self._previous.pop(key, self)
            self._current[key] = cached = build(*arguments) if cached is self else cached
        result: T = cached
        return result

    def reuse(self, key: Hashable, new: T, is_unchanged: Callable[[T, T], bool]) -> T:
        """Return the object last kept under a key if the new one is unchanged from it, else keep the new one."""
        old = self._current.get(key, self._previous.get(key))
        self._current[key] = result = old if old is not None and is_unchanged(old, new) else new
        return result

    def drop_unused(self) -> None:
        """Forget entries not requested since the previous call."""
        self._previous, self._current = self._current, {}


NO_CACHE = NoCache()
