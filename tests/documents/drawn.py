"""Photos of papers, drawn: a page on a table, its light, its focus, the phone's noise and JPEG.

Every scene names all that differs; only the grain is by chance. Sizes are in pixels of a picture
of 1280 x 960, the size chat programmes send; `scale` makes the same scene larger.
"""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import dataclass
from io import BytesIO
from typing import Literal, get_args

from PIL import Image, ImageChops, ImageDraw, ImageFilter, ImageFont

Page = Literal[
    "letter", "dense", "form", "certificate", "note", "title", "receipt", "product", "wall"
]
PAGES: tuple[Page, ...] = get_args(Page)
WORDS = """giấy chứng nhận cơ sở đủ điều kiện an toàn thực phẩm do ủy ban nhân dân cấp ngày tháng
năm hộ kinh doanh sản xuất kẹo cu đơ mật mía lạc gừng địa chỉ thôn xã số điện thoại đại diện"""
FONTS = ("DejaVuSerif.ttf", "LiberationSerif-Regular.ttf", "NotoSerif-Regular.ttf")


@dataclass(frozen=True)
class Scene:
    """What stands before the camera and how it is taken; the defaults are a good photo."""

    page: Page = "letter"
    table: tuple[int, int, int] = (120, 90, 70)
    light: float = 0.85  # of full white on the paper
    falloff: float = 0.1  # how much darker the far side is
    tilt: float = 1.5  # degrees
    blur: float = 0.4  # sigma
    shake: tuple[int, int] = (0, 0)  # the way the hand moved
    noise: float = 3.0  # grey levels
    glare: tuple[float, float, float] | None = None  # middle x, y and radius, of the width
    turn: int = 0  # quarter turns
    size: tuple[int, int] = (960, 1280)
    scale: float = 1.0
    quality: int = 82
    seed: int = 1


def photograph(scene: Scene) -> Image.Image:
    """The scene as it comes out of the phone's JPEG."""
    image = _lit(_on_the_table(scene), scene)
    if scene.glare:
        image = _flashed(image, *scene.glare)
    image = _moved(image, scene)
    if scene.blur:
        image = image.filter(ImageFilter.GaussianBlur(scene.blur * scene.scale))
    image = _noisy(image, scene).rotate(90 * scene.turn, expand=True)
    out = BytesIO()
    image.save(out, "JPEG", quality=scene.quality)
    return Image.open(BytesIO(out.getvalue()))


def _font(size: float) -> ImageFont.FreeTypeFont | ImageFont.ImageFont:
    for name in FONTS:
        try:
            return ImageFont.truetype(name, size)
        except OSError:
            continue
    return ImageFont.load_default(size)


