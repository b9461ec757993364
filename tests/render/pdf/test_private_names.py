"""What `mpr` uses of WeasyPrint beyond its documentation: one list, and one message that says what an upgrade moved.

If `test_weasyprint_has_every_private_name` fails after an upgrade, look up each name of the message in WeasyPrint's
source and adapt mpr/render/pdf/weasyprint_internals.py and the list here.
"""

import ast
import importlib
import inspect
import re
from collections.abc import Iterator
from functools import cache
from importlib.metadata import version
from pathlib import Path
from types import ModuleType

import pikepdf
import pydyf
import pytest
import weasyprint

from mpr.render.pdf import weasyprint_internals
from mpr.render.pdf.weasyprint_internals import END_TEXT, OPAQUE_STATES, RESOURCE_KINDS, SELECT_FONT, SHOW_GLYPHS
from tests.conftest import ROOT

# Each private name, by the part of WeasyPrint that has it; the parts are found in this order.
PRIVATE_NAMES = {
    "weasyprint.text.ffi": ["harfbuzz_subset"],
    "weasyprint.pdf.stream": ["Stream"],
    "Document": ["color_profiles", "output_intent"],
    "Page": ["_page_box"],
    "Stream": ["_resources", "_tags"],
    "Box": ["children", "colspan", "element", "element_tag", "link_annotation", "rowspan", "style"],
    "Placeholder of a box": ["_box"],
    "Box of words": ["text"],
    "Box of a cell": ["grid_x"],
    "Box of a picture": ["content_box_x", "content_box_y", "height", "width"],
    "Box in a margin": ["at_keyword"],
    "Font": ["family", "file_content", "hash", "style", "to_unicode", "weight", "widths"],
}
BOX_TYPES = {  # the end of the name of a box's type
    "Box": "Box",
    "Placeholder of a box": "AbsolutePlaceholder",
    "Box of words": "TextBox",
    "Box of a cell": "TableCellBox",
    "Box of a picture": "ReplacedBox",
    "Box in a margin": "MarginBox",
}
STREAM_PARAMETERS = ["fonts", "page_rectangle", "resources", "images", "tags", "color_profiles", "output_intent"]
SAMPLE = """<html lang="en"><head><title>Sample</title><style>@page { @top-left { content: "Head" } }</style></head>
<body><ul style="list-style-type: disc"><li>Item</li></ul><table><tr><td>Cell</td></tr></table>
<svg role="img" width="9" height="9"><title>Square</title><path d="M0 0h9v9z" fill="#123"/>
<text x="9" text-anchor="end" opacity="1">Label</text></svg>
<p><a href="https://example.org/">Link</a> <i style="position: absolute">Note</i></p></body></html>"""

DOCUMENTED_MODULES = {"weasyprint", "weasyprint.urls", "weasyprint.text.fonts", "pydyf", "pikepdf"}
DOCUMENTED_ATTRIBUTES = {  # of the arguments that weasyprint_internals.py has names for
    "Document": {"copy", "fonts", "metadata", "pages", "write_pdf"},
    "Page": {"anchors", "bleed", "bookmarks", "forms", "height", "links", "paint", "width"},
    "PageStream": {"extra", "stream"},
}
NAMED_TUPLE = {"_asdict", "_fields", "_make", "_replace"}  # documented in spite of the underscore
INTERNALS = Path(inspect.getfile(weasyprint_internals))
OTHER_MODULES = [path for path in sorted((ROOT / "mpr").rglob("*.py")) if path != INTERNALS]


class _Sample:
    """A small document, laid out and painted, with a part of each kind that has private names."""

    def __init__(self) -> None:
        self.document = weasyprint.HTML(string=SAMPLE).render()
        self.page = self.document.pages[0]
        self.fonts: dict[object, object] = {}

    @cache  # noqa: B019 - the sample lives as long as the tests
    def find(self, part: str) -> object:
        """Return a part. Raises AttributeError or another error if it cannot be found, because a name moved."""
        if part.startswith("weasyprint."):
            return importlib.import_module(part)
        if part in ("Document", "Page"):
            return {"Document": self.document, "Page": self.page}[part]
        if part in ("Stream", "Font"):
            [stream] = weasyprint_internals.make_streams(self.document, self.fonts)
            self.page.paint(stream, 0.75)
            return stream if part == "Stream" else next(iter(self.fonts.values()))
        boxes = self._iter_boxes(self.page._page_box)  # noqa: SLF001 - the names are tried here
        return next(box for box in boxes if type(box).__name__.endswith(BOX_TYPES[part]))

    def _iter_boxes(self, box: object) -> Iterator[object]:
        yield box
        for child in box.children:
            yield from self._iter_boxes(child)


