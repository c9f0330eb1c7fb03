"""Pictures as a PDF will hold them, shown again by two PDF readers' decoders and compared with what pillow sees."""

from __future__ import annotations

import io
import os
import re
import struct
import zlib
from pathlib import Path

import pikepdf
import pypdfium2
import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image as pillow
from PIL import ImageChops, ImageCms, ImageOps

from eventprint.geometry import Box, inch
from eventprint.images import Embeddable, contain, cover, effective_ppi, embeddable, open_image
from eventprint.page import Image, Picture


def photo(width: int = 64, height: int = 48) -> pillow.Image:
    """A picture without symmetry: red grows to the right, green downwards, a blue corner top left."""
    picture = pillow.merge(
        "RGB",
        (
            pillow.linear_gradient("L").rotate(90).resize((width, height)),
            pillow.linear_gradient("L").resize((width, height)),
            pillow.new("L", (width, height), 40),
        ),
    )
    picture.paste((0, 0, 255), (0, 0, width // 4, height // 4))
    return picture


def saved(folder: Path, name: str, picture: pillow.Image, **options: object) -> Path:
    file = folder / name
    picture.save(file, **options)
    return file


def reread(file: Path) -> pillow.Image:
    return pillow.open(io.BytesIO(file.read_bytes()))


def shown(picture: Embeddable) -> pillow.Image:
    """What a PDF reader makes of it on white paper, a pixel a point."""
    pdf = pikepdf.new()
    page = pdf.add_blank_page(page_size=(picture.width, picture.height))
    page.Resources = pikepdf.Dictionary(XObject=pikepdf.Dictionary(I=embedded(pdf, picture)))
    page.Contents = pdf.make_stream(f"{picture.width} 0 0 {picture.height} 0 0 cm /I Do".encode())
    pdf.save(file := io.BytesIO())
    document = pypdfium2.PdfDocument(file.getvalue())
    rendered = document[0].render(scale=1).to_pil().convert("RGB")
    document.close()
    return rendered


def embedded(pdf: pikepdf.Pdf, picture: Embeddable) -> pikepdf.Object:
    stream = pikepdf.Stream(
        pdf,
        picture.data,
        Type=pikepdf.Name.XObject,
        Subtype=pikepdf.Name.Image,
        Width=picture.width,
        Height=picture.height,
        BitsPerComponent=picture.bits,
        ColorSpace=pikepdf.Name("/" + picture.colour_space),
        Filter=pikepdf.Name("/" + picture.filter),
    )
    if picture.mask is not None:
        stream.SMask = embedded(pdf, picture.mask)
    return pdf.make_indirect(stream)


def difference(first: pillow.Image, second: pillow.Image) -> int:
    """The largest difference of any channel of any pixel."""
    assert first.size == second.size
    extrema = ImageChops.difference(first.convert("RGB"), second.convert("RGB")).getextrema()
    return max(int(high) for _, high in extrema)  # type: ignore[index]


# --- what comes in


def test_an_opened_picture_is_known_by_content_and_sides(tmp_path: Path) -> None:
    first, second = saved(tmp_path, "a.png", photo()), saved(tmp_path, "b.png", photo())
    assert (open_image(first).width_px, open_image(first).height_px) == (64, 48)
    assert open_image(first).digest == open_image(second).digest
    assert open_image(first).digest != open_image(saved(tmp_path, "c.png", photo(65))).digest


def test_a_changed_file_is_another_picture(tmp_path: Path) -> None:
    before = open_image(saved(tmp_path, "a.png", photo()))
    os.utime(saved(tmp_path, "a.png", photo(65)), ns=(1, 1))
    assert open_image(tmp_path / "a.png").digest != before.digest
    with pytest.raises(ValueError, match=r"^a\.png changed while it was used$"):
        embeddable(before)


@pytest.mark.parametrize("name", ["a.jpg", "a.png", "a.gif", "a.bmp", "a.webp", "a.tif"])
def test_the_usual_formats_are_opened_whatever_the_file_is_called(tmp_path: Path, name: str) -> None:
    file = saved(tmp_path, name, photo()).rename(tmp_path / "picture.dat")
    image = open_image(file)
    assert (image.width_px, image.height_px) == (64, 48)
    assert difference(shown(embeddable(image)), reread(file)) <= 8


@pytest.mark.parametrize("name", ["a.eps", "a.pcx", "a.ppm"])
def test_other_formats_are_refused(tmp_path: Path, name: str) -> None:
    with pytest.raises(ValueError, match="no picture of a kind that can be printed: JPEG, PNG"):
        open_image(saved(tmp_path, name, photo()))


def test_what_is_missing_empty_or_no_file_is_said(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match=r"^nobody\.jpg is not there$"):
        open_image(tmp_path / "nobody.jpg")
    (tmp_path / "empty.png").touch()
    with pytest.raises(ValueError, match=r"^empty\.png is empty$"):
        open_image(tmp_path / "empty.png")
    (tmp_path / "folder.png").mkdir()
    with pytest.raises(ValueError, match=r"^folder\.png cannot be read: it is a folder$"):
        open_image(tmp_path / "folder.png")


@pytest.mark.parametrize("name", ["a.jpg", "a.png", "a.gif", "a.webp", "a.tif", "a.bmp"])
@pytest.mark.parametrize("share", [0.02, 0.3, 0.6, 0.9])
def test_a_picture_cut_short_is_refused_in_one_sentence(tmp_path: Path, name: str, share: float) -> None:
    file = saved(tmp_path, name, pillow.effect_noise((64, 48), 80).convert("RGB"))
    file.write_bytes(file.read_bytes()[: int(file.stat().st_size * share)])
    with pytest.raises(ValueError, match=r"^a\.\w+ is [^\n]*damaged[^\n]*$"):
        open_image(file)


@given(st.sampled_from(["jpeg", "png", "gif", "webp", "tiff", "bmp"]), st.integers(0, 10_000), st.integers(0, 255))
def test_a_flipped_byte_is_survived_or_said(
    tmp_path_factory: pytest.TempPathFactory, kind: str, at: int, to: int
) -> None:
    file = tmp_path_factory.mktemp("flip") / "a.dat"
    photo().save(file, format=kind)
    data = bytearray(file.read_bytes())
    data[at % len(data)] = to
    file.write_bytes(data)
    try:
        said = f"a.dat is {embeddable(open_image(file)).width} pixels wide"
    except ValueError as error:
        said = str(error)
    assert re.fullmatch(r"a\.dat (is|has|keeps|cannot) [^\n]+", said)


def test_a_bomb_is_refused_before_it_is_unpacked(tmp_path: Path) -> None:
    def chunk(kind: bytes, body: bytes) -> bytes:
        return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))

    header = struct.pack(">IIBBBBB", 30_000, 30_000, 8, 2, 0, 0, 0)
    file = tmp_path / "bomb.png"
    file.write_bytes(b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", b"") + chunk(b"IEND", b""))
    with pytest.raises(ValueError, match=r"^bomb\.png has more than 89 million pixels, too many to open$"):
        open_image(file)


def test_a_picture_kept_as_floats_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match=r"^a\.tif keeps its colours as F, which cannot be printed: save it as RGB$"):
        open_image(saved(tmp_path, "a.tif", pillow.new("F", (4, 4))))


