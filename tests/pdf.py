"""A small reader of PDF files: fonts that are embedded, and the text they can be read back as."""

import re
import zlib


def streams(data: bytes) -> list[bytes]:
    """Unpack every stream of a file."""
    found = []
    for match in re.finditer(rb"stream\r?\n(.*?)\r?\nendstream", data, re.DOTALL):
        try:
            found.append(zlib.decompress(match[1]))
        except zlib.error:
            found.append(match[1])
    return found


def characters(data: bytes) -> set[str]:
    """List the characters the fonts' maps to Unicode know: what a reader can copy out."""
    found: set[str] = set()
    for stream in streams(data):
        for target in re.findall(rb"<[0-9A-Fa-f]{2,4}>\s+<([0-9A-Fa-f]{4,})>", stream):
            found |= set(bytes.fromhex(target.decode()).decode("utf-16-be"))
    return found
