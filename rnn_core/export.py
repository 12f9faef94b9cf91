"""Export: a model as code that needs nothing of ours, in numpy and in PyTorch.

A zip with two scripts and the numbers. Each script reads what was read here and prints the same p,
that of PyTorch the same gradients; the step of the cell in the numpy one is the cell's own source.
It writes text; it runs nothing.
"""

from __future__ import annotations

import inspect
import io
import re
import textwrap
import zipfile
from collections.abc import Sequence

import numpy as np

from rnn_core.cells import GRU, LSTM, RNN, Cell, activations, join, split
from rnn_core.model import Label, Model
from rnn_core.texts import Symbols
from rnn_core.traces import ForwardTrace, Targets

Target = Label | Sequence[Label] | Targets
"""What the loss asks for, as Model.backward wants it."""
STEP = "from types import SimpleNamespace as Step\n\nimport numpy as np"
FOLDER, IN_NUMPY, IN_TORCH, NUMBERS = "unrolled", "read.py", "read_torch.py", "numbers.npz"
GATES_IN_TORCH: dict[type[Cell], list[int]] = {RNN: [0], GRU: [0, 1, 2], LSTM: [1, 2, 3, 0]}
"""Which of our blocks of rows stands where in PyTorch: r, z, n are as there, o, i, f, g are not."""

HEAD = '''"""{called}: it prints the p that Unrolled shows.

{equations}

{said}
"""

import sys
from pathlib import Path
{imports}

W = np.load(Path(__file__).with_name("{numbers}"))  # by their names on the board
CLASSES = W["classes"].tolist()'''

VECTORS = '''

def vectors(name, x):
    """What a matrix W_xh (., V) multiplies: words as one-hot rows (T, V), vectors as they are."""
    return np.eye(W[name].shape[1])[x] if x.ndim == 1 else x'''

OVER_TIME = '''

def over_time(x, name="", before=None, backwards=False):
    """Unroll the cell over x (T, N): all states h (T, H), and what it ends with."""
    W_xh, W_hh, b_h = (W[part + name] for part in ("W_xh", "W_hh", "b_h"))
    if before is None:
        zero = np.zeros(W_hh.shape[1])
        before = Step({carry})
    h = []
    for x_t in x[::-1] if backwards else x:
        before = step(W_hh, W_xh @ x_t + b_h, before)
        h.append(before.h)
    return np.array(h[::-1] if backwards else h), before


def softmax(y):
    """p_i = e^y_i / sum_j e^y_j, for each row."""
    powers = np.exp(y - y.max(axis=1, keepdims=True))
    return powers / powers.sum(axis=1, keepdims=True)'''

IN_TORCHS_WORDS = '''
ORDER = {order}  # our blocks of H rows, {gates}, as PyTorch has them
OURS = {{"weight_ih": "W_xh", "weight_hh": "W_hh", "bias_ih": "b_h"}}  # PyTorch's name: ours
learned = {{name: torch.tensor(W[name], requires_grad=True) for name in {readout}}}


def ours(name):
    """W_xh, W_hh or b_h with its blocks of rows in PyTorch's order."""
    blocks = np.split(W[name], len(ORDER))
    return torch.tensor(np.concatenate([blocks[i] for i in ORDER]))


def network(name=""):
    """PyTorch's layers with our numbers. It has two biases where one acts: the second is zero."""
    sizes, both = (W["W_xh" + name].shape[1], W["W_hh" + name].shape[1]), f"W_hh{{name}}_back" in W
    made = torch.nn.{kind}(*sizes, {options}, bidirectional=both, dtype=torch.float64)
    for theirs, weights in made.named_parameters():  # such as weight_ih_l1_reverse
        what, where, layer, *back = theirs.split("_")
        own = name + ("" if layer == "l0" else f"_{{int(layer[1:]) + 1}}")
        own = OURS.get(f"{{what}}_{{where}}", "") + own + ("_back" if back else "")
        with torch.no_grad():
            weights.copy_(ours(own) if own in W else torch.zeros_like(weights))
        if own in W:
            learned[own] = weights
    return made'''

