"""Numbers as text, for every page: true minus signs, one look for sizes, sums that add up."""

from __future__ import annotations

import math
from collections.abc import Sequence
from decimal import Decimal, localcontext

from ui.kit.text import NOT_A_NUMBER

MINUS = "−"
MOST_DIGITS = 16
PRECISION = 60


def number(value: float, digits: int = 3) -> str:
    """A signed number with so many decimals: +0.976, −0.818, +0.000."""
    return f"{value:+z.{digits}f}".replace("-", MINUS)


def short(value: float) -> str:
    """A number of 0 or more for a small box: .57, 4.1, 12."""
    if not value < 9.95:
        return f"{value:.0f}"
    return f"{value:.1f}" if value >= 0.995 else f"{value:.2f}"[1:]


def percent(share: float) -> str:
    """A share of 1 as a percentage that does not break: 71 %."""
    return f"{share:.0%}".replace("%", "\u00a0%")


def compact(value: float, digits: int = 2, sign: bool = False) -> str:
    """A number of any size, to so many significant digits: 0.84, 1,240, 3.1e−9. sign : +0.84.

    Powers of ten are used below 0.001 and from 10,000 on; zero is exactly that.
    """
    if not math.isfinite(value):
        return NOT_A_NUMBER
    if value == 0:
        return "0"
    plus = "+" if sign else ""
    mantissa, exponent = f"{value:{plus}.{digits - 1}e}".split("e")
    text = f"{mantissa}e{int(exponent)}"
    if -3 <= int(exponent) < 4:
        text = f"{value:{plus},.{max(digits - 1 - int(exponent), 0)}f}"
    return text.replace("-", MINUS)


def adding_up(
    parts: Sequence[float], digits: int = 3, total: str | None = None
) -> tuple[list[str], str]:
    """Parts and their total as printed, such that what is printed adds up.

    Each part is rounded; where the roundings do not add to that of the total, the parts that lost
    most by it are moved to their other neighbour, so that none is further off than one unit in
    the last place. Parts that are all small or large get a common power of ten: +1.25e−8.
    total : as it is printed elsewhere, if it is. More digits are shown where it cannot be met.
    Raises ValueError when the parts have another total.
    """
    if not all(map(math.isfinite, parts)):
        texts = [number(p, digits) if math.isfinite(p) else compact(p) for p in parts]
        return texts, NOT_A_NUMBER
    printed, _, power = (total or "").replace(MINUS, "-").partition("e")
    if not total and (largest := max(map(abs, parts), default=0)):
        size = math.floor(math.log10(largest))
        power = "" if -3 <= size < 4 else str(size)
    with localcontext(prec=PRECISION):
        exact = [Decimal(float(part)).scaleb(-int(power or 0)) for part in parts]
        whole = Decimal(printed) if total else sum(exact, Decimal(0))
        for more in range(digits, MOST_DIGITS):
            scaled = [part.scaleb(more) for part in exact]
            units = [round(part) for part in scaled]
            lost = [part - unit for part, unit in zip(scaled, units, strict=True)]
            missing = round(whole.scaleb(more)) - sum(units)
            step = 1 if missing > 0 else -1
            movable = [i for i in range(len(lost)) if lost[i] * step > 0]
            if abs(missing) <= len(movable):
                for i in sorted(movable, key=lambda i: -abs(lost[i]))[: abs(missing)]:
                    units[i] += step
                *shown, said = (_units(unit, more, power) for unit in (*units, sum(units)))
                return shown, said
    raise ValueError(f"{[float(part) for part in parts]} do not add up to {total}")


def _units(units: int, digits: int, power: str) -> str:
    """So many units of the last decimal, times a power of ten."""
    sign, shown = "-" if units < 0 else "+", str(abs(units)).rjust(digits + 1, "0")
    point = len(shown) - digits
    decimals = f".{shown[point:]}" if digits else ""
    return f"{sign}{shown[:point]}{decimals}{'e' * bool(power)}{power}".replace("-", MINUS)


def written_sum(parts: Sequence[float], digits: int = 4) -> str:
    """A sum as one writes it, adding up as printed: +0.1034 − 0.0200 = +0.0834."""
    shown, total = adding_up(parts, digits)
    if not total[-1].isdigit():
        return total
    rest = "".join(f" {part[0]} {part[1:]}" for part in shown[1:])
    return f"{shown[0]}{rest} = {total}"
