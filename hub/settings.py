"""Settings of the hub: one file, every difference between machines read from the environment.

`HUB_ENV` is `dev` (default), `test` or `production`. In production a missing secret stops the start with a
message that names it; in dev everything has a default that works on one machine with nothing beside it.
"""

import secrets
from pathlib import Path

import environ
from csp.constants import NONE, SELF
from django.core.exceptions import ImproperlyConfigured

from hub.production import unsafe
from hub.promises import *  # noqa: F403
from hub.rooms import *  # noqa: F403

BASE_DIR = Path(__file__).resolve().parent.parent
env = environ.Env()

HUB_ENV = env("HUB_ENV", default="dev")
if HUB_ENV not in {"dev", "test", "production"}:
    raise ImproperlyConfigured(f"HUB_ENV is {HUB_ENV!r}; it must be dev, test or production.")
PRODUCTION = HUB_ENV == "production"

# Everything that the running hub writes lies under one folder, so that it can be kept, moved or thrown away whole.
HUB_DATA = Path(env("HUB_DATA", default=str(BASE_DIR / "var"))).resolve()
HUB_DATA.mkdir(parents=True, exist_ok=True)


def required_in_production(name: str, default: str) -> str:
    """The variable, or `default` on a developer's machine.

    Raises `ImproperlyConfigured` when it is missing in production.
    """
    if PRODUCTION and not env(name, default=""):
        raise ImproperlyConfigured(f"{name} must be set in production. `.env.example` says what it is.")
    return env(name, default=default) or default


def kept_secret_key() -> str:
    """A random key made once and kept beside the data, so that a restart does not sign everybody out."""
    path = HUB_DATA / "secret-key"
    if not path.exists():
        path.touch(mode=0o600)
        path.write_text(secrets.token_urlsafe(50))
    return path.read_text().strip()


SECRET_KEY = required_in_production("SECRET_KEY", "") or kept_secret_key()
# Former keys: what was signed or sealed under them can still be read while the key is changed.
SECRET_KEY_FALLBACKS = [key for key in env("SECRET_KEY_FALLBACKS", default="").split(",") if key]
DEBUG = env.bool("DEBUG", default=False) and not PRODUCTION
ALLOWED_HOSTS = [
    host for host in required_in_production("ALLOWED_HOSTS", "localhost,127.0.0.1,[::1],testserver").split(",") if host
]
BASE_URL = required_in_production("BASE_URL", "http://127.0.0.1:8000")
WAGTAILADMIN_BASE_URL = BASE_URL
CSRF_TRUSTED_ORIGINS = [BASE_URL] if BASE_URL.startswith("https://") else []

INSTALLED_APPS = [
    # Rooms of the hub, from the ground up.
    "practice",
    "people.apps.PeopleConfig",
    "people.apps.HubUsersConfig",
    "assets.apps.AssetsConfig",
    "notices",
    "language",
    "pages",
    "learning",
    "feedback",
    "toolkits",
    "research",
    "champions",
    "events.apps.EventsConfig",
    "guidance",
    "stories",
    "search.apps.SearchConfig",
    "insight",
    "home",
    "demo",
    "wagtail.contrib.redirects",
    "wagtail.contrib.routable_page",
    "wagtail.contrib.settings",
    "wagtail.sites",
    "wagtail.documents",
    "wagtail.images",
    "wagtail.embeds",
    "wagtail.snippets",
    "wagtail.search",
    "wagtail.admin",
    "wagtail",
    "modelcluster",
    "taggit",
    "django_filters",
    "allauth",
    "allauth.account",
    "csp",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "django.contrib.humanize",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    # A list of tools is 60 kB of HTML and 8 kB on the way. Django pads it, so that no secret is guessed by its length.
    "django.middleware.gzip.GZipMiddleware",
    "hub.middleware.SafeAddressMiddleware",
    "hub.middleware.BackToTheFormMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "people.signing_in.staying_in.StayingInMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "pages.reading.request_hub.RequestHubMiddleware",
    "hub.middleware.SignInMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "csp.middleware.CSPMiddleware",
    "pages.visibility.old_addresses.OldAddressMiddleware",
]

ROOT_URLCONF = "hub.urls"
WSGI_APPLICATION = "hub.wsgi.application"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "pages.reading.request_hub.hub",
            ],
        },
    },
]

# Database. SQLite must take the write lock when a transaction begins (IMMEDIATE): with the default, 549 of 600
# sign-ups at once failed with "database is locked".
DATABASES = {"default": env.db("DATABASE_URL", default=f"sqlite:///{HUB_DATA / 'hub.sqlite3'}")}
ON_SQLITE = DATABASES["default"]["ENGINE"].endswith("sqlite3")
# Whoever presses "book" waits at most so long for their turn, and is told then that no place was taken.
HUB_TURN_SECONDS = 8
if ON_SQLITE:
    DATABASES["default"]["OPTIONS"] = {
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL;",
    }
    DATABASES["default"]["CONN_MAX_AGE"] = None
