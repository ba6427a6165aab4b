"""Properties and misconceptions of visualization/image_grid."""

import re
import tempfile
from pathlib import Path

import torch

from torchkata import strategies as st
from torchkata.properties import assert_same, forall, misconception

KINDS = (torch.float32, torch.float64, torch.uint8)
PAD_VALUES = {True: (0.1, 0.0, 1.0), False: (0.0, 7.0, 255.0)}
"""For floats, and for bytes."""
HEADER = re.compile(rb"P6\s(?:#[^\n]*\n|\s)*(\d+)\s+(\d+)\s+(\d+)\s")


@st.composite
def batches(draw, counts=(2, 3, 5, 7, 4), channels=(3, 1)):
    """Images whose height is not their width, with distinct values, and a grid for them."""
    count = draw(st.sampled_from(counts))
    sides = draw(st.sampled_from(((1, 2), (2, 1), (3, 2), (1, 1))))
    shape = (count, draw(st.sampled_from(channels)), *sides)
    x = draw(st.tensors(shape, st.dtypes(*KINDS)))
    return {
        "x": x,
        "nrow": draw(st.sampled_from((2, 3, 1, 4, 8))),
        "padding": draw(st.sampled_from((1, 2, 0, 3))),
        "pad_value": draw(st.sampled_from(PAD_VALUES[x.is_floating_point()])),
    }


@st.composite
def pixels(draw, lowest=0, highest=16):
    """An image whose values are sixteenths. Only of those none but a half has a tie."""
    height, width = draw(st.sampled_from(((1, 2), (2, 3), (3, 1), (1, 1))))
    steps = st.lists(
        st.integers(lowest, highest), min_size=3 * height * width, max_size=3 * height * width
    )
    values = torch.tensor(draw(steps)).view(3, height, width) / 16
    layout = draw(st.sampled_from([each for each in st.LAYOUTS if each != "expanded"]))
    return {"x": st.laid_out(values.to(draw(st.dtypes())), layout)}


def as_a_grid(x, nrow, padding, pad_value):
    """The same, by joining: each row, then the rows."""
    columns, sides = min(nrow, len(x)), x.shape[2:]
    images = list(x.expand(-1, 3, -1, -1))
    images += [torch.full_like(images[0], pad_value)] * (-len(images) % columns)
    down = x.new_full((3, sides[0], padding), pad_value)
    rows = []
    for first in range(0, len(images), columns):
        parts = [part for each in images[first : first + columns] for part in (down, each)]
        rows.append(torch.cat([*parts, down], 2))
    across = x.new_full((3, padding, rows[0].shape[2]), pad_value)
    return torch.cat([*(part for row in rows for part in (across, row)), across], 1)


def saved(save, x, path):
    """What is read from the file: width and height, and the bytes as (height, width, 3)."""
    result = save(path, x)
    data = Path(path).read_bytes()
    found = HEADER.match(data)
    assert found, f"The file begins with {data[:12]!r}; P6, two sides and 255 are due."
    width, height, most = (int(each) for each in found.groups())
    assert most == 255, f"The third number of the header is {most}, and must be 255."
    body = data[found.end() :]
    assert len(body) == 3 * width * height, (
        f"{width} · {height} pixels are {3 * width * height} bytes; there are {len(body)}."
    )
    return result, (width, height), torch.tensor(list(body)).view(height, width, 3)


def as_pixels(x):
    """Width and height, and the bytes, pixel by pixel."""
    image = x.detach().cpu()
    values = [
        [
            [min(255, max(0, int(channel * 255 + 0.5))) for channel in image[:, i, j].tolist()]
            for j in range(image.shape[2])
        ]
        for i in range(image.shape[1])
    ]
    return None, (image.shape[2], image.shape[1]), torch.tensor(values)


@forall(
    batches(),
    aliasing=True,
    strata={
        "padding that float32 rounds": {
            "x": st.tensors((3, 1, 1, 2), torch.float64),
            "padding": st.just(1),
            "pad_value": st.just(0.1),
        }
    },
    examples=18,
)
def test_puts_images_into_a_grid(impl, x, nrow, padding, pad_value):
    """nrow images stand in each row, row by row, with padding between and round them."""
    grid = impl.make_grid(x, nrow, padding, pad_value)
    assert_same(grid, as_a_grid(x, nrow, padding, pad_value))
    return grid


@forall(batches(counts=(1,)), aliasing=True, examples=10)
def test_one_image_has_no_padding(impl, x, nrow, padding, pad_value):
    """A single image is given back as it is, in memory of its own, with three channels."""
    grid = impl.make_grid(x=x, nrow=nrow, padding=padding, pad_value=pad_value)
    assert_same(grid, x[0].expand(3, -1, -1))
    return grid


