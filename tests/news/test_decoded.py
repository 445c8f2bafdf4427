"""Text files as people save them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.news.structure.decoded import decoded
from bot.simulator.files import blank_picture

TEXT = "شهرداری سپیدکوه ۲۰ اتوبوس خرید.\nگچ و پژ و می‌رود، «نقل» 2026"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be"])
def test_unicode_is_read_in_each_of_its_forms(encoding: str) -> None:
    assert decoded(TEXT.encode(encoding)) == TEXT


def test_the_old_arabic_code_page_is_read() -> None:
    text = "شهرداري سپيدكوه 20 اتوبوس خريد. گچ و پژ"
    assert decoded(text.encode("cp1256")) == text


@pytest.mark.parametrize(
    "raw", [blank_picture(), b"PK\x03\x04\x14\x00\x06\x00", b"\x7fELF\x02\x01\x01\x00", bytes(range(256))]
)
def test_what_is_no_text_is_none(raw: bytes) -> None:
    assert decoded(raw) is None


@given(st.binary(max_size=300))
def test_any_bytes_are_a_text_or_none(raw: bytes) -> None:
    found = decoded(raw)
    assert found is None or isinstance(found, str)


@given(st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\x00"), min_size=1))
def test_utf_8_is_never_taken_for_something_else(text: str) -> None:
    if not text.startswith("\ufeff") and text.encode()[:2] not in {b"\xff\xfe", b"\xfe\xff"}:
        assert decoded(text.encode()) == text
