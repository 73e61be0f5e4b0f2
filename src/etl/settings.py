"""Decide once, from options and environment, where things lie and what the limits are; nothing else reads the environment."""

from __future__ import annotations

import os
from dataclasses import dataclass
from datetime import datetime, time
from pathlib import Path
from zoneinfo import ZoneInfo

import etl
from etl.mistakes import Mistake
from etl.texts.catalogue import use_wording

CHINA = ZoneInfo("Asia/Shanghai")
SECONDS, MEGABYTES = 60, 2048
READER = "luodi_reader"
UMASK = 0o027  # of every command: files 0640, folders 0750; see etl.night.rights


@dataclass(frozen=True, slots=True)
class Settings:
    """What one command works with; `given()` fills it."""

    home: Path  # expectations/, dbt_project/: the checkout's, with what the site lays over them
    product: Path  # the checkout itself
    inbox: Path
    site: Path
    data: Path  # archive, ledger, warehouse, published/ ...
    as_of: datetime  # China time, naive
    ledger_url: str
    lang: str = "zh"
    workers: int = 2
    seconds: int = SECONDS  # for one file
    megabytes: int = MEGABYTES  # for one child process that reads
    settle: float = 2.0  # a file changed less than so many seconds ago is still being written
    accept_drop: str = ""  # who lets a night be published that lost most lines of a form, and why
    back_to: bool = False  # a night of a day before that of what is published was asked for
    plain: bool = False  # without Prefect
    notices: tuple[str, ...] = ()  # where notices go (apprise URLs); nowhere by default
    archive_copy: Path | None = None  # a second copy of the archive, kept up to date every night; damaged originals are mended from it
    check_megabytes: int = 256  # of the archive, checked every night in turn
    keep_days: int = 90  # reasons of failed nights, logs of dbt, and what Prefect noted
    group: str = ""  # who may read the data folder beside its owner; "" is the group of whoever runs luodi
    published_open: bool = False  # everybody on the machine may read what is published
    serving_url: str = ""  # the database that BI tools read; none by default
    serving_reader: str = READER  # the role in it that may read what is served
    night_megabytes: int = 0  # a night that needs more of the disk does not begin; 0 is no limit but the disk itself

    @property
    def expectations(self) -> Path:
        return self.home / "expectations"

    @property
    def archive(self) -> Path:
        return self.data / "archive"

    @property
    def staged(self) -> Path:
        return self.data / "warehouse" / "tonight.duckdb"

    @property
    def landed(self) -> Path:
        return self.data / "warehouse" / "kept.duckdb"

    @property
    def build(self) -> Path:
        return self.data / "warehouse" / "build.duckdb"

    @property
    def assessors(self) -> Path:
        return self.data / "warehouse" / "assessors"

    @property
    def published(self) -> Path:
        return self.data / "published"

    @property
    def nights(self) -> Path:
        """The account of each night."""
        return self.data / "nights"

    @property
    def replies(self) -> Path:
        return self.data / "replies"

    @property
    def drafts(self) -> Path:
        """Drafts of notices: the assessor's, not for the units."""
        return self.data / "notices"

    @property
    def issued(self) -> Path:
        """Notices as they went out, for good."""
        return self.drafts / "issued"

    @property
    def papers(self) -> Path:
        """Bulletins, rankings and the like by period, made when somebody asks for them."""
        return self.data / "papers"


def home() -> Path:
    """The checkout that holds expectations/ and dbt_project/: LUODI_HOME, else where this package lies."""
    found = Path(os.environ.get("LUODI_HOME") or Path(etl.__file__).parents[2]).resolve()
    if not (found / "expectations").is_dir():
        raise Mistake("use.no_home", found=found)
    return found


def given(
    inbox: Path | str | None = None,
    site: Path | str | None = None,
    data: Path | str | None = None,
    as_of: str | datetime | None = None,
    lang: str | None = None,
    accept_drop: str | None = None,
    plain: bool | None = None,
    back_to: bool = False,
    overlay: bool = True,
) -> Settings:
    """Settings from options, then LUODI_* variables, then defaults. Raises Mistake.

    Without a site, the folder `site` beside the inbox is taken. Without `overlay` nothing is merged, and nothing written.
    What the command writes from now on is for its user and the group alone.
    """
    os.umask(UMASK)
    root = home()
    data = _path(data or os.environ.get("LUODI_DATA") or root / "data")
    inbox = _path(inbox or os.environ.get("LUODI_INBOX") or data / "inbox")
    site = _path(site or os.environ.get("LUODI_SITE") or inbox.parent / "site")
    _worded(site)
    return Settings(
        home=overlaid_home(root, site, data) if overlay else root,
        product=root,
        inbox=inbox,
        site=site,
        data=data,
        as_of=instant(as_of),
        ledger_url=os.environ.get("LUODI_LEDGER_URL") or f"sqlite:///{data / 'ledger.db'}",
        lang=language(lang),
        workers=_whole("LUODI_WORKERS", os.cpu_count() or 2),
        seconds=_whole("LUODI_FILE_SECONDS", SECONDS),
        megabytes=_whole("LUODI_FILE_MEGABYTES", MEGABYTES),
        settle=_whole("LUODI_SETTLE_SECONDS", 2, least=0),
        accept_drop=(accept_drop or os.environ.get("LUODI_ACCEPT_DROP", "")).strip(),
        back_to=back_to,
        plain=without_prefect() if plain is None else plain,
        archive_copy=_path(copy) if (copy := os.environ.get("LUODI_ARCHIVE_COPY")) else None,
        check_megabytes=_whole("LUODI_CHECK_MEGABYTES", 256),
        keep_days=_whole("LUODI_KEEP_DAYS", 90),
        serving_url=os.environ.get("LUODI_SERVING_URL", "").strip(),
        serving_reader=os.environ.get("LUODI_SERVING_READER", "").strip() or READER,
        night_megabytes=_whole("LUODI_NIGHT_MEGABYTES", 0, least=0),
        group=_group(),
        published_open=_published_open(),
        notices=tuple(dict.fromkeys(os.environ.get("LUODI_NOTICES", "").split())),
    )


