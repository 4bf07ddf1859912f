"""Words in headlines that tell what kind of news it is, apart from what the lexicon names.

Each group is one regular expression over a plain, lower-cased text. They are the vocabulary of news desks, not of any
one week: a market column says 목표가 and 순매수 whatever moves the market.
"""

import re

MARKET = re.compile(
    r"주가|증시|목표가|목표주가|순매수|매수|매도|특징주|코스피|코스닥|나스닥|다우"
    r"|s&p|급락|급등|폭등|폭락|강세|약세"
    # A share at its peak, and not 신고 (a report to the police) with its particle.
    r"|(?:52주|역대|연일|사상|또)\s?신고가|신고가\s?(?:경신|랠리|행진|기록|찍|돌파)|신고가(?=[\s…·'\"’”]*$)"
    r"|최고치|투자의견|서학개미|개미|株|주식|종목|수혜(?!자|\s?대상|국)|랠리|어닝|레버리지|순자산"
    r"|자사주|배당|펀드|etf|운용사|자산운용|증권"
    r"|리츠|채권|금리|환율"
    r"|시가총액|시총|공모가|변동성|(?:관련|기술|장비|반도체|금융|바이오|로봇|통신|게임|방산|조선|자동차|배당|성장|가치|대장|테마|수혜|소프트웨어|보안|우량|유망|은행|보험|건설|식음료|엔터|화장품|에너지|원전|전력|배터리|이차전지|ai|중소형|대형|급등|공모|내수|소재|sw|인프라|서비스|운송|항공|유통|제약)주(?=[\s,…·'\"’”↑↓들가도는에]|$)|만전자|만닉스|삼전|하닉|줍줍|고수들?|포트폴리오|월가"
    r"|stocks?\b|shares?\b|investors?\b|wall street|nasdaq|dow\b|rally|earnings"
    r"|dividends?|portfolio|hedge fund|analysts?\b"
)
EARNINGS = re.compile(
    r"영업이익|영업손실|흑자|적자|실적|매출|컨콜|잠정|분기|전년|순이익|호실적|상장"
    r"|ipo|주총|소각|무상감자|유상증자|사외이사"
    r"|revenue|profit|quarterly|\bipo\b"
)
PROPERTY = re.compile(
    r"아파트|분양|재건축|재개발|청약|입주|(?<!산업)(?<!농공)(?<!연구)단지|정비사업|시공사|오피스텔|전세|집값|수주전"
    r"|apartments?|housing|mortgage"
)
GOODS = re.compile(
    r"청소기|세탁기|에어컨|냉장고|tv\b|가전|스마트폰|아이폰|갤럭시|노트북|이어폰|할인|사은"
    r"|프로모션|이벤트|광고|마케팅|캠페인|슈퍼볼|브랜드|패션|뷰티|화장품|식음료|맛집|여행|관광"
    r"|vacuum|discount|deals?\b|headphones"
)
PEOPLE_NOTICE = re.compile(
    r"선임|임명|취임|영입|승진|전무|부사장|상무|내정|인사|부고|별세|동정|회장|총수|수상|시상식|대상\b|표창|기부|봉사"
)
SPORT = re.compile(
    r"야구|축구|농구|배구|골프|올림픽|월드컵|프로야구|프리미어리그|kbo|nba|mlb|선수단|금메달|감독|리그\b|결승|타율"
    r"|\bnfl\b|olympics?|world cup|playoffs?"
)
LEISURE = re.compile(
    r"운세|띠별|로또|드라마|예능|아이돌|콘서트|가수|걸그룹|공연|뮤지컬|전시회|영화제|시청률"
    r"|celebrity|box office|horoscope"
)
ECONOMY = re.compile(
    r"경제성장률|성장률|물가|수출입|무역수지|전망치|경기\s?전망|gdp|보증\s?공급|소비\s?심리|관세|가계"
    r"|inflation|interest rates?|연준|기준금리|통화정책|경제학[자계]|디플레|인플레|수출\s?호조"
    r"|자본재|안전자산|위험자산|비트코인|가상자산|bitcoin|crypto"
)
MOVES = re.compile(  # a price or a share that moves
    r"\d%?\s?[↑↓]|[↑↓]$|\d%대?\s?(?:상승|하락|급등|급락|강세|약세|반등|뛴|뛰|올라|오른|내려|빠[져진])|상한가|하한가|장중|장\s?초반|프리마켓|시간외|거래일\s?대비"
    r"|(?:[가-힣a-z]證|증권)[\"”’']?$|-[가-힣a-z]{2,8}[\"”’']?$|개장\s?전|마감$|유망$|유망주|베팅|비중\s?확대|저평가|고평가|투자\s?레슨|초고수|추천\s?종목"
)
ABOUT_OTHERS = re.compile(  # company ceremony, lists of fields, diplomacy: AI is one word among others
    r"현장\s?경영|신년사|창립\s?\d|출범식|간담회|고위급|경제사절단|경제협력|외교장관|정상회담|통상|합동\s?회의|미리보는|오늘의|뉴스레터|주요\s?기사"
    r"|캠퍼스|리더십|에세이|사자성어|미술|영화|소설|시집|배우|가수|예능|반려동물|펫\b|pet\]|movie\]"
)

