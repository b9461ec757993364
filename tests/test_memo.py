"""The memo builds a result again only for other arguments, and forgets results that nobody requests."""

from operator import eq

from mpr.memo import NO_CACHE, IdentityKey, MemoCache


def test_no_cache_builds_every_time() -> None:
    built: list[str] = []
    assert [NO_CACHE.get(built.append, text) for text in "aba"] == [None] * 3
    assert built == ["a", "b", "a"]
    first, second = [1], [1]
    assert NO_CACHE.reuse("name", first, eq) is first
    assert NO_CACHE.reuse("name", second, eq) is second


def test_only_results_requested_since_the_last_drop_are_kept() -> None:
    memo = MemoCache()
    built: list[str] = []

    def build(text: str) -> list[str]:
        built.append(text)
        return [text]

    first = memo.get(build, "a")
    assert memo.get(build, "a") is first
    memo.get(build, "b")
    memo.drop_unused()
    assert memo.get(build, "a") is first, "it was requested since the last drop"
    memo.drop_unused()
    memo.get(build, "b")
    assert built == ["a", "b", "b"], "b was not requested between the two drops"


def test_results_are_kept_until_unused_ones_are_dropped() -> None:
    memo = MemoCache()
    built: list[str] = []

    def build(text: str) -> str:
        built.append(text)
        return text

    memo.get(build, "a")
    memo.drop_unused()
    for text in ("b", "c", "a"):  # as in rebuilds that end in problems
        memo.get(build, text)
    assert built == ["a", "b", "c"]


def test_an_unchanged_object_is_replaced_by_the_one_kept_before() -> None:
    memo = MemoCache()
    first, second, third = [1], [1], [2]
    assert memo.reuse("name", first, eq) is first
    assert memo.reuse("name", second, eq) is first
    memo.drop_unused()
    assert memo.reuse("name", second, eq) is first
    assert memo.reuse("name", third, eq) is third
    assert memo.reuse("other", second, eq) is second


def test_identity_keys_of_equal_objects_differ() -> None:
    one, other = [1], [1]
    assert IdentityKey(one) == IdentityKey(one)
    assert hash(IdentityKey(one)) == hash(IdentityKey(one))
    assert IdentityKey(one) != IdentityKey(other)
