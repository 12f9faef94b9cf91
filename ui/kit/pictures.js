// What the browser saves: the pictures of each card, in light colours, and the film as a file. It
// finds the players on the page; they know nothing of it. All text goes in as text.

const FONTS = [["IBM Plex Sans", 400, "plex-sans-400"], ["IBM Plex Sans", 600, "plex-sans-600"],
  ["IBM Plex Mono", 400, "plex-mono-400"], ["IBM Plex Mono", 600, "plex-mono-600"]];
const MARGIN = 16, TITLE_HIGH = 40, LOOK_HIGH = 19, LINK_HIGH = 26, DENSITY = 2;   // px; of a PNG, pixels of the file for one of the page
const KEPT = ["fill", "stroke", "stroke-width", "stroke-dasharray", "stroke-linecap", "stroke-linejoin", "font-family",
  "font-size", "font-weight", "font-style", "text-anchor", "opacity", "transform", "paint-order"];

const films = () => [...document.querySelectorAll(".film-root")].map((root) => root.film)
  .filter((film) => film?.payload && film.root.offsetParent !== null);

const served = (name) => new URL(`app/static/${name}`, document.baseURI);

function element(tag, text, attributes = {}, space = "1999/xhtml") {
  const node = document.createElementNS("http://www.w3.org/" + space, tag);
  for (const name in attributes) node.setAttribute(name, attributes[name]);
  if (text !== undefined) node.textContent = text;
  return node;
}
const svg = (tag, attributes, text) => element(tag, text, attributes, "2000/svg");

// The cards that have pictures, each with what is drawn in it, from top to bottom.
function cards() {
  return films().flatMap((film) => [...film.root.querySelectorAll(".card, .bare")].map((card) => {
    const parts = film.payload.panels.map((panel) => [panel, film.figures.get(panel.name) ?? film.drawings.get(panel.name)])
      .filter(([, held]) => held && card.contains(held.node));
    const title = card.querySelector("h3")?.textContent || parts[0]?.[0].label;
    return { title, look: card.querySelector(".look")?.textContent ?? "", parts: parts.map(([, held]) => held) };
  })).filter(({ parts }) => parts.length);
}

async function fontFaces() {
  const faces = await Promise.all(FONTS.map(async ([family, weight, file]) => {
    const bytes = new Uint8Array(await (await fetch(served(file + ".woff2"))).arrayBuffer());
    const text = btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join(""));
    return `@font-face{font-family:"${family}";font-weight:${weight};src:url(data:font/woff2;base64,${text})}`;
  }));
  return faces.join("\n");
}

// A figure as plotly.js writes it, from its light colours.
async function figureSvg({ plain: { data, layout }, node }) {
  const [width, height] = [node.clientWidth, node.clientHeight];
  const text = await window.Plotly.toImage({ data, layout: { ...layout, width, height } },
    { format: "svg", width, height, imageDataOnly: true });
  return { width, height, node: new DOMParser().parseFromString(text, "image/svg+xml").documentElement };
}

// A drawing with what the style sheet says of it, on light ground, written into each node.
function drawingSvg({ drawing }, light) {
  const { width, height } = drawing.svg.getBoundingClientRect();
  const aside = element("div"), twin = drawing.svg.cloneNode(true);
  aside.style.cssText = "position:fixed;left:-99999px;top:0;color-scheme:light";
  for (const name in light) aside.style.setProperty(name, light[name]);
  aside.append(twin);
  document.body.append(aside);
  for (const node of [...twin.querySelectorAll("*")]) {
    const style = getComputedStyle(node);
    if (style.display === "none") node.remove();
    else node.style.cssText = KEPT.map((name) => `${name}:${style.getPropertyValue(name)}`).join(";");
  }
  aside.remove();
  twin.removeAttribute("style");
  return { width, height, node: twin };
}

// Words in lines of so many characters.
function wrapped(text, most) {
  const found = [];
  for (const word of text.split(/\s+/).filter(Boolean)) {
    const longer = found.length ? `${found.at(-1)} ${word}` : "";
    if (longer && longer.length <= most) found[found.length - 1] = longer; else found.push(word);
  }
  return found;
}

