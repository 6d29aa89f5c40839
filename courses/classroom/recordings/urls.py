"""Recordings: keeping them, uploading, watching, and the files."""

from django.urls import path

from courses.classroom.recordings import editing, media, tus, views

KEPT = "teaching/recordings/<int:pk>"
WATCHED = "recordings/<int:pk>"

urlpatterns = [
    path("teaching/<int:pk>/recordings/", editing.recordings, name="recordings"),
    path(f"{KEPT}/", editing.recording_edit, name="recording_edit"),
    path(f"{KEPT}/upload/", editing.recording_upload, name="recording_upload"),
    path(f"{KEPT}/give-up/", editing.recording_give_up, name="recording_give_up"),
    path(f"{KEPT}/captions/", editing.recording_captions, name="recording_captions"),
    path(f"{KEPT}/publish/", editing.recording_publish, name="recording_publish"),
    path(f"{KEPT}/delete/", editing.recording_delete, name="recording_delete"),
    path("uploads/", tus.Creation.as_view(), name="uploads"),
    path("uploads/<uuid:pk>/", tus.Piecewise.as_view(), name="upload"),
    path(f"{WATCHED}/", views.recording, name="recording"),
    path(f"{WATCHED}/link/", views.recording_link, name="recording_link"),
    path(f"{WATCHED}/position/", views.recording_position, name="recording_position"),
    path(f"{WATCHED}/captions/<str:language>.vtt", views.recording_captions_file, name="recording_captions_file"),
    path("media/<str:token>/", media.media, name="media"),
]
