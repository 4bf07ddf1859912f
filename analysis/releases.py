"""Whether a company tells of itself and outlets only print it: events, awards, partnerships, wares.

Korean releases have a form: "회사는 … 고 9일 밝혔다" at the end of the first or second sentence. Their headlines speak
of agreements, prizes, fairs and camps, and their texts are the same from outlet to outlet.
"""

import re
from collections.abc import Sequence

from analysis.tokens import body
from archive.records.incoming import Document

_EVENT = re.compile(
    r"협약|MOU|맞손|손잡|업무제휴|제휴|파트너십|얼라이언스|동맹|수상|성료|개최|참가|참여|출품|전시|박람회|세미나|웨비나|컨퍼런스|콘퍼런스|"
    r"이벤트|프로모션|할인|광고|캠페인|경진대회|공모전|챌린지|해커톤|캠프|특강|기념|창립|임명|영입|선임|위촉|"
    r"인증 획득|특허|모집|기부|후원|봉사|나눔|온기|성금|장학금|연탄|발간|"
    r"공략|정조준|선점|본격화|박차|앞장|시연|주목|수주|공급|체험|고객|"
    r"webinar|award|sponsor|conference|partner(?:s|ship)",
    re.IGNORECASE,
)
_SAID = re.compile(r"고\s?(?:지난\s?|오는\s?)?(?:\d{1,2}일\s?)?(?:\([^)]{1,12}\)\s?)?(?:밝혔다|전했다|발표했다)")
_OPENING = 400
_FORM, _SUBJECT, _COPIED = 0.4, 0.4, 0.4
_OWN = frozenset(("government", "lab", "research", "security", "funding"))


def opening_of(document: Document) -> str:
    """The characters in which a release says who tells it."""
    return body(document.text)[:_OPENING]


def release_likeness(documents: Sequence[Document], voices: float) -> float:
    """How much a story looks like a release, 0 to 1: by form, by subject and by how much of it outlets only copied.

    ``voices`` are the families that told it in words of their own (analysis.voices). First-hand sources that we read
    ourselves are no releases.
    """
    press = [one for one in documents if one.article.role not in _OWN]
    if not press:
        return 0.0
    families = len({one.article.family for one in press})
    said = sum(bool(_SAID.search(opening_of(one))) for one in press) / len(press)
    event = sum(bool(_EVENT.search(one.article.title)) for one in press) / len(press)
    copied = max(0.0, 1 - (voices - 1) / (families - 1)) if families > 1 else 0.0
    return min(1.0, _FORM * said + _SUBJECT * event + _COPIED * copied)
