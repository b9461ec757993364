"""A PDF that was made elsewhere, made ready to be joined to another.

Whatever it knows by a name or a number is renamed or renumbered, so that it meets nothing of the other's: destinations,
names of tags and of their classes, ids of headers, keys of the parent tree. What acts by itself, carries files or asks
to be filled in is taken away.
"""

from collections.abc import Iterable, Iterator, Mapping

from pikepdf import Array, Dictionary, Name, Object, Pdf, Stream, String

SAFE = ("/GoTo", "/URI")  # the actions of links that lead somewhere
ACTIVE = ("/AA", "/AF", "/EF", "/OpenAction")  # what is done without asking, and files inside the file
LOOSE = ("/Widget", "/FileAttachment", "/RichMedia", "/Screen", "/Movie", "/Sound", "/3D")  # no words on paper
KEYS = ("/StructParent", "/StructParents")


def ready(pdf: Pdf, prefix: str, first: int) -> None:
    """Let all names of a PDF begin with a prefix, the keys of its parent tree with a number; drop what is active."""
    for each in _dictionaries(pdf):
        _calm(each)
        _rename(each, prefix)
        for key in KEYS:
            if isinstance(number := each.get(key), int):
                each[key] = number + first
    for page in pdf.pages:
        if "/Annots" in page:
            page.Annots = Array(each for each in annotations(page.obj) if not loose(each))
    root = pdf.Root.StructTreeRoot
    kinds, looks = (dict(under(root, key).items()) for key in ("/RoleMap", "/ClassMap"))
    roles, classes = ({key: Name(f"/{prefix}{key[1:]}") for key in each} for each in (kinds, looks))
    root.RoleMap = Dictionary({str(roles[key]): roles.get(str(kind), kind) for key, kind in kinds.items()})
    root.ClassMap = Dictionary({str(classes[key]): look for key, look in looks.items()})
    ids = {}
    for element in elements(root):
        _rename_element(element, prefix, roles, classes)
        if isinstance(name := element.get("/ID"), String):
            ids[bytes(name)] = element
    root.IDTree = names(ids)
    root.ParentTree = numbers({key + first: each for key, each in parents(root).items()})


def elements(root: Object) -> Iterator[Dictionary]:
    """Yield every element of a structure tree, each before those inside it, in reading order."""
    seen = set()
    left = [each for each in kids(root)[::-1] if isinstance(each, Dictionary)]
    while left:
        each = left.pop()
        if isinstance(each.get("/S"), Name) and not (each.is_indirect and each.objgen in seen):
            seen.add(each.objgen)
            yield each
            left += [one for one in kids(each)[::-1] if isinstance(one, Dictionary)]


def under(part: Object, key: str) -> Dictionary:
    """Return the dictionary that stands under a key, an empty one where there is none."""
    found = part.get(key)
    return found if isinstance(found, Dictionary) else Dictionary()


def kids(element: Object) -> list[Object]:
    """Return what an element of a structure tree holds."""
    return listed(element.get("/K"))


def listed(value: Object | None) -> list[Object]:
    """Return what stands where a PDF may have one thing, several or none."""
    return [] if value is None else list(value) if isinstance(value, Array) else [value]


def leaves(tree: Object, kind: str) -> Iterator[tuple[Object, Object]]:
    """Yield the keys of a tree of names or numbers (`/Names`, `/Nums`), each with what it stands for."""
    seen = set()
    left = [tree]
    while left:
        node = left.pop()
        if isinstance(node, Dictionary) and not (node.is_indirect and node.objgen in seen):
            seen.add(node.objgen)
            found = listed(node.get(kind))
            yield from zip(found[::2], found[1::2], strict=False)
            left += listed(node.get("/Kids"))[::-1]


def parents(root: Object) -> dict[int, Object]:
    """Return the parent tree of a structure tree: whose what stands on a page is."""
    return {int(key): each for key, each in leaves(under(root, "/ParentTree"), "/Nums") if isinstance(key, int)}


def names(found: Mapping[bytes, Object]) -> Dictionary:
    """Return a tree of names."""
    return Dictionary(Names=Array(each for key in sorted(found) for each in (String(key), found[key])))


def numbers(found: Mapping[int, Object]) -> Dictionary:
    """Return a tree of numbers."""
    return Dictionary(Nums=Array(each for key in sorted(found) for each in (key, found[key])))


def destinations(pdf: Pdf) -> dict[bytes, Object]:
    """Return the destinations of a PDF that have names."""
    old = {key[1:].encode(): place for key, place in under(pdf.Root, "/Dests").items()}
    tree = leaves(under(under(pdf.Root, "/Names"), "/Dests"), "/Names")
    return old | {bytes(key): place for key, place in tree if isinstance(key, String)}


def annotations(page: Object) -> list[Object]:
    """Return the links, notes and fields on a page."""
    return [each for each in listed(page.get("/Annots")) if isinstance(each, Dictionary)]


def loose(annotation: Object) -> bool:
    """Whether something on a page is a field, a film or a file, and no link or note."""
    return annotation.get("/Subtype") in LOOSE


def _dictionaries(pdf: Pdf) -> Iterator[Object]:
    """Yield every dictionary of a PDF, those of streams too, wherever it stands."""
    left: list[object] = list(pdf.objects)
    while left:
        each = left.pop()
        inside: Iterable[object] = ()
        if isinstance(each, Dictionary | Stream):
            yield each
            inside = each.values()
        elif isinstance(each, Array):
            inside = each
        left += [one for one in inside if isinstance(one, Dictionary | Array) and not one.is_indirect]


def _calm(part: Object) -> None:
    for key in ACTIVE:
        if key in part:
            del part[key]
    for key in ("/A", "/PA"):
        action = part.get(key)
        if isinstance(action, Dictionary) and "/S" in action and action.S not in SAFE:
            del part[key]
    if part.get("/S") in SAFE and "/Next" in part:
        del part["/Next"]


def _rename(part: Object, prefix: str) -> None:
    """Rename the destinations and the heads of cells that something names; several may share what names these."""
    headers = part.get("/Headers")
    if isinstance(headers, Array):
        part.Headers = Array(String(prefix.encode() + bytes(name)) for name in headers if isinstance(name, String))
    for key in ("/Dest", "/D") if part.get("/S") == "/GoTo" else ("/Dest",):
        name = part.get(key)
        if isinstance(name, Name | String):
            part[key] = String(prefix.encode() + (str(name)[1:].encode() if isinstance(name, Name) else bytes(name)))


def _rename_element(element: Dictionary, prefix: str, roles: dict[str, Name], classes: dict[str, Name]) -> None:
    element.S = roles.get(str(element.S), element.S)
    if isinstance(name := element.get("/ID"), String):
        element.ID = String(prefix.encode() + bytes(name))
    if "/C" in element:
        element.C = Array(classes.get(str(each), each) for each in listed(element.C))
    held = kids(element)
    kept = [each for each in held if not (isinstance(each, Dictionary) and loose(under(each, "/Obj")))]
    if len(kept) < len(held):
        element.K = Array(kept)