def overlaid_home(product: Path, site: Path, data: Path) -> Path:
    """The folder of contracts and models to work from. Raises Mistake where what the site lays over cannot be merged."""
    if not any((site / room).is_dir() for room in ("expectations", "dbt_project")):
        return product
    from etl.site.overlay import overlaid

    return overlaid(product, site, data)


def _worded(site: Path) -> None:
    """The site's own wording of what units and offices read. Raises Mistake where it does not fit the product's."""
    try:
        use_wording(site / "texts")
    except ValueError as wrong:
        raise Mistake("use.own_words", wrong=wrong) from None


def language(lang: str | None = None) -> str:
    """zh or en, for texts on the screen. Raises Mistake."""
    lang = lang or os.environ.get("LUODI_LANG") or "zh"
    if lang not in ("zh", "en"):
        raise Mistake("use.no_language", lang=lang)
    return lang


def instant(as_of: str | datetime | None) -> datetime:
    """The night's instant in China time: a date alone means the end of that day, None means now. Raises Mistake."""
    if as_of is None:
        return datetime.now(CHINA).replace(tzinfo=None, microsecond=0)
    if isinstance(as_of, datetime):
        return as_of
    try:
        found = datetime.fromisoformat(as_of.strip())
    except ValueError:
        raise Mistake("use.as_of", as_of=as_of) from None
    if found.tzinfo is not None:
        found = found.astimezone(CHINA).replace(tzinfo=None)
    return found if len(as_of.strip()) > 10 else datetime.combine(found.date(), time(23, 59, 59))


def without_prefect() -> bool:
    """True where nights shall run without Prefect (LUODI_PLAIN=1)."""
    return os.environ.get("LUODI_PLAIN", "") not in ("", "0")


def calm_prefect(data: Path | None = None, console: str = "WARNING") -> None:
    """Keep Prefect's files inside the data folder, its telemetry off, and its console to a level; before `import prefect`."""
    place = _path(data or os.environ.get("LUODI_DATA") or home() / "data") / "prefect"
    place.mkdir(parents=True, exist_ok=True)
    for key, value in {
        "PREFECT_HOME": str(place),
        "DO_NOT_TRACK": "1",
        "PREFECT_SERVER_ANALYTICS_ENABLED": "false",
        "PREFECT_SERVER_EPHEMERAL_STARTUP_TIMEOUT_SECONDS": "120",
        "PREFECT_LOGGING_LEVEL": "WARNING",
        "PREFECT_LOGGING_HANDLERS_CONSOLE_LEVEL": console,
        "PREFECT_LOGGING_SERVER_LEVEL": "ERROR",
        "PREFECT_RESULTS_PERSIST_BY_DEFAULT": "false",
        "PREFECT_CLI_PROMPT": "false",
    }.items():
        os.environ.setdefault(key, value)


def _group() -> str:
    """LUODI_GROUP. Raises Mistake where the machine does not know it."""
    name = os.environ.get("LUODI_GROUP", "").strip()
    if name:
        import grp

        try:
            grp.getgrnam(name)
        except KeyError:
            raise Mistake("use.no_group", group=name) from None
    return name


def _published_open() -> bool:
    """LUODI_PUBLISHED: `group` (the default) or `all`. Raises Mistake."""
    who = os.environ.get("LUODI_PUBLISHED", "").strip() or "group"
    if who not in ("group", "all"):
        raise Mistake("use.no_readers", given=who)
    return who == "all"


def _path(value: Path | str) -> Path:
    return Path(value).expanduser().absolute()


def _whole(name: str, default: int, least: int = 1) -> int:
    value = os.environ.get(name)
    if not value:
        return default
    if not value.isascii() or not value.isdigit() or int(value) < least:
        raise Mistake("use.no_whole_number", name=name, value=value, least=least)
    return int(value)
