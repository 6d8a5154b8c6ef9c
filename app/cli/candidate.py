"""``countersign candidate``: what the service knows of a person, and its end."""

from collections.abc import Callable

import click

from app.cli.options import Here, in_workspace, signing
from governance.texts import _

_EPILOG = """\b
Examples:
  countersign candidate erase maya.okonkwo@candidate.example --as noor@northwind.example
  countersign candidate erase cand-003 --yes

\b
What was not sent yet never is. That something was sent, when, and that it was approved
can still be proved; to whom and what it said cannot be read any more. The applicant
tracking system keeps its own data: erase them there too.
"""


@click.group(help=_("Erase what the service knows of a candidate."))
def candidate() -> None:
    """Hold the commands about candidates."""


@candidate.command(
    help=_(
        "Erase what the service knows of CANDIDATE, for good: by id, application, "
        "e-mail address or phone number. This takes a privacy officer (the role "
        "“privacy”) or an administrator."
    ),
    epilog=_EPILOG,
)
@click.argument("whom", metavar="CANDIDATE")
@click.option("--yes", is_flag=True, help=_("Do not ask whether you are sure."))
@signing
@in_workspace
def erase(
    here: Here,
    whom: str,
    *,
    yes: bool,
    person: str | None,
    passphrase: Callable[[], str],
) -> None:
    """Erase a candidate."""
    from app.cli.asking import Asker, service_of

    workspace = here.open()
    if not yes:
        question = _("Erase what is known of {candidate}? Nothing brings it back.")
        click.confirm(question.format(candidate=whom), abort=True, err=True)
    asker = Asker(person, passphrase)
    with service_of(workspace, asker, is_acting=True) as service:
        erased = service.erase(whom)
    click.echo(_("Erased: {candidate}.").format(candidate=erased))