TYPED = """if sys.argv[1:]:
    typed = " ".join(sys.argv[1:]){cut}
    read = np.array([WORDS.index(word) for word in typed if word in WORDS], dtype=int)"""

PRINTED = """for t, p_t in enumerate(p):
    likely = np.argsort(-p_t, kind="stable")[:4]
    print({t}, *(f"p({{CLASSES[c]{shown}}}) = {{p_t[c]:.15f}}" for c in likely), sep="\\t")
"""

GRADIENTS = """if not sys.argv[1:]:  # the loss of what is asked, and its gradients
    asked = torch.tensor(W["answers"])  # the class after each step, -1 where none is asked for
    loss = torch.nn.functional.cross_entropy(y, asked, ignore_index=-1)
    loss.backward()
    print(f"L = {loss.item():.15f}")
    for name, weights in learned.items():
        print(f"|d_{name}| = {weights.grad.norm().item():.15f}")
"""


def archive(model: Model, fwd: ForwardTrace, target: Target, link: str = "") -> bytes:
    """The scripts and the numbers of what a model read, as a zip.

    fwd : its reading of one sequence from its beginning; ValueError for any other. target : what
    the loss asks for. link : where it was seen.
    """
    if fwd.probs.shape[-1] != 1 or fwd.batch.start or fwd.batch.memory:
        raise ValueError("only the reading of one sequence, from its beginning, can be exported")
    scripts = {IN_NUMPY: numpy_code(model, fwd, link)}
    scripts |= {IN_TORCH: torch_code(model, fwd, link)} if has_torch_twin(model) else {}
    with zipfile.ZipFile(file := io.BytesIO(), "w", zipfile.ZIP_DEFLATED) as made:
        for name, text in scripts.items():
            made.writestr(f"{FOLDER}/{name}", text)
        made.writestr(f"{FOLDER}/{NUMBERS}", numbers(model, fwd, target))
    return file.getvalue()


def numbers(model: Model, fwd: ForwardTrace, target: Target) -> bytes:
    """The parameters by their names on the board, the words, the classes and what is read, as NPZ.

    x, and x_enc before it: words (T,) or vectors (T, F). vector: (F,) what becomes the first state.
    answers: (T,) the number of the class that is asked for after each step, -1 for none.
    """
    arrays = {name: np.asarray(array, np.float64) for name, array in model.params.items()}
    made: dict[str, np.ndarray] = {**arrays, "classes": np.array(model.classes)}
    for end, vocabulary in (("", model.vocabulary), ("_enc", model.source)):
        if vocabulary is not None:
            made["words" + end] = np.array(vocabulary.words)
    for end, x in zip(("", "_enc"), reversed(fwd.batch.x), strict=False):
        made["x" + end] = x[..., 0]
    if fwd.batch.vector is not None:
        made["vector"] = np.asarray(fwd.batch.vector[:, 0], np.float64)
    targets = target if isinstance(target, Targets) else model.targets(fwd, target)
    one_hot, made["answers"] = targets.one_hot[..., 0], np.full(len(fwd.p), -1)
    made["answers"][-len(one_hot) :] = np.where(one_hot.any(axis=1), one_hot.argmax(axis=1), -1)
    np.savez_compressed(file := io.BytesIO(), allow_pickle=False, **made)
    return file.getvalue()


def has_torch_twin(model: Model) -> bool:
    """Whether PyTorch has this cell."""
    return type(model.cell) in GATES_IN_TORCH and _squash(model) != "sigmoid"


def numpy_code(model: Model, fwd: ForwardTrace, link: str = "") -> str:
    """A script of plain numpy that reads the same and prints the same p."""
    cell = _cell(model)
    known = activations.sigmoid, activations.relu, split, join
    helpers = [_plain(inspect.getsource(one)) for one in known if f"{one.__name__}(" in cell]
    head = _head(model, "plain numpy", IN_NUMPY, link, STEP)
    carry = ", ".join(f"{name}=zero" for name in model.cell.carry)
    loop, reads = OVER_TIME.format(carry=carry), [*_inputs(model, fwd), *_network(model, fwd)]
    return "\n".join([head, *helpers, cell, VECTORS, loop, "\n", *reads, _printed(model)])


