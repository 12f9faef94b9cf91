// Figures as data: what a patch makes of one, how its next step is drawn, and the room that it takes.

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

// z = the sum over i in [from, to) of left[i] times right[i] lying: outer products, added up.
function outerSum({ left, right }, [from, to]) {
  const z = left[0].map(() => new Float64Array(right[0].length));
  for (let i = from; i < to; i++) {
    left[i].forEach((g, row) => right[i].forEach((h, column) => (z[row][column] += g * h)));
  }
  return z.map((row) => Array.from(row));
}

// Where two figures differ, as paths: {data: [{z: ..}]} -> [["data", "0", "z"]]. Of two lists of notes that are
// not as long the whole list differs.
const parts = (x) => plain(x) || (Array.isArray(x) && plain(x[0]));
function changes(old, now, path = []) {
  if (old === now) return [];
  if (!parts(old) || !parts(now)) return JSON.stringify(old) === JSON.stringify(now) ? [] : [path];
  const keys = Object.keys(now);
  if (keys.length !== Object.keys(old).length || !keys.every((key) => key in old)) return [path];
  return keys.flatMap((key) => changes(old[key], now[key], [...path, key]));
}
const at = (x, path) => path.reduce((inner, key) => inner?.[key], x);

// What a trace can change without its figure being laid out anew, and what of a layout cannot.
const VALUES = new Set(["x", "y", "z", "text", "textposition", "customdata", "color", "size", "opacity", "symbol", "width", "dash"]);
const WHOLE = new Set(["width", "height", "uirevision"]);

// What is to change so that what was drawn becomes `want`, if that is its next step: paths, else null.
function nextStep(node, drawn, want) {
  const found = drawn && changes(picture(drawn), picture(want));
  // a trace that was empty is left out by Plotly: it has to be laid out to be there
  const isValue = (trace, path) => node._fullData[trace].visible === true && VALUES.has(path.at(-1)) && at(node._fullData[trace], path.slice(0, -1));
  return found?.every(([part, first, ...path]) => first !== undefined && (part === "data" ? isValue(first, path)
    : !WHOLE.has(first) && (!plain(at(want.layout, [first, ...path])) || isNote(want, first)))) ? found : null;
}
const picture = ({ data, layout }) => ({ data, layout });
const isNote = (want, first) => Array.isArray(want.layout[first]);

// Draw the next step. Plotly.react would lay the whole figure out anew and measure every title and
// tick, 10 to 30 ms; this takes 1 to 7 ms and ends in the same picture (a test holds them side by
// side). Of the traces only those with new values are drawn, by what plotly.js has for each kind of
// trace: calc, plot and style. Of the layout, frames and ticks move by relayout; a note or a shape is
// changed in place and drawn alone, as relayout does for an opacity.
async function drawStep(node, want, paths) {
  const traces = new Set();
  const moved = {};
  for (const [part, ...inner] of paths) {
    const path = inner.slice(0, -1), last = inner.at(-1), [first, i] = inner;
    const value = at(want[part], inner);
    if (part === "data") {
      traces.add(first);
      at(node.data, path)[last] = at(node._fullData, path)[last] = value;
      if (path.length === 1 && "xy".includes(last) && node._fullData[first]._length) node._fullData[first]._length = value.length;
    } else if (path.length && isNote(want, first)) {
      at(node.layout, path)[last] = value;
      moved[`${first}[${i}].opacity`] = want.layout[first][i].opacity ?? 1;
    } else moved[inner.join(".")] = value;
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

// The height of a stack's axes: what each takes at least, rows up to their most, then who grows. Rows are
// up to 22 pixels high, higher where they are few; at least 12, lower where they are many.
const leastRow = (n) => Math.min(Math.max(100 / n, 2.5), 12);
const mostRow = (n) => Math.max(22, 130 / n);
const leastRoom = (room, k) => (room.rows ? room.rows * leastRow(room.rows) : k * room.px);
const needed = (stack, k) => stack.reduce((sum, room) => sum + leastRoom(room, k) + k * room.gap, 0);

function shareRoom(stack, height, k) {
  let free = Math.max(height - needed(stack, k), 0);
  const heights = stack.map((room) => {
    const more = room.rows ? Math.min(free, k * room.rows * (mostRow(room.rows) - leastRow(room.rows))) : 0;
    free -= more;
    return leastRoom(room, k) + more;
  });
  const growing = stack.reduce((sum, room) => sum + room.grow, 0);
  let y = 0;
  return stack.map((room, i) => {
    const from = y + k * room.gap;
    y = from + heights[i] + (growing ? free * room.grow / growing : 0);
    return { ...room, row: (y - from) / room.rows, domain: [Math.max(1 - y / height, 0), 1 - from / height] };
  });
}

// What is larger for an audience: type, markers and what is measured in them.
const SIZES = new Set(["size", "l", "r", "t", "b", "xshift", "yshift", "thickness", "xpad", "standoff"]);
function enlarge(x, k) {
  if (typeof x === "string") return x.replace(/font-size:([\d.]+)px/g, (_, px) => `font-size:${px * k}px`);
  if (Array.isArray(x)) return typeof x[0] === "number" ? x : x.map((v) => enlarge(v, k));
  if (!plain(x)) return x;
  const out = {};
  for (const key in x) {
    const v = x[key];
    out[key] = !SIZES.has(key) ? enlarge(v, k) : Array.isArray(v) ? v.map((one) => one * k) : v * k;
  }
  return out;
}
