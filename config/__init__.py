"""Entry points. Celery's application is made with Django's, so that web processes ring the right broker."""

from config.celery import app

__all__ = ["app"]