def _list_moved_names(sample: _Sample) -> list[str]:
    """Return the private names that are not where they were; of a part that cannot be found, all its names."""
    moved = []
    for part, names in PRIVATE_NAMES.items():
        try:
            found = sample.find(part)
        except (AttributeError, ImportError, KeyError, StopIteration, TypeError):
            moved.append(f"{part}, not found, with {', '.join(names)}")
        else:
            moved += [f"{name} of {part}" for name in names if not hasattr(found, name)]
    return moved


@pytest.fixture(scope="module")
def sample() -> _Sample:
    return _Sample()


def test_weasyprint_has_every_private_name(sample: _Sample) -> None:
    moved = _list_moved_names(sample)
    assert not moved, (
        f"WeasyPrint {version('weasyprint')} has moved: {'; '.join(moved)}. "
        "Adapt mpr/render/pdf/weasyprint_internals.py and the list in this test."
    )


def test_moved_names_are_all_in_one_message(monkeypatch: pytest.MonkeyPatch) -> None:
    from weasyprint.formatting_structure.boxes import Box  # noqa: PLC0415 - a private module

    monkeypatch.delattr("weasyprint.text.ffi.harfbuzz_subset")
    monkeypatch.delattr(Box, "colspan")
    sample = _Sample()
    del sample.document.output_intent
    assert _list_moved_names(sample) == [
        "harfbuzz_subset of weasyprint.text.ffi",
        "output_intent of Document",
        "Stream, not found, with _resources, _tags",
        "colspan of Box",
        "Font, not found, with family, file_content, hash, style, to_unicode, weight, widths",
    ]


def test_streams_are_made_and_written_as_expected(sample: _Sample) -> None:
    module = sample.find("weasyprint.pdf.stream")
    assert isinstance(module, ModuleType)
    assert list(inspect.signature(module.Stream).parameters)[: len(STREAM_PARAMETERS)] == STREAM_PARAMETERS
    stream = sample.find("Stream")
    assert set(weasyprint_internals.get_resources(stream)) == set(RESOURCE_KINDS)
    states = weasyprint_internals.get_resources(stream)["ExtGState"]
    assert states
    assert set(states) <= set(OPAQUE_STATES)
    font = weasyprint_internals.list_fonts(sample.fonts)[0]
    items = [item for item in stream.stream if isinstance(item, bytes)]
    assert any(item.startswith(f"/{font.name} ".encode()) and item.endswith(SELECT_FONT) for item in items)
    assert any(item.endswith(SHOW_GLYPHS) for item in items)
    assert END_TEXT in items
    marks = [
        (before, item)
        for before, item in zip(stream.stream, stream.stream[1:], strict=False)
        if isinstance(item, pydyf.Dictionary) and "MCID" in item
    ]
    assert [item["MCID"] for _, item in marks] == sorted(weasyprint_internals.read_marks(stream).values())
    assert all(re.fullmatch(r"/\w+", before) for before, _ in marks)


def test_tags_are_the_last_objects_before_the_metadata(sample: _Sample) -> None:
    kinds: list[list[str]] = []

    def remove(_: object, pdf: pydyf.PDF) -> None:
        for change in (lambda: None, lambda: weasyprint_internals.remove_tags(pdf)):
            change()
            kinds.append([str(item.get("Type", "")) for item in pdf.objects if isinstance(item, pydyf.Dictionary)])
        assert pdf.catalog["Metadata"] == pdf.objects[-1].reference

    sample.document.write_pdf(finisher=remove, pdf_variant="pdf/ua-1")
    before, after = kinds
    assert "/StructElem" in before
    assert "/StructTreeRoot" in before
    assert after == before[: len(after)]
    assert not {"/StructElem", "/StructTreeRoot"} & set(after)


