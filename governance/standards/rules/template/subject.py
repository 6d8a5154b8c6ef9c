"""Subjects and preheaders: one line, not empty, not cut off."""

from collections.abc import Iterator
from typing import Final

from governance.content.template import PREHEADER, SUBJECT
from governance.markup.mapped import Place
from governance.standards.branching import Seen, once_for_each_rule
from governance.standards.checked import Checked, Part
from governance.standards.finding import NOWHERE, Finding, Severity
from governance.standards.forms import Form
from governance.texts import _

# What a mail program shows of them: about this much on a wide screen.
LONGEST_SUBJECT: Final = 78
LONGEST_PREHEADER: Final = 130


def subjects(checked: Checked) -> Iterator[Finding]:
    """Judge every form of every subject and preheader."""
    for part in checked.parts:
        if part.name in {SUBJECT, PREHEADER}:
            seen = (
                Seen(finding, number, len(finding.match))
                for number, form in enumerate(part.forms)
                if (finding := _judged(checked, part, form))
            )
            yield from once_for_each_rule(part, seen)


def _judged(checked: Checked, part: Part, form: Form) -> Finding | None:
    raw = form.text.text
    line = raw.strip()
    is_subject = part.name == SUBJECT
    kind = "subject" if is_subject else "preheader"
    start = len(raw) - len(raw.lstrip())
    end = start + len(line)
    if not line:
        severity = Severity.ERROR if is_subject else Severity.WARNING
        rule, message = "empty", _("It is empty: people read it before all else.")
    elif "\n" in line:
        severity = Severity.ERROR
        rule, message = "lines", _("It must be one line.")
        start = start + line.index("\n")
        end = start + 1
    elif is_subject and len(line) > LONGEST_SUBJECT:
        severity = Severity.WARNING
        rule = "length"
        message = _("With {count} characters it is cut off: {most} are shown.").format(
            count=len(line), most=LONGEST_SUBJECT
        )
    elif not is_subject and len(line) > LONGEST_PREHEADER:
        severity = Severity.SUGGESTION
        rule = "length"
        message = _("With {count} characters it is cut off: {most} are shown.").format(
            count=len(line), most=LONGEST_PREHEADER
        )
    else:
        return None
    place = form.place(start, end, part.path) if line else Place(part.path, NOWHERE)
    return checked.at(
        f"template.{kind}-{rule}",
        severity,
        message,
        place,
        part,
        match=line,
    )
