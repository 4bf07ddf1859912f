"""The everyday pages of a city: a small regional paper with everything around its article, and public boards."""

from datetime import datetime, timedelta, timezone

import pytest

from archive.records.incoming import Page
from collectors.articles import read_page

KST = timezone(timedelta(hours=9))
CITIES = [
    "서울",
    "인천",
    "수원",
    "춘천",
    "원주",
    "강릉",
    "대전",
    "세종",
    "청주",
    "전주",
    "군산",
    "광주",
    "목포",
    "여수",
]
DEGREES = [(city, f"{day % 9 - 3}℃") for day, city in enumerate(CITIES * 6)]
WEATHER = {
    "a list": "<ul>" + "".join(f"<li><b>{city}</b><span>{heat}</span></li>" for city, heat in DEGREES) + "</ul>",
    "boxes": "".join(f"<div><span>{city}</span> <em>{heat}</em></div>" for city, heat in DEGREES),
    "a line": " ".join(f"<span>{city} {heat}</span>" for city, heat in DEGREES),
    "a table": "<table>" + "".join(f"<tr><td>{city}</td><td>{heat}</td></tr>" for city, heat in DEGREES) + "</table>",
    "pairs": "<dl>" + "".join(f"<dt>{city}</dt><dd>{heat}</dd>" for city, heat in DEGREES) + "</dl>",
}
BUTTONS = ["페이스북", "트위터", "카카오스토리", "밴드", "URL복사", "기사공유하기", "글씨키우기", "프린트"]
SHARE = "".join(f'<li><a href="#">{name}</a></li>' for name in BUTTONS)
READ_MOST = "".join(
    f'<li><a href="/{n}">{city}의 소식을 전하는 기사 제목</a></li>' for n, city in enumerate(CITIES[:9])
)
TITLE = "한빛시, 복지 상담에 인공지능 도우미… 내달 두 동에서 시범 운영"
ARTICLE = [
    "[한빛일보=한빛] 한빛시가 복지 상담 창구에 인공지능 도우미를 놓는다. 시는 내달 두 개 동에서 시작한다고 밝혔다.",
    "▲ 무엇을 하나 도우미는 주민이 말로 물으면 받을 수 있는 지원과 필요한 서류를 찾아 알려 준다.",
    "▷ 예산 올해 3억 2천만 원이며, 운영은 시 복지정책과가 맡는다.",
    "이정민 과장은 “상담 시간을 절반으로 줄이는 것이 목표”라며 “사람이 하는 상담은 그대로 둔다”고 말했다.",
]
PARAGRAPHS = "".join(f"<p>{line}</p>" for line in ARTICLE)
CAPTION = "▲ 한빛시청 전경. (사진=한빛시)"
PICTURE = f'<table class="photo"><tr><td><img src="a.jpg"></td></tr><tr><td class="caption">{CAPTION}</td></tr></table>'
FIGURE = f'<figure><img src="a.jpg"><figcaption>{CAPTION}</figcaption></figure>'
BOXES = {
    "a known publishing system": f'<div id="article-view-content-div">{PICTURE}{PARAGRAPHS}</div>',
    "a box of its own": f'<div class="cont"><div class="txt">{PICTURE}{PARAGRAPHS}</div></div>',
    "line breaks in a table": f"<table><tr><td>{PICTURE}{'<br><br>'.join(ARTICLE)}</td></tr></table>",
    "a figure": f'<div class="cont"><div class="view">{FIGURE}{PARAGRAPHS}</div></div>',
}

