"""Finds the weights of the built-in model: the three tables of BuiltinLook.java.

The cues are those of BuiltinCues.java. The weights make the energy of the stems' errors least, on
its logarithm, by gradient descent (Adam) from zero; its random choice of frames is seeded, so the
same songs give the same weights up to rounding. Needs Python 3 and numpy.

    fit_builtin_model.py SONGS [OTHER_SONGS]

SONGS has a folder a song, as SongFoldersTest writes them; OTHER_SONGS are only scored. Prints every
look's table, and the mean SDR in dB of vocals, drums, bass and other, which is that of spectra here.
"""

import glob
import os
import sys

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view

RATE, FRAME, HOP = 44100, 4096, 2048
STEMS = ["vocals", "drums", "bass", "other"]
KNOTS = np.array([40, 80, 130, 200, 320, 600, 1200, 2500, 5000, 10000, 18000.0])
HERTZ = np.log(np.maximum(np.arange(FRAME // 2 + 1) * RATE / FRAME, 20))
HATS = np.stack(
    [np.interp(HERTZ, np.log(KNOTS), row) for row in np.eye(len(KNOTS))]
).astype(np.float32)
LOW_BINS, FRAMES_A_STEP, SEED = 19, 24, 0
CLOSED = -30  # vocals and bass get nothing of the sides

SIMPLE = ["lead", "c5", "c5q", "trans"]
ALL = ["lead", "lead4", "c5", "c5q", "c2", "c2q", "trans", "peak", "on", "on_lo", "var"]
NEIGHBOURS = [
    "vocals along time",
    "drums along time",
    "bass along time",
    "vocals across frequency",
    "drums across frequency",
    "bass across frequency",
]
# In the order of the tables.
LABELS = {
    "lead": "across over along, long",
    "lead4": "across over along, short",
    "c5": "middle, long",
    "c5q": "middle, long, cubed",
    "c2": "middle, short",
    "c2q": "middle, short, cubed",
    "trans": "above its mean along time",
    "peak": "above its mean across frequency",
    "var": "strays along time",
    **{name: name for name in NEIGHBOURS},
    "on": "frame above its mean",
    "on_lo": "lowest bins above their mean",
}


def read(file):
    """Samples by channel of a WAV file of 32-bit floats with a header of 44 bytes."""
    with open(file, "rb") as stream:
        data = stream.read()
    if data[:4] != b"RIFF" or data[20:22] != b"\x03\x00" or data[36:40] != b"data":
        raise ValueError(file + ": is no WAV file of floats as SongFoldersTest writes them")
    return np.frombuffer(data[44:], dtype="<f4").reshape(-1, 2).T


def spectrum(sound):
    """Middle and sides, [bins, frames] each."""
    window = np.sin(np.pi * np.arange(FRAME) / FRAME)
    padded = np.pad(sound, ((0, 0), (FRAME - HOP, FRAME)))
    frames = sliding_window_view(padded, FRAME, axis=1)[:, ::HOP]
    left, right = np.fft.rfft(frames * window, axis=2).astype(np.complex64).transpose(0, 2, 1)
    return (left + right) / 2, (left - right) / 2


def triangle(count, reach):
    apart = abs(np.arange(count)[:, None] - np.arange(count)[None, :])
    weights = np.maximum(0, 1 - apart / reach)
    return (weights / weights.sum(0)).astype(np.float32)


def across(planes, reach=24, band=16):
    bins = planes.shape[0]
    centres = np.arange((bins - 1) // band + 1) * band
    apart = abs(centres[:, None] - np.arange(bins)[None])
    means = np.maximum(0, 1 - apart / reach)
    means /= means.sum(1, keepdims=True)
    lines = np.maximum(0, 1 - apart.T / band)
    return lines.astype(np.float32) @ (means.astype(np.float32) @ planes)


def cues(middle, sides, names):
    energy = 2 * (abs(middle) ** 2 + abs(sides) ** 2)
    stage = 2 * (abs(middle) ** 2 - abs(sides) ** 2)
    frames = energy.shape[1]
    level = np.log(energy * (FRAME / 2) + 1e-7).astype(np.float32)
    wide, long = across(level), level @ triangle(frames, 12)
    rise = level - long
    c5, c2 = ((stage @ triangle(frames, r)) / (energy @ triangle(frames, r) + 1e-9) for r in (5, 2))
    every = {
        "lead": np.tanh((wide - long) / 3),
        "lead4": np.tanh((wide - level @ triangle(frames, 4)) / 3),
        "trans": np.tanh(rise / 3),
        "c5": c5,
        "c5q": c5**3,
        "c2": c2,
        "c2q": c2**3,
        "peak": np.tanh((level - wide) / 3),
        "var": (abs(rise) @ triangle(frames, 12)) / 3,
        "on": np.broadcast_to(np.tanh(rise.mean(0, keepdims=True)), rise.shape),
        "on_lo": np.broadcast_to(
            np.tanh(rise[:LOW_BINS].mean(0, keepdims=True) / 2), rise.shape
        ),
    }
    return np.stack([every[name].astype(np.float32) for name in names])


class Song:
    def __init__(self, folder):
        self.mix = np.stack(spectrum(read(os.path.join(folder, "mixture.wav"))))
        stems = [spectrum(read(os.path.join(folder, stem + ".wav"))) for stem in STEMS]
        self.stems = np.stack([np.stack([stem[side] for stem in stems]) for side in (0, 1)])
        self.energies = (abs(self.stems) ** 2).sum((0, 2, 3))

    def hear(self, names):
        self.cues = cues(*self.mix, names)

    def look_around(self, look):
        """Adds what vocals, drums and bass have got around every bin."""
        shares = look.shares(self.cues)
        parts = [
            sum(shares[side][stem] * abs(self.mix[side]) ** 2 for side in (0, 1))
            for stem in range(4)
        ]
        reach = triangle(self.mix.shape[2], 6)
        around = []
        for means in ([part @ reach for part in parts], [across(part) for part in parts]):
            whole = sum(means) + 1e-9
            around += [mean / whole for mean in means[:3]]
        self.cues = np.concatenate([self.cues, np.stack(around).astype(np.float32)])


class Look:
    def __init__(self, names):
        self.names = names
        self.weights = np.zeros((2, 4, len(names)), np.float32)
        self.curves = np.zeros((2, 4, len(KNOTS)), np.float32)
        self.close()

    def close(self):
        self.weights[1, [0, 2]] = 0
        self.curves[1, [0, 2]] = CLOSED

    def shares(self, heard):
        """Of middle and sides, [4, bins, frames] each."""
        shares = []
        for side in (0, 1):
            evidence = np.tensordot(self.weights[side], heard, 1)
            evidence += (self.curves[side] @ HATS)[:, :, None]
            evidence = np.exp(evidence - evidence.max(0))
            shares.append(evidence / evidence.sum(0))
        return shares

    def gradient(self, song, frames):
        heard = song.cues[:, :, frames]
        shares = self.shares(heard)
        mix, stems = song.mix[:, :, frames], song.stems[:, :, :, frames]
        errors = [shares[side] * mix[side][None] - stems[side] for side in (0, 1)]
        error = sum((abs(e) ** 2).sum((1, 2)) for e in errors)
        floor = 1e-3 * song.energies * FRAMES_A_STEP / song.mix.shape[2]
        weights, curves = np.zeros_like(self.weights), np.zeros_like(self.curves)
        for side in (0, 1):
            slope = 2 * np.real(np.conj(mix[side])[None] * errors[side])
            slope *= (1 / (error + floor))[:, None, None]
            slope = shares[side] * (slope - (slope * shares[side]).sum(0))
            weights[side] = np.tensordot(slope, heard, axes=([1, 2], [1, 2]))
            curves[side] = slope.sum(2) @ HATS.T
        return weights, curves

    def fit(self, songs, steps=120, rate=0.05, decay=3e-4):
        random = np.random.default_rng(SEED)
        values = [self.weights, self.curves]
        speed, size = [0, 0], [0, 0]
        for step in range(1, steps + 1):
            total = [np.zeros_like(value) for value in values]
            for song in songs:
                frames = random.choice(song.mix.shape[2], FRAMES_A_STEP, replace=False)
                for sum_, part in zip(total, self.gradient(song, frames)):
                    sum_ += part
            for i, value in enumerate(values):
                slope = total[i] / len(songs) + decay * value
                speed[i] = 0.9 * speed[i] + 0.1 * slope
                size[i] = 0.98 * size[i] + 0.02 * slope**2
                move = rate * (speed[i] / (1 - 0.9**step))
                move = move / (np.sqrt(size[i] / (1 - 0.98**step)) + 1e-8)
                move = move * (1 if step < steps * 0.6 else 0.3)
                move[1, [0, 2]] = 0
                value -= move
        # Only differences count: those from other. The model has rounded ones.
        self.weights = np.round(self.weights - self.weights[:, 3:4], 2)
        self.curves = np.round(self.curves - self.curves[:, 3:4], 1)
        self.close()

    def decibels(self, songs):
        all_ = []
        for song in songs:
            shares = self.shares(song.cues)
            error = sum(
                (abs(shares[side] * song.mix[side] - song.stems[side]) ** 2).sum((1, 2))
                for side in (0, 1)
            )
            all_.append(10 * np.log10(song.energies / error))
        return np.mean(all_, 0).round(2)

    def table(self):
        columns = [(0, 0), (0, 1), (0, 2), (1, 1)]
        rows = []
        for name, label in LABELS.items():
            if name in self.names:
                i = self.names.index(name)
                rows.append((label, [self.weights[side, stem, i] for side, stem in columns]))
            elif name not in NEIGHBOURS:
                rows.append((label, [0] * 4))
        for i, knot in enumerate(KNOTS):
            rows.append(("%d Hz" % knot, [self.curves[side, stem, i] for side, stem in columns]))
        return "\n".join("%-34s" % label + "".join("%8.2f" % x for x in row) for label, row in rows)


def songs_of(folder):
    found = [Song(song) for song in sorted(glob.glob(os.path.join(folder, "*", "")))]
    if not found:
        raise ValueError(folder + ": holds no songs")
    return found


def main(folders):
    sets = [songs_of(folder) for folder in folders]
    every = [song for songs in sets for song in songs]

    def tell(name, look):
        look.fit(sets[0])
        print(name, *[look.decibels(songs) for songs in sets], flush=True)
        print(look.table(), flush=True)

    for song in every:
        song.hear(SIMPLE)
    tell("SIMPLE", Look(SIMPLE))
    for song in every:
        song.hear(ALL)
    first = Look(ALL)
    tell("FIRST", first)
    for song in every:
        song.look_around(first)
    tell("SECOND", Look(ALL + NEIGHBOURS))


if __name__ == "__main__":
    if len(sys.argv) not in (2, 3):
        sys.exit(__doc__)
    main(sys.argv[1:])
