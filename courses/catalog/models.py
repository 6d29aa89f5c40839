"""What is taught: courses, their outline, lectures, who teaches, what people ask."""

from collections.abc import Iterable

from django.conf import settings
from django.db import models
from django.urls import reverse

from courses import markdown


class Content(models.Model):
    """What a content folder brings and people may edit afterwards.

    `loaded` holds each field as it was last read from the folder. A field that differs from it was
    edited by a person, and the next load leaves it alone.
    """

    loaded = models.JSONField(default=dict, blank=True, editable=False)

    class Meta:
        abstract = True


class Instructor(Content):
    """Who teaches: a public profile, which may be tied to a person who signs in."""

    slug = models.SlugField(unique=True)
    name = models.CharField(max_length=150)
    title = models.CharField(max_length=200, blank=True)
    biography = models.TextField(blank=True, help_text="Markdown")
    user = models.OneToOneField(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="instructor"
    )

    class Meta:
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name


class Lecture(Content):
    """A text to learn from. It stands alone, so that courses share it; SectionLecture places it."""

    slug = models.SlugField(unique=True, max_length=80)
    title = models.CharField(max_length=200)
    summary = models.CharField(max_length=300, blank=True)
    body = models.TextField(blank=True, help_text="Markdown; empty while the lecture is not yet written")
    written = models.GeneratedField(
        expression=models.Case(models.When(body="", then=False), default=True),
        output_field=models.BooleanField(),
        db_persist=True,
    )
    sample = models.BooleanField(default=False, help_text="open to everyone, as a taste of the course")
    objectives = models.JSONField(default=list, blank=True, help_text="what one can do afterwards, Markdown")
    symbols = models.JSONField(default=dict, blank=True, help_text="what the symbols of its formulas mean, Markdown")

    class Meta:
        ordering = ["slug"]

    def __str__(self) -> str:
        return self.title

    @property
    def minutes(self) -> int:
        """How long it takes to read."""
        return markdown.minutes(self.body)

    @property
    def has_laboratory(self) -> bool:
        return bool(markdown.laboratories(self.body))


class CourseQuerySet(models.QuerySet["Course"]):
    def published(self) -> "CourseQuerySet":
        return self.filter(published=True)


