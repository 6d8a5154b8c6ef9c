"""Parts: declared and not written, written and not declared, missing in a locale."""

from collections.abc import Iterator

from governance.content.template import CHANNEL_OF, NEEDED, missing_parts, stray_files
from governance.standards.checked import Checked
from governance.standards.finding import Finding, Severity
from governance.texts import _


def missing(checked: Checked) -> Iterator[Finding]:
    """Find channels that a template names and has no text for."""
    for where, part in missing_parts(checked.template):
        message = _("“{part}” is missing in “{locale}”, though “channels” names it.")
        yield checked.in_file(
            "template.part-missing",
            Severity.ERROR,
            message.format(part=part, locale=where),
            checked.file,
            "channels",
        )
    if not checked.template.locales:
        yield checked.in_file(
            "template.part-missing",
            Severity.ERROR,
            _("The template has no text in any language."),
            checked.file,
            "channels",
        )


def undeclared(checked: Checked) -> Iterator[Finding]:
    """Find texts of a channel that the template does not name."""
    channels = set(checked.template.message.channels)
    for (where, part), path in checked.template.parts.items():
        channel = CHANNEL_OF[part]
        if channel not in channels:
            message = _(
                "“{part}” is never sent: “channels” does not name “{channel}”."
            ).format(part=part, channel=channel.value)
            yield checked.in_file(
                "template.channel-undeclared", Severity.WARNING, message, path
            )
        rivals = [
            group for group in NEEDED[channel] if part in group and part != group[0]
        ]
        if rivals and (where, rivals[0][0]) in checked.template.parts:
            message = _("“{part}” is never used: “{other}” stands beside it.").format(
                part=part, other=rivals[0][0]
            )
            yield checked.in_file(
                "template.part-doubled", Severity.WARNING, message, path
            )
    for path in stray_files(checked.template, checked.sources):
        message = _("This file is no part of a message, so nothing uses it.")
        yield checked.in_file("template.stray-file", Severity.WARNING, message, path)


def locales(checked: Checked) -> Iterator[Finding]:
    """Find languages of the repository that the template lacks."""
    if checked.format is None:
        return
    for where in checked.format.locales:
        if where in checked.template.locales:
            continue
        is_default = where == checked.format.default_locale
        message = _("The template has no text in “{locale}”.")
        if is_default:
            message = _(
                "The template has no text in “{locale}”, the language for all others."
            )
        yield checked.in_file(
            "template.locale-missing",
            Severity.ERROR if is_default else Severity.SUGGESTION,
            message.format(locale=where),
            checked.file,
        )
    for where in checked.template.locales:
        if where not in checked.format.locales:
            message = _("“countersign.toml” does not list the language “{locale}”.")
            yield checked.in_file(
                "template.locale-undeclared",
                Severity.ERROR,
                message.format(locale=where),
                checked.file,
            )
