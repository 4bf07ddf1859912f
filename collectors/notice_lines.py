"""What a page states of a call for funding beside its text: 접수기간, 지원대상 and their like in lists and tables.

Article extraction takes such lists for furniture, and the portals of agencies keep what matters in them. So a page with
a heading of that kind gives its lines as they stand, and whoever reads notices takes them apart.
"""

import re
from collections.abc import Sequence
from typing import Final

_HEADING: Final = re.compile(
    r"^\W{0,4}(?:온라인\s*)?(?:접수|신청|모집|공모|제출|응모)\s*(?:기간|기한|마감(?:일시?)?|일정)\s*(?:$|[:：]|[\d’'~])"
)
_BEFORE: Final = 15  # lines before the first such heading, among them the title
_AFTER: Final = 80  # and from it on
_MOST: Final = 4_000  # characters


def notice_of(lines: Sequence[str]) -> str:
    """The lines around the first heading that says when applications are taken; "" for a page without one."""
    first = next((n for n, line in enumerate(lines) if _HEADING.match(line)), None)
    if first is None:
        return ""
    return "\n".join(lines[max(0, first - _BEFORE) : first + _AFTER])[:_MOST]
