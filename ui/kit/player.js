// The one component: figures and text that change in place, and a film that steps through them.
// It draws what the payload says (see player.py) and knows nothing of networks. All text goes in
// through textContent; only the tags and attributes named here are ever made.

const MATH = new Set(["math", "mrow", "mi", "mn", "mo", "mtext", "msub", "msup", "msubsup", "mfrac"]);
const HTML = new Set(["div", "span", "p", "b", "em", "sub", "sup", "code", "pre", "button", "table",
  "thead", "tbody", "tr", "th", "td", "ul", "li", "h3", "bar"]);
const SVG = new Set(["svg", "g", "path", "line", "rect", "circle"]);
const SVG_NAMES = ["viewBox", "preserveAspectRatio", "d", "x", "y", "x1", "x2", "y1", "y2", "cx", "cy", "r",
  "rx", "width", "height", "fill", "stroke", "stroke-width", "stroke-dasharray"];
const NARROW = 480;   // pixels; below, a figure takes its narrow form
const ONE_COLUMN = 900;   // pixels of the window; below, areas stand one under another and the page scrolls
const PEEK = 38;   // pixels of what follows the film that stay in view above a strip
const SHORTEST = 360;   // pixels that a film takes at least, however low the window
const HALL = [731, 411];   // for an audience a window is taken for one of this size, seen from near
const TYPING = "input:not([type=range], [type=checkbox], [type=radio]), textarea, select, [contenteditable=true]";
const ITS_ARROWS = "input, [role=slider], [role=radiogroup], [role=tablist], [role=listbox], [role=combobox]";
const STEP_EVENT = "unrolled-step";
const steps = (window.unrolledSteps ??= {});   // the clock of each group, shared by its films

