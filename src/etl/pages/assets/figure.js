"use strict";
// A figure is a link to its own page: the formula with its numbers, who adds what, and each line with the cells that it was read from.
// A figure is [value, numerator, denominator, minus, reason, missing units, estimated %, parts, units of its base that have none now].

luodi.figure = (place, period, grain, member, figure, { uom = false, digits } = {}) => {
  const { h, frame } = luodi, m = frame.measures[place];
  if (!m || !figure) return h("span.none", {}, "—");
  const value = figure[0], text = value == null ? (figure[4] ? luodi.code(figure[4], "reason") : "—") : luodi.shown(value, digits ?? m.decimals);
  const open = figure[5] ? luodi.say("without", { units: luodi.unitNames(figure[5]) }) : "";
  const gone = figure[8] ? luodi.say("gone", { units: luodi.unitNames(figure[8]) }) : "";
  const guess = figure[6] ? luodi.say("estimated", { share: luodi.shown(figure[6]) }) : "";
  return h("a.figure", { href: luodi.link("figure", place, period, grain, member), "data-value": value, title: [open, gone, guess].filter(Boolean).join("；") || null },
    h(value == null ? "span.none" : "span", {}, text), uom && value != null && h("span.uom", {}, luodi.uom(m.uom)), (open || gone || guess) && h("sup", { "aria-label": open || gone || guess }, open ? "*" : gone ? "†" : "≈"));
};

luodi.views.figure = async (at, period, grain, member) => {
  const { h, say, frame } = luodi, place = Number(at), m = frame.measures[place];
  const all = await luodi.load(`measure/${place}`), figure = ((all[grain] || {})[member] || {})[period];
  const whose = grain === "county" ? say("county") : grain === "unit" ? luodi.unitName(member) : luodi.code(grain) + " " + member;
  const page = [
    h("p.path", {}, h("a", { href: luodi.link("indicator", place, period) }, luodi.measureName(place)), " › ", luodi.periodName(period), " › ", whose),
    h("h1", {}, `${whose} ${luodi.periodName(period)} ${luodi.measureName(place)}`),
  ];
  if (!figure) return [...page, luodi.empty("no_figure")];
  page.push(h("p.big", {}, figure[0] == null ? luodi.code(figure[4], "reason") : luodi.shown(figure[0], m.decimals), " ", h("span.uom", {}, luodi.uom(m.uom))),
    luodi.definition(place), luodi.formula(m, figure));
  if (figure[5]) page.push(h("p.note", {}, say("without", { units: luodi.unitNames(figure[5]) })));
  if (figure[8]) page.push(h("p.note", {}, say("gone", { units: luodi.unitNames(figure[8]) })));
  if (figure[6]) page.push(h("p.note", {}, say("estimated", { share: luodi.shown(figure[6]) })));
  if (figure[7]) {
    page.push(luodi.section(say("made_of"), h("ul", {}, figure[7].split(" ").map((part) => h("li", {}, luodi.periodName(part), " ",
      luodi.figure(place, part, grain, member, ((all[grain] || {})[member] || {})[part], { uom: true }))))));
  } else if (grain === "unit") {
    page.push(await ways([member]));
  } else {
    const units = Object.entries(all.unit || {}).filter(([, f]) => f[period]).map(([unit]) => unit);
    if (grain === "county") page.push(byUnit());
    const holder = h("div"), open = async () => holder.replaceChildren(await ways(frame.units.map((u) => u.unit)));
    if (grain === "county" && units.length) page.push(h("p", {}, h("button", { type: "button", onclick: open }, say("all_lines"))));
    else await open();
    page.push(holder);
  }
  return page;

  function byUnit() {
    const rows = Object.entries(all.unit || {}).map(([unit, f]) => [unit, f[period]]).filter(([, f]) => f);
    return luodi.section(say("by_unit"), luodi.table([
      { name: say("unit"), of: ([unit]) => h("a", { href: luodi.link("figure", place, period, "unit", unit) }, luodi.unitName(unit)) },
      { name: luodi.measureName(place), number: true, of: ([unit, f]) => luodi.figure(place, period, "unit", unit, f, { uom: true }), key: ([, f]) => f[0] },
      { name: say("numerator"), number: true, of: ([, f]) => luodi.shown(f[1]), key: ([, f]) => f[1] },
      ...(m.kind === "ratio" || m.kind === "attained" ? [{ name: say("denominator"), number: true, of: ([, f]) => luodi.shown(f[2]), key: ([, f]) => f[2] }] : []),
    ], rows, { sorted: [1, -1] }));
  }

  async function ways(units) {
    const counted = luodi.frame.levels[grain] || "unit", own = ["unit", "county"].includes(grain) ? grain : counted, parts = [];
    for (const unit of units) {
      const way = await luodi.way(m.form, unit, period);
      for (const part of (way && way.adds[place]) || []) {
        if (part[1] !== own && part[1] !== "both") continue;
        const line = await luodi.lineOf(way, part[4], unit);
        if (!["unit", "county"].includes(grain) && !(line && (line.members[grain] || []).includes(member))) continue;
        parts.push({ role: part[0], columns: (part[2] || "").split(",").filter(Boolean), adds: part[3], line, other: part[5], unit });
      }
    }
    return lines(parts);
  }

  function lines(parts) {
    if (!parts.length) return luodi.section(say("lines"), luodi.empty("no_lines"));
    const merged = new Map();
    for (const part of parts) {
      const key = part.line ? part.line.key : part.other;
      if (!merged.has(key)) merged.set(key, { ...part, adds: {}, columns: new Set() });
      const row = merged.get(key);
      row.adds[part.role] = part.adds;
      part.columns.forEach((c) => row.columns.add(c));
    }
    const roles = [...new Set(parts.map((p) => p.role))].sort().reverse();
    return luodi.section(say("lines"), luodi.table([
      { name: say("unit"), of: (r) => luodi.unitLink(r.line ? r.line.unit : r.unit, period), key: (r) => luodi.unitName(r.line ? r.line.unit : r.unit) },
      { name: say("line"), of: (r) => r.line ? r.line.name : luodi.code("submission") },
      ...roles.map((role) => ({ name: roles.length > 1 ? luodi.code(role) : say("adds"), number: true, of: (r) => luodi.shown(r.adds[role]), key: (r) => r.adds[role] })),
      { name: say("cells"), wide: true, of: (r) => r.line ? luodi.cells(r.line, [...r.columns]) : h("span", {}, r.other) },
      { name: say("where"), wide: true, of: (r) => r.line ? `${r.line.file}${r.line.sheet ? " › " + r.line.sheet : ""} › ${say("row", { row: r.line.row })}` : "" },
    ], [...merged.values()], { sorted: [2, -1] }));
  }
};

