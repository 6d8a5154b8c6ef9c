"""A policy as people write it: TOML, with durations as in ISO 8601."""

import re
import tomllib
from typing import Final

import msgspec

from governance.content.toml import read_toml
from governance.errors import ContentError
from governance.ledger.policy import Policy, flaw
from governance.texts import _

_DAY: Final = 86_400  # seconds
_SECONDS: Final = {"Y": 365 * _DAY, "M": 365 * _DAY // 12, "W": 7 * _DAY, "D": _DAY}
_CLOCK: Final = {"H": 3_600, "M": 60, "S": 1}
_DURATION: Final = re.compile(
    r"P(?=.)((?:\d+Y)?(?:\d+M)?(?:\d+W)?(?:\d+D)?)"
    r"(?:T(?=.)((?:\d+H)?(?:\d+M)?(?:\d+S)?))?"
)
_PART: Final = re.compile(r"(\d+)([YMWDHS])")
_DURATIONS: Final = frozenset({"max_age", "lasts", "review_within"})


def read_policy(text: str) -> Policy:
    """Read a policy that somebody wrote.

    A month is a twelfth of 365 days: how long a yes holds is no calendar's business.

    Raises:
        ContentError: It is no TOML, says something unknown, or cannot be used.
    """
    try:
        tables = _in_seconds(read_toml(text))
        if isinstance(tables, dict) and isinstance(admin := tables.get("admin"), dict):
            tables["admin"] = admin.get("role")
        policy = msgspec.convert(tables, type=Policy)
    except (tomllib.TOMLDecodeError, msgspec.ValidationError) as error:
        raise ContentError(
            _("The policy cannot be read: {why}.").format(why=error)
        ) from error
    if why := flaw(policy):
        raise ContentError(_("The policy cannot be used: {why}.").format(why=why))
    return policy


def _in_seconds(value: object, name: str = "") -> object:
    if isinstance(value, dict):
        return {key: _in_seconds(inner, key) for key, inner in value.items()}
    if name in _DURATIONS and isinstance(value, str):
        return _seconds(value)
    return value


def _seconds(text: str) -> int:
    found = _DURATION.fullmatch(text)
    if not found:
        raise ContentError(_("“{text}” is no duration such as P12M.").format(text=text))
    days, clock = found.group(1), found.group(2) or ""
    return sum(
        int(number) * units[unit]
        for part, units in ((days, _SECONDS), (clock, _CLOCK))
        for number, unit in _PART.findall(part)
    )
