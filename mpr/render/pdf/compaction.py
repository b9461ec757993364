"""Makes a PDF smaller: draws in place what WeasyPrint paints as a form XObject though nothing asks for one.

WeasyPrint paints a form XObject for each mark of an outcome, and for each label of a chart that is not aligned left.
Each carries its own list of resources, and so short a stream is hardly compressed: drawn in place, the same content
takes a tenth of the space.
"""

from collections.abc import Sequence

import pydyf

from mpr.render.pdf.weasyprint_internals import OPAQUE_STATES, PageStream, get_resources

IMAGE_KINDS = ("Pattern", "Shading")  # resources that no page of the report may use if it is to be compacted
NESTED_KINDS = ("XObject", *IMAGE_KINDS)  # resources that a form XObject may not use if it is to be drawn in place


def inline_form_xobjects(streams: Sequence[PageStream]) -> bool:
    """Draw all form XObjects of painted pages in place, and return whether that could be done.

    If anything on the pages is transparent, a pattern or a raster image, all streams stay as they are.
    """
    resources = get_resources(streams[0])  # shared by all pages
    xobjects = resources["XObject"]
    if not _is_opaque(resources, IMAGE_KINDS) or not all(map(_can_be_inlined, xobjects.values())):
        return False
    inlined = {f"/{name} Do".encode(): [b"q", *xobject.stream, b"Q"] for name, xobject in xobjects.items()}
    for stream in streams:
        items = (inlined.get(item, [item]) if isinstance(item, bytes) else [item] for item in stream.stream)
        stream.stream = [part for parts in items for part in parts]
    xobjects.clear()
    resources["ExtGState"] |= OPAQUE_STATES
    return True


def _is_opaque(resources: pydyf.Dictionary, excluded_kinds: Sequence[str]) -> bool:
    """Whether resources hold nothing transparent, and nothing of some kinds."""
    return all(state in OPAQUE_STATES.values() for state in resources["ExtGState"].values()) and not any(
        resources[kind] for kind in excluded_kinds
    )


def _can_be_inlined(xobject: PageStream | None) -> bool:
    """Whether an XObject looks the same drawn in place; that of a raster image is None until the PDF is written."""
    return bool(
        xobject and xobject.extra.get("Subtype") == "/Form" and _is_opaque(get_resources(xobject), NESTED_KINDS)
    )
