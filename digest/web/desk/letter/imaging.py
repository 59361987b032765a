"""What comes in as a picture, made into one that every mail program shows.

A file is looked at before it is unpacked: kind, bytes and pixels are bounded, so that a small file can't
become a large one in memory. What goes out is JPEG or PNG, upright, of the first frame, without a word of
its camera, its place or its maker.
"""

from __future__ import annotations

import hashlib
import io
import struct
import zlib
from dataclasses import dataclass

from PIL import Image as Pillow
from PIL import ImageCms, ImageOps

from digest.errors import BadData
from digest.rendering.pictures import COLUMN, LEAST_PIXELS, TALLEST
from digest.words.speaking import number, say

MOST_BYTES = 15_000_000
"""Of a file that comes in."""
MOST_PIXELS = 50_000_000
MOST_ON_A_SIDE = 12_000
WIDEST = 2 * COLUMN
"""Sharp on a phone's dense screen, in the mail's full column."""
TALLEST_KEPT = 2_400
KINDS = ("JPEG", "PNG", "GIF", "WEBP", "AVIF")
_QUALITY = 82
_BROKEN = (
    OSError,
    SyntaxError,
    ValueError,
    TypeError,
    EOFError,
    MemoryError,
    LookupError,
    ArithmeticError,
    RuntimeError,
    struct.error,
    zlib.error,
)
"""What Pillow raises at a file that is damaged, cut off or made to harm; RuntimeError where its AVIF is."""
MOST_CLEAR_BYTES = 1_000_000
"""Of a picture with clear parts, which no JPEG can hold; more becomes one of 256 colors."""


@dataclass(frozen=True, slots=True)
class Made:
    """A picture as it is kept."""

    content: bytes
    kind: str
    width: int
    height: int

    @property
    def name(self) -> str:
        """Return the name that follows from its bytes."""
        return hashlib.sha256(self.content).hexdigest()[:32]


def made(body: bytes) -> Made:
    """Return a file as a picture for mails.

    Raises:
        BadData: it is too large, too small, damaged, or no picture that can be read; says why.
    """
    if len(body) > MOST_BYTES:
        raise BadData(
            say("The picture"),
            say(
                "it has %(count)s MB, %(most_bytes)s at most",
                count=len(body) // 1000000,
                most_bytes=MOST_BYTES // 1000000,
            ),
            say("Save it smaller."),
        )
    try:
        with Pillow.open(io.BytesIO(body), formats=KINDS) as opened:
            _check_size(*opened.size)
            opened.draft("RGB", (WIDEST, TALLEST_KEPT))
            opened.seek(0)
            upright = ImageOps.exif_transpose(_plain(opened))
    except (Pillow.DecompressionBombError, Pillow.DecompressionBombWarning) as error:
        raise _too_many() from error
    except _BROKEN as error:
        raise BadData(
            say("The picture"),
            say("it can’t be read as JPEG, PNG, GIF, WebP or AVIF"),
            say("Save it as JPEG or PNG."),
        ) from error
    upright.thumbnail((WIDEST, TALLEST_KEPT), Pillow.Resampling.LANCZOS)
    if min(upright.size) < LEAST_PIXELS:
        raise BadData(
            say("The picture"),
            say("a side has fewer than %(count)s pixels", count=LEAST_PIXELS),
            say("Choose a larger one."),
        )
    return _written(upright)


def cropped(picture: Made | bytes, focus: tuple[float, float]) -> Made | None:
    """Return a kept picture cut down about its point to what a mail shows of it; None where all of it is.

    Args:
        focus: as shares of width and height.
    """
    body = picture.content if isinstance(picture, Made) else picture
    with Pillow.open(io.BytesIO(body), formats=("JPEG", "PNG")) as opened:
        width, height = opened.size
        shown = width * TALLEST // COLUMN
        if height <= shown or shown < LEAST_PIXELS:
            return None
        middle = round(min(1.0, max(0.0, focus[1])) * height)
        top = min(height - shown, max(0, middle - shown // 2))
        return _written(opened.crop((0, top, width, top + shown)))


def _check_size(width: int, height: int) -> None:
    if width * height > MOST_PIXELS or max(width, height) > MOST_ON_A_SIDE:
        raise _too_many()


def _too_many() -> BadData:
    return BadData(
        say("The picture"),
        say(
            "it has more than %(most_pixels)s million pixels, or a side over %(most_on_a_side)s",
            most_pixels=MOST_PIXELS // 1000000,
            most_on_a_side=number(MOST_ON_A_SIDE),
        ),
        say("Save it smaller."),
    )


def _plain(opened: Pillow.Image) -> Pillow.Image:
    """Return the pixels in the colors of screens, with their turn still to be made, and nothing else."""
    turn = opened.getexif().get(_ORIENTATION)
    profile = opened.info.get("icc_profile")
    has_alpha = opened.mode in {"RGBA", "LA", "PA", "RGBa", "La"} or "transparency" in opened.info
    if opened.mode.startswith("I;16") or opened.mode in {"I", "F"}:
        opened = opened.point(lambda value: value / 256).convert("L")
    pixels = opened.convert("RGBA" if has_alpha else "RGB") if opened.mode != "CMYK" else opened
    pixels = _in_srgb(pixels, profile)
    if pixels.mode == "RGBA" and pixels.getchannel("A").getextrema() == (255, 255):
        pixels = pixels.convert("RGB")
    bare = Pillow.new(pixels.mode, pixels.size)
    bare.paste(pixels)
    if turn:
        bare.getexif()[_ORIENTATION] = turn
    return bare


_ORIENTATION = 0x0112
_SRGB = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB"))


def _in_srgb(pixels: Pillow.Image, profile: object) -> Pillow.Image:
    """Return the colors as a screen without color management shows them; as they are where that fails."""
    mode = "RGBA" if pixels.mode == "RGBA" else "RGB"
    if isinstance(profile, bytes) and profile:
        try:
            source = ImageCms.ImageCmsProfile(io.BytesIO(profile))
            found = ImageCms.profileToProfile(pixels, source, _SRGB, outputMode=mode)
        except (ImageCms.PyCMSError, *_BROKEN):
            found = None
        if found is not None:
            return found
    return pixels if pixels.mode == mode else pixels.convert(mode)


def _written(pixels: Pillow.Image) -> Made:
    out = io.BytesIO()
    if pixels.mode == "P" and "transparency" in pixels.info:
        pixels = pixels.convert("RGBA")
    if pixels.mode == "RGBA":
        pixels.save(out, "PNG", optimize=True)
        if out.tell() > MOST_CLEAR_BYTES:
            out = io.BytesIO()
            pixels.quantize(256, Pillow.Quantize.FASTOCTREE).save(out, "PNG", optimize=True)
        return Made(out.getvalue(), "image/png", *pixels.size)
    pixels.convert("RGB").save(out, "JPEG", quality=_QUALITY, optimize=True, progressive=True)
    return Made(out.getvalue(), "image/jpeg", *pixels.size)
