"""All settings, read from the environment. In production a missing value stops the start with its name."""

import hashlib
import importlib.util
import os
import tempfile
import zoneinfo
from pathlib import Path

import environ
from django.templatetags.static import static

env = environ.Env()

BASE_DIR = Path(__file__).resolve().parent.parent
DEBUG = env.bool("GRADUS_DEBUG", default=False)
# Production is what nobody has said anything else about; `make run` and the tests say "development".
PRODUCTION = env.str("GRADUS_ENV", default="production") == "production"

DATA = Path(env.str("GRADUS_DATA", default=str(BASE_DIR / ".data"))).absolute()
SANDBOX_ENV = Path(env.str("GRADUS_SANDBOX_ENV", default=str(BASE_DIR / ".venv-sandbox"))).absolute()
EXERCISE_PATHS = [Path(p) for p in env.str("EXERCISE_PATHS", default="").split(os.pathsep) if p]
CURRICULUM_PATHS = [Path(p) for p in env.str("CURRICULUM_PATHS", default="").split(os.pathsep) if p]

# --- secrets and hosts ---------------------------------------------------------------------------
SECRET_KEY = env.str("SECRET_KEY") if PRODUCTION else env.str("SECRET_KEY", default="for development only")
ALLOWED_HOSTS = (
    env.list("ALLOWED_HOSTS") if PRODUCTION else env.list("ALLOWED_HOSTS", default=["127.0.0.1", "localhost"])
)
CSRF_TRUSTED_ORIGINS = env.list("CSRF_TRUSTED_ORIGINS", default=[])

# Where the site is, for links in e-mail.
HERE = f"http://127.0.0.1:{env.str('PORT', default='8000')}"
SITE_URL = env.str("SITE_URL", default=f"https://{ALLOWED_HOSTS[0]}" if PRODUCTION else HERE)

# --- applications --------------------------------------------------------------------------------
INSTALLED_APPS = [
    # First, so that their templates go before those of libraries with the same name.
    "courses",
    "grader",
    "unfold",
    "django.contrib.admin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "csp",
    "django_ace",
    "django_filters",
    "django_htmx",
    "drf_spectacular",
    "drf_spectacular_sidecar",
    "rest_framework",
    "rest_framework.authtoken",
]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "courses.people.middleware.reader_time_zone",
    "courses.people.middleware.AdminForAdmins",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
]
ROOT_URLCONF = "config.urls"
WSGI_APPLICATION = "config.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ],
        },
    },
]

# --- database and cache --------------------------------------------------------------------------
DATABASES = {"default": env.db_url("DATABASE_URL", default=f"sqlite:///{DATA / 'gradus.sqlite3'}")}
# A connection serves many requests; whether it still does is asked before each.
DATABASES["default"] = {"CONN_MAX_AGE": 60, "CONN_HEALTH_CHECKS": True} | DATABASES["default"]
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    # On the defaults concurrent writers fail: begin as a writer, wait for one's turn, read beside a writer.
    DATABASES["default"]["OPTIONS"] = {
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL;",
    }
    # Workers of the tests are processes of their own: they need a file.
    DATABASES["default"]["TEST"] = {"NAME": str(DATA / "test.sqlite3")}

# A short path: Unix socket paths end at 104 characters.
RUNTIME_DIR = Path(
    env.str(
        "GRADUS_RUNTIME",
        default=os.path.join(
            tempfile.gettempdir(),
            f"gradus-{os.getuid()}-{hashlib.sha256(str(DATA).encode()).hexdigest()[:8]}",
        ),
    )
)
REDIS_URL = (
    env.str("REDIS_URL") if PRODUCTION else env.str("REDIS_URL", default=f"unix://{RUNTIME_DIR / 'broker.sock'}")
)
CACHES = {"default": {"BACKEND": "config.cache.ForgivingCache", "LOCATION": REDIS_URL}}

