"""How the queue's rows spell what they hold."""

import json

from dbos import Serializer


class Json(Serializer):
    """JSON: a row that somebody changed must not run code, as a pickle would."""

    def serialize(self, data: object) -> str:
        """Spell ``data``; what has no spelling is told by its text alone."""
        return json.dumps(data, default=str)

    def deserialize(self, serialized_data: str) -> object:
        """Read what was spelled."""
        value: object = json.loads(serialized_data)
        return value

    def name(self) -> str:
        """Name the spelling in the row."""
        return "countersign_json"
