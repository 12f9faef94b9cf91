"""Listing: the pieces of a training as a textbook writes it, in plain numpy.

A piece for each cell, start, clipping and optimizer, in the letters of the core, each line beside
the equation that it computes. What is in braces is filled in; twin.py puts them together.
"""

FIRST = """import numpy as np

{data}
V, H, C, k = len(WORDS), {units}, len(CLASSES), {gates}  # words, hidden units, classes, gates
EPOCHS, B, LR, SEED = {epochs}, {batch}, {lr!r}, {seed}  # B sentences for each update


def numbered(text):
    return [WORDS.index(word) for word in text.split()]


train, test = ([(numbered(x), CLASSES.index(c)) for x, c in part] for part in (TRAIN, TEST))"""

STREAMS = """start, order = np.random.default_rng(SEED).spawn(2)  # weights' luck, order's luck
"""
STARTS = {
    "orthogonal": """

def rotation():
    q, r = np.linalg.qr(start.standard_normal((H, H)))
    return {radius!r} * q * np.sign(np.diag(r))  # orthogonal, times the spectral radius


W_hh = np.concatenate([rotation() for _ in range(k)])  # a block of H rows for each gate
W_xh = start.standard_normal((k * H, V)) / np.sqrt(H)  # W_xh, W_hy ~ N(0, 1/H)
W_hy = start.standard_normal((C, H)) / np.sqrt(H)
b_h, b_y = np.zeros(k * H), np.zeros(C)""",
    "uniform": """bound = 1 / np.sqrt(H)  # every number ~ U(-1/sqrt(H), 1/sqrt(H))
W_xh = start.uniform(-bound, bound, (k * H, V))
W_hh = start.uniform(-bound, bound, (k * H, H))
W_hy = start.uniform(-bound, bound, (C, H))
b_h, b_y = start.uniform(-bound, bound, k * H), start.uniform(-bound, bound, C)""",
    "tiny": """W_xh = start.standard_normal((k * H, V)) / 1000  # every weight ~ N(0, 1) / 1000
W_hh = start.standard_normal((k * H, H)) / 1000
W_hy = start.standard_normal((C, H)) / 1000
b_h, b_y = np.zeros(k * H), np.zeros(C)""",
    "positive": """W_xh = start.uniform(0, 1, (k * H, V))  # every number ~ U(0, 1)
W_hh = start.uniform(0, 1, (k * H, H))
W_hy = start.uniform(0, 1, (C, H))
b_h, b_y = start.uniform(0, 1, k * H), start.uniform(0, 1, C)""",
}
FORGET = "\nb_h[2 * H : 3 * H] += {forget!r}  # the forget gate begins open"
NAMED = '\nparams = {"W_xh": W_xh, "W_hh": W_hh, "W_hy": W_hy, "b_h": b_h, "b_y": b_y}'

SIGMOID = """def sigmoid(a):
    return 0.5 * np.tanh(0.5 * a) + 0.5  # = 1 / (1 + e^-a)


"""
READS = """def forward(x):
    \"\"\"Read the words x: what each step leaves behind, h_T, and p after the last.\"\"\"
    {carry}, steps = {zeros}, []  # {at_rest}
    for x_t in x:
{step}
    y = W_hy @ h + b_y  # y = W_hy h_T + b_y
    e = np.exp(y - y.max())
    return steps, h, e / e.sum()  # p = softmax(y)"""
STEPS = {
    "rnn": """a = W_xh[:, x_t] + W_hh @ h + b_h  # a_t = W_xh x_t + W_hh h_(t-1) + b_h
before, h = h, {f}  # h_t = f(a_t)
steps.append((before, h))""",
    "gru": """a_r, a_z, a_n = np.split(W_xh[:, x_t] + b_h, k)
u_r, u_z, u_n = np.split(W_hh @ h, k)  # u_t = W_hh h_(t-1)
r, z = sigmoid(a_r + u_r), sigmoid(a_z + u_z)  # r_t, z_t = sigmoid(W_xh x_t + b_h + u_t)
n = np.tanh(a_n + r * u_n)  # n_t = tanh(W_xh x_t + b_h + r_t * u_t)
steps.append((h, u_n, r, z, n))
h = z * h + (1 - z) * n  # h_t = z_t * h_(t-1) + (1 - z_t) * n_t""",
    "lstm": """a_o, a_i, a_f, a_g = np.split(W_xh[:, x_t] + W_hh @ h + b_h, k)
o, i, f = sigmoid(a_o), sigmoid(a_i), sigmoid(a_f)  # o_t, i_t, f_t = sigmoid(a_t)
g = np.tanh(a_g)  # g_t = tanh(a_t)
before, c = (h, c), f * c + i * g  # c_t = f_t * c_(t-1) + i_t * g_t
h = o * np.tanh(c)  # h_t = o_t * tanh(c_t)
steps.append((*before, o, i, f, g, np.tanh(c)))""",
}

