"""What is written into the author's folder for the library, and taken back again."""

from collections.abc import Callable
from dataclasses import dataclass, field

from app.workspace import Workspace
from governance.content.arrange import duplicated, id_for, put_back
from governance.content.create import NewTemplate, new_template
from governance.content.sources import Sources, changed
from governance.content.template import template_folders
from governance.errors import StaleFolderError
from governance.names import Channel, Locale, PersonId, TemplateId, template_id
from governance.ports import Progress
from governance.texts import _
from widgets.library.new_state import NewWish

Verb = Callable[[Sources], Sources]


@dataclass(frozen=True, slots=True)
class Written:
    """What was written.

    Attributes:
        template: What it is about.
        before: What stood in the folder; with ``after``, what taking back needs.
    """

    template: TemplateId
    before: Sources = field(repr=False)
    after: Sources = field(repr=False)


def write(
    workspace: Workspace, template: TemplateId, verb: Verb, _progress: Progress
) -> Written:
    """Change the folder by ``verb``, as it is at this moment.

    Raises:
        ExpectedError: The folder cannot be read or written, or ``verb`` refuses.
    """
    before = workspace.sources()
    after = verb(before)
    workspace.folder.write(before, after)
    return Written(template, before, after)


def begin(
    workspace: Workspace, wish: NewWish, owner: PersonId, _progress: Progress
) -> Written:
    """Write a new template, empty or as a copy, under an id of its own.

    Raises:
        ExpectedError: As ``write``.
    """
    before = workspace.sources()
    known = {one.partition("/")[2] for one in workspace.state().versions}
    name = id_for(wish.title, {*template_folders(before), *known})
    if wish.source:
        record = {"title": wish.title, "owner": str(owner)}
        if wish.goal:
            record["goal"] = wish.goal
        after = duplicated(before, TemplateId(wish.source), name, record)
    else:
        after = new_template(
            before,
            NewTemplate(
                name,
                template_id(wish.stage),
                wish.title,
                owner,
                tuple(map(Channel, wish.channels)),
                tuple(map(Locale, wish.locales)),
                goal=wish.goal,
            ),
        )
    workspace.folder.write(before, after)
    return Written(name, before, after)


def take_back(workspace: Workspace, done: Written, _progress: Progress) -> Written:
    """Undo what was written, unless somebody went on from there.

    Raises:
        StaleFolderError: A file was edited since; nothing is taken back.
        ExpectedError: The folder cannot be read or written.
    """
    now = workspace.sources()
    texts = dict(now.texts)
    for path in changed(done.before, done.after):
        if now.texts.get(path) != done.after.texts.get(path):
            message = _("“{path}” was edited meanwhile; nothing was taken back.")
            raise StaleFolderError(message.format(path=path))
        if path in done.before.texts:
            texts[path] = done.before.texts[path]
        else:
            texts.pop(path, None)
    after = Sources(texts, now.assets)
    workspace.folder.write(now, after)
    return Written(done.template, now, after)


def restore(workspace: Workspace, template: TemplateId, progress: Progress) -> Written:
    """Put an archived template back into the folder, as it is released.

    Raises:
        ExpectedError: As ``write``.
    """
    earlier = workspace.reader.sources(workspace.base())

    def verb(sources: Sources) -> Sources:
        return put_back(sources, earlier, template)

    return write(workspace, template, verb, progress)