def _on_the_table(scene: Scene) -> Image.Image:
    width, height = (round(side * scene.scale) for side in scene.size)
    grain = Image.effect_noise((width // 8 + 1, height // 40 + 1), 40).resize((width, height))
    table = Image.merge("RGB", [grain.point(_around(level)) for level in scene.table])
    page = _page(scene, (round(width * 0.88), round(height * 0.9)))
    mask = Image.new("L", page.size, 255).rotate(
        scene.tilt, expand=True, resample=Image.Resampling.BILINEAR
    )
    turned = page.rotate(scene.tilt, expand=True, resample=Image.Resampling.BILINEAR)
    at = (width - turned.width) // 2, (height - turned.height) // 2
    table.paste(turned, at, mask)
    return table


def _around(level: int) -> Callable[[int], float]:
    return lambda v: level + (v - 128) * 0.3


def _page(scene: Scene, size: tuple[int, int]) -> Image.Image:
    page = Image.new("RGB", size, (255, 254, 250))
    chance = random.Random(scene.seed)
    DRAW[scene.page](ImageDraw.Draw(page), size, chance)
    return page


def _line(chance: random.Random, words: int) -> str:
    return " ".join(chance.choice(WORDS.split()) for _ in range(words))


def _text(
    draw: ImageDraw.ImageDraw, size: tuple[int, int], chance: random.Random, rows: int, top: float
) -> None:
    w, h = size
    font = _font(h / 62)
    for row in range(rows):
        y = h * top + row * h / 40
        last = chance.random() < 0.25
        draw.text((w * 0.1, y), _line(chance, 5 if last else 12)[:68], (25, 25, 35), font)


def _letter(draw: ImageDraw.ImageDraw, size: tuple[int, int], chance: random.Random) -> None:
    w, h = size
    draw.text((w * 0.25, h * 0.06), "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "black", _font(h / 58))
    draw.text((w * 0.33, h * 0.13), "GIẤY CHỨNG NHẬN", "black", _font(h / 34))
    _text(draw, size, chance, 18, 0.22)
    draw.ellipse((w * 0.6, h * 0.74, w * 0.8, h * 0.89), outline=(200, 30, 40), width=h // 200 + 1)


def _dense(draw: ImageDraw.ImageDraw, size: tuple[int, int], chance: random.Random) -> None:
    _text(draw, size, chance, 34, 0.06)


def _form(draw: ImageDraw.ImageDraw, size: tuple[int, int], chance: random.Random) -> None:
    w, h = size
    _text(draw, size, chance, 8, 0.05)
    for row in range(14):
        y = h * 0.3 + row * h * 0.045
        draw.line((w * 0.08, y, w * 0.92, y), "black", max(1, h // 900))
        draw.text((w * 0.2, y + h * 0.01), _line(chance, 4), (30, 30, 60), _font(h / 66))
    for x in (0.08, 0.16, 0.7, 0.92):
        draw.line((w * x, h * 0.3, w * x, h * 0.885), "black", max(1, h // 900))


def _certificate(draw: ImageDraw.ImageDraw, size: tuple[int, int], chance: random.Random) -> None:
    w, h = size
    for step in (0.03, 0.04, 0.05):
        draw.rectangle((w * step, h * step, w * (1 - step), h * (1 - step)), outline=(170, 120, 20),
                       width=max(2, h // 300))  # fmt: skip
    draw.text((w * 0.2, h * 0.3), "GIẤY CHỨNG NHẬN", (180, 20, 20), _font(h / 20))
    _text(draw, size, chance, 7, 0.45)


def _note(draw: ImageDraw.ImageDraw, size: tuple[int, int], chance: random.Random) -> None:
    """Three strokes of a pen."""
    w, h = size
    for y in (0.4, 0.46):
        dots = [(w * (0.2 + 0.02 * i), h * (y + chance.uniform(-0.012, 0.012))) for i in range(20)]
        draw.line(dots, (30, 40, 140), max(2, h // 300), joint="curve")


def _title(draw: ImageDraw.ImageDraw, size: tuple[int, int], _: random.Random) -> None:
    w, h = size
    draw.text((w * 0.15, h * 0.4), "PHỤ LỤC", "black", _font(h / 18))
    draw.text((w * 0.15, h * 0.5), "Ảnh nhà xưởng", "black", _font(h / 30))


def _receipt(draw: ImageDraw.ImageDraw, size: tuple[int, int], chance: random.Random) -> None:
    w, h = size
    for row in range(20):
        y = h * 0.08 + row * h * 0.042
        draw.text((w * 0.1, y), _line(chance, 3), (60, 60, 60), _font(h / 50))
        draw.text((w * 0.75, y), f"{chance.randint(1, 99)}.000", (60, 60, 60), _font(h / 50))


def _product(draw: ImageDraw.ImageDraw, size: tuple[int, int], chance: random.Random) -> None:
    """A jar with a label before a cloth."""
    w, h = size
    for y in range(h):
        draw.line((0, y, w, y), (70 + 60 * y // h, 110, 90 + 40 * y // h))
    draw.rounded_rectangle((w * 0.3, h * 0.2, w * 0.7, h * 0.85), w // 20, (110, 60, 20))
    draw.rectangle((w * 0.33, h * 0.4, w * 0.67, h * 0.68), (240, 225, 190))
    draw.text((w * 0.36, h * 0.45), "MẬT ONG", (120, 20, 20), _font(h / 28))
    for row in range(4):
        draw.text(
            (w * 0.36, h * (0.53 + row * 0.03)), _line(chance, 3)[:22], "black", _font(h / 70)
        )
    draw.rectangle((w * 0.33, h * 0.15, w * 0.67, h * 0.22), (200, 170, 40))


def _wall(draw: ImageDraw.ImageDraw, size: tuple[int, int], _: random.Random) -> None:
    """A workshop of corrugated iron with a door."""
    w, h = size
    for x in range(0, w, w // 32):
        draw.rectangle((x, 0, x + w // 64, h), (120, 140, 160))
    draw.rectangle((w * 0.4, h * 0.5, w * 0.6, h), (90, 50, 30))


DRAW: dict[str, Callable[[ImageDraw.ImageDraw, tuple[int, int], random.Random], None]] = {
    "letter": _letter,
    "dense": _dense,
    "form": _form,
    "certificate": _certificate,
    "note": _note,
    "title": _title,
    "receipt": _receipt,
    "product": _product,
    "wall": _wall,
}


def _lit(image: Image.Image, scene: Scene) -> Image.Image:
    """More light on the left and above than on the right and below."""
    slope = (
        Image.linear_gradient("L")
        .rotate(30, resample=Image.Resampling.BILINEAR)
        .crop((50, 50, 206, 206))
    )
    near, far = scene.light * 255, (scene.light - scene.falloff) * 255
    shade = slope.resize(image.size).point(
        lambda v: max(0, min(255, near + (far - near) * v / 255))
    )
    lit = ImageChops.multiply(image, Image.merge("RGB", (shade, shade, shade)))
    if scene.light <= 1:
        return lit
    return lit.point(lambda v: min(255, v * scene.light))


def _flashed(image: Image.Image, x: float, y: float, radius: float) -> Image.Image:
    """A round burst of light: burnt out in the middle, fading outwards."""
    side = round(image.width * radius * 2.6)
    burst = Image.radial_gradient("L").resize((side, side))
    burst = burst.point(lambda v: max(0, min(255, (175 - v) * 3.2)))
    veil = Image.new("L", image.size)
    veil.paste(burst, (round(image.width * x) - side // 2, round(image.height * y) - side // 2))
    return Image.composite(Image.new("RGB", image.size, "white"), image, veil)


def _moved(image: Image.Image, scene: Scene) -> Image.Image:
    """The mean of the picture along the way the hand moved."""
    dx, dy = (round(d * scene.scale) for d in scene.shake)
    steps = max(abs(dx), abs(dy))
    moved = image
    for step in range(1, steps + 1):
        shifted = ImageChops.offset(image, dx * step // steps, dy * step // steps)
        moved = Image.blend(moved, shifted, 1 / (step + 1))
    return moved


def _noisy(image: Image.Image, scene: Scene) -> Image.Image:
    if not scene.noise:
        return image
    grain = Image.effect_noise(image.size, scene.noise)
    coat = Image.merge("RGB", (grain, grain, grain))
    return ImageChops.add(image, coat, offset=-128)
