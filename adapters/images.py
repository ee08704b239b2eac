"""Pictures: decoded to know what they are, turned upright, cut down and always re-encoded."""

import hashlib
import io
import warnings
from dataclasses import dataclass
from threading import BoundedSemaphore

from PIL import Image, ImageOps, UnidentifiedImageError

from adapters.storage import Shelf
from rules.errors import Invalid

FORMATS = ("JPEG", "PNG", "WEBP")
MAX_PIXELS = 40_000_000
WIDTHS = (320, 640, 1280)
ONE_AT_A_TIME = BoundedSemaphore(1)
Image.MAX_IMAGE_PIXELS = MAX_PIXELS


@dataclass(frozen=True)
class Cut:
    """A picture as kept: files ``<stem>-<width>.webp`` and one ``<stem>.jpg``."""

    stem: str
    width: int
    height: int
    widths: tuple[int, ...]


def keep_picture(
    shelf: Shelf, data: bytes, *, widths: tuple[int, ...] = WIDTHS, prefix: str = ""
) -> Cut:
    """Decode, strip and re-encode a picture onto the shelf.

    Whatever the file carried besides pixels (EXIF, position, comments, trailing
    bytes) is gone. The same bytes under the same ``prefix`` give the same stem.
    Raises ``Invalid`` when the file is no picture of the three kinds, is broken,
    or has more than 40 million pixels; nothing is kept then.
    """
    stem = prefix + hashlib.sha256(data).hexdigest()[:40]
    with ONE_AT_A_TIME:
        picture = _decode(data, widths[-1])
        kept = tuple(width for width in widths if width <= picture.width) or (picture.width,)
        for width in kept:
            shelf.put(f"{stem}-{width}.webp", _encoded(_scaled(picture, width), "WEBP", 82))
        largest = _scaled(picture, kept[-1])
        shelf.put(f"{stem}.jpg", _encoded(largest, "JPEG", 85))
    return Cut(stem, largest.width, largest.height, kept)


def redrawn(data: bytes, widest: int) -> bytes:
    """Return a picture drawn anew as one JPEG, at most ``widest`` pixels wide, without a past."""
    with ONE_AT_A_TIME:
        return _encoded(_scaled(_decode(data, widest), widest), "JPEG", 85)


def _decode(data: bytes, widest: int) -> Image.Image:
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            picture: Image.Image = Image.open(io.BytesIO(data), formats=FORMATS)
            picture.draft("RGB", (widest, widest))
            picture = ImageOps.exif_transpose(picture)
            return _flattened(picture)
    except (Image.DecompressionBombWarning, Image.DecompressionBombError):
        raise Invalid(
            "This picture has more than 40 million pixels. Send a smaller copy of it."
        ) from None
    except (UnidentifiedImageError, OSError, ValueError, SyntaxError):
        raise Invalid(
            "This file is not a JPEG, PNG or WebP picture that can be read. Choose another file."
        ) from None


def _flattened(picture: Image.Image) -> Image.Image:
    """Put transparent pictures on white and drop everything that is not a pixel."""
    if "A" in picture.getbands() or "transparency" in picture.info:
        picture = picture.convert("RGBA")
        ground = Image.new("RGBA", picture.size, "white")
        picture = Image.alpha_composite(ground, picture)
    plain = picture.convert("RGB")
    bare = Image.new("RGB", plain.size)
    bare.paste(plain)
    return bare


def _scaled(picture: Image.Image, width: int) -> Image.Image:
    if picture.width <= width:
        return picture
    return picture.resize(
        (width, round(picture.height * width / picture.width)), Image.Resampling.LANCZOS
    )


def _encoded(picture: Image.Image, kind: str, quality: int) -> bytes:
    out = io.BytesIO()
    picture.save(out, kind, quality=quality, method=4)
    return out.getvalue()