def torch_code(model: Model, fwd: ForwardTrace, link: str = "") -> str:
    """A script that loads the numbers into PyTorch's own layers, and prints the same p, loss and
    lengths of the gradients. Raises ValueError for a cell that PyTorch does not have.
    """
    if not has_torch_twin(model):
        raise ValueError("PyTorch has no such cell")
    options = f"num_layers={model.n_layers}" + ', nonlinearity="relu"' * (_squash(model) == "relu")
    order, gates = GATES_IN_TORCH[type(model.cell)], {s.gate: s.name for s in model.cell.signals}
    net = IN_TORCHS_WORDS.format(
        order=order, gates=" ".join(gates.get(i, "h") for i in sorted(order)),
        kind=type(model.cell).__name__, options=options,
        readout=("W_hy", "b_y", *["W_vh", "b_v"] * (fwd.batch.vector is not None)),
    )  # fmt: skip
    head = _head(model, "PyTorch", IN_TORCH, link, "\nimport numpy as np\nimport torch")
    inputs, lines = _inputs(model, fwd), _torch_network(model, fwd)
    return "\n".join([head, net, VECTORS, "\n", *inputs, *lines, _printed(model) + GRADIENTS])


def _cell(model: Model) -> str:
    """The cell's own forward, as a function."""
    source = textwrap.dedent(inspect.getsource(type(model.cell).forward))
    squash = "np.tanh" if _squash(model) == "tanh" else _squash(model)
    source = source.replace("def forward(self, ", "def step(")
    return _plain(source.replace("self.activation.value", squash))


def _plain(source: str) -> str:
    """The same code without types, after two blank lines."""
    return "\n\n" + re.sub(r"( ->|:) (Array|Step|int|list\[Array\])(?=[,)=: ])", "", source.strip())


def _squash(model: Model) -> str:
    activation = getattr(model.cell, "activation", None)
    return str(activation.value.__name__) if activation else "tanh"


def _network(model: Model, fwd: ForwardTrace) -> list[str]:
    """All layers, one upon the other, and the readout."""
    lines, start = list[str](), [""] * model.n_layers
    if fwd.batch.vector is not None:
        rest = "".join(f", {name}=0.0" for name in model.cell.carry[1:])
        lines.append('h_0 = np.tanh(W["W_vh"] @ W["vector"] + W["b_v"])')
        lines += [f"end_{i + 1} = Step(h=np.split(h_0, {model.n_layers})[{i}]{rest})"
                  for i in range(model.n_layers)]  # fmt: skip
        start = [f", end_{i + 1}" for i in range(model.n_layers)]
    for part, segment in zip(_parts(fwd), model.segments[-len(fwd.batch.x) :], strict=True):
        lines.append(f"h = x{part}")
        for layer in segment:
            i = layer.number
            if layer.backwards:
                lines.append(f'back, ended = over_time(h, "{layer.suffix}", backwards=True)')
                lines.append(_both(model, i, "np.hstack", "np.tile(back[0], (len(h), 1))"))
                joined = (f"{c}=np.hstack([end_{i + 1}.{c}, ended.{c}])" for c in model.cell.carry)
                lines += [f"end_{i + 1} = Step({', '.join(joined)})"] * layer.encoder
            else:
                h = "forth" if segment[-1].backwards else "h"
                lines.append(f'{h}, end_{i + 1} = over_time(h, "{layer.suffix}"{start[i]})')
            start[i] = f", end_{i + 1}"
        lines += ["memory = h"] * (part == "_enc" and model.attends)
    if model.attends:
        lines += ["alpha = softmax(h @ memory.T)", "h = np.hstack([h, alpha @ memory])"]
    return [*lines, 'y = h @ W["W_hy"].T + W["b_y"]', "p = softmax(y)"]


