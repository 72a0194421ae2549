"""Django settings. Every value that a place may change comes from the environment (docs/how/settings.md)."""

from __future__ import annotations

import os
import sys
from datetime import date
from pathlib import Path

from csp.constants import NONE, SELF

from yimen.config.environment import data_dir, database, flag, folders, kept_keys, kept_secret
from yimen.law import calendar

PACKAGE = Path(__file__).resolve().parent.parent
YIMEN_TESTING = "pytest" in sys.modules
YIMEN_DATA = data_dir()
YIMEN_DEMO = flag("YIMEN_DEMO")
YIMEN_FILES_DIR = YIMEN_DATA / "files"
YIMEN_GATEWAY_DIR = Path(os.environ.get("YIMEN_GATEWAY_DIR") or YIMEN_DATA / "gateway")
YIMEN_GATEWAY_ACCOUNT = os.environ.get("YIMEN_GATEWAY_ACCOUNT") or ("check" if YIMEN_DEMO else "")
# A place's own forms of papers and the fonts they need (docs/how/papers.md).
FORM_DIRS = folders("YIMEN_FORM_DIRS")
FORM_FONT_DIRS = folders("YIMEN_FORM_FONT_DIRS")
YIMEN_KEYS, YIMEN_CURRENT_KEY = kept_keys(YIMEN_DATA)
YIMEN_DISTRICT = os.environ.get("YIMEN_DISTRICT") or ("990101" if YIMEN_DEMO or YIMEN_TESTING else "")
YIMEN_DEMO_SHOWN = ("qh-jb1", "qh-fz", "qh-c1", "check", "visit", "decide", "watch", "audit", "by-fz")

# A pinned day is for the demo only; `yimen check` refuses it anywhere else.
YIMEN_TODAY = os.environ.get("YIMEN_TODAY", "")
if YIMEN_TODAY and YIMEN_DEMO:
    calendar.pin_today(date.fromisoformat(YIMEN_TODAY))

DEBUG = False
SECRET_KEY = kept_secret(YIMEN_DATA, "secret_key")
ALLOWED_HOSTS = [host for host in os.environ.get("YIMEN_HOSTS", "127.0.0.1,localhost,[::1]").split(",") if host]
CSRF_TRUSTED_ORIGINS = [origin for origin in os.environ.get("YIMEN_ORIGINS", "").split(",") if origin]

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django_htmx",
    "csp",
    "axes",
    "yimen.base.record",
    "yimen.base.offices",
    "yimen.base.figures",
    "yimen.base.files",
    "yimen.base.clocks",
    "yimen.base.papers",
    "yimen.base.jobs",
    "yimen.base.access",
    "yimen.base.powers",
    "yimen.base.exports",
    "yimen.casework.households",
    "yimen.casework.applications",
    "yimen.casework.verification",
    "yimen.casework.investigation",
    "yimen.casework.decisions",
    "yimen.casework.awards",
    "yimen.casework.payments",
    "yimen.casework.monthclose",
    "yimen.gateways.provincial",
    "yimen.gateways.ledgers",
    "yimen.gateways.platform",
    "yimen.desks.shared",
    "yimen.desks.public",
    "yimen.demo",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.middleware.gzip.GZipMiddleware",
    "yimen.desks.shared.middleware.RequestNumber",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "yimen.desks.shared.middleware.KeepExpiredForm",
    "yimen.desks.shared.middleware.SessionLimits",
    "yimen.desks.shared.middleware.NoStore",
    "yimen.desks.shared.middleware.Refusals",
    "axes.middleware.AxesMiddleware",
]

ROOT_URLCONF = "yimen.config.urls"
WSGI_APPLICATION = "yimen.config.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.messages.context_processors.messages",
                "yimen.desks.shared.context.page",
            ],
        },
    }
]

DATABASES = {"default": database(YIMEN_DATA)}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

AUTH_USER_MODEL = "offices.Account"
AUTHENTICATION_BACKENDS = ["axes.backends.AxesStandaloneBackend", "django.contrib.auth.backends.ModelBackend"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
if YIMEN_TESTING:
    PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
LOGIN_URL = "login"
LOGIN_REDIRECT_URL = "home"
AXES_FAILURE_LIMIT = 5
AXES_COOLOFF_TIME = 0.25
AXES_LOCKOUT_PARAMETERS = [["username"]]
AXES_RESET_ON_SUCCESS = True
AXES_VERBOSE = False
AXES_ENABLE_ACCESS_FAILURE_LOG = False
AXES_LOCKOUT_TEMPLATE = "shared/locked.html"

# K37: 15 minutes idle, 12 hours in all (the second in desks.shared.middleware.SessionLimits).
SESSION_COOKIE_AGE = 15 * 60
SESSION_SAVE_EVERY_REQUEST = False  # once a minute, by SessionLimits
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_HTTPONLY = True
CSRF_FAILURE_VIEW = "yimen.desks.shared.views.csrf_failed"
YIMEN_TLS = flag("YIMEN_TLS", default=not (YIMEN_DEMO or YIMEN_TESTING))
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = SECURE_SSL_REDIRECT = YIMEN_TLS
if YIMEN_TLS:
    SESSION_COOKIE_NAME, CSRF_COOKIE_NAME = "__Host-session", "__Host-csrf"
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    SECURE_HSTS_SECONDS = 31_536_000
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "object-src": [NONE],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
        "form-action": [SELF],
    }
}
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"
DATA_UPLOAD_MAX_MEMORY_SIZE = 6 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 6000
FILE_UPLOAD_MAX_MEMORY_SIZE = 1024 * 1024

LANGUAGE_CODE = "zh-hans"
USE_I18N = True
USE_TZ = True
TIME_ZONE = "Asia/Shanghai"
STATIC_URL = "/static/"
STATIC_ROOT = YIMEN_DATA / "static"
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = False

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "line": {"()": "yimen.config.logs.Masking", "format": "%(asctime)s %(levelname)s %(name)s %(message)s"}
    },
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["stderr"], "level": "WARNING"},
}
