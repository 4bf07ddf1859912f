"""Five weeks of a topic as small bars (SVG), always with the numbers in words."""

from markupsafe import Markup

from archive.records.issue import ItemTrend
from digest import phrases
from digest.signals import usual

_HEIGHT = 26
_BAR = 12
_GAP = 5
_THEN, _NOW = "#8fb0d6", "#2f7bd0"  # as attributes: WeasyPrint gives inline SVG no style of the page
_GAP_LINE = Markup('<line x1="{}" x2="{}" y1="{}" y2="{}" stroke="#8a96a5" stroke-dasharray="2 2"/>')
_BOX = Markup('<rect x="{}" y="{}" width="{}" height="{}" fill="{}"/>')


def counts(trend: ItemTrend) -> tuple[float | None, ...]:
    """The earlier weeks and this one, oldest first; None where nothing was collected."""
    return (*trend.baseline, float(trend.count))


def whole(count: float) -> int:
    """A count as a reader reads it: half and more go up."""
    return int(count + 0.5)


def in_words(trend: ItemTrend) -> str:
    """``이번 주 9건, 평소 2건``, or why there is no "usual"."""
    ordinary = usual(trend)
    if ordinary is None:
        return phrases.NOTHING_TO_COMPARE.format(count=trend.count)
    if ordinary == 0:
        known = sum(count is not None for count in trend.baseline)
        return phrases.FIRST_TIME.format(count=trend.count, weeks=known)
    pattern = phrases.USUAL if ordinary >= 1 else phrases.BARELY
    return pattern.format(count=trend.count, usual=whole(ordinary))


def this_week(trend: ItemTrend) -> str:
    """``이번 주 9건``."""
    return phrases.THIS_WEEK.format(count=trend.count)


def each_week(trend: ItemTrend) -> str:
    """Every bar in words, for those who cannot see them: ``3주 전 2건, 2주 전 수집 전, …``."""
    return ", ".join(_week(ago, count) for ago, count in zip(_ages(trend), counts(trend), strict=True))


def in_figures(trend: ItemTrend) -> str:
    """The bars as figures, oldest first: ``최근 5주 4·6·5·7·19건``."""
    figures = [phrases.NOT_COLLECTED if count is None else str(whole(count)) for count in counts(trend)]
    return phrases.LAST_WEEKS.format(n=len(figures), counts="·".join(figures))


def _ages(trend: ItemTrend) -> range:
    return range(len(trend.baseline), -1, -1)


def _week(ago: int, count: float | None) -> str:
    if ago == 0:
        return phrases.THIS_WEEK.format(count=whole(count or 0))
    if count is None:
        return phrases.LAST_WEEK_BLANK if ago == 1 else phrases.WEEKS_AGO_BLANK.format(n=ago)
    pattern = phrases.LAST_WEEK if ago == 1 else phrases.WEEKS_AGO
    return pattern.format(n=ago, count=whole(count))


def bars(trend: ItemTrend) -> Markup:
    """The weeks as an inline SVG image with a label; a week without collection is a dotted gap, not a zero."""
    row = counts(trend)
    highest = max([count for count in row if count] or [1])
    width = len(row) * (_BAR + _GAP) - _GAP
    shapes = Markup().join(_shape(place, count, highest, last=place == len(row) - 1) for place, count in enumerate(row))
    opening = Markup('<svg role="img" aria-label="{}" width="{}" height="{}" viewBox="0 0 {} {}" class="bars">')
    return opening.format(each_week(trend), width, _HEIGHT, width, _HEIGHT) + shapes + Markup("</svg>")


def _shape(place: int, count: float | None, highest: float, *, last: bool) -> Markup:
    x = place * (_BAR + _GAP)
    if count is None:
        return _GAP_LINE.format(x, x + _BAR, _HEIGHT - 1, _HEIGHT - 1)
    height = max(1, round((_HEIGHT - 2) * count / highest))
    return _BOX.format(x, _HEIGHT - height, _BAR, height, _NOW if last else _THEN)