class Course(Content):
    """A course as the catalog shows it."""

    class SkillLevel(models.TextChoices):
        BEGINNER = "beginner", "Beginner"
        INTERMEDIATE = "intermediate", "Intermediate"
        ADVANCED = "advanced", "Advanced"

    class Assessments(models.TextChoices):
        SELF = "self", "Self-assessment"
        GRADED = "graded", "Graded"

    slug = models.SlugField(unique=True, max_length=80)
    title = models.CharField(max_length=200)
    tagline = models.CharField(max_length=300, blank=True)
    description = models.TextField(blank=True, help_text="Markdown")
    skill_level = models.CharField(max_length=20, choices=SkillLevel.choices, default=SkillLevel.INTERMEDIATE)
    language = models.CharField(max_length=50, default="English")
    certificate = models.BooleanField(default=False)
    assessments = models.CharField(max_length=20, choices=Assessments.choices, default=Assessments.SELF)
    prerequisites = models.CharField(max_length=300, blank=True)
    advertised_hours = models.PositiveSmallIntegerField(null=True, blank=True)
    advertised_lectures = models.PositiveSmallIntegerField(null=True, blank=True)
    price_in_class = models.DecimalField(max_digits=10, decimal_places=2, null=True, blank=True)
    price_online = models.DecimalField(max_digits=10, decimal_places=2, null=True, blank=True)
    currency = models.CharField(max_length=3, default="USD")
    instructors = models.ManyToManyField(Instructor, blank=True, related_name="courses")
    related = models.ManyToManyField("self", blank=True)
    lectures = models.ManyToManyField(Lecture, through="SectionLecture", related_name="courses")
    path = models.JSONField(default=list, blank=True, help_text="slugs of sections, in the order in which to take them")
    position = models.PositiveSmallIntegerField(default=0)
    published = models.BooleanField(default=True)

    objects = CourseQuerySet.as_manager()

    class Meta:
        ordering = ["position", "title"]
        constraints = [
            models.CheckConstraint(
                name="course_prices_not_negative",
                condition=(models.Q(price_in_class__isnull=True) | models.Q(price_in_class__gte=0))
                & (models.Q(price_online__isnull=True) | models.Q(price_online__gte=0)),
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("course", args=[self.slug])

    def in_order(self, places: Iterable["SectionLecture"]) -> list["SectionLecture"]:
        """Places of it in the order in which to take them: the sections of its path first, then the others."""
        order = {slug: number for number, slug in enumerate(self.path)}

        def rank(place: "SectionLecture") -> tuple[int, int, int]:
            return order.get(place.section.slug, len(order)), place.section.position, place.position

        return sorted(places, key=rank)


class Section(Content):
    """A part of a course's outline; its number is its position."""

    course = models.ForeignKey(Course, models.CASCADE, related_name="sections")
    slug = models.SlugField(max_length=80)
    title = models.CharField(max_length=200)
    summary = models.TextField(blank=True, help_text="Markdown")
    position = models.PositiveSmallIntegerField()
    chapter = models.BooleanField(default=False, help_text="a textbook chapter, beside the numbered outline")

    class Meta:
        ordering = ["course", "position"]
        constraints = [
            models.UniqueConstraint(fields=["course", "position"], name="section_position_once_a_course"),
            models.UniqueConstraint(fields=["course", "slug"], name="section_slug_once_a_course"),
        ]

    def __str__(self) -> str:
        return self.title


class SectionLectureQuerySet(models.QuerySet["SectionLecture"]):
    def outline(self) -> "SectionLectureQuerySet":
        """With what an outline shows of each: the texts stay in the database."""
        return self.select_related("section", "lecture", "course").only(
            "position",
            *(f"lecture__{field}" for field in ("slug", "title", "written")),
            *(f"section__{field}" for field in ("slug", "title", "position", "chapter")),
            *(f"course__{field}" for field in ("slug", "title")),
        )


class SectionLecture(models.Model):
    """Places a lecture in a section of a course. The number 3.8 is derived: section 3, place 8."""

    course = models.ForeignKey(Course, models.CASCADE, related_name="places")
    section = models.ForeignKey(Section, models.CASCADE, related_name="places")
    lecture = models.ForeignKey(Lecture, models.PROTECT, related_name="places")
    position = models.PositiveSmallIntegerField()

    objects = SectionLectureQuerySet.as_manager()

    class Meta:
        ordering = ["section__position", "position"]
        constraints = [
            models.UniqueConstraint(fields=["section", "position"], name="lecture_position_once_a_section"),
            models.UniqueConstraint(fields=["course", "lecture"], name="lecture_once_a_course"),
        ]

    def __str__(self) -> str:
        return f"{self.number} {self.lecture}".strip()

    def get_absolute_url(self) -> str:
        return reverse("lecture", args=[self.course.slug, self.lecture.slug])

    @property
    def number(self) -> str:
        """As in the outline, "3.8"; empty in a chapter."""
        return "" if self.section.chapter else f"{self.section.position}.{self.position}"


class Faq(Content):
    """A question that people ask before they enroll."""

    course = models.ForeignKey(Course, models.CASCADE, related_name="faqs")
    slug = models.SlugField(max_length=80)
    question = models.CharField(max_length=300)
    answer = models.TextField(help_text="Markdown")
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        verbose_name = "FAQ"
        ordering = ["course", "position"]
        constraints = [models.UniqueConstraint(fields=["course", "slug"], name="faq_slug_once_a_course")]

    def __str__(self) -> str:
        return self.question
