"""What solutions write to files can be read by readers that are not ours."""

import importlib.util
from pathlib import Path

import pytest
import torch

ROOT = Path(__file__).parents[3]


def solution(name):
    """The module of a solution, given as topic/name."""
    spec = importlib.util.spec_from_file_location("solution", ROOT / f"solutions/{name}.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_pillow_opens_a_picture(tmp_path):
    image = pytest.importorskip(
        "PIL.Image", reason="Pillow is not installed: pip install -e .[dev]"
    )
    images = solution("visualization/image_grid")
    batch = torch.linspace(-0.2, 1.2, 5 * 3 * 2 * 4).view(5, 3, 2, 4)
    grid = images.make_grid(batch, nrow=3, padding=1, pad_value=0.5)
    images.save_ppm(tmp_path / "grid.ppm", grid)
    with image.open(tmp_path / "grid.ppm") as picture:
        assert (picture.format, picture.mode, picture.size) == ("PPM", "RGB", (16, 7))
        found = [[picture.getpixel((x, y)) for x in range(16)] for y in range(7)]
    expected = (grid * 255).round().clamp(0, 255).to(torch.uint8).permute(1, 2, 0)
    assert torch.equal(torch.tensor(found, dtype=torch.uint8), expected)
