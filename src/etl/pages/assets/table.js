"use strict";
// A table that sorts, filters and copies. Columns: {name, of: row -> text or element, key: row -> what it sorts by, number, wide}.

luodi.table = (columns, rows, { caption, filter = rows.length > 12, most = 200, sorted } = {}) => {
  const { h, say } = luodi;
  let order = sorted ? [sorted[0], sorted[1]] : null, words = "", all = false;
  const body = h("tbody"), heads = columns.map((c, at) => h("th", { scope: "col", class: c.number ? "number" : null },
    h("button", { type: "button", onclick: () => { order = [at, order && order[0] === at ? -order[1] : c.number ? -1 : 1]; fill(); } }, c.name)));
  const count = h("span.count", { "aria-live": "polite" });
  const more = h("button.more", { type: "button", onclick: () => { all = true; fill(); } });

  const key = (c, row) => c.key ? c.key(row) : text(c.of(row));
  const text = (cell) => cell instanceof Node ? cell.textContent : cell == null ? "" : String(cell);
  const searched = (row) => columns.map((c) => text(c.of(row))).join(" ").toLowerCase();

  function compare(a, b) {
    const blank = (v) => v == null || v === "";
    if (blank(a) || blank(b)) return blank(a) - blank(b);
    const [x, y] = [Number(a), Number(b)];
    return order[1] * (Number.isNaN(x) || Number.isNaN(y) ? String(a).localeCompare(String(b), "zh") : x - y);
  }

  function chosen() {
    let found = words ? rows.filter((r) => words.split(/\s+/).every((w) => searched(r).includes(w))) : rows;
    if (order) { const c = columns[order[0]]; found = found.map((r, at) => [key(c, r), at, r]).sort((a, b) => compare(a[0], b[0]) || a[1] - b[1]).map((f) => f[2]); }
    return found;
  }

  function fill() {
    const found = chosen(), shown = all ? found : found.slice(0, most);
    body.replaceChildren(...shown.map((row) => h("tr", {}, columns.map((c) => h("td", { class: [c.number && "number", c.wide && "wide"].filter(Boolean).join(" ") || null }, c.of(row))))));
    heads.forEach((head, at) => head.setAttribute("aria-sort", order && order[0] === at ? (order[1] > 0 ? "ascending" : "descending") : "none"));
    count.textContent = say("rows", { shown: shown.length, all: found.length });
    more.hidden = shown.length === found.length;
    more.textContent = say("show_all", { all: found.length });
  }

  async function copy(event) {
    const lines = [columns.map((c) => c.name), ...chosen().map((row) => columns.map((c) => text(c.of(row)).replace(/\s+/g, " ")))];
    const all = lines.map((line) => line.join("\t")).join("\n"), button = event.target;
    const area = h("textarea", { "aria-hidden": "true" }); // works from a folder too, where the clipboard's own interface is shut
    area.value = all; document.body.append(area); area.select(); document.execCommand("copy"); area.remove();
    button.textContent = say("copied"); setTimeout(() => { button.textContent = say("copy"); }, 1500);
  }

  const tools = h("div.tools", {},
    filter && h("input", { type: "search", placeholder: say("filter"), "aria-label": say("filter"), oninput: (e) => { words = e.target.value.trim().toLowerCase(); fill(); } }),
    count, h("button", { type: "button", onclick: copy }, say("copy")));
  fill();
  return h("div.table", {}, tools, h("div.scroll", { tabindex: "0", role: "region", "aria-label": caption || say("table") }, h("table", {}, caption && h("caption", {}, caption), h("thead", {}, h("tr", {}, heads)), body)), more);
};
