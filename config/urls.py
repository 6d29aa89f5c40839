"""All addresses: the school's and the examiner's pages, accounts, the API, the admin."""

from django.contrib import admin
from django.urls import include, path

urlpatterns = [
    path("admin/", admin.site.urls),
    path("api/v1/", include("config.api")),
    path("accounts/", include("allauth.urls")),
    path("", include("courses.urls")),
    path("", include("grader.urls")),
]