@forall(batches(counts=(1, 2)), examples=8, strata={"one image": batches((1,), channels=(1,))})
def test_each_channel_lies_apart(impl, x, nrow, padding, pad_value):
    """What is drawn on one channel of the grid shows on no other."""
    grid = impl.make_grid(x, nrow, padding, pad_value)
    grid[1].fill_(7)
    return grid


@forall(batches(channels=(1,)), examples=8)
def test_grey_becomes_three_channels(impl, x, nrow, padding, pad_value):
    """A grey image's channel comes three times."""
    grid = impl.make_grid(x, nrow, padding, pad_value)
    assert_same(grid, as_a_grid(x, nrow, padding, pad_value))
    return grid


@forall(count=st.sampled_from((10, 9, 8)), dtype=st.dtypes(*KINDS), examples=6)
def test_defaults(impl, count, dtype, device):
    """Unless told otherwise a row has 8 images, and padding is 2 wide and 0."""
    x = torch.arange(1, 1 + 6 * count, device=device).to(dtype).view(count, 3, 1, 2)
    grid = impl.make_grid(x)
    assert_same(grid, as_a_grid(x, 8, 2, 0))
    return grid


# No two neighbours are alike, and the height is not the width.
VARIED = (torch.arange(18) * 5 % 17).view(3, 2, 3) / 16


@forall(
    pixels(),
    as_text=st.booleans(),
    needs_grad=st.booleans(),
    strata={"a varied image": {"x": st.dtypes().map(VARIED.to)}},
    examples=14,
)
def test_writes_a_picture(impl, x, as_text, needs_grad):
    """The file has width and height, and each pixel's bytes, rounded, row by row."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "picture.ppm")
        leaf = x.detach().requires_grad_(needs_grad)
        found = saved(impl.save_ppm, leaf, str(path) if as_text else path)
    assert_same(found, as_pixels(x))
    return found


@forall(pixels(lowest=-9, highest=33), examples=10)
def test_clamps(impl, x):
    """What is below 0 is written as 0, what is above 1 as 255."""
    with tempfile.TemporaryDirectory() as folder:
        found = saved(impl.save_ppm, x, Path(folder, "bright.ppm"))
    assert_same(found, as_pixels(x))
    return found


@forall(x=st.tensors((3, 2, 1), torch.uint8), brightest=st.sampled_from((255, 128)), examples=6)
def test_writes_bytes_as_they_are(impl, x, brightest):
    """A uint8 tensor's values are the bytes."""
    own = x.clone()
    own[1, 0, 0] = brightest
    with tempfile.TemporaryDirectory() as folder:
        found = saved(impl.save_ppm, own, Path(folder, "bytes.ppm"))
    assert_same(found[2], own.permute(1, 2, 0).cpu().long())
    return found


