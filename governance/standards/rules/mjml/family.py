"""The family ``mjml``: what is wrong with the markup of an e-mail."""

from typing import Final

from governance.standards.checked import Rule
from governance.standards.rules.mjml.markup import markup_faults
from governance.standards.rules.mjml.taken_out import taken_out
from governance.standards.rules.mjml.wanted import wanted

RULES: Final[tuple[Rule, ...]] = (markup_faults, wanted, taken_out)
