"""The report as a PDF, with its appendices joined into it."""

from mpr.render.formats.interface import RenderedFormat, RenderRequest
from mpr.render.pdf import document


def render(request: RenderRequest) -> RenderedFormat:
    """Return the PDF and its number of pages, appendices included.

    Raises InputError if a template does not work or WeasyPrint warns about the page, EnvironmentFault if a system
    library is missing.
    """
    _, print_page = request.pages
    request.announce("PDF")
    pdf, page_count = document.render_pdf(print_page, request.project)
    if request.attachments:
        from mpr.render.attachments import appendices  # noqa: PLC0415 - only appendices pay for pikepdf

        pdf = appendices.attach_appendices(pdf, request.attachments)
        page_count += sum(appendix_file.pages for appendix_file in request.appendix_files)
    return RenderedFormat({request.get_file_name("pdf"): pdf}, page_count)