def _torch_network(model: Model, fwd: ForwardTrace) -> list[str]:
    lines, start, is_pair = list[str](), "", "c" in model.cell.carry
    if fwd.batch.vector is not None:
        lines += ['h_0 = learned["W_vh"] @ torch.tensor(W["vector"]) + learned["b_v"]',
                  f"h_0 = torch.tanh(h_0).reshape({model.n_layers}, -1)"]  # fmt: skip
        start = ", (h_0, 0 * h_0)" if is_pair else ", h_0"
    for part in _parts(fwd):
        lines.append(f'h, end = network("{part}")(torch.tensor(x{part}){start})')
        lines += ["memory = h"] * (part == "_enc" and model.attends)
        start, joined = ", end", f"reshape({model.n_layers}, -1)"
        if part == "_enc" and model.bidirectional:  # both directions, one upon the other
            start = f", tuple(one.{joined} for one in end)" if is_pair else f", end.{joined}"
    if model.bidirectional and not model.per_step:
        lines.append(f"forth, back = h.split({model.n_hidden}, dim=1)")
        lines.append(_both(model, model.n_layers - 1, "torch.hstack", "back[0].tile(len(h), 1)"))
    if model.attends:
        lines += ["alpha = torch.softmax(h @ memory.T, dim=1)",
                  "h = torch.hstack([h, alpha @ memory])"]  # fmt: skip
    return [*lines, 'y = h @ learned["W_hy"].T + learned["b_y"]',
            "p = torch.softmax(y, dim=1).detach().numpy()"]  # fmt: skip


def _both(model: Model, number: int, stack: str, ended: str) -> str:
    """Both directions side by side; one answer at the end sees where each of them ended."""
    at_the_end = number == model.n_layers - 1 and not model.per_step
    return f"h = {stack}([forth, {ended if at_the_end else 'back'}])"


def _parts(fwd: ForwardTrace) -> list[str]:
    """What the names of each segment end in, in the order of reading."""
    return ["_enc", ""][-len(fwd.batch.x) :]


def _head(model: Model, what: str, script: str, link: str, imports: str) -> str:
    shape = f"{model.n_layers} layers" if model.n_layers > 1 else "one layer"
    shape += ", both directions" * model.bidirectional
    called = f"{type(model.cell).__name__} of {model.n_hidden} units, {shape}, in {what}"
    said = [f"python {script} reads what the page read"
            + "; words typed after it are read instead." * _takes_words(model)]  # fmt: skip
    seen = re.sub(r"[^\w:/?&=.,%+~#@-]", "", link)  # nothing that could end a docstring
    said += [f"Seen at {seen}"] * bool(seen)
    doc = inspect.getdoc(inspect.getmodule(type(model.cell))) or ""
    forward = re.search(r"^ *forward.*?(?=\n\n)", doc, re.DOTALL | re.MULTILINE)
    return HEAD.format(called=called, equations=forward[0] if forward else "",
                       said="\n".join(said), imports=imports, numbers=NUMBERS)  # fmt: skip


def _takes_words(model: Model) -> bool:
    return model.vocabulary is not None and len(model.segments) == 1 and not model.n_start


def _inputs(model: Model, fwd: ForwardTrace) -> list[str]:
    """The lines that say what is read."""
    lines = [*['WORDS = W["words"].tolist()'] * (model.vocabulary is not None), 'read = W["x"]']
    if _takes_words(model):
        by_letter = isinstance(model.vocabulary, Symbols) and model.vocabulary.unit == "characters"
        lines.append(TYPED.format(cut="" if by_letter else ".split()"))
    lines.append('x = vectors("W_xh", read)')
    return lines + ['x_enc = vectors("W_xh_enc", W["x_enc"])'] * (len(fwd.batch.x) > 1)


def _printed(model: Model) -> str:
    is_text = isinstance(model.vocabulary, Symbols)  # a line end is shown as \\n
    word = "repr(WORDS[read[t]])" if is_text else "WORDS[read[t]]"
    t = "t + 1" if model.vocabulary is None else word
    return PRINTED.format(t=t, shown="!r" if is_text else "")
