"""Content encodings come undone whole, in small pieces, or not at all."""

import gzip
import zlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from collectors.encodings import BadEncodingError, decoder_for


@given(st.binary(max_size=3000), st.lists(st.integers(1, 700), max_size=8), st.sampled_from(["gzip", "deflate", "raw"]))
def test_any_split_of_a_compressed_body_decodes_to_the_same(body: bytes, cuts: list[int], coding: str) -> None:
    raw = zlib.compressobj(wbits=-15)
    packed = {"gzip": gzip.compress(body), "deflate": zlib.compress(body), "raw": raw.compress(body) + raw.flush()}
    decoder = decoder_for("gzip" if coding == "gzip" else "deflate")
    data, out = packed[coding], b""
    for cut in [*cuts, len(packed[coding])]:
        out += b"".join(decoder.feed(data[:cut]))
        data = data[cut:]
    decoder.finish()
    assert out == body


@given(st.binary(min_size=1, max_size=300))
def test_any_bytes_decode_or_are_called_broken(data: bytes) -> None:
    with pytest.raises(BadEncodingError, match="gzip"):
        list(decoder_for("gzip").feed(b"no gzip" + data))


def test_pieces_of_a_bomb_stay_small() -> None:
    packed = gzip.compress(b"\0" * 3_000_000)
    sizes = [len(piece) for piece in decoder_for("gzip").feed(packed)]
    assert sum(sizes) == 3_000_000
    assert max(sizes) <= 64 * 1024
