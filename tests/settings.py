"""Settings of the tests: a data folder, a broker and a database of their own; nothing of the person's is touched."""

import os
import tempfile

os.environ["GRADUS_ENV"] = "development"
# With pytest-xdist the workers inherit the folder of the process that started them.
if "GRADUS_TEST_DATA" not in os.environ:
    os.environ["GRADUS_TEST_DATA"] = tempfile.mkdtemp(prefix="gradus-tests-")
os.environ["GRADUS_DATA"] = os.environ["GRADUS_TEST_DATA"]
os.environ["GRADUS_RUNTIME"] = os.path.join(os.environ["GRADUS_TEST_DATA"], "run")
os.environ.pop("REDIS_URL", None)
# Playwright keeps an event loop in the test's thread; the tests are not asynchronous for that.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"

from config.settings import *  # noqa: E402, F403

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
STATIC_ROOT.mkdir(parents=True, exist_ok=True)  # noqa: F405
