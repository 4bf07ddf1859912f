"""A sentence in the manner of an office (개조식): only its last predicate becomes a noun, by rule.

밝혔다 → 밝힘, 할 계획이다 → 할 계획, 12곳이다 → 12곳임. What is not a plain statement (a question, a request, a
quotation to the end, 해요체, a noun already) and what could be read two ways stays as it was told. Rules follow the
school grammar of the nominal ending ``-음/-ㅁ``; a past tense is dropped where the stem is plain to see (밝혔다 →
밝힘) and kept where it is not (늘었다 → 늘었음), which is right of every verb.
"""

import re
from typing import Final

_FINALS: Final = " ㄱㄲㄳㄴㄵㄶㄷㄹㄺㄻㄼㄽㄾㄿㅀㅁㅂㅄㅅㅆㅇㅈㅊㅋㅌㅍㅎ"
_VOWELS: Final = "ㅏㅐㅑㅒㅓㅔㅕㅖㅗㅘㅙㅚㅛㅜㅝㅞㅟㅠㅡㅢㅣ"
_SILENT: Final = 11  # ㅇ among the leading consonants
_FIRST, _VOWEL_COUNT, _FINAL_COUNT = 0xAC00, 21, 28
_QUOTES: Final = "\"'“”‘’「」『』"
_STATEMENT = re.compile(r"^(?P<body>.*[가-힣%])다\.?$")
# Nouns of purpose and of saying that end an office's sentence as they are: 할 계획이다 → 할 계획.
_BARE = re.compile(
    r"(?<![가-힣])(계획|예정|방침|전망|목표|취지|구상|설명|지적|분석|입장|주장|관측|평가|복안|포부)(?:이|입니)?$"
)
# Vowel-final nouns a sentence may end in; any other vowel before 다 may be a stem and stays.
_OPEN_NOUN = re.compile(
    r"(?:규모|목표|추세|최초|이유|정도|수치|사례|결과|단계|분야|상태|의미|과제|계기|기회|문제|효과|여파|"
    r"배|개|대|회|위|세|차례|가지|나라|회사|업체|자리|정부|주제|요소|도구|구조|체계|제도|기대|태도|사이|"
    r"최대|최고|최소|% ?포인트|%|달러|유로|하나|모두)$"
)
_ADJECTIVES = re.compile(
    r"(?:크|빠르|다르|나쁘|바쁘|기쁘|아프|느리|비싸|세|아니|모자라|서투르|이르|흐리|필요하|가능하|[가-힣]하|쓰리|두드러지)$"
)
# ``ㄴ다`` after these may come from a stem in ㄹ (연다: 열다; 건다: 걸다): two readings, so it stays.
_TWO_READINGS: Final = frozenset("연건판푼산돈단번논운민빈간턴헌")
_WHOLE_WORD_ONLY: Final = frozenset("간산단돈번논운빈민")  # … but inside a longer word they are plain: 나간다, 이어진다
_L_STEMS: Final = ("만든", "이끈", "줄어든", "끌어든", "접어든", "파고든", "뛰어든", "모여든", "사라든", "힘든")
# 르-irregular and other stems whose past hides the stem.
_PAST_STEMS: Final = {
    "이르렀": "이르", "치렀": "치르", "따랐": "따르",
    "썼": "쓰", "떴": "뜨", "껐": "끄", "컸": "크", "모았": "모으", "담갔": "담그", "내놨": "내놓",
    "봤": "보", "줬": "주", "뒀": "두", "두었": "두", "주었": "주", "뛰었": "뛰", "되었": "되",
    "하였": "하", "갖췄": "갖추", "샀": "사", "났": "나", "만났": "만나", "떠났": "떠나", "가졌": "가지",
    "졌": "지", "섰": "서", "폈": "펴", "켰": "키", "쳤": "치", "꿨": "꾸", "뀌었": "뀌", "쉬었": "쉬",
    "나뉘었": "나뉘",
}  # fmt: skip
# 였 is 이 + 었 only in verbs; after a noun (규모였다) it is the copula and keeps its tense.
_CAUSATIVES: Final = frozenset("보높줄붙기들쌓쓰모움덧섞녹꺾먹속덮깎끓죽")


def noun_ended(sentence: str) -> str | None:
    """The sentence with its last predicate as a noun, without its full stop; None where it must stay as it is."""
    found = _STATEMENT.match(sentence)
    if not found or _in_quotation(sentence):
        return None
    body = found["body"]
    for rule in (_bare, _formal, _past, _copula, _existence, _present, _adjective):
        ended = rule(body)
        if ended:
            return ended
    return None


def _in_quotation(sentence: str) -> bool:
    """Whether the predicate stands in a quotation that is open where the sentence ends."""
    if sentence.count('"') % 2:
        return True
    pairs = (("“", "”"), ("「", "」"), ("『", "』"), ("‘", "’"), ("(", ")"), ("[", "]"))
    return any(sentence.count(left) > sentence.count(right) for left, right in pairs)


def _bare(body: str) -> str | None:
    found = _BARE.search(body)
    return body[: found.end(1)] if found else None


