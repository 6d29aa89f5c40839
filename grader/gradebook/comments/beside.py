"""A student's code with what was said beside its lines."""

from dataclasses import dataclass, field

from django.forms import BaseForm

from courses.keys import key_of
from courses.people.models import User
from grader.gradebook.comments.models import LineComment, lines_in, session_to_speak_in
from grader.submissions.models import Submission


@dataclass
class Remark:
    """A comment as a person sees it.

    mine : they may change it. unposted : its student does not see it yet. form : it is being changed.
    """

    comment: LineComment
    mine: bool
    unposted: bool
    form: BaseForm | None = None


@dataclass
class Line:
    """A line of the file, counted from 1; `form`: a comment on it is being written."""

    number: int
    text: str
    has_error: bool
    remarks: list[Remark] = field(default_factory=list)
    form: BaseForm | None = None


@dataclass
class Code:
    """A file as a person sees it; `stray`: a form about a line that the file does not have."""

    submission: Submission
    lines: list[Line]
    may_comment: bool
    stray: BaseForm | None = None

    @property
    def commented(self) -> list[Line]:
        return [line for line in self.lines if line.remarks]

    @property
    def remarks(self) -> list[Remark]:
        return [remark for line in self.lines for remark in line.remarks]

    def write(self, form: BaseForm) -> None:
        """Show the form at the line that it names."""
        at = key_of(str(form["line"].value()))
        if 1 <= at <= len(self.lines):
            self.lines[at - 1].form = form
        else:
            self.stray = form

    def change(self, pk: int, form: BaseForm) -> None:
        """Show the form in place of the comment of this key, if the person may change it."""
        for remark in self.remarks:
            if remark.mine and remark.comment.pk == pk:
                remark.form = form


def code_of(submission: Submission, person: User, error_line: int | None = None) -> Code:
    """The submission's file as this person sees it."""
    may_comment = session_to_speak_in(person, submission) is not None
    said = LineComment.objects.visible_to(person).filter(submission=submission)
    unposted = set(said.unposted().values_list("pk", flat=True)) if may_comment else set()
    lines = [Line(n, text, n == error_line) for n, text in enumerate(lines_in(submission.source), 1)]
    for comment in said.select_related("author"):
        mine = may_comment and comment.author_id == person.pk
        # A file is never changed, so that a comment's line is there.
        lines[comment.line - 1].remarks.append(Remark(comment, mine, comment.pk in unposted))
    return Code(submission, lines, may_comment)
