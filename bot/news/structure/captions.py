"""Which of the words under an album's pictures are the story, and which only say what a picture shows.

Knows no pictures: only their captions, in the order of the album.
"""

from collections.abc import Sequence

from bot.news.grammar import sentences

_STORY = 25
"""Words: so many in one sentence tell more than what is seen."""
_SHORT_STORY, _HEADLINE = 12, 6
"""Words of several sentences or lines that are a story; of one line that may be all of it."""
_BESIDE = 4
"""A caption with less than this part of the longest one's words tells of its picture."""
_LONGER = 2


def tells_a_story(words: str) -> bool:
    """Whether words are copy by themselves: several sentences, or a long one."""
    count = len(words.split())
    if count >= _STORY:
        return True
    return count >= _SHORT_STORY and len([each for each in sentences.split(words) if each.strip()]) > 1


def sorted_out(captions: Sequence[str]) -> tuple[str, tuple[str, ...]]:
    """The story that an album's captions hold (empty if none does), and those that are its pictures'.

    The only caption is the album's own. Of several the story is what tells one, or the one far longer than
    all others; the same words under every picture are said once.
    """
    found = tuple(dict.fromkeys(each.strip() for each in captions if each.strip()))
    if len(found) < 2:
        return "".join(found), ()
    longest, next_longest = sorted((len(each.split()) for each in found), reverse=True)[:2]
    told = [each for each in found if tells_a_story(each) and len(each.split()) * _BESIDE >= longest]
    if not told and longest >= max(_HEADLINE, _LONGER * next_longest):
        told = [each for each in found if len(each.split()) == longest]
    return "\n\n".join(told), tuple(each for each in found if each not in told)
