"""The items of a JSON list, one after the other, in little memory: an export may be hundreds of megabytes."""

import json
import re
from collections.abc import Iterator
from typing import IO, Any

_CHUNK = 1 << 16  # characters
_LARGEST = 1 << 24
"""Characters of one item: what is longer is no article."""
_BETWEEN = re.compile(r"[\s,]*")


class TooLong(ValueError):
    """One item of the list has no end."""


def items(file: IO[str], key: str | None) -> Iterator[Any]:
    """The items of the list under `key`, or of the list that the file is.

    Raises:
        ValueError: there is no such list, it is cut off, or something in it is no JSON.
    """
    buffer = _up_to_list(file, key)
    decoder = json.JSONDecoder()
    while True:
        buffer = buffer[_begin(buffer) :]
        if buffer[:1] == "]":
            return
        item, buffer = _item(file, buffer, decoder)
        yield item


def _begin(buffer: str) -> int:
    found = _BETWEEN.match(buffer)
    return found.end() if found else 0


def _item(file: IO[str], buffer: str, decoder: json.JSONDecoder) -> tuple[Any, str]:
    """The next item, with what stands behind it; read in doubling steps, so that its time is linear."""
    step = _CHUNK
    while True:
        try:
            item, end = decoder.raw_decode(buffer)
        except RecursionError:
            raise ValueError("nested too deep") from None
        except ValueError:
            end = len(buffer)
        else:
            if end < len(buffer):  # else a number may go on
                return item, buffer[end:]
        if len(buffer) > _LARGEST:
            raise TooLong(f"an item of more than {_LARGEST} characters")
        more = file.read(step)
        if not more:
            raise ValueError("the list is cut off")
        buffer = (buffer + more).lstrip()
        step *= 2


def _up_to_list(file: IO[str], key: str | None) -> str:
    """What follows the list's bracket."""
    begins = re.compile(rf'"{re.escape(key)}"\s*:\s*\[' if key else r"\A\s*\[")
    buffer = ""
    while chunk := file.read(_CHUNK):
        buffer += chunk
        found = begins.search(buffer)
        if found:
            return buffer[found.end() :]
        if key is None and buffer.strip():
            break
        if key is not None:
            buffer = buffer[-200:] if len(buffer) > _LARGEST else buffer
    raise ValueError(f"no list {f'under “{key}” ' if key else ''}in it")