# --- what a PDF gets


@pytest.mark.parametrize("mode", ["L", "RGB"])
@pytest.mark.parametrize("progressive", [False, True])
def test_a_jpeg_keeps_its_compressed_data(tmp_path: Path, mode: str, progressive: bool) -> None:
    file = saved(tmp_path, "a.jpg", photo().convert(mode), progressive=progressive)
    picture = embeddable(open_image(file))
    assert picture.filter == "DCTDecode"
    assert picture.data == file.read_bytes()
    assert picture.colour_space == {"L": "DeviceGray", "RGB": "DeviceRGB"}[mode]
    assert difference(shown(picture), reread(file)) <= 3


def test_where_a_photo_was_taken_is_not_published(tmp_path: Path) -> None:
    exif = pillow.Exif()
    exif[0x010F] = "Secret Camera"
    exif.get_ifd(0x8825)[2] = (52.0, 31.0, 12.0)
    file = saved(tmp_path, "a.jpg", photo(), exif=exif, comment=b"taken at home")
    data = embeddable(open_image(file)).data
    bare = saved(tmp_path, "bare.jpg", photo()).read_bytes()
    assert b"Secret Camera" in file.read_bytes()
    assert data == bare


def test_a_second_picture_in_a_jpeg_file_stays_behind(tmp_path: Path) -> None:
    first = saved(tmp_path, "one.jpg", photo()).read_bytes()
    (tmp_path / "two.jpg").write_bytes(first + saved(tmp_path, "other.jpg", photo(32, 32)).read_bytes())
    assert embeddable(open_image(tmp_path / "two.jpg")).data == first
    phone = saved(tmp_path, "phone.mpo", photo(), save_all=True, append_images=[photo(32, 32)])
    assert difference(shown(embeddable(open_image(phone))), reread(phone)) <= 3


