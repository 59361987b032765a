"""Pictures that come in: bounded before they are unpacked, upright, plain, cropped about their point."""

from __future__ import annotations

import contextlib
import io
import struct
import warnings
import zlib
from random import Random
from typing import Any

import pytest
from PIL import Image as Pillow
from PIL import ImageOps

from digest.errors import BadData
from digest.web.desk.letter.imaging import MOST_BYTES, WIDEST, cropped, made


def a_picture(
    kind: str = "JPEG", size: tuple[int, int] = (900, 600), mode: str = "RGB", **more: Any
) -> bytes:
    out = io.BytesIO()
    Pillow.new(mode, size, 90).save(out, kind, **more)
    return out.getvalue()


def opened(body: bytes) -> Pillow.Image:
    found = Pillow.open(io.BytesIO(body))
    found.load()
    return found


def a_bomb(width: int, height: int) -> bytes:
    """A small PNG whose head says that it is huge."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", head)
        + chunk(b"IDAT", zlib.compress(b""))
        + chunk(b"IEND", b"")
    )


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "GIF", "WEBP", "AVIF"])
def test_every_kind_becomes_one_that_mail_programs_show(kind: str) -> None:
    found = made(a_picture(kind))

    assert (found.kind, found.width, found.height) == ("image/jpeg", 900, 600)
    assert opened(found.content).format == "JPEG"


@pytest.mark.parametrize(
    ("mode", "kind", "more"),
    [
        pytest.param("L", "PNG", {}, id="gray"),
        pytest.param("P", "PNG", {}, id="palette"),
        pytest.param("1", "PNG", {}, id="two-colors"),
        pytest.param("I;16", "PNG", {}, id="sixteen-bits"),
        pytest.param("CMYK", "JPEG", {}, id="print-colors"),
        pytest.param("LA", "PNG", {}, id="gray-and-clear"),
        pytest.param("RGBA", "PNG", {}, id="clear"),
        pytest.param("RGB", "JPEG", {"icc_profile": b"no profile"}, id="broken-profile"),
        pytest.param("P", "PNG", {"transparency": 90}, id="clear-palette"),
    ],
)
def test_every_way_of_telling_colors_is_read(mode: str, kind: str, more: dict[str, Any]) -> None:
    found = made(a_picture(kind, mode=mode, **more))

    assert opened(found.content).mode in {"RGB", "RGBA"}


def test_a_wide_one_is_made_as_wide_as_a_mail_needs() -> None:
    found = made(a_picture(size=(4000, 2000)))

    assert (found.width, found.height) == (WIDEST, WIDEST // 2)


def test_a_turned_photograph_stands_upright_and_tells_nothing_of_its_camera() -> None:
    exif = Pillow.Exif()
    exif[0x0112] = 6
    exif[0x010F] = "A maker"
    exif.get_ifd(0x8825)[1] = "S"

    found = made(a_picture(exif=exif))

    assert (found.width, found.height) == (600, 900)
    assert dict(opened(found.content).getexif()) == {}
    assert b"A maker" not in found.content


def test_of_a_moving_picture_the_first_frame_stays() -> None:
    out = io.BytesIO()
    frames = [Pillow.new("RGB", (200, 100), color) for color in ("red", "blue")]
    frames[0].save(out, "GIF", save_all=True, append_images=frames[1:])

    red = opened(made(out.getvalue()).content).getpixel((50, 50))

    assert isinstance(red, tuple)
    assert red[0] > 200


@pytest.mark.parametrize(
    "body",
    [
        pytest.param(b"", id="nothing"),
        pytest.param(b"<svg xmlns='http://www.w3.org/2000/svg'/>", id="svg"),
        pytest.param(b"%PDF-1.7", id="pdf"),
        pytest.param(a_picture()[:300], id="cut-off"),
        pytest.param(a_picture("TIFF"), id="a-kind-not-asked-for"),
        pytest.param(a_picture(size=(30, 30)), id="too-small"),
        pytest.param(a_bomb(60_000, 60_000), id="bomb"),
        pytest.param(a_bomb(11_000, 9_000), id="many-pixels"),
        pytest.param(a_bomb(13_000, 100), id="long-side"),
        pytest.param(a_bomb(500, 500), id="empty-inside"),
        pytest.param(b"\xff" * (MOST_BYTES + 1), id="too-many-bytes"),
    ],
)
def test_what_is_no_picture_for_a_mail_is_refused_with_a_reason(body: bytes) -> None:
    with pytest.raises(BadData, match="The picture"):
        made(body)


@pytest.mark.parametrize(
    ("focus", "is_top"),
    [pytest.param(0.0, True, id="above"), pytest.param(1.0, False, id="below")],
)
def test_a_tall_one_is_cropped_about_its_point(focus: float, is_top: bool) -> None:
    tall = Pillow.new("RGB", (600, 1200), "blue")
    tall.paste("red", (0, 0, 600, 600))
    out = io.BytesIO()
    tall.save(out, "PNG")

    found = cropped(made(out.getvalue()), (0.5, focus))

    assert found is not None
    assert (found.width, found.height) == (600, 400)
    pixel = opened(found.content).getpixel((300, 200))
    assert isinstance(pixel, tuple)
    assert (pixel[0] > 200) is is_top


def test_what_a_mail_shows_whole_is_not_cropped() -> None:
    assert cropped(made(a_picture()), (0.5, 0.5)) is None


def a_gray_one(depth: int, colors: int, values: list[int]) -> bytes:
    """A PNG of one color, told in so many bits."""
    sign = {8: "B", 16: "H"}[depth]
    row = b"\0" + struct.pack(f">{len(values)}{sign}", *values) * 64

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    head = struct.pack(">IIBBBBB", 64, 64, depth, colors, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", head)
        + chunk(b"IDAT", zlib.compress(row * 64))
        + chunk(b"IEND", b"")
    )


@pytest.mark.parametrize(
    ("colors", "values", "seen"),
    [
        pytest.param(0, [32_768], (128, 128, 128), id="gray"),
        pytest.param(2, [32_768, 0, 65_535], (128, 0, 255), id="colors"),
        pytest.param(4, [32_768, 65_535], (128, 128, 128), id="gray-and-clear"),
        pytest.param(6, [32_768, 0, 65_535, 65_535], (128, 0, 255), id="colors-and-clear"),
    ],
)
def test_sixteen_bits_keep_their_light(colors: int, values: list[int], seen: tuple[int, ...]) -> None:
    found = opened(made(a_gray_one(16, colors, values)).content).convert("RGB").getpixel((30, 30))

    assert isinstance(found, tuple)
    assert all(abs(one - other) <= 2 for one, other in zip(found, seen, strict=True))


def test_print_colors_are_seen_as_on_paper() -> None:
    out = io.BytesIO()
    Pillow.new("CMYK", (100, 100), (0, 255, 255, 0)).save(out, "JPEG")

    red, green, blue = opened(made(out.getvalue()).content).getpixel((50, 50))  # type: ignore[misc]

    assert (red > 240, green < 16, blue < 16) == (True, True, True)


@pytest.mark.parametrize("kind", ["MPO", "PNG", "WEBP", "AVIF", "GIF"])
def test_of_several_pictures_in_one_file_the_first_stays(kind: str) -> None:
    first, second = (Pillow.new("RGB", (200, 100), color) for color in ("red", "blue"))
    out = io.BytesIO()
    first.save(out, kind, save_all=True, append_images=[second])

    red = opened(made(out.getvalue()).content).getpixel((50, 50))

    assert isinstance(red, tuple)
    assert red[0] > 200


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP", "AVIF"])
@pytest.mark.parametrize("turn", range(1, 9))
def test_every_turn_a_camera_tells_is_made_once(kind: str, turn: int) -> None:
    plain = Pillow.new("RGB", (300, 200), "blue")
    plain.paste("red", (0, 0, 150, 100))
    exif = Pillow.Exif()
    exif[0x0112] = turn
    out = io.BytesIO()
    plain.save(out, kind, exif=exif)
    body = out.getvalue()

    found = opened(made(body).content)

    wanted = ImageOps.exif_transpose(opened(body)).convert("RGB")
    assert found.size == wanted.size
    for spot in ((20, 20), (found.width - 20, 20), (20, found.height - 20)):
        pairs = zip(found.getpixel(spot), wanted.getpixel(spot), strict=True)  # type: ignore[arg-type]
        assert all(abs(one - other) < 60 for one, other in pairs)


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "GIF", "WEBP", "AVIF"])
def test_a_damaged_file_is_a_picture_or_refused_with_a_reason(kind: str) -> None:
    dice = Random(kind)
    whole = a_picture(kind, (120, 90))

    for _ in range(400):
        body = bytearray(whole)
        for _ in range(dice.choice((1, 3, 12))):
            body[dice.randrange(dice.choice((min(64, len(body)), len(body))))] = dice.randrange(256)
        with contextlib.suppress(BadData), warnings.catch_warnings():
            warnings.simplefilter("ignore")
            assert made(bytes(body)).content


def test_a_photograph_with_clear_parts_is_no_burden_to_a_mail() -> None:
    noise = Pillow.effect_noise((1_200, 2_200), 90)
    photograph = noise.convert("RGBA")
    photograph.putalpha(noise)
    out = io.BytesIO()
    photograph.save(out, "WEBP")

    found = made(out.getvalue())
    cut = cropped(found, (0.5, 0.5))

    assert len(found.content) < 3_000_000
    assert cut is not None
    # It is still seen through.
    for one in (found, cut):
        assert min(opened(one.content).convert("RGBA").getchannel("A").tobytes()) < 60
