"""The configuration, read once by an edge and handed in as an argument.

Names are those of the environment; a file ``settings.env`` in the data folder may hold the same
names, one ``NAME=value`` a line. The environment wins over the file.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

from drafter.errors import SettingsError

FILE_NAME = "settings.env"


@dataclass(frozen=True, slots=True)
class Settings:
    """All settings. ``repr`` never shows the key.

    Times are seconds; ``token_budget`` 0 means no limit; ``concurrency`` is calls at once.
    """

    home: Path
    base_url: str = ""
    api_key: str = ""
    model: str = ""
    sealed: bool = False
    concurrency: int = 4
    connect_timeout: float = 10.0
    first_token_timeout: float = 60.0
    stall_timeout: float = 30.0
    token_budget: int = 0
    database_url: str = ""
    host: str = "127.0.0.1"
    port: int = 7860
    accounts_file: str = ""
    user_header: str = ""
    samples_dir: str = ""
    layout_profile: str = ""
    wording_calendar: str = ""

    @property
    def has_model(self) -> bool:
        """Tell whether an endpoint is configured."""
        return bool(self.model and (self.base_url or self.api_key))

    def __repr__(self) -> str:
        return f"Settings(home={str(self.home)!r}, model={self.model!r})"


_NAMES = {
    "OPENAI_BASE_URL": "base_url",
    "OPENAI_API_KEY": "api_key",
    "DRAFTER_MODEL": "model",
    "DRAFTER_SEALED": "sealed",
    "DRAFTER_CONCURRENCY": "concurrency",
    "DRAFTER_CONNECT_TIMEOUT": "connect_timeout",
    "DRAFTER_FIRST_TOKEN_TIMEOUT": "first_token_timeout",
    "DRAFTER_STALL_TIMEOUT": "stall_timeout",
    "DRAFTER_TOKEN_BUDGET": "token_budget",
    "DRAFTER_DATABASE_URL": "database_url",
    "DRAFTER_HOST": "host",
    "DRAFTER_PORT": "port",
    "DRAFTER_ACCOUNTS": "accounts_file",
    "DRAFTER_USER_HEADER": "user_header",
    "DRAFTER_SAMPLES": "samples_dir",
    "DRAFTER_LAYOUT": "layout_profile",
    "DRAFTER_WORDING": "wording_calendar",
}
_TRUE = {"1", "true", "yes", "on", "是"}
_FALSE = {"", "0", "false", "no", "off", "否"}
_LIMITS: dict[str, tuple[float, float]] = {
    "concurrency": (1, 256),
    "connect_timeout": (0.1, 600),
    "first_token_timeout": (0.1, 3600),
    "stall_timeout": (0.1, 3600),
    "token_budget": (0, 10**12),
    "port": (0, 65535),
}


def default_home() -> Path:
    """Return the platform's folder for this user's data."""
    from platformdirs import user_data_path  # noqa: PLC0415 - keeps the core's start fast

    return user_data_path("township-drafter", appauthor=False)


def read_settings(environment: Mapping[str, str]) -> Settings:
    """Read the settings from the environment and the settings file.

    Raises SettingsError naming the setting, where a value cannot be used.
    """
    home = Path(environment["DRAFTER_HOME"]) if environment.get("DRAFTER_HOME") else default_home()
    return parse_settings(home, _read_file(home / FILE_NAME), environment)


def parse_settings(home: Path, text: str, environment: Mapping[str, str]) -> Settings:
    """Make Settings from the file's text and the environment; the environment wins."""
    raw = {**_parse_lines(text), **{k: v for k, v in environment.items() if k in _NAMES}}
    values = {_NAMES[name]: _convert(name, value.strip()) for name, value in raw.items()}
    settings = Settings(home=home, **values)  # type: ignore[arg-type]
    _check_url(settings.base_url)
    return settings


def _read_file(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8-sig")
    except FileNotFoundError:
        return ""
    except (OSError, UnicodeDecodeError) as error:
        raise SettingsError(f"设置文件“{path.name}”读不出来，请存为 UTF-8 文本后重试。") from error


def _parse_lines(text: str) -> dict[str, str]:
    found: dict[str, str] = {}
    for number, line in enumerate(text.splitlines(), 1):
        if not line.strip() or line.lstrip().startswith("#"):
            continue
        name, equals, value = line.partition("=")
        if not equals or name.strip() not in _NAMES:
            known = "、".join(_NAMES)
            raise SettingsError(
                f"设置文件第{number}行看不懂；每行应为“名称=值”，名称可用：{known}。"
            )
        found[name.strip()] = value.strip().strip("\"'")
    return found


def _convert(name: str, value: str) -> object:
    attribute = _NAMES[name]
    if attribute == "sealed":
        return _boolean(name, value)
    if attribute in _LIMITS:
        return _number(name, value, attribute)
    return value


def _boolean(name: str, value: str) -> bool:
    if value.lower() in _TRUE | _FALSE:
        return value.lower() in _TRUE
    raise SettingsError(f"设置 {name} 应为 1（是）或 0（否），现在是“{value}”。")


def _number(name: str, value: str, attribute: str) -> float | int:
    low, high = _LIMITS[attribute]
    convert = float if attribute.endswith("timeout") else int
    try:
        number = convert(value)
    except ValueError:
        number = convert(-1)
    if not low <= number <= high:
        raise SettingsError(f"设置 {name} 应在 {low:g} 与 {high:g} 之间，现在是“{value}”。")
    return number


def _check_url(url: str) -> None:
    if not url:
        return
    parts = urlsplit(url)
    if parts.scheme not in {"http", "https"} or not parts.hostname:
        raise SettingsError(
            f"模型地址 OPENAI_BASE_URL 应以 http:// 或 https:// 开头，现在是“{url}”。"
        )
    if parts.username or parts.password:
        raise SettingsError(
            "模型地址 OPENAI_BASE_URL 里不要写用户名和密码，密钥请写在 OPENAI_API_KEY。"
        )
