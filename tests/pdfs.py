"""Small PDFs for tests, laid out by WeasyPrint and tagged, and their tags as text."""

from collections.abc import Callable, Iterator
from io import BytesIO
from pathlib import Path

import pikepdf
import weasyprint

FONT = Path(__file__).parents[1] / "templates" / "fonts" / "MPRSans-Regular.ttf"
STYLE = (
    f'@font-face {{ font-family: "MPR Sans"; src: url("{FONT.as_uri()}") }}'
    "html { font: 10pt 'MPR Sans' } h1, h2 { font-weight: 400 } .new { break-before: page }"
)
BUDGET = """
<h1 id="top">Budget</h1>
<p>See <a href="#reserves">reserves</a> and <a href="https://example.org/">elsewhere</a>.</p>
<table><thead><tr><th>Service<th>Spent</tr></thead><tbody><tr><td>Roads<td>12</tr></tbody></table>
<h2 id="reserves" class="new">Reserves</h2><p>None.</p>
"""


def made(body: str = BUDGET, title: str = "Budget", style: str = "", lang: str = "en-GB") -> bytes:
    """Return a tagged PDF."""
    head = f"<title>{title}</title><style>{STYLE}{style}</style>"
    page = f'<html lang="{lang}"><head>{head}</head><body>{body}</body></html>'
    return bytes(weasyprint.HTML(string=page, base_url=FONT.as_uri()).write_pdf(pdf_variant="pdf/ua-1"))


def changed(data: bytes, change: Callable[[pikepdf.Pdf], object], **saving: object) -> bytes:
    """Return a PDF with something changed in it."""
    with pikepdf.open(BytesIO(data)) as pdf:
        change(pdf)
        out = BytesIO()
        pdf.save(out, static_id=True, **saving)
    return out.getvalue()


def tags(pdf: pikepdf.Pdf) -> list[str]:
    """Return the elements of a PDF's structure tree as lines: their depth, kind, page where they hold words, title."""
    pages = {page.objgen: number for number, page in enumerate(pdf.pages, 1)}

    def lines(element: pikepdf.Object, depth: int) -> Iterator[str]:
        held = element.get("/K", [])
        held = list(held) if isinstance(held, pikepdf.Array) else [held]
        where = (
            f" {pages[element.Pg.objgen]}" if "/Pg" in element and any(isinstance(each, int) for each in held) else ""
        )
        title = f" '{element.T}'" if "/T" in element else ""
        yield f"{'.' * depth}{str(element.S)[1:]}{where}{title}"
        for each in held:
            if isinstance(each, pikepdf.Dictionary) and "/S" in each:
                assert each.P.objgen == element.objgen
                yield from lines(each, depth + 1)

    top = pdf.Root.StructTreeRoot.K
    return [line for each in (top if isinstance(top, pikepdf.Array) else [top]) for line in lines(each, 0)]
