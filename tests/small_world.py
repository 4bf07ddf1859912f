"""A few invented outlets on loopback, enough for a whole run: two papers, a ministry, an English site."""

import re
from dataclasses import dataclass
from datetime import datetime
from email.utils import format_datetime
from html import escape
from pathlib import Path

from tests.loopback import Loopback, Scripted


@dataclass(frozen=True)
class Line:
    """One article: its outlet's path, its number, when, its headline and its text."""

    outlet: str
    number: int
    at: str  # ISO 8601 with offset
    title: str
    text: str


LINES = (
    Line(
        "hangyeol",
        10001,
        "2026-02-03T09:10:00+09:00",
        "한빛시, 민원 상담에 AI 에이전트 도입…대기시간 41% 단축",
        "한빛시는 3일 민원 상담 전화에 인공지능 에이전트를 도입해 평균 대기시간을 41% 줄였다고 밝혔다. "
        "시는 지난해 11월부터 석 달 동안 여권과 주정차 민원에 이 서비스를 시범 운영했다. "
        "시 관계자는 “오답률을 3.2%까지 낮췄다”며 “올해 안에 복지 상담으로 넓힐 계획”이라고 말했다.",
    ),
    Line(
        "mirae",
        20001,
        "2026-02-03T10:40:00+09:00",
        "한빛시 민원 상담 AI 에이전트 시범 운영…대기시간 41% 줄어",
        "한빛시가 시범 운영한 민원 상담 인공지능 에이전트가 전화 대기시간을 41% 줄인 것으로 나타났다. "
        "여권과 주정차 문의를 맡은 이 에이전트의 오답률은 3.2%였다. 한빛시는 복지 상담으로 대상을 넓힌다.",
    ),
    Line(
        "mirae",
        20002,
        "2026-02-04T08:00:00+09:00",
        "가온랩스, 온디바이스 언어모델 ‘가온-3’ 공개…스마트폰에서 실시간 통역",
        "인공지능 기업 가온랩스는 4일 스마트폰 안에서 돌아가는 언어모델 ‘가온-3’을 공개했다. "
        "매개변수 30억 개인 이 모델은 인터넷 연결 없이 8개 언어를 통역한다. 회사는 모델 가중치도 함께 공개했다.",
    ),
    Line(
        "hangyeol",
        10002,
        "2026-02-04T11:00:00+09:00",
        "가온랩스 ‘가온-3’ 언어모델 공개…인터넷 없이 8개 언어 통역",
        "가온랩스가 온디바이스 언어모델 가온-3을 4일 내놓았다. 30억 매개변수 모델로, 통신망 없이 8개 언어를 통역한다. "
        "가중치는 누구나 내려받을 수 있다.",
    ),
    Line(
        "ministry",
        30001,
        "2026-02-05T14:00:00+09:00",
        "고영향 인공지능 판단 기준 고시 확정…의료·채용·대출 심사 포함",
        "정부는 5일 인공지능 기본법에 따른 고영향 인공지능 판단 기준 고시를 확정했다. "
        "의료, 채용, 대출 심사에 쓰는 인공지능은 사업자가 위험 관리 방안을 마련해야 한다. 고시는 3월 1일부터 시행한다.",
    ),
    Line(
        "hangyeol",
        10003,
        "2026-02-05T15:30:00+09:00",
        "고영향 AI 기준 확정…의료·채용·대출 심사에 위험 관리 의무",
        "의료와 채용, 대출 심사에 쓰이는 인공지능이 고영향 인공지능으로 지정된다. "
        "정부가 5일 확정한 고시에 따르면 사업자는 위험 관리 방안을 갖춰야 하며, 시행일은 3월 1일이다.",
    ),
    Line(
        "bits",
        40001,
        "2026-02-05T03:00:00+00:00",
        "Gaon Labs releases Gaon-3, an on-device language model",
        "Gaon Labs on Wednesday released Gaon-3, a language model that runs on a phone. "
        "The model has 3 billion parameters and interprets eight languages without a network. Its weights are open.",
    ),
    Line(
        "hangyeol", 10004, "2026-02-06T09:00:00+09:00", "한빛 이글스, 개막전 4대 2 승리", "이글스가 개막전에서 이겼다."
    ),
    Line("mirae", 20003, "2026-02-06T09:30:00+09:00", "주말 전국 흐리고 비", "주말에는 전국이 흐리고 비가 온다."),
)

OUTLETS = {"hangyeol": "한결일보", "mirae": "미래전자신문", "ministry": "디지털행정부", "bits": "Bit & Byte"}


def serve(server: Loopback, lines: tuple[Line, ...] = LINES) -> None:
    """Put feeds and pages on the server."""
    for outlet in OUTLETS:
        own = [line for line in lines if line.outlet == outlet]
        server.at(
            f"/{outlet}.xml",
            Scripted(body=feed(server, outlet, own), conditional=True, headers={"ETag": f'"{outlet}"'}),
        )
        for line in own:
            server.at(f"/{outlet}/{line.number}", Scripted(body=page(line), content_type="text/html; charset=utf-8"))


def feed(server: Loopback, outlet: str, lines: list[Line]) -> bytes:
    """An RSS feed of an outlet's lines."""
    items = "".join(
        f"<item><title>{escape(line.title)}</title><link>{server.url(f'/{outlet}/{line.number}')}</link>"
        f"<description>{escape(line.text[:80])}</description>"
        f"<pubDate>{format_datetime(datetime.fromisoformat(line.at))}</pubDate></item>"
        for line in lines
    )
    channel = f"<channel><title>{outlet}</title>{items}</channel>"
    return f'<?xml version="1.0" encoding="UTF-8"?><rss version="2.0">{channel}</rss>'.encode()


def page(line: Line) -> bytes:
    """An article page with a little furniture around it."""
    paragraphs = "".join(f"<p>{escape(part)}</p>" for part in re.split(r"(?<=다\.) ", line.text))
    return (
        f'<!doctype html><html lang="ko"><head><meta charset="utf-8"><title>{escape(line.title)}</title>'
        f'<meta property="article:published_time" content="{line.at}"></head><body><nav><a href="/">처음</a></nav>'
        f'<article><h1>{escape(line.title)}</h1><div itemprop="articleBody">{paragraphs}</div></article>'
        "<footer>무단 전재 및 재배포 금지</footer></body></html>"
    ).encode()


def write_config(server: Loopback, folder: Path, extra: str = "", sources: str = "") -> Path:
    """A config.toml that reads the small world, and one reader."""
    named = "".join(
        f'[[sources]]\nid = "{outlet}"\nname = "{name}"\npublisher = "{name}"\nurl = "{server.url(f"/{outlet}.xml")}"\n'
        f'role = "{"government" if outlet == "ministry" else "press"}"\n'
        f'rights = "{"full" if outlet == "ministry" else "excerpt"}"\n'
        f'licence = "{"" if outlet == "ministry" else "한빛시 뉴스 이용 계약"}"\n'
        for outlet, name in OUTLETS.items()
    )
    path = folder / "config.toml"
    path.write_text(
        'timezone = "Asia/Seoul"\n'
        '[http]\ncontact = "mailto:ai@city.example"\nallow_hosts = ["127.0.0.1"]\n'
        '[digest]\norganisation = "한빛시"\npapers = "off"\n'
        f"{extra}"
        '[[readers]]\nname = "김주무관"\nemail = "kim@city.example"\n'
        '[[duties]]\nname = "행정"\nany = ["민원 상담"]\n'
        f"{named}{sources}",
        encoding="utf-8",
    )
    return path