FLU = re.compile(  # the other AI: avian influenza
    r"(?:조류\s?인플루엔자|조류\s?독감|[고저]병원성|avian influenza|bird flu)[\s(]*(?:h\d+n\d+[가-힣]?\s*)?ai\b\)?"
    r"|(?:asf|구제역|럼피스킨|아프리카돼지열병)\s?[·,/]?\s?(?:이어\s|에\s)?ai(?![a-z])"
    r"|(?<![a-z])ai(?=\s?[·,]?\s?(?:asf|구제역|럼피스킨|아프리카돼지열병))"
    r"|(?<![a-z])ai(?=\s?(?:방역|확진|항원|검출|살처분|의심\s?(?:신고|사례)|바이러스|발생\s?농[장가]|위기\s?경보))",
    re.IGNORECASE,
)
ASIDE = re.compile(  # AI as one of a list, as an age or as a wind that blows: seldom what a text is about
    r"(?:ai|인공지능|반도체|로봇|바이오|에너지|조선|방산|우주"
    r"|양자)[·,/ㆍ]\s?(?:[가-힣a-z]+[·,/ㆍ]\s?)*(?:ai|인공지능)(?![가-힣a-z]*\s?(?:반도체|칩))"
    r"|(?:ai|인공지능)[·,ㆍ]\s?[가-힣a-z]+|(?:ai|인공지능"
    r"|ax)\s?(?:전환)?\s?(?:시대|열풍|훈풍|기대감|모멘텀|수요|거품|버블|공포|낙관론)"
    r"|(?:ai|인공지능)(?:발|發)"
)
POLITICS = re.compile(  # not 신약 후보물질, a candidate for a prize, 정당한 or what a government or parliament enacts
    r"예비\s?후보|후보자?\s?(?:등록|공천|경선|단일화|토론|지지|유세|캠프|선출|확정|측\b|간\s)|(?:여야|야당|여당|거대\s?양당)\s?후보"
    r"|(?:시장|지사|구청장|군수|교육감|의원|대통령|대선|총리|당\s?대표|비례대표|무소속)\s?후보(?!지|\s?물질)|후보\s?\d+명|후보들?(?=[,…]\s)"
    r"|공천|(?<!대)경선(?!식)|출마|선거|지선\s?(?:앞|공약|출마|후보)|총선|대선(?!배)|(?<!비)공약(?!수)|당대표|당\s대표|최고위원|원내대표"
    r"|민주당|국민의힘|국힘\b|조국혁신당|개혁신당|진보당|정의당|기본소득당"
    r"|여야|與野|당선(?!작)|유세\b|지지율|단일화|(?<!부)정당(?!한|하|성|화|방위)|비례대표|의원총회"
    r"|campaign trail|midterms?\b|ballots?\b|democrats?\b|republicans?\b|primary election|super pac|\belections?\b"
    r"|(?:presidential|mayoral|senate|congressional|party|gubernatorial|republican|democratic|council|house)\s+candidates?"
    r"|\bcandidates?\s+(?:for (?:mayor|president|governor|senate|congress|office)|pledge|campaign|debate|before the)"
)

