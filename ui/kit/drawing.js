// Boxes and arrows over columns: made once, placed by the width of a column; then a letter for each
// mark says how it looks, in drawing.css. It knows no network; all text goes in as text.
//   x      [column, px from its middle]; y: px from the top; text, name: [["i", "h"], ["sub", "6"], ...]
//   band   from, to: columns; name: its title
//   box    x, y, w, h, text; room: px of its column that stay free; go: the column to which a click leads;
//          flip: it stands on the other side where columns are narrow; note: a number under it;
//          tip: a node, shown while the box is pointed at or has the focus; say: the same for the ear
//   arrow  from, to: numbers of boxes; sides: of the boxes, "tb" from a top to a bottom; dx: px from
//          the columns' middles; via: where it turns, an x or a y; name, beside: px from the column;
//          width: of its line, in px, where that says something
//   pill   between the boxes from and to: text

const NARROW_COLUMN = 40, FULL_COLUMN = 60;   // px: below, words stand under their boxes; distances shrink
const TOP = 4, WORDS_HIGH = 26, HEAD = 6.5, LEVELS = { sub: 0.24, sup: -0.4 };

function svgNode(tag, attributes = {}, ...children) {
  const node = document.createElementNS("http://www.w3.org/2000/svg", tag);
  for (const name in attributes) node.setAttribute(name, attributes[name]);
  node.append(...children);
  return node;
}

// A symbol with its index: what is lowered or raised comes back for what follows.
function svgText(parts, attributes) {
  let level = 0;
  return svgNode("text", attributes, ...parts.map(([style, text]) => {
    const to = LEVELS[style] ?? 0, dy = (to - level) / (style in LEVELS ? 0.72 : 1);
    level = to;
    return svgNode("tspan", { class: style, dy: `${dy.toFixed(3)}em` }, text);
  }));
}

class Drawing {
  constructor(holder, panel) {
    this.panel = panel;
    this.parts = panel.marks.map(({ go }) => svgNode("g", go === undefined ? {} : { "data-go": go }));
    this.names = panel.marks.map((mark) => (mark.name ? svgNode("g") : null));
    this.sheet = svgNode("g", {}, ...this.parts);
    const first = panel.marks.findIndex((mark) => mark.kind === "box");   // names: over all arrows, under boxes
    this.parts[first]?.before(...this.names.filter(Boolean));
    const role = panel.marks.some(({ tip }) => tip) ? "group" : "img";
    this.svg = svgNode("svg", { class: "drawing", role, "aria-label": panel.label }, this.sheet);
    this.pen = document.createElement("canvas").getContext("2d");   // measures words
    this.signs = panel.marks.every(({ kind, look, text }) => kind !== "box" || !/^(x|unknown)/.test(look) || [...text[0][1]].length < 2);
    this.shown = [];
    this.onGo = this.onTip = () => {};
    panel.marks.forEach(({ tip, say }, i) => {
      if (!tip) return;
      const part = this.parts[i];
      for (const [name, value] of [["tabindex", 0], ["role", "img"], ["aria-label", say]]) part.setAttribute(name, value);
      part.onpointerenter = part.onfocus = () => this.onTip(tip, part);
      part.onpointerleave = part.onblur = () => this.onTip(null);
    });
    this.svg.onclick = (event) => {
      const go = event.target.closest("[data-go]")?.dataset.go;
      if (go !== undefined) this.onGo(Number(go));
    };
    holder.append(this.svg);
  }

  get narrow() {
    return this.pitch < NARROW_COLUMN;
  }

  get below() {   // words, where they are longer than one sign
    return this.narrow && !this.signs;
  }

  get height() {
    return (TOP + this.panel.height + (this.below ? WORDS_HIGH : 0)) * this.scale;
  }

  place({ left, pitch, width, scale = 1 }) {
    Object.assign(this, { left: left / scale, pitch: pitch / scale, scale });
    Object.assign(this.svg.style, { width: `${width}px`, height: `${this.height}px` });
    this.svg.classList.toggle("narrow", this.below);
    this.sheet.setAttribute("transform", `scale(${scale}) translate(0 ${TOP})`);
    this.words = 0;
    this.pen.font = `600 15px ${getComputedStyle(this.svg).fontFamily}`;
    const boxes = this.panel.marks.filter((mark) => mark.kind === "box");
    this.boxes = boxes.map((mark) => this.outline(mark));
    this.panel.marks.forEach((mark, i) => {
      this.parts[i].replaceChildren(...this[mark.kind](mark, mark.kind === "box" ? this.boxes[boxes.indexOf(mark)] : i));
    });
  }

  // One letter for each mark; only what changed is touched.
  show(states) {
    this.panel.marks.forEach(({ kind, look = "", tint = "" }, i) => {
      const letter = states[i] ?? "p";
      if (letter === this.shown[i]) return;
      this.shown[i] = letter;
      this.parts[i].setAttribute("class", `${kind} ${look} ${tint} s-${letter}`);
      this.names[i]?.setAttribute("class", `name ${look} s-${letter}`);
    });
  }

  x([column, dx]) {
    return this.left + (column + 0.5) * this.pitch + dx * Math.min(1, this.pitch / FULL_COLUMN);
  }

  outline({ x: [column, dx], y, w, h, room, flip, look }) {
    const word = /^(x|unknown)/.test(look);
    if (room !== undefined) w = Math.min(w, this.pitch - room);
    if (look === "L" && w < h) [y, h] = [y + (h - w) / 2, w];
    if (word && this.below) h = 15;
    const x = this.x([column, this.narrow && flip ? -dx : dx]);
    return { column, x, w, h, word, l: x - w / 2, r: x + w / 2, t: y, b: y + h };
  }

