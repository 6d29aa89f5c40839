"""An instructor's grading night: assign, extend, what came late, decide, post, look again, and scores by spreadsheet."""

import csv
import datetime
import io
import re

from playwright.sync_api import expect

from grader.exercises import load
from tests.browser.conftest import PASSWORD, sign_in
from tests.browser.test_journey import write

STEPS = load("step-position")
MISTAKE = STEPS.misconceptions["bias-sign"].source
SOLUTION = STEPS.solution
SCHOOL = """
import datetime
from django.utils import timezone
from courses.models import Course, Enrollment, Session, User

now, day = timezone.now(), datetime.timedelta(days=1)
staff = User.objects.get(email="instructor@example.org")
staff.set_password(password)
staff.save()
session = Session.objects.create(
    course=Course.objects.get(slug="neural-networks-fundamentals"), slug="boston", modality="in_class", place="Boston",
    time_zone="America/New_York", seats=20, price=0, published=True,
    starts_on=(now - 7 * day).date(), ends_on=(now + 30 * day).date(),
)
session.instructors.add(staff.instructor)
for name in ("Ann", "Ben"):
    person = User.objects.create_user(f"{name.lower()}@example.org", password, name=name)
    Enrollment.objects.enroll(person, session)
answer = session.pk
"""
WHAT_IS_THERE = """
from courses.models import Change, Mail
from grader.models import Assignment, Override, RegradeRequest, Result, Submission
assignment = Assignment.objects.get(session=session)
answer = {
    "posted": [assignment.hidden, assignment.posted_at is not None],
    "extended": list(assignment.extensions.values_list("student__name", flat=True)),
    "overrides": list(assignment.overrides.order_by("pk").values_list("student__name", "by__email", "reason")),
    "points": [float(one.points) for one in assignment.overrides.order_by("pk")],
    "results": list(Result.objects.order_by("pk").values_list("submission__student__name", "number")),
    "request": RegradeRequest.objects.get().state,
    "mailed": sorted(Mail.objects.filter(kind="grades").values_list("address", flat=True)),
    "changes": Change.objects.filter(session=session).count(),
}
"""


