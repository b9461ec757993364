"""What was made before is made again only where it is asked for otherwise, and goes when nobody asks."""

from operator import eq

from mpr.memo import NO_CACHE, IdentityKey, MemoCache


def test_a_build_makes_everything_once() -> None:
    work: list[str] = []
    assert [NO_CACHE.get(work.append, text) for text in "aba"] == [None] * 3
    assert work == ["a", "b", "a"]
    first, second = [1], [1]
    assert NO_CACHE.reuse("name", first, eq) is first
    assert NO_CACHE.reuse("name", second, eq) is second


def test_what_is_asked_for_again_is_kept_and_nothing_else() -> None:
    kept = MemoCache()
    work: list[str] = []

    def make(text: str) -> list[str]:
        work.append(text)
        return [text]

    first = kept.get(make, "a")
    assert kept.get(make, "a") is first
    kept.get(make, "b")
    kept.drop_unused()
    assert kept.get(make, "a") is first, "asked for since"
    kept.drop_unused()
    kept.get(make, "b")
    assert work == ["a", "b", "b"], "b was not asked for between two settlings"


def test_nothing_is_let_go_without_settling() -> None:
    kept = MemoCache()
    work: list[str] = []

    def make(text: str) -> str:
        work.append(text)
        return text

    kept.get(make, "a")
    kept.drop_unused()
    for text in ("b", "c", "a"):  # as in looks that end in problems
        kept.get(make, text)
    assert work == ["a", "b", "c"]


def test_what_goes_by_a_name_is_the_object_from_before_as_long_as_it_is_alike() -> None:
    kept = MemoCache()
    first, second, third = [1], [1], [2]
    assert kept.reuse("name", first, eq) is first
    assert kept.reuse("name", second, eq) is first
    kept.drop_unused()
    assert kept.reuse("name", second, eq) is first
    assert kept.reuse("name", third, eq) is third
    assert kept.reuse("other", second, eq) is second


def test_the_very_same_is_told_from_what_is_equal() -> None:
    one, other = [1], [1]
    assert IdentityKey(one) == IdentityKey(one)
    assert hash(IdentityKey(one)) == hash(IdentityKey(one))
    assert IdentityKey(one) != IdentityKey(other)
