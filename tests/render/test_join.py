"""Joined PDFs: tags in reading order, no names mixed up, nothing lost, nothing active carried over."""

from collections.abc import Iterator
from io import BytesIO
from itertools import pairwise

import page as validation
import pikepdf
import pypdfium2
import pytest
from pikepdf import Dictionary, Name, String

from mpr.render.attachments.join import Addition, join_pdfs
from mpr.render.attachments.sanitise import iter_elements, list_kids
from tests.pdfs import BUDGET, change_pdf, list_tags, make_pdf

REPORT = """
<p><a href="#appendix-a">Appendix A</a> <a href="#appendix-b">Appendix B</a></p><h1>Report</h1>
<main>
<section class="new"><h2>Figures</h2><table><tr><th>Roads<th>9</tr><tr><td>1<td>2</tr></table></section>
<section class="new" id="appendix-a"><h2>Appendix A</h2></section>
<section class="new" id="appendix-b"><h2>Appendix B</h2></section>
</main>
"""
HEADS = "@page { @top-left { content: 'Council' } @bottom-right { content: 'Page ' counter(page) } }"
WIDE = "@page { size: A3 landscape }"


@pytest.fixture(scope="module")
def report() -> bytes:
    return make_pdf(REPORT, "Report", HEADS)


@pytest.fixture(scope="module")
def budget() -> bytes:
    return make_pdf()


@pytest.fixture(scope="module")
def joined_data(report: bytes, budget: bytes) -> bytes:
    """Return a report with two appendices, the second in Welsh and on wide paper."""
    debt = make_pdf(BUDGET.replace("Budget", "Debt"), "Debt", WIDE, "cy")
    additions = [Addition("appendix-a", "The budget", budget, "A"), Addition("appendix-b", "Debt", debt, "B")]
    return join_pdfs(report, additions)


@pytest.fixture
def joined(joined_data: bytes) -> Iterator[pikepdf.Pdf]:
    with pikepdf.open(BytesIO(joined_data)) as pdf:
        yield pdf


def _open_pdf(data: bytes) -> pikepdf.Pdf:
    return pikepdf.open(BytesIO(data))


def _open_joined(report: bytes, data: bytes, name: str = "appendix-a") -> pikepdf.Pdf:
    return _open_pdf(join_pdfs(report, [Addition(name, "The budget", data, "A")]))


def _extract_texts(data: bytes) -> list[str]:
    document = pypdfium2.PdfDocument(data)
    try:
        return [" ".join(page.get_textpage().get_text_range().split()) for page in document]
    finally:
        document.close()


def _list_ua_faults(data: bytes, tmp_path_factory: pytest.TempPathFactory) -> list[str]:
    path = tmp_path_factory.mktemp("ua") / "one.pdf"
    path.write_bytes(data)
    result = validation.validate_pdf(str(path), profile="ua1")
    assert result.rules.total > 50
    return [f"{failure.rule_id}: {failure.message}" for failure in result.failures]


def test_pages_follow_the_page_that_announces_them_and_keep_their_size(joined_data: bytes, joined: pikepdf.Pdf) -> None:
    heads = [text.split(".")[0] for text in _extract_texts(joined_data)]
    assert heads == [
        "Appendix A Appendix B Report Council Page 1", "Figures Roads 9 1 2 Council Page 2",
        "Appendix A Council Page 3", "Budget See reserves and elsewhere", "Reserves None",
        "Appendix B Council Page 4", "Debt See reserves and elsewhere", "Reserves None",
    ]  # fmt: skip
    sizes = [tuple(round(float(length)) for length in page.mediabox[2:]) for page in joined.pages]
    assert sizes == [(595, 842)] * 6 + [(1191, 842)] * 2


def test_pages_are_numbered_by_their_own_document(joined: pikepdf.Pdf) -> None:
    assert [page.label for page in joined.pages] == ["1", "2", "3", "A-1", "A-2", "4", "B-1", "B-2"]


