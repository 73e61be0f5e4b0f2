"use strict";
// Indicators: what each means, and one of them over all units and periods, and by its levels.

luodi.views.indicators = async () => {
  const { h, say, frame } = luodi;
  return [h("h1", {}, say("indicators")), luodi.table([
    { name: say("form"), of: ([m]) => luodi.formName(m.form) }, { name: say("indicator"), of: ([, p]) => h("a", { href: luodi.link("indicator", p) }, luodi.measureName(p)) }, { name: say("uom"), of: ([m]) => luodi.uom(m.uom) },
    { name: say("definition"), wide: true, of: ([m]) => luodi.lang() ? m.definition_en : m.definition },
  ], frame.measures.map((m, p) => [m, p]))];
};

luodi.views.indicator = async (at, period = luodi.latest()) => {
  const { h, say, frame } = luodi, place = Number(at), m = frame.measures[place], all = await luodi.load(`measure/${place}`), now = luodi.period(period);
  const some = frame.periods.filter((p) => p.grain === now.grain && p.last <= now.last).slice(-13), holder = h("div.charts");
  luodi.follow(holder, [place], now);
  const members = Object.fromEntries(Object.entries(all.unit || {}).map(([unit, f]) => [unit, f[period]]).filter(([, f]) => f));
  if (Object.keys(members).length > 1) holder.append(luodi.unitBars(`${luodi.measureName(place)} ${luodi.periodName(period)}`, place, period, members));
  return [
    h("p.path", {}, h("a", { href: "#/indicators" }, say("indicators")), " › ", luodi.measureName(place)),
    h("div.title", {}, h("h1", {}, luodi.measureName(place)), luodi.choosePeriod(period, (p) => luodi.link("indicator", place, p))), luodi.definition(place), m.source && h("p.note", {}, say("source", { source: m.source })), holder,
    luodi.section(say("by_unit"), luodi.table([{ name: say("unit"), of: ([grain, unit]) => grain === "county" ? say("county") : luodi.unitLink(unit) },
      ...some.map((p) => ({ name: luodi.periodName(p.period), number: true, of: ([grain, unit, f]) => f[p.period] ? luodi.figure(place, p.period, grain, unit, f[p.period]) : "", key: ([, , f]) => (f[p.period] || [])[0] }))],
      [...Object.entries(all.county || {}).map(([u, f]) => ["county", u, f]), ...Object.entries(all.unit || {}).map(([u, f]) => ["unit", u, f])])),
    Object.keys(all).filter((grain) => !["county", "unit", "branch"].includes(grain)).map((grain) => luodi.section(luodi.code(grain), luodi.table([{ name: luodi.code(grain), of: ([member]) => luodi.unitName(member) },
      { name: luodi.periodName(period), number: true, of: ([member, f]) => luodi.figure(place, period, grain, member, f[period], { uom: true }), key: ([, f]) => (f[period] || [])[0] }],
      Object.entries(all[grain]).filter(([, f]) => f[period]), { sorted: [1, -1] }))),
  ];
};
