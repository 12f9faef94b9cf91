"""From Write to the other pages: the same network, the same text, what was just written."""

from __future__ import annotations

from functools import partial

import streamlit as st

from ui.kit import go, settings
from ui.sequence import datasets, models
from ui.sequence.learner import Moment
from ui.write import text, texts, writer


def links(now: Moment) -> None:
    """A button for each page that shows this network."""
    for name, called in text.WAYS.items():
        st.button(called, key=f"to {name}", type="tertiary", on_click=go.to,
                  args=(name, partial(carry, now)))  # fmt: skip


def carry(now: Moment) -> None:
    """Set data, network and sentence as they are here."""
    hp, corpus = now.run.hyperparameters, writer.text_of(now)
    if corpus.name == texts.OWN or corpus is not texts.ours(corpus.name):
        datasets.take(corpus)
    else:
        settings.put(data=corpus.name)
    settings.kept()[models.HANDED_OVER] = now.session
    settings.put(
        wiring="sentence", cell=hp.cell, layers=hp.n_layers, both=False, units=hp.n_hidden,
        lr=hp.lr, optimizer=hp.optimizer, batch=hp.batch_size, clip=hp.clip, at=hp.clip_at,
        seed=hp.seed, epoch=now.epoch, s=str(settings.get("prompt")), t=None, f=None, unit=None,
        target=None,
    )  # fmt: skip
