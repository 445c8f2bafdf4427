"""A message of one's own: what the simulator gives out is not what it keeps."""

import marshal
from typing import Any


def copied(message: dict[str, Any]) -> dict[str, Any]:
    """A copy all the way down of what is JSON throughout.

    `copy.deepcopy`, made for any object, takes eight times as long.
    """
    own: dict[str, Any] = marshal.loads(marshal.dumps(message))  # noqa: S302 - of bytes made in this very line
    return own