def test_an_appendix_keeps_its_own_page_numbers(report: bytes, budget: bytes) -> None:
    roman = change_pdf(
        budget, lambda pdf: pdf.Root.__setattr__("PageLabels", Dictionary(Nums=[0, Dictionary(S=Name.r)]))
    )
    with _open_joined(report, roman) as pdf:
        assert [page.label for page in pdf.pages] == ["1", "2", "3", "A-i", "A-ii", "4"]


def test_pages_without_a_label_are_numbered_on(report: bytes, budget: bytes) -> None:
    with _open_pdf(join_pdfs(report, [Addition("more", "More", budget)])) as pdf:
        assert "/PageLabels" not in pdf.Root
        assert [page.label for page in pdf.pages] == ["1", "2", "3", "4", "5", "6"]


def test_tags_are_in_the_order_of_the_pages(joined: pikepdf.Pdf) -> None:
    lines = list_tags(joined)
    top = [line for line in lines if not line.startswith("..")]
    assert top == ["Document", ".P", ".H1", ".Part", ".Part", ".Part 'The budget'", ".Part", ".Part 'Debt'"]
    part = lines.index(".Part 'The budget'")
    assert lines[part + 1 : part + 22] == [
        "..H1", "...Span 4", "..P", "...Span 4", "...Link 4", "...Span 4", "...Link 4", "...Span 4",
        "..Table", "...THead", "....TR", ".....TH", "......Span 4", ".....TH", "......Span 4",
        "...TBody", "....TR", ".....TD", "......Span 4", ".....TD", "......Span 4",
    ]  # fmt: skip
    assert lines[part + 22 : part + 26] == ["..H2", "...Span 5", "..P", "...Span 5"]
    pages = [int(line.split()[1]) for line in lines if line.split()[-1].isdigit()]
    assert pages == sorted(pages)
    assert set(pages) == set(range(1, 9))


def test_parent_tree_leads_from_content_to_its_element_and_back(joined: pikepdf.Pdf) -> None:
    tree = dict(pikepdf.NumberTree(joined.Root.StructTreeRoot.ParentTree).items())
    keys = [int(page.StructParents) for page in joined.pages]
    links = [link for page in joined.pages for link in page.get("/Annots", [])]
    assert len(links) == 6
    keys += [int(link.StructParent) for link in links]
    assert sorted(keys) == sorted(tree)
    assert len(set(keys)) == len(keys)
    assert int(joined.Root.StructTreeRoot.ParentTreeNextKey) == max(keys) + 1
    for page in joined.pages:
        for number, element in enumerate(tree[int(page.StructParents)]):
            assert element.Pg.objgen == page.objgen
            assert number in [kid for kid in list_kids(element) if isinstance(kid, int)]
    for link in links:
        element = tree[int(link.StructParent)]
        assert element.S == "/Link"
        assert [kid.Obj.objgen for kid in element.K if isinstance(kid, Dictionary)] == [link.objgen]


def test_each_part_has_its_language(joined: pikepdf.Pdf) -> None:
    languages = [str(part.get("/Lang", "")) for part in joined.Root.StructTreeRoot.K[0].K]
    assert languages == ["", "", "", "", "en-GB", "", "cy"]
    assert str(joined.Root.Lang) == "en-GB"
    assert str(joined.docinfo.Title) == "Report"


def _list_cells(pdf: pikepdf.Pdf) -> list[tuple[str, list[str]]]:
    """Return the id of each cell, empty if it has none, and the ids of its headers."""
    cells = [element for element in iter_elements(pdf.Root.StructTreeRoot) if element.S in ("/TH", "/TD")]
    headers = [[str(name) for name in cell.get("/A", {}).get("/Headers", [])] for cell in cells]
    return [(str(cell.get("/ID", "")), names) for cell, names in zip(cells, headers, strict=True)]


def test_cells_name_the_heads_of_their_own_table(joined: pikepdf.Pdf) -> None:
    cells = _list_cells(joined)
    ids = [name for name, _ in cells if name]
    assert len(ids) == len(set(ids)) == 6
    named = {name for _, headers in cells for name in headers}
    assert len(named) >= 4
    assert named <= set(ids)
    assert {name.rpartition(".")[0] for name in ids} == {"", "appendix-a", "appendix-b"}
    listed = dict(pikepdf.NameTree(joined.Root.StructTreeRoot.IDTree).items())
    assert set(listed) == {name for name in ids if "." in name}
    assert all(str(element.ID) == name for name, element in listed.items())