GOES_BACK = """def backward(x, right):
    \"\"\"dL/d of every parameter, of one sentence and the number of its class.\"\"\"
    steps, h, p = forward(x)
    d = {{name: np.zeros_like(array) for name, array in params.items()}}
    d_y = p - np.eye(C)[right]  # dL/dy = p - onehot(c)
    d["W_hy"], d["b_y"] = np.outer(d_y, h), d_y  # dL/dW_hy = d_y h_T^T, dL/db_y = d_y
    d_h = W_hy.T @ d_y  # d_h_T = W_hy^T d_y{d_c}
    for x_t, step in list(zip(x, steps))[{way}]:{truncated}
{step}
        d["b_h"] += d_a  # dL/db_h = sum_t d_a_t
        d["W_xh"][:, x_t] += d_a  # dL/dW_xh = sum_t d_a_t x_t^T
    return d"""
STEPS_BACK = {
    "rnn": """before, h = step
d_a = {derivative} * d_h  # d_a_t = f'(a_t) d_h_t
d["W_hh"] += np.outer(d_a, before)  # dL/dW_hh = sum_t d_a_t h_(t-1)^T
d_h = W_hh.T @ d_a  # d_h_(t-1) = W_hh^T d_a_t""",
    "gru": """before, u_n, r, z, n = step
d_n = d_h * (1 - z) * (1 - n * n)  # d_a of n = d_h_t * (1 - z_t) * (1 - n_t^2)
d_z = d_h * (before - n) * z * (1 - z)  # d_a of z = d_h_t * (h_(t-1) - n_t) * z_t (1 - z_t)
d_r = d_n * u_n * r * (1 - r)  # d_a of r = d_a of n * u_t * r_t (1 - r_t)
d_a, d_u = np.concatenate([d_r, d_z, d_n]), np.concatenate([d_r, d_z, r * d_n])
d["W_hh"] += np.outer(d_u, before)  # dL/dW_hh = sum_t d_u_t h_(t-1)^T
d_h = z * d_h + W_hh.T @ d_u  # d_h_(t-1) = z_t * d_h_t + W_hh^T d_u_t""",
    "lstm": """h_before, c_before, o, i, f, g, tanh_c = step
d_c = d_c + d_h * o * (1 - tanh_c * tanh_c)  # d_c_t += d_h_t * o_t * (1 - tanh(c_t)^2)
d_o = d_h * tanh_c * o * (1 - o)  # d_a of o = d_h_t * tanh(c_t) * o_t (1 - o_t)
d_i = d_c * g * i * (1 - i)  # d_a of i = d_c_t * g_t * i_t (1 - i_t)
d_f = d_c * c_before * f * (1 - f)  # d_a of f = d_c_t * c_(t-1) * f_t (1 - f_t)
d_g = d_c * i * (1 - g * g)  # d_a of g = d_c_t * i_t * (1 - g_t^2)
d_a = np.concatenate([d_o, d_i, d_f, d_g])
d["W_hh"] += np.outer(d_a, h_before)  # dL/dW_hh = sum_t d_a_t h_(t-1)^T
d_c, d_h = f * d_c, W_hh.T @ d_a  # d_c_(t-1) = f_t * d_c_t, d_h_(t-1) = W_hh^T d_a_t""",
}
ACTIVATIONS = {
    "tanh": ("np.tanh(a)", "(1 - h * h)"), "relu": ("np.maximum(a, 0)", "np.sign(h)"),
    "sigmoid": ("sigmoid(a)", "h * (1 - h)"),
}  # fmt: skip

