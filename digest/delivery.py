"""Who still lacks an issue. Decisions only: the outbox stores, the steps send."""

from collections.abc import Iterable

from archive.records.ledgers import Delivery, Reader
from archive.weeks import Week


def mailbox(email: str) -> str:
    """What makes two addresses one reader: spaces around it and capitals do not count."""
    return email.strip().casefold()


def lacking(readers: Iterable[Reader], deliveries: Iterable[Delivery], week: Week) -> tuple[Reader, ...]:
    """The readers the week's issue has not been filed for, in config's order, each address once.

    A delivery of any revision and in any state counts: a correction is no reason to send the issue twice.
    """
    served = {mailbox(delivery.reader) for delivery in deliveries if delivery.week == week}
    waiting: dict[str, Reader] = {}
    for reader in readers:
        waiting.setdefault(mailbox(reader.email), reader)
    return tuple(reader for key, reader in waiting.items() if key not in served)


def unsettled(deliveries: Iterable[Delivery], week: Week) -> tuple[Delivery, ...]:
    """Letters filed but not yet known to be out, oldest first."""
    open_ones = (delivery for delivery in deliveries if delivery.week == week and delivery.state == "pending")
    return tuple(sorted(open_ones, key=lambda delivery: (delivery.created, delivery.reader)))