def test_attributes_shared_by_cells_are_prefixed_once(report: bytes, budget: bytes) -> None:
    def share_attributes(pdf: pikepdf.Pdf) -> None:
        cells = [element for element in iter_elements(pdf.Root.StructTreeRoot) if element.S == "/TD"]
        attributes = pdf.make_indirect(cells[0].A)
        for cell in cells:
            cell.A = attributes

    with _open_joined(report, change_pdf(budget, share_attributes)) as pdf:
        cells = _list_cells(pdf)
        ids = {name for name, _ in cells if name.startswith("appendix-a.")}
        headers = [tuple(names) for _, names in cells if any("." in name for name in names)]
        assert len(headers) == 2
        assert len(set(headers)) == 1
        assert set(headers[0]) <= ids


def test_circular_bookmarks_are_read_once(report: bytes, budget: bytes) -> None:
    def link_in_a_circle(pdf: pikepdf.Pdf) -> None:
        first = pdf.Root.Outlines.First
        first.Next = first

    with _open_joined(report, change_pdf(budget, link_in_a_circle)) as pdf:
        assert pdf.Root.Outlines.First.First.Next.Last.Title == "Budget"


def test_links_keep_their_targets(joined: pikepdf.Pdf) -> None:
    numbers = {page.objgen: number for number, page in enumerate(joined.pages, 1)}
    destinations = pikepdf.NameTree(joined.Root.Names.Dests).items()
    assert {name: numbers[destination[0].objgen] for name, destination in destinations} == {
        "appendix-a": 3, "appendix-a.reserves": 5, "appendix-a.top": 4,
        "appendix-b": 6, "appendix-b.reserves": 8, "appendix-b.top": 7,
    }  # fmt: skip
    keys = [bytes(key) for key in list(joined.Root.Names.Dests.Names)[::2]]
    assert all(one < other for one, other in pairwise(keys))
    links = [
        (numbers[page.objgen], str(link.Dest) if "/Dest" in link else str(link.A.URI))
        for page in joined.pages
        for link in page.get("/Annots", [])
    ]
    assert links == [
        (1, "appendix-a"), (1, "appendix-b"), (4, "appendix-a.reserves"), (4, "https://example.org/"),
        (7, "appendix-b.reserves"), (7, "https://example.org/"),
    ]  # fmt: skip


def test_links_of_old_kinds_keep_their_targets(report: bytes, budget: bytes) -> None:
    """Word writes destinations into the catalogue under names, and links as actions."""

    def use_old_links(pdf: pikepdf.Pdf) -> None:
        destination = dict(pikepdf.NameTree(pdf.Root.Names.Dests).items())["reserves"]
        del pdf.Root.Names
        pdf.Root.Dests = Dictionary(Reserves=Dictionary(D=destination))
        link = pdf.pages[0].Annots[0]
        del link.Dest
        link.A = Dictionary(S=Name.GoTo, D=Name.Reserves, Next=Dictionary(S=Name.JavaScript, JS="app.alert(1)"))

    with _open_joined(report, change_pdf(budget, use_old_links)) as pdf:
        link = pdf.pages[3].Annots[0]
        assert dict(link.A.items()) == {"/S": "/GoTo", "/D": "appendix-a.Reserves"}
        destination = dict(pikepdf.NameTree(pdf.Root.Names.Dests).items())["appendix-a.Reserves"]
        assert destination.D[0].objgen == pdf.pages[4].objgen


def _list_bookmarks(data: bytes) -> list[tuple[int, str, int]]:
    document = pypdfium2.PdfDocument(data)
    try:
        bookmarks = document.get_toc()
        return [(item.level, item.get_title(), item.get_dest().get_index() + 1) for item in bookmarks]
    finally:
        document.close()


