"""`try links`: Korean and English headlines, each with its best partner in the other language, without an archive."""

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from analysis.crosslingual import Link, best_partners
from analysis.mentions import Mentions
from archive.records.knowledge import Lexicon
from donghyang.embedding import Embedder
from donghyang.messages import say, why
from donghyang.troubles import Refused

COLUMNS = ("id", "ko", "en")


Side = dict[str, str]  # the texts of one language by the ids of their rows


def links_of(path: Path, lexicon: Lexicon, embedder: Embedder | None = None) -> Iterator[dict[str, Any]]:
    """A row for every Korean text and then for every English one, in the order of the file.

    A text that shares nothing with any text of the other language has no partner: its id is null and the score 0.
    """
    korean, english = read_sides(path)
    sides = list(korean.values()), list(english.values())
    vectors = (embedder.vectors(sides[0], "ko"), embedder.vectors(sides[1], "en")) if embedder else None
    of_korean, of_english = best_partners(*sides, Mentions(lexicon), vectors)
    ids = list(korean), list(english)
    yield from _rows("ko2en", {link.korean: link for link in of_korean}, *ids)
    yield from _rows("en2ko", {link.english: link for link in of_english}, *ids)


def read_sides(path: Path) -> tuple[Side, Side]:
    """The Korean and the English texts of a TSV file whose first line names the columns id, ko and en.

    Other columns are passed over; quotation marks mean themselves. Refused, with the line, for what cannot be used.
    """
    lines = _lines(path)
    names = [name.strip().lower() for name in lines[0].split("\t")] if lines else []
    if missing := [name for name in COLUMNS if name not in names]:
        raise Refused(say("try.no_columns", path=path, columns=", ".join(missing)))
    sides: dict[str, Side] = {name: {} for name in COLUMNS[1:]}
    for number, line in enumerate(lines[1:], start=2):
        if line.strip():
            _take(_cells(line, names, path, number), sides, path, number)
    return sides["ko"], sides["en"]


def _lines(path: Path) -> list[str]:
    try:
        text = path.read_bytes().decode("utf-8-sig")
    except OSError as error:
        raise Refused(say("try.not_file", path=path, reason=why(error))) from error
    except UnicodeDecodeError as error:
        raise Refused(say("config.not_utf8", path=path)) from error
    return text.replace("\r\n", "\n").replace("\r", "\n").split("\n")


def _cells(line: str, names: Sequence[str], path: Path, number: int) -> dict[str, str]:
    """A line's cells by column; those at the end may be left out."""
    cells = [cell.strip() for cell in line.split("\t")]
    if any(cells[len(names) :]):
        raise Refused(say("try.bad_line", path=path, line=number, reason=say("try.too_many_cells", most=len(names))))
    return dict.fromkeys(names, "") | dict(zip(names, cells, strict=False))


def _take(row: dict[str, str], sides: dict[str, Side], path: Path, number: int) -> None:
    """Put a row's texts on their sides; an id names one text of a language."""
    for name, side in sides.items():
        if not row[name]:
            continue
        if not row["id"]:
            raise Refused(say("try.bad_line", path=path, line=number, reason=say("try.no_id")))
        if row["id"] in side:
            raise Refused(say("try.bad_line", path=path, line=number, reason=say("try.twice", id=row["id"])))
        side[row["id"]] = row[name]


def _rows(
    direction: str, links: Mapping[int, Link], korean: Sequence[str], english: Sequence[str]
) -> Iterator[dict[str, Any]]:
    """A row for each id of the language a direction starts from."""
    key, own = ("ko_id", korean) if direction == "ko2en" else ("en_id", english)
    for place, id_ in enumerate(own):
        link = links.get(place)
        yield {
            "direction": direction,
            "ko_id": korean[link.korean] if link else None,
            "en_id": english[link.english] if link else None,
            key: id_,
            "score": round(link.score, 4) if link else 0.0,
            "asserted": link.asserted if link else False,
        }