else:
    INSTALLED_APPS.append("django.contrib.postgres")
    DATABASES["default"]["CONN_HEALTH_CHECKS"] = True
    # Nobody waits longer for a row that somebody else holds; the gate tries once more and then says so.
    DATABASES["default"]["OPTIONS"] = {"options": "-c lock_timeout=3s"}
    # The pool outlives a restart of the database; test databases come and go too fast for it.
    if HUB_ENV != "test":
        # Left to itself the pool stops at four connections, and the fifth person waits.
        DATABASES["default"]["OPTIONS"] |= {
            "pool": {"min_size": 2, "max_size": env.int("DATABASE_CONNECTIONS", default=20), "timeout": 10}
        }

# Sign-in throttles count in the default cache, so every process must share it; what is drawn is kept by each process
# for itself, under keys that change with the content (see practice/editions.py).
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "hub_cache",
        # The default of 300 is fewer than the people who check in at nine: throttles would be forgotten.
        "OPTIONS": {"MAX_ENTRIES": 20_000},
    },
    "template_fragments": {
        "BACKEND": "django.core.cache.backends.locmem.LocMemCache",
        "LOCATION": "fragments",
        "OPTIONS": {"MAX_ENTRIES": 3000},
    },
    "renditions": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache", "LOCATION": "renditions"},
}

# Who and how people sign in.
AUTH_USER_MODEL = "people.User"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/"
LOGOUT_REDIRECT_URL = "account_login"
ACCOUNT_ADAPTER = "people.signing_in.doors.HubAccountAdapter"
ACCOUNT_FORMS = {
    "login": "people.signing_in.forms.SignInForm",
    "reset_password": "people.signing_in.forms.ForgottenPasswordForm",
}
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_LOGOUT_ON_GET = False
ACCOUNT_EMAIL_NOTIFICATIONS = False
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
ACCOUNT_LOGOUT_REDIRECT_URL = "account_login"
ACCOUNT_DEFAULT_HTTP_PROTOCOL = "https" if BASE_URL.startswith("https") else "http"
ACCOUNT_RATE_LIMITS = {
    "login": "120/m/ip",
    "login_failed": "10/m/ip,5/5m/key",
    "reset_password": "20/m/ip,5/m/key",
    "reset_password_from_key": "20/m/ip",
    "change_password": "5/m/user",
}
# After the last thing that somebody did; renewed while they work (people/signing_in/staying_in.py).
SESSION_COOKIE_AGE = 8 * 60 * 60
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_FAILURE_VIEW = "people.signing_in.doors.csrf_failed"
CSRF_COOKIE_HTTPONLY = True
CSRF_COOKIE_SAMESITE = "Lax"
PASSWORD_RESET_TIMEOUT = 60 * 60
if HUB_ENV == "test":
    # Quick, and able to check a password that was stored in dev.
    PASSWORD_HASHERS = [
        "django.contrib.auth.hashers.MD5PasswordHasher",
        "django.contrib.auth.hashers.PBKDF2PasswordHasher",
    ]

# Mail goes to the outbox first (notices/outbox.py); EMAIL_URL says where the outbox is emptied to.
EMAIL_BACKEND = "notices.backend.OutboxEmailBackend"
MAIL_SERVER = env.email_url_config(required_in_production("EMAIL_URL", f"filemail://{HUB_DATA / 'mail'}"))
# The address `filemail:///srv/mail` loses its first slash on the way.
MAIL_SERVER["EMAIL_FILE_PATH"] = f"/{MAIL_SERVER['EMAIL_FILE_PATH'].lstrip('/')}"
DEFAULT_FROM_EMAIL = env("DEFAULT_FROM_EMAIL", default="Strengths Hub <hub@hub.example>")
SERVER_EMAIL = DEFAULT_FROM_EMAIL

LANGUAGE_CODE = "en-gb"
TIME_ZONE = "Europe/London"
USE_I18N = True
USE_TZ = True

# Files. Static files are one tree of compressed, hashed names; media is private and served by assets/views.py.
STATIC_URL = "/static/"
STATICFILES_DIRS = [BASE_DIR / "static"]
STATIC_ROOT = HUB_DATA / "static"
MEDIA_URL = "/media/"
MEDIA_ROOT = HUB_DATA / "media"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if DEBUG or HUB_ENV == "test"
        else "hub.storage.HubStaticFilesStorage"
    },
}
WHITENOISE_USE_FINDERS = HUB_ENV == "test" or DEBUG
WHITENOISE_AUTOREFRESH = DEBUG
WHITENOISE_MAX_AGE = 60

