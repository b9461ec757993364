"""Makes a PDF smaller: what WeasyPrint writes as a picture of its own, though nothing asks for one, is drawn in place.

It does so with each word of a chart that is not set from the left, and with each mark. What such a picture may use is
written out in it, and so short a text is hardly compressed: drawn in place they take a tenth of the room.
"""

from typing import Any

import pydyf

OPAQUE = {"a1.0": pydyf.Dictionary({"ca": 1.0}), "A1.0": pydyf.Dictionary({"CA": 1.0})}  # states without transparency
OTHER = ("XObject", "Pattern", "Shading")  # what a picture that is drawn in place has none of


def compact(pdf: pydyf.PDF) -> None:
    """Draw the plain pictures of a PDF where they are used; where anything in it is transparent, leave all as it is."""
    streams = [each for each in pdf.objects if isinstance(each, pydyf.Stream) and hasattr(each, "_resources")]
    resources = {id(each._resources): each._resources for each in streams}.values()  # noqa: SLF001 - WeasyPrint's own
    if any(state not in OPAQUE.values() for each in resources for state in each["ExtGState"].values()):
        return
    pictures = {each.reference: each for each in streams if _plain(each)}
    for stream in streams:
        used = stream._resources["XObject"]  # noqa: SLF001 - as above
        drawn = {f"/{name} Do".encode(): pictures[each] for name, each in used.items() if each in pictures}
        stream.stream = [part for item in stream.stream for part in _drawn(item, drawn)]
    for each in resources:
        each["ExtGState"] |= OPAQUE
        each["XObject"] = pydyf.Dictionary({name: one for name, one in each["XObject"].items() if one not in pictures})
    for picture in pictures.values():
        pdf.objects[picture.number] = nothing = pydyf.Dictionary()
        nothing.number = picture.number


def _plain(stream: Any) -> bool:  # noqa: ANN401 - WeasyPrint has no types
    """Whether a stream is a picture that looks the same drawn in place."""
    used = any(stream._resources[each] for each in OTHER)  # noqa: SLF001 - as above
    return stream.extra.get("Subtype") == "/Form" and not used


def _drawn(item: Any, pictures: dict[bytes, Any]) -> list[Any]:  # noqa: ANN401 - as above
    """Return what an item of a stream draws."""
    picture = pictures.get(item) if isinstance(item, bytes) else None
    return [b"q", *picture.stream, b"Q"] if picture else [item]
