"""The pages of a term, in small: each has its queries and a figure, with few rows and with many."""

import pytest

from tests.bench.test_grading import run


@pytest.mark.slow
def test_every_page_has_its_queries_and_a_figure_on_both_databases():
    result, status = run("bench.pages")
    result = result["pages"]
    for database in ("PostgreSQL", "SQLite"):
        few, many = result["few"][database], result["many"][database]
        assert few.keys() == many.keys() >= {"home", "session", "roster", "money", "recording", "api: meetings"}
        assert few["media, 64 KiB of it"]["bytes"] == many["media, 64 KiB of it"]["bytes"] == 65536
        for name in ("timetable", "roster", "attendance", "recordings"):
            assert many[name]["bytes"] > 1.5 * few[name]["bytes"], name
        for name, row in many.items():
            assert row["queries"] > 0, name
            assert row["p50"] > 0, name
            assert row["of_bare"] > 0, name
    assert [goal["number"] for goal in result["goals"]] == [1, 2] * 2
    # That a page is slow is told by the exit status; it fails no test.
    assert status == (1 if any(goal["missed"] for goal in result["goals"]) else 0)
