"""How commands ask the service: the team's, or the one beside the workspace."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from app.workspace import Workspace
    from sync.client import ServiceClient


@dataclass(frozen=True, slots=True)
class Asker:
    """Who asks; the passphrase is asked for when it is needed."""

    person: str | None
    passphrase: Callable[[], str]


@contextmanager
def service_of(
    workspace: "Workspace", asker: Asker, *, is_acting: bool = False
) -> "Iterator[ServiceClient]":
    """Give a client of the service; one that acts has the rights of a person.

    The one beside the workspace is started where it does not run, and ended after.
    Reading there needs no person: who can read its folder may read what it knows.

    Raises:
        ProcessFailedError: It does not start.
        ServiceUnavailableError: It is away.
        LoginNeededError: It does not know the person.
    """
    from app.embedded import Beside
    from sync.client import ServiceClient

    address = workspace.settings.service
    if address:
        client = ServiceClient.at(address)
        try:
            yield _within(client, workspace, asker)
        finally:
            client.close()
        return
    with Beside.of(workspace.paths, workspace.state().workspace) as beside:
        client = ServiceClient.at(beside.address, beside.token)
        try:
            yield _within(client, workspace, asker) if is_acting else client
        finally:
            client.close()


def _within(
    client: "ServiceClient", workspace: "Workspace", asker: Asker
) -> "ServiceClient":
    who = workspace.credentials(asker.person, asker.passphrase)
    key = workspace.desk.unlock(who)
    return client.within(client.login(who.person, key))
