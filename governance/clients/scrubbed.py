"""A message without anything that could act: one of the four layers of the preview.

It leaves the frame's sandbox, its content security policy and the blocked network to
their own work, and does not trust any of them.
"""

from lxml import etree  # type: ignore[import-untyped]

from governance.clients.harmless import tame_elements
from governance.clients.mail import parsed
from governance.clients.page import Page
from governance.clients.tree import new_element


def scrubbed(html: str) -> str:
    """Return ``html`` as a whole document in which nothing can act or ask for more.

    Its attributes are tamed as it is parsed.
    """
    return written(Page.of(parsed(html)))


def written(page: Page) -> str:
    """Write ``page`` as a whole document, without what could act."""
    tame_elements(page.root)
    page.head.insert(0, new_element("meta", {"charset": "utf-8"}))
    _body = page.body
    text = etree.tostring(page.root, encoding="unicode", method="html")
    return f"{page.mail.doctype}{text}"
