"""What the library lists besides templates: journeys, partials, fields and more."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from itertools import starmap
from pathlib import PurePosixPath
from typing import Final

from app.controllers.library_uses import PARTIALS, Uses, uses
from app.controllers.library_words import (
    field_words,
    journey_title,
    moment,
    what_starts,
    window_words,
)
from app.workspace import Workspace
from governance.content.fields import Field, read_fields
from governance.content.samples import samples
from governance.content.sources import Sources
from governance.content.template import read_template, template_folders
from governance.errors import ExpectedError
from governance.journeys.journey import Journey, Step
from governance.journeys.read import read_journeys
from governance.names import Channel, Commit, TemplateId
from governance.ports import Progress
from governance.texts import _, ngettext
from widgets.kit.values import Fact
from widgets.library.shelf_state import GoneTemplate, LibraryFile, stage_title

_FEW: Final = 8  # users that are named one by one


@dataclass(frozen=True, slots=True)
class Listing:
    """What is governed besides templates, and what journeys say of templates.

    Attributes:
        digest: Of the sources that were listed.
        journeys: Template → the titles of the journeys that send it.
        moments: Template → when the first of them does.
        gone: What is released and was archived in the author's folder.
    """

    digest: str = ""
    files: tuple[LibraryFile, ...] = ()
    journeys: Mapping[TemplateId, tuple[str, ...]] = field(default_factory=dict)
    moments: Mapping[TemplateId, str] = field(default_factory=dict)
    gone: tuple[GoneTemplate, ...] = ()


def listing(
    workspace: Workspace,
    sources: Sources,
    base: Commit,
    titles: Mapping[TemplateId, str],
    _progress: Progress,
) -> Listing:
    """List everything that is governed and no template; what is broken is named.

    Raises:
        LedgerUnavailableError: The repository cannot be read.
    """
    used = uses(sources)
    try:
        found = tuple(read_journeys(sources.texts))
    except ExpectedError as error:
        found = ()
        broken = tuple(
            LibraryFile(path, "journeys", _name(path), str(error))
            for path in _under(sources, "journeys/")
        )
    else:
        broken = ()
    sending: dict[TemplateId, tuple[str, ...]] = {}
    moments: dict[TemplateId, str] = {}
    for journey in found:
        for step in journey.steps:
            title = journey_title(journey)
            before = sending.get(step.template, ())
            sending[step.template] = tuple(dict.fromkeys((*before, title)))
            moments.setdefault(step.template, moment(step))
    return Listing(
        sources.digest,
        (
            *(_journey(one, titles) for one in found),
            *broken,
            *_partials(sources, used, titles),
            *_fields(sources, used, titles),
            *_rules(sources),
            *_samples(sources),
        ),
        sending,
        {name: words for name, words in moments.items() if words != _("at once")},
        tuple(_gone(workspace.reader.sources(base), sources)),
    )


def _gone(before: Sources, now: Sources) -> Iterator[GoneTemplate]:
    try:
        there = template_folders(now)
        missing = {
            name: folder
            for name, folder in template_folders(before).items()
            if name not in there
        }
    except ExpectedError:
        return
    for name, folder in missing.items():
        template = read_template(before, folder)
        yield GoneTemplate(name, template.record.title, template.stage)


def _journey(journey: Journey, titles: Mapping[TemplateId, str]) -> LibraryFile:
    count = len(journey.steps)
    steps = ngettext("{count} message", "{count} messages", count).format(count=count)
    facts = [
        Fact(what_starts(step), _step_words(step, titles), link=_link(step.template))
        for step in journey.steps
    ]
    if goal := journey.record.get("goal"):
        facts.insert(0, Fact(_("Purpose"), goal))
    first = ", ".join(
        dict.fromkeys(titles.get(one.template, one.template) for one in journey.steps)
    )
    return LibraryFile(
        f"journeys/{journey.id}.toml",
        "journeys",
        journey_title(journey),
        f"{steps}: {first}",
        facts=tuple(facts),
    )


def _step_words(step: Step, titles: Mapping[TemplateId, str]) -> str:
    """Say what a step sends, how, and when it may arrive."""
    ways = {Channel.EMAIL: _("e-mail"), Channel.SMS: _("SMS"), Channel.CHAT: _("chat")}
    return _("{title}, {way}, {window}").format(
        title=titles.get(step.template, step.template),
        way=ways[step.channel],
        window=window_words(step.window),
    )


def _partials(
    sources: Sources, used: Uses, titles: Mapping[TemplateId, str]
) -> Iterator[LibraryFile]:
    for path in _under(sources, PARTIALS):
        folder = str(PurePosixPath(path).parent).removeprefix("partials").strip("/")
        users = used.partials.get(path, ())
        yield LibraryFile(
            path,
            "partials",
            _name(path),
            _messages(users),
            folder or _("All languages"),
            _users(users, titles),
        )


def _fields(
    sources: Sources, used: Uses, titles: Mapping[TemplateId, str]
) -> Iterator[LibraryFile]:
    try:
        for name, one in read_fields(sources).items():
            users = used.fields.get(name, ())
            yield LibraryFile(
                f"fields.toml#{name}",
                "fields",
                name,
                one.meaning,
                stage_title(name.partition(".")[0]),
                (*_field_facts(one), *_users(users, titles)),
            )
    except ExpectedError as error:
        yield LibraryFile("fields.toml", "fields", "fields.toml", str(error))


def _field_facts(one: Field) -> Iterator[Fact]:
    yield from starmap(Fact, field_words(one))
    yield Fact(_("For example"), _plain(one.sample))
    if one.fallback:
        words = ", ".join(f"{where}: {text}" for where, text in one.fallback.items())
        yield Fact(_("If missing"), words)
    elif one.optional:
        yield Fact(_("If missing"), _("Messages go out without it."))
    for system, token in one.tokens.items():
        name = system.replace("_", " ").title()
        yield Fact(_("In {system}").format(system=name), token)


def _plain(value: object) -> str:
    """Write a sample value as a person would."""
    if isinstance(value, dict):
        return " ".join(_plain(one) for one in value.values())
    if isinstance(value, list):
        return ", ".join(_plain(one) for one in value)
    return str(value)


def _rules(sources: Sources) -> Iterator[LibraryFile]:
    for path in _under(sources, "styles/"):
        if not path.endswith(".yml"):
            continue
        said = {
            key: _value(sources.read(path), key)
            for key in ("message", "level", "extends", "link")
        }
        kinds = {
            "existence": _("Words that are not used"),
            "substitution": _("Words that are replaced"),
            "occurrence": _("How often something may stand"),
            "repetition": _("Words that stand twice"),
            "capitalization": _("Capital letters"),
            "conditional": _("What needs something else"),
        }
        levels = {
            "error": _("Error: stops a change"),
            "warning": _("Warning"),
            "suggestion": _("Suggestion"),
        }
        facts = (
            Fact(_("Says"), said["message"]),
            Fact(_("Kind"), kinds.get(said["extends"], said["extends"])),
            Fact(_("Severity"), levels.get(said["level"] or "warning", said["level"])),
            Fact(_("Why"), said["link"]),
        )
        group = PurePosixPath(path).parent.name
        yield LibraryFile(
            path,
            "styles",
            _name(path),
            said["message"],
            group,
            tuple(fact for fact in facts if fact.value),
        )


def _value(text: str, key: str) -> str:
    """Return what a line of a rule says; good enough for a list."""
    said = (line for line in text.splitlines() if line.startswith(f"{key}:"))
    return next(said, "").removeprefix(f"{key}:").strip().strip("\"'")


def _samples(sources: Sources) -> Iterator[LibraryFile]:
    try:
        for sample in samples(sources):
            facts = (
                Fact(_("Language"), sample.locale),
                Fact(_("Time zone"), sample.zone or _("not known")),
                *(
                    Fact(name.replace("_", " "), _plain(value))
                    for name, value in sample.values.items()
                ),
            )
            path = f"samples/{sample.name}.toml"
            yield LibraryFile(
                path, "samples", sample.title, sample.note, facts=facts[:24]
            )
    except ExpectedError as error:
        for path in _under(sources, "samples/"):
            yield LibraryFile(path, "samples", _name(path), str(error))


def _messages(users: tuple[TemplateId, ...]) -> str:
    if not users:
        return _("used by no message")
    count = len(users)
    words = ngettext("used by {count} message", "used by {count} messages", count)
    return words.format(count=count)


def _users(
    users: tuple[TemplateId, ...], titles: Mapping[TemplateId, str]
) -> tuple[Fact, ...]:
    """Name who uses something, the first of many, each as a link."""
    if not users:
        return (Fact(_("Used by"), _("No message")),)
    named = sorted(users, key=lambda one: titles.get(one, one).casefold())
    shown = named if len(users) <= _FEW else named[: _FEW - 1]
    facts = [
        Fact(_("Used by") if at == 0 else "", titles.get(one, one), link=_link(one))
        for at, one in enumerate(shown)
    ]
    if rest := len(users) - len(shown):
        words = ngettext("and {count} more", "and {count} more", rest)
        facts.append(Fact("", words.format(count=rest)))
    return tuple(facts)


def _link(template: TemplateId) -> str:
    return f"template:{template}"


def _under(sources: Sources, folder: str) -> Iterator[str]:
    return (path for path in sources.paths if path.startswith(folder))


def _name(path: str) -> str:
    return PurePosixPath(path).stem.replace("-", " ").capitalize()
