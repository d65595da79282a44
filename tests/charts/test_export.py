"""A picture that leaves the page takes its title and its warning with it."""

import io

from PIL import Image

from territ_kit.charts.export import framed


def drawing() -> bytes:
    packed = io.BytesIO()
    Image.new("RGB", (1420, 300), "#3F8F8F").save(packed, format="png")
    return packed.getvalue()


def test_the_drawing_stands_whole_between_its_title_and_its_banner():
    page = Image.open(
        io.BytesIO(framed(drawing(), "Un constat", "Une unité.", "Territoire fictif."))
    ).convert("RGB")
    rows = [y for y in range(page.height) if page.getpixel((700, y)) == (63, 143, 143)]
    assert len(rows) == 300
    assert rows[0] > 40
    assert page.height - rows[-1] > 30


def test_a_title_too_long_for_the_width_takes_more_lines():
    short, long = (Image.open(io.BytesIO(framed(drawing(), "Mot " * n, "", "x"))).height for n in (2, 80))
    assert long > short


def test_the_warning_is_also_in_the_file_s_own_description():
    text = Image.open(io.BytesIO(framed(drawing(), "Un constat", "Une unité.", "Territoire fictif."))).text
    assert text["Title"] == "Un constat"
    assert "Territoire fictif" in text["Description"]
