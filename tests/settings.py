"""Settings of the tests: a data folder, a broker and a database of their own; nothing of the person's is touched."""

import os
import tempfile

os.environ["GRADUS_ENV"] = "development"
# With pytest-xdist the workers inherit the folder of the process that started them.
if "GRADUS_TEST_DATA" not in os.environ:
    os.environ["GRADUS_TEST_DATA"] = tempfile.mkdtemp(prefix="gradus-tests-")
os.environ["GRADUS_DATA"] = os.environ["GRADUS_TEST_DATA"]
# In it each of pytest-xdist's workers has a folder, a broker and zygotes of its own, as it has a database of its own.
if worker := os.environ.get("PYTEST_XDIST_WORKER"):
    os.environ["GRADUS_DATA"] = os.environ["XDG_RUNTIME_DIR"] = os.path.join(os.environ["GRADUS_TEST_DATA"], worker)
    os.makedirs(os.environ["GRADUS_DATA"], mode=0o700, exist_ok=True)
os.environ["GRADUS_RUNTIME"] = os.path.join(os.environ["GRADUS_DATA"], "run")
os.environ.pop("REDIS_URL", None)
# Playwright keeps an event loop in the test's thread; the tests are not asynchronous for that.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"

from config.settings import *  # noqa: E402, F403

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
STATIC_ROOT.mkdir(parents=True, exist_ok=True)  # noqa: F405
