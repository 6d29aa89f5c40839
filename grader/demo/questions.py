"""Questions that students have asked, most of them answered by who teaches them."""

import datetime

from courses.models import Message, Ticket
from grader.demo.meetings import over
from grader.demo.school import School
from grader.demo.sessions import Batch

# Subject; what is asked; what is answered.
ASKED = (
    (
        "Why divide by the batch's size?",
        "My gradients come out ten times too large, and the examiner says so. Where does the ten come from?",
        "From the ten examples of the batch: the cost is their mean, so its gradient is one, too. Divide once, at δ.",
    ),
    (
        "Bias of a bump",
        "The step sits at the right place, but its height is wrong on the left of it. What have I missed?",
        "Look at the sign of the second step. It has to take back what the first one added.",
    ),
    (
        "Which recording covers the chain rule?",
        "I missed the first class. Where do I find the part about slopes along a chain?",
        "On the recording of that class: its chapters lead to the lectures, and the first of them is the one.",
    ),
    (
        "May I use a loop first?",
        "I understand the sum over examples, but not yet the matrix product. Is a loop accepted?",
        "It is. Hand in the loop, let the examiner tell you that it is right, then replace it line by line.",
    ),
    (
        "NaN in softmax",
        "For large scores my softmax gives NaN. The formula is the one of the lecture.",
        "The exponential overflows. Subtract each row's largest score before it; the result is the same.",
    ),
)


def ask(school: School, batch: Batch) -> None:
    """A few questions a session; the last one waits for its answer where the session runs."""
    held = over(school, batch)
    members = batch.members
    if not held or not members:
        return
    teacher = school.teacher_of(batch.plan.teacher)
    assistant = school.assistants[batch.plan.assistant] if batch.plan.assistant is not None else teacher
    running = batch.session.ends_on >= school.today
    for number, (subject, question, answer) in enumerate(school.rng.sample(ASKED, school.rng.randint(1, 3))):
        at = school.moment(held[0].starts_at, held[-1].ends_at)
        if running and number == 0:
            at = school.now - datetime.timedelta(hours=school.rng.randint(2, 20))
        asker = school.rng.choice([one for one in members if one != school.cast.student] or members)
        ticket = Ticket.objects.create(
            asker=asker, session=batch.session, subject=subject, asked_at=at, waiting_since=at, last_at=at
        )
        Message.objects.create(ticket=ticket, author=asker, text=question, sent_at=at)
        if not running or number:
            answered_at = min(at + datetime.timedelta(hours=school.rng.randint(1, 30)), school.now)
            author = school.rng.choice([teacher, assistant])
            Message.objects.create(ticket=ticket, author=author, text=answer, sent_at=answered_at)
            ticket.status, ticket.waiting_since, ticket.last_at = Ticket.Status.ANSWERED, None, answered_at
            ticket.save(update_fields=["status", "waiting_since", "last_at"])
