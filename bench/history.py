"""Three years of a large school, made by PostgreSQL itself: people, sessions, enrollments, and the books.

`make_history` is run by a process that has set Django up on a site's empty database. What other benches add, such as
submissions, is a function of the same kind: it takes a `Size` and a cursor, and finds these rows.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from bench.goals import tell

COURSES = ["Neural networks fundamentals", "Deep learning", "Image recognition", "Language models", "Mathematics"]
# A session in six is held online; money is in dollars, euros and pounds.
PLACES = ["", "New York", "Berlin", "London", "Boston", "Zürich"]
A_SESSION = 250
# The key of the first student; a new site has people of its own.
FIRST = 1001


@dataclass(frozen=True)
class Size:
    """How much there is. Each session has `A_SESSION` people."""

    sessions: int

    @property
    def enrollments(self) -> int:
        return self.sessions * A_SESSION

    @property
    def people(self) -> int:
        return self.enrollments * 2 // 5


WHOLE, QUICK = Size(sessions=4000), Size(sessions=400)
Builder = Callable[[Size, Any], None]


def make_history(size: Size, builders: Sequence[Builder] | None = None) -> None:
    """Fill the site's database. Triggers and keys are off meanwhile, as where a dump is read."""
    from django.db import connection

    with connection.cursor() as cursor:
        # The sessions that a new site begins with.
        cursor.execute("TRUNCATE courses_session CASCADE")
        cursor.execute("SET session_replication_role = replica")
        for builder in BUILDERS if builders is None else builders:
            tell(f"history: {builder.__name__}")
            builder(size, cursor)
        cursor.execute("SET session_replication_role = DEFAULT")
        cursor.execute("""
            SELECT sequence.oid::regclass, owner.oid::regclass, attribute.attname
            FROM pg_class sequence
            JOIN pg_depend depend ON depend.objid = sequence.oid AND depend.deptype = 'i'
            JOIN pg_class owner ON owner.oid = depend.refobjid
            JOIN pg_attribute attribute ON attribute.attrelid = owner.oid AND attribute.attnum = depend.refobjsubid
            WHERE sequence.relkind = 'S'""")
        for sequence, table, column in cursor.fetchall():
            # Forward only: the site's own worker may be writing rows of other tables.
            cursor.execute(
                f"SELECT setval('{sequence}', MAX({column})) FROM {table} "
                f"HAVING MAX({column}) > (SELECT last_value FROM {sequence})"
            )
        tell("history: vacuum")
        cursor.execute("VACUUM ANALYZE")


def people(size: Size, cursor: Any) -> None:
    """Students, with keys beyond those of whoever is there."""
    cursor.execute(f"""
        INSERT INTO courses_user (id, password, is_superuser, is_staff, is_active, date_joined, email, name, time_zone,
            muted, asked_for)
        SELECT n, '!', false, false, true, now(), 'p' || n || '@example.org', 'Person ' || n, 'UTC', '[]', '[]'
        FROM generate_series({FIRST}, {FIRST - 1 + size.people}) n""")


def sessions(size: Size, cursor: Any) -> None:
    """Sessions, with keys from 1 on, which begin over three years, the last of them two months from now."""
    from courses.models import Course

    ids = [Course.objects.create(slug=f"bench-{n}", title=title).pk for n, title in enumerate(COURSES)]
    cursor.execute(
        """
        INSERT INTO courses_session (id, loaded, course_id, slug, modality, place, time_zone, starts_on, ends_on,
            seats, seats_taken, price, currency, published, hold_hours, offer_hours, refund_full_days,
            refund_late_percent)
        SELECT n, '{}', (%(courses)s::bigint[])[1 + n %% %(number)s], 'bench-' || n,
            CASE WHEN n %% 6 = 0 THEN 'online' ELSE 'in_class' END, (%(places)s::text[])[1 + n %% 6],
            'America/New_York', day, day + 60, %(seats)s, 0, 100 + n %% 400,
            CASE WHEN n %% 6 IN (2, 5) THEN 'EUR' WHEN n %% 6 = 3 THEN 'GBP' ELSE 'USD' END, true, 168, 48, 14, 50
        FROM (
            SELECT n, current_date - 1035 + (n * 1095 / %(sessions)s) AS day
            FROM generate_series(1, %(sessions)s) n
        ) AS dated""",
        {"courses": ids, "number": len(ids), "places": PLACES, "seats": A_SESSION + 20, "sessions": size.sessions},
    )


