"""Makes a PDF smaller: what WeasyPrint paints as a picture of its own, though nothing asks for one, is drawn in place.

It does so with each word of a chart that is not set from the left, and with each mark. What such a picture may use is
written out in it, and so short a text is hardly compressed: drawn in place they take a tenth of the room.
"""

from collections.abc import Sequence
from typing import Any

import pydyf

OPAQUE_STATES = {  # states without transparency
    "a1.0": pydyf.Dictionary({"ca": 1.0}),
    "A1.0": pydyf.Dictionary({"CA": 1.0}),
    "a1": pydyf.Dictionary({"ca": 1}),
    "A1": pydyf.Dictionary({"CA": 1}),
}
OTHER_RESOURCES = ("XObject", "Pattern", "Shading")  # what a picture that is drawn in place has none of


def inline_form_xobjects(streams: Sequence[Any]) -> bool:
    """Draw all pictures of pages in place, once all are painted, and say whether that could be done.

    Where anything is transparent, repeated or made of points, all is left as it is.
    """
    resources = streams[0]._resources  # noqa: SLF001 - WeasyPrint's own, which its pages share
    xobjects = resources["XObject"]
    if not _is_opaque(resources, OTHER_RESOURCES[1:]) or not all(map(_can_be_inlined, xobjects.values())):
        return False
    inlined = {f"/{name} Do".encode(): [b"q", *xobject.stream, b"Q"] for name, xobject in xobjects.items()}
    for stream in streams:
        items = (inlined.get(item, [item]) if isinstance(item, bytes) else [item] for item in stream.stream)
        stream.stream = [part for parts in items for part in parts]
    xobjects.clear()
    resources["ExtGState"] |= OPAQUE_STATES
    return True


def _is_opaque(resources: Any, unwanted_kinds: Sequence[str]) -> bool:  # noqa: ANN401 - WeasyPrint has no types
    """Whether resources have nothing transparent, nor any of some kinds."""
    return all(state in OPAQUE_STATES.values() for state in resources["ExtGState"].values()) and not any(
        resources[kind] for kind in unwanted_kinds
    )


def _can_be_inlined(xobject: Any) -> bool:  # noqa: ANN401 - WeasyPrint has no types
    """Whether a picture looks the same drawn in place; one of points is put into the PDF at the end."""
    return bool(xobject and xobject.extra.get("Subtype") == "/Form" and _is_opaque(xobject._resources, OTHER_RESOURCES))  # noqa: SLF001
