"""The few facts that cross from one page to another."""

from PySide6.QtCore import QObject, Signal


class Events(QObject):
    """What changed, for everyone who shows it.

    Signals:
        reading_changed: The workspace as it is now, a ``Snapshot``; each page picks its
            part of it and asks nobody.
        identity_changed: Another person acts here now.
        service_changed: The service came or went, a ``ServiceState``.
        news_arrived: Something happened in the service: live pages ask anew.
        place_changed: Another place is shown, a ``Place``.
    """

    reading_changed = Signal(object)
    identity_changed = Signal()
    service_changed = Signal(object)
    news_arrived = Signal()
    place_changed = Signal(object)
