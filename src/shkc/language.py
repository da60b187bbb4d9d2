"""The two languages that shkc speaks, and text that exists in both."""

from collections.abc import Mapping, Sequence
from enum import Enum
from typing import NamedTuple

VARIABLE = "SHKC_LANG"
_LOCALE = ("LC_ALL", "LC_MESSAGES", "LANG")
"""The variables of the locale of messages, the first that is set counts (POSIX.1-2017, 8.2)."""


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


def counted(number: int, noun: str) -> str:
    """So many of an English *noun*, which takes an s in the plural: 1 file, 2 files."""
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"


def named(value: str) -> Language | None:
    """The language that *value* names: ``en``, ``en_US.UTF-8``, ``zh_CN``; None for another."""
    beginning = value.strip().lower()[:2]
    return Language(beginning) if beginning in Language.__members__ else None


def of_call(words: Sequence[str], environment: Mapping[str, str]) -> Language:
    """The language of a call with these *words*: that of --lang, or the one that the environment prefers."""
    for word, value in zip(words, [*words[1:], ""], strict=False):
        option, _, joined = word.partition("=")
        if word == "--":
            break
        if option == "--lang" and (joined or value) in Language.__members__:
            return Language(joined or value)
    return preferred(environment)


def preferred(environment: Mapping[str, str]) -> Language:
    """The language of SHKC_LANG, else of the locale; Chinese where these name neither of the two."""
    locale = next((environment[name] for name in _LOCALE if environment.get(name)), "")
    return named(environment.get(VARIABLE, "")) or named(locale) or Language.zh