@forall(pixels(), older=st.sampled_from((100, 5)), examples=5)
def test_writes_the_file_anew(impl, x, older):
    """Nothing is left of a file that was there before."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "again.ppm")
        path.write_bytes(b"x" * older)
        found = saved(impl.save_ppm, x, path)
    assert_same(found, as_pixels(x))
    return found


def _grid(x, columns, rows, padding, pad_value, places):
    """A grid with images at some places, each a row and a column."""
    _, _, height, width = x.shape
    x = x.expand(-1, 3, -1, -1)
    if len(x) == 1:
        return x[0].clone()
    down, across = height + padding, width + padding
    grid = x.new_full((3, rows * down + padding, columns * across + padding), pad_value)
    for (row, column), image in zip(places, x, strict=False):
        top, left = row * down + padding, column * across + padding
        grid[:, top : top + height, left : left + width] = image
    return grid


def _right(x, nrow, padding, pad_value):
    columns = min(nrow, len(x))
    places = [divmod(number, columns) for number in range(len(x))]
    return _grid(x, columns, -(-len(x) // columns), padding, pad_value, places)


@misconception(
    of="make_grid",
    says="nrow is taken for the number of rows. It says how many images a row has.",
)
def takes_nrow_for_the_rows(x, nrow=8, padding=2, pad_value=0.0):
    rows = min(nrow, len(x))
    columns = -(-len(x) // rows)
    places = [divmod(number, columns) for number in range(len(x))]
    return _grid(x, columns, rows, padding, pad_value, places)


@misconception(
    of="make_grid",
    says="The images fill one column after the other. They stand row by row, as one reads.",
)
def fills_columns_first(x, nrow=8, padding=2, pad_value=0.0):
    columns = min(nrow, len(x))
    rows = -(-len(x) // columns)
    places = [divmod(number, rows)[::-1] for number in range(len(x))]
    return _grid(x, columns, rows, padding, pad_value, places)


@misconception(
    of="make_grid",
    says="There is padding between the images and none round the grid.",
)
def leaves_out_the_border(x, nrow=8, padding=2, pad_value=0.0):
    grid = _right(x, nrow, padding, pad_value)
    if len(x) == 1 or not padding:
        return grid
    return grid[:, padding:-padding, padding:-padding].clone()


@misconception(
    of="make_grid",
    says="The number of rows is rounded down, and the images of the last one are missing.",
)
def drops_the_last_row(x, nrow=8, padding=2, pad_value=0.0):
    columns = min(nrow, len(x))
    return _right(x[: len(x) // columns * columns], nrow, padding, pad_value)


@misconception(
    of="make_grid",
    says="A grid has nrow columns even where there are fewer images. There are only as many "
    "columns as images.",
)
def keeps_empty_columns(x, nrow=8, padding=2, pad_value=0.0):
    places = [divmod(number, nrow) for number in range(len(x))]
    return _grid(x, nrow, -(-len(x) // nrow), padding, pad_value, places)


@misconception(
    of="make_grid",
    says="A single image is padded too. It is to be given back as it is.",
)
def pads_a_single_image(x, nrow=8, padding=2, pad_value=0.0):
    if len(x) > 1:
        return _right(x, nrow, padding, pad_value)
    sides = (padding,) * 4
    return torch.nn.functional.pad(x[0].expand(3, -1, -1), sides, value=pad_value)


@misconception(
    of="make_grid",
    says="A grey image stays one channel. Three equal ones are asked for.",
)
def leaves_grey_alone(x, nrow=8, padding=2, pad_value=0.0):
    return _right(x, nrow, padding, pad_value)[: x.shape[1]].clone()


@misconception(
    of="make_grid",
    says="The grid is float32 whatever the images are. It has their dtype.",
)
def makes_floats(x, nrow=8, padding=2, pad_value=0.0):
    return _right(x.float(), nrow, padding, pad_value)


@misconception(
    of="make_grid",
    says="A single image is given back as a view, so that whoever draws on it changes the batch.",
)
def gives_a_view_of_one(x, nrow=8, padding=2, pad_value=0.0):
    return x[0].expand(3, -1, -1) if len(x) == 1 else _right(x, nrow, padding, pad_value)


def _bytes(x):
    if x.is_floating_point():
        x = (x.detach() * 255).round().clamp(0, 255)
    return x.cpu().to(torch.uint8)


def _written(path, width, height, data, mode="wb"):
    with open(path, mode) as file:
        file.write(f"P6\n{width} {height}\n255\n".encode() + data.contiguous().numpy().tobytes())


@misconception(
    of="save_ppm",
    says="The conversion to uint8 cuts off what is behind the point: 0.999 would be 254. Round "
    "first.",
)
def truncates(path, x):
    if x.is_floating_point():
        x = (x.detach() * 255).clamp(0, 255)
    _written(path, x.shape[2], x.shape[1], x.cpu().to(torch.uint8).permute(1, 2, 0))


@misconception(
    of="save_ppm",
    says="A number beyond 255 or below 0 does not fit into a byte, and what is cut off to fit "
    "shows as a wrong colour. Clamp before you convert.",
)
def wraps_round(path, x):
    if x.is_floating_point():
        x = (x.detach() * 255).round().long() % 256
    _written(path, x.shape[2], x.shape[1], x.cpu().to(torch.uint8).permute(1, 2, 0))


@misconception(
    of="save_ppm",
    says="The header has the height before the width. It is the other way round.",
)
def swaps_the_sides(path, x):
    _written(path, x.shape[1], x.shape[2], _bytes(x).permute(1, 2, 0))


@misconception(
    of="save_ppm",
    says="The bytes come channel by channel, all reds first. A file has them pixel by pixel: the "
    "channels last.",
)
def writes_channels_first(path, x):
    _written(path, x.shape[2], x.shape[1], _bytes(x))


@misconception(
    of="save_ppm",
    says="The bytes run down the columns. A file has them row by row: height comes before width.",
)
def moves_width_before_height(path, x):
    _written(path, x.shape[2], x.shape[1], _bytes(x).permute(2, 1, 0))


@misconception(
    of="save_ppm",
    says="What a uint8 tensor holds are bytes already. Multiplied by 255 they are nearly all 255.",
)
def scales_bytes(path, x):
    _written(path, x.shape[2], x.shape[1], _bytes(x.double()).permute(1, 2, 0))


@misconception(
    of="save_ppm",
    says="The picture is put behind what was in the file. Open it to write, not to append.",
)
def appends(path, x):
    _written(path, x.shape[2], x.shape[1], _bytes(x).permute(1, 2, 0), "ab")
