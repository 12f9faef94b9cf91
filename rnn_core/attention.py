"""Attention: at each of its steps a decoder looks back at all states of its encoder.

    forward     e_tj = h_j . s_t     alpha_t = softmax(e_t)     c_t = sum_j alpha_tj h_j
    backward    d_alpha_tj = h_j . d_c_t     d_e_t = alpha_t (d_alpha_t - alpha_t . d_alpha_t)
                d_s_t = sum_j d_e_tj h_j     d_h_j = sum_t d_e_tj s_t + alpha_tj d_c_t

The readout sees s_t with c_t below it; the decoder's next state does not. It knows no network.
Source: Luong et al. 2015, the score "dot", without input feeding.
"""

from __future__ import annotations

from functools import partial

import numpy as np

from rnn_core.cells.base import Array
from rnn_core.recorder import Calls, recordable
from rnn_core.traces import Memory


def scores(s: Array, memory: Memory) -> Array:
    """e (S, T', B): how well each state h_j of the encoder fits s (S, H, B); -inf after its end."""
    e: Array = _summed("thb,jhb->tjb", s, memory.h)
    return e if memory.mask is None else _until_the_end(e, memory.mask)


def context(alpha: Array, memory: Memory) -> Array:
    """c (S, H, B): the encoder's states, each as much as alpha (S, T', B) says."""
    c: Array = _summed("tjb,jhb->thb", alpha, memory.h)
    return c


def backward(s: Array, alpha: Array, memory: Memory, d_c: Array) -> tuple[Array, Array]:
    """dL/ds (S, H, B) and dL/dh (T', H, B) of what attention alone brought, from dL/dc."""
    d_alpha = _summed("thb,jhb->tjb", d_c, memory.h)
    d_e = alpha * (d_alpha - np.add.reduce(alpha * d_alpha, axis=1, keepdims=True))
    d_h = _summed("tjb,thb->jhb", d_e, s) + _summed("tjb,thb->jhb", alpha, d_c)
    return _summed("tjb,jhb->thb", d_e, memory.h), d_h


def _summed(letters: str, one: Array, other: Array) -> Array:
    """np.einsum: products, summed over the letter that the result has not."""
    axes = letters.replace("->", ",").split(",")
    sizes = dict(zip(axes[0] + axes[1], one.shape + other.shape, strict=True))
    summed: Array = _einsum(one, other, letters, tuple(sizes[letter] for letter in axes[2]))
    return summed


@recordable(lambda one, other, letters, shape: shape)
def _einsum(one: Array, other: Array, letters: str, shape: tuple[int, ...], out: Array) -> Calls:
    return [partial(np.einsum, letters, one, other, out=out)]


@recordable(lambda e, mask: e.shape)
def _until_the_end(e: Array, mask: Array, out: Array) -> Calls:
    """e (S, T', B), and -inf where the mask (T', 1, B) is 0."""
    return [partial(np.copyto, out, e), partial(_cut, out, mask)]


def _cut(e: Array, mask: Array) -> None:
    e[np.broadcast_to(mask[:, 0] == 0, e.shape)] = -np.inf
