"""The two languages that shkc speaks, and text that exists in both."""

from enum import Enum
from typing import NamedTuple


class Language(str, Enum):
    """A language of names, headers and messages."""

    zh = "zh"
    en = "en"


class Text(NamedTuple):
    """One message in both languages, written where it is used."""

    zh: str
    en: str

    def to(self, language: Language) -> str:
        """The message in *language*."""
        return self.en if language is Language.en else self.zh
