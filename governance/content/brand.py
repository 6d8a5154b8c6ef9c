"""The brand's values: ``{{ brand.name }}`` in every message."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from governance.content.sources import Sources
from governance.content.tables import read_table
from governance.texts import _

BRAND_FILE: Final = "brand.toml"
BRAND: Final = "brand"  # the first word of its names

_KEY: Final = re.compile(r"[a-z][a-z0-9_]*")


@dataclass(frozen=True, slots=True)
class Brand:
    """What the organisation looks like and is called.

    Attributes:
        values: "color_primary" → "#0b5cad".
    """

    values: Mapping[str, str]


def read_brand(sources: Sources) -> Brand:
    """Read ``brand.toml``; without one, the brand has no values.

    Raises:
        ContentError: It says something impossible.
    """
    if BRAND_FILE not in sources.texts:
        return Brand({})
    table = read_table(sources, BRAND_FILE)
    table.allow(BRAND)
    values = table.table(BRAND)
    for key in values.values:
        if not _KEY.fullmatch(key):
            message = _("“{key}” is no name: use lower-case letters, digits and “_”.")
            raise values.refusal(message.format(key=key), key)
    return Brand({key: values.text(key, "") for key in values.values})
