"""gunicorn's settings; `gunicorn -c config/gunicorn.py` serves the site by itself, too."""

import contextlib
import gc
import os
from typing import Any

wsgi_app = "config.wsgi:application"
bind = f"127.0.0.1:{os.environ.get('PORT', '8000')}"
workers = int(os.environ.get("WEB_WORKERS", "2"))
threads = 4
# Loaded once, before the workers fork.
preload_app = True
timeout = 60
graceful_timeout = 2
keepalive = 5
control_socket_disable = True
accesslog = "-"
access_log_format = "%(m)s %(U)s %(s)s %(M)s ms"


def post_worker_init(worker: Any) -> None:
    """Tell the supervisor that the site answers. What is loaded by now stays: garbage is looked for elsewhere."""
    gc.collect()
    gc.freeze()
    if ready := os.environ.get("GRADUS_READY_FD"):
        with contextlib.suppress(OSError):
            os.write(int(ready), b"\n")
