// The one component: figures and text that change in place, and a film that steps through them.
// It draws what the payload says (see player.py) and knows nothing of networks. All text goes in
// through textContent; only the tags and attributes named here are ever made.

const MATH = new Set(["math", "mrow", "mi", "mn", "mo", "mtext", "msub", "msup", "msubsup", "mfrac"]);
const HTML = new Set(["div", "span", "p", "b", "em", "sub", "sup", "code", "pre", "button", "table",
  "thead", "tbody", "tr", "th", "td", "ul", "li", "h3", "bar"]);
const NARROW = 480;   // pixels; below, a figure takes its narrow form
const STEP_EVENT = "unrolled-step";
const steps = (window.unrolledSteps ??= {});   // the clock of each group, shared by its films

function loadPlotly() {
  return (window.unrolledPlotly ??= new Promise((resolve, reject) => {
    const script = document.createElement("script");
    script.src = new URL("app/static/plotly-cartesian.min.js", document.baseURI);
    script.onload = () => resolve(window.Plotly);
    script.onerror = () => reject(new Error("the drawing library did not load"));
    document.head.append(script);
  }));
}

const plain = (x) => x !== null && typeof x === "object" && !Array.isArray(x) && !ArrayBuffer.isView(x);

function merge(base, patch) {
  if (!plain(patch)) return patch === undefined ? base : patch;
  const out = { ...(plain(base) ? base : {}) };
  for (const key in patch) out[key] = merge(out[key], patch[key]);
  return out;
}

