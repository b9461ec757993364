"""Texts that somebody may write into a field, each with what it tries; `stops` if no report may be made with it.

A text that does not stop the build is printed as it was written, or refused where no text may be written.
"""

from dataclasses import dataclass

MARK = "Qx7"  # in every text that can be printed


@dataclass(frozen=True)
class Kind:
    """A text and a name for what it tries."""

    name: str
    text: str
    stops: bool = False


KINDS = (
    Kind("markup", f"{MARK} <b>x</b> & <p>y</p>"),
    Kind("script", f"{MARK}<script>alert(1)</script>"),
    Kind("a closed attribute", f"{MARK}\"><img src=x onerror='alert(1)'>"),
    Kind("closed elements", f"{MARK}</title></style></svg></td>-->]]>"),
    Kind("a file to attach", f"{MARK}<a rel=attachment href=file:///etc/passwd>x</a>"),
    Kind("a link to a file", f"{MARK} [x](file:///etc/passwd)"),
    Kind("a link to a script", f"{MARK} [x](JavaScript&colon;alert(1)) [y](javascript:alert(1))"),
    Kind("a picture from a file", f"{MARK} ![x](file:///etc/passwd)"),
    Kind("template syntax", f"{MARK} {{{{ 7 * 7 }}}} {{% raw %}}"),
    Kind("format placeholders", f"{MARK} {{0}} {{end.denominator}} {{x[0]}} %s %(x)d"),
    Kind("a formula", f'=HYPERLINK("http://a.example","{MARK}")'),
    Kind("a formula with a command", f"@SUM(1+9)*cmd|'{MARK}'!A0"),
    Kind("a style", f"{MARK}}}}}; * {{ background: url(file:///etc/passwd) }}"),
    Kind("characters by their numbers", f"{MARK} &#x202e;&#0;&lt;b&gt;&amp;"),
    Kind("a way out of the folder", f"../../{MARK}/../etc/passwd"),
    Kind("quotes and YAML syntax", f"{MARK}'\"`&a *a !!x : # -"),
    Kind("a non-breaking space and a soft hyphen", f"{MARK}\u00a0x\u00a0\u00ady"),
    Kind("deep nesting", "[" * 45 + MARK),
    Kind("signs that reverse the text", f"{MARK} \u202e\u2066gnp.exe", stops=True),
    Kind("invisible signs", f"{MARK}\u200b\u2060\ufeffx", stops=True),
    Kind("characters that the typeface lacks", f"{MARK} \U0001f600 \u0416", stops=True),
    Kind("NUL", f"{MARK}\0x", stops=True),
    Kind("terminal control codes", f"{MARK}\x1b[2J\x1b]0;x\x07\x9b", stops=True),
    Kind("a lone surrogate", f"{MARK}\ud800x", stops=True),
    Kind("a word of 100,000 letters", "x" * 100_000, stops=True),
    Kind("100,000 words", "x " * 100_000, stops=True),
)
YAML_KINDS = (  # YAML in place of a text
    Kind("an alias bomb", "[&a [x, x], &b [*a, *a, *a, *a], &c [*b, *b, *b, *b], *c, *c]", stops=True),
    Kind("100,000 levels", "[" * 100_000, stops=True),
    Kind("a command by its tag", '!!python/object/apply:os.system ["touch pwned"]', stops=True),
)

CELLS = (  # places in a returned workbook
    "value",
    "outcome",
    "reason",
    "comment",
    "focus",
    "England",
    "code",
    "(name)",
    "a heading",
    "the mark",
    "a sheet",
)
