"""What was made before is made again only where it is asked for otherwise, and goes when nobody asks."""

from operator import eq

from mpr.kept import ANEW, Kept, Same


def test_a_build_makes_everything_once() -> None:
    work: list[str] = []
    assert [ANEW.of(work.append, text) for text in "aba"] == [None] * 3
    assert work == ["a", "b", "a"]
    first, second = [1], [1]
    assert ANEW.same("name", first, eq) is first
    assert ANEW.same("name", second, eq) is second


def test_what_is_asked_for_again_is_kept_and_nothing_else() -> None:
    kept = Kept()
    work: list[str] = []

    def make(text: str) -> list[str]:
        work.append(text)
        return [text]

    first = kept.of(make, "a")
    assert kept.of(make, "a") is first
    kept.of(make, "b")
    kept.settle()
    assert kept.of(make, "a") is first, "asked for since"
    kept.settle()
    kept.of(make, "b")
    assert work == ["a", "b", "b"], "b was not asked for between two settlings"


def test_nothing_is_let_go_without_settling() -> None:
    kept = Kept()
    work: list[str] = []

    def make(text: str) -> str:
        work.append(text)
        return text

    kept.of(make, "a")
    kept.settle()
    for text in ("b", "c", "a"):  # as in looks that end in problems
        kept.of(make, text)
    assert work == ["a", "b", "c"]


def test_what_goes_by_a_name_is_the_object_from_before_as_long_as_it_is_alike() -> None:
    kept = Kept()
    first, second, third = [1], [1], [2]
    assert kept.same("name", first, eq) is first
    assert kept.same("name", second, eq) is first
    kept.settle()
    assert kept.same("name", second, eq) is first
    assert kept.same("name", third, eq) is third
    assert kept.same("other", second, eq) is second


def test_the_very_same_is_told_from_what_is_equal() -> None:
    one, other = [1], [1]
    assert Same(one) == Same(one)
    assert hash(Same(one)) == hash(Same(one))
    assert Same(one) != Same(other)
