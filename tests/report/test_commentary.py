"""Comments: a small, safe part of Markdown becomes HTML, and everything else is printed as it was written."""

import pytest

from mpr.report.wording.commentary import build_commentary, to_plain_text

CASES = [
    ("", ""),
    ("One line\nand another", "One line\nand another"),
    ("One paragraph\n\nand another", "One paragraph\n\nand another"),
    ("*some* **strong** words", "some strong words"),
    ("[the plan](https://www.example.gov.uk/plan) is here", "the plan (https://www.example.gov.uk/plan) is here"),
    ("[no link](javascript:alert(1))", "[no link](javascript:alert(1))"),
    ("We will\n\n- ask\n- act\n\nsoon", "We will\n\n• ask\n\n• act\n\nsoon"),
    ("3. third\n4. fourth", "3. third\n\n4. fourth"),
    ("12 of 1,077 &amp; <b>more</b> \\*", "12 of 1,077 &amp; <b>more</b> *"),
    ("=1+1", "=1+1"),
]


def _convert(text: str) -> str:
    found = build_commentary(text)
    assert found
    return found.html.strip()


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("a\nb\n\nc", "<p>a<br>\nb</p>\n<p>c</p>"),
        ("*a* **b**", "<p><em>a</em> <strong>b</strong></p>"),
        ("- a\n- b", "<ul>\n<li>a</li>\n<li>b</li>\n</ul>"),
        ("[a](https://x.uk)", '<p><a href="https://x.uk">a</a></p>'),
        ("[a](MAILTO:x@y.uk)", '<p><a href="MAILTO:x@y.uk">a</a></p>'),
        ('[a](http://x.uk "said &#x202e;")', '<p><a href="http://x.uk">a</a></p>'),
    ],
)
def test_safe_markdown_becomes_html(text: str, html: str) -> None:
    assert _convert(text) == html


@pytest.mark.parametrize(
    "text",
    [
        *("[a](javascript:b)", "[a](javascript&colon;b)", "[a](data:text/html,b)", "[a](//b.uk)", "[a](file:///b)"),
        *("# a", "> a", "`a`", "~~a~~", "https://a.uk", "a | b", "[a]: https://b.uk", "<b>a</b>", "&amp; &#x202e;"),
    ],
)
def test_other_markup_is_printed_as_it_was_written(text: str) -> None:
    written = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    assert _convert(text) == f"<p>{written}</p>"


@pytest.mark.parametrize("text", ["- " * 9 + "x", "- " * 10 + "x", "- " * 999 + "x", "*a " * 999 + "a* " * 999])
def test_deeply_nested_text_is_printed_in_full(text: str) -> None:
    html = _convert(text)
    assert html.count("x") == text.count("x")
    assert html.count("a") >= text.count("a")
    assert html.count("<ul>") + html.count("<em>") <= 9


@pytest.mark.parametrize(("written", "said"), CASES)
def test_plain_text_of_a_comment_has_the_same_words(written: str, said: str) -> None:
    assert to_plain_text(written) == said
