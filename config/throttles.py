"""How often one may ask the API; throttles that let everyone through while the cache is down."""

import logging
from typing import Any

import redis
from rest_framework import throttling
from rest_framework.request import Request

log = logging.getLogger(__name__)


class _WithoutCache:
    """Lets requests through while the cache cannot be reached: nobody's work is refused for it."""

    def allow_request(self, request: Request, view: Any) -> bool:
        try:
            return super().allow_request(request, view)  # type: ignore[misc]
        except redis.RedisError as error:
            log.warning("the cache cannot be reached, requests are not counted: %s", error)
            return True


class AnonThrottle(_WithoutCache, throttling.AnonRateThrottle):
    """By address, for visitors."""


class UserThrottle(_WithoutCache, throttling.UserRateThrottle):
    """By person."""


class ScopeThrottle(_WithoutCache, throttling.ScopedRateThrottle):
    """For what a view names by `throttle_scope`."""
