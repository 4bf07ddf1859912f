"""Pages with traps, in the shapes of Korean publishing systems, public boards and laboratories' blogs.

Each must give exactly its article: not the captions, comments, rankings, appeals and notices around and in it.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta, timezone

import pytest

from archive.records.incoming import Page
from collectors.articles import read_page
from collectors.urls import canonical

KST = timezone(timedelta(hours=9))
AT = datetime(2026, 2, 12, 14, 20, tzinfo=KST)
TITLE = "한빛시, 침수 예보에 인공지능 쓴다… 하천 서른 곳에 감지기"
TEXT = (
    "한빛시가 여름 장마를 앞두고 하천 서른 곳의 물높이를 인공지능으로 내다본다고 12일 밝혔다.",
    "시는 지난해부터 모은 강우량과 수위 자료를 모형에 배우게 했다. 세 시간 뒤의 수위를 평균 4센티미터 오차로 맞혔다.",
    "박서준 안전총괄과장은 “둔치 주차장을 비우라는 문자를 지금보다 한 시간 먼저 보낼 수 있다”고 말했다.",
    "감지기는 다음 달까지 놓고, 예보는 6월 1일부터 누리집과 문자로 알린다.",
)
ENGLISH = (
    "Today we are releasing Gaon-3, a language model with three billion parameters that runs on a phone.",
    "The model interprets eight languages without a network and follows a conversation of up to thirty minutes.",
    "We trained it on licensed text only, and publish the weights together with the evaluation we used.",
    "Developers can download it today; a version for cars will follow in the summer.",
)
PARAGRAPHS = "".join(f"<p>{line}</p>" for line in TEXT)
BREAKS = "<br /><br />".join(TEXT)
BLOG = "".join(f"<p>{line}</p>" for line in ENGLISH)
CITIES = [
    "서울",
    "인천",
    "수원",
    "춘천",
    "강릉",
    "대전",
    "세종",
    "청주",
    "전주",
    "광주",
    "목포",
    "여수",
    "대구",
    "포항",
    "울산",
    "부산",
    "창원",
    "제주",
]
WEATHER = "<ul class='weather'>" + "".join(f"<li>{city}<em>{n}℃</em></li>" for n, city in enumerate(CITIES)) + "</ul>"
MOST_READ = "".join(
    f'<li><a href="/news/{n}"><span>{n + 1}</span> {city} 시민들이 가장 많이 읽은 오늘의 소식 {n}</a></li>'
    for n, city in enumerate(CITIES[:10])
)
COMMENTS = "".join(
    f'<div class="cmt"><b>시민{n}</b> <span>2026.02.{n + 13} 09:1{n}</span>'
    f"<p>작년에 {city}에서 물난리를 겪었는데 이런 예보가 진작 나왔어야 한다고 생각합니다. 좋은 기사 잘 "
    "읽었습니다.</p></div>"
    for n, city in enumerate(CITIES[:9])
)


@dataclass(frozen=True)
class Hard:
    """A page with traps, and what it must give beside the text."""

    html: str
    url: str = "https://www.hanbit.example/news/articleView.html?idxno=160001"
    text: tuple[str, ...] = TEXT
    title: str = TITLE
    published: datetime | None = AT
    paywall: bool = False
    charset: str = "utf-8"
    canonical: str = ""


def korean(head: str, body: str, charset: str = "utf-8") -> str:
    return (
        '<!DOCTYPE html><html lang="ko"><head>'
        f'<meta http-equiv="Content-Type" content="text/html; charset={charset}">'
        f"<title>{TITLE} &lt; 사회 &lt; 기사본문 - 한빛일보</title>{head}</head><body>{body}"
        '<div class="footer">한빛일보 | 등록번호 한빛 아00000 | 등록일 2011년 3월 2일 | 발행·편집인 홍길동 | '
        "청소년보호책임자 김다솜 | Copyright 한빛일보. All rights reserved.</div></body></html>"
    )


OG = f'<meta property="og:title" content="{TITLE}"><meta property="og:site_name" content="한빛일보">'
PUBLISHED = '<meta property="article:published_time" content="2026-02-12T14:20:00+09:00">'
MODIFIED = '<meta property="article:modified_time" content="2026-02-13T09:00:00+09:00">'

PAGES = {
    "a photograph in boxes of its own": Hard(
        korean(
            OG + PUBLISHED,
            '<div id="article-view-content-div"><div style="text-align:center"><div class="photo-layout image">'
            '<img src="/p/1.jpg"><div class="figcaption">장마 때 물에 잠긴 둔치 주차장. /사진제공=한빛시</div>'
            "</div></div>"
            f'{PARAGRAPHS}<div class="photo_wrap"><img src="/p/2.jpg">'
            '<p class="img_txt">▲ 물높이를 재는 감지기</p></div>'
            "</div>",
        )
    ),
    "captions after pictures in one cell": Hard(
        korean(
            OG,
            "<div>기사입력: 2026/02/12 [14:20]  최종편집: ⓒ 한빛일보</div>"
            '<table><tr><td id="articleBody"><div align="center"><img src="/1.jpg" /><br />'
            f"<font color='#306f7f'>▲ 한빛천 둔치 주차장   © 한빛일보</font></div><br />{BREAKS}<br /><br />"
            "<b>한빛일보 김다솜 기자</b></td></tr></table>",
        )
    ),
    "a page in the charset of the nineties": Hard(
        korean(
            f"<meta name='title' content='{TITLE}'>",
            f"<table width=900><tr><td>최종편집 2026.2.20 금 18:05 {WEATHER}</td></tr></table>"
            f"<h2>{TITLE}</h2><span>2026년 02월 12일 (목) 14:20:00</span> <span>김다솜 기자 dasom@hanbit.example</span>"
            f"<div id='articleBody' class='view_r'>{PARAGRAPHS}</div>",
            charset="euc-kr",
        ).replace("평균 4센티미터", "똠방천 평균 4센티미터"),
        text=(TEXT[0], TEXT[1].replace("평균 4센티미터", "똠방천 평균 4센티미터"), *TEXT[2:]),
        charset="cp949",
    ),
    "rankings and other articles inside the article": Hard(
        korean(
            OG + PUBLISHED + MODIFIED,
            f'<div id="newsContent"><p>{TEXT[0]}</p><p>{TEXT[1]}</p>'
            '<div class="link_news"><strong>관련기사</strong><ul><li><a href="/1">한빛시, 하천 정비에 300억</a></li>'
            '<li><a href="/2">지난해 장마 피해 집계</a></li></ul></div>'
            f'<p>{TEXT[2]}</p><p>{TEXT[3]}</p><div class="rank"><h4>많이 본 뉴스</h4><ol>{MOST_READ}</ol></div></div>',
        )
    ),
    "comments longer than the article": Hard(
        korean(
            OG + PUBLISHED,
            f'<div class="wrap"><h1>{TITLE}</h1><div class="txt_area">{PARAGRAPHS}</div>'
            f'<div id="reply"><h4>댓글 9개</h4>{COMMENTS}</div></div>',
        )
    ),
    "a teaser before a wall": Hard(
        korean(
            OG + PUBLISHED,
            f'<div class="article_view"><p>{TEXT[0]}</p><p>{TEXT[1]}</p></div><div class="paywall">'
            "<p>이 기사는 구독자 전용 콘텐츠입니다.</p><p>로그인하면 전문을 읽을 수 있습니다.</p>"
            '<a href="/login">로그인</a> <a href="/join">구독 신청</a></div>',
        ),
        text=TEXT[:2],
        paywall=True,
    ),
    "an AMP page": Hard(
        "<!doctype html><html ⚡ lang='ko'><head><meta charset='utf-8'>"
        f"<title>{TITLE}</title>"
        "<link rel='canonical' href='https://www.hanbit.example/news/articleView.html?idxno=160001'>"
        f'<script type="application/ld+json">{{"@type":"NewsArticle","headline":"{TITLE}",'
        '"datePublished":"2026-02-12T14:20:00+09:00","dateModified":"2026-02-13T10:00:00+09:00"}</script>'
        "</head><body>"
        "<amp-sidebar id='s' layout='nodisplay'><ul><li>정치</li><li>경제</li><li>사회</li></ul></amp-sidebar>"
        f"<article><h1>{TITLE}</h1><amp-social-share type='facebook'></amp-social-share>"
        "<amp-img src='/1.jpg'></amp-img><div class='figcaption'>한빛천 둔치. 사진=한빛시</div>"
        f"<div class='article-body'>{PARAGRAPHS}</div><amp-ad>광고 문구가 들어가는 자리입니다.</amp-ad>"
        "</article></body></html>",
        url="https://www.hanbit.example/news/articleViewAmp.html?idxno=160001",
        canonical="https://www.hanbit.example/news/articleView.html?idxno=160001",
    ),
    "a page for telephones": Hard(
        korean(
            OG
            + PUBLISHED
            + '<link rel="canonical" href="https://www.hanbit.example/news/articleView.html?idxno=160001">',
            '<header><a href="/">홈</a> <a href="https://www.hanbit.example">PC버전</a></header>'
            f'<section class="news"><h2>{TITLE}</h2><p class="dt">승인 2026.02.12 14:20</p>'
            f'<div class="body">{PARAGRAPHS}</div><p>저작권자 © 한빛일보 무단전재 및 재배포 금지</p></section>'
            f"<section><h3>실시간 인기기사</h3><ul>{MOST_READ}</ul></section>"
            '<div><a href="#top">맨위로</a> <a href="https://www.hanbit.example">PC버전으로 보기</a></div>',
        ),
        url="http://m.hanbit.example/news/articleView.html?idxno=160001",
        canonical="https://www.hanbit.example/news/articleView.html?idxno=160001",
    ),
    "a board that writes the year with two digits": Hard(
        korean(
            "",
            f'<article id="bo_v"><header><h2 id="bo_v_title"><span class="bo_v_tit">{TITLE}</span></h2></header>'
            "<section id='bo_v_info'><h2>페이지 정보</h2>작성자 <strong>공보담당관</strong> 댓글 <strong>0건</strong> "
            "조회 <strong>77회</strong> 작성일 <strong>26-02-12 14:20</strong></section>"
            f'<section id="bo_v_atc"><h2>본문</h2><div id="bo_v_con">{PARAGRAPHS}</div></section>'
            '<div id="bo_v_share">공유하기 스크랩</div></article><section id="bo_vc"><h2>댓글목록</h2>'
            "<p>등록된 댓글이 없습니다.</p></section>",
        ),
        url="https://ai.hanbit.example/bbs/board.php?bo_table=news&wr_id=7",
    ),
    "a press release of a public body": Hard(
        korean(
            "",
            f'<div class="bbs-view"><h3>{TITLE}</h3><ul class="info"><li>등록일 : 2026-02-12 14:20</li>'
            "<li>수정일 : 2026-02-13 09:10</li><li>조회수 : 341</li><li>담당부서 : 안전총괄과</li></ul>"
            f'<div class="bbs-content"><p><img src="/a.jpg" alt="수위 감지기를 놓는 모습"></p>{PARAGRAPHS}</div>'
            '<div class="kogl">'
            '<img src="/k.png">본 저작물은 "공공누리 제1유형: 출처표시" 조건에 따라 이용할 수 있습니다.</div>'
            "<p>“이 자료는 한빛시의 보도자료를 전재하여 제공함을 알려드립니다.”</p>"
            '<div class="satis"><p>이 페이지에서 제공하는 정보에 대하여 만족하십니까?</p>'
            "<label>매우만족</label><label>만족</label><label>보통</label></div></div>",
        ),
        url="https://www.hanbit.go.kr/board/view.do?boardId=press&nttId=77",
    ),
    "a blog of the country's own kind": Hard(
        korean(
            PUBLISHED,
            f'<div class="area_view"><div class="tt_article_useless_p_margin contents_style">{PARAGRAPHS}</div>'
            '<div class="container_postbtn"><button>공감</button><button>공유하기</button></div>'
            '<div class="another_category"><h4>\'<a href="/c">동향</a>\' 카테고리의 다른 글</h4><table>'
            '<tr><th><a href="/1">지난달 동향 모음</a> <span>(0)</span></th><td>2026.01.30</td></tr>'
            '<tr><th><a href="/2">행사 안내와 신청 방법</a> <span>(3)</span></th><td>2026.01.20</td></tr></table></div>'
            "</div>",
        ),
        url="https://trend.hanbit.example/12",
    ),
    "subtitle and summary boxes before the text": Hard(
        korean(
            OG,
            f'<header><h1>{TITLE}</h1><div class="infomation"><ul><li>김다솜 기자</li>'
            "<li>입력 2026.02.12. 오후 2:20</li>"
            "<li>업데이트 2026.02.13. 오전 9:00</li></ul></div></header>"
            '<div class="ai-summary"><strong>AI 요약</strong><p>이 요약은 인공지능이 만들었습니다.</p></div>'
            f'<div class="article-body" itemprop="articleBody">{PARAGRAPHS}'
            "<p>/ 한빛=김다솜 기자 dasom@hanbit.example</p></div>",
        )
    ),
    "the next article on the same page": Hard(
        korean(
            OG + PUBLISHED,
            f'<div class="article_wrap"><h1>{TITLE}</h1><div class="article_txt">{PARAGRAPHS}</div></div>'
            '<div class="article_wrap"><h1>한빛시립도서관, 밤 열 시까지 문 연다</h1><div class="article_txt">'
            "<p>한빛시립도서관이 다음 달부터 평일 밤 열 시까지 문을 연다고 13일 밝혔다.</p>"
            "<p>도서관은 지난해 이용자 조사에서 절반이 넘는 시민이 연장을 바랐다고 설명했다.</p></div></div>",
        )
    ),
    "the clock of the whole site before the article's stamp": Hard(
        korean(
            OG,
            f"<div id='top'>2026.02.20 18:05 (금)</div>{WEATHER}<h3>{TITLE}</h3><p>김다솜 기자 2026.02.12 14:20</p>"
            f'<div class="news_body">{PARAGRAPHS}</div>',
        )
    ),
    "the day of an event before the day it was filed": Hard(
        korean(
            "",
            f'<div class="view"><h3>{TITLE}</h3><dl><dt>행사일시</dt><dd>2026-03-05 14:00</dd><dt>장소</dt>'
            "<dd>시청 대강당</dd>"
            f"<dt>등록일</dt><dd>2026-02-12 14:20</dd></dl><div class='view_con'>{PARAGRAPHS}</div></div>",
        ),
        url="https://www.hanbit.go.kr/board/view.do?nttId=78",
    ),
    "Korean time that calls itself UTC": Hard(
        korean(
            OG + '<meta property="article:published_time" content="2026-02-12T14:20:00Z">',
            f'<p class="date">입력 2026.02.12 14:20 | 수정 2026.02.12 16:40</p><div id="newsBody">{PARAGRAPHS}</div>',
        )
    ),
    "a state that knows better than the meta elements": Hard(
        korean(
            OG + '<meta property="article:published_time" content="2026-02-12T05:23:41.613Z">',
            "<div id='fusion-app'></div><script>Fusion.globalContent="
            '{"type":"story","created_date":"2026-02-12T05:23:41.613Z","first_publish_date":"2026-02-12T05:20:00Z",'
            '"content_elements":['
            + ",".join(f'{{"type":"text","content":"{line}"}}' for line in TEXT)
            + '],"related_content":{"basic":[{"display_date":"2026-02-11T01:00:00Z"}]}};Fusion.x=1;</script>',
        )
    ),
    "the text twice, once hidden": Hard(
        korean(
            OG + PUBLISHED,
            f'<div style="display:none" class="print_area">{PARAGRAPHS}</div>'
            f'<div class="cnt"><div class="story">{"".join(f"<div>{line}</div>" for line in TEXT)}</div></div>',
        )
    ),
    "an appeal in the middle of a blog": Hard(
        "<!doctype html><html lang='en'><head><title>Introducing Gaon-3 - Gaon Labs</title>"
        "<meta property='og:site_name' content='Gaon Labs'><meta property='og:title' content='Introducing Gaon-3'>"
        "<meta name='date' content='2026-02-12T14:20:00+09:00'></head><body><div class='toc'><p>On this page</p><ul>"
        "<li><a href='#a'>What it is</a></li><li><a href='#b'>How we trained it</a></li></ul></div>"
        f"<div class='post-content'><p>{ENGLISH[0]}</p><p>{ENGLISH[1]}</p><aside>"
        "<p>Sign up for our weekly letter.</p>"
        f"<form><input name='e'><button>Sign up</button></form></aside><p>{ENGLISH[2]}</p><p>{ENGLISH[3]}</p></div>"
        "<div id='disqus_thread'>"
        "<p>What a release! I have waited for this for years and will try it tonight.</p></div>"
        "</body></html>",
        url="https://gaonlabs.example/blog/gaon-3",
        text=ENGLISH,
        title="Introducing Gaon-3",
    ),
    "a laboratory's blog": Hard(
        "<!doctype html><html lang='en'><head><title>Introducing Gaon-3 | Gaon Labs</title>"
        "<meta property='og:title' content='Introducing Gaon-3'></head><body>"
        "<div id='cookie'>We use cookies to improve your experience. By continuing you agree to our policy. "
        "<button>Accept</button></div><nav><a href='/'>Research</a><a href='/p'>Products</a></nav>"
        "<main><article><h1>Introducing Gaon-3</h1><div class='meta'><time datetime='2026-02-12T05:20:00Z'>"
        "February 12, 2026</time> · 4 min read · Share</div>"
        "<figure><img src='a.png'><figcaption>Figure 1: Gaon-3 on a phone.</figcaption></figure>"
        f"<div>{BLOG}</div></article>"
        "<section><h2>Related posts</h2><div class='card'><h3>Scaling interpreters</h3>"
        "<p>How we taught a small model "
        "eight languages with half of the data.</p></div><div class='card'><h3>Safety notes</h3><p>What we measured "
        "before the release of our last model.</p></div></section>"
        "<section><h2>Subscribe to our newsletter</h2><p>Get the latest from Gaon Labs in your inbox.</p>"
        "</section></main>"
        "<footer>© 2026 Gaon Labs. Terms. Privacy.</footer></body></html>",
        url="https://gaonlabs.example/blog/gaon-3",
        text=ENGLISH,
        title="Introducing Gaon-3",
    ),
}


def read(page: Hard) -> Page:
    return read_page(page.html.encode(page.charset), url=page.url)


@pytest.mark.parametrize("page", PAGES.values(), ids=PAGES)
def test_exactly_the_article_comes_out(page: Hard) -> None:
    found = read(page)
    assert found.text.split("\n") == list(page.text)
    assert found.paywall is page.paywall


@pytest.mark.parametrize("page", PAGES.values(), ids=PAGES)
def test_title_date_and_own_address_are_the_articles(page: Hard) -> None:
    found = read(page)
    assert (found.title, found.published) == (page.title, page.published)
    assert found.canonical == (canonical(page.canonical) if page.canonical else "")
