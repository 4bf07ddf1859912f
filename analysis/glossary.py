"""Everyday words of the news in Korean and English, a line a meaning: key, Korean stems, English stems.

A stem of Hangul may stand anywhere in a word, one of Latin letters begins it; one with a point behind is a whole word
(particles aside). A single Chinese character is what headlines write for a country. A key may have several lines.
Common knowledge of both languages, fitted to no set of headlines.
"""

WORDS = """
launch      공개 출시 선보 발표 내놓 론칭 선뵈 발매 베일 | launch unveil releas introduc announc debut roll. rolls.
launch      | reveal ship. ships.
invest      투자 조달 유치 펀딩 베팅 출자 | invest rais fund. funds. funding funded financ bet. bets. stake
acquire     인수 합병 매입 사들 | acqui buy. buys. buying bought merg takeover purchas snap. snaps.
sell        매각 판매 팔아 판다 매도 | sell sold sale. selloff
lawsuit     소송 제소 고소 피소 소장 | sue. sues. suing sued. lawsuit litigat suit.
court       법원 판사 판결 재판 법정 대법 배심 | court. judge. ruling ruled. trial. jury verdict
settle      합의 화해 배상 | settle settling damages. compensat
fine        과징금 벌금 과태료 | fine. fined. penalt
ban         금지 차단 제한 중단 봉쇄 | ban. banned. banning. block restrict curb suspend paus. pauses. paused. halt
law         법안 기본법 법률 입법 법제 | law. bill. act. legislat statute
veto        거부권 | veto
sign        서명 체결 | sign. signs. signed. signing
order       명령 지시 | order. orders. ordered. mandat
approve     승인 통과 가결 의결 허가 인가 | approv pass. passes. passed. clear. clears. greenlight permit endors adopt.
regulate    규제 감독 당국 | regulat watchdog oversight
rule        지침 가이드라인 기준 규정 원칙 | guideline rule. rules. standard principle
sanction    제재 징계 | sanction disciplin punish
control     통제 | control
safety      안전 | safe. safer. safety
risk        위험 리스크 위협 | risk threat danger peril
privacy     개인정보 사생활 프라이버시 | privacy personal
consent     동의 허락 | consent permission
copyright   저작권 무단 | copyright infring piracy
license     라이선스 사용권 | licens
school      학교 교실 초등 중학 고교 | school classroom
education   교육 교과서 수업 학습 | educat textbook curricul teach. teaches. lesson tutor learn.
student     학생 | student pupil
university  대학 캠퍼스 | universit college campus academ
teacher     교사 교수 강사 | teacher professor
exam        시험 수능 | exam. exams. test. tests. tested. testing
job         일자리 채용 고용 취업 구직 | job. hire. hires. hiring. recruit employ
layoff      해고 감원 구조조정 희망퇴직 감축 | layoff lay. lays. laid. fire. fires. fired. axe. cut. cuts. cutting
worker      직원 노동자 근로자 인력 임직원 | worker workforce staff employee labor labour
union       노조 노동조합 | union
strike      파업 | strike. strikes. walkout
talent      인재 영입 스카우트 | talent poach
pay         연봉 임금 급여 보수 성과급 | pay. pays. salar wage compensation bonus
election    선거 대선 총선 투표 후보 | election. elections. vote voter votes. primary primaries candidate ballot
election    | campaign
politics    정치 슈퍼팩 로비 기부 | politic pac. lobby donat
president   대통령 | president
minister    장관 총리 | minister
governor    주지사 | governor
lawmaker    의원 | lawmaker senator congressm
parliament  의회 국회 하원 상원 | parliament assembly congress senate house.
government  정부 당국자 공공 | government public. federal administration
policy      정책 전략 대책 | policy policies strateg
budget      예산 보조금 지원금 | budget subsid grant
tax         세금 과세 감세 | tax. taxes. taxation
military    국방 미군 군사 군대 병력 | militar defense defence army. pentagon troop
war         전쟁 전투 전장 | war. wars. battlefield combat conflict
weapon      무기 미사일 핵무기 | weapon missile nuke
drone       드론 무인기 | drone
hack        해킹 유출 침해 탈취 랜섬웨어 | hack. hacks. hacked. hacker hacking leak breach stole. steal. theft
hack        | ransomware
security    보안 취약점 사이버 | securit vulnerab cyber
police      경찰 수사 검찰 내사 | police. investigat prosecut probe
crime       범죄 성범죄 체포 기소 구속 | crime criminal arrest indict charged
fraud       사기 보이스피싱 피싱 스캠 | fraud scam phish. phishing.
fake        가짜 위조 조작 허위 딥페이크 | fake. faked. forg. forged. fabricat false. bogus deepfake
sex         성착취 음란 선정 성적 | sex. sexual porn explicit
search      검색 | search
answer      답변 대답 | answer respon. response. respond reply
summary     요약 | summar
voice       음성 목소리 | voice speech spoken
call        통화 전화 | call. calls. phone. robocall
translate   번역 통역 | translat interpret
video       영상 동영상 비디오 화상 | video
image       이미지 사진 그림 화면 | image photo picture screenshot
text        텍스트 글. 문서 | text. texts. document
code        코드 코딩 | code. codes. coding
developer   개발자 프로그래머 | developer programmer coder engineer
local       로컬 | local
memory      메모리 기억 | memory
model       모델 | model
chip        반도체 칩. 프로세서 | chip. chips. chipmak semiconductor processor
wafer       웨이퍼 파운드리 | wafer foundr
server      서버 | server
cluster     클러스터 | cluster
design      설계 디자인 | design
plant       공장 생산라인 | plant. plants. factor fab. fabs.
produce     양산 생산 제조 | production produc manufactur
supply      공급 납품 출하 | supply supplies supplier ship. shipment deliver
order-book  수주 발주 주문 | contract awarded ordered
demand      수요 | demand
shortage    부족 품귀 대란 | shortage scarc crunch
export      수출 | export
import      수입 | import.
tariff      관세 | tariff duties.
trade       무역 통상 | trade.
research    연구 논문 과학 학계 | research study. studies. paper. papers. scien
math        수학 올림피아드 | math olympiad
physics     물리 | physic
chemistry   화학 | chemi
protein     단백질 | protein
discover    발견 규명 | discover find. finds. found.
health      의료 병원 건강 진료 | health hospital clinic
doctor      의사 의료진 | doctor physician
patient     환자 | patient
disease     질병 질환 치매 | disease illness dementia alzheimer
cancer      암. 종양 | cancer tumor tumour
drug        신약 약물 제약 의약 | drug. drugs. pharma medicine
brain       뇌. 두뇌 | brain
suicide     자살 극단적 사망 숨진 | suicide death. dead. died. dies. kill
mental      정신건강 우울 심리 | mental depress psycholog therap
power       전력 전기 발전 전력망 | power. powers. powered. powering. electric grid
energy      에너지 | energy
nuclear     원전 원자력 | nuclear reactor
climate     기후 탄소 온실 환경 | climate carbon emission environment
heat        발열 열. 냉각 | heat. heats. heating cool.
water       물. 용수 | water.
car         차량 자동차 승용차 전기차 | car. cars. vehicle auto. automaker carmaker ev. evs.
taxi        택시 | taxi. taxis. cab. robotaxi ride. rides.
truck       트럭 화물 | truck freight
bus         버스 | bus. buses.
crash       사고 충돌 추락 | crash. crashes. accident collision collid
road        도로 고속도로 | road. roads. highway street
robot       로봇 | robot
price       가격 요금 단가 | price. prices. pricing priced. fee. fees.
cost        비용 | cost. costs. costly expens spend
cheap       저렴 저비용 저가 헐값 | cheap low. lower. budget
free        무료 무상 공짜 | free.
subscribe   구독 유료 | subscri paid. paywall
advert      광고 | ads. advert ad.
share       주가 주식 증시 | share. shares. stock. stocks. equit
plunge      폭락 급락 추락 하락 | plunge plung tumbl. tumbles. slump sink sank fall. falls. fell. drop. drops. rout.
plunge      | slide. slides.
surge       급등 폭등 치솟 상승 급증 | surge surging soar jump. jumps. rally rallies rise. rises. rose. climb
bubble      거품 버블 | bubble froth
value       가치 시가총액 시총 몸값 | valu worth
profit      실적 이익 흑자 순익 | profit earning
loss        적자 손실 | loss. losses. lose. loses. losing
revenue     매출 | revenue sales.
bank        은행 금융 | bank. banks. banking. financial
debt        부채 채권 대출 빚. | debt bond. bonds. loan. loans. borrow
fundraise   상장 공모 기업공개 | ipo. ipos. listing. public.
record      사상 최대 최고 신기록 | record. largest. biggest. highest
rank        순위 선두 등극 | rank. ranks. top. tops. lead. leads. leading
overtake    제치 추월 넘어 앞질 능가 따돌 | overtak surpass beat. beats. outperform pass. eclips exceed
rival       경쟁 맞서 도전 추격 대항마 | rival compet challeng contend race. chase. catch. take. takes.
market      시장 | market
company     기업 회사 업체 | compan firm. firms. corporat business
startup     스타트업 벤처 창업 | startup. startups. founder. founded. ventur
investor    투자자 주주 | investor shareholder
customer    고객 소비자 | customer consumer client
user        이용자 사용자 가입자 | user. users. subscriber
app         앱. 애플리케이션 어플 | app. apps. application
download    다운로드 내려받 설치 | download install
web         웹. 인터넷 온라인 | web. internet online website
site        사이트 홈페이지 | site. website
browser     브라우저 | browser
phone       스마트폰 휴대폰 폰. | smartphone phone. phones. handset
device      기기 단말 하드웨어 | device hardware gadget
glasses     안경 글라스 | glasses eyewear
computer    컴퓨터 | computer. computers. pc. pcs. laptop
quantum     양자 | quantum
cloud       클라우드 | cloud
data        데이터 자료 | data. dataset
software    소프트웨어 | software
platform    플랫폼 | platform
service     서비스 | service
feature     기능 | feature. features. capabil
tool        도구 | tool. tools.
agent       에이전트 | agent. agents. agentic
assistant   비서 어시스턴트 | assistant
chatbot     챗봇 | chatbot
game        게임 | game. games. gaming gamer
executive   대표 최고경영자 회장 임원 | chief ceo. executive chairman boss.
founder     창업자 설립자 | founder cofounder
resign      사임 퇴사 사퇴 떠나 물러 퇴진 | resign leav. leaves. leave. leaving quit. quits. step. steps. depart exit.
resign      | exits.
oust        해임 축출 경질 쫓겨 | oust. ousts. ousted dismiss fire. fired. firing sack. sacked.
return      복귀 귀환 돌아 | return. returns. reinstat back. comeback
appoint     선임 임명 발탁 내정 | appoint nam. names. named. tapped. taps.
join        합류 이적 가세 | join. joins. joined.
board       이사회 이사. | board. boards. director
nonprofit   비영리 | nonprofit charit
reorganise  개편 재편 전환 | restructur reorgani overhaul convert
hollywood   할리우드 | hollywood
actor       배우 연예인 | actor. actors. actress celebrit star. stars.
writer      작가 소설 | writer. writers. author. authors. novel
artist      예술 화가 | artist. artists. art.
film        영화 | film. films. movie cinema
music       음악 노래 음반 | music song. songs. album
book        책. 도서 출판 | book. books. publisher publish
media       언론 뉴스 신문 매체 | media. news. newspaper journal press.
ministry    부처 | ministr department
partner     제휴 협력 파트너 동맹 손잡 맞손 | partner alliance collaborat team. teams. tie. join.
deal        계약 거래 협약 | deal. deals. agreement contract pact
project     프로젝트 사업 | project. projects. initiative
build       구축 건설 짓는 짓기 조성 | build. builds. building. built. construct
expand      확대 확장 늘린 증설 | expand expans extend widen broaden scale.
reduce      줄인 줄여 축소 절감 | reduc shrink slash trim.
add         추가 탑재 적용 | add. adds. adding. added. bring. brings. integrat embed
update      업데이트 개선 업그레이드 강화 | updat upgrad improv enhanc
support     지원 | support. supports. back. backs. backing aid.
open        개방 오픈소스 공개 | open. opens. opened. source. sourced.
standard    표준 규격 | standard. standards. protocol.
restart     재가동 재개 | restart resum reopen reviv
start       시작 착수 개시 가동 | start. starts. begin. begins. kick. launch
end         종료 폐지 철수 | end. ends. shut. shuts. shutter scrap discontinu withdraw pull. pulls.
delay       지연 연기 미뤄 늦춰 | delay postpon push.
fail        실패 불발 무산 | fail. fails. failed. failure collapse
flaw        결함 오류 버그 오작동 | flaw defect error. errors. bug. bugs. glitch inaccura mistake
outage      장애 먹통 마비 | outage downtime disrupt
warn        경고 우려 경계 경종 | warn. warns. warned. warning fear. fears. concern worry worries alarm caution
criticism   비판 논란 반발 지적 | critic controvers backlash outrage row. slam. blast. divid divide. debate.
ask         요구 촉구 요청 청원 | ask. asks. urge. urges. demand. demands. call. seek. seeking. petition
claim       주장 의혹 | claim. claims. alleg accus
deny        부인 반박 일축 | denies deny denied rebut reject dismiss
apology     사과 유감 | apolog sorry regret
promise     약속 서약 공약 | pledge promis commit vow. vows.
agree       합의 동의 | agree. agrees. agreed.
talk        협상 논의 대화 | talk. talks. negotiat discuss
meet        회동 만나 회담 | meet. meets. meeting. met.
summit      정상회의 정상회담 서밋 | summit
conference  컨퍼런스 콘퍼런스 회의 행사 | conference event. forum
visit       방문 방한 | visit. visits. trip.
speech      연설 강연 | speech. keynote remark
report      보고서 보도 | report. reports.
survey      조사 설문 여론 | survey poll. polls.
forecast    전망 예측 예상 | forecast predict expect outlook project.
plan        계획 방침 추진 | plan. plans. planning.
award       수상 선정 상. | prize award wins. win. won.
nobel       노벨 | nobel
space       우주 위성 발사 | space. satellit orbit rocket
moon        달. 화성 | moon. mars.
child       아동 청소년 어린이 미성년 자녀 | child kid. kids. teen minor. minors. youth
parent      부모 학부모 | parent. parents. mother father
women       여성 | woman women female
elder       노인 고령 어르신 | elder senior. seniors. aging
family      가족 유족 | family families
people      인간 사람 | human. humans. people person.
friend      친구 | friend companion
love        연애 사랑 애인 | love. romantic dating
religion    교황 종교 교회 | pope. vatican church relig
life        인생 삶. | life. lives.
world       세계 글로벌 지구 | world global earth
first       최초 첫. 처음 | first. firsts.
second      두번째 두. | second.
last        마지막 최후 | last. final
next        차세대 다음 | next. upcoming
new         신규 새. 새로운 신형 | new. newest
fast        빠른 빠르 고속 신속 속도 | fast. faster. fastest speed quick accelerat
small       소형 경량 작은 | small. smaller. lightweight mini. compact
large       대형 초대형 거대 대규모 | large. massive giant. huge mega
strong      강력 성능 | powerful stronger perform
smart       똑똑 지능 | smart. smarter. smartest. intelligen
reason      추론 사고력 | reason. reasoning inferenc think
train       훈련 학습시 | train. trains. trained. training
generate    생성 | generat
autonomous  자율 무인 | autonom self. driverless unmanned
remote      원격 재택 | remote
office      사무실 오피스 업무 | office. offices. workplace
home        집. 주택 가정 | home. homes. house. household
city        도시 시장. | city cities mayor urban
farm        농업 농가 농촌 | farm. farms. agricultur crop
food        식품 음식 요리 | food. recipe restaurant cook. cooking
retail      유통 소매 쇼핑 매장 | retail shop. shopping store. stores. ecommerce
logistics   물류 배송 택배 | logistic deliver parcel warehouse
airline     항공 여객기 공항 | airline airport aviation plane. planes. flight
ship        선박 조선 해운 | shipbuild vessel maritime
fire        화재 산불 | fire. wildfire blaze
flood       홍수 폭우 침수 | flood
quake       지진 | quake earthquake
weather     날씨 기상 태풍 | weather storm hurricane typhoon
sport       스포츠 축구 야구 올림픽 | sport soccer football baseball olympic
insurance   보험 | insur
lawyer      변호사 로펌 | lawyer attorney
law-case    사건 판례 | case. cases. precedent
fact        사실 진실 | fact. facts. truth
opinion     사설 칼럼 | opinion column editorial
mystery     정체 비밀 | secret myster stealth
crisis      위기 | crisis crises
shock       충격 | shock rattl stun jolt shake. shakes.
hope        기대 희망 | hope. hopes. optimis
fear        공포 불안 | anxi panic
attention   관심 주목 화제 | attention buzz spotlight
boom        열풍 호황 특수 붐. | boom frenz craz hype. rush. flock
future      미래 | future
history     역사 | histor
money       자금 돈. | money cash. capital
dollar      달러 | dollar
won         원화 환율 | won. currency
billionaire 억만장자 재벌 갑부 | billionair tycoon
rich        부자 부호 | rich. richest wealth
remittance  송금 이체 | wire. transfer remit
telecom     통신 이동통신 | telecom wireless carrier
network     네트워크 망. | network
cable       케이블 해저 | cable subsea undersea
battery     배터리 이차전지 | batter
display     디스플레이 패널 | display oled
material    소재 희토류 광물 | material mineral rare.
steel       철강 | steel
oil         석유 원유 유가 | oil. crude. petrol
gold        금. 금값 | gold.
crypto      가상자산 암호화폐 비트코인 코인 | crypto bitcoin token.
blockchain  블록체인 | blockchain
ethics      윤리 | ethic moral
bias        편향 차별 | bias discriminat
hallucinate 환각 | hallucinat
alert       알림 | alert notif
recall      리콜 | recall
monitor     감시 관제 | surveil monitor. spy. spying
face        얼굴 안면 | face. faces. facial
age         연령 나이 | age. ages. aged.
ownership   지분 소유 | owner stake
monopoly    독점 반독점 | monopol antitrust
patent      특허 | patent
spyware     간첩 스파이 산업기밀 기밀 | spy. espionage secret. classified
immigrant   이민 비자 | immigra visa. visas.
protest     시위 집회 | protest demonstrat rally.
island      섬. | island
minute      분. | minute
hour        시간 | hour. hours.
day         하루 일. | day. daily
week        주간 일주일 | week. weekly
month       개월 월간 | month
year        연간 올해 | year. yearly annual
percent     퍼센트 | percent.
double      두배 갑절 | double. doubles. doubled. twice.
half        절반 반값 | half. halve
million     백만 | million.
team        팀. 조직 | team.
lab         연구소 연구원 랩. | lab. labs. laborator institute
center      센터 | center. centers. centre
"""
