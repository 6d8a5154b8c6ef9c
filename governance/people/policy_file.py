"""A policy as people write it: a TOML file, from which a workspace is founded."""

import tomllib
from typing import Annotated, Final

import msgspec

from governance.errors import ContentError
from governance.ledger.policy import (
    ClassRule,
    EmergencyRule,
    Policy,
    ReleaseRule,
    RollbackRule,
    flaw,
)
from governance.names import Role
from governance.texts import _

_HOUR: Final = 3600  # seconds
_DAY: Final = 24 * _HOUR

_Positive = Annotated[int, msgspec.Meta(ge=1, le=36_500)]


class _Class(msgspec.Struct, forbid_unknown_fields=True):
    quorum: dict[Role, _Positive]
    max_age_days: _Positive | None = None  # without one a yes holds for ever


class _Emergency(msgspec.Struct, forbid_unknown_fields=True):
    role: Role
    seconds: tuple[Role, ...]
    lasts_hours: _Positive
    review_within_days: _Positive


class _Admin(msgspec.Struct, forbid_unknown_fields=True):
    role: Role


class _File(msgspec.Struct, forbid_unknown_fields=True):
    roles: dict[Role, str]
    classes: dict[str, _Class]
    meanings: dict[Role, str]
    release: ReleaseRule
    rollback: RollbackRule
    emergency: _Emergency
    admin: _Admin


def read_policy(text: str, path: str) -> Policy:
    """Read the policy that stands in ``text``, the file at ``path``.

    Raises:
        ContentError: It is no TOML, lacks something or names what it does not define.
    """
    try:
        file = msgspec.convert(tomllib.loads(text), type=_File)
    except (tomllib.TOMLDecodeError, msgspec.ValidationError) as error:
        raise _refusal(path, str(error)) from error
    policy = Policy(
        roles=file.roles,
        classes={name: _class_rule(rule) for name, rule in file.classes.items()},
        meanings=file.meanings,
        release=file.release,
        rollback=file.rollback,
        emergency=EmergencyRule(
            role=file.emergency.role,
            seconds=file.emergency.seconds,
            lasts=file.emergency.lasts_hours * _HOUR,
            review_within=file.emergency.review_within_days * _DAY,
        ),
        admin=file.admin.role,
    )
    if reason := flaw(policy):
        raise _refusal(path, reason)
    return policy


def _class_rule(rule: _Class) -> ClassRule:
    return ClassRule(quorum=rule.quorum, max_age=(rule.max_age_days or 0) * _DAY)


def _refusal(path: str, reason: str) -> ContentError:
    return ContentError(_("{path}: {reason}.").format(path=path, reason=reason))
