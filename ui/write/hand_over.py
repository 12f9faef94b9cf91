"""From Write to the other pages: the same network, the same text, what was just written."""

from __future__ import annotations

import streamlit as st

from ui.kit import settings
from ui.kit.frame import PAGES
from ui.sequence import datasets, models
from ui.sequence.learner import Moment
from ui.write import texts, writer

WAYS = {"read": "Read it with this network", "step_back": "Step back through it",
        "train": "Train it in slow motion"}  # fmt: skip


def links(now: Moment) -> None:
    """A button for each page that shows this network."""
    for name, called in WAYS.items():
        if st.button(called, key=f"to {name}", type="tertiary"):
            carry(now)
            st.switch_page(PAGES[name].link)


def carry(now: Moment) -> None:
    """Set data, network and sentence as they are here."""
    hp, text = now.run.hyperparameters, writer.text_of(now)
    if text.name == texts.OWN or text is not texts.ours(text.name):
        datasets.take(text)
    else:
        settings.put(data=text.name)
    settings.kept()[models.HANDED_OVER] = now.session
    settings.put(
        cell=hp.cell, layers=hp.n_layers, both=False, units=hp.n_hidden,
        lr=hp.lr, optimizer=hp.optimizer, batch=hp.batch_size, clip=hp.clip, at=hp.clip_at,
        seed=hp.seed, epoch=now.epoch, s=str(settings.get("prompt")), t=None, f=None, unit=None,
        target=None,
    )  # fmt: skip
