from collections.abc import Iterator
from gettext import NullTranslations
from pathlib import Path

import msgspec
import pytest

from app.language import choose_language
from governance.ledger.policy import Policy
from governance.ledger.role_titles import role_title
from governance.names import Role
from governance.people.policy_file import read_policy
from governance.texts import speak

STARTER = Path(__file__).parents[2] / "repo_templates" / "starter.policy.toml"


@pytest.fixture(autouse=True)
def _english() -> Iterator[None]:
    yield
    speak(NullTranslations())


@pytest.fixture
def policy() -> Policy:
    return read_policy(STARTER.read_text(encoding="utf-8"))


def test_each_role_that_a_workspace_begins_with_has_a_german_name(
    policy: Policy,
) -> None:
    choose_language("de")

    names = {str(role): role_title(policy, role) for role in policy.roles}

    assert names["legal"] == "Recht"
    assert not [
        name for role, name in names.items() if name == policy.roles[Role(role)]
    ]


def test_a_role_that_an_organisation_named_keeps_its_name(policy: Policy) -> None:
    choose_language("de")
    works = Role("works_council")
    named = msgspec.structs.replace(policy, roles={works: "Works council"})

    assert role_title(named, works) == "Works council"
    assert role_title(None, works) == "Works council"
