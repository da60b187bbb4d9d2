"""Readings and scripts: the data that lookups use say what pypinyin and OpenCC say."""

from __future__ import annotations

from conftest import Golden
from opencc import OpenCC
from pypinyin import Style, pinyin

from shkc.text import scripts, sounds

CHARACTERS = [chr(code) for code in range(0x4E00, 0xA000)]
"""The characters of the first block of Unicode that has Chinese ones: what is in general use."""

READINGS = """\
# The readings of Han characters, without tones, ü as v: a syllable, a space, the characters that it is a reading of.
# Made from the data of pypinyin (https://github.com/mozillazg/python-pinyin, MIT License) by pytest --regenerate.
"""
TRADITIONAL = """\
# Traditional characters, and below each its simplified one.
# Made from the data of OpenCC (https://github.com/BYVoid/OpenCC, Apache License 2.0) by pytest --regenerate.
"""


def test_the_readings_are_those_of_pypinyin(golden: Golden) -> None:
    """Every reading of every character that pypinyin knows is in the data."""
    found: dict[str, str] = {}
    for character in CHARACTERS:
        (syllables,) = pinyin(character, style=Style.NORMAL, heteronym=True, errors="ignore", v_to_u=False) or ([],)
        for syllable in dict.fromkeys(syllables):
            found[syllable] = found.get(syllable, "") + character
    golden.compare(sounds.FILE, READINGS + "".join(f"{syllable} {found[syllable]}\n" for syllable in sorted(found)))


def test_the_simplified_characters_are_those_of_opencc(golden: Golden) -> None:
    """Every character that OpenCC converts when it stands alone is in the data."""
    convert = OpenCC("t2s").convert
    found = {character: simple for character in CHARACTERS if (simple := convert(character)) != character}
    golden.compare(scripts.FILE, TRADITIONAL + f"{''.join(found)}\n{''.join(found.values())}\n")
