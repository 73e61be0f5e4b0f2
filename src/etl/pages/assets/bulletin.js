"use strict";
// The bulletin of a period: sentences, tables of units by subject, and what each column means; made to be printed.

luodi.views.bulletin = async (period = luodi.latest()) => {
  const { h, say, frame } = luodi, data = await luodi.load(`period/${period}`), now = luodi.period(period);
  return [h("div.title.print", {}, luodi.choosePeriod(period, (p) => luodi.link("bulletin", p)), h("button", { type: "button", onclick: () => print() }, say("print")), h("span", {}, (frame.papers[period] || []).map((name) => [h("a.paper", { href: `../papers/${period}/${encodeURIComponent(name)}` }, name), "　"]))),
    h("article.bulletin", {}, h("h1", {}, say("bulletin_title", { county: frame.county, period: luodi.periodName(period) })), h("p.as-of", {}, say("as_of", { day: frame.as_of, time: luodi.shown(now.time_progress, 1) })),
      data.sentences.map((s) => h("p.sentence", {}, luodi.pair(s.text))), frame.bulletin.map(subject))];

  function subject(table, at) {
    const hasAny = (p) => [data.county[p], ...Object.values(data.units[p] || {})].some((f) => f && f[0] != null);
    const places = table.figures.map(luodi.place).filter((p) => p >= 0 && hasAny(p)), units = frame.units.map((u) => u.unit).filter((unit) => places.some((p) => (data.units[p] || {})[unit]));
    if (!units.length) return null;
    return luodi.section(`${at + 1}. ${say("bulletin_" + table.name)}`, luodi.table([{ name: say("unit"), of: (u) => u === "*" ? h("b", {}, say("county")) : luodi.unitLink(u, period) },
      ...places.map((p) => ({ name: `${luodi.measureName(p)}（${luodi.uom(frame.measures[p].uom)}）`, number: true, of: (u) => { const f = u === "*" ? data.county[p] : (data.units[p] || {})[u]; return f ? luodi.figure(p, period, u === "*" ? "county" : "unit", u, f) : ""; }, key: (u) => (((u === "*" ? data.county[p] : (data.units[p] || {})[u])) || [])[0] }))],
      ["*", ...units], { filter: false }), h("ol.definitions", {}, places.map((p) => h("li", {}, h("b", {}, luodi.measureName(p)), "：", luodi.lang() ? frame.measures[p].definition_en : frame.measures[p].definition))));
  }
};
