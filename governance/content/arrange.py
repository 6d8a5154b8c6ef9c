"""A template copied, renamed, moved or archived, as its author's draft.

Each is a function from sources to sources. Nothing of it is in force before it was
reviewed and released; what the ledger counts of a template stays where it is.
"""

import re
import unicodedata
from collections.abc import Collection, Mapping
from typing import Final

import tomlkit

from governance.content.sources import Sources
from governance.content.template import (
    TEMPLATE_FILE,
    TEMPLATES,
    read_template,
    template_folders,
)
from governance.errors import ContentError, UnknownNameError
from governance.markup.mapped import problem_of_file
from governance.names import TemplateId, template_id
from governance.texts import _

_LONGEST: Final = 56  # of an id made of a title; a number still fits behind it
_OTHER: Final = re.compile(r"[^a-z0-9]+")
# Letters that are not a plain letter with a mark on it.
_SPELT: Final = str.maketrans(
    {"ß": "ss", "æ": "ae", "œ": "oe", "ø": "o", "ł": "l", "đ": "d"}
)


def id_for(title: str, taken: Collection[str]) -> TemplateId:
    """Return an id that says ``title`` and is none of ``taken``.

    A title without a Latin letter or digit becomes "message".
    """
    plain = unicodedata.normalize("NFKD", title.casefold().translate(_SPELT))
    marks_gone = "".join(one for one in plain if not unicodedata.combining(one))
    words = _OTHER.sub("-", marks_gone).strip("-")[:_LONGEST].strip("-") or "message"
    if words not in taken:
        return template_id(words)
    number = 2
    while f"{words}-{number}" in taken:
        number += 1
    return template_id(f"{words}-{number}")


def duplicated(
    sources: Sources, template: TemplateId, copy: TemplateId, record: Mapping[str, str]
) -> Sources:
    """Return ``sources`` with a copy of ``template`` in the same stage.

    Args:
        sources: Everything as it is.
        template: The one that is copied.
        copy: The id of the copy.
        record: What its ``[record]`` says otherwise: "title", "owner", "goal".

    Raises:
        UnknownNameError: There is no such template.
        ContentError: There is one called ``copy``, or the table cannot be read.
    """
    folder = _folder(sources, template)
    if copy in template_folders(sources):
        message = _("There is a template “{id}” already.").format(id=copy)
        raise ContentError(message)
    beside = f"{folder.rpartition('/')[0]}/{copy}"
    texts = {
        f"{beside}/{path.removeprefix(f'{folder}/')}": text
        for path, text in sources.texts.items()
        if path.startswith(f"{folder}/")
    }
    texts[f"{beside}/{TEMPLATE_FILE}"] = _with_record(sources, folder, record)
    return Sources({**sources.texts, **texts}, sources.assets)


def retitled(sources: Sources, template: TemplateId, title: str) -> Sources:
    """Return ``sources`` with another title of ``template``; its id stays.

    Raises:
        UnknownNameError: There is no such template.
        ContentError: The table cannot be read.
    """
    folder = _folder(sources, template)
    text = _with_record(sources, folder, {"title": title})
    return sources.with_text(f"{folder}/{TEMPLATE_FILE}", text)


def moved(sources: Sources, template: TemplateId, stage: str) -> Sources:
    """Return ``sources`` with ``template`` in another stage of hiring.

    Raises:
        UnknownNameError: There is no such template.
        BadNameError: The stage's name cannot be a folder.
    """
    folder = _folder(sources, template)
    there = f"{TEMPLATES}{template_id(stage)}/{template}"
    if there == folder:
        return sources
    texts = {
        (
            f"{there}/{path.removeprefix(f'{folder}/')}"
            if path.startswith(f"{folder}/")
            else path
        ): text
        for path, text in sources.texts.items()
    }
    return Sources(texts, sources.assets)


def archived(sources: Sources, template: TemplateId) -> Sources:
    """Return ``sources`` less ``template``; what was released of it stays signed.

    Raises:
        UnknownNameError: There is no such template.
    """
    inside = f"{_folder(sources, template)}/"
    texts = {
        path: text
        for path, text in sources.texts.items()
        if not path.startswith(inside)
    }
    return Sources(texts, sources.assets)


def put_back(sources: Sources, earlier: Sources, template: TemplateId) -> Sources:
    """Return ``sources`` with ``template`` as ``earlier`` has it.

    Raises:
        UnknownNameError: ``earlier`` has no such template.
    """
    inside = f"{_folder(earlier, template)}/"
    texts = {
        path: text for path, text in earlier.texts.items() if path.startswith(inside)
    }
    return Sources({**sources.texts, **texts}, sources.assets)


def _folder(sources: Sources, template: TemplateId) -> str:
    folders = template_folders(sources)
    if template not in folders:
        message = _("There is no template “{id}”.").format(id=template)
        problem = problem_of_file("template", message, "")
        raise UnknownNameError.among(message, template, folders, (problem,))
    return folders[template]


def _with_record(sources: Sources, folder: str, record: Mapping[str, str]) -> str:
    """Return the template's table with other records; comments and order stay."""
    read_template(sources, folder)  # tells what is wrong with it, at its place
    document = tomlkit.parse(sources.read(f"{folder}/{TEMPLATE_FILE}"))
    table = document.setdefault("record", tomlkit.table())
    for key, value in record.items():
        table[key] = value
    return tomlkit.dumps(document)
