"""Whatever changes what was graded, or handed in, on a day that is over makes the database forget its roll-up.

A submission tells the day on which it was handed in, a result that on which it was graded. What is handed in or graded
now lies in no day that is over, which the index of rolled days says at once. SQLite rebuilds a table that a later
migration changes, and its triggers are gone then: such a migration makes them again.
"""

from django.db import migrations

FORGET = "DELETE FROM courses_rolledday WHERE what = '{what}' AND ends_at > {at} AND begins_at <= {at};"
# By table: the moment, the roll-ups that count by it, and the change of a row that changes what is counted.
COUNTED = {
    "submission": (
        "queued_at",
        ["grading"],
        "OLD.queued_at <> NEW.queued_at OR (OLD.status = 'canceled') <> (NEW.status = 'canceled')",
    ),
    "result": (
        "graded_at",
        ["grading", "grading times"],
        "OLD.graded_at <> NEW.graded_at OR OLD.number <> NEW.number OR OLD.outcome <> NEW.outcome "
        "OR OLD.submission_id <> NEW.submission_id OR OLD.took_seconds <> NEW.took_seconds "
        "OR OLD.waited_seconds IS DISTINCT FROM NEW.waited_seconds",
    ),
}
# Results are counted by their submission's exercise, and come after it.
REASSIGNED = "DELETE FROM courses_rolledday WHERE what LIKE 'grading%' AND ends_at > OLD.queued_at;"


def on_postgresql(table, moment, rollups, changed):
    forget = {
        row: " ".join(f"PERFORM courses_forget_day('{what}', {row}.{moment});" for what in rollups)
        for row in ("OLD", "NEW")
    }
    name = f"grader_{table}_forgets"
    yield (
        f"CREATE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN "
        f"IF TG_OP <> 'INSERT' THEN {forget['OLD']} END IF; "
        f"IF TG_OP <> 'DELETE' THEN {forget['NEW']} END IF; RETURN NULL; END $$"
    )
    each = f"FOR EACH ROW EXECUTE FUNCTION {name}()"
    yield f"CREATE TRIGGER {name} AFTER INSERT OR DELETE ON grader_{table} {each}"
    yield f"CREATE TRIGGER {name}_changed AFTER UPDATE ON grader_{table} " + each.replace(
        "ROW", f"ROW WHEN ({changed})"
    )


def on_sqlite(table, moment, rollups, changed):
    forget = {
        row: " ".join(FORGET.format(what=what, at=f"{row}.{moment}") for what in rollups) for row in ("OLD", "NEW")
    }
    name = f"grader_{table}_forgets"
    changed = changed.replace("IS DISTINCT FROM", "IS NOT")
    yield f"CREATE TRIGGER {name}_new AFTER INSERT ON grader_{table} BEGIN {forget['NEW']} END"
    yield f"CREATE TRIGGER {name}_old AFTER DELETE ON grader_{table} BEGIN {forget['OLD']} END"
    both = f"{forget['OLD']} {forget['NEW']}"
    yield f"CREATE TRIGGER {name}_changed AFTER UPDATE ON grader_{table} WHEN {changed} BEGIN {both} END"


def begin(apps, schema_editor):
    made = on_postgresql if schema_editor.connection.vendor == "postgresql" else on_sqlite
    for table, counted in COUNTED.items():
        for statement in made(table, *counted):
            schema_editor.execute(statement, params=None)
    forget = f"BEGIN {REASSIGNED} END"
    on_change = "CREATE TRIGGER grader_reassigned_forgets AFTER UPDATE OF exercise_id ON grader_submission "
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute(
            f"CREATE FUNCTION grader_reassigned_forgets() RETURNS trigger LANGUAGE plpgsql AS $$ "
            f"BEGIN {REASSIGNED} RETURN NULL; END $$",
            params=None,
        )
        forget = "FOR EACH ROW EXECUTE FUNCTION grader_reassigned_forgets()"
    schema_editor.execute(on_change + forget, params=None)


def end(apps, schema_editor):
    for table in COUNTED:
        if schema_editor.connection.vendor == "postgresql":
            schema_editor.execute(f"DROP FUNCTION grader_{table}_forgets() CASCADE")
            continue
        for suffix in ("new", "old", "changed"):
            schema_editor.execute(f"DROP TRIGGER grader_{table}_forgets_{suffix}")
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute("DROP FUNCTION grader_reassigned_forgets() CASCADE")
    else:
        schema_editor.execute("DROP TRIGGER grader_reassigned_forgets")


class Migration(migrations.Migration):
    dependencies = [("courses", "0007_forget_rolled_days"), ("grader", "0009_fill_marks")]
    operations = [migrations.RunPython(begin, end)]
