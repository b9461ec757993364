"""Prepares a PDF from another program to be joined to the report.

Its names and numbers get a prefix or an offset, so that none is the same as one of the report's: destinations, custom
roles and classes of tags, ids of table headers, keys of the parent tree. Automatic actions, attached files and form
fields are removed.
"""

from collections.abc import Iterable, Iterator, Mapping

from pikepdf import Array, Dictionary, Name, Object, Pdf, Stream, String

SAFE_ACTIONS = ("/GoTo", "/URI")  # of links to a page or an address
ACTIVE_KEYS = ("/AA", "/AF", "/EF", "/OpenAction")  # automatic actions and attached files
# annotations to fill in, play or open, which mean nothing on paper
INTERACTIVE_SUBTYPES = ("/Widget", "/FileAttachment", "/RichMedia", "/Screen", "/Movie", "/Sound", "/3D")
PARENT_TREE_KEYS = ("/StructParent", "/StructParents")


def sanitise_and_prefix(pdf: Pdf, prefix: str, first_key: int) -> None:
    """Add a prefix to all names of a tagged PDF, and a first key to those of its parent tree; drop what is active."""
    for dictionary in _iter_dictionaries(pdf):
        _remove_actions(dictionary)
        _prefix_names(dictionary, prefix)
        for key in PARENT_TREE_KEYS:
            if isinstance(number := dictionary.get(key), int):
                dictionary[key] = number + first_key
    for page in pdf.pages:
        if "/Annots" in page:
            page.Annots = Array(
                annotation for annotation in list_annotations(page.obj) if not is_interactive(annotation)
            )
    root = pdf.Root.StructTreeRoot
    role_map, class_map = (dict(get_dictionary(root, key).items()) for key in ("/RoleMap", "/ClassMap"))
    renamed_roles, renamed_classes = (
        {key: Name(f"/{prefix}{key[1:]}") for key in old_map} for old_map in (role_map, class_map)
    )
    root.RoleMap = Dictionary(
        {str(renamed_roles[key]): renamed_roles.get(str(role), role) for key, role in role_map.items()}
    )
    root.ClassMap = Dictionary({str(renamed_classes[key]): attributes for key, attributes in class_map.items()})
    elements_by_id = {}
    for element in iter_elements(root):
        _prefix_element(element, prefix, renamed_roles, renamed_classes)
        if isinstance(name := element.get("/ID"), String):
            elements_by_id[bytes(name)] = element
    root.IDTree = build_name_tree(elements_by_id)
    root.ParentTree = build_number_tree({key + first_key: parent for key, parent in read_parent_tree(root).items()})


def iter_elements(root: Object) -> Iterator[Dictionary]:
    """Yield every element of a structure tree in reading order, each before those inside it."""
    seen = set()
    pending = [kid for kid in list_kids(root)[::-1] if isinstance(kid, Dictionary)]
    while pending:
        element = pending.pop()
        if isinstance(element.get("/S"), Name) and not (element.is_indirect and element.objgen in seen):
            seen.add(element.objgen)
            yield element
            pending += [kid for kid in list_kids(element)[::-1] if isinstance(kid, Dictionary)]


def get_dictionary(container: Object, key: str) -> Dictionary:
    """Return the dictionary under a key, an empty one if there is none."""
    value = container.get(key)
    return value if isinstance(value, Dictionary) else Dictionary()


def list_kids(element: Object) -> list[Object]:
    """Return the kids of an element of a structure tree: elements, marks and references."""
    return as_list(element.get("/K"))


def as_list(value: Object | None) -> list[Object]:
    """Return the values under a key for which a PDF may have one value, an array or none."""
    return [] if value is None else list(value) if isinstance(value, Array) else [value]


def iter_tree_items(tree: Object, leaf_key: str) -> Iterator[tuple[Object, Object]]:
    """Yield the keys and values of a name tree or number tree; `leaf_key` is `/Names` or `/Nums`."""
    seen = set()
    pending = [tree]
    while pending:
        node = pending.pop()
        if isinstance(node, Dictionary) and not (node.is_indirect and node.objgen in seen):
            seen.add(node.objgen)
            items = as_list(node.get(leaf_key))
            yield from zip(items[::2], items[1::2], strict=False)
            pending += as_list(node.get("/Kids"))[::-1]