# --- Celery: the database is the queue, a message is only a bell ------------------------------------
CELERY_BROKER_URL = REDIS_URL.replace("unix://", "redis+socket://", 1)
CELERY_TASK_IGNORE_RESULT = True
# Celery would close a worker's connection to the database after each task. One that has broken is replaced where a
# task finds it so.
CELERY_DB_REUSE_MAX = 1000
CELERY_TASK_ACKS_LATE = True
CELERY_TASK_REJECT_ON_WORKER_LOST = True
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_WORKER_HIJACK_ROOT_LOGGER = False
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_BROKER_TRANSPORT_OPTIONS = {
    "visibility_timeout": 120,
    "unacked_restore_interval": 5,
    "unacked_restore_throttle": 1,
    "queue_order_strategy": "priority",
    # A broker that is down must not keep a person waiting at submit.
    "socket_connect_timeout": 1,
    "socket_timeout": 30,
    "retry_on_timeout": False,
    "max_retries": 0,
}
# Processes of each flavor that grade on this machine. More than cores: one is kept free for whoever has handed in
# nothing else within the hour, and a few endless loops do not hold everybody up.
CORES = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
GRADING_PROCESSES = {
    "numpy": env.int("GRADUS_NUMPY_PROCESSES", default=2 * CORES),
    "tensorflow": env.int("GRADUS_TENSORFLOW_PROCESSES", default=CORES + 1),
}
# How often beat looks for what waits unheard; how long beyond its limits a grading may take before it counts as lost.
SWEEP_SECONDS = env.float("GRADUS_SWEEP_SECONDS", default=5.0)
LEASE_MARGIN_SECONDS = env.float("GRADUS_LEASE_MARGIN_SECONDS", default=30.0)
CELERY_BEAT_SCHEDULE = {
    "ring-for-what-waits": {"task": "grader.submissions.tasks.ring_for_waiting", "schedule": SWEEP_SECONDS},
    "ring-for-uploads": {"task": "courses.classroom.tasks.ring_for_uploads", "schedule": SWEEP_SECONDS},
    "ring-for-mail": {"task": "courses.people.tasks.ring_for_mail", "schedule": SWEEP_SECONDS},
    "ring-for-payouts": {"task": "courses.enrollment.tasks.ring_for_payouts", "schedule": SWEEP_SECONDS},
    # What is due once a day, or a week, is looked for more often: it is done once all the same.
    "ring-for-dashboard": {
        "task": "courses.dashboard.tasks.ring_for_dashboard",
        "schedule": 60 * SWEEP_SECONDS,
    },
    "sweep-files": {"task": "courses.support.tasks.sweep_files", "schedule": 24 * 60 * 60},
    "tend-seats": {"task": "courses.enrollment.tasks.tend_seats", "schedule": 6 * SWEEP_SECONDS},
    "tell-of-comments": {"task": "grader.gradebook.tasks.tell_of_comments", "schedule": 6 * SWEEP_SECONDS},
}
CELERY_BEAT_SCHEDULER = "config.beat:SteadyScheduler"
# What one student may hand in: waiting or being graded at once, and within an hour.
SUBMISSIONS_AT_ONCE = env.int("GRADUS_SUBMISSIONS_AT_ONCE", default=20)
SUBMISSIONS_AN_HOUR = env.int("GRADUS_SUBMISSIONS_AN_HOUR", default=60)

# --- people --------------------------------------------------------------------------------------
AUTH_USER_MODEL = "courses.User"
AUTHENTICATION_BACKENDS = [
    "django.contrib.auth.backends.ModelBackend",
    "allauth.account.auth_backends.AuthenticationBackend",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}"}
    for name in (
        "UserAttributeSimilarityValidator",
        "MinimumLengthValidator",
        "CommonPasswordValidator",
        "NumericPasswordValidator",
    )
]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*", "password2*"]
ACCOUNT_EMAIL_VERIFICATION = "mandatory" if PRODUCTION else "optional"
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "home"
ACCOUNT_LOGOUT_REDIRECT_URL = "home"
EMAIL_CONFIG = env.email("EMAIL_URL") if PRODUCTION else env.email("EMAIL_URL", default="consolemail://")
vars().update(EMAIL_CONFIG)
# Seconds for each step of speaking to the mail server, some eight of which make a mail.
EMAIL_TIMEOUT = 10
DEFAULT_FROM_EMAIL = env.str("DEFAULT_FROM_EMAIL", default="Gradus <gradus@localhost>")

# --- questions by mail ---------------------------------------------------------------------------
# Where answers to mail about questions go, as support@school.example; each answer's address has a token behind a “+”.
SUPPORT_ADDRESS = env.str("SUPPORT_ADDRESS", default="")
# The mailbox in which they arrive: imaps://user:password@host/folder, or maildir:///path. How often beat has it read.
INBOUND_MAIL_URL = env.str("INBOUND_MAIL_URL", default="")
INBOUND_SECONDS = env.float("INBOUND_SECONDS", default=60.0)
if INBOUND_MAIL_URL:
    CELERY_BEAT_SCHEDULE["ring-for-inbound"] = {
        "task": "courses.support.tasks.ring_for_inbound",
        "schedule": INBOUND_SECONDS,
    }

