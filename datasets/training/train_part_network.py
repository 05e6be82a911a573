#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Trains the network that finds parts in photographs, and writes it as ONNX.

  train_part_network.py FOLDER OUTPUT.onnx [--from NETWORK.onnx] [--steps N] [--threads N]

FOLDER holds cases of `boarddiff render`; train_part_network.sh makes them. With --from a network that this script wrote
is trained on, at a third of the rate. Needs PyTorch, OpenCV and ONNX for Python, as Debian packages them. The same
cases, steps and threads give the same network on the same machine.
"""

import argparse
import json
import pathlib
import time

import cv2
import numpy as np
import onnx.numpy_helper
import torch
from torch import nn
from torch.nn import functional as F

PIXELS_PER_MM = (7.0, 15.0)  # of what it is shown: from kLeastNetworkScale to a little over kMostNetworkScale
KINDS = ["ic", "passive", "electrolytic", "connector", "inductor", "crystal", "shield", "other"]  # kComponentKinds
BOARD, INSIDE, RIM = 0, 1, 2
NO_KIND = 255
SMALL_PX = 600  # the pixels of parts that have fewer count more
LAYERS = (7.5, 10.5, 14.5)  # pixels per millimetre at which pictures are kept, so that no crop is shrunk much


def convolution(inputs, outputs, side=3, stride=1):
    return [
        nn.Conv2d(inputs, outputs, side, stride=stride, padding=side // 2, bias=False),
        nn.BatchNorm2d(outputs),
        nn.ReLU(),
    ]


class PartNetwork(nn.Module):
    """Works at half the picture's size and smaller, adds up what each size tells from the smallest on, and says the
    looks of four pixels in each place."""

    WIDTHS = (16, 24, 32, 48, 64, 64)

    def __init__(self):
        super().__init__()
        first, *widths = self.WIDTHS
        self.stem = nn.Sequential(*convolution(3, first, 5, 2), *convolution(first, widths[0]))
        self.down = nn.ModuleList(
            nn.Sequential(*convolution(a, b), *convolution(b, b)) for a, b in zip(widths, widths[1:]))
        steps = list(reversed(list(zip(widths, widths[1:]))))
        self.narrow = nn.ModuleList(nn.Sequential(*convolution(b, a, 1)) for a, b in steps)
        self.up = nn.ModuleList(nn.Sequential(*convolution(a, a)) for a, _ in steps)
        self.out = nn.Conv2d(widths[0], 3 * 4 + len(KINDS), 3, padding=1)
        for module in self.modules():
            if isinstance(module, nn.Conv2d):
                nn.init.kaiming_normal_(module.weight, nonlinearity="relu")
        nn.init.zeros_(self.out.bias)

    def forward(self, picture):
        x = self.stem(picture)
        kept = [x]
        for block in self.down:
            x = block(F.max_pool2d(x, 2))
            kept.append(x)
        kept.pop()
        for narrow, block in zip(self.narrow, self.up):
            x = block(F.interpolate(narrow(x), scale_factor=2.0, mode="nearest") + kept.pop())
        return self.out(x)


class Picture:
    """A photograph at the sizes of LAYERS, its parts, the largest first, and the middles of places to look at."""

    def __init__(self, path, pixels_per_mm, parts, gone):
        self.pixels_per_mm = pixels_per_mm
        self.parts = parts
        self.places = [outline.mean(0) for outline, _ in parts] + [np.mean(outline, 0) for outline in gone]
        whole = cv2.imread(str(path))
        self.layers = []
        for layer in LAYERS:
            shrink = layer / pixels_per_mm
            if shrink < 1.15 or not self.layers:
                how = cv2.INTER_AREA if shrink < 1 else cv2.INTER_LINEAR
                self.layers.append((layer, cv2.resize(whole, None, fx=shrink, fy=shrink, interpolation=how)))


def visible_parts(components, key):
    """Outlines with kinds, without those that a larger part stands before."""
    parts = [(np.array(c[key], np.float32), KINDS.index(c["kind"])) for c in components
             if c["populated"] and len(c.get(key, [])) > 2]
    parts.sort(key=lambda part: -cv2.contourArea(part[0]))
    hulls = [cv2.convexHull(outline) for outline, _ in parts]

    def hidden(i):
        x, y, w, h = cv2.boundingRect(hulls[i])
        for larger in hulls[:i]:
            a, b, c, d = cv2.boundingRect(larger)
            apart = x >= a + c or a >= x + w or y >= b + d or b >= y + h
            if not apart and cv2.intersectConvexConvex(hulls[i], larger)[0] > 0.5 * cv2.contourArea(hulls[i]):
                return True
        return False

    return [part for i, part in enumerate(parts) if not hidden(i)]


def load_pictures(folder):
    pictures = []
    for path in sorted(pathlib.Path(folder).glob("*/case.json")):
        case = json.loads(path.read_text())
        points = np.array(case["points"])
        in_reference = np.linalg.norm(points[:, None, :2] - points[None, :, :2], axis=2)
        in_sample = np.linalg.norm(points[:, None, 2:] - points[None, :, 2:], axis=2)
        far = in_reference > 50
        scale = case["px_per_mm_reference"]
        scale_of_sample = scale * np.median(in_sample[far] / in_reference[far])
        gone = [change["sample_polygon"] for change in case["changes"] if change["kind"] == "missing_component"]
        left = [component for component in case["components"] if component.get("sample_polygon") not in gone]
        pictures.append(Picture(path.parent / case["reference"], scale,
                                visible_parts(case["components"], "reference_polygon"), []))
        pictures.append(Picture(path.parent / case["sample"], scale_of_sample, visible_parts(left, "sample_polygon"),
                                gone))
    return pictures


def labels_of(parts, crop_from_picture, size):
    """What each pixel of a crop shows, of which kind the part is, and how much the pixel counts: those of small parts
    more, since parts are counted and not their pixels."""
    looks = np.full((size, size), BOARD, np.uint8)
    kinds = np.full((size, size), NO_KIND, np.uint8)
    weights = np.ones((size, size), np.float32)
    for outline, kind in parts:
        corners = outline @ crop_from_picture[:, :2].T + crop_from_picture[:, 2]
        least = np.floor(corners.min(0)).astype(int) - 2
        most = np.ceil(corners.max(0)).astype(int) + 3
        if (most <= 0).any() or (least >= size).any():
            continue
        whole = np.zeros((most[1] - least[1], most[0] - least[0]), np.uint8)
        cv2.fillPoly(whole, [np.round((corners - least) * 16).astype(np.int32)], 1, shift=4)
        inside = cv2.erode(whole, np.ones((3, 3), np.uint8))
        first, last = np.maximum(least, 0), np.minimum(most, size)
        here = (slice(first[1], last[1]), slice(first[0], last[0]))
        there = (slice(first[1] - least[1], last[1] - least[1]), slice(first[0] - least[0], last[0] - least[0]))
        looks[here][whole[there] > 0] = RIM
        looks[here][inside[there] > 0] = INSIDE
        kinds[here][whole[there] > 0] = kind
        weight = np.clip(np.sqrt(SMALL_PX / max(1.0, cv2.contourArea(corners.astype(np.float32)))), 1, 3)
        weights[here][cv2.dilate(whole, np.ones((3, 3), np.uint8))[there] > 0] = weight
    return looks, kinds, weights


def in_other_light(x, random):
    """Other cameras, lamps and masks than are rendered."""
    if random.random() < 0.2:
        x = x[..., random.permutation(3)]
    x = x ** np.float32(np.exp(random.normal(0, 0.25)))
    x = x * np.exp(random.normal(0, 0.12, 3) + random.normal(0, 0.15)).astype(np.float32)
    x = x + random.normal(0, 0.02, 3).astype(np.float32)
    if random.random() < 0.2:
        grey = x.mean(2, keepdims=True)
        x = grey + (x - grey) * np.float32(random.uniform(0, 1))
    if random.random() < 0.4:
        x = cv2.GaussianBlur(x, None, random.uniform(0.3, 1))
    noise = random.standard_normal(x.shape, np.float32) * np.float32(random.uniform(0, 0.03))
    return np.clip(x + noise, 0, 1)


def random_crop(pictures, size, random):
    picture = pictures[random.integers(len(pictures))]
    wanted = np.exp(random.uniform(*np.log(PIXELS_PER_MM)))
    # What a photograph of fewer pixels is shown at.
    wanted = max(min(wanted, 1.15 * picture.pixels_per_mm), PIXELS_PER_MM[0])
    layer, pixels = min(picture.layers, key=lambda one: abs(np.log(one[0] / wanted)))
    anyhow = random.random() < 0.15
    turn = np.deg2rad(90 * random.integers(4) + (random.uniform(-180, 180) if anyhow else random.normal(0, 2)))
    zoom = wanted / layer * np.array([[np.cos(turn), -np.sin(turn)], [np.sin(turn), np.cos(turn)]])
    if random.random() < 0.5:
        zoom = zoom @ np.diag([-1, 1])
    height, width = pixels.shape[:2]
    shrink = layer / picture.pixels_per_mm
    if not picture.places or random.random() < 0.5:
        middle = np.array([random.uniform(0.04, 0.96) * width, random.uniform(0.04, 0.96) * height])
    else:
        middle = picture.places[random.integers(len(picture.places))] * shrink + random.normal(0, 30, 2)
    crop_from_layer = np.hstack([zoom, (size / 2 - zoom @ middle)[:, None]])
    crop = cv2.warpAffine(pixels, crop_from_layer, (size, size), flags=cv2.INTER_LINEAR,
                          borderMode=cv2.BORDER_REPLICATE)
    # The middle of the first pixel is at 0 in either.
    layer_from_picture = np.array([[shrink, 0, 0.5 * shrink - 0.5], [0, shrink, 0.5 * shrink - 0.5], [0, 0, 1]])
    crop_from_picture = crop_from_layer @ layer_from_picture
    seen = in_other_light(crop.astype(np.float32) / np.float32(255), random)
    return seen, *labels_of(picture.parts, crop_from_picture, size)


def losses(answer, looks, kinds, weights):
    """Of what each pixel shows, and of the kind where there is a part."""
    of_looks = F.cross_entropy(F.pixel_shuffle(answer[:, :12], 2), looks, weight=torch.tensor([1.0, 1.0, 1.5]),
                               reduction="none")
    of_looks = (of_looks * weights).sum() / weights.sum()
    halved = kinds[:, ::2, ::2]
    if (halved == NO_KIND).all():
        return of_looks, 0 * of_looks
    return of_looks, F.cross_entropy(answer[:, 12:], halved, ignore_index=NO_KIND)


def load_network(path):
    """What `main` wrote, where the norms have become part of the convolutions: they stay so."""
    model = onnx.load(path)
    numbers = {each.name: torch.tensor(onnx.numpy_helper.to_array(each)) for each in model.graph.initializer}
    written = [node.input[1:3] for node in model.graph.node if node.op_type == "Conv"]
    network = PartNetwork().eval()
    made = []  # in the order in which the network asks them, as in the file
    for module in network.modules():
        if isinstance(module, (nn.Conv2d, nn.BatchNorm2d)):
            module.register_forward_hook(lambda asked, *_: made.append(asked))
    network(torch.zeros(1, 3, 64, 64))
    for module in made:
        module._forward_hooks.clear()
    convolutions = [module for module in made if isinstance(module, nn.Conv2d)]
    assert len(convolutions) == len(written), f"{path} holds another network"
    with torch.no_grad():
        for module, following, (weight, bias) in zip(convolutions, made[1::2] + [None], written):
            module.weight.copy_(numbers[weight])
            (module if module.bias is not None else following).bias.copy_(numbers[bias])
    return network


def train(network, pictures, steps, highest_rate):
    batch, side = 6, 256
    random = np.random.default_rng(1)
    network = network.to(memory_format=torch.channels_last)
    optimizer = torch.optim.Adam(network.parameters(), lr=highest_rate)
    # Up in 200 steps, then down along a cosine to a fiftieth.
    rate = torch.optim.lr_scheduler.LambdaLR(
        optimizer, lambda i: min(1, (i + 1) / 200) * (0.02 + 0.49 * (1 + np.cos(np.pi * i / steps))))
    start, mean = time.time(), None
    for step in range(steps):
        crops, looks, kinds, weights = (np.stack(some) for some in zip(*(random_crop(pictures, side, random)
                                                                         for _ in range(batch))))
        answer = network(torch.from_numpy(crops).permute(0, 3, 1, 2) - 0.5)
        of_looks, of_kinds = losses(answer, torch.from_numpy(looks).long(), torch.from_numpy(kinds).long(),
                                    torch.from_numpy(weights))
        optimizer.zero_grad()
        (of_looks + 0.2 * of_kinds).backward()
        nn.utils.clip_grad_norm_(network.parameters(), 1.0)
        optimizer.step()
        rate.step()
        now = np.array([of_looks.item(), of_kinds.item()])
        mean = now if mean is None else 0.98 * mean + 0.02 * now
        if step % 100 == 0:
            print(f"step {step}: looks {mean[0]:.3f}, kinds {mean[1]:.3f}, {time.time() - start:.0f} s", flush=True)
    return network.eval()


def main():
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("folder")
    arguments.add_argument("output")
    arguments.add_argument("--from", dest="start")
    arguments.add_argument("--steps", type=int, default=7500)
    arguments.add_argument("--threads", type=int, default=1)
    given = arguments.parse_args()
    torch.set_num_threads(given.threads)
    torch.manual_seed(1)
    pictures = load_pictures(given.folder)
    print(f"{len(pictures)} pictures", flush=True)
    if given.start:
        network = train(load_network(given.start), pictures, given.steps, 1e-3)
    else:
        network = train(PartNetwork(), pictures, given.steps, 3e-3)
    size = {2: "height", 3: "width"}
    torch.onnx.export(network, torch.zeros(1, 3, 256, 256), given.output, opset_version=11, input_names=["picture"],
                      output_names=["parts"], dynamic_axes={"picture": size, "parts": size})


main()
