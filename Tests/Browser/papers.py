"""Photographs that people attach, and files that only pretend to be one."""

from __future__ import annotations

import struct
import zlib

HTML = b"<!doctype html><title>x</title><script>alert(1)</script>"


def png(width: int = 64, height: int = 48) -> bytes:
    """A small photograph of nothing: a valid PNG in one colour."""
    rows = b"".join(b"\0" + bytes((240, 244, 247)) * width for _ in range(height))
    return (
        b"\x89PNG\r\n\x1a\n"
        + _chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0))
        + _chunk(b"IDAT", zlib.compress(rows))
        + _chunk(b"IEND", b"")
    )


def _chunk(kind: bytes, body: bytes) -> bytes:
    return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))


def photo(name: str = "paper.png", content: bytes | None = None, kind: str = "image/png") -> dict:
    return {"name": name, "mimeType": kind, "buffer": png() if content is None else content}