LEARNS = """{state}for epoch in range(EPOCHS):
    shuffled = order.permutation(len(train))
    for first in range(0, len(train), B):
        some = [backward(*train[i]) for i in shuffled[first : first + B]]
        grad = {{name: sum(d[name] for d in some) / len(some) for name in params}}{clip}{count}
        for name, theta in params.items():
            g = grad[name]
{update}"""
CLIPS = {
    "value": "\ngrad = {{name: np.clip(g, -{at!r}, {at!r}) for name, g in grad.items()}}",
    "norm": """
length = np.sqrt(sum((g * g).sum() for g in grad.values()))  # |grad|
grad = {{name: g * {at!r} / max(length, {at!r}) for name, g in grad.items()}}  # at most so long""",
    "none": "",
}
UPDATES = {
    "sgd": ("", "", "theta -= LR * g  # theta -= lr grad"),
    "momentum": ("v = dict.fromkeys(params, 0.0)\n", "", """v[name] = 0.9 * v[name] + g
theta -= LR * v[name]  # v = 0.9 v + grad, theta -= lr v"""),
    "rmsprop": ("s = dict.fromkeys(params, 0.0)\n", "", """s[name] = 0.99 * s[name] + 0.01 * g * g
theta -= LR * g / (np.sqrt(s[name]) + 1e-8)  # theta -= lr grad / (sqrt(s) + 1e-8)"""),
    "adam": ("m, s, n = dict.fromkeys(params, 0.0), dict.fromkeys(params, 0.0), 0\n", "\nn += 1",
             """m[name] = 0.9 * m[name] + 0.1 * g  # m = 0.9 m + 0.1 grad
s[name] = 0.999 * s[name] + 0.001 * g * g  # s = 0.999 s + 0.001 grad^2
m_n, s_n = m[name] / (1 - 0.9**n), s[name] / (1 - 0.999**n)  # freed of their zero start
theta -= LR * m_n / (np.sqrt(s_n) + 1e-8)  # theta -= lr m / (sqrt(s) + 1e-8)"""),
}  # fmt: skip

SAYS = """for part, sentences in (("train", train), ("test", test)):
    answers = [(forward(x)[-1], right) for x, right in sentences]
    loss = np.mean([-np.log(p[right]) for p, right in answers])  # L = -ln p_c, in nats
    accuracy = np.mean([p.argmax() == right for p, right in answers])
    print(f"{part}\\tloss {loss:.12f}\\taccuracy {accuracy:.12f}")
p = forward(numbered(SENTENCE))[-1]
print(SENTENCE, *(f"p({c}) = {p_c:.12f}" for c, p_c in zip(CLASSES, p)), sep="\\t")"""


EQUATIONS = {
    "rnn": (r"""$$a_t = W_{xh} x_t + W_{hh} h_{t-1} + b_h \qquad h_t = f(a_t)$$""",
            r"""$$\delta a_t = f'(a_t) \delta h_t \qquad \delta h_{t-1} = W_{hh}^T \delta a_t$$"""),
    "gru": (r"""$$u_t = W_{hh} h_{t-1} \qquad r_t, z_t = \sigma(W_{xh} x_t + b_h + u_t)$$
$$n_t = \tanh(W_{xh} x_t + b_h + r_t * u_t) \qquad h_t = z_t * h_{t-1} + (1 - z_t) * n_t$$""",
            r"""$$\delta n_t = \delta h_t * (1 - z_t) * (1 - n_t^2) \qquad
\delta z_t = \delta h_t * (h_{t-1} - n_t) * z_t (1 - z_t)$$
$$\delta r_t = \delta n_t * u_t * r_t (1 - r_t) \qquad
\delta h_{t-1} = z_t * \delta h_t + W_{hh}^T \delta u_t$$"""),
    "lstm": (r"""$$a_t = W_{xh} x_t + W_{hh} h_{t-1} + b_h \qquad o_t, i_t, f_t = \sigma(a_t)
\qquad g_t = \tanh(a_t)$$
$$c_t = f_t * c_{t-1} + i_t * g_t \qquad h_t = o_t * \tanh(c_t)$$""",
             r"""$$\delta c_t \mathrel{+}= \delta h_t * o_t * (1 - \tanh^2 c_t) \qquad
\delta c_{t-1} = f_t * \delta c_t$$
$$\delta o_t = \delta h_t * \tanh c_t * o_t (1 - o_t) \qquad
\delta i_t = \delta c_t * g_t * i_t (1 - i_t)$$
$$\delta f_t = \delta c_t * c_{t-1} * f_t (1 - f_t) \qquad
\delta g_t = \delta c_t * i_t * (1 - g_t^2) \qquad \delta h_{t-1} = W_{hh}^T \delta a_t$$"""),
}  # fmt: skip
"""{cell: its way forward, its way back}: $\\delta q$ is dL/dq, in the code d_q."""
