import pytest

from governance.errors import UnknownFormatError, WrongPassphraseError
from governance.people.own_key import (
    Holder,
    change_passphrase,
    recover_key,
    recovery_sheet,
)
from tests.fakes.make import ANA, BEN, NOON
from tests.fakes.vault import InMemoryVault

HOLDER = Holder(ANA, "Ana Lindqvist", "Northwind")


def test_another_passphrase_opens_the_same_key() -> None:
    vault = InMemoryVault()
    public = vault.create(ANA, "the old one")

    change_passphrase(vault, ANA, "the old one", "the new one")

    assert vault.unlock(ANA, "the new one").public == public
    with pytest.raises(WrongPassphraseError):
        vault.unlock(ANA, "the old one")


def test_a_wrong_passphrase_changes_nothing() -> None:
    vault = InMemoryVault()
    public = vault.create(ANA, "the old one")

    with pytest.raises(WrongPassphraseError):
        change_passphrase(vault, ANA, "a guess", "the new one")

    assert vault.unlock(ANA, "the old one").public == public


def test_a_sheet_brings_the_key_back_and_holds_no_passphrase() -> None:
    vault, elsewhere = InMemoryVault(), InMemoryVault()
    public = vault.create(ANA, "open sesame")

    sheet = recovery_sheet(vault, HOLDER, "open sesame", now=NOON)
    again = recover_key(elsewhere, ANA, sheet, "open sesame", wanted=public)

    assert again == public
    assert elsewhere.unlock(ANA, "open sesame").public == public
    assert "open sesame" not in sheet
    assert public.words in sheet
    assert public.fingerprint in sheet


def test_a_sheet_is_not_made_with_a_passphrase_that_does_not_fit() -> None:
    vault = InMemoryVault()
    vault.create(ANA, "open sesame")

    with pytest.raises(WrongPassphraseError):
        recovery_sheet(vault, HOLDER, "open barley", now=NOON)


def test_a_sheet_with_a_wrong_passphrase_replaces_no_key() -> None:
    vault, elsewhere = InMemoryVault(), InMemoryVault()
    vault.create(ANA, "open sesame")
    kept = elsewhere.create(BEN, "mine")
    sheet = recovery_sheet(vault, HOLDER, "open sesame", now=NOON)

    with pytest.raises(WrongPassphraseError):
        recover_key(elsewhere, BEN, sheet, "mine", wanted=None)

    assert elsewhere.unlock(BEN, "mine").public == kept


@pytest.mark.parametrize("text", ["", "a shopping list", "countersign-key/v1"])
def test_other_texts_are_no_sheet(text: str) -> None:
    with pytest.raises(UnknownFormatError):
        recover_key(InMemoryVault(), ANA, text, "open sesame", wanted=None)


def test_a_sheet_of_another_key_replaces_none_that_is_in_use() -> None:
    vault, elsewhere = InMemoryVault(), InMemoryVault()
    vault.create(ANA, "open sesame")
    mine = elsewhere.create(BEN, "mine")
    sheet = recovery_sheet(vault, HOLDER, "open sesame", now=NOON)

    with pytest.raises(UnknownFormatError):
        recover_key(elsewhere, BEN, sheet, "open sesame", wanted=mine)

    assert elsewhere.unlock(BEN, "mine").public == mine
