"""Whatever changes the past makes the database forget that its day is rolled up, so that it is counted live.

An enrollment tells two days, that on which somebody enrolled and that on which they withdrew; money the day on which
it was booked. SQLite rebuilds a table that a later migration changes, and its triggers are gone then: such a
migration makes them again.

On PostgreSQL other migrations use courses_forget_day(what, moment) in triggers of their own.
"""

from django.db import migrations

FORGET = "DELETE FROM courses_rolledday WHERE what = '{what}' AND ends_at > {at} AND begins_at <= {at};"
BOOKED = "(SELECT at FROM courses_transaction WHERE id = {row}.transaction_id)"


MOMENTS = ["enrolled_at", "withdrawn_at"]


def forgotten(moment, *rows):
    """Forget the days on which a moment of these rows, OLD or NEW, lies. In SQLite's words."""
    return " ".join(FORGET.format(what="enrollments", at=f"{row}.{moment}") for row in rows)


# Each moment has triggers of its own: who withdraws today changes nothing of the day on which they enrolled.
POSTGRESQL = [
    """CREATE FUNCTION courses_forget_day(fact text, moment timestamptz) RETURNS void LANGUAGE sql STRICT AS $$
    DELETE FROM courses_rolledday WHERE what = fact AND ends_at > moment AND begins_at <= moment $$""",
    *(
        statement
        for moment in MOMENTS
        for statement in (
            f"""CREATE FUNCTION courses_{moment}_forgets() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
            IF TG_OP <> 'INSERT' THEN PERFORM courses_forget_day('enrollments', OLD.{moment}); END IF;
            IF TG_OP <> 'DELETE' THEN PERFORM courses_forget_day('enrollments', NEW.{moment}); END IF;
            RETURN NULL; END $$""",
            f"CREATE TRIGGER courses_{moment}_forgets AFTER INSERT OR DELETE ON courses_enrollment "
            f"FOR EACH ROW EXECUTE FUNCTION courses_{moment}_forgets()",
            f"CREATE TRIGGER courses_{moment}_changed_forgets AFTER UPDATE ON courses_enrollment FOR EACH ROW "
            f"WHEN (OLD.{moment} IS DISTINCT FROM NEW.{moment} OR OLD.session_id <> NEW.session_id) "
            f"EXECUTE FUNCTION courses_{moment}_forgets()",
        )
    ),
    """CREATE FUNCTION courses_posting_forgets() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
    PERFORM courses_forget_day('revenue', (SELECT at FROM courses_transaction
        WHERE id = CASE WHEN TG_OP = 'DELETE' THEN OLD.transaction_id ELSE NEW.transaction_id END));
    RETURN NULL; END $$""",
    "CREATE TRIGGER courses_posting_forgets AFTER INSERT OR DELETE ON courses_posting "
    "FOR EACH ROW EXECUTE FUNCTION courses_posting_forgets()",
]
SQLITE = [
    *(
        statement
        for moment in MOMENTS
        for statement in (
            f"CREATE TRIGGER courses_{moment}_forgets_new AFTER INSERT ON courses_enrollment "
            f"BEGIN {forgotten(moment, 'NEW')} END",
            f"CREATE TRIGGER courses_{moment}_forgets_old AFTER DELETE ON courses_enrollment "
            f"BEGIN {forgotten(moment, 'OLD')} END",
            f"CREATE TRIGGER courses_{moment}_changed_forgets AFTER UPDATE ON courses_enrollment "
            f"WHEN OLD.{moment} IS NOT NEW.{moment} OR OLD.session_id <> NEW.session_id "
            f"BEGIN {forgotten(moment, 'OLD', 'NEW')} END",
        )
    ),
    "CREATE TRIGGER courses_posting_forgets_new AFTER INSERT ON courses_posting "
    f"BEGIN {FORGET.format(what='revenue', at=BOOKED.format(row='NEW'))} END",
    "CREATE TRIGGER courses_posting_forgets_old AFTER DELETE ON courses_posting "
    f"BEGIN {FORGET.format(what='revenue', at=BOOKED.format(row='OLD'))} END",
]
FUNCTIONS = [*(f"courses_{moment}_forgets()" for moment in MOMENTS), "courses_posting_forgets()"]


def begin(apps, schema_editor):
    for statement in POSTGRESQL if schema_editor.connection.vendor == "postgresql" else SQLITE:
        schema_editor.execute(statement, params=None)


def end(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        # Its triggers go with a function.
        for function in FUNCTIONS:
            schema_editor.execute(f"DROP FUNCTION {function} CASCADE")
        schema_editor.execute("DROP FUNCTION courses_forget_day(text, timestamptz)")
        return
    made = [f"courses_{moment}_{end}" for moment in MOMENTS for end in ("forgets_new", "forgets_old", "changed_forgets")]
    for trigger in [*made, "courses_posting_forgets_new", "courses_posting_forgets_old"]:
        schema_editor.execute(f"DROP TRIGGER {trigger}")


class Migration(migrations.Migration):
    dependencies = [("courses", "0006_decisions")]
    operations = [migrations.RunPython(begin, end)]