@pytest.mark.parametrize("held", range(1, 9))
@pytest.mark.parametrize("name", ["a.jpg", "a.png"])
def test_a_picture_stands_upright_however_the_camera_was_held(tmp_path: Path, held: int, name: str) -> None:
    exif = pillow.Exif()
    exif[0x0112] = held
    file = saved(tmp_path, name, photo(), exif=exif)
    image = open_image(file)
    picture = embeddable(image)
    upright = ImageOps.exif_transpose(reread(file))
    assert (image.width_px, image.height_px) == (picture.width, picture.height) == upright.size
    assert difference(shown(picture), upright) <= 12


def test_nonsense_about_how_a_camera_was_held_is_ignored(tmp_path: Path) -> None:
    exif = pillow.Exif()
    exif[0x0112] = 77
    image = open_image(saved(tmp_path, "a.jpg", photo(), exif=exif))
    assert (image.width_px, image.height_px) == (64, 48)


@pytest.mark.parametrize("mode", ["1", "L", "P", "RGB"])
def test_pictures_without_transparency_lose_nothing(tmp_path: Path, mode: str) -> None:
    original = photo().convert(mode)
    picture = embeddable(open_image(saved(tmp_path, "a.png", original)))
    assert (picture.filter, picture.mask) == ("FlateDecode", None)
    assert (picture.colour_space, picture.bits) == {
        "1": ("DeviceGray", 1),
        "L": ("DeviceGray", 8),
        "P": ("DeviceRGB", 8),
        "RGB": ("DeviceRGB", 8),
    }[mode]
    assert difference(shown(picture), original) <= 1


def test_sixteen_bit_grey_keeps_its_tones(tmp_path: Path) -> None:
    deep = pillow.linear_gradient("L").convert("I").point(lambda value: value * 257).convert("I;16")
    picture = embeddable(open_image(saved(tmp_path, "a.png", deep)))
    assert picture.bits == 8
    assert difference(shown(picture), pillow.linear_gradient("L")) <= 1


@pytest.mark.parametrize("mode", ["LA", "RGBA", "PA"])
def test_transparency_shows_the_paper(tmp_path: Path, mode: str) -> None:
    seen = photo().convert("RGBA")
    seen.putalpha(pillow.linear_gradient("L").resize(seen.size))
    if mode == "LA":
        seen = seen.convert("LA")
    file = saved(tmp_path, "a.tif" if mode == "PA" else "a.png", seen)
    picture = embeddable(open_image(file))
    assert picture.mask is not None
    assert (picture.mask.width, picture.mask.height, picture.mask.colour_space) == (64, 48, "DeviceGray")
    paper = pillow.new("RGBA", seen.size, "white")
    assert difference(shown(picture), pillow.alpha_composite(paper, seen.convert("RGBA"))) <= 2


def test_a_transparent_colour_of_a_palette_shows_the_paper(tmp_path: Path) -> None:
    flat = pillow.new("P", (20, 10), 1)
    flat.putpalette([255, 0, 0, 0, 128, 0])
    flat.paste(0, (0, 0, 10, 10))
    picture = embeddable(open_image(saved(tmp_path, "a.png", flat, transparency=0)))
    rendered = shown(picture)
    assert (rendered.getpixel((4, 5)), rendered.getpixel((15, 5))) == ((255, 255, 255), (0, 128, 0))


