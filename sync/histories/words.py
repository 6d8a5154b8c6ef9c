"""Reason codes in a person's words."""

from collections.abc import Mapping
from typing import Final

from governance.texts import N_, _
from sync.sending.decision import Reason

_WORDS: Final[Mapping[Reason, str]] = {
    Reason.OK: N_("Nothing is in the way."),
    Reason.STOPPED: N_("Somebody has stopped sending."),
    Reason.RESTORED: N_(
        "The database is an older one; what was sent since must be found out first."
    ),
    Reason.NOT_VERIFIED: N_("No release of the template can be proved."),
    Reason.JOURNEY_NOT_VERIFIED: N_("No release of the journey can be proved."),
    Reason.NOT_PLANNED_ANY_MORE: N_(
        "The facts or the journey have changed, and nothing is to be sent any more."
    ),
    Reason.LOCALE_MISSING: N_("The message is in no language that fits."),
    Reason.CANNOT_RENDER: N_("A value that the message prints is missing."),
    Reason.WITHDRAWN: N_("The candidate has withdrawn."),
    Reason.REJECTED: N_("The application was rejected."),
    Reason.HIRED: N_("The candidate was hired."),
    Reason.ADVANCED: N_("The application is no longer in that stage."),
    Reason.DO_NOT_CONTACT: N_("The candidate must not be contacted."),
    Reason.SUPPRESSED: N_("Contact on this channel is suppressed."),
    Reason.SENSITIVE_STAGE: N_("In this stage a person writes, and no program."),
    Reason.ERASED: N_("The candidate's data was erased, or is to be."),
    Reason.NO_ADDRESS: N_("There is no address for this channel."),
    Reason.NO_CONSENT: N_("The candidate has not agreed to this."),
    Reason.TOO_LATE: N_("It would have come too late."),
    Reason.BEFORE_US: N_("It was due before this service began to watch."),
    Reason.CLOCK_WENT_BACK: N_("This computer's clock has gone back."),
    Reason.CLOCK_DIFFERS: N_("This computer's clock and the ATS's differ."),
    Reason.REMOTE_SILENT: N_("The shared repository has been silent for too long."),
    Reason.QUIET_HOURS: N_("It is outside the hours for messages where they live."),
    Reason.ZONE_UNKNOWN: N_("Nobody knows the candidate's time zone."),
    Reason.NO_COMMON_HOURS: N_(
        "No hour suits all the time zones that the candidate may be in."
    ),
    Reason.TOO_MANY: N_("The candidate has had enough messages for now."),
    Reason.NO_BUDGET: N_("The provider's budget for today is spent."),
    Reason.NO_ROUTE: N_("There is no way out for this channel."),
    Reason.MAILER_AWAY: N_("The provider is away."),
    Reason.MAILER_REFUSED: N_("The provider refused the message."),
    Reason.IN_DOUBT: N_("Nobody knows yet whether it arrived."),
    Reason.PERSON_DECIDES: N_(
        "Nobody can know whether it arrived; a person must decide."
    ),
    Reason.CLAIM_LOST: N_("Something changed at the last moment; it is judged again."),
    Reason.FOUND_AT_PROVIDER: N_("The provider says that it has arrived."),
    Reason.DECIDED_BY_PERSON: N_("A person decided what became of it."),
    Reason.SENT_ANYWAY: N_("A person had it sent all the same."),
}


def in_words(reason: Reason) -> str:
    """Return a sentence for ``reason``."""
    return _(_WORDS[reason])
