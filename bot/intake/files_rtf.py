"""RTF to its words: control words, groups, and letters of whatever code page it names. Knows no fonts."""

import re

_TOKEN = re.compile(
    rb"\\([a-z]{1,32})(-?\d{1,10})? ?|\\'([0-9a-fA-F]{2})|\\([^a-z])|([{}])|[\r\n]+|([^\\{}\r\n]+)", re.DOTALL
)
_SKIPPED = frozenset(
    b"fonttbl colortbl stylesheet info pict object header headerl headerr headerf footer footerl "
    b"footerr footerf themedata colorschememapping latentstyles datastore generator listtable "
    b"listoverridetable rsidtbl xmlnstbl "
    b"mmathPr filetbl revtbl fldinst bkmkstart bkmkend annotation atnid atnauthor footnote "
    b"nonshppict xe tc".split()
)
_SAID = {
    b"par": "\n", b"line": "\n", b"sect": "\n", b"page": "\n", b"row": "\n", b"cell": "\t", b"tab": " ",
    b"emdash": "—", b"endash": "–", b"lquote": "‘", b"rquote": "’", b"ldblquote": "“", b"rdblquote": "”",
    b"bullet": "•", b"zwnj": "\u200c", b"zwj": "\u200d", b"ltrmark": "", b"rtlmark": "",
}  # fmt: skip
_SIGNS = {b"~": " ", b"_": "-", b"{": "{", b"}": "}", b"\\": "\\", b"-": ""}
_CHARSETS = {
    178: "cp1256",
    177: "cp1255",
    0: "cp1252",
    161: "cp1253",
    162: "cp1254",
    204: "cp1251",
    238: "cp1250",
}
_FONT = re.compile(rb"\\f(\d{1,5})[^{};\\]*(?:\\(?!f\d)[a-z]+-?\d* ?)*?\\fcharset(\d{1,3})")
_MAX_DEPTH = 500


def copy_of(raw: bytes) -> str:
    """The document's words, a paragraph a line."""
    fonts = {
        int(number): _CHARSETS.get(int(charset), "cp1252") for number, charset in _FONT.findall(raw[:200_000])
    }
    return _Reader(fonts).read(raw)


class _Reader:
    """One pass over the tokens; a group remembers its code page and whether it is skipped."""

    def __init__(self, fonts: dict[int, str]) -> None:
        self.fonts = fonts
        self.page, self.default, self.skipped, self.after = "cp1252", "cp1252", False, 1
        self.groups: list[tuple[str, bool, int]] = []
        self.out: list[str] = []
        self.bytes = bytearray()
        self.owed = 0  # letters that stand in for one of Unicode, for readers that know none

    def read(self, raw: bytes) -> str:
        for found in _TOKEN.finditer(raw):
            word, number, byte, sign, brace, text = found.groups()
            if brace:
                self._group(brace)
            elif word:
                self._word(word, int(number) if number else None)
            elif byte:
                self._letters(bytes([int(byte, 16)]))
            elif sign == b"*":
                self.skipped = True
            elif sign:
                self._say(_SIGNS.get(sign, "\n" if sign in b"\r\n" else ""))
            elif text:
                self._letters(text)
        self._flush()
        return re.sub(r"\n{2,}", "\n\n", "".join(self.out).replace("\n", "\n\n"))

    def _group(self, brace: bytes) -> None:
        self._flush()
        self.owed = 0
        if brace == b"{" and len(self.groups) < _MAX_DEPTH:
            self.groups.append((self.page, self.skipped, self.after))
        elif brace == b"}" and self.groups:
            self.page, self.skipped, self.after = self.groups.pop()

    def _word(self, word: bytes, number: int | None) -> None:
        if word in _SKIPPED:
            self.skipped = True
        elif word == b"ansicpg" and number:
            self.page = self.default = f"cp{number}"
        elif word == b"f" and number is not None:
            self._flush()
            self.page = self.fonts.get(number, self.default)
        elif word == b"uc" and number is not None:
            self.after = min(max(number, 0), 8)
        elif word == b"u" and number is not None:
            self._say(chr(number % 65536))
            self.owed = self.after
        elif word in _SAID:
            self._say(_SAID[word])

    def _letters(self, letters: bytes) -> None:
        spared = min(self.owed, len(letters))
        self.owed -= spared
        if not self.skipped:
            self.bytes += letters[spared:]

    def _say(self, text: str) -> None:
        self._flush()
        self.owed = 0
        if not self.skipped:
            self.out.append(text)

    def _flush(self) -> None:
        if self.bytes:
            try:
                self.out.append(self.bytes.decode(self.page, "replace"))
            except LookupError:
                self.out.append(self.bytes.decode("cp1256", "replace"))
            self.bytes.clear()
