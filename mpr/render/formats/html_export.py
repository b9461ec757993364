"""The report as a page for the screen, with the PDFs of its appendices beside it."""

from mpr.render.formats.interface import RenderedFormat, RenderRequest


def render(request: RenderRequest) -> RenderedFormat:
    """Return the page and the appendices that it links to; raise InputError if a template does not work."""
    screen_page, _ = request.pages
    appendices = {appendix.file: pdf for appendix, pdf in request.attachments.items()}
    return RenderedFormat(appendices | {request.get_file_name("html"): screen_page.encode()})
