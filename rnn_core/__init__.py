"""rnn_core: a recurrent network in numpy, and the traces that it leaves.

Reading order: cells/rnn, cells/base, layer, network, attention, traces, parameters, recorder,
recording, optimizers, gradcheck, then the other cells. What it learns from and how: vocabulary,
datasets, wirings, hyperparameters, training, history. What stands on it: texts, language, decoding,
checkpoint, export, experiments/. It knows no screen and needs numpy, and safetensors for files.
"""

import os

# One thread for linear algebra, said before numpy is loaded: at these sizes more are no faster,
# and where many train at once they stand in each other's way. Who sets it otherwise, keeps that.
for library in ("OPENBLAS", "OMP", "MKL", "VECLIB_MAXIMUM"):
    os.environ.setdefault(f"{library}_NUM_THREADS", "1")

from rnn_core.cells import ACTIVATIONS, CELLS
from rnn_core.checkpoint import Checkpoint, load, save
from rnn_core.datasets import Dataset, dataset_names, load_dataset
from rnn_core.experiments import grammars as grammars  # their texts have names
from rnn_core.experiments.pictures import PICTURES
from rnn_core.experiments.tasks import TASKS, make_task, task_names
from rnn_core.experiments.translation import TRANSLATIONS, make_translation
from rnn_core.gradcheck import check_gradients, numeric_gradients, relative_errors
from rnn_core.history import Epoch, Snapshot
from rnn_core.hyperparameters import Hyperparameters
from rnn_core.language import LanguageRun, start_run
from rnn_core.model import Intervention, Model
from rnn_core.optimizers import OPTIMIZERS
from rnn_core.parameters import INITIALIZERS
from rnn_core.texts import Text, text_dataset, text_names
from rnn_core.traces import BackwardTrace, Batch, ForwardTrace, Targets
from rnn_core.training import TrainingRun
from rnn_core.vocabulary import Encoding, Vocabulary

__all__ = [
    "ACTIVATIONS",
    "CELLS",
    "INITIALIZERS",
    "OPTIMIZERS",
    "PICTURES",
    "TASKS",
    "TRANSLATIONS",
    "BackwardTrace",
    "Batch",
    "Checkpoint",
    "Dataset",
    "Encoding",
    "Epoch",
    "ForwardTrace",
    "Hyperparameters",
    "Intervention",
    "LanguageRun",
    "Model",
    "Snapshot",
    "Targets",
    "Text",
    "TrainingRun",
    "Vocabulary",
    "check_gradients",
    "dataset_names",
    "load",
    "load_dataset",
    "make_task",
    "make_translation",
    "numeric_gradients",
    "relative_errors",
    "save",
    "start_run",
    "task_names",
    "text_dataset",
    "text_names",
]
