"""What a session still misses before people should see it."""

from dataclasses import dataclass

from django.db.models import Count, Q

from courses.sessions.models import Session


@dataclass(frozen=True)
class Item:
    """One thing to see to: done or not. What is `needed` keeps the session from being published."""

    text: str
    done: bool
    needed: bool = False


def checklist(session: Session) -> list[Item]:
    """What is needed, then what people will look for."""
    meetings = session.meetings.filter(canceled_at__isnull=True).aggregate(
        all=Count("pk", distinct=True),
        placed=Count("pk", distinct=True, filter=~Q(room="") | ~Q(join_url="")),
        covering=Count("pk", distinct=True, filter=Q(lectures__isnull=False)),
    )
    planned = meetings["all"]
    needed = [Item(obstacle, False, needed=True) for obstacle in session.obstacles()]
    return [
        *(needed or [Item("Everything that is needed is there.", True, needed=True)]),
        Item(f"{planned} meetings are planned." if planned else "No meeting is planned yet.", planned > 0),
        Item(f"{meetings['placed']} of {planned} have a room or a join link.", 0 < planned == meetings["placed"]),
        Item(
            f"{meetings['covering']} of {planned} say which lectures they cover.", 0 < planned == meetings["covering"]
        ),
    ]