def test_an_instructors_grading_night(running, page, browser, tell, tmp_path):
    site = running.address
    session = tell(SCHOOL, password=PASSWORD)
    sign_in(page, site, "instructor@example.org")

    # An exercise that was due a day ago, whose scores stay with staff.
    page.goto(f"{site}/teaching/{session}/assignments/")
    page.get_by_role("link", name=re.compile("Assign")).and_(
        page.locator(f"a[href$='/{session}/assignments/add/']")
    ).click()
    page.get_by_label(STEPS.title).check()
    page.get_by_label("Due:", exact=True).fill(
        f"{datetime.datetime.now(datetime.UTC) - datetime.timedelta(hours=20):%Y-%m-%dT%H:%M}"
    )
    page.get_by_label("Hide scores until they are posted").check()
    page.get_by_role("button", name="Assign").click()
    expect(page.locator("tbody tr")).to_have_count(1)

    # Both hand in late: Ann with a mistake, Ben the right thing.
    students = {}
    for name, source, marks in (("ann", MISTAKE, None), ("ben", SOLUTION, "10 of 10 points")):
        students[name] = browser.new_context().new_page()
        sign_in(students[name], site, f"{name}@example.org")
        students[name].goto(f"{site}/exercises/step-position/")
        expect(students[name].locator("main")).to_contain_text("loses 10 percent")
        write(students[name], source)
        students[name].get_by_role("button", name="Submit", exact=True).click()
        expect(students[name].locator("#result")).to_contain_text(marks or "of 10 points")
    students["ann"].goto(f"{site}/grades/")
    expect(students["ann"].locator("main")).to_contain_text("No total yet")

    # Ann had asked for more time.
    page.get_by_role("link", name=re.compile("Extensions|extension", re.I)).first.click()
    page.get_by_label("Ann").check()
    page.get_by_label("Due for them").fill(
        f"{datetime.datetime.now(datetime.UTC) + datetime.timedelta(days=2):%Y-%m-%dT%H:%M}"
    )
    page.get_by_role("button", name="Grant").click()
    expect(page.locator("tbody tr")).to_contain_text("Ann")

    # In the grid Ben's day late costs a tenth; by keyboard he gets a half back.
    page.get_by_role("navigation", name="This session").get_by_role("link", name="Gradebook").click()
    ann, ben = page.locator("#grid tbody tr").nth(0), page.locator("#grid tbody tr").nth(1)
    earned = float(ann.locator("td a").last.inner_text().split()[0])
    assert 0 < earned < 10
    expect(ben.locator("td a").last).to_contain_text("9")
    expect(ben.locator("td").last).to_contain_text("late")
    expect(ann.locator("td").last).not_to_contain_text("late")
    ann.locator("td a").last.focus()
    page.keyboard.press("ArrowDown")
    expect(ben.locator("td a").last).to_be_focused()
    page.keyboard.type("9.5")
    page.keyboard.press("Enter")
    expect(page.locator("#said")).to_contain_text("9.5")
    expect(ben.locator("td a").last).to_contain_text("9.5")

    # Students see it when it is posted.
    page.get_by_role("link", name="Post", exact=False).first.click()
    page.get_by_role("checkbox", name=STEPS.title).check()
    page.get_by_role("button", name="Show what students will see").click()
    expect(page.locator("#preview")).to_contain_text("Ben")
    page.get_by_role("button", name="Post", exact=True).click()
    expect(page.get_by_role("status").first).to_contain_text("Posted")
    students["ben"].goto(f"{site}/grades/")
    expect(students["ben"].locator("table.grades")).to_contain_text("9.5")
    expect(students["ben"].locator("table.grades")).to_contain_text("set by staff")

    # Ann asks to have it looked at again; the examiner grades it once more and finds the same.
    students["ann"].goto(f"{site}/grades/")
    students["ann"].get_by_role("link", name="Ask to look again").click()
    students["ann"].get_by_label("What should be looked at again").fill("I think that position_of is right.")
    students["ann"].get_by_role("button", name="Ask").click()
    page.goto(f"{site}/teaching/{session}/requests/")
    expect(page.locator("article.request")).to_contain_text("position_of is right")
    page.get_by_role("button", name="Grade again").click()
    running.await_line(" graded")
    page.goto(f"{site}/teaching/{session}/requests/")
    page.get_by_label("Your answer").fill("You are right about the second function: half of it counts.")
    page.get_by_role("button", name="Grant").click()
    expect(page.locator("tbody tr")).to_contain_text("Granted")

    # Out to a spreadsheet, one score changed, and back.
    page.goto(f"{site}/teaching/{session}/gradebook/")
    with page.expect_download() as started:
        page.get_by_role("link", name="Download CSV").click()
    rows = list(csv.reader(io.StringIO(started.value.path().read_text(encoding="utf-8-sig"))))
    assert [row[0] for row in rows[1:]] == ["Ann", "Ben"]
    assert [float(row[2]) for row in rows[1:]] == [earned, 9.5]
    rows[1][2] = "8"
    edited = io.StringIO()
    csv.writer(edited).writerows(rows)
    page.goto(f"{site}/teaching/{session}/gradebook/import/")
    page.locator("input[type=file]").set_input_files(
        {"name": "scores.csv", "mimeType": "text/csv", "buffer": edited.getvalue().encode()}
    )
    page.get_by_role("button", name="Show what changes").click()
    expect(page.get_by_role("status")).to_contain_text("1 score changes")
    expect(page.locator("tbody tr").last).to_contain_text("8")
    page.get_by_label("Reason").fill("Half of the second function")
    page.get_by_role("button", name="Set 1 score").click()
    students["ann"].goto(f"{site}/grades/")
    expect(students["ann"].locator("table.grades")).to_contain_text("8")
    students["ann"].get_by_text("How it came about").click()
    expect(students["ann"].locator("table.grades")).to_contain_text("Half of the second function")

    there = tell(WHAT_IS_THERE, session=session)
    assert there["posted"] == [True, True]
    assert there["extended"] == ["Ann"]
    assert [name for name, _, _ in there["overrides"]] == ["Ben", "Ann"]
    assert there["points"] == [9.5, 8.0]
    assert there["overrides"][1][1:] == ["instructor@example.org", "Half of the second function"]
    assert sorted(there["results"]) == [["Ann", 1], ["Ann", 2], ["Ben", 1]]
    assert there["request"] == "granted"
    assert {"ann@example.org", "ben@example.org"} <= set(there["mailed"])
    assert there["changes"] >= 5