# --- web -----------------------------------------------------------------------------------------
LANGUAGE_CODE = "en-us"
TIME_ZONE = "UTC"
USE_TZ = True
# Whose days the dashboards and the weekly report count by.
SCHOOL_TIME_ZONE = env.str("GRADUS_TIME_ZONE", default="UTC")
if SCHOOL_TIME_ZONE not in zoneinfo.available_timezones():
    raise environ.ImproperlyConfigured(f"GRADUS_TIME_ZONE is “{SCHOOL_TIME_ZONE}”: write one such as America/New_York")
FORMAT_MODULE_PATH = "config.formats"
STATIC_URL = "static/"
STATIC_ROOT = DATA / "static"
# The font of formulas comes with ziamath, which is not imported for it.
MATH_FONTS = importlib.util.find_spec("ziamath")
STATICFILES_DIRS = (
    [("fonts", str(Path(MATH_FONTS.origin).parent / "fonts"))] if MATH_FONTS and MATH_FONTS.origin else []
)
STATICFILES_FINDERS = [
    "django.contrib.staticfiles.finders.FileSystemFinder",
    "django.contrib.staticfiles.finders.AppDirectoriesFinder",
    "config.finders.PlotlyFinder",
]
WHITENOISE_USE_FINDERS = not PRODUCTION
# Where files are worked on, a changed one is served at once.
WHITENOISE_AUTOREFRESH = not PRODUCTION
# --- recordings ----------------------------------------------------------------------------------
# Parts of files that are on their way, and the files: on one disk, a file that has arrived is moved and not copied.
UPLOADS = DATA / "uploads"
RECORDINGS = Path(env.str("GRADUS_RECORDINGS", default=str(DATA / "recordings"))).absolute()
# Of one session, in bytes, published or not.
RECORDING_QUOTA = env.int("GRADUS_RECORDING_QUOTA_GIB", default=100) * 2**30
# How long a link to a file is good for the one person that it was made for.
MEDIA_LINK_SECONDS = env.int("MEDIA_LINK_SECONDS", default=1800)
# The location of the server in front that leads to RECORDINGS; without it Gradus sends the files itself.
MEDIA_ACCEL = env.str("MEDIA_ACCEL", default="")
# Or a bucket of any S3-compatible storage, from which people's browsers fetch the files.
MEDIA_S3_BUCKET = env.str("MEDIA_S3_BUCKET", default="")
MEDIA_S3_ENDPOINT = env.str("MEDIA_S3_ENDPOINT", default="")
MEDIA_S3_REGION = env.str("MEDIA_S3_REGION", default="us-east-1")
MEDIA_ORIGINS = (
    [MEDIA_S3_ENDPOINT]
    if MEDIA_S3_ENDPOINT
    else [f"https://{MEDIA_S3_BUCKET}.s3{region}.amazonaws.com" for region in ("", f".{MEDIA_S3_REGION}")]
)
RECORDING_STORAGE = {"BACKEND": "django.core.files.storage.FileSystemStorage", "OPTIONS": {"location": RECORDINGS}}
RECORDING_BUCKET = {
    "BACKEND": "storages.backends.s3.S3Storage",
    "OPTIONS": {
        "bucket_name": MEDIA_S3_BUCKET,
        "endpoint_url": MEDIA_S3_ENDPOINT or None,
        "region_name": MEDIA_S3_REGION,
        "access_key": env.str("MEDIA_S3_KEY", default="") or None,
        "secret_key": env.str("MEDIA_S3_SECRET", default="") or None,
        "signature_version": "s3v4",
        # With an endpoint of one's own the bucket stands in the path: the address stays the one that is allowed.
        "addressing_style": "path" if MEDIA_S3_ENDPOINT else "virtual",
        "querystring_expire": MEDIA_LINK_SECONDS,
    },
}
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage", "OPTIONS": {"location": DATA / "files"}},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
    "recordings": RECORDING_BUCKET if MEDIA_S3_BUCKET else RECORDING_STORAGE,
}

# --- money ---------------------------------------------------------------------------------------
# How people pay: "manual" is by bank transfer, for which the instructions (Markdown) are shown; "test" takes no money.
PAYMENT_PROVIDERS = env.list("PAYMENT_PROVIDERS", default=["manual"] if PRODUCTION else ["test", "manual"])
if PRODUCTION and "test" in PAYMENT_PROVIDERS:
    raise environ.ImproperlyConfigured("PAYMENT_PROVIDERS names “test”, with which people would pay nothing")
PAYMENT_INSTRUCTIONS = env.str(
    "PAYMENT_INSTRUCTIONS", default="Transfer the amount to the school's account, and name the order's number."
)