function recolor(x, dark) {
  if (typeof x === "string") return x.replace(/#[0-9a-f]{6}/g, (color) => dark[color] ?? color);
  if (Array.isArray(x)) return typeof x.at(-1) === "number" ? x : x.map((v) => recolor(v, dark));
  if (!plain(x)) return x;
  const out = {};
  for (const key in x) out[key] = recolor(x[key], dark);
  return out;
}

function isDark(root) {
  const probe = getComputedStyle(root).getPropertyValue("--st-background-color").trim();
  const [r, g, b] = (probe.match(/[0-9a-f]{2}/gi) ?? ["ff", "ff", "ff"]).map((v) => parseInt(v, 16));
  return 0.3 * r + 0.6 * g + 0.1 * b < 128;
}

// z = the sum over i in [from, to) of left[i] times right[i] lying: outer products, added up.
function outerSum({ left, right }, [from, to]) {
  const z = left[0].map(() => new Float64Array(right[0].length));
  for (let i = from; i < to; i++) {
    left[i].forEach((g, row) => right[i].forEach((h, column) => (z[row][column] += g * h)));
  }
  return z.map((row) => Array.from(row));
}

// What a patch changes, by name: {data: {0: {z: [...]}}} -> [["data", "0", "z"]].
const names = (patch, path = []) =>
  plain(patch) ? Object.keys(patch).flatMap((key) => names(patch[key], [...path, key])) : [path];
const at = (x, path) => path.reduce((inner, key) => inner?.[key], x);

// Is `want` the next step of what was drawn: the same figure in the same room with other values?
function isStep(drawn, want) {
  return drawn?.panel === want.panel && drawn.layout.width === want.layout.width &&
    drawn.names.join() === want.names.join() &&
    want.names.every((name) => name[0] !== "data" || at(want, name)?.length === at(drawn, name)?.length);
}

// Draw the next step. Plotly.react would lay the whole figure out anew and measure every title and
// tick, 10 to 20 ms; this takes 1 to 5 ms and ends in the same picture (a test holds them side by
// side). What moves in the layout, frames and ticks, moves by relayout. Of the traces only those
// with new values are drawn, by what plotly.js has for each kind of trace: calc, plot and style.
async function drawStep(node, drawn, want) {
  const traces = new Set();
  const moved = {};
  for (const name of want.names) {
    const [part, ...path] = name, value = at(want, name), last = path.pop();
    if (part === "data") {
      traces.add(path[0]);
      at(node.data, path)[last] = at(node._fullData, path)[last] = value;
    } else if (JSON.stringify(value) !== JSON.stringify(at(drawn, name))) {
      moved[[...path, last].join(".")] = value;
    }
  }
  const moving = Object.keys(moved).length ? window.Plotly.relayout(node, moved) : null;
  for (const i of traces) {
    const trace = node._fullData[i], kind = trace._module;
    const room = node._fullLayout._plots[trace.xaxis + trace.yaxis];
    const [first, ...rest] = kind.calc(node, trace);
    node.calcdata[i] = [{ ...node.calcdata[i][0], ...first, trace }, ...rest];
    kind.crossTraceCalc?.(node, room);
    const alike = node.calcdata.filter(([{ trace: other }]) => other._module === kind &&
      other.xaxis === trace.xaxis && other.yaxis === trace.yaxis);
    kind.plot(node, room, alike, room.plot.select(`.${kind.layerName ?? kind.name + "layer"}`));
    kind.style(node);
  }
  await moving;
}

class Film {
  constructor(root) {
    this.root = root;
    this.step = 0;
    this.identity = null;
    this.figures = new Map();
    this.onKey = (event) => this.key(event);
    this.onStep = (event) => {
      if (event.detail.group === this.payload?.group && event.detail.from !== this) {
        this.show(event.detail.step);
      }
    };
    this.onLook = () => this.look();
    document.addEventListener("keydown", this.onKey);
    document.addEventListener("visibilitychange", this.onLook);
    window.addEventListener(STEP_EVENT, this.onStep);
    this.watch = new ResizeObserver(() => this.resized());
    this.watch.observe(root);
  }

  destroy() {
    this.pause();
    this.watch.disconnect();
    clearTimeout(this.telling);
    clearTimeout(this.leaving);
    document.removeEventListener("keydown", this.onKey);
    document.removeEventListener("visibilitychange", this.onLook);
    window.removeEventListener(STEP_EVENT, this.onStep);
    this.clear();
  }

  clear() {
    for (const held of this.figures.values()) {
      held.gone = true;
      window.Plotly?.purge(held.node);
    }
    this.figures.clear();
  }

  // Figures follow their width. Plotly's own way (responsive) draws later, by a timer, and fails
  // when the figure is gone by then.
  resized() {
    this.resizing ??= requestAnimationFrame(() => {
      this.resizing = undefined;
      const others = [...this.figures.values()].some((held) => held.width !== held.node.clientWidth);
      if (this.payload && others) this.show(this.step);
    });
  }

  update(payload, send) {
    this.send = send;
    this.payload = payload;
    this.dark = isDark(this.root) ? payload.dark : {};
    this.last = Math.max(payload.frames.length - 1, 0);
    const another = payload.identity !== this.identity;
    if (another) {
      this.pause();
      this.identity = payload.identity;
      this.step = this.told = payload.step;   // Python said it, so it knows
      if (!payload.transport && steps[payload.group] !== undefined) this.step = steps[payload.group];
    }
    this.build();
    this.show(this.step);
    if (another && payload.transport) this.lead();
    this.look();
  }

  // A page that nobody has looked at for a while is left: Python hears it once.
  look() {
    if (!document.hidden) clearTimeout(this.leaving);
    if (!document.hidden || !this.payload?.away_ms) this.leaving = undefined;
    else this.leaving ??= setTimeout(() => this.send.trigger("away", true), this.payload.away_ms);
  }

  // The frame of the page: made once, and again only when the panels are others.
  build() {
    const shape = JSON.stringify([this.payload.columns, this.payload.transport,
      this.payload.panels.map((p) => [p.name, p.kind, p.area, p.card, p.height])]);
    if (shape === this.shape) return;
    this.shape = shape;
    this.clear();
    this.texts = new Map();
    this.root.replaceChildren();
    this.root.className = "film-root film";
    this.root.tabIndex = this.payload.transport ? 0 : -1;
    this.root.style.setProperty("--columns", this.payload.columns);
    const areas = new Map();
    let card = null;
    for (const panel of this.payload.panels) {
      if (!areas.has(panel.area)) {
        areas.set(panel.area, this.make("div", "area"));
        this.root.append(areas.get(panel.area));
        card = null;
      }
      if (card === null || panel.card) {
        card = this.make("section", panel.card === "bare" ? "bare" : "card");
        areas.get(panel.area).append(card);
      }
      card.append(this.makePanel(panel));
    }
    this.transport = this.payload.transport ? this.makeTransport() : null;
    if (this.transport) areas.values().next().value.lastElementChild.append(this.transport);
  }

  make(tag, className, text) {
    const node = document.createElement(tag);
    if (className) node.className = className;
    if (text !== undefined) node.textContent = text;
    return node;
  }

  makePanel(panel) {
    const holder = this.make("div", "panel");
    if (panel.kind === "text") {
      const body = this.make("div", "text");
      holder.append(body);
      this.texts.set(panel.name, { body, shown: null });
      return holder;
    }
    const node = this.make("div", "figure");
    node.style.height = panel.height + "px";
    node.setAttribute("role", "img");
    holder.append(node);
    this.figures.set(panel.name, { node, ready: false });
    return holder;
  }

  makeTransport() {
    const bar = this.make("div", "transport");
    const button = (name, sign, act) => {
      const b = this.make("button", "", sign);
      b.type = "button";
      b.setAttribute("aria-label", name);
      b.title = name;
      b.onclick = act;
      bar.append(b);
      return b;
    };
    button("First", "|◀", () => this.go(0));
    button("Back", "←", () => this.go(this.step - 1));
    this.playButton = button("Play", "", () => (this.timer ? this.pause() : this.play()));
    this.playButton.className = "play";
    button("Forward", "→", () => this.go(this.step + 1));
    button("Last", "▶|", () => this.go(this.last));
    this.slider = this.make("input");
    this.slider.type = "range";
    this.slider.min = 0;
    this.slider.setAttribute("aria-label", "Step");
    this.slider.oninput = () => this.go(Number(this.slider.value));
    this.where = this.make("span", "where");
    this.where.setAttribute("aria-live", "polite");
    this.hint = this.make("span", "hint");
    bar.append(this.slider, this.where, this.hint);
    this.labelPlay();
    return bar;
  }

  labelPlay() {
    if (!this.playButton) return;
    this.playButton.textContent = this.timer ? "❚❚ Pause" : "▶\uFE0E Play";
    this.playButton.setAttribute("aria-label", this.timer ? "Pause" : "Play");
  }

  play() {
    if (this.step >= this.last) this.go(0);
    this.timer = setInterval(() => {
      if (this.step >= this.last) this.pause();
      else this.go(this.step + 1);
    }, this.payload.pace_ms);
    this.labelPlay();
  }

  pause() {
    clearInterval(this.timer);
    this.timer = null;
    this.labelPlay();
    if (this.payload) this.tell();
  }

  go(step) {
    const to = Math.min(Math.max(step, 0), this.last);
    if (to === this.step) return;
    this.show(to);
    this.lead();
    if (!this.timer) this.tell();
  }

  // The other films of the group go along.
  lead() {
    window.dispatchEvent(new CustomEvent(STEP_EVENT,
      { detail: { group: this.payload.group, step: this.step, from: this } }));
  }

  // Python hears where we are when we have stopped moving, and only if it does not know.
  tell() {
    clearTimeout(this.telling);
    if (!this.payload.transport) return;
    this.telling = setTimeout(() => {
      if (this.told === this.step) return;
      this.told = this.step;
      this.send.state("step", { at: this.step, when: Date.now() });   // never equal to the last one
    }, 300);
  }

  click(value) {
    this.send.trigger("click", { ...value, step: this.step });
  }

  key(event) {
    if (!this.payload?.transport || event.ctrlKey || event.metaKey || event.altKey) return;
    const target = event.target;
    const inside = this.root.contains(target);
    const busy = target.closest?.("input, textarea, select, [contenteditable], [role=radiogroup], " +
      "[role=tablist], [role=listbox], [role=combobox], [role=dialog], [role=slider]");
    if (busy || !(inside || this.payload.keys === "page") || !this.root.isConnected) return;
    const onButton = target.closest?.("button, a, summary");
    const moves = {
      ArrowLeft: () => this.go(this.step - 1),
      ArrowRight: () => this.go(this.step + 1),
      Home: () => this.go(0),
      End: () => this.go(this.last),
    };
    if (!onButton) moves[" "] = () => (this.timer ? this.pause() : this.play());
    if (inside && this.payload.rows) {
      moves.ArrowUp = () => this.click({ move: -1 });
      moves.ArrowDown = () => this.click({ move: 1 });
    }
    if (!moves[event.key]) return;
    event.preventDefault();
    moves[event.key]();
  }

  show(step) {
    this.step = Math.min(Math.max(step, 0), this.last);
    if (this.payload.transport) steps[this.payload.group] = this.step;
    const frame = this.payload.frames[this.step] ?? { panels: {} };
    for (const held of this.figures.values()) held.width = held.node.clientWidth;   // before anything changes
    for (const panel of this.payload.panels) {
      const patch = frame.panels[panel.name];
      if (panel.kind === "text") this.showText(panel, patch ?? panel.content);
      else this.showFigure(panel, patch, frame);
    }
    if (!this.transport) return;
    this.slider.max = this.last;
    this.slider.value = this.step;
    this.slider.setAttribute("aria-valuetext", frame.label ?? "");
    this.where.replaceChildren(this.node(frame.title ?? ["span", {}, frame.label ?? ""]));
    this.hint.textContent = this.payload.hint;
  }

  showText(panel, content) {
    const text = this.texts.get(panel.name);
    const key = JSON.stringify(content);
    if (text.shown === key && text.dark === this.dark) return;
    [text.shown, text.dark] = [key, this.dark];
    text.body.replaceChildren(this.node(content));
  }

  showFigure(panel, patch, frame) {
    const held = this.figures.get(panel.name);
    const said = [panel.label, panel.description, patch?.say ?? frame.say].filter(Boolean).join(". ");
    held.node.setAttribute("aria-label", said);
    for (const i in patch?.outer) patch = merge(patch, { data: { [i]: { z: outerSum(panel.factors, patch.outer[i]) } } });
    const narrow = held.width < NARROW ? panel.narrow : null;
    const data = panel.figure.data.map((trace, i) => merge(merge(trace, patch?.data?.[i]), narrow?.data?.[i]));
    const layout = merge(merge(panel.figure.layout, patch?.layout), narrow?.layout);
    if (narrow?.one_line) layout.xaxis.ticktext = layout.xaxis.ticktext.map((text) => text.split("<br>")[0]);
    held.want = { data: recolor(data, this.dark), layout: recolor(layout, this.dark), panel };
    held.want.names = names({ data: patch?.data ?? {}, layout: patch?.layout ?? {} });
    held.want.layout.height = panel.height;
    if (held.width) held.want.layout.width = held.width;
    held.want.layout.uirevision = this.payload.identity;
    this.draw(held);
  }

  async draw(held) {
    const Plotly = window.Plotly ?? (await loadPlotly().catch((error) => {
      held.node.textContent = "This picture needs its drawing library, which did not load. Reload the page.";
      console.warn(error.message);
    }));
    if (!Plotly || held.gone || !held.node.isConnected) return;
    const { want, drawn } = held;
    const config = { displayModeBar: false, doubleClick: "reset" };
    const drawing = isStep(drawn, want) ? drawStep(held.node, drawn, want)
      : Plotly.react(held.node, want.data, want.layout, config);
    drawing.catch((error) => {
      if (!held.gone) throw error;
    });
    held.drawn = want;
    if (held.ready) return;
    held.ready = true;
    held.node.addEventListener("click", (event) => this.clickCell(held, event));
    held.node.on("plotly_click", (event) => {
      held.clicked = performance.now();
      const [point] = event.points;
      if (!held.drawn.panel.clicks) return;
      if (held.drawn.panel.clicks === "step" && Number.isInteger(point.x)) this.go(point.x);
      this.click({ panel: held.drawn.panel.name, x: point.x, y: point.y, curve: point.curveNumber });
    });
  }

  // Plotly forgets what is under the pointer when it draws: while a figure is live, find the cell.
  clickCell(held, { clientX, clientY }) {
    if (held.drawn.panel.clicks !== "cell" || performance.now() - (held.clicked ?? -1e9) < 300) return;
    const { xaxis, yaxis } = held.node._fullLayout;
    const box = held.node.getBoundingClientRect();
    const [x, y] = [xaxis.p2d(clientX - box.left - xaxis._offset), yaxis.p2d(clientY - box.top - yaxis._offset)];
    this.click({ panel: held.drawn.panel.name, x: Math.round(x), y: Math.round(y), curve: 0 });
  }

  node(content) {
    if (!Array.isArray(content)) return document.createTextNode(String(content ?? ""));
    const [tag, attrs, ...children] = content;
    if (tag === "bar") return this.bar(attrs);
    if (tag === "meter") return this.meter(attrs);
    const maths = MATH.has(tag);
    if (!maths && !HTML.has(tag)) return document.createTextNode("");
    const node = maths ? document.createElementNS("http://www.w3.org/1998/Math/MathML", tag)
      : document.createElement(tag);
    if (tag === "mi") node.setAttribute("mathvariant", "normal");   // upright code points, styled by CSS
    if (attrs.class) node.setAttribute("class", attrs.class);
    if (attrs.title) node.setAttribute("title", attrs.title);
    if (attrs.label) node.setAttribute("aria-label", attrs.label);
    if (attrs.color) node.style.color = recolor(attrs.color, this.dark);
    if (attrs.fill) node.style.backgroundColor = recolor(attrs.fill, this.dark);
    if (attrs.click !== undefined) {
      node.type = "button";
      node.onclick = () => this.click(attrs.click);
    }
    if (attrs.go !== undefined) node.onclick = () => this.go(attrs.go);
    node.append(...children.map((child) => this.node(child)));
    return node;
  }

  // How much is done, 0..1.
  meter({ value }) {
    const outer = this.make("div", "meter");
    const inner = this.make("span");
    inner.style.width = Math.min(Math.max(value, 0), 1) * 100 + "%";
    outer.append(inner);
    outer.setAttribute("role", "progressbar");
    outer.setAttribute("aria-valuenow", Math.round(value * 100));
    return outer;
  }

  // A bar from zero in the middle: value -1..1 of half the width.
  bar({ value, color }) {
    const outer = this.make("span", "bar");
    const inner = this.make("span");
    const width = Math.min(Math.abs(value), 1) * 50;
    inner.style.width = width + "%";
    inner.style.left = (value < 0 ? 50 - width : 50) + "%";
    inner.style.backgroundColor = recolor(color, this.dark);
    outer.append(inner);
    outer.setAttribute("aria-hidden", "true");
    return outer;
  }
}

// Streamlit calls this for each payload, once it has fetched this file. Of two payloads that were on
// their way then, the older one can come last; it is told at once, by a call of what is returned
// here, that it came too late. What is on the page is told so only when the page takes it away.
export default function ({ data, parentElement, setStateValue, setTriggerValue }) {
  const root = parentElement.querySelector(".film-root");
  let late = false;
  setTimeout(() => {
    if (late || !root.isConnected) return;
    root.film ??= new Film(root);
    root.film.update(JSON.parse(new TextDecoder().decode(data)), { state: setStateValue, trigger: setTriggerValue });
  });
  return () => {
    late = true;
    setTimeout(() => {
      if (root.isConnected) return;
      root.film?.destroy();
      root.film = undefined;
    });
  };
}
