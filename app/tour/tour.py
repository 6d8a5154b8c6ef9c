"""The tour: every step in its order, and what came of it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

from app.tour.authoring import NEW_SENTENCE, Authoring, found
from app.tour.cast import INVITATION
from app.tour.proving import Proving
from app.tour.refusing import Refusing
from app.tour.releasing import Releasing
from app.tour.sending import Crashed, Message, Sending, Service
from app.tour.telling import JSON, Telling
from app.workspace import Workspace
from governance.changes.library import subject_of
from governance.errors import ExpectedError
from governance.ledger.state import Version
from governance.texts import _

_NEXT: str = "app-020"  # the candidate who comes after the roll-back


@dataclass(slots=True)
class Tour:
    """One tour.

    Attributes:
        folder: Where the workspace is made; it must not exist yet.
        error: What ended the tour, None if nothing did.
    """

    folder: Path
    say: Callable[[str], None]
    telling: Telling
    workspace: Workspace | None = None
    message: Message | None = None
    crashed: Crashed | None = None
    error: ExpectedError | None = None

    @classmethod
    def take(cls, folder: Path, say: Callable[[str], None]) -> "Tour":
        """Live through the whole story in a new workspace."""
        tour = cls(folder, say, Telling(say))
        try:
            tour._live()
        except ExpectedError as error:
            tour.error = error
        finally:
            if tour.workspace is not None:
                tour.workspace.close()
        return tour

    @property
    def is_ok(self) -> bool:
        """Whether every step held."""
        return self.error is None and all(step.ok for step in self.telling.steps)

    def as_json(self) -> JSON:
        """Return what programs want to know."""
        told = self.telling.as_json()
        workspace, crashed = self.workspace, self.crashed or Crashed(0, 0, 0)
        return {
            "ok": self.is_ok,
            "repository": str(workspace.paths.repository) if workspace else "",
            "allowed_signers": str(workspace.paths.allowed_signers)
            if workspace
            else "",
            "template": INVITATION,
            "releases": [_release(version) for version in self._versions()],
            "message": self._message(),
            "refusals": told["refusals"],
            "sent": {
                "planned": crashed.planned,
                "delivered": crashed.delivered,
                "duplicates": crashed.duplicates,
            },
            "steps": told["steps"],
            **({"error": str(self.error)} if self.error else {}),
        }

    def _live(self) -> None:
        telling = self.telling
        self.say(_("A fresh workspace is made in {folder}.").format(folder=self.folder))
        workspace = self.workspace = found(self.folder)
        authoring, releasing = (
            Authoring(telling, workspace),
            Releasing(telling, workspace),
        )
        with telling.step("library", _("The library, by stage of hiring")):
            authoring.library()
        with telling.step("write", _("Priya writes: the interview invitation changes")):
            authoring.write()
        with telling.step("submit", _("She proposes it, with a reason")):
            change = authoring.submit()
        with telling.step("refuse", _("What must not work, tried on copies")):
            Refusing(telling, workspace, change).attempts()
        with telling.step("approve", _("Legal, HR and communications sign")):
            releasing.approve(change)
        with telling.step("release", _("Ruth releases it")):
            version = releasing.release(change)
        with Service.running(workspace) as service:
            self._send(Sending(telling, workspace, service), version, releasing)

    def _send(self, sending: Sending, version: Version, releasing: Releasing) -> None:
        telling = self.telling
        with telling.step("publish", _("The service publishes to the practice ATS")):
            sending.publish(version)
        with telling.step("send", _("Three candidates reach the interview stage")):
            message = self.message = sending.send()
        with telling.step("crash", _("The service is killed in the middle of fifty")):
            self.crashed = sending.crash()
        with telling.step("prove", _("Anyone can prove what Maya got")):
            Proving(telling, sending.workspace, message).prove()
        with telling.step("roll-back", _("Back to the version before, at once")):
            back = releasing.roll_back()
            row, raw = sending.send_next(_NEXT)
            telling.prove(
                _("The next candidate got v{number}, in the wording of before.").format(
                    number=row.version
                ),
                holds=row.version == back.number
                and NEW_SENTENCE.encode() not in _unfolded(raw),
            )

    def _versions(self) -> tuple[Version, ...]:
        if self.workspace is None:
            return ()
        return self.workspace.state().versions.get(subject_of(INVITATION), ())

    def _message(self) -> Mapping[str, object]:
        if self.message is None:
            return {}
        row = self.message.row
        return {
            "id": row.id,
            "message_id": row.message_id,
            "eml": str(self.message.eml),
            "sha256": row.sha256,
        }


def _release(version: Version) -> Mapping[str, object]:
    return {
        "version": version.number,
        "tag": version.tag,
        "commit": version.main,
        "closure": version.closure,
        "compiled": version.compiled,
    }


def _unfolded(raw: bytes) -> bytes:
    """Return a mail's text with the soft line ends of quoted-printable taken away."""
    return raw.replace(b"=\r\n", b"").replace(b"=\n", b"")