_AI = r"(?:(?<![a-z])ai|인공지능|챗gpt|클로드|제미나이|llm|언어모델)"
USE = re.compile(  # AI does something, or something is done with it
    rf"{_AI}(?:가|로|를|에게|에|와|이|은|는|도)?(?=[\s,…]).{{0,12}}?(?:대신|자동|알아서|만든|만들|쓴|쓰[는고]|찾|잡|돕|분석|예측|진단|판독|추천|학습|개발|도입|활용|적용|탑재|접목|구축)"
    rf"|{_AI}\s?(?:기반|활용|도입|탑재|접목|적용|적용한|비서|상담|챗봇|모델|에이전트|플랫폼|솔루션|서비스|기능|시스템|기술|칩|반도체|스타트업|기업|교육|인재|정책|규제|법)"
    rf"|{_AI}(?:로|가|에게)(?![가-힣])"
    r"|(?:using|with|by|powered by) (?:ai|llms?|agents?)\b|\bai[- ](?:powered|driven|generated|based|assisted)"
)
DEAL = re.compile(
    r"인수|합병|동맹|체결|조달|양산|출하|공급|수주|출시|공개|선보|도입|구축|착공|설립|협력|맞손|손잡|투자\s?(?:유치|확대|계획|집행)|조\s?투자|발표|개발|매각|합류"
    r"|acquir|launch|releas|partner|raises?\b|unveil|deploy|invest"
)
BOSS = re.compile(r"회장|총수|그룹\b|부회장")
LAW = re.compile(
    r"법안|[가-힣]법(?:이|을|은|의)?\s|특별법|기본법|국회|본회의|조례|규제|처벌|의무화|과징금|시행령|개정|입법|단속|저작권|소송|판결"
    r"|\blaws?\b|\bbill\b|\bact\b|regulat|senate|court|lawsuit|copyright"
)
AGENTS = re.compile(  # said of nothing but AI, though no name for it; "agent" alone may be a broker
    r"에이전트|에이전틱|agentic|\bagents\b|코파일럿|프롬프트|바이브|휴머노이드|자율주행|로보택시|알고리즘|챗봇|파운데이션"
    r"|\bllms?\b|\bgpt|\bcodex\b|copilot|prompts?\b|fine-?tun|embeddings?\b|inference|\bneural\b|transformers?\b|\bmcp\b|\brag\b"
)
HARDWARE = re.compile(
    r"\bgpu|렌더|render|ray trac|그래픽카드|driver"
    r"|시뮬레이터|광통신|배터리|검사장비|소부장|전력\s?(?:기기|판매)|태양광|원전|smr"
)

# Words near to AI that the lexicon does not name or that are too general for it; enough to have a page read.
NEARBY = re.compile(
    r"로봇|로보틱스|휴머노이드|자율주행|무인|드론|챗봇|반도체|gpu|npu|hbm"
    r"|데이터\s?센터|클라우드|알고리즘|머신러닝|딥러닝|빅데이터"
    r"|빅테크|스마트\s?(?:시티|공장|팩토리|팜)|디지털\s?(?:전환|트윈|정부|플랫폼)|에이전트"
    r"|초거대|파운데이션|슈퍼컴|양자|코딩|개발자|오픈소스"
    r"|생체인식|안면인식|음성인식|로보택시|테크\b|소프트웨어"
    r"|robot|autonom|self-driving|driverless|data cent|chip|semiconductor|algorithm|agent|\bmodels?\b|neural|inference"
    r"|open[- ]source|compute|developer|\bapi\b|coding|benchmark|transformer"
    r"|embedding|dataset|token|prompt|context|fine-tun"
)
