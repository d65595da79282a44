// A form of native HTML controls. The rules live in Python (`faults`): this file shows and reports, nothing else.
// One counter for the page: this module is evaluated once per model, and ids must be unique across models.
const uid = () => `tf${(globalThis.__territ_ids = (globalThis.__territ_ids ?? 0) + 1)}`;

function el(tag, attributes = {}, ...children) {
  const node = document.createElement(tag);
  for (const [key, value] of Object.entries(attributes)) {
    if (value === null || value === undefined || value === false) continue;
    if (key === "class") node.className = value;
    else if (key.startsWith("on")) node.addEventListener(key.slice(2), value);
    else node.setAttribute(key, value === true ? "" : value);
  }
  node.append(...children.filter((c) => c !== null && c !== undefined));
  return node;
}

const SVG = {
  up: '<path d="M10 16V4M4.5 9.5 10 4l5.5 5.5" fill="none" stroke="currentColor" stroke-width="2.4" stroke-linecap="round" stroke-linejoin="round"/>',
  down: '<path d="M10 4v12M4.5 10.5 10 16l5.5-5.5" fill="none" stroke="currentColor" stroke-width="2.4" stroke-linecap="round" stroke-linejoin="round"/>',
  right: '<circle cx="14" cy="14" r="13" fill="currentColor"/><path d="M7.5 14.5l4.3 4.3 8.7-9.2" fill="none" stroke="#fff" stroke-width="3" stroke-linecap="round" stroke-linejoin="round"/>',
  partial: '<circle cx="14" cy="14" r="12" fill="#fff" stroke="currentColor" stroke-width="2.5"/><path d="M14 2a12 12 0 0 0 0 24z" fill="currentColor"/>',
  wrong: '<rect x="1.5" y="1.5" width="25" height="25" rx="5" fill="currentColor"/><path d="M17.5 8.5A6.5 6.5 0 1 0 20.3 15M17.5 4.8v4.2h-4.2" fill="none" stroke="#fff" stroke-width="2.6" stroke-linecap="round" stroke-linejoin="round"/>',
  blank: '<circle cx="14" cy="14" r="12.5" fill="none" stroke="currentColor" stroke-width="2.5"/><path d="M14 12.5v8M14 7.2v2.4" stroke="currentColor" stroke-width="2.8"/>',
};
const VERDICT_CLASS = { right: "t-retour--juste", partial: "t-retour--partiel", wrong: "t-retour--faux", blank: "" };

function icon(name, size) {
  const holder = document.createElement("template");
  holder.innerHTML = `<svg viewBox="0 0 ${size} ${size}" width="${size}" height="${size}" aria-hidden="true" focusable="false">${SVG[name]}</svg>`;
  return holder.content.firstChild;
}

// "12,5" and "12.5" are both numbers; anything else is handed to Python as it stands, which answers in French.
function readNumber(text) {
  const plain = text.trim().replace(/[\s\u00a0\u202f]/g, "").replace(",", ".");
  if (plain === "") return null;
  return /^[-+\u2212]?\d+(\.\d+)?$/.test(plain) ? Number(plain.replace("\u2212", "-")) : text;
}
const showNumber = (value) =>
  value === null || value === undefined ? "" : typeof value === "number" ? String(value).replace(".", ",") : value;

