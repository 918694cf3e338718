"""The shape of the configuration.  It holds no defaults: those stand in `config.yaml` alone."""

from __future__ import annotations

from importlib.util import find_spec
from typing import Annotated, Literal

from pydantic import AfterValidator, BaseModel, ConfigDict, Field

from rotascope.errors import UsageError
from rotascope.zones import zone_named
from rotascope_models.devices import DEVICES, Backend, Precision, is_device


class _Section(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", strict=True, allow_inf_nan=False)


def _device(name: str) -> str:
    if not is_device(name):
        raise ValueError(f"expected {DEVICES}")
    return name


def _web(url: str) -> str:
    if not url.lower().startswith(("http://", "https://")):
        raise ValueError("expected a URL that begins with http:// or https://")
    return url


def _proxy(url: str) -> str:
    if url.lower().startswith(("socks5://", "socks5h://")) and find_spec("socksio"):
        return url  # httpx speaks it where that package is there
    return _web(url)


def _header(text: str) -> str:
    if not (text.isascii() and text.isprintable()):
        raise ValueError("expected plain ASCII, since it is sent as a header")
    return text


def _language(code: str) -> str:
    if not (len(code) == 2 and code.isascii() and code.isalpha()):
        raise ValueError("expected a code of two letters (ISO 639-1), such as en")
    return code.lower()


def _zone(name: str) -> str:
    try:
        zone_named(name)
    except UsageError as exc:
        raise ValueError(str(exc)) from exc
    return name


Text = Annotated[str, Field(min_length=1)]
Web = Annotated[str, AfterValidator(_web)]
Proxy = Annotated[str, AfterValidator(_proxy)]
Header = Annotated[str, Field(min_length=1), AfterValidator(_header)]
Language = Annotated[str, AfterValidator(_language)]
Device = Annotated[str, AfterValidator(_device)]
Count = Annotated[int, Field(ge=0)]
AtLeastOne = Annotated[int, Field(ge=1)]
Seconds = Annotated[float, Field(gt=0)]


class StoreSettings(_Section):
    """Where articles and analyses are kept."""

    url: Text | None
    keep_text: bool


class FeedSettings(_Section):
    """One feed; its name and publisher may be left out."""

    url: Web
    name: str = ""
    publisher: str = ""


class FetchSettings(_Section):
    """How feeds and pages are fetched: the fields of `rotascope_feeds.options.FetchOptions`."""

    user_agent: Header
    timeout_seconds: Seconds
    total_seconds: Seconds
    round_seconds: Seconds
    retries: Count
    max_wait_seconds: Annotated[float, Field(ge=0)]
    max_bytes: Annotated[int, Field(ge=1024)]
    max_redirects: Count
    connections: AtLeastOne
    connections_per_host: AtLeastOne
    delay_seconds: Annotated[float, Field(ge=0)]
    pages: bool
    pages_per_feed: AtLeastOne
    robots: bool
    proxy: Proxy | None
    allow_private_hosts: tuple[Text, ...]
    languages: tuple[Language, ...]


class ModelSettings(_Section):
    """The sentiment model."""

    name: Text
    backend: Backend
    device: Device
    precision: Precision
    threads: Count


class CompanySettings(_Section):
    """A listing to add or to change; see `rotascope_nlp.user.UserCompany`."""

    symbol: Text
    name: Text | None = None
    aliases: tuple[Text, ...] = ()
    sector: Text | None = None


class NamesSettings(_Section):
    """The user's own companies."""

    companies: tuple[CompanySettings, ...]


class GroupSettings(_Section):
    """Words that name a group, and symbols that belong to it."""

    words: tuple[Text, ...] = ()
    symbols: tuple[Text, ...] = ()


class SeriesSettings(_Section):
    """How articles become a series."""

    freq: Literal["H", "S", "D", "W", "M"]
    timezone: Annotated[Text, AfterValidator(_zone)]
    calendar: Text | None
    confidence: Annotated[float, Field(ge=0, le=1)]
    half_life_days: Annotated[float, Field(gt=0)]
    shrinkage: Annotated[float, Field(ge=0)]
    level_prior: Annotated[float, Field(ge=0)]
    min_count: AtLeastOne
    window: AtLeastOne
    min_periods: AtLeastOne
    momentum: AtLeastOne
    revision: Annotated[str, Field(pattern=r"^(auto|mixed|[0-9a-f]{12})$")]


class ReportSettings(_Section):
    """The HTML report."""

    title: str


class Settings(_Section):
    """The configuration in force."""

    store: StoreSettings
    feeds: tuple[FeedSettings, ...]
    fetch: FetchSettings
    model: ModelSettings
    names: NamesSettings
    groups: dict[str, GroupSettings]
    series: SeriesSettings
    report: ReportSettings
