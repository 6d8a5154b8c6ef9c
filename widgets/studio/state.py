"""What the studio shows around its editors."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

from governance.content.template import Template
from governance.rendering.sms import segments
from governance.standards.finding import Finding, Severity
from governance.texts import _, ngettext
from widgets.kit.values import Choice, Deed, Mark, Notice, Tone

SUBJECT: Final = "subject"
EMAIL: Final = "email"
TEXT: Final = "text"
SMS: Final = "sms"
CHAT: Final = "chat"
DETAILS: Final = "details"
SOURCE: Final = "source"  # the one tab of what is no template

LARGEST_MAIL: Final = 102 * 1024  # bytes; Gmail cuts longer ones
_NEAR: Final = 90 * 1024

PART_FILES: Final[Mapping[str, tuple[str, ...]]] = {
    SUBJECT: ("subject.txt", "preheader.txt"),
    EMAIL: ("email.mjml", "email.html"),
    TEXT: ("email.txt",),
    SMS: ("sms.txt",),
    CHAT: ("chat.txt",),
    DETAILS: ("template.toml",),
}


@dataclass(frozen=True, slots=True)
class TabSign:
    """One part.

    Attributes:
        count: How many findings it has, "" for none.
    """

    key: str
    title: str
    count: str = ""
    tone: Tone = Tone.QUIET


@dataclass(frozen=True, slots=True)
class StudioState:
    """Everything around the editors."""

    title: str = ""
    mark: Mark | None = None
    saved: str = ""
    locales: tuple[Choice, ...] = ()
    locale: str = ""
    tabs: tuple[TabSign, ...] = ()
    tab: str = EMAIL
    samples: tuple[Choice, ...] = ()
    sample: str = ""
    problem: str = ""
    notices: tuple[Notice, ...] = ()
    deeds: tuple[Deed, ...] = ()
    can_undo: bool = False
    can_redo: bool = False
    note: str = ""
    has_preview: bool = True


@dataclass(frozen=True, slots=True)
class Bench:
    """What the studio knows of the draft.

    Attributes:
        template: None for a partial, a journey or a table.
        path: Of the file that is edited as source.
        saved_at: "12:41", "" while something is not saved yet.
        mail: The size of the rendered mail in bytes, 0 for none.
    """

    template: Template | None
    path: str = ""
    locale: str = ""
    tab: str = EMAIL
    findings: tuple[Finding, ...] | None = None
    mark: Mark | None = None
    saved_at: str = ""
    samples: tuple[Choice, ...] = ()
    sample: str = ""
    problem: str = ""
    notices: tuple[Notice, ...] = ()
    mail: int = 0
    sms: str = ""
    can_undo: bool = False
    can_redo: bool = False
    why_not_submit: str = ""
    line: int = 1
    column: int = 1
    extra: Mapping[str, str] = field(default_factory=dict)


def part_title(path: str) -> str:
    """Return what people call a file of a template: "E-mail, en"."""
    name = path.rpartition("/")[2]
    titles = {
        "subject.txt": _("Subject"),
        "preheader.txt": _("Preheader"),
        "email.mjml": _("E-mail"),
        "email.html": _("E-mail"),
        "email.txt": _("Plain text"),
        "sms.txt": _("SMS"),
        "chat.txt": _("Chat"),
        "template.toml": _("Details"),
    }
    title = titles.get(name, name)
    if name == "template.toml":
        return title
    return f"{title}, {path.rpartition('/')[0].rpartition('/')[2]}"


def studio_state(bench: Bench) -> StudioState:
    """Describe the studio over ``bench``."""
    template = bench.template
    title = template.record.title if template else bench.path
    return StudioState(
        title=title,
        mark=bench.mark,
        saved=_("Saved at {time}").format(time=bench.saved_at)
        if bench.saved_at
        else _("Saving…"),
        locales=tuple(Choice(one, one, "globe") for one in template.locales)
        if template
        else (),
        locale=bench.locale,
        tabs=_tabs(bench),
        tab=bench.tab,
        samples=bench.samples,
        sample=bench.sample,
        problem=bench.problem,
        notices=bench.notices,
        deeds=(
            Deed(
                "submit",
                _("Submit for review…"),
                "primary",
                "paper-plane-right",
                "Ctrl+Return",
                why_not=bench.why_not_submit,
            ),
        ),
        can_undo=bench.can_undo,
        can_redo=bench.can_redo,
        note=_note(bench),
        has_preview=template is not None,
    )


def _tabs(bench: Bench) -> tuple[TabSign, ...]:
    template = bench.template
    if template is None:
        return (TabSign(SOURCE, _("Source")),)
    shown = [
        (SUBJECT, _("Subject and preheader")),
        (EMAIL, _("E-mail")),
        (TEXT, _("Plain text")),
        (SMS, _("SMS")),
        (CHAT, _("Chat")),
        (DETAILS, _("Details")),
    ]
    channels = {str(one) for one in template.message.channels}
    hidden = set()
    if "email" not in channels:
        hidden |= {SUBJECT, EMAIL, TEXT}
    hidden |= {part for part in (SMS, CHAT) if part not in channels}
    return tuple(_tab(key, title, bench) for key, title in shown if key not in hidden)


def _tab(key: str, title: str, bench: Bench) -> TabSign:
    names = PART_FILES[key]
    here = [
        one
        for one in bench.findings or ()
        if one.file.rpartition("/")[2] in names
        and one.severity is not Severity.SUGGESTION
        and (not one.locale or one.locale == bench.locale)
    ]
    worst = Counter(one.severity for one in here)
    tone = Tone.ERROR if worst[Severity.ERROR] else Tone.WARN
    return TabSign(key, title, str(len(here)) if here else "", tone)


def _note(bench: Bench) -> str:
    """Return what the status bar says of the draft."""
    said = [
        _("Line {line}, column {column}").format(line=bench.line, column=bench.column)
    ]
    if bench.mail:
        words = _("E-mail {size} KB of 102 KB")
        said.append(words.format(size=round(bench.mail / 1024)))
        if bench.mail > LARGEST_MAIL:
            said.append(_("Gmail cuts it"))
        elif bench.mail > _NEAR:
            said.append(_("Gmail soon cuts it"))
    if bench.sms:
        cost = segments(bench.sms)
        words = ngettext("SMS {count} part", "SMS {count} parts", cost.count)
        said.append(words.format(count=cost.count))
    return " · ".join(said)
