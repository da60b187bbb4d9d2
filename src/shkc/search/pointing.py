"""The words of a question that only point: examples of what it is about, and demonstratives with their classifier.

What they stand for is named beside them: *小巨人、创新资金这些*政策, 重组*这一轮*. They narrow nothing, known or not.
"""

from collections.abc import Iterator

from shkc.text import word_classes

_LIKENING = ("比如", "例如", "譬如", "诸如", "像")
_LIKENED = ("这样", "那样", "这种", "那种", "这类", "那类", "之类", "这些", "那些", "一样")
_IMAGES = tuple("图影录摄头好偶画成")
"""Characters before 像 that it belongs to: 图像, 好像."""
_SUCH_AS = (" such as ", " e.g. ")
_LISTED = ("等", "这", "那", "之类", "加起来", "合起来", "加在一起", "合在一起")
"""What may stand behind a list of examples."""
_LONGEST = 30
"""Characters of the longest examples."""
_ENDS = frozenset(",，。;；:：?？!！()（）\n")

_DETERMINERS = "这那哪"
_QUANTIFIERS = "一几"
_CLASSIFIERS = frozenset("批拨片轮类种条组帮项家个次块期届回样")
_FIRST = ("头一批", "第一批", "首批", "头一轮", "首轮")
"""The first of several, of which a report that tells of one says nothing; a later one is asked for by number."""


def without_examples(query: str) -> str:
    """*query* without the examples in it."""
    rest, end = "", 0
    for start, behind in sorted((*_likened(query), *_listed(query), *_such_as(query))):
        if start >= end:
            rest += f"{query[end:start]} "
            end = behind
    return rest + query[end:]


def _likened(text: str) -> Iterator[tuple[int, int]]:
    """Where examples stand between two words: *像上海光源这样*的设施."""
    for opening in _LIKENING:
        at = text.find(opening)
        if at < 0 or (opening == "像" and text.endswith(_IMAGES, 0, at)):
            continue
        ends = [(place, len(word)) for word in _LIKENED if (place := text.find(word, at, at + _LONGEST)) > 0]
        if ends:
            place, length = min(ends)
            yield at, place + length
            return


def _listed(text: str) -> Iterator[tuple[int, int]]:
    """Where a list stands before a word that points back to it: *小巨人、创新资金*这些政策."""
    last = text.rfind("、")
    if last < 0:
        return
    ends = [place for word in _LISTED if (place := text.find(word, last, last + _LONGEST)) > 0]
    if not ends or any(character in _ENDS for character in text[last : min(ends)]):
        return
    first = text.find("、")
    start = next((at for at in range(first, 0, -1) if text[at - 1] in _ENDS or text[at - 1].isspace()), 0)
    if min(ends) - start <= _LONGEST:
        yield start, min(ends)


def _such_as(text: str) -> Iterator[tuple[int, int]]:
    for opening in _SUCH_AS:
        at = text.find(opening)
        if at >= 0:
            behind = at + len(opening)
            yield at, next((place for place in range(behind, len(text)) if text[place] in _ENDS), len(text))


def demonstratives(word: str) -> Iterator[tuple[int, int]]:
    """Where demonstratives stand in the Han *word*, each with its classifier: 这一轮, 那批, 头一批."""
    for at, character in enumerate(word):
        first = next((each for each in _FIRST if word.startswith(each, at)), "")
        if first:
            yield at, at + len(first)
        if character not in _DETERMINERS:
            continue
        counted = at + 1 + (word[at + 1 : at + 2] in _QUANTIFIERS and at + 1 < len(word))
        classifier = word[counted : counted + 1]
        of_a_noun = word_classes.is_word(word[counted : counted + 2]) and len(word) > counted + 1
        if classifier in _CLASSIFIERS and (counted > at + 1 or not of_a_noun):  # 这项目 is 这 and 项目
            yield at, counted + 1