// Each kind returns { node, update(value), group } ; `send(value)` reports a change, `tell(message, buffers)` anything else.
const kinds = {
  select(field, send, ids) {
    const control = el("select", { id: ids.control, size: field.size, "aria-describedby": ids.described, onchange: () => send(control.value || null) });
    if (field.placeholder) control.append(el("option", { value: "" }, field.placeholder));
    field.options.forEach((o) => control.append(el("option", { value: o.id }, o.label)));
    return { node: control, update: (v) => { control.value = v ?? ""; } };
  },

  radio(field, send, ids) {
    const name = uid();
    const inputs = field.options.map((o) =>
      el("input", { type: "radio", name, value: o.id, onchange: () => send(o.id) }));
    const rows = field.options.map((o, i) => el("label", { class: "t-choix" }, inputs[i], el("span", {}, o.label)));
    return { node: el("div", {}, ...rows), group: true, update: (v) => inputs.forEach((i) => { i.checked = i.value === v; }) };
  },

  checkbox(field, send) {
    const inputs = field.options.map((o) =>
      el("input", { type: "checkbox", value: o.id, onchange: () => send(inputs.filter((i) => i.checked).map((i) => i.value)) }));
    const rows = field.options.map((o, i) => el("label", { class: "t-choix" }, inputs[i], el("span", {}, o.label)));
    return { node: el("div", {}, ...rows), group: true, update: (v) => inputs.forEach((i) => { i.checked = (v ?? []).includes(i.value); }) };
  },

  range(field, send, ids) {
    const limits = { min: field.min, max: field.max, step: field.step ?? 1 };
    const slide = el("input", { type: "range", id: ids.control, ...limits, "aria-describedby": ids.described,
      "aria-valuetext": null, oninput: () => { exact.value = slide.value; send(Number(slide.value)); } });
    const exact = el("input", { type: "number", ...limits, "aria-label": `${field.label}, valeur exacte`,
      "aria-describedby": ids.described, onchange: () => { send(readNumber(exact.value)); } });
    return {
      node: el("div", { class: "t-curseur" }, slide, el("span", { class: "t-unite" }, exact, field.unit ?? "")),
      update: (v) => { slide.value = typeof v === "number" ? v : (field.min + field.max) / 2; exact.value = v ?? ""; },
    };
  },

  number(field, send, ids) {
    const control = el("input", { type: "text", inputmode: "decimal", autocomplete: "off", id: ids.control,
      "aria-describedby": ids.described, onchange: () => send(readNumber(control.value)) });
    return {
      node: el("span", { class: "t-unite t-court" }, control, field.unit ?? ""),
      update: (v) => { if (readNumber(control.value) !== v) control.value = showNumber(v); },
    };
  },

  ranking(field, send, ids) {
    const list = el("ol", { class: "t-rang", "aria-labelledby": ids.label });
    const live = el("p", { class: "t-invisible", role: "status" });
    const keep = el("button", { type: "button", class: "t-bouton t-bouton--clair t-bouton--petit",
      onclick: () => send(order.map((o) => o.id)) }, "Garder cet ordre");
    let order = [...field.options];
    const ordinal = (n) => (n === 1 ? "1er" : `${n}e`);
    function move(item, by, button) {
      const from = order.indexOf(item);
      const to = from + by;
      if (to < 0 || to >= order.length) return;
      order.splice(from, 1);
      order.splice(to, 0, item);
      draw();
      send(order.map((o) => o.id));
      const row = list.children[to];
      const again = row.querySelector(`[data-by="${by}"]`);
      (again.disabled ? row.querySelector("button:not(:disabled)") : again).focus();
      live.textContent = `${item.label} est maintenant ${ordinal(to + 1)} sur ${order.length}.`;
    }
    function draw() {
      list.replaceChildren(...order.map((item, i) => el("li", {}, el("p", {}, el("strong", {}, item.label)),
        el("span", { class: "t-actions" },
          ...[[-1, "Monter", "up", i === 0], [1, "Descendre", "down", i === order.length - 1]].map(([by, word, art, off]) =>
            el("button", { type: "button", class: "t-icone", "data-by": by, "aria-label": `${word}\u00a0: ${item.label}`,
              disabled: off, onclick: () => move(item, by) }, icon(art, 20)))))));
    }
    return {
      node: el("div", {}, list, keep, live), group: true,
      update: (v) => {
        keep.hidden = Array.isArray(v);
        if (Array.isArray(v) && v.join() !== order.map((o) => o.id).join()) {
          order = v.map((id) => field.options.find((o) => o.id === id)).filter(Boolean);
        }
        if (!list.contains(document.activeElement)) draw();
      },
    };
  },

  allocation(field, send, ids) {
    const inputs = {};
    const word = el("span", {});
    const total = el("p", { class: "t-total", role: "status" }, word);
    const collect = () => {
      const value = {};
      let any = false;
      for (const [id, input] of Object.entries(inputs)) {
        const read = readNumber(input.value);
        if (read !== null) { value[id] = read; any = true; }
      }
      send(any ? value : null);
      tell();
    };
    function tell() {
      const sum = Object.values(inputs).reduce((s, i) => { const r = readNumber(i.value); return s + (typeof r === "number" ? r : 0); }, 0);
      const unit = field.unit || "points";
      if (!field.total) { word.textContent = `Total\u00a0: ${showNumber(sum)} ${unit}.`; return; }
      const left = Math.round((field.total - sum) * 100) / 100;
      word.textContent = left === 0 ? `Tout est placé\u00a0: ${showNumber(field.total)} ${unit}.`
        : left > 0 ? `Il reste ${showNumber(left)} ${unit} à placer.` : `${showNumber(-left)} ${unit} de trop.`;
    }
    const rows = field.options.map((o) => {
      const id = uid();
      inputs[o.id] = el("input", { type: "text", inputmode: "decimal", autocomplete: "off", id,
        "aria-describedby": ids.described, onchange: collect, oninput: tell });
      return el("div", {}, el("label", { for: id }, o.label), inputs[o.id]);
    });
    return {
      node: el("div", { class: "t-repartition" }, ...rows, total), group: true,
      update: (v) => {
        for (const [id, input] of Object.entries(inputs)) {
          const wanted = v && id in v ? v[id] : null;
          if (readNumber(input.value) !== wanted) input.value = showNumber(wanted);
        }
        tell();
      },
    };
  },

  grid(field, send, ids) {
    const selects = {};
    const collect = () => {
      const value = {};
      for (const [id, s] of Object.entries(selects)) if (s.value) value[id] = s.value;
      send(Object.keys(value).length ? value : null);
    };
    const rows = field.rows.map((r) => {
      selects[r.id] = el("select", { "aria-label": r.label, "aria-describedby": ids.described, onchange: collect },
        el("option", { value: "" }, "Choisir…"), ...field.columns.map((c) => el("option", { value: c.id }, c.label)));
      return el("tr", {}, el("th", { scope: "row" }, r.label), el("td", {}, selects[r.id]));
    });
    return {
      node: el("table", { class: "t-matrice", "aria-labelledby": ids.label },
        el("thead", {}, el("tr", {}, el("th", { scope: "col" }, "À classer"), el("th", { scope: "col" }, "Votre réponse"))),
        el("tbody", {}, ...rows)),
      group: true,
      update: (v) => { for (const [id, s] of Object.entries(selects)) s.value = (v ?? {})[id] ?? ""; },
    };
  },

  placement(field, send, ids) {
    const sliders = {};
    const dots = {};
    const plane = document.createElementNS("http://www.w3.org/2000/svg", "svg");
    plane.setAttribute("viewBox", "0 0 300 300");
    plane.setAttribute("aria-hidden", "true");
    plane.setAttribute("class", "t-plan");
    plane.innerHTML = '<rect x="30" y="10" width="260" height="260" fill="#fff" stroke="#6B7C7D"/><path d="M160 10v260M30 140h260" stroke="#D9DDD4"/>'
      + '<path d="M30 270h260M30 270V10" stroke="#14282B" stroke-width="2"/>';
    const caption = (x, y, text, rotate) => {
      const t = document.createElementNS("http://www.w3.org/2000/svg", "text");
      t.setAttribute("x", x); t.setAttribute("y", y); t.setAttribute("text-anchor", "middle"); t.setAttribute("font-size", "13");
      if (rotate) t.setAttribute("transform", `rotate(-90 ${x} ${y})`);
      t.textContent = text;
      plane.append(t);
    };
    caption(160, 290, `${field.x.label} →`);
    caption(18, 140, `${field.y.label} →`, true);
    // An item is placed once both its axes were moved: a slider left in the middle is not an answer.
    const moved = Object.fromEntries(field.options.map((o) => [o.id, new Set()]));
    const isPlaced = (id) => moved[id].size === 2;
    const collect = () => Object.fromEntries(Object.keys(moved).filter(isPlaced)
      .map((id) => [id, sliders[id].map((s) => Number(s.value) / 10)]));
    const rows = field.options.map((o, i) => {
      const make = (axis, name) => {
        const slide = el("input", { type: "range", min: 0, max: 10, step: 1, value: 5, "aria-describedby": ids.described,
          "aria-label": `${o.label}\u00a0: ${axis.label}, de ${axis.low} (0) à ${axis.high} (10)`,
          oninput: () => { moved[o.id].add(name); draw(); if (isPlaced(o.id)) send(collect()); } });
        return el("div", { class: "t-axe" }, el("span", { "aria-hidden": "true" }, axis.label), slide);
      };
      const [x, y] = [make(field.x, "x"), make(field.y, "y")];
      sliders[o.id] = [x.lastChild, y.lastChild];
      const g = document.createElementNS("http://www.w3.org/2000/svg", "g");
      g.innerHTML = `<circle r="12" fill="#0A6661"/><text text-anchor="middle" dy="5" font-size="13" font-weight="700" fill="#fff">${i + 1}</text>`;
      plane.append(g);
      dots[o.id] = g;
      return el("fieldset", { class: "t-champ t-item" }, el("legend", {}, `${i + 1}. ${o.label}`),
        x, y);
    });
    function draw() {
      for (const [id, [x, y]] of Object.entries(sliders)) {
        dots[id].setAttribute("transform", `translate(${30 + 26 * x.value} ${270 - 26 * y.value})`);
        dots[id].setAttribute("opacity", isPlaced(id) ? 1 : 0.35);
      }
    }
    return {
      node: el("div", { class: "t-placement" }, plane, el("div", {}, ...rows)), group: true,
      update: (v) => {
        for (const [id, xy] of Object.entries(v ?? {})) {
          if (!sliders[id] || !xy) continue;
          moved[id].add("x").add("y");
          sliders[id][0].value = Math.round(xy[0] * 10);
          sliders[id][1].value = Math.round(xy[1] * 10);
        }
        draw();
      },
    };
  },

  // Numbers, or choices, at the crossings of rows and columns.
  table(field, send, ids) {
    const cells = {};
    const collect = () => {
      const value = {};
      for (const [row, inputs] of Object.entries(cells)) {
        const kept = Object.entries(inputs).filter(([, i]) => i.value !== "").map(([column, i]) => [column, field.choices ? i.value : readNumber(i.value)]);
        if (kept.length) value[row] = Object.fromEntries(kept);
      }
      send(value);
    };
    const cell = (row, column) => {
      const attributes = { "aria-label": `${row.label}\u00a0: ${column.label}`, "aria-describedby": ids.described, onchange: collect };
      return field.choices
        ? el("select", attributes, el("option", { value: "" }, "–"), ...field.choices.map((c) => el("option", { value: c.id }, c.label)))
        : el("input", { type: "text", inputmode: "decimal", autocomplete: "off", ...attributes });
    };
    const rows = field.rows.map((row) => {
      cells[row.id] = {};
      return el("tr", {}, el("th", { scope: "row" }, row.label), ...field.columns.map((column) => {
        cells[row.id][column.id] = cell(row, column);
        return el("td", {}, cells[row.id][column.id]);
      }));
    });
    return {
      node: el("div", { class: "t-defile t-fige t-cases", role: "region", tabindex: "0", "aria-label": field.label },
        el("table", {}, el("thead", {}, el("tr", {}, el("th", { scope: "col" }, field.corner ?? ""), ...field.columns.map((c) => el("th", { scope: "col" }, c.label)))),
          el("tbody", {}, ...rows))),
      group: true,
      update: (v) => {
        for (const [row, inputs] of Object.entries(cells)) for (const [column, input] of Object.entries(inputs)) {
          const wanted = v?.[row]?.[column] ?? null;
          if (field.choices) input.value = wanted ?? "";
          else if (readNumber(input.value) !== wanted) input.value = showNumber(wanted);
        }
      },
    };
  },

  file(field, send, ids, tell) {
    const most = field.most ?? 5e6;
    const said = el("p", { class: "t-petit", role: "status" });
    const control = el("input", { type: "file", id: ids.control, accept: field.accept, "aria-describedby": ids.described,
      onchange: async () => {
        const [chosen] = control.files;
        if (!chosen) return;
        control.value = "";  // the same file, mended, can be chosen again
        if (chosen.size > most) { said.textContent = `«\u00a0${chosen.name}\u00a0» est trop lourd\u00a0: ${Math.round(most / 1e6)} Mo au plus. Rien n’est changé.`; return; }
        said.textContent = `«\u00a0${chosen.name}\u00a0» est ouvert.`;
        tell({ file: chosen.name, field: field.name }, [await chosen.arrayBuffer()]);
      } });
    return { node: el("div", {}, control, said), update: () => {} };
  },

  text(field, send, ids) {
    const inputs = {};
    let timer;
    const collect = () => {
      clearTimeout(timer);
      const value = {};
      for (const [id, i] of Object.entries(inputs)) if (i.value !== "") value[id] = i.value;
      send(Object.keys(value).length ? value : null);
    };
    const rows = field.fields.map((f) => {
      const id = field.alone ? ids.control : uid();
      const attributes = { id, "aria-describedby": f.hint ? `${id}a` : ids.described, autocomplete: "off", maxlength: f.length,
        onchange: collect, oninput: () => { clearTimeout(timer); timer = setTimeout(collect, 800); } };
      inputs[f.id] = f.lines > 1 ? el("textarea", { ...attributes, rows: f.lines }) : el("input", { type: "text", ...attributes });
      return field.alone ? inputs[f.id] : el("div", { class: "t-champ" }, el("label", { for: id }, f.label),
        f.hint ? el("span", { class: "t-aide", id: `${id}a` }, f.hint) : null, inputs[f.id]);
    });
    return {
      node: el("div", {}, ...rows), group: !field.alone,
      update: (v) => { for (const [id, i] of Object.entries(inputs)) if (document.activeElement !== i) i.value = (v ?? {})[id] ?? ""; },
    };
  },
};

