"""Values of records.py ⇄ plain JSON, without loss: what the store keeps and PLOVER JSONL carries.

Fields at their default are left out. ``restored(type(value), plain(value)) == value``.
"""

from __future__ import annotations

import math
import types
from collections.abc import Callable, Mapping
from dataclasses import MISSING, fields, is_dataclass
from datetime import date, datetime
from functools import cache
from typing import Any, Literal, TypeVar, Union, get_args, get_origin, get_type_hints

_T = TypeVar("_T")
_Reader = Callable[[Any], Any]
_AS_THEY_ARE = frozenset({str, int, float, bool, type(None)})


def plain(value: Any) -> Any:
    """A value as objects, lists, strings, numbers and nulls that JSON can hold.

    Raises:
        TypeError: if it holds something that is no value of records.py.
    """
    kind = type(value)
    if kind in _AS_THEY_ARE:
        return value
    if kind is tuple or kind is list:
        return [plain(member) for member in value]
    if is_dataclass(kind):
        return _fields(value, kind)
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Mapping):
        return {str(key): plain(member) for key, member in value.items()}
    raise TypeError(f"no plain form for {kind.__name__}")


def _fields(value: Any, kind: Any) -> dict[str, Any]:
    """Most fields are plain already: they are not asked twice, for this is the way of imports."""
    found = {}
    for name, default in _defaults(kind):
        member = getattr(value, name)
        if member is default or member == default:
            continue
        found[name] = member if type(member) in _AS_THEY_ARE else plain(member)
    return found


def restored(kind: type[_T], written: Any) -> _T:
    """The value of type ``kind`` that ``plain`` wrote.

    Raises:
        ValueError: if a field is missing, unknown or of the wrong form.
    """
    wanted: Any = kind
    try:
        found: _T = _reader(wanted)(written)
    except (KeyError, TypeError, AttributeError) as error:
        raise ValueError(f"not a written {kind.__name__}: {error}") from None
    return found


@cache
def _defaults(kind: Any) -> tuple[tuple[str, Any], ...]:
    assert is_dataclass(kind)
    return tuple(
        (f.name, f.default_factory() if f.default_factory is not MISSING else f.default)
        for f in fields(kind)
    )


@cache
def _reader(kind: Any) -> _Reader:
    origin, arguments = get_origin(kind), get_args(kind)
    if is_dataclass(kind) and isinstance(kind, type):
        return _dataclass_reader(kind)
    if origin is tuple:
        return _tuple_reader(arguments)
    if origin in (Union, types.UnionType):
        (inner,) = (a for a in arguments if a is not type(None))
        read = _reader(inner)
        return lambda written: None if written is None else read(written)
    if origin is Literal:
        return _literal_reader(arguments)
    return _OF_KIND.get(kind) or _as_is(kind)


def _dataclass_reader(kind: type) -> _Reader:
    hints = get_type_hints(kind)
    readers = {f.name: _reader(hints[f.name]) for f in fields(kind)}

    def read(written: Any) -> Any:
        return kind(**{name: readers[name](member) for name, member in written.items()})

    return read


def _tuple_reader(arguments: tuple[Any, ...]) -> _Reader:
    if len(arguments) == 2 and arguments[1] is Ellipsis:
        each = _reader(arguments[0])
        return lambda written: tuple([each(member) for member in written])
    readers = [_reader(a) for a in arguments]
    return lambda written: tuple(r(m) for r, m in zip(readers, written, strict=True))


def _literal_reader(allowed: tuple[Any, ...]) -> _Reader:
    known = frozenset(allowed)

    def read(written: Any) -> Any:
        if written not in known:
            raise ValueError(f"{written!r} is none of {', '.join(map(str, allowed))}")
        return written

    return read


def _finite(written: Any) -> Any:
    if not isinstance(written, int | float) or not math.isfinite(written):
        raise ValueError(f"{written!r} is no finite number")
    return written


_OF_KIND: dict[Any, _Reader] = {
    date: date.fromisoformat,
    datetime: datetime.fromisoformat,
    float: _finite,
}


def _as_is(kind: Any) -> _Reader:
    expected = get_origin(kind) or kind
    accepted = (dict,) if expected is Mapping else (expected,)
    if not all(isinstance(a, type) for a in accepted):
        return lambda written: written

    def read(written: Any) -> Any:
        if not isinstance(written, accepted):
            raise ValueError(f"{written!r} is no {getattr(kind, '__name__', kind)}")
        return written

    return read
