"""The shared cache. It holds only what may be lost, so that nobody's request fails while it cannot be reached."""

import logging
from collections.abc import Callable
from functools import wraps
from typing import Any

import redis
from django.core.cache.backends.redis import RedisCache

log = logging.getLogger(__name__)


def _or(otherwise: Any, ask: Callable[..., Any]) -> Callable[..., Any]:
    """`ask`, or this answer while the cache cannot be reached."""

    @wraps(ask)
    def answer(*arguments: Any, **named: Any) -> Any:
        try:
            return ask(*arguments, **named)
        except redis.RedisError as error:
            log.warning("the cache cannot be reached: %s", error)
            return otherwise

    return answer


class ForgivingCache(RedisCache):
    """While the broker is down, everything was forgotten and nothing is kept."""

    add = _or(True, RedisCache.add)
    set = _or(None, RedisCache.set)
    delete = _or(False, RedisCache.delete)
    has_key = _or(False, RedisCache.has_key)

    def get(self, key: Any, default: Any = None, version: int | None = None) -> Any:
        return _or(default, super().get)(key, default, version)