luodi.definition = (place) => {
  const { h, say, frame } = luodi, m = frame.measures[place];
  return h("dl.definition", {}, h("dt", {}, say("definition")), h("dd", {}, luodi.lang() ? m.definition_en : m.definition),
    m.edge_cases && [h("dt", {}, say("edge_cases")), h("dd", {}, m.edge_cases)]);
};

luodi.formula = (m, figure) => {
  const [value, n, d, minus] = figure, tell = (t) => luodi.shown(t, 6);
  if (value == null || d == null) return null;
  return luodi.h("p.formula", {}, `${tell(n)}${minus ? " − " + tell(minus) : ""} ÷ ${tell(d)} → ${tell(value)} ${luodi.uom(m.uom)}`);
};

luodi.way = (form, unit, period) => luodi.load(`way/${form}/${period.slice(0, 4)}/${luodi.fileName(unit)}`).then((year) => year[period]).catch(() => null);

// A line by its place: a number in the unit's own list, or [form, unit, period, number] where it was sent by another.
luodi.lineOf = async (way, at, unit) => {
  if (at == null) return null;
  const away = Array.isArray(at), from = away ? await luodi.way(...at.slice(0, 3)) : way, number = away ? at[3] : at;
  if (number == null || !from) return null;
  const [sent, row, status, key, values, where, findings, members] = from.lines[number], [file, sheet, received] = from.sent[sent];
  const name = ["project_name", "programme_name", "budget_item", "problem_no", "indicator", "enterprise_name"].map((c) => values[c]).find(Boolean) || key;
  return { key: JSON.stringify(away ? at : [unit, at]), unit: away ? at[1] : unit, row, status, name, values, where, findings, members, file, sheet, received };
};

// The cells of a line: address, column and what stood there; the ones that a figure was made of first.
luodi.cells = (line, columns, form) => {
  const { h, say } = luodi, cell = (c) => h("span.cell", {}, h("b", {}, line.where[c]), " ", form ? luodi.columnName(form, c) : luodi.anyColumn(c), h("q", {}, line.values[c] ?? ""));
  const first = columns.filter((c) => c in line.where), rest = Object.keys(line.where).filter((c) => !first.includes(c) && line.values[c] != null);
  const found = line.findings.map(([rule, severity, at, sentence]) => h("p.finding." + severity, {}, h("b", {}, rule), " ", at || "", " ", sentence));
  return h("div.cells", {}, first.map(cell), rest.length > 0 && h("details", {}, h("summary", {}, say("whole_line")), rest.map(cell)), found);
};
luodi.anyColumn = (name) => { for (const form of Object.keys(luodi.frame.columns)) if (luodi.frame.columns[form][name]) return luodi.columnName(form, name); return name; };
