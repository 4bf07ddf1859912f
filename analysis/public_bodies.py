"""Public bodies in headlines: whether one is named, and whether it is the one that acts.

The lexicon names ministries, agencies and the larger cities. Here stand the endings by which other offices are known
(교육청, 공사, 진흥원 …), the offices of persons (부총리, 장관 …) and the local governments of Korea, those named by a
mere direction (중구) aside: an ending alone does not tell 정선군 from 미군 or 인천시 from 출시.
"""

import re

from analysis.mentions import Mentions

_METROPOLES = "서울|부산|대구|인천|광주|대전|울산|세종"
_PROVINCES = "경기|강원|충북|충남|전북|전남|경북|경남|제주|충청북|충청남|전라북|전라남|경상북|경상남"
_CITIES = (
    "수원|성남|의정부|안양|부천|광명|평택|동두천|안산|고양|과천|구리|남양주|오산|시흥|군포|의왕|하남|용인|파주|이천|안성|김포|화성|양주|포천|여주|"
    "춘천|원주|강릉|동해|태백|속초|삼척|청주|충주|제천|천안|공주|보령|아산|서산|논산|계룡|당진|전주|군산|익산|정읍|남원|김제|목포|여수|순천|나주|광양|"
    "포항|경주|김천|안동|구미|영주|영천|상주|문경|경산|창원|진주|통영|사천|김해|밀양|거제|양산|서귀포"
)
_COUNTIES = (
    "기장|달성|군위|강화|옹진|울주|연천|가평|양평|홍천|횡성|영월|평창|정선|철원|화천|양구|인제|고성|양양|보은|옥천|영동|증평|진천|괴산|음성|단양|"
    "금산|부여|서천|청양|홍성|예산|태안|완주|진안|무주|장수|임실|순창|고창|부안|담양|곡성|구례|고흥|보성|화순|장흥|강진|해남|영암|무안|함평|영광|장성|"
    "완도|진도|신안|의성|청송|영양|영덕|청도|고령|성주|칠곡|예천|봉화|울진|울릉|의령|함안|창녕|남해|하동|산청|함양|거창|합천"
)
_DISTRICTS = (
    "종로|용산|성동|광진|동대문|중랑|성북|강북|도봉|노원|은평|서대문|마포|양천|강서|구로|금천|영등포|동작|관악|서초|강남|송파|강동|영도|부산진|동래|"
    "해운대|사하|금정|연제|수영|사상|수성|달서|미추홀|연수|남동|부평|계양|광산|유성|대덕"
)
_LOCAL = (
    rf"(?:{_METROPOLES})(?:광역시|특별시|특별자치시|시)|(?:{_PROVINCES})(?:특별자치)?도|(?:{_CITIES})(?:특례)?시|"
    rf"(?:{_COUNTIES})군|(?:{_DISTRICTS})구"
)
# "대구, 원팀으로 AI혁신"; of cities only the largest, as 화성 is Mars too.
_ALONE = rf"(?:{_METROPOLES}|강원|충북|충남|전북|전남|경북|경남|제주)(?=\s?[,·…])"
_OFFICES = (
    r"(?:범)?정부|지자체|지방자치단체|공공기관|공공부문|전\s?부처|청와대|대통령실|국회|법원|헌재|검찰|경찰|소방|해경|육군|해군|공군|"
    r"[가-힣]{2,6}(?:교육청|경찰청|소방본부|소방서|보건소|시청|구청|군청|도청|시의회|구의회|도의회|경자청|진흥원|정보원|공사|공단|위원회|세관)|"
    r"(?:코레일|(?:한국)?부동산원|(?:한국)?부동산원|한전|LH|SH|우정사업본부|우체국|국립[가-힣]{2,8}|시립[가-힣]{2,8})|"
    r"(?:[가-힣]{2,4}\s)?(?:AI\s?수석|정책실장|부총리|장관|차관|국무총리|대통령|교육감|구청장|도지사)"
)
_BODY = re.compile(rf"(?<![가-힣A-Za-z0-9])(?:{_LOCAL}|{_ALONE}|{_OFFICES})(?![A-Za-z])")
_BEFORE_SUBJECT = re.compile(r"(?:^|[…!?\"”'’])[\s\"“'‘]*$")  # a headline or its next clause begins
_ACTS = re.compile(
    r"도입|시범|확대|추진|구축|개통|운영|운행|지원|시행|마련|제정|의무화|공모|선정|투입|조성|배치|보급|통과|금지|제한|개정|출범|가동|활용|"
    r"착수|발표|신설|개시|개발|단속|지침|가이드라인|로드맵|전략|강화|막는다|나선다|쓴다"
)
_LAW = re.compile(
    r"(?:[가-힣]{2,}법|법안|조례|시행령|개정안)(?:이|을|의)?\s?(?:국회\s)?(?:본회의\s)?(?:통과|개정|제정|시행|공포|의결|입법예고)"
)
_ABROAD = re.compile(
    r"[美中日英獨佛印]|미국|중국|일본|영국|독일|프랑스|유럽|인도[가서,\s]|대만|러시아|\bEU\b|유엔|백악관|펜타곤|트럼프|연준|한[-·][가-힣]{2}"
)
_AT_HOME = re.compile(rf"(?<![가-힣])(?:{_LOCAL})")
_SENTENCE = re.compile(r"(?<=[다.])[.]\s*|\n+|(?<=[.?!])\s+")
_FIRST_SENTENCES, _AT_THE_START = 3, 6
_NAMED, _ACTING, _SUBJECT = 0.4, 0.6, 0.7
_SAYING = 12  # characters of a headline that says something: a ministry's name alone does not