# Wagtail.
WAGTAIL_SITE_NAME = "Strengths Hub"
WAGTAIL_PAGE_MODEL = "pages.HubPage"
WAGTAILIMAGES_IMAGE_MODEL = "assets.HubImage"
WAGTAILIMAGES_IMAGE_FORM_BASE = "assets.forms.HubImageForm"
WAGTAILDOCS_DOCUMENT_MODEL = "assets.HubDocument"
WAGTAILDOCS_DOCUMENT_FORM_BASE = "assets.forms.HubDocumentForm"
WAGTAILDOCS_SERVE_METHOD = "serve_view"
WAGTAILDOCS_EXTENSIONS = ["pdf", "docx", "pptx", "xlsx", "odt", "txt", "csv", "mp3", "mp4", "webm", "vtt"]
# For films; documents have less (assets/forms.py).
WAGTAILDOCS_MAX_UPLOAD_SIZE = 200 * 1024 * 1024
WAGTAILIMAGES_MAX_UPLOAD_SIZE = 10 * 1024 * 1024
WAGTAILIMAGES_MAX_IMAGE_PIXELS = 40_000_000
# Phones' pictures (HEIC) become JPEG at the door (assets/pictures.py).
WAGTAILIMAGES_EXTENSIONS = ["avif", "gif", "heic", "heif", "jpg", "jpeg", "png", "webp"]
# Wagtail's own search, mended. A rebuild in one transaction would hold up everybody who publishes.
WAGTAILSEARCH_BACKENDS = {
    "default": {
        "BACKEND": f"search.backends.{'sqlite' if ON_SQLITE else 'postgres'}",
        "ATOMIC_REBUILD": False,
        "SEARCH_CONFIG": "english",
    }
}
# A search server for what readers search, where there is one; without it the database does it.
ELASTICSEARCH_URL = env("ELASTICSEARCH_URL", default="")
ELASTICSEARCH_INDEX = env("ELASTICSEARCH_INDEX", default="strengths-hub")
# Finding by meaning as well as by words, with the extra of requirements-semantic.txt.
HUB_MEANING = env.bool("HUB_MEANING", default=False)
# The door that tells a signed-in person without editing rights so, instead of sending them to sign in again for ever.
WAGTAILADMIN_LOGIN_URL = "/admin/login/"
WAGTAIL_FRONTEND_LOGIN_URL = "/accounts/login/"
WAGTAIL_PASSWORD_MANAGEMENT_ENABLED = False
WAGTAIL_PASSWORD_RESET_ENABLED = False
WAGTAIL_EMAIL_MANAGEMENT_ENABLED = False
WAGTAIL_PRIVATE_PAGE_OPTIONS = {"SHARED_PASSWORD": False}
WAGTAILDOCS_PRIVATE_COLLECTION_OPTIONS = {"SHARED_PASSWORD": False}
WAGTAIL_AUTOSAVE_INTERVAL = 2000
WAGTAIL_I18N_ENABLED = False
WAGTAIL_CONTENT_LANGUAGES = [("en-gb", "English")]
# Three parts of the admin would otherwise call out to other hosts.
WAGTAIL_GRAVATAR_PROVIDER_URL = None
WAGTAIL_ENABLE_UPDATE_CHECK = False
WAGTAIL_ENABLE_WHATS_NEW_BANNER = False
TAGGIT_CASE_INSENSITIVE = True
DATA_UPLOAD_MAX_NUMBER_FIELDS = 10_000

# Headers. The public side runs no inline script or style at all; Wagtail's admin needs both still.
# Wagtail lets its own previews be framed by its own pages.
X_FRAME_OPTIONS = "DENY"
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
PUBLIC_CSP = {
    "default-src": [SELF],
    "base-uri": [NONE],
    "object-src": [NONE],
    # Wagtail shows a draft in a frame of its own page.
    "frame-ancestors": [SELF],
    "form-action": [SELF],
}
CONTENT_SECURITY_POLICY = {"EXCLUDE_URL_PREFIXES": ["/admin/"], "DIRECTIVES": PUBLIC_CSP}
if PRODUCTION:
    SECURE_SSL_REDIRECT = True
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    SECURE_HSTS_SECONDS = 365 * 24 * 60 * 60
    SECURE_HSTS_INCLUDE_SUBDOMAINS = True
    SECURE_HSTS_PRELOAD = True
    SESSION_COOKIE_SECURE = True
    CSRF_COOKIE_SECURE = True
    SESSION_COOKIE_NAME = "__Host-session"
    CSRF_COOKIE_NAME = "__Host-csrf"
    ALLAUTH_TRUSTED_PROXY_COUNT = env.int("TRUSTED_PROXY_COUNT", default=1)

if PRODUCTION and (
    wrong := list(
        unsafe(
            secret_key=SECRET_KEY,
            allowed_hosts=ALLOWED_HOSTS,
            base_url=BASE_URL,
            mail_backend=MAIL_SERVER["EMAIL_BACKEND"],
        )
    )
):
    raise ImproperlyConfigured("The hub does not start in production like this. " + " ".join(wrong))

HUB_DEMO_PASSWORD = env("HUB_DEMO_PASSWORD", default="strength-to-strength")

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"plain": {"format": "{levelname} {name}: {message}", "style": "{"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "plain"}},
    "root": {"handlers": ["console"], "level": "WARNING"},
    # Who took a list along, or looked at what people asked for: said although nothing is wrong
    # (events/attendance/audit.py).
    "loggers": {"hub.audit": {"level": "INFO"}},
}
