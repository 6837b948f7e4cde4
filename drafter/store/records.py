"""Lossless JSON for frozen records: ``decode(type, encode(record)) == record``.

Generic over dataclasses: what a field holds is read from its annotation, so a new field or record
needs nothing here. A field that is missing in old JSON takes its default; an unknown one is an
error, since to drop it would lose what a newer program wrote.
"""

from __future__ import annotations

import json
import sys
import types
from collections.abc import Iterable, Mapping
from dataclasses import fields, is_dataclass
from decimal import Decimal
from functools import cache
from typing import Any, Literal, TypeVar, Union, get_args, get_origin, get_type_hints

from drafter.errors import StoreError

T = TypeVar("T")
_PLAIN = (str, int, float, bool, type(None))


def encode(record: object) -> str:
    """Return a record as one line of JSON; raises StoreError for a type it does not know."""
    return json.dumps(_plain(record), ensure_ascii=False, separators=(",", ":"))


def decode(kind: type[T], text: str) -> T:
    """Return the record of this type that ``encode`` wrote.

    Raises StoreError where the JSON is damaged or belongs to another record.
    """
    try:
        value = _build(kind, json.loads(text))
    except (ValueError, TypeError, KeyError, ArithmeticError, AttributeError) as error:
        raise StoreError(f"保存的内容读不出来（{kind.__name__}）：请从备份恢复项目库") from error
    return value  # type: ignore[no-any-return]


def _plain(value: object) -> object:
    if is_dataclass(value) and not isinstance(value, type):
        return {f.name: _plain(getattr(value, f.name)) for f in fields(value)}
    if isinstance(value, Decimal):
        return str(value)
    if isinstance(value, Mapping):
        return {str(key): _plain(item) for key, item in value.items()}
    if isinstance(value, str):
        return str.__str__(value)
    if isinstance(value, _PLAIN):
        return value
    if isinstance(value, Iterable):
        return [_plain(item) for item in value]
    raise StoreError(f"程序不知道怎样保存 {type(value).__name__}，请把这句话报给维护人员")


@cache
def _hints(kind: type) -> dict[str, Any]:
    return get_type_hints(kind, vars(sys.modules[kind.__module__]))


def _build(kind: Any, value: Any) -> Any:
    origin = get_origin(kind)
    if origin is not None:
        return _build_generic(kind, origin, value)
    if is_dataclass(kind):
        return _build_record(kind, value)
    if kind is Decimal:
        return Decimal(value)
    if isinstance(kind, type) and issubclass(kind, str) and isinstance(value, str):
        return kind(value)
    if kind is float and isinstance(value, (int, float)) and not isinstance(value, bool):
        return float(value)
    if kind is Any or (isinstance(kind, type) and isinstance(value, kind)):
        return value
    raise TypeError(f"{kind} <- {type(value).__name__}")


def _build_record(kind: Any, value: Any) -> Any:
    hints = _hints(kind)
    return kind(**{name: _build(hints[name], item) for name, item in value.items()})


def _build_generic(kind: Any, origin: Any, value: Any) -> Any:
    args = get_args(kind)
    if origin is Literal:
        if value not in args:
            raise ValueError(f"{value!r} not in {args}")
        return value
    if origin in (Union, types.UnionType):
        return _build_union(args, value)
    if origin is tuple:
        inner = [args[0]] * len(value) if args[-1] is Ellipsis else list(args)
        return tuple(_build(k, v) for k, v in zip(inner, value, strict=True))
    if issubclass(origin, Mapping):
        return {_build(args[0], key): _build(args[1], item) for key, item in value.items()}
    return [_build(args[0], item) for item in value]


def _build_union(kinds: tuple[Any, ...], value: Any) -> Any:
    if value is None and type(None) in kinds:
        return None
    for kind in kinds:
        try:
            return _build(kind, value)
        except (TypeError, ValueError, AttributeError):
            continue
    raise TypeError(f"{kinds} <- {type(value).__name__}")
