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
    r"|시가총액|시총|공모가|변동성|[가-힣]{2}(?<!지난)(?<!이번)(?<!다음)(?<![수발거입음위자민우])주(?=[\s,…·'\"’”]|$)|만전자|만닉스|삼전|하닉|줍줍|고수들?|포트폴리오|월가"
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
    r"경제성장률|성장률|물가|수출입|무역수지|전망치|경기\s?전망|gdp|보증\s?공급|소비\s?심리|관세|금융위|가계|inflation"
)

FLU = re.compile(  # the other AI: avian influenza
    r"(?:조류\s?인플루엔자|조류\s?독감|[고저]병원성|avian influenza|bird flu)[\s(]*(?:h\d+n\d+[가-힣]?\s*)?ai\b\)?"
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
POLITICS = re.compile(
    r"후보|공천|경선|예비후보|출마|선거|지방선거|총선|대선|공약|당대표|최고위원|원내대표"
    r"|민주당|국민의힘|조국혁신당|개혁신당|진보당|정의당"
    r"|여야|與野|당선|유세|지지율|필승|단일화|정당|비례대표|의원총회"
    r"|candidates?\b|campaign trail|midterms?|ballots?|democrats?\b|republicans?\b|primary election"
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
