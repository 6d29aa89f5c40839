"""The threads of BLAS, which does the products of matrices."""

from contextlib import AbstractContextManager

import scipy.linalg.blas  # noqa: F401  scipy's library has to be loaded to be found, as numpy's is
from threadpoolctl import ThreadpoolController

LIBRARIES = ThreadpoolController()


def one_thread() -> AbstractContextManager[object]:
    """While in it, each library of BLAS has one thread; then as many as before.

    The threads of numpy's and of scipy's wait for work on each other's core: where both do small products in turn, two
    threads each take 9 to 24 times as long as one.
    """
    return LIBRARIES.limit(limits=1, user_api="blas")