def test_bookmarks_are_under_the_one_that_announces_them(joined_data: bytes, joined: pikepdf.Pdf) -> None:
    assert _list_bookmarks(joined_data) == [
        (0, "Report", 1), (1, "Figures", 2), (1, "Appendix A", 3), (2, "Budget", 4), (3, "Reserves", 5),
        (1, "Appendix B", 6), (2, "Debt", 7), (3, "Reserves", 8),
    ]  # fmt: skip
    with joined.open_outline() as outline:
        _, first, second = outline.root[0].children
        assert first.is_closed
        assert second.is_closed
        assert int(first.obj.Count) == -1


def test_addition_without_a_destination_comes_last(report: bytes, budget: bytes) -> None:
    data = join_pdfs(report, [Addition("one", "One", budget), Addition("two", "Two", budget)])
    assert _list_bookmarks(data)[3:] == [
        (1, "Appendix B", 4), (0, "Budget", 5), (1, "Reserves", 6), (0, "Budget", 7), (1, "Reserves", 8),
    ]  # fmt: skip
    with _open_pdf(data) as pdf:
        assert [line for line in list_tags(pdf) if line[:1] == "." != line[1:2]][-2:] == [".Part 'One'", ".Part 'Two'"]


def test_either_pdf_may_have_no_bookmarks(report: bytes, budget: bytes) -> None:
    plain_budget, plain_report = (
        change_pdf(data, lambda pdf: pdf.Root.__delattr__("Outlines")) for data in (budget, report)
    )
    bookmarks = _list_bookmarks(join_pdfs(report, [Addition("appendix-a", "A", plain_budget)]))
    assert [title for _, title, _ in bookmarks] == ["Report", "Figures", "Appendix A", "Appendix B"]
    assert _list_bookmarks(join_pdfs(plain_report, [Addition("appendix-a", "A", budget)])) == [
        (0, "Budget", 4),
        (1, "Reserves", 5),
    ]


def test_custom_roles_and_classes_are_not_mixed_up(report: bytes, budget: bytes) -> None:
    """Two programs may use one name for different things, or redefine a standard one."""

    def add_custom_roles(pdf: pikepdf.Pdf) -> None:
        root = pdf.Root.StructTreeRoot
        root.RoleMap = Dictionary({"/Title": Name.Heading, "/Heading": Name.H1, "/Sect": Name.Div})
        root.ClassMap = Dictionary({"/Head": Dictionary(O=Name.Table, Headers=[String("x")])})
        root.K[0].K[0].S, root.K[0].K[0].C = Name.Title, Name.Head

    base = change_pdf(
        report, lambda pdf: pdf.Root.StructTreeRoot.__setattr__("RoleMap", Dictionary({"/Title": Name.Caption}))
    )
    with _open_joined(base, change_pdf(budget, add_custom_roles)) as pdf:
        root = pdf.Root.StructTreeRoot
        assert dict(root.RoleMap.items()) == {
            "/Title": "/Caption", "/appendix-a.Title": "/appendix-a.Heading", "/appendix-a.Heading": "/H1",
            "/appendix-a.Sect": "/Div",
        }  # fmt: skip
        assert list(root.ClassMap["/appendix-a.Head"].Headers) == ["appendix-a.x"]
        (part,) = (part for part in root.K[0].K if "/T" in part)
        assert part.K[0].S == "/appendix-a.Title"
        assert list(part.K[0].C) == ["/appendix-a.Head"]


def test_circular_tags_are_read_once(report: bytes, budget: bytes) -> None:
    def make_own_parents(pdf: pikepdf.Pdf) -> None:
        for element in iter_elements(pdf.Root.StructTreeRoot):
            element.P = element

    circular = change_pdf(budget, make_own_parents)
    with _open_pdf(
        join_pdfs(report, [Addition("appendix-a", "A", circular), Addition("appendix-b", "B", budget)])
    ) as pdf:
        assert [str(part.T) for part in pdf.Root.StructTreeRoot.K[0].K if "/T" in part] == ["A", "B"]