function isDark(root) {
  const probe = getComputedStyle(root).getPropertyValue("--st-background-color").trim();
  const [r, g, b] = (probe.match(/[0-9a-f]{2}/gi) ?? ["ff", "ff", "ff"]).map((v) => parseInt(v, 16));
  return 0.3 * r + 0.6 * g + 0.1 * b < 128;
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
    this.onPointer = () => setTimeout(() => this.takeFocus(document.activeElement));
    this.onResize = () => this.resized();
    document.addEventListener("keydown", this.onKey);
    document.addEventListener("pointerup", this.onPointer);
    document.addEventListener("visibilitychange", this.onLook);
    window.addEventListener(STEP_EVENT, this.onStep);
    window.addEventListener("resize", this.onResize);
    this.watch = new ResizeObserver(this.onResize);
  }

  destroy() {
    this.pause();
    this.watch.disconnect();
    clearTimeout(this.telling);
    clearTimeout(this.leaving);
    document.removeEventListener("keydown", this.onKey);
    document.removeEventListener("pointerup", this.onPointer);
    window.removeEventListener("resize", this.onResize);
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
      if (!this.payload || !this.root.isConnected) return;
      this.measured = false;
      this.fit();
      const others = [...this.figures.values()].some((held) =>
        held.width !== held.node.clientWidth || held.height !== held.node.clientHeight);
      if (others || this.sheets.some((sheet) => sheet.width !== sheet.node.clientWidth)) this.show(this.step);
    });
  }

  // The film takes the window down to its foot; in a narrow one, what its panels take.
  fit() {
    const { fill, present } = this.payload;
    const strip = parseFloat(getComputedStyle(document.documentElement).getPropertyValue("--strip")) || 0;
    const room = innerHeight - strip;   // a strip that is pinned to the window's foot
    this.scale = present ? Math.max(Math.min(innerWidth / HALL[0], room / HALL[1]), 1) : 1;
    const filled = present || (fill !== null && innerWidth > ONE_COLUMN);
    this.root.classList.toggle("filled", filled);
    this.root.style.fontSize = present ? 16 * this.scale + "px" : "";
    if (!filled) return this.root.style.removeProperty("height");
    const scrolled = this.root.closest("[data-testid=stMain]")?.scrollTop ?? 0;
    const top = present ? 0 : this.root.getBoundingClientRect().top + scrolled;
    const foot = present ? 0 : strip ? Math.min(fill, PEEK) : fill;
    const height = Math.max(room - top - foot, SHORTEST) + "px";
    if (this.root.style.height !== height) this.root.style.height = height;
  }

  // Where the columns of words stand: as wide as there is room, within bounds; wider than the card, it scrolls.
  place(sheet) {
    const room = sheet.node.clientWidth, k = this.scale;
    const few = Math.min(room / (sheet.columns + 2) / FULL_COLUMN, 1);   // of what stands beside them in a narrow one
    const [left, right, least] = room >= NARROW ? [68, 52, 32] : few > 0.53 ? [68 * few, 52 * few, 29] : [this.payload.pitch ? 52 : 34, 12, 29];
    const wanted = (room - k * (left + right)) / sheet.columns;
    const pitch = Math.min(Math.max(wanted, k * Math.max(least, this.payload.pitch)), 110 * k);
    const width = Math.max(room, k * (left + right) + sheet.columns * pitch);
    sheet.grid = { left: k * left, pitch, width, scale: k };
  }

  // In a sheet that scrolls, the present column is in view.
  follow(column) {
    for (const { node, grid, width } of this.sheets) {
      if (column === null || column === undefined || grid.width <= width) continue;
      const x = grid.left + (column + 0.5) * grid.pitch - node.scrollLeft;
      if (x < grid.left || x > width - grid.pitch) node.scrollLeft += x - width / 2;
    }
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
    this.measured = false;
    this.build();
    this.show(this.step);
    if (another && payload.transport) this.lead();
    if (another) this.onPointer();
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
    const shape = JSON.stringify([this.payload.columns, this.payload.transport, this.payload.present,
      this.payload.panels.map((p) => [p.name, p.kind, p.area, p.card, p.height, p.share, p.grow, p.columns > 0])]);
    if (shape === this.shape) return this.fit();
    this.shape = shape;
    this.clear();
    this.watch.disconnect();
    this.texts = new Map();
    this.drawings = new Map();
    this.sheets = [];
    this.root.replaceChildren();
    this.root.className = "film-root film" + (this.payload.present ? " present" : "");
    this.root.tabIndex = this.payload.transport ? 0 : -1;
    this.root.style.setProperty("--columns", this.payload.columns);
    const areas = new Map();
    let card = null, sheet = null;
    for (const panel of this.payload.panels) {
      if (!areas.has(panel.area)) {
        areas.set(panel.area, this.make("div", "area"));
        this.root.append(areas.get(panel.area));
        card = null;
      }
      if (card === null || panel.card) {
        card = this.make("section", panel.card === "bare" ? "bare" : "card");
        if (panel.share) card.style.flex = `${panel.share} 1 0`;
        areas.get(panel.area).append(card);
        sheet = null;
      }
      if (!panel.columns) sheet = null;
      else if (!sheet) {
        sheet = this.make("div", "sheet");
        this.sheets.push({ node: sheet, columns: panel.columns });
        card.append(sheet);
      }
      (sheet ?? card).append(this.makePanel(panel));
    }
    this.transport = this.payload.transport ? this.makeTransport() : null;
    if (this.transport) areas.values().next().value.lastElementChild.append(this.transport);
    this.watch.observe(this.root);
    const page = this.root.closest("[data-testid=stMainBlockContainer]");   // what stands above it may grow
    if (page) this.watch.observe(page);
    for (const sheet of this.sheets) this.watch.observe(sheet.node);
    for (const held of this.figures.values()) this.watch.observe(held.node);
    this.fit();
  }

  make(tag, className, text) {
    const node = document.createElement(tag);
    if (className) node.className = className;
    if (text !== undefined) node.textContent = text;
    return node;
  }

  makePanel(panel) {
    const holder = this.make("div", "panel");
    holder.style.flex = panel.grow ? `${panel.grow} 1 auto` : "none";
    if (panel.kind === "drawing") {
      this.drawings.set(panel.name, { node: holder, sheet: this.sheets.at(-1) });
      return holder;
    }
    if (panel.kind === "text") {
      const body = this.make("div", "text");
      holder.append(body);
      this.texts.set(panel.name, { body, shown: null });
      return holder;
    }
    const node = this.make("div", "figure");
    node.setAttribute("role", "img");
    holder.append(node);
    this.figures.set(panel.name, { node, ready: false, sheet: panel.columns ? this.sheets.at(-1) : null });
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
    bar.append(this.slider, this.where);
    bar.title = this.payload.hint;
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

  // To the frame of a column of words.
  goTo(column) {
    const step = this.payload.frames.findIndex((frame) => frame.at === column);
    if (step >= 0) this.go(step);
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
      const when = Date.now();   // never equal to the last one
      this.send.state("step", { at: this.step, of: this.identity, when });
    }, 300);
  }

  click(value) {
    this.send.trigger("click", { ...value, step: this.step });
  }

  key(event) {
    if (event.key === "Tab") this.root.classList.remove("led");
    if (!this.payload?.transport || event.ctrlKey || event.metaKey || event.altKey) return;
    const target = event.target;
    const inside = this.root.contains(target);
    if (!(inside || this.payload.keys === "page") || !this.root.isConnected) return;
    if (target.matches?.(TYPING)) {   // a sentence that is sent is read at once, by the same keys
      if (event.key === "Enter" && target.matches("input")) setTimeout(() => this.takeFocus(this.root), 50);
      return;
    }
    const moves = {};
    if (!target.closest?.(ITS_ARROWS)) {
      moves.ArrowLeft = () => this.go(this.step - 1);
      moves.ArrowRight = () => this.go(this.step + 1);
      moves.Home = () => this.go(0);
      moves.End = () => this.go(this.last);
    }
    if (!target.closest?.("button, a, summary, [role=combobox]")) moves[" "] = () => (this.timer ? this.pause() : this.play());
    if (inside && this.payload.rows) {
      moves.ArrowUp = () => this.click({ move: -1 });
      moves.ArrowDown = () => this.click({ move: 1 });
    }
    if (!moves[event.key]) return;
    event.preventDefault();
    moves[event.key]();
  }

  // Keys work on after a click: what was clicked gives the focus to the film that they move.
  takeFocus(from) {
    if (!this.payload?.transport || this.payload.keys !== "page" || !this.root.isConnected) return;
    if (from.matches(TYPING) || from.closest("[data-testid=stPopoverBody], [role=dialog], [role=listbox]")) return;
    if (!this.root.contains(from) || from === this.root) {
      this.root.classList.add("led");   // no ring: nobody went here by Tab
      this.root.focus({ preventScroll: true });
    }
  }

  show(step) {
    this.step = Math.min(Math.max(step, 0), this.last);
    if (this.payload.transport) steps[this.payload.group] = this.step;
    const frame = this.payload.frames[this.step] ?? { panels: {} };
    this.placeAll();
    for (const panel of this.payload.panels) {
      const patch = frame.panels[panel.name];
      if (panel.kind === "text") this.showText(panel, patch ?? panel.content);
      else if (panel.kind === "drawing") this.drawings.get(panel.name).drawing.show(patch ?? "");
      else this.showFigure(panel, patch, frame);
    }
    this.follow(frame.at);
    if (!this.transport) return;
    this.slider.max = this.last;
    this.slider.value = this.step;
    this.slider.setAttribute("aria-valuetext", frame.label ?? "");
    this.where.replaceChildren(this.node(frame.title ?? ["span", {}, frame.label ?? ""]));
  }

  // How large everything is: asked before anything changes, for who looks later forces the browser to lay
  // out, and not for every step, for what changes its size is heard of.
  measure() {
    if (this.measured) return;
    this.measured = true;
    for (const held of this.figures.values()) [held.width, held.height] = [held.node.clientWidth, held.node.clientHeight];
    for (const panel of this.payload.panels) {
      const { sheet } = this.held(panel) ?? {}, width = sheet?.node.clientWidth;
      if (!sheet || (sheet.columns === panel.columns && sheet.width === width)) continue;
      Object.assign(sheet, { columns: panel.columns, width });
      this.place(sheet);
    }
  }

  held(panel) {
    return this.figures.get(panel.name) ?? this.drawings.get(panel.name);
  }

  placeAll() {
    this.measure();
    for (const panel of this.payload.panels) {
      const held = this.held(panel);
      if (panel.kind === "figure") this.size(held, panel);
      if (panel.kind === "drawing") this.redraw(held, panel);
    }
  }

  redraw(held, panel) {
    const marks = held.panel === panel ? held.marks : JSON.stringify(panel.marks);
    if (marks !== held.marks) {
      held.node.replaceChildren();
      held.drawing = new Drawing(held.node, panel);
      held.drawing.onGo = (column) => this.goTo(column);
      held.drawing.onTip = (content, part) => this.tip(content, part);
      held.grid = null;
      this.tip(null);
    }
    if (held.grid !== held.sheet.grid) held.drawing.place(held.sheet.grid);
    Object.assign(held, { panel, marks, grid: held.sheet.grid });
  }

  // What a part of a drawing has to tell stands under it, above where there is more room.
  tip(content, part) {
    this.tipped?.remove();
    if (!content) return;
    this.tipped = this.make("div", "tip card");
    this.tipped.append(this.node(content));
    this.root.append(this.tipped);
    const { left, right, top, bottom } = part.getBoundingClientRect(), { offsetWidth: w, offsetHeight: h } = this.tipped;
    const y = innerHeight - bottom > h + 8 || innerHeight - bottom > top ? bottom + 6 : top - h - 6;
    const x = Math.min((left + right - w) / 2, document.documentElement.clientWidth - w - 8);
    Object.assign(this.tipped.style, { left: Math.max(x, 8) + "px", top: y + "px" });
  }

  size(held, panel) {
    const { t = 0, b = 0 } = panel.figure.layout.margin ?? {}, k = this.scale;
    const least = panel.stack.length ? needed(panel.stack, k) + k * (t + b) : k * panel.height;
    const usual = panel.grow && this.root.classList.contains("filled") ? "100%" : Math.max(least, k * panel.height) + "px";
    const style = `height:${usual};min-height:${least}px` +
      (held.sheet ? `;width:${held.sheet.grid.width}px` : "");
    if (held.style === style) return;
    held.node.style = held.style = style;
    if (!held.sheet) held.node.parentElement.style.minHeight = least + "px";   // a full card scrolls
    [held.width, held.height] = [held.node.clientWidth, held.node.clientHeight];
  }

  // What its room makes of a figure: margins beside the columns, the height of its axes, the type.
  arranged(held, panel) {
    const k = this.scale, layout = {}, data = {}, { t = 0, b = 0 } = panel.figure.layout.margin ?? {};
    if (held.sheet) {
      const { left, pitch, width } = held.sheet.grid;
      layout.margin = { l: left, r: Math.max(width - left - pitch * panel.columns, 0) };
    }
    for (const { axis, domain, rows, row } of shareRoom(panel.stack, held.height - k * (t + b), k)) {
      layout[axis] = { domain };
      const every = rows ? Math.ceil(13 * k / row) : 1, old = panel.figure.layout[axis];
      if (every > 1 && old.tickvals) {
        layout[axis].tickvals = old.tickvals.filter((_, i) => i % every === 0);
        layout[axis].ticktext = old.ticktext.filter((_, i) => i % every === 0);
      }
      panel.figure.data.forEach((trace, i) => {
        if (trace.showscale && (trace.yaxis ?? "y") === axis.replace("axis", "")) {
          data[i] = { colorbar: { len: domain[1] - domain[0], y: domain[1], yanchor: "top" } };
        }
      });
    }
    return { data, layout };
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
    const narrow = (held.sheet?.node.clientWidth ?? held.width) < NARROW ? panel.narrow : null, made = this.arranged(held, panel), k = this.scale;
    const larger = (x) => (k === 1 ? x : enlarge(x, k));
    const data = panel.figure.data.map((trace, i) =>
      merge(merge(larger(merge(trace, patch?.data?.[i])), narrow?.data?.[i]), made.data[i]));
    const layout = merge(merge(larger(merge(panel.figure.layout, patch?.layout)), narrow?.layout), made.layout);
    held.plain = { data, layout };   // in light colours, for who saves it
    held.want = { data: recolor(data, this.dark), layout: recolor(layout, this.dark), panel };
    if (held.height) held.want.layout.height = held.height;
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
    const paths = nextStep(held.node, drawn, want);
    const drawing = paths ? drawStep(held.node, want, paths) : Plotly.react(held.node, ...structuredClone([want.data, want.layout]), config);   // it adds to what it is given
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
      if (held.drawn.panel.clicks === "step") this.goTo(point.x);
      this.click({ panel: held.drawn.panel.name, x: point.x, y: point.y, curve: point.curveNumber });
    });
  }

  // Plotly forgets what is under the pointer when it draws: while a figure is live, find the cell.
  clickCell(held, { clientX, clientY }) {
    if (held.drawn.panel.clicks !== "cell" || performance.now() - (held.clicked ?? -1e9) < 300) return;
    const box = held.node.getBoundingClientRect(), plots = Object.values(held.node._fullLayout._plots);
    const within = (axis, px) => px >= axis._offset && px <= axis._offset + axis._length;
    const { id, xaxis, yaxis } = plots.find((plot) => within(plot.xaxis, clientX - box.left) && within(plot.yaxis, clientY - box.top)) ?? plots[0];
    const [x, y] = [xaxis.p2d(clientX - box.left - xaxis._offset), yaxis.p2d(clientY - box.top - yaxis._offset)];
    const curve = held.node._fullData.findIndex((trace) => trace.xaxis + trace.yaxis === id);
    this.click({ panel: held.drawn.panel.name, x: Math.round(x), y: Math.round(y), curve });
  }

  node(content) {
    if (!Array.isArray(content)) return document.createTextNode(String(content ?? ""));
    const [tag, attrs, ...children] = content;
    if (tag === "bar") return this.bar(attrs);
    if (tag === "meter") return this.meter(attrs);
    if (!MATH.has(tag) && !SVG.has(tag) && !HTML.has(tag)) return document.createTextNode("");
    const space = MATH.has(tag) ? "1998/Math/MathML" : SVG.has(tag) ? "2000/svg" : "1999/xhtml";
    const node = document.createElementNS("http://www.w3.org/" + space, tag);
    for (const name of SVG_NAMES) {
      if (attrs.svg?.[name] !== undefined) node.setAttribute(name, recolor(String(attrs.svg[name]), this.dark));
    }
    for (const side of ["left", "top"]) if (attrs[side] !== undefined) node.style[side] = attrs[side] * 100 + "%";
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

  // A bar from one end to another, 0..1 of the width; or from zero in the middle: value -1..1 of half of it.
  bar({ value, from = 0.5, to = 0.5 + value / 2, color }) {
    const outer = this.make("span", value === undefined ? "bar spans" : "bar");
    const inner = this.make("span");
    const [low, high] = [Math.min(from, to), Math.max(from, to)].map((x) => Math.min(Math.max(x, 0), 1) * 100);
    inner.style.width = high - low + "%";
    inner.style.left = low + "%";
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
