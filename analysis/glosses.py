"""Plain words of the news that Korean and English share, by stems: weak evidence that two texts mean one event."""

from collections import defaultdict
from collections.abc import Mapping

_TABLE = """
launch     공개 출시 선보 발표 내놓 도입 | launch unveil releas introduc announc debut roll reveal ship
invest     투자 조달 유치 펀딩 | invest rais fund financ
acquire    인수 합병 매입 | acqui buy bought merg takeover purchas
lawsuit    소송 제소 고소 피소 | sue sues sued lawsuit
court      법원 판사 판결 재판 법정 | court judge rul trial
ban        금지 차단 제한 중단 | ban block restrict curb suspend paus halt
law        법안 기본법 법률 입법 | law bill act legislat
regulate   규제 | regulat
safety     안전 | safe
privacy    개인정보 사생활 프라이버시 | privacy
copyright  저작권 | copyright
school     교육 학교 학생 교과서 대학 | educat school student textbook universit college
job        일자리 채용 고용 해고 감원 인력 직원 | job hir employ layoff workforce worker staff
election   선거 대선 투표 | election vot primary
politics   정치 슈퍼팩 기부 | politic pac donat
military   국방 미군 전쟁 무기 군사 | militar defense defence war weapon pentagon
government 정부 | government
parliament 의회 국회 | parliament assembly congress senate
china      중국 | china chinese
america    미국 | us american
korea      한국 국내 국산 | korea korean
japan      일본 | japan japanese
europe     유럽 | europe european eu
india      인도 | india indian
taiwan     대만 | taiwan taiwanese
hack       해킹 유출 침해 | hack leak breach
security   보안 취약점 | securit vulnerab
police     경찰 수사 검찰 | police investigat prosecutor probe
fraud      사기 조작 위조 가짜 허위 | fraud scam fake forg fabricat false
search     검색 | search
voice      음성 목소리 | voice speech
video      영상 동영상 | video film
image      이미지 사진 그림 | image photo picture
code       코드 코딩 개발자 | code coding program developer
local      로컬 | local
memory     메모리 기억 | memory
model      모델 | model
research   연구 논문 과학 | research stud paper scien
health     의료 병원 의사 환자 건강 | health hospital doctor medic patient
drug       신약 약물 제약 | drug pharma
power      전력 전기 원전 에너지 발전 | power electric nuclear energy
car        차량 자동차 | car cars vehicle auto
taxi       택시 | taxi robotaxi
price      가격 요금 비용 | price cost fee
free       무료 무상 | free
share      주가 주식 증시 | share stock
value      가치 시가총액 | valu worth
profit     실적 매출 이익 흑자 적자 | profit revenue earning sales loss
record     사상 최대 최고 | record
executive  대표 최고경영자 회장 | chief ceo executive chairman boss
leave      사임 퇴사 사퇴 해임 떠나 | resign leav quit oust depart fire fired
appoint    선임 임명 영입 | appoint name join
board      이사회 이사 | board director
hollywood  영화 할리우드 배우 | film movie hollywood actor
music      음악 노래 | music song
media      언론 뉴스 신문 | media news journal
advert     광고 | ads advert
partner    제휴 협력 파트너 동맹 | partner alliance collaborat team
supply     공급 납품 출하 양산 | supply supplies ship production
export     수출 | export
tariff     관세 | tariff
strike     파업 노조 | strike union
warn       경고 우려 | warn fear concern
delay      지연 연기 | delay postpon
fail       실패 결함 오류 | fail flaw defect error bug
award      노벨 수상 | nobel prize award
space      우주 위성 | space satellit orbit
child      아동 청소년 어린이 | child teen kid
people     인간 사람 | human people
life       인생 삶 | life
world      세계 글로벌 | world global
first      최초 첫 | first
tool       도구 | tool
agent      에이전트 | agent
platform   플랫폼 | platform
fast       빠른 빠르 고속 | fast
cheap      저렴 저비용 | cheap low
"""

_ROWS = [(line.split(maxsplit=1)[0], line.split(maxsplit=1)[1].split("|")) for line in _TABLE.strip().splitlines()]

KOREAN = {key: tuple(sides[0].split()) for key, sides in _ROWS}
ENGLISH = {key: tuple(sides[1].split()) for key, sides in _ROWS}


def by_stem(table: Mapping[str, tuple[str, ...]]) -> Mapping[str, tuple[str, ...]]:
    """The keys of each stem of one language, to look stems up instead of trying them all."""
    keys: defaultdict[str, tuple[str, ...]] = defaultdict(tuple)
    for key, stems in table.items():
        for stem in stems:
            keys[stem] += (key,)
    return dict(keys)
