"""Who may apply: local governments (지자체), others (기업·대학·시민), or not said.

A local government that is only named as where a company sits, or as who recommends it, is no applicant.
"""

import re
from typing import Final

from archive.records.calls import Audience

_LOCAL: Final = re.compile(
    r"지방자치단체|지자체|(?:광역|기초)(?:자치)?단체|자치단체|자치구|(?<![가-힣])시\s*[·,ㆍ/]\s*(?:도|군)(?:\s*[·,ㆍ/]\s*(?:자치)?구)?"
    r"|(?<![가-힣])시군구?(?![가-힣]*민)|특[·ㆍ]광역시|광역시\s*[·,ㆍ]?\s*도|특별자치시|도지사|시장\s*[·,ㆍ]\s*군수|구청장"
)
# Behind such a name: where somebody else is, or what the local government does for him.
_NO_APPLICANT: Final = re.compile(
    r"\s*(?:소재|관내|내(?:에)?\s|에\s|에서|로부터|추천|[이가]\s*(?:지정|추천|인정|선정|운영)|의\s*(?:추천|확인|지원)|출자|출연|산하|제외|지원센터|청사)"
)
_OTHERS: Final = re.compile(
    r"기업|대학|연구기관|연구소|연구원|출연연|스타트업|창업|소상공인|개인|법인|누구나|국민|시민|주민|학생|청년|어르신|일반인"
    r"|농가|농업인|업체|제작사|병원|의료기관|협회|학교|조합|산[·ㆍ]?학[·ㆍ]?연|교육기관|훈련기관|사업자|단체"
)
_TITLE_OTHERS: Final = re.compile(
    r"(?:수요|공급|참여|입주|운영)\s*기업|기업\s*(?:모집|지원|육성)|중소기업|R\s*&?\s*D|연구개발|기술\s*개발|신규\s*과제|대상\s*과제|연구\s*과제"
    r"|창업|스타트업|소상공인|대학|참가팀|참가자|해커톤|경진대회|학생|청년|신진연구|연구자"
)
_ASKED: Final = re.compile(r"신청|제출|공모|모집|대상으로|참여")
_SUPPORTED: Final = re.compile(r"(?:\d+\s*개\s*)?(?:기업|업체|대학|팀)(?:을|를|에|은|는|당)\s")


def audience_of(stated: str) -> Audience:
    """Who may apply, from the words under 신청자격 or 지원대상."""
    if _names_local(stated):
        return "local"
    return "others" if _OTHERS.search(stated) else "unknown"


def audience_of_title(title: str) -> Audience:
    """Who may apply, where the title alone says so."""
    if _names_local(title):
        return "local"
    return "others" if _TITLE_OTHERS.search(title) else "unknown"


def audience_of_sentence(sentence: str) -> Audience:
    """Who may apply, from a sentence that asks for applications or tells who is supported."""
    if _ASKED.search(sentence) and _names_local(sentence):
        return "local"
    return "others" if _SUPPORTED.search(sentence) else "unknown"


def _names_local(text: str) -> bool:
    return any(not _NO_APPLICANT.match(text, found.end()) for found in _LOCAL.finditer(text))
