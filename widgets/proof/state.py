"""What the proof of a message shows."""

from dataclasses import dataclass
from typing import Final

from governance.names import Channel
from governance.texts import _, dated
from governance.trust.words import four_words
from widgets.kit.values import (
    Check,
    Choice,
    Deed,
    Empty,
    Fact,
    Mark,
    Notice,
    Outcome,
    Tone,
)
from widgets.proof.arrived import Arrived
from widgets.proof.case import Case, Origin
from widgets.proof.links import links

_NOTHING: Final = Arrived()
SHOWN, PLAIN, RAW = "shown", "plain", "raw"

_NOT_FOUND: Final = Tone.WARN


@dataclass(frozen=True, slots=True)
class Verdict:
    """What is said in one sentence."""

    bold: str
    plain: str = ""
    tone: Tone = Tone.QUIET
    icon: str = "shield"


@dataclass(frozen=True, slots=True)
class ProofState:
    """Everything that the page draws.

    Attributes:
        start: Shown in place of everything while no message was named yet.
        missing: Shown in place of the message where its bytes are not at hand.
        limits: What the proof does not prove.
    """

    title: str
    mark: Mark | None = None
    start: Empty | None = None
    arrived: Arrived = _NOTHING
    missing: Empty | None = None
    tabs: tuple[Choice, ...] = ()
    tab: str = SHOWN
    verdict: Verdict = Verdict("")
    links: tuple[Check, ...] = ()
    limits: Notice | None = None
    details: tuple[Fact, ...] = ()
    deeds: tuple[Deed, ...] = ()
    foot: tuple[Deed, ...] = ()
    is_busy: bool = False


def proof_state(case: Case | None, tab: str, *, busy: str = "") -> ProofState:
    """Describe the page; ``busy`` says what is being done."""
    title = _("Proof of a message")
    file = Deed("file", _("Verify a file…"), icon="file-text")
    if case is None:
        return ProofState(title, start=_start(busy), deeds=(file,), is_busy=bool(busy))
    arrived = case.arrived or _NOTHING
    chosen = tab if tab != SHOWN or arrived.html else PLAIN
    return ProofState(
        title,
        _sent(case),
        None,
        arrived,
        _missing(case) if case.arrived is None else None,
        _tabs(case, arrived),
        chosen,
        Verdict(busy, tone=Tone.QUIET, icon="circle-dashed") if busy else verdict(case),
        links(case),
        _limits(case),
        _details(case),
        (file,),
        _foot(case),
        is_busy=bool(busy),
    )


def verdict(case: Case) -> Verdict:
    """Say in one sentence what the proof says."""
    proof = case.proof
    if proof is None:
        return Verdict(
            _("Can’t be checked yet"),
            f"{case.why} {case.remedy}".strip(),
            Tone.WARN,
            "shield-warning",
        )
    if not proof.is_proven:
        plain = f"{proof.reason} {case.place}".strip()
        return Verdict(_("Not proven"), plain, Tone.ERROR, "shield-warning-fill")
    passed = sum(one.outcome is Outcome.PASSED for one in links(case))
    time = case.at.astimezone().strftime("%H:%M")
    if case.message is None:
        words = _("{count} checks passed at {time}, on this computer.")
        bold = _("Sent as signed; the message itself was not compared")
        plain = words.format(count=passed, time=time)
        return Verdict(bold, plain, Tone.INFO, "shield-check")
    words = _("All {count} checks passed at {time}, on this computer.")
    plain = words.format(count=passed, time=time)
    if case.origin is Origin.FILE:
        bold = _("Proven, if these are the signatures of {workspace}")
        named = bold.format(workspace=case.state.workspace)
        return Verdict(named, f"{plain} {_whose(case)}", Tone.INFO, "shield-check")
    bold = _("Proven: this is exactly what was signed")
    return Verdict(bold, plain, Tone.OK, "shield-check-fill")


def _start(busy: str) -> Empty:
    if busy:
        return Empty("circle-dashed", busy)
    return Empty(
        "shield-check",
        _("Which message?"),
        _(
            "Drop the file of a message (.eml) or a proof file here. Your mail program "
            "saves one with “Save as”."
        ),
        _("Open a file…"),
        "file",
    )


def _missing(case: Case) -> Empty:
    if case.row is not None and case.row.channel is Channel.SMS:
        return Empty("device-mobile", _("A text message leaves no file to compare."))
    return Empty(
        "envelope-simple",
        _("The message itself is not here."),
        _("Drop its file (.eml) here to compare it, byte for byte."),
        _("Open its file…"),
        "file",
    )


def _tabs(case: Case, arrived: Arrived) -> tuple[Choice, ...]:
    if case.arrived is None:
        return ()
    no_html = "" if arrived.html else _("It has no such part.")
    no_plain = "" if arrived.plain else _("It has no such part.")
    return (
        Choice(SHOWN, _("As shown"), why_not=no_html),
        Choice(PLAIN, _("Plain text"), why_not=no_plain),
        Choice(RAW, _("Raw")),
    )


def _sent(case: Case) -> Mark | None:
    at = case.row.sent_at if case.row else None
    if at is None:
        return None
    when = dated(at.astimezone(), "%-d %B, %H:%M")
    return Mark(_("Sent {when}").format(when=when), "check", Tone.OK)


def _limits(case: Case) -> Notice | None:
    if case.proof is None or not case.proof.is_proven:
        return None
    bold = _("What this does not prove")
    plain = _(
        "It shows what was handed to the mail provider, not that anyone opened or read "
        "it."
    )
    return Notice("", bold, plain, Tone.QUIET)


def _whose(case: Case) -> str:
    """Say how to find out whose signatures a file brought along."""
    root = case.state.root
    words = " ".join(four_words(bytes.fromhex(root)).split()[:3]) if root else "–"
    return _(
        "They came with the file itself: ask the team whether the first words of its "
        "history are {words}."
    ).format(words=words)


def _details(case: Case) -> tuple[Fact, ...]:
    told = case.proof.attestation if case.proof else None
    facts = []
    if case.proof is not None:
        facts.append(Fact(_("Verdict"), case.proof.code))
    if told is not None:
        facts += [
            Fact(_("Message-ID"), told.message_id),
            Fact(_("Message, SHA-256"), told.sha256),
            Fact(_("Template"), f"{told.template.subject} v{told.template.version}"),
            Fact(_("Text as written, SHA-256"), told.template.closure),
            Fact(_("Text as compiled, SHA-256"), told.template.compiled),
            Fact(_("Policy, SHA-256"), told.template.policy),
            Fact(_("Tag"), told.template.tag),
            Fact(_("Entries then"), str(told.template.length)),
            Fact(_("Route"), told.route),
            Fact(_("Place in the route"), str(told.position)),
        ]
    if case.state.head:
        facts.append(Fact(_("History now"), case.state.head))
    return tuple(facts)


def _foot(case: Case) -> tuple[Deed, ...]:
    why_not = "" if case.attestation else _("There is no proof to give away yet.")
    return (
        Deed("export", _("Export proof…"), "primary", "export", why_not=why_not),
        Deed("steps", _("Copy verification steps"), icon="copy", why_not=why_not),
    )