def test_content_without_a_document_around_it_becomes_one_part(report: bytes, budget: bytes) -> None:
    def remove_document(pdf: pikepdf.Pdf) -> None:
        root = pdf.Root.StructTreeRoot
        root.K = root.K[0].K
        for element in root.K:
            element.P = root

    with _open_joined(report, change_pdf(budget, remove_document)) as pdf:
        lines = list_tags(pdf)
        part = lines.index(".Part 'The budget'")
        assert lines[part + 1 : part + 4] == ["..H1", "...Span 4", "..P"]


def test_active_content_and_form_fields_are_dropped(report: bytes, budget: bytes) -> None:
    def add_active_content(pdf: pikepdf.Pdf) -> None:
        script = Dictionary(S=Name.JavaScript, JS="app.alert('no')")
        pdf.Root.OpenAction = script
        pdf.Root.Names.JavaScript = Dictionary(Names=["start", script])
        pdf.attachments["secret.txt"] = b"secret"
        page = pdf.pages[0]
        page.AA = Dictionary(O=script)
        field = pdf.make_indirect(
            Dictionary(Type=Name.Annot, Subtype=Name.Widget, FT=Name.Tx, T="name", Rect=[0, 0, 9, 9], P=page.obj)
        )
        film = pdf.make_indirect(Dictionary(Type=Name.Annot, Subtype=Name.RichMedia, Rect=[0, 0, 9, 9]))
        pdf.Root.AcroForm = Dictionary(Fields=[field])
        page.Annots[1].A = script
        page.Annots.extend([field, film])
        element = pdf.Root.StructTreeRoot.K[0].K[1]
        element.K.append(Dictionary(Type=Name.OBJR, Obj=field, Pg=page.obj))

    with _open_joined(report, change_pdf(budget, add_active_content)) as pdf:
        assert not {"/OpenAction", "/AcroForm", "/AA"} & set(pdf.Root.keys())
        assert set(pdf.Root.Names.keys()) == {"/Dests"}
        assert not pdf.attachments
        assert [link.Subtype for link in pdf.pages[3].Annots] == ["/Link", "/Link"]
        assert "/A" not in pdf.pages[3].Annots[1]
        (part,) = (part for part in pdf.Root.StructTreeRoot.K[0].K if "/T" in part)
        assert [str(kid.S) for kid in part.K[1].K] == ["/Span", "/Link", "/Span", "/Link", "/Span"]
    data = join_pdfs(report, [Addition("appendix-a", "A", change_pdf(budget, add_active_content))])
    plain = change_pdf(data, lambda _: None, object_stream_mode=pikepdf.ObjectStreamMode.disable)
    for word in (b"JavaScript", b"app.alert", b"secret", b"RichMedia", b"Widget", b"EmbeddedFile"):
        assert word not in plain


def test_files_attached_to_the_report_stay(report: bytes, budget: bytes) -> None:
    with _open_joined(change_pdf(report, lambda pdf: pdf.attachments.__setitem__("a.csv", b"1,2")), budget) as pdf:
        assert list(pdf.attachments) == ["a.csv"]
        assert "appendix-a.top" in dict(pikepdf.NameTree(pdf.Root.Names.Dests).items())


def test_joined_pdf_is_valid_if_its_parts_are(
    report: bytes, budget: bytes, joined_data: bytes, tmp_path_factory: pytest.TempPathFactory
) -> None:
    for data in (report, budget, joined_data):
        assert _list_ua_faults(data, tmp_path_factory) == []
    broken = change_pdf(budget, lambda pdf: pdf.Root.StructTreeRoot.K[0].K[0].__setattr__("S", Name.Nonsense))
    assert _list_ua_faults(join_pdfs(report, [Addition("appendix-a", "A", broken)]), tmp_path_factory), (
        "the validator has to look"
    )
    with _open_pdf(joined_data) as pdf:
        assert pdf.check_pdf_syntax() == []


def test_same_pdfs_give_the_same_bytes(report: bytes, budget: bytes) -> None:
    one, other = (join_pdfs(report, [Addition("appendix-a", "A", budget, "A")]) for _ in range(2))
    assert len(one) > 10_000
    assert one == other


def test_joining_nothing_changes_no_word(report: bytes) -> None:
    assert _extract_texts(join_pdfs(report, [])) == _extract_texts(report)