  box({ look, text, note }, outline) {
    const { x, w, h, l, t, b } = outline;
    const rect = svgNode("rect", { x: l, y: t, width: w, height: h, rx: look === "L" ? w / 2 : 6 });
    const said = look.startsWith("y") && text.length === 1;
    if (outline.word || said) return [rect, ...this.word(text[0][1], outline, !said && this.below)];
    const made = [rect, svgText(text, { x, y: t + h / 2 + 5 })];
    return note ? [...made, svgText([["", note]], { x, y: b + 17, class: "note" })] : made;
  }

  // A word in its box, smaller if it is long; or below it, in turn on the first and the second line.
  word(word, { x, w, h, t, b }, below) {
    const low = below && this.words++ % 2 === 1;
    const y = below ? b + (low ? 32 : 16) : t + h / 2 + 5, room = below ? 2 * this.pitch - 6 : w - 6;
    const wide = (text) => this.pen.measureText(text).width;   // in 15 px
    const size = Math.min(15, Math.max(below ? 14.5 : 12.5, (15 * room) / wide(word)));
    let shown = word;
    for (let n = word.length - 1; n > 0 && wide(shown) * size > 15 * room; n--) shown = word.slice(0, n) + "…";
    const thread = low ? [svgNode("line", { class: "thread", x1: x, x2: x, y1: b + 2, y2: y - 12 })] : [];
    return [svgNode("title", {}, word), ...thread, svgText([["", shown]], { x, y, style: `font-size:${size}px` })];
  }

  band({ from, to, look, name }, i) {
    const pad = /coder/.test(look) ? 4 : 0, width = (to - from + 1) * this.pitch + 2 * pad;
    const x = this.left + from * this.pitch - pad;
    if (name) this.names[i].replaceChildren(svgText(name, { x: x + 8, y: 13 }));
    return [svgNode("rect", { x, y: -TOP, width, height: this.height / this.scale, rx: 8 })];
  }

  // The corners of an arrow's way from a box to another: straight, or by its turns.
  way({ from, to, sides, dx = [], via = [] }) {
    const a = this.boxes[from], b = this.boxes[to];
    const [out, into] = sides ?? (a.t > b.b ? "tb" : a.b < b.t ? "bt" : a.x < b.x ? "rl" : "lr");
    const end = (box, side, fromMiddle) => {
      const at = box[side] + (side === "t" || side === "l" ? -1 : 1);
      if (side === "l" || side === "r") return [at, box.t + box.h / 2];
      return [fromMiddle === undefined ? box.x : this.x([box.column, fromMiddle]), at];
    };
    const corners = [end(a, out, dx[0])], last = end(b, into, dx[1]);
    let level = out === "l" || out === "r";
    for (const turn of [...via, null, null]) {
      const [x, y] = corners.at(-1), next = level ? [turn ? this.x(turn) : last[0], y] : [x, turn ?? last[1]];
      level = !level;
      if (Math.hypot(next[0] - x, next[1] - y) > 0.01) corners.push(next);
    }
    return corners;
  }

  arrow(mark, i) {
    const corners = this.way(mark), tip = corners.at(-1), [x, y] = corners.at(-2) ?? tip;
    const length = Math.hypot(tip[0] - x, tip[1] - y) || 1, ux = (tip[0] - x) / length, uy = (tip[1] - y) / length;
    const stop = Math.min(5, length), line = [...corners.slice(0, -1), [tip[0] - stop * ux, tip[1] - stop * uy]];
    const near = ([x, y], [toX, toY], part = Math.min(0.5, 4 / Math.hypot(toX - x, toY - y))) =>
      `${x + (toX - x) * part},${y + (toY - y) * part}`;   // 4 px from a corner, where its rounding begins
    const d = line.map((at, n) => {
      if (n === 0 || n === line.length - 1) return `${n ? "L" : "M"}${at}`;
      return `L${near(at, line[n - 1])} Q${at} ${near(at, line[n + 1])}`;
    });
    if (mark.name) this.names[i].replaceChildren(this.name(mark, corners));
    const turned = `translate(${tip}) rotate(${(Math.atan2(uy, ux) * 180) / Math.PI}) scale(${Math.min(1, length / HEAD)})`;
    const head = svgNode("path", { class: "head", d: `M0,0 L-${HEAD},-3.8 V3.8 Z` });
    const style = mark.width ? `stroke-width:${mark.width}px` : "";
    return [svgNode("path", { class: "line", d: d.join(" "), style }), svgNode("g", { transform: turned }, head)];
  }

  // Beside an upright arrow, above a level one; what is handed over has it underneath.
  name({ from, name, beside, look }, corners) {
    const box = this.boxes[from], [start, tip] = [corners[0], corners.at(-1)];
    if (start[1] === tip[1]) return svgText(name, { x: (start[0] + tip[0]) / 2, y: look === "hand-over" ? box.b + 8 : box.t - 3 });
    const style = `text-anchor:${beside < 0 ? "end" : "start"}`;
    return svgText(name, { x: this.x([box.column, beside]), y: Math.max(start[1], tip[1]) - 7, style });
  }

  pill({ from, to, text }) {
    const a = this.boxes[from], b = this.boxes[to], x = (Math.max(a.l, b.l) + Math.min(a.r, b.r)) / 2, y = a.t - 22;
    return [svgNode("path", { class: "line", d: `M${x},${y + 19} V${a.t + a.h / 2}` }),
      svgNode("rect", { x: x - 29, y, width: 58, height: 19, rx: 9.5 }), svgText(text, { x, y: y + 13.4 })];
  }
}
