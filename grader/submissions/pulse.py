"""Signs of life, in the cache: that the workers of a flavor hear their bells, and that beat rings them."""

from django.conf import settings
from django.core.cache import cache

BEAT = "beat"
# A worker may be busy with one submission for as long as its limits allow; each phase of it is a sign of life.
FELT_SECONDS = {BEAT: max(30, int(6 * settings.SWEEP_SECONDS))}
FELT_SECONDS_OF_WORKERS = 90


def feel(name: str) -> None:
    """`name`, a flavor or BEAT, is alive now."""
    cache.set(f"pulse:{name}", True, FELT_SECONDS.get(name, FELT_SECONDS_OF_WORKERS))


def is_felt(name: str) -> bool:
    """Whether it gave a sign of life of late; False also while the cache is down."""
    return bool(cache.get(f"pulse:{name}", False))