// One card as one SVG: its title, its pictures one below another, what to look for, and the link in small type.
async function picture({ title, look, parts }, { light, link }) {
  const drawn = [];
  for (const held of parts) {
    const part = held.drawing ? drawingSvg(held, light) : await figureSvg(held), sheet = held.sheet?.node;
    drawn.push({ ...part, left: sheet?.scrollLeft ?? 0, shown: Math.min(part.width, sheet?.clientWidth ?? part.width) });
  }
  const width = Math.max(...drawn.map((part) => part.shown)) + 2 * MARGIN;
  let y = TITLE_HIGH;
  for (const part of drawn) {   // of a sheet that scrolls, what is in view
    part.window = svg("svg", { x: MARGIN, y, width: part.shown, height: part.height + 4, viewBox: `${part.left} 0 ${part.shown} ${part.height + 4}` });
    for (const name of ["width", "height"]) part.node.setAttribute(name, part[name]);
    part.node.setAttribute("overflow", "visible");
    part.window.append(part.node);
    y += part.height;
  }
  const said = wrapped(look, (width - 2 * MARGIN) / 6.6), below = y + LOOK_HIGH;
  const height = y + said.length * LOOK_HIGH + LINK_HIGH, text = { x: MARGIN, "font-family": light["--st-font"], fill: light["--st-text-color"] };
  const whole = svg("svg", { width, height, viewBox: `0 0 ${width} ${height}` });
  whole.append(svg("style", {}, await fontFaces()), svg("rect", { width, height, fill: "#ffffff" }),
    svg("text", { ...text, y: 26, "font-size": 18, "font-weight": 600 }, title),
    ...drawn.map((part) => part.window),
    ...said.map((line, i) => svg("text", { ...text, y: below + i * LOOK_HIGH, "font-size": 14 }, line)),
    svg("text", { ...text, y: height - 10, "font-size": 10, opacity: 0.6 }, shorter(link, width / 5.2)));
  return { width, height, text: new XMLSerializer().serializeToString(whole) };
}

const shorter = (text, most) => (text.length > most ? text.slice(0, most - 1) + "…" : text);

async function png({ width, height, text }) {
  const image = new Image();
  image.src = URL.createObjectURL(new Blob([text], { type: "image/svg+xml" }));
  await image.decode();
  const canvas = element("canvas");
  [canvas.width, canvas.height] = [width * DENSITY, height * DENSITY];
  canvas.getContext("2d").drawImage(image, 0, 0, canvas.width, canvas.height);
  URL.revokeObjectURL(image.src);
  return new Promise((resolve) => canvas.toBlob(resolve, "image/png"));
}

// The film with its player, plotly's script and the fonts: it opens from a disk and steps by keys.
async function filmFile(film, { shell, link }) {
  const plotly = await (await fetch(served("plotly-cartesian.min.js"))).text();
  const payload = { ...film.payload, step: film.step, fill: 36, present: false, rows: false, keys: "page",
    hint: "← → step · Space plays", away_ms: 0 };
  const safe = (text) => text.replace(/[&<>"]/g, (sign) => `&#${sign.charCodeAt(0)};`);
  const said = {
    FONTS: await fontFaces(), PLOTLY: plotly.replace(/<\/script/gi, "<\\/script"), LINK: safe(link),
    TITLE: safe(document.title), FILM: JSON.stringify(payload).replace(/</g, "\\u003c"),
  };
  return new Blob([shell.replace(/@(FONTS|PLOTLY|TITLE|LINK|FILM)@/g, (_, name) => said[name])], { type: "text/html" });
}

function save(blob, title, ending) {
  const name = title.toLowerCase().replace(/[^\p{L}\p{N}]+/gu, "_").replace(/^_|_$/g, "").slice(0, 40);
  const link = element("a", undefined, { href: URL.createObjectURL(blob), download: `${name || "picture"}.${ending}` });
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 10000);
}

function button(label, name, act) {
  const made = element("button", label, { type: "button", "aria-label": name });
  made.onclick = async () => {
    made.disabled = true;
    await act().catch((error) => {
      made.textContent = "failed";
      console.warn(error.message);
    });
    made.disabled = false;
  };
  return made;
}

export default function ({ data, parentElement }) {
  const here = parentElement.querySelector(".pictures"), said = JSON.parse(new TextDecoder().decode(data));
  const lines = cards().flatMap((card) => {
    const drawn = () => picture(card, said);
    return [element("span", card.title, { title: card.title }),
      button("PNG", `${card.title}: PNG`, async () => save(await png(await drawn()), card.title, "png")),
      button("SVG", `${card.title}: SVG`, async () => save(new Blob([(await drawn()).text], { type: "image/svg+xml" }), card.title, "svg"))];
  });
  const film = films().find(({ payload }) => payload.transport);
  if (film) {
    const wide = button("HTML", "The film: HTML", async () => save(await filmFile(film, said), document.title, "html"));
    wide.className = "wide";
    lines.push(element("span", "The film: a page of its own that steps by keys, as no GIF or WebM can"), wide);
  }
  here.replaceChildren(...(lines.length ? lines : [element("p", "There is no picture here yet.")]));
}
