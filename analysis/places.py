"""Countries and cities in Korean and English, written as in ``glossary``: key, Korean stems, English stems."""

PLACES = """
america     미국 미. 美 | us. usa. american america
china       중국 中 | china chinese beijing
korea       한국 국내 국산 韓 | korea korean
north-korea 북한 北 | pyongyang dprk.
japan       일본 日 | japan japanese
taiwan      대만 臺 | taiwan taiwanese
hong-kong   홍콩 | hong.
india       인도. 인도가 인도에 인도의 인도서 | india indian
europe      유럽 | europe european eu.
britain     영국 英 | britain british uk. england
france      프랑스 佛 | france french
germany     독일 獨 | german
italy       이탈리아 | italy italian
spain       스페인 | spain spanish
netherlands 네덜란드 | netherland dutch
ireland     아일랜드 | ireland irish
switzerland 스위스 | switzerland swiss
sweden      스웨덴 | sweden swedish
norway      노르웨이 | norway norwegian
finland     핀란드 | finland finnish
denmark     덴마크 | denmark danish
poland      폴란드 | poland polish
russia      러시아 | russia russian moscow kremlin
ukraine     우크라이나 | ukrain kyiv
israel      이스라엘 | israel
iran        이란. | iran iranian
saudi       사우디 | saudi
uae         아랍에미리트 두바이 아부다비 | uae. emirat dubai abu.
qatar       카타르 | qatar
turkey      튀르키예 터키 | turkey turkish turkiye
canada      캐나다 | canad
mexico      멕시코 | mexic
brazil      브라질 | brazil
argentina   아르헨티나 | argentin
chile       칠레 | chile
australia   호주 오스트레일리아 | australia
singapore   싱가포르 | singapore
malaysia    말레이시아 | malaysia
indonesia   인도네시아 | indonesia
vietnam     베트남 | vietnam
thailand    태국 | thailand thai.
philippines 필리핀 | philippin
kazakhstan  카자흐스탄 | kazakh
mongolia    몽골 | mongolia
africa      아프리카 | africa
egypt       이집트 | egypt
nigeria     나이지리아 | nigeria
kenya       케냐 | kenya
venezuela   베네수엘라 | venezuela
greenland   그린란드 | greenland
middle-east 중동 | mideast middle.
asia        아시아 | asia
california  캘리포니아 | california
silicon     실리콘밸리 | valley
san-fran    샌프란시스코 | francisco
new-york    뉴욕 | york.
texas       텍사스 | texas
arizona     애리조나 | arizona
washington  워싱턴 | washington
las-vegas   라스베이거스 | vegas
boston      보스턴 | boston
london      런던 | london
paris       파리. 파리서 파리에서 | paris
berlin      베를린 | berlin
brussels    브뤼셀 | brussels
davos       다보스 | davos
tokyo       도쿄 | tokyo
shanghai    상하이 | shanghai
shenzhen    선전시 | shenzhen
seoul       서울 | seoul
busan       부산 | busan
incheon     인천 | incheon
sejong      세종 | sejong
ulsan       울산 | ulsan
daejeon     대전 | daejeon
delhi       뉴델리 델리 | delhi
"""
