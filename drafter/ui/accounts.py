"""Who a user is: an accounts file with scrypt hashes, an upstream's header, or this machine's user.

The accounts file has one ``name:hash`` a line, ``name:hash:admin`` for an administrator; run this
module with FILE NAME [--admin] to add one.
"""

from __future__ import annotations

import base64
import getpass
import hashlib
import hmac
import secrets
import sys
import threading
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

from drafter.errors import SettingsError

N, R, P = 2**14, 8, 1
"""scrypt's cost: 16 MB and some 50 ms a try (RFC 7914, OWASP's lower setting)."""
TRIES = 5
LOCK_SECONDS = 300.0
MAX_NAME, MAX_PASSWORD = 60, 200
LOCAL_USER = "本机用户"
ADMIN = "admin"


def hash_password(password: str, salt: bytes | None = None) -> str:
    """Return ``scrypt$n$r$p$salt$hash`` of a password."""
    salt = secrets.token_bytes(16) if salt is None else salt
    digest = hashlib.scrypt(password.encode(), salt=salt, n=N, r=R, p=P)
    parts = (base64.b64encode(raw).decode() for raw in (salt, digest))
    return "$".join(("scrypt", str(N), str(R), str(P), *parts))


def is_password(password: str, stored: str) -> bool:
    """Tell whether a password has this hash; compares in constant time."""
    try:
        kind, n, r, p, salt, digest = stored.split("$")
        wanted = base64.b64decode(digest)
        found = hashlib.scrypt(
            password.encode(), salt=base64.b64decode(salt), n=int(n), r=int(r), p=int(p)
        )
    except ValueError:
        return False
    return kind == "scrypt" and hmac.compare_digest(found, wanted)


@dataclass(frozen=True, slots=True)
class Accounts:
    """The hashes by name, and the names of the administrators."""

    hashes: Mapping[str, str]
    admins: frozenset[str] = frozenset()


def parse_accounts(text: str) -> Accounts:
    """Read ``name:hash`` and ``name:hash:admin`` lines. Raises SettingsError naming the line."""
    hashes, admins = {}, set()
    for number, line in enumerate(text.splitlines(), 1):
        if not line.strip() or line.startswith("#"):
            continue
        name, _, rest = line.strip().partition(":")
        stored, _, role = rest.partition(":")
        usable = name and len(name) <= MAX_NAME and stored.count("$") == 5
        if not usable or role not in ("", ADMIN):
            raise SettingsError(
                f"账号文件第{number}行看不懂：每行应为“用户名:密码散列”，管理员在后面加“:{ADMIN}”"
            )
        hashes[name] = stored
        if role:
            admins.add(name)
    return Accounts(hashes, frozenset(admins))


def read_accounts(path: Path) -> Accounts:
    """Read the accounts file. Raises SettingsError."""
    try:
        return parse_accounts(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError) as error:
        raise SettingsError(f"账号文件“{path.name}”读不出来：请检查路径和编码") from error


class Door:
    """Checks names and passwords; after five wrong tries from a place it stays shut for a while."""

    def __init__(
        self, accounts: Mapping[str, str], clock: Callable[[], float] = time.monotonic
    ) -> None:
        self._accounts = accounts
        self._clock = clock
        self._wrong: dict[str, list[float]] = {}
        self._lock = threading.Lock()
        self._nobody = hash_password(secrets.token_hex(8))

    def locked(self, *keys: str) -> bool:
        """Tell whether one of these (a name, an address) is locked now."""
        now = self._clock()
        with self._lock:
            for key in keys:
                recent = [t for t in self._wrong.get(key, []) if now - t < LOCK_SECONDS]
                self._wrong[key] = recent
            return any(len(self._wrong[key]) >= TRIES for key in keys)

    def enter(self, name: str, password: str, address: str) -> bool:
        """Tell whether name and password are right and nothing is locked.

        An unknown name costs as much time as a known one.
        """
        keys = (f"n:{name[:MAX_NAME]}", f"a:{address}")
        if self.locked(*keys) or len(password) > MAX_PASSWORD:
            return False
        if is_password(password, self._accounts.get(name, self._nobody)) and name in self._accounts:
            with self._lock:
                self._wrong.pop(keys[0], None)
            return True
        with self._lock:
            for key in keys:
                self._wrong.setdefault(key, []).append(self._clock())
        return False


def main(arguments: list[str]) -> int:
    """Add an account to a file: asks for the password twice."""
    role = f":{ADMIN}" if "--admin" in arguments else ""
    arguments = [argument for argument in arguments if argument != "--admin"]
    if len(arguments) != 2:
        sys.stderr.write("用法：python -m drafter.ui.accounts 账号文件 用户名 [--admin]\n")
        return 2
    path, name = Path(arguments[0]), arguments[1]
    password = getpass.getpass("密码：")
    if len(password) < 8 or password != getpass.getpass("再输一次："):
        sys.stderr.write("没有添加：密码至少8位，两次要一致\n")
        return 2
    lines = path.read_text(encoding="utf-8").splitlines() if path.exists() else []
    kept = [line for line in lines if line.partition(":")[0] != name]
    path.write_text(
        "\n".join([*kept, f"{name}:{hash_password(password)}{role}", ""]), encoding="utf-8"
    )
    path.chmod(0o600)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