def _formal(body: str) -> str | None:
    """합니다, 했습니다, 입니다."""
    if body.endswith("습니"):
        stem = body[:-2]
        return _past(stem) if _final(stem[-1:]) == "ㅆ" and not stem.endswith(("있", "겠")) else stem + "음"
    if body.endswith("니") and _final(body[-2:-1]) == "ㅂ":
        stem = body[:-2] + _with_final(body[-2], " ")
        if body[-2] == "입":
            return body[:-2] + "임" if body[-3:-2] != " " else None
        return _nominal(stem)
    return None


def _past(body: str) -> str | None:
    if _final(body[-1]) != "ㅆ" or body.endswith(("있", "겠")):
        return None
    for told, stem in sorted(_PAST_STEMS.items(), key=lambda pair: -len(pair[0])):
        if body.endswith(told):
            return _nominal(body[: -len(told)] + stem)
    if body[-1] in "렀랐" and _final(body[-2:-1]) == "ㄹ":  # 올랐다: 오르다
        return body[:-2] + _with_final(body[-2], " ") + "름"
    return _plain_past(body) or body + "음"


def _plain_past(body: str) -> str | None:
    """The noun of a verb whose past shows its stem; None where the tense has to stay."""
    last, before = body[-1], body[-2:-1]
    if last in "았었":
        return _closed_past(body)
    if last == "였":
        return body[:-1] + "임" if before in _CAUSATIVES else None
    lead, vowel = _parts(last)
    if last in "했됐":
        return body[:-1] + {"했": "함", "됐": "됨"}[last]
    stems = {"ㅕ": "ㅣ", "ㅝ": "ㅜ", "ㅘ": "ㅗ", "ㅐ": "ㅐ", "ㅏ": "ㅏ", "ㅓ": "ㅓ", "ㅔ": "ㅔ"}
    if vowel not in stems or (lead == _SILENT and vowel == "ㅝ" and before in "려까러두무거어즈가쉬벼"):
        return None
    return body[:-1] + _syllable(lead, stems[vowel], "ㅁ")


def _closed_past(body: str) -> str | None:
    """받았다 → 받음; a stem in ㄹ (늘었다), in ㅎ or without a final and descriptions (높았다) keep their tense."""
    before = body[-2:-1]
    if before != "않" and (_final(before) in " ㄹㅎㄶㅀ" or before in "있없같많높낮좁넓적작짧밝맑깊늦젊얕"):
        return None
    return body[:-1] + "음"


def _copula(body: str) -> str | None:
    """12곳이다 → 12곳임, 규모다 → 규모임, 80%다 → 80%임."""
    if (
        body.endswith("이")
        and _final(body[-2:-1]) not in {" ", ""}
        and not body.endswith(("높이", "붙이", "덮이", "쌓이"))
    ):
        return body[:-1] + "임"
    return body + "임" if _OPEN_NOUN.search(body) else None


def _existence(body: str) -> str | None:
    """있다, 없다, 겠다, and stems that end in a consonant: 높다, 같다, 많다."""
    final = _final(body[-1])
    if final in {" ", "", "ㄴ", "ㄹ"}:
        return None
    if final == "ㅂ" and not body.endswith(("좁", "수줍", "입", "잡")):
        return _nominal(body[:-1] + _with_final(body[-1], " ") + "우")
    return body + "음"


def _present(body: str) -> str | None:
    """받는다 → 받음, 한다 → 함; where a stem in ㄹ may hide behind ㄴ, nothing."""
    if body.endswith("는"):
        return _nominal(body[:-2] + "가지" if body.endswith("갖는") else body[:-1])
    if _final(body[-1]) != "ㄴ":
        return None
    if body.endswith(_L_STEMS):
        return body[:-1] + _with_final(body[-1], "ㄻ")
    alone = body[-2:-1] in {"", " "}
    if body[-1] in _TWO_READINGS and (alone or body[-1] not in _WHOLE_WORD_ONLY):
        return None
    return _nominal(body[:-1] + _with_final(body[-1], " "))


def _adjective(body: str) -> str | None:
    return _nominal(body) if _ADJECTIVES.search(body) else None


def _nominal(stem: str) -> str:
    """A stem with -ㅁ or -음."""
    final = _final(stem[-1])
    if final == " ":
        return stem[:-1] + _with_final(stem[-1], "ㅁ")
    return stem[:-1] + _with_final(stem[-1], "ㄻ") if final == "ㄹ" else stem + "음"


def _final(sign: str) -> str:
    """The final consonant of a syllable: " " for none, "" for what is no syllable."""
    if len(sign) != 1 or not "가" <= sign <= "힣":
        return ""
    return _FINALS[(ord(sign) - _FIRST) % _FINAL_COUNT]


def _parts(sign: str) -> tuple[int, str]:
    """The number of the leading consonant and the vowel."""
    place = (ord(sign) - _FIRST) // _FINAL_COUNT
    return place // _VOWEL_COUNT, _VOWELS[place % _VOWEL_COUNT]


def _syllable(lead: int, vowel: str, final: str) -> str:
    return chr(_FIRST + (lead * _VOWEL_COUNT + _VOWELS.index(vowel)) * _FINAL_COUNT + _FINALS.index(final))


def _with_final(sign: str, final: str) -> str:
    lead, vowel = _parts(sign)
    return _syllable(lead, vowel, final)