NOTICE_TITLE = "2026년 지역 인공지능 실증 지원사업 참여 지자체 모집 공고"
NOTICE = [
    "□ 사업 개요",
    "ㅇ 지방자치단체가 인공지능 서비스를 시범 운영할 수 있도록 기관마다 최대 2억 원을 지원합니다.",
    "ㅇ 지원 분야는 복지, 교통, 안전, 행정 네 가지입니다.",
    "□ 신청 기간: 2026. 3. 2.(월) 09:00 ~ 2026. 3. 20.(금) 18:00",
    "□ 신청 방법: 전자우편 제출 후 공문 발송",
]
NOTICE_LINES = "".join(f"<p>{line}</p>" for line in NOTICE)
MENUS = ["기관소개", "알림마당", "공지사항", "보도자료", "사업공고", "민원참여"]
MENU = "".join(f'<li><a href="/m">{name}</a></li>' for name in MENUS)
TABLE_BOARD = f"""<h3>사업공고</h3><table class="board_view">
<caption>사업공고 상세보기 - 제목, 작성자, 등록일, 조회수, 첨부파일, 내용</caption><tbody>
<tr><th>제목</th><td colspan="3">{NOTICE_TITLE}</td></tr>
<tr><th>작성자</th><td>지역디지털팀</td><th>등록일</th><td>2026-02-12</td></tr>
<tr><th>접수기간</th><td>2026-03-02 09:00 ~ 2026-03-20 18:00</td><th>조회수</th><td>1,234</td></tr>
<tr><th>첨부파일</th><td colspan="3"><a href="/f">공고문.hwpx</a> (120KB)</td></tr>
<tr><td colspan="4" class="view_con">{NOTICE_LINES}</td></tr></tbody></table>
<ul><li>이전글 <a href="/p">데이터 공고</a></li><li>다음글 <a href="/n">없습니다.</a></li></ul><a href="/l">목록</a>"""
LIST_BOARD = f"""<div class="bbs_view"><h4>{NOTICE_TITLE}</h4>
<dl><dt>담당부서</dt><dd>공보관</dd><dt>등록일시</dt><dd>2026.02.12 00:00</dd><dt>조회</dt><dd>77</dd></dl>
<div class="bbs_con">{NOTICE_LINES}</div><div class="file"><a href="/d">보도자료.pdf</a></div></div>
<div>이 페이지에서 제공하는 정보에 만족하십니까? 매우만족 만족 보통 불만족</div>"""


def paper(box: str, weather: str) -> Page:
    page = f"""<!DOCTYPE html><html lang="ko"><head><title>한빛일보 - {TITLE}</title>
<meta property="og:title" content="{TITLE}"><meta property="og:site_name" content="한빛일보"></head><body>
<div id="top"><a href="http://m.hanbit.example">모바일 버전</a> <span>최종편집 : 2026-02-20 18:05 (금)</span>
{weather}</div><div id="menu"><ul>{MENU}</ul></div>
<div><h1>{TITLE}</h1><h2>말로 물으면 받을 수 있는 지원을 찾아 준다</h2>
<div class="info">김다솜 기자 | 승인 2026.02.12 14:20 | 댓글 0</div><ul class="sns">{SHARE}</ul><h3>{TITLE}</h3>{box}
<div class="tag">#한빛시 #복지</div><div>저작권자 © 한빛일보 무단전재 및 재배포 금지</div>
<div>김다솜 기자 <a href="mailto:a@hanbit.example">a@hanbit.example</a></div>
<div><h4>관련기사</h4><ul><li><a href="/9">한빛시, 버스 정류장에 인공지능 안내판</a></li></ul></div></div>
<div id="side"><h4>많이 본 기사</h4><ol>{READ_MOST}</ol></div>
<div id="foot">한빛일보 | 등록번호 한빛 아00000 | 등록일 2011년 3월 2일 | 발행인 홍길동</div></body></html>"""
    return read_page(page.encode(), url="http://www.hanbit.example/news/articleView.html?idxno=5")


@pytest.mark.parametrize("weather", WEATHER.values(), ids=WEATHER)
@pytest.mark.parametrize("box", BOXES.values(), ids=BOXES)
def test_exactly_the_article_comes_out_of_a_regional_paper(box: str, weather: str) -> None:
    """Not the stamp of the whole site, the weather, the buttons, the second title, the caption or the links."""
    page = paper(box, weather)
    assert page.text.split("\n") == ARTICLE
    assert page.title == TITLE
    assert page.published == datetime(2026, 2, 12, 14, 20, tzinfo=KST)
    assert page.authors == ("김다솜",)


@pytest.mark.parametrize("board", [TABLE_BOARD, LIST_BOARD])
def test_a_notice_comes_out_of_a_public_board_with_the_day_it_was_filed(board: str) -> None:
    """Not its deadline, and not the rows of the table around it."""
    page = read_page(
        f'<html lang="ko"><head><title>{NOTICE_TITLE} | 사업공고 | 한빛진흥원</title></head><body><ul>{MENU}</ul>'
        f"{board}"
        "<footer>(우)00000 한빛시 한빛로 1 대표전화 044-000-0000</footer></body></html>".encode(),
        url="https://www.hanbit.go.kr/board/view.do?nttId=5",
    )
    assert page.text.split("\n") == NOTICE
    assert page.title == NOTICE_TITLE
    assert page.published == datetime(2026, 2, 12, tzinfo=KST)


@pytest.mark.parametrize("line", ["접수기간 2026-03-02 09:00 ~ 2026-03-20 18:00", "신청 마감: 2026.03.20 18:00"])
def test_a_deadline_is_no_date_of_publication(line: str) -> None:
    page = read_page(f"<html><body>{PARAGRAPHS}<p>{line}</p></body></html>".encode(), url="https://a.go.kr/1")
    assert page.published is None
