"""Functions of a PDF, as tint transforms and shadings use them: from numbers to numbers (ISO 32000-1, 7.10)."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from itertools import product
from typing import Any

from .objects import value_of
from .syntax import operations


def evaluate(function: Any, inputs: Sequence[float]) -> list[float]:
    """What a function, or an array of functions of one output each, makes of these inputs.

    Raises ValueError for a function that cannot be one.
    """
    function = function.get_object() if hasattr(function, "get_object") else function
    if isinstance(function, list):
        return [value for each in function for value in evaluate(each, inputs)]
    if not hasattr(function, "get"):
        return list(inputs)  # the name Identity
    domain = _numbers(function, "/Domain") or [0.0, 1.0] * len(inputs)
    given = _clipped(inputs, domain)
    match int(value_of(function, "/FunctionType")):
        case 0:
            made = _sampled(function, given, domain)
        case 2:
            zero, one = _numbers(function, "/C0") or [0.0], _numbers(function, "/C1") or [1.0]
            share = given[0] ** float(value_of(function, "/N") or 1) if given[0] > 0 else 0.0
            made = [a + share * (b - a) for a, b in zip(zero, one, strict=False)]
        case 3:
            made = _stitched(function, given[0], domain)
        case 4:
            made = _calculated(function.get_data(), given)
        case _:
            raise ValueError("a function is of no known type")
    return _clipped(made, _numbers(function, "/Range"))


def _numbers(function: Any, key: str) -> list[float]:
    return [float(value.get_object()) for value in value_of(function, key) or ()]


def _clipped(values: Sequence[float], ends: Sequence[float]) -> list[float]:
    if not ends:
        return list(values)
    pairs = zip(values, ends[::2], ends[1::2], strict=False)
    return [min(max(value, low), high) for value, low, high in pairs]


def _sampled(function: Any, given: Sequence[float], domain: Sequence[float]) -> list[float]:
    """Between the samples of a table, linear in every direction."""
    sizes = [int(value) for value in _numbers(function, "/Size")]
    bits = int(value_of(function, "/BitsPerSample"))
    ends = _numbers(function, "/Range")
    encode = _numbers(function, "/Encode") or [value for size in sizes for value in (0.0, size - 1.0)]
    decode = _numbers(function, "/Decode") or ends
    outputs, data = len(ends) // 2, function.get_data()
    if not 1 <= len(sizes) <= 4 or bits not in (1, 2, 4, 8, 12, 16, 24, 32):
        raise ValueError("a function has a table of no known kind")
    places = []
    for at, value in enumerate(given[: len(sizes)]):
        low, high = domain[2 * at], domain[2 * at + 1]
        share = (value - low) / (high - low) if high > low else 0.0
        placed = encode[2 * at] + share * (encode[2 * at + 1] - encode[2 * at])
        places.append(min(max(placed, 0.0), sizes[at] - 1.0))
    made = [0.0] * outputs
    for corner in product((0, 1), repeat=len(places)):
        weight, index, step = 1.0, 0, 1
        for place, side, size in zip(places, corner, sizes, strict=False):
            floor = min(math.floor(place), max(size - 2, 0))
            weight *= place - floor if side else 1 - (place - floor)
            index += min(floor + side, size - 1) * step
            step *= size
        if weight:
            for output in range(outputs):
                made[output] += weight * _sample(data, (index * outputs + output) * bits, bits)
    return [low + value * (high - low) for value, low, high in zip(made, decode[::2], decode[1::2], strict=False)]


def _sample(data: bytes, bit: int, bits: int) -> float:
    first, last = bit // 8, (bit + bits + 7) // 8
    chunk = int.from_bytes(data[first:last].ljust(last - first, b"\0"), "big")
    return (chunk >> (last * 8 - bit - bits) & (1 << bits) - 1) / ((1 << bits) - 1)


def _stitched(function: Any, given: float, domain: Sequence[float]) -> list[float]:
    parts = value_of(function, "/Functions") or []
    bounds, encode = _numbers(function, "/Bounds"), _numbers(function, "/Encode")
    ends = [domain[0], *bounds, domain[1]]
    at = min(sum(given >= bound for bound in bounds), len(parts) - 1)
    low, high = ends[at], ends[at + 1]
    share = (given - low) / (high - low) if high > low else 0.0
    return evaluate(parts[at], [encode[2 * at] + share * (encode[2 * at + 1] - encode[2 * at])])


# Calculators: 7.10.5

_UNARY: dict[bytes, Callable[[float], float]] = {
    b"abs": abs,
    b"neg": lambda a: -a,
    b"ceiling": math.ceil,
    b"floor": math.floor,
    b"round": lambda a: math.floor(a + 0.5),
    b"truncate": math.trunc,
    b"cvi": math.trunc,
    b"cvr": float,
    b"sqrt": lambda a: math.sqrt(max(a, 0)),
    b"sin": lambda a: math.sin(math.radians(a)),
    b"cos": lambda a: math.cos(math.radians(a)),
    b"ln": lambda a: math.log(a) if a > 0 else 0.0,
    b"log": lambda a: math.log10(a) if a > 0 else 0.0,
    b"not": lambda a: not a if isinstance(a, bool) else ~int(a),
}
_BINARY: dict[bytes, Callable[[float, float], float]] = {
    b"add": lambda a, b: a + b,
    b"sub": lambda a, b: a - b,
    b"mul": lambda a, b: a * b,
    b"div": lambda a, b: a / b if b else 0.0,
    b"idiv": lambda a, b: math.trunc(a / b) if b else 0.0,
    b"mod": lambda a, b: math.fmod(a, b) if b else 0.0,
    b"exp": lambda a, b: a**b if a > 0 else 0.0,
    b"atan": lambda a, b: math.degrees(math.atan2(a, b)) % 360,
    b"eq": lambda a, b: a == b,
    b"ne": lambda a, b: a != b,
    b"gt": lambda a, b: a > b,
    b"ge": lambda a, b: a >= b,
    b"lt": lambda a, b: a < b,
    b"le": lambda a, b: a <= b,
    b"and": lambda a, b: int(a) & int(b),
    b"or": lambda a, b: int(a) | int(b),
    b"xor": lambda a, b: int(a) ^ int(b),
    b"bitshift": lambda a, b: int(a) << int(b) if 0 <= b < 32 else int(a) >> min(int(-b), 32) if b < 0 else 0,
}
_MOST = 1000
"""So many steps are enough for any tint transform."""


def _calculated(program: bytes, given: Sequence[float]) -> list[float]:
    # braces mean nothing in content, so they become operators of their own
    spaced = program.replace(b"{", b" begin ").replace(b"}", b" end ")
    words: list[Any] = []
    for operator, operands in operations(spaced):
        words += [*operands, operator]
    block, _ = _block(words, 0)
    stack: list[float] = list(given)
    _run(block[0] if len(block) == 1 and isinstance(block[0], list) else block, stack)
    return [float(value) for value in stack]


def _block(words: Sequence[Any], at: int) -> tuple[list[Any], int]:
    found: list[Any] = []
    while at < len(words):
        word = words[at]
        at += 1
        if word == b"begin":
            inner, at = _block(words, at)
            found.append(inner)
        elif word == b"end":
            break
        else:
            found.append(word)
    return found, at


def _run(block: Sequence[Any], stack: list[float]) -> None:
    if len(block) > _MOST:
        raise ValueError("a calculator is too long")
    for at, word in enumerate(block):
        if isinstance(word, list):
            continue
        if not isinstance(word, bytes):
            stack.append(word)
        elif word in _UNARY:
            stack.append(_UNARY[word](stack.pop()))
        elif word in _BINARY:
            second, first = stack.pop(), stack.pop()
            stack.append(_BINARY[word](first, second))
        elif word == b"if":
            if stack.pop():
                _run(block[at - 1], stack)
        elif word == b"ifelse":
            _run(block[at - 2] if stack.pop() else block[at - 1], stack)
        else:
            _shuffle(word, stack)


def _shuffle(word: bytes, stack: list[float]) -> None:
    match word:
        case b"pop":
            stack.pop()
        case b"exch":
            stack[-2:] = stack[:-3:-1]
        case b"dup":
            stack.append(stack[-1])
        case b"copy":
            count = int(stack.pop())
            stack += stack[len(stack) - count :] if 0 < count <= len(stack) else []
        case b"index":
            stack.append(stack[-1 - int(stack.pop())])
        case b"roll":
            turn, count = int(stack.pop()), int(stack.pop())
            if 0 < count <= len(stack):
                part = stack[-count:]
                turn %= count
                stack[-count:] = part[count - turn :] + part[: count - turn]
        case _:
            raise ValueError("a calculator has an unknown word")
