// A picture with its finding, its alternative text, its reading, its table and its downloads.
function el(tag, attributes = {}, ...children) {
  const node = document.createElement(tag);
  for (const [key, value] of Object.entries(attributes)) {
    if (key.startsWith("on")) node.addEventListener(key.slice(2), value);
    else if (value !== null && value !== undefined) node.setAttribute(key, value);
  }
  node.append(...children.filter((c) => c !== null));
  return node;
}

function save(bytes, name, type) {
  const link = el("a", { href: URL.createObjectURL(new Blob([bytes], { type })), download: name });
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 10000);
}

function render({ model, el: root }) {
  root.classList.add("territ");
  const title = el(`h${model.get("level")}`);
  const note = el("p", { class: "t-petit" });
  const image = el("img", { alt: "" });
  const reading = el("div", { class: "t-lecture" });
  const holder = el("div");
  const details = el("details", {}, el("summary", {}, "Les données de la figure (tableau)"), holder);
  const types = { png: ["Image (PNG)", "image/png"], xlsx: ["Tableau (XLSX)", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"], csv: ["Données (CSV)", "text/csv"] };
  const buttons = Object.entries(types).map(([kind, [label]]) =>
    el("button", { type: "button", class: "t-bouton t-bouton--clair t-bouton--petit", onclick: () => model.send({ download: kind }) }, label));
  const done = el("span", { role: "status" });
  root.replaceChildren(el("figure", { class: "t-figure" }, title, note, image,
    el("figcaption", {}, reading, details, el("div", { class: "t-telecharger" }, el("span", {}, "Télécharger\u00a0:"), ...buttons, done))));
  let url = null;

  function drawImage() {
    const bytes = model.get("png");
    if (!bytes.byteLength) return;
    const fresh = URL.createObjectURL(new Blob([bytes], { type: "image/png" }));
    image.width = model.get("width");
    image.height = model.get("height");
    image.src = fresh;
    if (url) URL.revokeObjectURL(url);
    url = fresh;
  }
  function drawTable() {
    if (!details.open) return;
    const table = model.get("table");
    const number = (i) => (table.numeric[i] ? "t-nombre" : null);
    holder.replaceChildren(el("div", { class: "t-defile", role: "region", tabindex: "0", "aria-label": table.caption },
      el("table", {}, el("caption", {}, table.caption),
        el("thead", {}, el("tr", {}, ...table.columns.map((c, i) => el("th", { scope: "col", class: number(i) }, c)))),
        el("tbody", {}, ...table.rows.map((row) => el("tr", {}, ...row.map((cell, i) =>
          i === 0 ? el("th", { scope: "row" }, cell) : el("td", { class: number(i) }, cell))))))));
  }
  function drawWords() {
    title.textContent = model.get("title");
    note.textContent = model.get("note");
    image.alt = model.get("alt");
    reading.replaceChildren(...model.get("reading").map((text) => {
      const stop = text.indexOf(".") + 1;  // « Ce que montre la figure. » leads the paragraph
      return el("p", {}, el("strong", {}, text.slice(0, stop)), text.slice(stop));
    }));
    reading.hidden = !reading.children.length;
  }
  details.addEventListener("toggle", drawTable);
  const watch = { "change:png": drawImage, "change:table": drawTable, "change:title": drawWords, "change:alt": drawWords,
    "change:note": drawWords, "change:reading": drawWords };
  for (const [event, draw] of Object.entries(watch)) model.on(event, draw);
  const received = (message, buffers) => {
    save(buffers[0], message.name, types[message.kind][1]);
    done.textContent = `«\u00a0${message.name}\u00a0» est dans vos téléchargements.`;
  };
  model.on("msg:custom", received);
  drawWords();
  drawImage();
  // Python redraws for a phone: a wide picture scaled down is unreadable.
  const size = new ResizeObserver(([entry]) => {
    const width = Math.round(entry.contentRect.width);
    const density = Math.min(2, Math.max(1, Math.round(devicePixelRatio * 2) / 2));
    if (!width || ((model.get("client_width") < 560) === (width < 560) && model.get("density") === density)) return;
    model.set("client_width", width);
    model.set("density", density);
    model.save_changes();
  });
  size.observe(root);
  root.classList.add("t-pret");
  return () => {
    size.disconnect();
    if (url) URL.revokeObjectURL(url);
    for (const [event, draw] of Object.entries(watch)) model.off(event, draw);
    model.off("msg:custom", received);
  };
}
export default { render };
