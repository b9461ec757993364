"""A comment without its signs, for where no markup is read."""

import pytest

from mpr.report.commentary import plain

CASES = [
    ("", ""),
    ("One line\nand another", "One line\nand another"),
    ("One paragraph\n\nand another", "One paragraph\n\nand another"),
    ("*some* **strong** words", "some strong words"),
    ("[the plan](https://www.example.gov.uk/plan) is here", "the plan (https://www.example.gov.uk/plan) is here"),
    ("[no link](javascript:alert(1))", "[no link](javascript:alert(1))"),
    ("We will\n\n- ask\n- act\n\nsoon", "We will\n\n• ask\n\n• act\n\nsoon"),
    ("3. third\n4. fourth", "3. third\n\n4. fourth"),
    ("12 of 1,077 &amp; <b>more</b> \\*", "12 of 1,077 & <b>more</b> *"),
    ("=1+1", "=1+1"),
]


@pytest.mark.parametrize(("written", "said"), CASES)
def test_a_comment_says_the_same_without_its_signs(written: str, said: str) -> None:
    assert plain(written) == said
