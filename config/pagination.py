"""Lists of the API come in pages of 50, or of as many as asked for up to 200."""

from django.core.paginator import Paginator
from django.utils.functional import cached_property
from rest_framework.pagination import PageNumberPagination


class CountLast(Paginator):
    """Counts by fetching the first page, where all of a list may be on it; only a longer one is counted as well."""

    @cached_property
    def count(self) -> int:
        first = list(self.object_list[: self.per_page + 1])
        if len(first) > self.per_page:
            return super().count
        self.object_list = first
        return len(first)


class Pages(PageNumberPagination):
    django_paginator_class = CountLast
    page_size_query_param = "page_size"
    max_page_size = 200
