"""The web pages of the invented outlets: articles amid menus, related lists and notices, as real ones are."""

from collections.abc import Sequence

from donghyang.demo.templating import page
from donghyang.demo.world import Outlet, Piece

RELATED = 6  # other pieces a page links to
LATEST = 40  # pieces on an outlet's front page

MENU = {
    "ko": ("정치", "경제", "사회", "국제", "문화", "스포츠", "IT·과학", "오피니언"),
    "en": ("News", "Models", "Chips", "Policy", "Startups", "Opinion"),
}


def article_page(piece: Piece, others: Sequence[Piece], site: str) -> bytes:
    """The article in its outlet's template and encoding, the newest ``others`` beside it."""
    outlet = piece.outlet
    related = [other for other in others if other.path != piece.path][:RELATED]
    text = page(
        f"{outlet.page}.html",
        outlet=outlet,
        piece=piece,
        related=related,
        menu=_menu(outlet),
        site=site,
        state=script_state(piece, related),
    )
    return text.encode(outlet.encoding, errors="xmlcharrefreplace")


def script_state(piece: Piece, related: Sequence[Piece]) -> dict[str, object]:
    """What a page that is written by a script carries as data: the shape of Arc's `Fusion.globalContent`."""
    return {
        "_id": piece.path,
        "type": "story",
        "headlines": {"basic": piece.title},
        "credits": {"by": [{"type": "author", "name": piece.author}]},
        "first_publish_date": piece.at.isoformat(),
        "content_elements": [{"type": "text", "content": text} for text in (*piece.body, *piece.ending)],
        "related_content": {"basic": [{"type": "reference", "headlines": {"basic": one.title}} for one in related]},
    }


def front_page(outlet: Outlet, pieces: Sequence[Piece], site: str) -> bytes:
    """The outlet's front page with its latest pieces."""
    text = page("front.html", outlet=outlet, pieces=pieces[:LATEST], menu=_menu(outlet), site=site)
    return text.encode(outlet.encoding, errors="xmlcharrefreplace")


def notice_page(outlet: Outlet) -> bytes:
    """The notice a broken feed shows, with a status of 200 as such notices have."""
    return page("notice.html", outlet=outlet).encode()


def _menu(outlet: Outlet) -> tuple[str, ...]:
    return MENU["en" if outlet.lang == "en" else "ko"]