function build(field, report, tell) {
  const base = uid();
  const ids = { control: base, label: `${base}l`, hint: `${base}a`, error: `${base}e`,
    described: [field.hint ? `${base}a` : "", `${base}e`].filter(Boolean).join(" ") };
  const error = el("p", { class: "t-erreur", id: ids.error });
  error.hidden = true;
  const part = kinds[field.kind](field, (v) => report(field.name, v), ids, tell);
  const hint = field.hint ? el("span", { class: "t-aide", id: ids.hint }, field.hint) : null;
  const node = part.group
    ? el("fieldset", { class: "t-champ", "aria-describedby": ids.described }, el("legend", { id: ids.label }, field.label), hint, part.node, error)
    : el("div", { class: "t-champ" }, el("label", { for: ids.control, id: ids.label }, field.label), hint, part.node, error);
  const controls = () => node.querySelectorAll("input,select,textarea");
  return {
    node, update: part.update,
    fault(text) {
      error.textContent = text ?? "";
      error.hidden = !text;
      controls().forEach((c) => (text ? c.setAttribute("aria-invalid", "true") : c.removeAttribute("aria-invalid")));
    },
  };
}

function render({ model, el: root }) {
  root.classList.add("territ");
  // JupyterLab moves its own cursor with the arrow keys: they belong to the control while it has the focus.
  root.dataset.lmSuppressShortcuts = "true";
  root.addEventListener("keydown", (event) => event.stopPropagation());
  const title = el(`h${model.get("level")}`, { id: uid() });
  const fields = el("div", { class: "t-champs" });
  const more = el("div", {});
  const actions = el("div", { class: "t-actions" });
  const status = el("p", { class: "t-petit t-etat-saisie", role: "status" });
  const feedback = el("div", { role: "status" });
  const card = el("section", { class: `t-carte ${model.get("css_class")}` }, title, fields, more, actions, status, feedback);
  root.replaceChildren(card);
  let parts = {};

  const report = (name, value) => {
    model.set("value", { ...model.get("value"), [name]: value });
    model.save_changes();
  };
  // A press travels with the values: sent apart, it would overtake what was typed just before.
  function press(action) {
    const before = model.get("pressed");
    const number = Math.max(Date.now(), (before.at(-1)?.number ?? 0) + 1);
    model.set("pressed", [...before, { number, action }].slice(-20));
    model.save_changes();
  }
  const tell = (message, buffers) => model.send(message, undefined, buffers);
  // What is being typed survives a form that is drawn again.
  function holdFocus() {
    const active = document.activeElement;
    const [name] = Object.entries(parts).find(([, part]) => part.node.contains(active)) ?? [];
    if (!name) return () => {};
    const place = [...parts[name].node.querySelectorAll("input,select,textarea,button")].indexOf(active);
    const typed = active.matches("textarea,input[type=text]") ? active.value : null;
    return () => {
      const again = parts[name]?.node.querySelectorAll("input,select,textarea,button")[place];
      if (!again) return;
      if (typed !== null) again.value = typed;
      again.focus();
    };
  }
  function drawSpec() {
    const restoreFocus = holdFocus();
    title.textContent = model.get("title");
    title.hidden = !title.textContent;
    if (title.textContent) card.setAttribute("aria-labelledby", title.id);
    parts = {};
    const spec = model.get("spec");
    const make = (field) => { parts[field.name] = build(field, report, tell); return parts[field.name].node; };
    fields.replaceChildren(...spec.filter((f) => !f.advanced).map(make));
    // `advanced` is true, or the name of a closed group.
    const groups = new Map();
    for (const field of spec.filter((f) => f.advanced)) groups.set(field.advanced, [...(groups.get(field.advanced) ?? []), field]);
    const opened = new Set([...more.querySelectorAll("details[open]>summary")].map((s) => s.textContent));
    more.replaceChildren(...[...groups].map(([name, grouped]) => {
      const summary = name === true ? "Réglages avancés" : name;
      return el("details", { open: opened.has(summary) }, el("summary", {}, summary), ...grouped.map(make));
    }));
    drawValue();
    drawErrors();
    restoreFocus();
  }
  function drawValue() {
    const value = model.get("value");
    for (const [name, part] of Object.entries(parts)) part.update(value[name] ?? null);
  }
  function drawErrors() {
    const errors = model.get("errors");
    for (const [name, part] of Object.entries(parts)) part.fault(errors[name]);
  }
  function drawActions() {
    const held = actions.contains(document.activeElement) ? document.activeElement.dataset.action : "";
    actions.replaceChildren(...model.get("actions").map((a) =>
      el("button", { type: "button", class: `t-bouton ${a.primary ? "" : "t-bouton--clair"}`, "data-action": a.id, "aria-label": a.said,
        onclick: () => press(a.id) }, a.label)));
    if (held) actions.querySelector(`[data-action="${held}"]`)?.focus();
  }
  // Python asks for it when the button that was pressed is gone: the keyboard must not be sent back to the top.
  function drawFocus(tries = 90) {
    const wanted = model.get("focus");
    if (!wanted) return;
    const target = wanted === "first" ? fields.querySelector("input,select,textarea")
      : actions.querySelector(`[data-action="${wanted}"]`) ?? actions.querySelector("button");
    if (!target?.offsetParent) { if (tries) requestAnimationFrame(() => drawFocus(tries - 1)); return; }
    target.focus();
    // Later: what is set while a message of Python's is being followed does not go back to it.
    setTimeout(() => { model.set("focus", ""); model.save_changes(); });
  }
  function drawStatus() { status.textContent = model.get("status"); }
  function drawFeedback() {
    const f = model.get("feedback");
    feedback.replaceChildren();
    if (!f.verdict) return;
    feedback.append(el("div", { class: `t-retour ${VERDICT_CLASS[f.verdict]}` }, icon(f.verdict, 28),
      el("div", {}, el("p", {}, el("strong", {}, f.title)), ...f.reasons.map((r) => el("p", {}, r)))));
  }
  const watch = { "change:spec": drawSpec, "change:title": drawSpec, "change:value": drawValue, "change:errors": drawErrors,
    "change:actions": drawActions, "change:status": drawStatus, "change:feedback": drawFeedback, "change:focus": () => drawFocus() };
  for (const [event, draw] of Object.entries(watch)) model.on(event, draw);
  const received = (message, buffers) => {
    const link = el("a", { href: URL.createObjectURL(new Blob([buffers[0]], { type: message.type })), download: message.file });
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 10000);
  };
  model.on("msg:custom", received);
  drawSpec(); drawActions(); drawStatus(); drawFeedback(); drawFocus();
  root.classList.add("t-pret");
  return () => {
    for (const [event, draw] of Object.entries(watch)) model.off(event, draw);
    model.off("msg:custom", received);
  };
}
export default { render };
