import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from app.founding import Wish, found_workspace
from app.paths import Paths
from app.settings import VaultKind
from app.workspace import Workspace
from governance.changes.credentials import Consent, Credentials
from governance.changes.draft import Draft
from governance.names import PersonId, Role
from governance.people.enrol import enrol
from tests.fakes.progress import Noted

PASSPHRASE = "correct horse battery"
ANA, BEN, CARA = (PersonId(f"{name}@example.com") for name in ("ana", "ben", "cara"))
HR, COMMUNICATIONS = Role("hr"), Role("communications")
WHO = Credentials(ANA, PASSPHRASE)


@pytest.fixture
def workspace(tmp_path: Path) -> Iterator[Workspace]:
    """A workspace in which Ana writes, and Ben and Cara sign."""
    wish = Wish(tmp_path / "desk", "empty", "Desk", ANA, "Ana", VaultKind.FILE)
    made = found_workspace(wish, lambda: PASSPHRASE)
    key = made.desk.unlock(WHO)
    for person, role in ((BEN, HR), (CARA, COMMUNICATIONS)):
        theirs = made.vault.create(person, PASSPHRASE)
        book, now = made.reader.book, made.clock()
        enrol(book, person, person, theirs, role, key=key, now=now)
    yield made
    made.close()


def release(workspace: Workspace, title: str) -> None:
    """Let what lies in the folder be signed by Ben and Cara, and released by Cara."""
    draft = Draft(title, title, workspace.sources(), workspace.base())
    change = workspace.open_change(draft, WHO, Noted()).change
    for person, role in ((BEN, HR), (CARA, COMMUNICATIONS)):
        seen = workspace.reader.look(change).proposed
        workspace.approve_change(seen, Consent(person, PASSPHRASE, role), Noted())
    key = workspace.desk.unlock(WHO)
    if Role("release_manager") not in workspace.state().members[BEN].roles:
        theirs = workspace.state().members[BEN].key
        assert theirs is not None
        roles = (HR, Role("release_manager"))
        book, now = workspace.reader.book, workspace.clock()
        enrol(book, BEN, BEN, theirs, *roles, key=key, now=now)
    workspace.release_change(change, Credentials(BEN, PASSPHRASE), Noted())


def edit(workspace: Workspace, path: str, old: str, new: str) -> None:
    file = workspace.paths.root / path
    file.write_text(file.read_text().replace(old, new))


def test_what_is_released_is_what_the_files_came_from(workspace: Workspace) -> None:
    release(workspace, "Begin")

    left = workspace.bring_up()

    assert left == ""
    assert workspace.base() == workspace.reader.releases.seen().main != ""


def test_files_are_brought_up_and_what_was_edited_stays(
    workspace: Workspace, tmp_path: Path
) -> None:
    release(workspace, "Begin")
    workspace.bring_up()
    shutil.copytree(workspace.paths.root, tmp_path / "other")
    edit(workspace, "brand.toml", "Our organisation", "Northwind")
    release(workspace, "A name")
    other = Workspace.at(Paths(tmp_path / "other"), workspace.clock, workspace.renderer)
    shutil.rmtree(tmp_path / "other" / ".countersign" / "repository.git")
    repository = workspace.paths.repository
    shutil.copytree(repository, tmp_path / "other" / ".countersign" / "repository.git")
    edit(other, "samples/maya.toml", "Somebody", "A person")

    left = other.bring_up()

    assert left == ""
    assert "Northwind" in other.sources().read("brand.toml")
    assert "A person" in other.sources().read("samples/maya.toml")


def test_where_both_changed_a_file_nothing_is_touched_and_it_says_so(
    workspace: Workspace, tmp_path: Path
) -> None:
    release(workspace, "Begin")
    workspace.bring_up()
    shutil.copytree(workspace.paths.root, tmp_path / "other")
    edit(workspace, "brand.toml", "Our organisation", "Northwind")
    release(workspace, "A name")
    shutil.rmtree(tmp_path / "other" / ".countersign" / "repository.git")
    repository = workspace.paths.repository
    shutil.copytree(repository, tmp_path / "other" / ".countersign" / "repository.git")
    other = Workspace.at(Paths(tmp_path / "other"), workspace.clock, workspace.renderer)
    edit(other, "brand.toml", "Our organisation", "Southwind")

    left = other.bring_up()

    assert "Your files stay as they are." in left
    assert "brand.toml" in left
    assert "Southwind" in other.sources().read("brand.toml")