def enrollments(size: Size, cursor: Any) -> None:
    """`A_SESSION` different people a session, in the two months before it begins; a twelfth withdraws again."""
    cursor.execute(f"""
        INSERT INTO courses_enrollment (id, user_id, session_id, enrolled_at, withdrawn_at, ending, order_id)
        SELECT id, user_id, session_id, at, CASE WHEN gone THEN later END, CASE WHEN gone THEN 'withdrew' ELSE '' END,
            CASE WHEN id % 20 < 7 THEN id END
        FROM (
            SELECT *, at + interval '1 hour' * (id % 700) AS later,
                id % 12 = 5 AND at + interval '1 hour' * (id % 700) < now() AS gone
            FROM (
                SELECT (s.id - 1) * {A_SESSION} + k AS id, s.id AS session_id,
                    {FIRST} + (s.id * 97 + k * 1601) % {size.people} AS user_id,
                    LEAST(s.starts_on - interval '1 second' * ((s.id * 7919 + k * 104729) % 5184000),
                          now() - interval '1 minute' * (k * 20)) AS at
                FROM courses_session s, generate_series(1, {A_SESSION}) k
            ) AS placed
        ) AS told""")
    cursor.execute("""
        UPDATE courses_session SET seats_taken = taken
        FROM (
            SELECT session_id, COUNT(*) AS taken FROM courses_enrollment WHERE withdrawn_at IS NULL GROUP BY 1
        ) AS counted
        WHERE counted.session_id = courses_session.id""")


def books(size: Size, cursor: Any) -> None:
    """An order for seven enrollments of twenty; most of them paid, and half of it back to who left."""
    cursor.execute("""
        INSERT INTO courses_order (id, buyer_id, session_id, seats, seats_released, seats_lapsed, unit_price,
            unit_discount, currency, company, billing_address, placed_at)
        SELECT e.id, e.user_id, e.session_id, 1, CASE WHEN e.withdrawn_at IS NULL THEN 0 ELSE 1 END, 0, s.price, 0,
            s.currency, '', '', e.enrolled_at
        FROM courses_enrollment e JOIN courses_session s ON s.id = e.session_id
        WHERE e.order_id IS NOT NULL""")
    cursor.execute("""
        INSERT INTO courses_transaction (id, kind, order_id, provider, reference, memo, at)
        SELECT e.id * 3 + move.place, move.kind, e.id, move.provider, '', '',
            CASE move.kind WHEN 'refund' THEN e.withdrawn_at ELSE e.enrolled_at END
        FROM courses_enrollment e JOIN (VALUES
            (0, 'charge', ''), (1, 'payment', 'manual'), (2, 'refund', 'manual')) AS move(place, kind, provider)
            ON move.kind = 'charge' OR (e.id % 11 > 0 AND (move.kind = 'payment' OR e.withdrawn_at IS NOT NULL))
        WHERE e.order_id IS NOT NULL""")
    # Receivable goes up by a charge and a refund, down by a payment; the other side is revenue or cash.
    cursor.execute("""
        INSERT INTO courses_posting (transaction_id, account, order_id, amount, currency)
        SELECT t.id, side.account, o.id, side.sign * o.unit_price / CASE t.kind WHEN 'refund' THEN 2 ELSE 1 END,
            o.currency
        FROM courses_transaction t JOIN courses_order o ON o.id = t.order_id JOIN (VALUES
            ('charge', 'receivable', 1), ('charge', 'revenue', -1), ('payment', 'receivable', -1),
            ('payment', 'cash', 1), ('refund', 'receivable', 1), ('refund', 'cash', -1)
        ) AS side(kind, account, sign) ON side.kind = t.kind""")


def waiting(size: Size, cursor: Any) -> None:
    """Ten a session wait, or waited and left when it began."""
    cursor.execute(f"""
        INSERT INTO courses_waitingentry (session_id, user_id, joined_at, outcome, ended_at)
        SELECT s.id, {FIRST} + (s.id * 89 + k * 1607 + 5) % {size.people},
            s.starts_on - interval '1 day' * (10 + k * 3),
            CASE WHEN s.starts_on <= current_date THEN 'left' ELSE '' END,
            CASE WHEN s.starts_on <= current_date THEN s.starts_on::timestamptz END
        FROM courses_session s, generate_series(1, 10) k
        WHERE s.starts_on - (10 + k * 3) <= current_date""")


BUILDERS: list[Builder] = [people, sessions, enrollments, books, waiting]


def admin() -> Any:
    """The admin who looks."""
    from courses.models import User

    return User.objects.create_superuser("bench-admin@example.org", "a long password")