def test_full_opacity_needs_no_mask(tmp_path: Path) -> None:
    assert embeddable(open_image(saved(tmp_path, "a.png", photo().convert("RGBA")))).mask is None


def test_a_cmyk_jpeg_becomes_rgb_of_the_same_look(tmp_path: Path) -> None:
    inks = pillow.new("CMYK", (40, 20), (0, 255, 255, 0))
    inks.paste((255, 0, 255, 0), (20, 0, 40, 20))
    picture = embeddable(open_image(saved(tmp_path, "a.jpg", inks, quality=95)))
    rendered = shown(picture)
    assert picture.colour_space == "DeviceRGB"
    left, right = rendered.getpixel((5, 10)), rendered.getpixel((35, 10))
    assert left[0] > 200 > 60 > max(left[1:])  # type: ignore[index, type-var]
    assert right[1] > 200 > 60 > max(right[0], right[2])  # type: ignore[index, type-var]


def test_colours_of_another_space_are_brought_to_srgb(tmp_path: Path) -> None:
    standard = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    exchanged = standard.replace(b"rXYZ", b"????").replace(b"gXYZ", b"rXYZ").replace(b"????", b"gXYZ")
    renamed = exchanged.replace("sRGB".encode("utf-16-be"), "gRBG".encode("utf-16-be"))
    profile = ImageCms.ImageCmsProfile(io.BytesIO(renamed))
    other = pillow.new("RGB", (8, 8), (120, 60, 30))
    wanted = ImageCms.profileToProfile(other, profile, ImageCms.createProfile("sRGB"))
    file = saved(tmp_path, "a.png", other, icc_profile=profile.tobytes())
    assert wanted is not None
    assert difference(other, wanted) > 20
    assert difference(shown(embeddable(open_image(file))), wanted) <= 2


def test_srgb_and_broken_profiles_leave_a_jpeg_alone(tmp_path: Path) -> None:
    standard = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    bare = saved(tmp_path, "bare.jpg", photo()).read_bytes()
    for number, profile in enumerate((standard, b"nonsense")):
        file = saved(tmp_path, f"{number}.jpg", photo(), icc_profile=profile)
        assert embeddable(open_image(file)).data == bare


def test_a_picture_is_prepared_once(tmp_path: Path) -> None:
    image = open_image(saved(tmp_path, "a.png", photo()))
    assert embeddable(image) is embeddable(image)


# --- where it goes

SIDES = st.floats(1, 2000)
PIXELS = st.integers(1, 8000)


def image_of(width: int, height: int) -> Image:
    return Image(Path("a.png"), "", width, height)


def test_effective_resolution_is_that_of_the_coarser_axis() -> None:
    assert effective_ppi(Picture(Box(0, 0, inch, 2 * inch), image_of(300, 300))) == pytest.approx(150)


@given(SIDES, SIDES, PIXELS, PIXELS, st.floats(0, 1), st.floats(0, 1))
def test_cover_fills_and_contain_fits_and_both_keep_proportions(
    width: float, height: float, across: int, down: int, x: float, y: float
) -> None:
    box, image = Box(10, -20, width, height), image_of(across, down)
    large, small = cover(box, image, (x, y)), contain(box, image, (x, y))
    assert large.contains(box)
    assert box.contains(small)
    for placed in (large, small):
        assert placed.width / across == pytest.approx(placed.height / down)
        touching = abs(placed.width - width) < 1e-6 * width, abs(placed.height - height) < 1e-6 * height
        assert any(touching)


def test_centred_unless_said_otherwise() -> None:
    box, wide = Box(0, 0, 100, 100), image_of(200, 100)
    assert cover(box, wide) == Box(-50, 0, 200, 100)
    assert cover(box, wide, (0, 0)) == Box(0, 0, 200, 100)
    assert contain(box, wide) == Box(0, 25, 100, 50)
    assert contain(box, wide, (0, 1)) == Box(0, 50, 100, 50)
