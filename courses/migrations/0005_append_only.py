"""The books are only added to: the database refuses to change what was booked.

SQLite rebuilds a table that a later migration changes, and its triggers are gone then: such a migration makes them
again. Deleting is refused on PostgreSQL, where tests empty tables by TRUNCATE, which no trigger of rows sees.
"""

from django.db import migrations

TABLES = ["courses_transaction", "courses_posting"]
REFUSAL = "the books are never changed"


def guard(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute(
            "CREATE FUNCTION courses_books_unchanged() RETURNS trigger LANGUAGE plpgsql AS $$ "
            f"BEGIN RAISE EXCEPTION '{REFUSAL}' USING ERRCODE = 'integrity_constraint_violation'; END $$"
        )
    for table in TABLES:
        if schema_editor.connection.vendor == "postgresql":
            schema_editor.execute(
                f"CREATE TRIGGER {table}_unchanged BEFORE UPDATE OR DELETE ON {table} "
                "FOR EACH ROW EXECUTE FUNCTION courses_books_unchanged()"
            )
        else:
            schema_editor.execute(
                f"CREATE TRIGGER {table}_unchanged BEFORE UPDATE ON {table} "
                f"BEGIN SELECT RAISE(ABORT, '{REFUSAL}'); END"
            )


def unguard(apps, schema_editor):
    for table in TABLES:
        on = f" ON {table}" if schema_editor.connection.vendor == "postgresql" else ""
        schema_editor.execute(f"DROP TRIGGER {table}_unchanged{on}")
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute("DROP FUNCTION courses_books_unchanged()")


class Migration(migrations.Migration):
    dependencies = [("courses", "0004_term")]
    operations = [migrations.RunPython(guard, unguard)]
