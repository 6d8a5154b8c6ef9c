"""All rules over one template."""

from collections.abc import Iterable
from typing import Final

from governance.content.sources import Sources
from governance.content.template import Template
from governance.standards.checked import Rule, laid_out
from governance.standards.compiling import compile_findings
from governance.standards.finding import Finding, Severity, in_order
from governance.standards.rules.mjml import family as mjml
from governance.standards.rules.template import family as template_family
from governance.standards.style import style_findings
from governance.standards.vale.guide import style_guide

FAMILIES: Final[tuple[tuple[Rule, ...], ...]] = (template_family.RULES, mjml.RULES)


def judged(template: Template, sources: Sources) -> tuple[Finding, ...]:
    """Return all that is to be said of ``template``, each thing once, in order."""
    checked = laid_out(template, sources)
    found = [
        finding for family in FAMILIES for rule in family for finding in rule(checked)
    ]
    found += style_findings(checked, style_guide(sources.texts))
    if not any(finding.severity is Severity.ERROR for finding in found):
        found += compile_findings(checked)
    return each_once(found)


def each_once(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """Return ``findings`` in order, without those that say the same of one place."""
    seen: dict[object, Finding] = {}
    for finding in findings:
        key = (finding.rule, finding.file, finding.span, finding.message)
        seen.setdefault(key, finding)
    return tuple(sorted(seen.values(), key=in_order))