# Whoever they are, they are no service of a city's: what they want of industry is not its daily work.
_ABOVE = re.compile(
    r"(?:범)?정부|국회|청와대|대통령실|(?:.*\s)?(?:AI\s?수석|정책실장|부총리|장관|차관|국무총리|대통령)|소방|경찰|해경|육군|해군|공군|검찰|법원|헌재"
)


def names_service(text: str, mentions: Mentions) -> bool:
    """Whether a text names a body that serves people itself: a local government, an agency, a ministry by its name."""
    named = [mentions.concepts[one.concept] for one in mentions.occurrences(text)]
    if any(one.kind == "government" and not _ABOVE.fullmatch(one.label) for one in named):
        return True
    return any(not _ABOVE.fullmatch(found[0]) for found in _BODY.finditer(text))


def is_abroad(headline: str) -> bool:
    """Whether a headline is about another country and no local government of ours."""
    return bool(_ABROAD.search(headline)) and not _AT_HOME.search(headline)


def public_act(headline: str, mentions: Mentions) -> float:
    """How far a headline tells what a public body does: 1 when one is its subject and acts, 0 when none is named.

    A law that is passed counts as an act; what is done abroad counts half.
    """
    places = _places(headline, mentions)
    law = bool(_LAW.search(headline))
    if len(headline) < _SAYING or not (places or law):
        return 0.0
    subject = any(_BEFORE_SUBJECT.search(headline[:place]) for place in places)
    acts = law or bool(_ACTS.search(headline))
    value = (1.0 if acts else _SUBJECT) if subject else (_ACTING if acts else _NAMED)
    return value / 2 if is_abroad(headline) else value


def public_voice(opening: str, mentions: Mentions) -> bool:
    """Whether one of the first sentences of a text has a public body for its subject: "국토부는 … 밝혔다"."""
    sentences = _SENTENCE.split(opening)[:_FIRST_SENTENCES]
    return any(place <= _AT_THE_START for one in sentences for place in _places(one.strip(), mentions))


def _places(text: str, mentions: Mentions) -> list[int]:
    named = [one.start for one in mentions.occurrences(text) if mentions.concepts[one.concept].kind == "government"]
    return [*named, *(found.start() for found in _BODY.finditer(text))]