# --- limits --------------------------------------------------------------------------------------
# Notebooks and sources are small; an upload beyond this is refused before it is read.
DATA_UPLOAD_MAX_MEMORY_SIZE = 4 * 1024 * 1024

SELF = "'self'"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": ["'none'"],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "media-src": [SELF, *(MEDIA_ORIGINS if MEDIA_S3_BUCKET else [])],
        "connect-src": [SELF],
        "worker-src": [SELF, "blob:"],
        "form-action": [SELF],
        "frame-ancestors": ["'none'"],
        "base-uri": ["'none'"],
    }
}
SECURE_REFERRER_POLICY = "same-origin"
SESSION_COOKIE_HTTPONLY = True
X_FRAME_OPTIONS = "DENY"
if PRODUCTION:
    SECURE_SSL_REDIRECT = env.bool("SECURE_SSL_REDIRECT", default=True)
    # Who watches from within asks without TLS.
    SECURE_REDIRECT_EXEMPT = [r"^health/$"]
    SECURE_HSTS_SECONDS = env.int("SECURE_HSTS_SECONDS", default=60 * 60 * 24 * 365)
    SECURE_HSTS_INCLUDE_SUBDOMAINS = True
    SECURE_HSTS_PRELOAD = True
    SESSION_COOKIE_SECURE = True
    CSRF_COOKIE_SECURE = True
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")

# --- API -----------------------------------------------------------------------------------------
REST_FRAMEWORK = {
    "DEFAULT_AUTHENTICATION_CLASSES": [
        "rest_framework.authentication.TokenAuthentication",
        "rest_framework.authentication.SessionAuthentication",
    ],
    "DEFAULT_PERMISSION_CLASSES": ["rest_framework.permissions.IsAuthenticated"],
    "DEFAULT_RENDERER_CLASSES": ["rest_framework.renderers.JSONRenderer"],
    "DEFAULT_FILTER_BACKENDS": ["config.filters.AskedFilters"],
    "DEFAULT_PAGINATION_CLASS": "config.pagination.Pages",
    "PAGE_SIZE": 50,
    "DEFAULT_SCHEMA_CLASS": "drf_spectacular.openapi.AutoSchema",
    "DEFAULT_THROTTLE_CLASSES": [
        "rest_framework.throttling.AnonRateThrottle",
        "rest_framework.throttling.UserRateThrottle",
        "rest_framework.throttling.ScopedRateThrottle",
    ],
    "DEFAULT_THROTTLE_RATES": {
        "anon": "60/min",
        "user": "600/min",
        "submit": "30/min",
        "token": "5/min",
        # Code that visitors run, beside the API.
        "visitor": "10/min",
        # Questions of visitors, by page and by program.
        "inquiry": "5/hour",
    },
    "EXCEPTION_HANDLER": "config.api.problem",
    "NUM_PROXIES": env.int("PROXIES", default=1 if PRODUCTION else 0),
}
SPECTACULAR_SETTINGS = {
    "TITLE": "Gradus",
    "VERSION": "1",
    "SWAGGER_UI_DIST": "SIDECAR",
    "SWAGGER_UI_FAVICON_HREF": "SIDECAR",
    "SERVE_INCLUDE_SCHEMA": False,
    # Fields of one name with choices of their own.
    "ENUM_NAME_OVERRIDES": {
        "RecordingStateEnum": "courses.classroom.recordings.models.Recording.State",
        "AttendanceStatusEnum": "courses.classroom.meetings.models.Attendance.Status",
        "SessionStateEnum": "courses.sessions.models.Session.State",
        "QuestionStatusEnum": "courses.support.models.Ticket.Status",
        "SubmissionStatusEnum": "grader.submissions.models.Submission.Status",
        "ScoreStateEnum": "grader.gradebook.scores.State",
    },
}
UNFOLD = {
    "SITE_TITLE": "Gradus",
    "SITE_HEADER": "Gradus",
    "SITE_SYMBOL": "school",
    "STYLES": [lambda request: static("courses/admin.css")],
    # The accent of the site, from its lightest to its darkest.
    "COLORS": {
        "primary": {
            str(step): f"oklch({lightness} 0.09 195)"
            for step, lightness in zip(
                (50, 100, 200, 300, 400, 500, 600, 700, 800, 900, 950),
                (0.98, 0.95, 0.9, 0.84, 0.76, 0.65, 0.52, 0.46, 0.4, 0.35, 0.26),
                strict=True,
            )
        }
    },
}

# --- logs ----------------------------------------------------------------------------------------
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "%(asctime)s %(levelname)s %(name)s %(message)s"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["console"], "level": env.str("LOG_LEVEL", default="INFO")},
}
