"""What people call a role: as the policy says, in their language where we know it."""

from typing import Final

from governance.ledger.policy import Policy
from governance.names import Role
from governance.texts import N_, _

# What the policy that a new workspace begins with calls its roles.
_BEGUN_WITH: Final = (
    *(N_("Communications"), N_("Legal"), N_("Human resources")),
    *(N_("Release manager"), N_("Privacy officer"), N_("Administrator")),
)


def role_title(policy: Policy | None, role: Role) -> str:
    """Return what ``role`` is called; a title that the organisation wrote stays."""
    title = policy.roles.get(role, "") if policy else ""
    if not title:
        return role.replace("_", " ").capitalize()
    return _(title) if title in _BEGUN_WITH else title
