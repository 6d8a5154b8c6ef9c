"""What a merge field may become part of: a text and a value, never a style or code."""

from typing import Final

from jinja2 import nodes

from governance.content.fields import Fields
from governance.content.shapes import FieldType
from governance.markup.expression import Tag, read_construct
from governance.markup.lex import Token
from governance.names import FieldName
from governance.texts import N_

SCRIPT: Final = N_("a script cannot hold merge fields, and mail clients run none")
STYLE: Final = N_("“{name}” is a candidate's value; it cannot become part of a style")
LINK: Final = N_("“{name}” is no address; a link begins with a field of type url")

_LINKS: Final = frozenset({"href", "src", "action", "background", "background-url"})


def unsafe_in_style(token: Token, fields: Fields) -> str:
    """Return the field that ``token`` would print into a style, or ""."""
    said = read_construct(token.text)
    if said.tag is not Tag.OUTPUT:
        return ""
    return next((use.name for use in said.names if fields.within(use.name)), "")


def unsafe_in_link(token: Token, attribute: str, fields: Fields) -> str:
    """Return the field that ``token`` prints as the beginning of a link, or "".

    An address that begins with a candidate's own text could begin with "javascript:".
    """
    said = read_construct(token.text)
    if attribute not in _LINKS or said.tag is not Tag.OUTPUT or not said.names:
        return ""
    if isinstance(said.expression, nodes.Const):
        return ""
    name = said.names[0].name
    field = fields.get(FieldName(name))
    return name if field is not None and field.type is not FieldType.URL else ""