def read_parent_tree(root: Object) -> dict[int, Object]:
    """Return the parent tree of a structure tree: the owners of a page's content, or of an annotation, by key."""
    return {
        int(key): parent
        for key, parent in iter_tree_items(get_dictionary(root, "/ParentTree"), "/Nums")
        if isinstance(key, int)
    }


def build_name_tree(entries: Mapping[bytes, Object]) -> Dictionary:
    """Return a name tree."""
    return Dictionary(Names=Array(item for key in sorted(entries) for item in (String(key), entries[key])))


def build_number_tree(entries: Mapping[int, Object]) -> Dictionary:
    """Return a number tree."""
    return Dictionary(Nums=Array(item for key in sorted(entries) for item in (key, entries[key])))


def collect_destinations(pdf: Pdf) -> dict[bytes, Object]:
    """Return the named destinations of a PDF."""
    catalogue_destinations = {
        key[1:].encode(): destination for key, destination in get_dictionary(pdf.Root, "/Dests").items()
    }
    tree = iter_tree_items(get_dictionary(get_dictionary(pdf.Root, "/Names"), "/Dests"), "/Names")
    return catalogue_destinations | {bytes(key): destination for key, destination in tree if isinstance(key, String)}


def list_annotations(page: Object) -> list[Object]:
    """Return the annotations on a page: links, notes, form fields."""
    return [annotation for annotation in as_list(page.get("/Annots")) if isinstance(annotation, Dictionary)]


def is_interactive(annotation: Object) -> bool:
    """Whether an annotation is a form field, a film or a file, rather than a link or a note."""
    return annotation.get("/Subtype") in INTERACTIVE_SUBTYPES


def _iter_dictionaries(pdf: Pdf) -> Iterator[Object]:
    """Yield every dictionary of a PDF, those of streams and nested ones included."""
    pending: list[object] = list(pdf.objects)
    while pending:
        value = pending.pop()
        children: Iterable[object] = ()
        if isinstance(value, Dictionary | Stream):
            yield value
            children = value.values()
        elif isinstance(value, Array):
            children = value
        pending += [child for child in children if isinstance(child, Dictionary | Array) and not child.is_indirect]


def _remove_actions(dictionary: Object) -> None:
    for key in ACTIVE_KEYS:
        if key in dictionary:
            del dictionary[key]
    for key in ("/A", "/PA"):
        action = dictionary.get(key)
        if isinstance(action, Dictionary) and "/S" in action and action.S not in SAFE_ACTIONS:
            del dictionary[key]
    if dictionary.get("/S") in SAFE_ACTIONS and "/Next" in dictionary:
        del dictionary["/Next"]


def _prefix_names(dictionary: Object, prefix: str) -> None:
    """Prefix the destinations and table headers that a dictionary refers to; several cells may share a dictionary."""
    headers = dictionary.get("/Headers")
    if isinstance(headers, Array):
        dictionary.Headers = Array(
            String(prefix.encode() + bytes(name)) for name in headers if isinstance(name, String)
        )
    for key in ("/Dest", "/D") if dictionary.get("/S") == "/GoTo" else ("/Dest",):
        name = dictionary.get(key)
        if isinstance(name, Name | String):
            dictionary[key] = String(
                prefix.encode() + (str(name)[1:].encode() if isinstance(name, Name) else bytes(name))
            )


def _prefix_element(element: Dictionary, prefix: str, roles: dict[str, Name], classes: dict[str, Name]) -> None:
    element.S = roles.get(str(element.S), element.S)
    if isinstance(name := element.get("/ID"), String):
        element.ID = String(prefix.encode() + bytes(name))
    if "/C" in element:
        element.C = Array(classes.get(str(class_name), class_name) for class_name in as_list(element.C))
    kids = list_kids(element)
    printable_kids = [
        kid for kid in kids if not (isinstance(kid, Dictionary) and is_interactive(get_dictionary(kid, "/Obj")))
    ]
    if len(printable_kids) < len(kids):
        element.K = Array(printable_kids)
