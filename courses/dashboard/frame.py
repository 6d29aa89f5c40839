"""What all dashboards share: tabs between them, the page around tiles and charts, and each chart as a file."""

from collections.abc import Sequence
from typing import Any, NamedTuple

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from courses import sheets
from courses.dashboard.charts import Chart, Tile
from courses.dashboard.ranges import RangeForm
from courses.enrollment.access import is_admin
from courses.people.models import User
from courses.templatetags.dates import city_of

PAGE = "courses/dashboard/page.html"


class Tab(NamedTuple):
    """A dashboard for admins: `url` takes nothing."""

    name: str
    label: str
    url: str


TABS = [Tab("school", "Enrollment and money", "dashboard")]


def register(*tabs: Tab) -> None:
    """Show these dashboards, too, of slices that this one does not know."""
    TABS.extend(tabs)


def admin_of(request: HttpRequest) -> User:
    """The admin who asks. Raises Http404 where it is somebody else."""
    if not (isinstance(request.user, User) and is_admin(request.user)):
        raise Http404
    return request.user


def file_of(request: HttpRequest, charts: Sequence[Chart], asked: RangeForm) -> HttpResponse | None:
    """The CSV of the chart that the address names by `csv`; None where it names none. Raises Http404."""
    if (slug := request.GET.get("csv")) is None:
        return None
    chart = next((chart for chart in charts if chart.slug == slug), None)
    if chart is None:
        raise Http404
    return sheets.download(chart.lines(), f"{slug}-{asked.chosen.first}-{asked.chosen.last}")


def page(
    request: HttpRequest, tab: str, asked: RangeForm, tiles: Sequence[Tile] = (), charts: Sequence[Chart] = (),
    template: str = PAGE, **context: Any,
) -> HttpResponse:  # fmt: skip
    """A dashboard within the tabs, or the file of one of its charts; status 400 where the range was refused.

    context : `heading`, `beginning` (the first day with anything, for the range of all), and what the template names.
    """
    if asked.is_valid() and (file := file_of(request, charts, asked)) is not None:
        return file
    context = about(asked, context.pop("beginning", None)) | {
        "tab": tab, "tabs": TABS, "tiles": tiles, "charts": charts, **context,
    }  # fmt: skip
    return render(request, template, context, status=200 if asked.is_valid() else 400)


def about(asked: RangeForm, beginning: Any = None) -> dict[str, Any]:
    """What the templates of range, tiles and charts name: `asked`, `presets`, `range`, `compared`, `clock`."""
    valid = asked.is_valid()
    return {
        "asked": asked,
        "presets": asked.presets(beginning),
        "range": asked.chosen if valid else None,
        "compared": asked.compared if valid else None,
        "clock": city_of(settings.SCHOOL_TIME_ZONE),
    }
