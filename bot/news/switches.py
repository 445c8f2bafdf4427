"""How a story's posts are sent, whatever they say: chosen with the story, approved and kept with it.

A pin is none of it: it has an end, and a channel shows one at a time, so it is set for each post.
"""

from dataclasses import dataclass
from enum import StrEnum


class Preview(StrEnum):
    """What is shown of the page behind a link of the text (Bot API, `LinkPreviewOptions`)."""

    NONE = "none"
    SMALL = "small"
    LARGE = "large"
    ABOVE = "above"  # large, over the text


@dataclass(frozen=True, kw_only=True)
class Switches:
    silent: bool = False  # subscribers get it without a sound
    preview: Preview = Preview.NONE
    protected: bool = False  # readers can't forward or save it


USUAL = Switches()
