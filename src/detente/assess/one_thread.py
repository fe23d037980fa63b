"""Trees on one thread: our tables are small, and threads wait for each other on a busy machine."""

from __future__ import annotations

import warnings
from collections.abc import Iterator
from contextlib import contextmanager

from threadpoolctl import threadpool_limits


@contextmanager
def one_thread() -> Iterator[None]:
    """What runs inside uses one thread, and counts no cores aloud.

    The library asks for the physical cores whatever it then uses, and warns where a container
    does not show them.
    """
    with threadpool_limits(limits=1), warnings.catch_warnings():
        warnings.filterwarnings("ignore", message="Could not find the number of physical cores")
        yield
