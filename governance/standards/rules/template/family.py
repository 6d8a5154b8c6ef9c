"""The family ``template``: what is wrong with a template before anyone reads it."""

from typing import Final

from governance.standards.checked import Rule
from governance.standards.rules.template.conflicts import merge_conflicts
from governance.standards.rules.template.filters import filters
from governance.standards.rules.template.may_be_missing import may_be_missing
from governance.standards.rules.template.parts import locales, missing, undeclared
from governance.standards.rules.template.subject import subjects
from governance.standards.rules.template.syntax import broken_files, broken_parts
from governance.standards.rules.template.text_message import text_messages, too_private
from governance.standards.rules.template.unknown_names import unknown_names
from governance.standards.rules.template.unsafe_links import unsafe_links
from governance.standards.rules.template.variables import unused_variables
from governance.standards.rules.template.vendor_token import vendor_tokens

RULES: Final[tuple[Rule, ...]] = (
    broken_files,
    broken_parts,
    merge_conflicts,
    missing,
    undeclared,
    locales,
    vendor_tokens,
    unsafe_links,
    unknown_names,
    may_be_missing,
    filters,
    unused_variables,
    subjects,
    text_messages,
    too_private,
)
