"""The school's pages, gathered from the slices."""

from courses.classroom import urls as classroom
from courses.dashboard import urls as dashboard
from courses.enrollment import urls as enrollment
from courses.people import urls as people
from courses.support import urls as support

urlpatterns = [
    *people.urlpatterns,
    *enrollment.urlpatterns,
    *classroom.urlpatterns,
    *support.urlpatterns,
    *dashboard.urlpatterns,
]
