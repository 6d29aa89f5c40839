"""Lists of the API come in pages of 50, or of as many as asked for up to 200."""

from typing import Any

from django.core.paginator import Page, Paginator
from django.utils.functional import cached_property
from rest_framework.pagination import PageNumberPagination


class CountLast(Paginator):
    """Counts by fetching the first page, where all of a list may be on it; a longer one is counted as well."""

    @cached_property
    def first(self) -> list[Any]:
        """The rows of the first page, and one more where there are more."""
        return list(self.object_list[: self.per_page + 1])

    @cached_property
    def count(self) -> int:
        return super().count if len(self.first) > self.per_page else len(self.first)

    def page(self, number: int | str) -> Page[Any]:
        if str(number) == "1":
            return Page(self.first[: self.per_page], 1, self)
        self.count = super().count
        return super().page(number)


class Pages(PageNumberPagination):
    django_paginator_class = CountLast
    page_size_query_param = "page_size"
    max_page_size = 200