@cache
def _parse(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"))


def _list_attributes(path: Path) -> list[ast.Attribute]:
    """Return the attributes that a module asks of anything but `self` and `cls`."""
    attributes = [node for node in ast.walk(_parse(path)) if isinstance(node, ast.Attribute)]
    return [node for node in attributes if not (isinstance(node.value, ast.Name) and node.value.id in ("self", "cls"))]


def _list_own_names(path: Path) -> set[str]:
    """Return all names that a module defines: functions, classes, variables, fields and attributes of `self`."""
    names = set()
    for node in ast.walk(_parse(path)):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
            names.add(node.name)
        elif isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store):
            names.add(node.id)
        elif isinstance(node, ast.Attribute) and isinstance(node.ctx, ast.Store):
            names.add(node.attr)
    return names


def _iter_imports(path: Path) -> Iterator[tuple[str, str]]:
    """Yield what a module imports: modules, and names from modules."""
    for node in ast.walk(_parse(path)):
        if isinstance(node, ast.Import):
            yield from ((alias.name, "") for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield from ((str(node.module), alias.name) for alias in node.names)


def test_list_has_every_private_name_in_use() -> None:
    used = {node.attr for node in _list_attributes(INTERNALS)}
    used |= {
        str(call.args[1].value)
        for call in ast.walk(_parse(INTERNALS))
        if isinstance(call, ast.Call) and isinstance(call.func, ast.Name) and call.func.id == "getattr"
        if isinstance(call.args[1], ast.Constant)
    }
    used |= {name for module, name in _iter_imports(INTERNALS) if module.startswith("weasyprint")}
    listed = {name for names in PRIVATE_NAMES.values() for name in names}
    documented = set().union(*DOCUMENTED_ATTRIBUTES.values(), dir(str), dir(dict), dir(list), dir(pydyf.PDF))
    documented |= {"PDF", "Dictionary", "reference", "objects", "catalog", "itertext", "find"}  # pydyf and ElementTree
    assert used - listed - documented == set()
    assert listed - used == set()


def test_other_modules_import_only_what_is_documented() -> None:
    public = {"weasyprint": set(weasyprint.__all__), "pikepdf": set(pikepdf.__all__)}
    imports = [(path, *imported) for path in OTHER_MODULES for imported in _iter_imports(path)]
    foreign = [item for item in imports if item[1].split(".")[0] in ("weasyprint", "pydyf", "pikepdf")]
    assert len(foreign) >= 8
    assert [
        f"{path.name} imports {name} from {module}"
        for path, module, name in foreign
        if module not in DOCUMENTED_MODULES or name.startswith("_") or (name and name not in public.get(module, {name}))
    ] == []
    attributes = [(path, node) for path in OTHER_MODULES for node in _list_attributes(path)]
    assert [
        f"{path.name}:{node.lineno} uses {node.value.id}.{node.attr}"
        for path, node in attributes
        if isinstance(node.value, ast.Name) and node.attr not in public.get(node.value.id, {node.attr})
    ] == []


def test_other_modules_use_no_private_name() -> None:
    own_names = set().union(*map(_list_own_names, OTHER_MODULES))
    listed = {name for names in PRIVATE_NAMES.values() for name in names}
    tellable = listed - own_names
    assert len(tellable) >= 12, "too few names are WeasyPrint's alone to tell who uses them"
    attributes = [(path, node) for path in OTHER_MODULES for node in _list_attributes(path)]
    assert len(attributes) >= 1000
    assert [
        f"{path.name}:{node.lineno} uses {node.attr}"
        for path, node in attributes
        if node.attr in tellable or (re.match(r"_[^_]", node.attr) and node.attr not in own_names | NAMED_TUPLE)
    ] == []


def test_other_modules_ask_documents_pages_and_streams_only_for_documented_attributes() -> None:
    asked = []
    for path in OTHER_MODULES:
        for function in ast.walk(_parse(path)):
            if isinstance(function, ast.FunctionDef):
                types = {argument.arg: _get_type(argument) for argument in function.args.args}
                asked += [
                    (types[node.value.id], node.attr, f"{path.name}:{node.lineno} asks {ast.unparse(node)}")
                    for node in ast.walk(function)
                    if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name)
                    if types.get(node.value.id) in DOCUMENTED_ATTRIBUTES
                ]
    assert len(asked) >= 10
    assert [use for kind, name, use in asked if name not in DOCUMENTED_ATTRIBUTES[kind]] == []


def _get_type(argument: ast.arg) -> str:
    return argument.annotation.id if isinstance(argument.annotation, ast.Name) else ""
