"""Where a lecture's figures lie: beside its text, in a folder of its slug."""

from pathlib import Path

from django.conf import settings

OWN_FOLDER = Path(__file__).parent.parent / "curriculum"


def figure_file(lecture: str, name: str) -> Path | None:
    """The file of a figure in the first content folder that has it. Both names are slugs."""
    for folder in (OWN_FOLDER, *settings.CURRICULUM_PATHS):
        file = folder / "lectures" / lecture / f"{name}.svg"
        if file.is_file():
            return file
    return None
