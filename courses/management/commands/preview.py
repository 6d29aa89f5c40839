"""manage.py preview SLUG: a lecture in the browser as it will look, drawn again whenever its files change."""

import mimetypes
from argparse import ArgumentParser
from collections.abc import Iterable
from pathlib import Path
from typing import Any
from wsgiref.simple_server import WSGIRequestHandler, make_server

from django.conf import settings
from django.contrib.staticfiles import finders
from django.core.management.base import BaseCommand, CommandError
from django.template.loader import render_to_string

from courses.catalog.models import Lecture
from courses.curriculum import content
from courses.curriculum.tables import ContentError


class Quiet(WSGIRequestHandler):
    """Writes no line for each request: a page asks twice a second whether anything has changed."""

    def log_message(self, format: str, *args: Any) -> None:
        pass


class Command(BaseCommand):
    help = "Show a lecture in the browser while it is written: the page follows its files."
    requires_system_checks = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("slug", metavar="SLUG")
        parser.add_argument("--port", type=int, default=8001, help="8001 unless named; 0 for any that is free")

    def handle(self, *args: Any, **options: Any) -> None:
        folders = [content.OWN_FOLDER, *settings.CURRICULUM_PATHS]
        files = [folder / "lectures" / f"{options['slug']}.md" for folder in folders]
        lecture = next((file for file in files if file.is_file()), None)
        if lecture is None:
            raise CommandError(f"There is no lecture “{options['slug']}”: no file {files[-1]}.")
        with make_server("127.0.0.1", options["port"], Preview(lecture, folders), handler_class=Quiet) as server:
            self.stdout.write(f"http://127.0.0.1:{server.server_port}/ follows {lecture}. Stop it with Ctrl-C.")
            self.stdout.flush()
            try:
                server.serve_forever()
            except KeyboardInterrupt:
                self.stdout.write("")


class Preview:
    """The lecture's page, its figures, the site's static files, and a mark that changes with the lecture's files."""

    def __init__(self, lecture: Path, folders: Iterable[Path]) -> None:
        self.lecture = lecture
        self.folders = list(folders)

    def __call__(self, environ: dict[str, Any], start_response: Any) -> list[bytes]:
        path = environ["PATH_INFO"]
        kind, body = self.answer(path)
        status = "404 Not Found" if body is None else "200 OK"
        start_response(status, [("Content-Type", kind), ("Cache-Control", "no-store")])
        return [body or b"There is nothing here.\n"]

    def answer(self, path: str) -> tuple[str, bytes | None]:
        """The type and content of what lies at a path; None where nothing does."""
        kind = mimetypes.guess_type(path)[0] or "text/plain"
        if path == "/":
            return "text/html; charset=utf-8", self.page().encode()
        if path == "/mark":
            return "text/plain", self.mark().encode()
        if path.startswith("/static/"):
            found = finders.find(path.removeprefix("/static/"))
            return kind, Path(found).read_bytes() if isinstance(found, str) else None
        figure = self.lecture.with_suffix("") / Path(path).name
        return kind, figure.read_bytes() if figure.suffix == ".svg" and figure.is_file() else None

    def page(self) -> str:
        """The lecture, or what is wrong with it."""
        context: dict[str, Any] = {"mark": self.mark(), "file": self.lecture}
        try:
            meanings: dict[str, str] = {}
            for folder in self.folders:
                meanings |= content.read_symbols(folder / "symbols.toml")
            read = content.read_lecture(self.lecture, meanings)
            context["lecture"] = Lecture(
                slug=read.slug,
                title=read.title,
                summary=read.summary,
                body=read.body,
                objectives=list(read.objectives),
                symbols=dict(read.symbols),
            )
        except ContentError as error:
            context["error"] = error
        return render_to_string("courses/preview.html", context)

    def mark(self) -> str:
        """Changes whenever a file of the lecture does."""
        files = [self.lecture, *sorted(self.lecture.with_suffix("").glob("*"))]
        return " ".join(str(file.stat().st_mtime_ns) for file in files if file.is_file())
