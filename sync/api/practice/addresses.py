"""Where the practice ATS and its capture mailbox answer, and the headers they read."""

from typing import Final

IDENTITY: Final = "/ats/v1/identity"
JOBS: Final = "/ats/v1/jobs"
STAGES: Final = "/ats/v1/stages"
CANDIDATE: Final = "/ats/v1/candidates/{id}"
ERASURE: Final = "/ats/v1/candidates/{id}/erasure"
APPLICATIONS: Final = "/ats/v1/applications"
APPLICATION: Final = "/ats/v1/applications/{id}"
FIELDS: Final = "/ats/v1/applications/{id}/fields"
FILL: Final = "/ats/v1/jobs/{id}/fill"
MOVE: Final = "/ats/v1/applications/{id}/move"
MOVES: Final = "/ats/v1/moves"
WITHDRAW: Final = "/ats/v1/applications/{id}/withdraw"
INTERVIEW: Final = "/ats/v1/applications/{id}/interview"
TIMELINE: Final = "/ats/v1/applications/{id}/timeline"
CHANGES: Final = "/ats/v1/changes"
TEMPLATES: Final = "/ats/v1/templates"
TEMPLATE: Final = "/ats/v1/templates/{id}"
WEBHOOKS: Final = "/ats/v1/webhooks"
WEBHOOK: Final = "/ats/v1/webhooks/{id}"
MESSAGES: Final = "/mailbox/messages"
MESSAGE: Final = "/mailbox/messages/{id}"
RAW: Final = "/mailbox/messages/{id}/raw"
BEHAVIOUR: Final = "/mailbox/behaviour"

SIGNATURE: Final = "Practice-Signature"  # "v1=" and HMAC-SHA256 in hexadecimal
TIMESTAMP: Final = "Practice-Timestamp"  # seconds since 1970
EVENT_ID: Final = "Practice-Event-Id"
ONCE: Final = "Idempotency-Key"
