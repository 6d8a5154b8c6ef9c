"""A draft cut down to some templates, with all that they use."""

from collections.abc import Sequence
from typing import Final

from governance.content.sources import Sources
from governance.content.template import find_template, template_folders
from governance.content.uses import uses_of
from governance.names import TemplateId

# A repository cannot be read without them, whatever is proposed.
_ALWAYS: Final = ("countersign.toml", "fields.toml", "brand.toml")


def narrowed(
    before: Sources, draft: Sources, templates: Sequence[TemplateId]
) -> Sources:
    """Return ``before`` with ``templates`` as the draft has them.

    What they include and the repository's own tables come along; everything else stays
    as it is released. One that lies in another stage now leaves the stage before, and
    one that the draft has no more is gone.

    Raises:
        ContentError: There is no such template, or it says something impossible.
        MarkupError: It cannot be followed.
    """
    chosen = {path for path in _ALWAYS if path in draft.texts}
    gone: set[str] = set()
    earlier, later = template_folders(before), template_folders(draft)
    for name in templates:
        if name in earlier:
            left = f"{earlier[name]}/"
            gone |= {path for path in before.paths if path.startswith(left)}
            if name not in later:
                continue
        template = find_template(draft, name)
        inside = f"{template.folder}/"
        uses = uses_of(template, draft)
        chosen |= {path for path in draft.paths if path.startswith(inside)}
        chosen |= {*uses.texts, *uses.assets}
    result = before
    for path in sorted(gone - chosen):
        result = result.without(path)
    for path in sorted(chosen):
        if path in draft.texts:
            result = result.with_text(path, draft.texts[path])
        else:
            result = result.with_asset(path, draft.assets[path])
    return result
