"""Comments on lines."""

from django.urls import path

from grader.gradebook.comments import views

urlpatterns = [
    path("submissions/<int:pk>/comments/", views.new, name="comment_new"),
    path("comments/<int:pk>/", views.edit, name="comment_edit"),
    path("comments/<int:pk>/delete/", views.delete, name="comment_delete"),
]
