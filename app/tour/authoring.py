"""Library, write, submit: from the shelf to a change that waits for its reviewers."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from app.founding import Wish, found_workspace
from app.settings import VaultKind
from app.tour.cast import INVITATION, PASSPHRASE, PRIYA, REVIEWERS, RUTH, TEAM
from app.tour.telling import Telling
from app.workspace import Workspace
from governance.changes.draft import Draft, Opened
from governance.changes.library import library
from governance.content.fields import read_fields
from governance.content.samples import read_sample
from governance.content.sources import Sources
from governance.content.template import find_template
from governance.names import ChangeId, Locale, SampleName
from governance.people.enrol import enrol
from governance.rendering.sms import segments
from governance.rendering.values import sample_values
from governance.standards.finding import Finding, Severity
from governance.texts import _, ngettext

FOLDER: Final = "templates/interview/interview-invitation"
ENGLISH: Final = f"{FOLDER}/en/email.mjml"

NEW_SENTENCE: Final = (
    "Bring whatever helps you think: notes, sketches, your own laptop."
)
SENTENCES: Final = {
    Locale("en"): NEW_SENTENCE,
    Locale("de"): "Bringen Sie mit, was Ihnen beim Denken hilft: Notizen oder Skizzen.",
}
_SENDER: Final = "{{ brand.name }}:"
_CLEARER_SENDER: Final = "{{ brand.name }}, Talent team:"
_PLANTED: Final = "Please utilise this link."
_MENDED: Final = "Please use this link."
_SAMPLE: Final = SampleName("maya-fernandes")


class Silent:
    """Follows work that nobody waits for."""

    def step(self, label: str, *, done: int, total: int) -> None:
        """Say nothing, stop nothing."""


SILENT: Final = Silent()


def found(folder: Path) -> Workspace:
    """Make the workspace of the tour, with five people who have a key each."""
    wish = Wish(
        folder, "starter", "Northwind Robotics", RUTH.person, RUTH.name, VaultKind.FILE
    )
    workspace = found_workspace(wish, lambda: PASSPHRASE)
    key = workspace.desk.unlock(RUTH.credentials)
    for player in TEAM:
        theirs = workspace.vault.create(player.person, PASSPHRASE)
        enrol(
            workspace.reader.book,
            player.person,
            player.name,
            theirs,
            *player.roles,
            key=key,
            now=workspace.clock(),
        )
    return workspace


@dataclass(frozen=True, slots=True)
class Authoring:
    """The first three steps."""

    telling: Telling
    workspace: Workspace

    def library(self) -> None:
        """Show the starter library, and let everyone sign it as it stands."""
        telling, workspace = self.telling, self.workspace
        rows = library(workspace.sources(), workspace.state())
        stages: dict[str, list[str]] = {}
        for row in rows:
            stages.setdefault(row.stage, []).append(row.id)
        for stage, names in stages.items():
            telling.tell(f"{stage}: {', '.join(names)}")
        both = sum(len(row.locales) > 1 for row in rows)
        telling.tell(
            _("{count} templates, {both} of them in English and German.").format(
                count=len(rows), both=both
            )
        )
        opened = self._open(
            _("Adopt the starter library"), _("A first version."), workspace.sources()
        )
        sign_all(workspace, opened.change)
        workspace.release_change(opened.change, RUTH.credentials, SILENT)
        workspace.bring_up()
        live = library(workspace.sources(), workspace.state())
        telling.prove(
            ngettext(
                "{count} template was signed by legal, HR and communications and is "
                "live.",
                "{count} templates were signed by legal, HR and communications and are "
                "live.",
                len(live),
            ).format(count=len(live)),
            holds=bool(live) and all(row.live == 1 for row in live),
        )

    def write(self) -> Sources:
        """Change the invitation: e-mail, text and SMS, in two languages."""
        telling, workspace = self.telling, self.workspace
        before = workspace.sources()
        draft = self._edited(before)
        self._find_planted(draft)
        compiled = workspace.renderer.compile(INVITATION, draft)
        sample = read_sample(draft, _SAMPLE)
        values = sample_values(sample, read_fields(draft))
        for locale, sentence in self._sentences(draft):
            mail = workspace.renderer.render(compiled, values, locale)
            cost = segments(mail.sms or "")
            telling.prove(
                _(
                    "It compiles; in “{locale}” the new sentence stands in the e-mail "
                    "and in its text part, and the SMS takes {count} messages "
                    "({encoding})."
                ).format(locale=locale, count=cost.count, encoding=cost.encoding),
                holds=sentence in (mail.html or "") and sentence in (mail.text or ""),
            )
        workspace.folder.write(before, draft)
        return draft

    def submit(self) -> ChangeId:
        """Propose the draft, with what the checks said."""
        telling, workspace = self.telling, self.workspace
        opened = self._open(
            _("Invite people to bring what helps them"),
            _("Candidates asked whether notes are allowed."),
            workspace.sources(),
        )
        proposal = opened.reading.changes[opened.change].change.proposal
        telling.tell(
            _("Priya proposes change {change}; it alters {subjects}.").format(
                change=opened.change,
                subjects=", ".join(one.name for one in proposal.subjects),
            )
        )
        telling.prove(
            _("Its checks are recorded in the signed entry: {errors} errors.").format(
                errors=proposal.errors
            ),
            holds=proposal.checks == opened.checks.record.digest
            and not proposal.errors,
        )
        return opened.change

    def _edited(self, before: Sources) -> Sources:
        """Return the draft: a sentence more in each mail, a clearer sender by SMS."""
        draft = before
        for locale, sentence in self._sentences(before):
            mail, sms = f"{FOLDER}/{locale}/email.mjml", f"{FOLDER}/{locale}/sms.txt"
            place = f'{{% include "partials/{locale}/adjustments.mjml" %}}'
            assert place in draft.read(mail), "the starter has this partial here"
            more = f"<mj-text>\n          {sentence}\n        </mj-text>\n        "
            draft = draft.with_text(
                mail, draft.read(mail).replace(place, more + place, 1)
            )
            draft = draft.with_text(
                sms, draft.read(sms).replace(_SENDER, _CLEARER_SENDER, 1)
            )
        return draft

    def _sentences(self, sources: Sources) -> Iterator[tuple[Locale, str]]:
        for locale in find_template(sources, INVITATION).locales:
            yield locale, SENTENCES[locale]

    def _find_planted(self, draft: Sources) -> None:
        text = draft.read(ENGLISH)
        planted = draft.with_text(
            ENGLISH, text.replace(NEW_SENTENCE, f"{NEW_SENTENCE} {_PLANTED}", 1)
        )
        where = planted.read(ENGLISH).index("utilise")
        line = planted.read(ENGLISH).count("\n", 0, where) + 1
        column = where - planted.read(ENGLISH).rfind("\n", 0, where)
        findings = self.workspace.renderer.check(planted, (INVITATION,))
        found = [one for one in findings if one.match == "utilise"]
        self.telling.prove(
            _("A planted word is found at line {line}, column {column}: {text}").format(
                line=line, column=column, text=found[0].message if found else "–"
            ),
            holds=[(one.line, one.column) for one in found] == [(line, column)],
        )
        mended = _apply(planted, found[0])
        left = self.workspace.renderer.check(mended, (INVITATION,))
        self.telling.prove(
            _("The offered fix mends it; no error is left."),
            holds=_MENDED in mended.read(ENGLISH)
            and not [one for one in left if one.severity is Severity.ERROR],
        )

    def _open(self, title: str, reason: str, sources: Sources) -> Opened:
        workspace = self.workspace
        draft = Draft(title, reason, sources, workspace.base())
        return workspace.open_change(draft, PRIYA.credentials, SILENT)


def sign_all(workspace: Workspace, change: ChangeId) -> None:
    """Let legal, HR and communications sign what they see."""
    for player, role in REVIEWERS:
        seen = workspace.reader.look(change)
        workspace.approve_change(seen.proposed, player.consent(role), SILENT)


def _apply(sources: Sources, finding: Finding) -> Sources:
    """Return ``sources`` with the finding's first fix in them."""
    for edit in sorted(finding.fixes[0].edits, key=lambda edit: -edit.start):
        text = sources.read(edit.file)
        sources = sources.with_text(
            edit.file, text[: edit.start] + edit.text + text[edit.end :]
        )
    return sources
