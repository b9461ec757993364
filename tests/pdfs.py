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


def make_pdf(body: str = BUDGET, title: str = "Budget", style: str = "", lang: str = "en-GB") -> bytes:
    """Return a tagged PDF of a body in HTML."""
    head = f"<title>{title}</title><style>{STYLE}{style}</style>"
    page = f'<html lang="{lang}"><head>{head}</head><body>{body}</body></html>'
    return bytes(weasyprint.HTML(string=page, base_url=FONT.as_uri()).write_pdf(pdf_variant="pdf/ua-1"))


def change_pdf(data: bytes, change: Callable[[pikepdf.Pdf], object], **saving: object) -> bytes:
    """Return a PDF after a change; `saving` are options of `pikepdf.Pdf.save`."""
    with pikepdf.open(BytesIO(data)) as pdf:
        change(pdf)
        out = BytesIO()
        pdf.save(out, static_id=True, **saving)
    return out.getvalue()


def list_tags(pdf: pikepdf.Pdf) -> list[str]:
    """Return a line for every element of the structure tree: depth in dots, type, page if it has text, title."""
    pages = {page.objgen: number for number, page in enumerate(pdf.pages, 1)}

    def iter_lines(element: pikepdf.Object, depth: int) -> Iterator[str]:
        children = _list_children(element)
        has_text = any(isinstance(child, int) for child in children)
        where = f" {pages[element.Pg.objgen]}" if "/Pg" in element and has_text else ""
        title = f" '{element.T}'" if "/T" in element else ""
        yield f"{'.' * depth}{str(element.S)[1:]}{where}{title}"
        for child in children:
            if isinstance(child, pikepdf.Dictionary) and "/S" in child:
                assert child.P.objgen == element.objgen
                yield from iter_lines(child, depth + 1)

    return [line for element in _list_children(pdf.Root.StructTreeRoot) for line in iter_lines(element, 0)]


def _list_children(element: pikepdf.Object) -> list[pikepdf.Object]:
    children = element.get("/K", [])
    return list(children) if isinstance(children, pikepdf.Array) else [children]
