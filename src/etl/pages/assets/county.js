"use strict";
// The county's page: how it stands at a period, which unit lags and why, and how far the numbers may be trusted.

luodi.views.county = async (period = luodi.latest()) => {
  const { h, say, frame } = luodi, now = luodi.period(period), data = await luodi.load(`period/${period}`);
  const before = now.before && luodi.period(now.before) ? await luodi.load(`period/${now.before}`) : null;
  const matters = await luodi.load("matters"), time = now.time_progress;
  const county = (name, from = data) => from && from.county[luodi.place(name)];
  const units = (name) => data.units[luodi.place(name)];
  // What counts from the year's first day is not held against December's.
  const follows = (place) => frame.measures[place].nature !== "year_to_date" || now.grain === "year" || luodi.period(now.before).year === now.year;

  return [
    h("div.title", {}, h("h1", {}, `${frame.county}${luodi.lang() ? " " : ""}${luodi.periodName(period)}`), luodi.choosePeriod(period, (p) => luodi.link("county", p))),
    h("div.time", {}, h("span", {}, say("time_progress")), h("progress", { max: 100, value: time, "aria-label": say("time_progress") }), h("b", {}, luodi.shown(time, 1) + "%")),
    summary(), cards(), ranks(), compared(), months(), lights(), owed(), quality(), findings(), moved(),
  ];

  function summary() {
    return h("ul.summary", {}, data.sentences.map((s) => h("li", {}, luodi.pair(s.text), " ",
      s.figures.map((name) => county(name)).some(Boolean) && h("span.ways", {}, s.figures.filter((name) => county(name)).map((name) => h("a", { href: luodi.link("figure", luodi.place(name), period, "county", "*"), title: luodi.measureName(luodi.place(name)) }, "↓"))))));
  }

  function cards() {
    return h("div.cards", {}, frame.cards.filter((c) => county(c.figure)).map((c) => {
      const place = luodi.place(c.figure), m = frame.measures[place], figure = county(c.figure), last = county(c.figure, before);
      const change = last && m.nature !== "flow" && follows(place) && figure[5] === last[5] ? luodi.change(figure[0], last[0]) : null; // of the same units
      const growth = luodi.place(c.figure.replace(".", ".yoy_growth_")), grown = data.county[growth];
      const against = c.time && figure[0] != null ? luodi.change(figure[0], time) : null;
      return h("article.card", {}, h("h3", {}, luodi.measureName(place)), h("p.value", {}, luodi.figure(place, period, "county", "*", figure, { uom: true })),
        against != null && h("p.against." + (against < 0 ? "behind" : "ahead"), {}, say(against < 0 ? "behind_time" : "ahead_of_time", { gap: luodi.shown(String(Math.abs(against)), 1) })),
        c.beside && county(c.beside) && h("p.beside", {}, luodi.measureName(luodi.place(c.beside)), " ", luodi.figure(luodi.place(c.beside), period, "county", "*", county(c.beside), { uom: true })),
        grown && grown[0] != null && h("p.change", {}, say("year_on_year"), " ", luodi.figure(growth, period, "county", "*", grown, { uom: true }), grown[8] && h("span.note", {}, say("gone_many", { count: grown[8].split(" ").length }))),
        change != null && h("p.change", {}, say("since_before", { change: (change > 0 ? "+" : "") + luodi.shown(String(change)), uom: m.uom === "%" ? say("points") : luodi.uom(m.uom) })));
    }));
  }

  function ranks() {
    const ranked = data.places.filter((r) => r.rank_no != null);
    if (!ranked.length) return luodi.section(say("ranking"), luodi.empty("not_released"));
    const moves = Object.fromEntries(data.moves.map((m) => [m.scheme + m.unit, m]));
    return luodi.section(say("ranking"), luodi.table([
      { name: say("group"), of: (r) => luodi.code(r.unit_group) },
      { name: say("rank"), number: true, of: (r) => r.rank_no, key: (r) => r.rank_no },
      { name: say("unit"), of: (r) => luodi.unitLink(r.unit, period) },
      { name: say("score"), number: true, of: (r) => luodi.shown(r.score), key: (r) => r.score },
      { name: say("score_range"), number: true, of: (r) => r.score_low == null || r.score_low === r.score_high ? "" : `${luodi.shown(r.score_low)}–${luodi.shown(r.score_high)}` },
      { name: say("moved"), number: true, of: (r) => luodi.moved(moves[r.scheme + r.unit]) },
      { name: say("standing"), of: (r) => luodi.code(r.standing, "standing") + (r.is_provisional ? say("provisional") : "") },
    ], ranked.sort((a, b) => a.unit_group.localeCompare(b.unit_group) || a.rank_no - b.rank_no)));
  }

  function compared() {
    const made = frame.compared.map((c) => [c, units(c.figure)]).filter(([, members]) => members && Object.values(members).some((f) => f[0] != null));
    return made.length > 0 && luodi.section(say("compared"), h("div.charts", {}, made.map(([c, members]) => {
      const place = luodi.place(c.figure), behind = c.time ? Object.values(members).filter((f) => f[0] != null && Number(f[0]) < Number(time)).length : 0;
      return luodi.unitBars(luodi.measureName(place) + (c.time ? " · " + say("behind_units", { units: behind }) : ""), place, period, members, c.time ? Number(time) : null);
    })));
  }

  function months() {
    const holder = h("div.charts"), stages = frame.stages.map((stage) => [stage, county(`${frame.funnel.form}.${frame.funnel.indicator}_${stage}`)]).filter(([, f]) => f && f[0] != null);
    const stage = (name) => luodi.place(`${frame.funnel.form}.${frame.funnel.indicator}_${name}`);
    if (stages.length) holder.append(luodi.bars(say("funnel"), stage(stages[0][0]), [...stages].reverse(), ([name]) => luodi.link("figure", stage(name), period, "county", "*"),
      luodi.table([{ name: say("stage"), of: ([name]) => name }, { name: say("projects"), number: true, of: ([name, f]) => luodi.figure(stage(name), period, "county", "*", f) }], stages)));
    for (const one of frame.followed) luodi.follow(holder, one.figures.map(luodi.place).filter((place) => place >= 0), now);
    return luodi.section(say("months"), holder);
  }

  function lights() {
    const of = data.lights.filter((l) => l.unit !== "*"), names = [...new Set(of.map((l) => l.unit))];
    if (!of.length) return null;
    const count = (unit, colour) => of.filter((l) => l.unit === unit && l.colour === colour).length;
    const colours = [...new Set(["红", "黄", "绿", ...of.map((l) => l.colour).filter(Boolean).sort()])]; // and what is not due, or not fit to be judged
    return luodi.section(say("lights"), luodi.table([
      { name: say("unit"), of: (u) => luodi.unitLink(u, period) },
      ...colours.map((c) => ({ name: luodi.colour(c), number: true, of: (u) => count(u, c) || "", key: (u) => count(u, c) })),
      { name: say("red_ones"), wide: true, of: (u) => h("ul.plain", {}, of.filter((l) => l.unit === u && l.colour === "红").slice(0, 4).map((l) => h("li", {}, h("b", {}, l.subject_name), "：", l.because))) },
    ], names, { sorted: [1, -1] }));
  }

  function owed() {
    const due = data.slots.filter((s) => s.is_owed), late = due.filter((s) => s.status !== "on_time" || s.verdict === "rejected");
    const coming = matters.filter((m) => m.state !== "recovered" && m.is_past_due);
    return luodi.section(say("owed"), h("p", {}, say("owed_counts", { due: due.length, late: late.length })), late.length > 0 && luodi.table([
      { name: say("unit"), of: (s) => luodi.unitLink(s.unit, period) }, { name: say("form"), of: (s) => luodi.formName(s.form) },
      { name: say("deadline"), of: (s) => s.deadline }, { name: say("received"), of: (s) => s.received || "" },
      { name: say("state"), of: (s) => [luodi.code(s.status, "status"), s.verdict && luodi.code(s.verdict, "verdict")].filter(Boolean).join("，") },
    ], late), coming.length > 0 && h("p", {}, say("past_due", { matters: coming.length })));
  }

  function quality() {
    const of = data.fitness.filter((f) => f.form !== "*"), forms = [...new Set(of.map((f) => f.form))], names = [...new Set(of.map((f) => f.unit))].sort((a, b) => (a === "*") - (b === "*"));
    if (!of.length) return null;
    const verdict = (unit, form) => of.find((f) => f.unit === unit && f.form === form);
    return luodi.section(say("fitness"), h("p.note", {}, say("fitness_told"), " ", h("a", { href: "../quality/index.html" }, say("proven"))), luodi.table([
      { name: say("unit"), of: (u) => u === "*" ? say("county") : luodi.unitLink(u, period) },
      ...forms.map((form) => ({ name: luodi.formName(form), of: (u) => { const v = verdict(u, form); return v ? h("span.fit." + v.verdict, { title: v.reasons }, luodi.code(v.verdict)) : ""; } })),
    ], names));
  }

  function findings() {
    const worst = [...data.findings].filter((f) => f.effect != null).sort((a, b) => Number(b.effect) - Number(a.effect));
    return luodi.section(say("findings"), h("p", {}, say("finding_counts", { errors: data.findings.filter((f) => f.severity === "error").length, warnings: data.findings.filter((f) => f.severity === "warning").length })),
      worst.length > 0 && luodi.findings(worst, { most: 10, unit: true, period }));
  }

  function moved() {
    if (!before) return null;
    const names = [...new Set(frame.bulletin.flatMap((t) => t.figures))].map(luodi.place).filter((p) => p >= 0 && data.county[p] && before.county[p] && follows(p));
    return luodi.section(say("since", { period: luodi.periodName(now.before) }), h("p.note", {}, say("other_units")), luodi.table([
      { name: say("indicator"), of: (p) => h("a", { href: luodi.link("indicator", p, period) }, luodi.measureName(p)) },
      { name: luodi.periodName(now.before), number: true, of: (p) => luodi.figure(p, now.before, "county", "*", before.county[p]), key: (p) => before.county[p][0] },
      { name: luodi.periodName(period), number: true, of: (p) => luodi.figure(p, period, "county", "*", data.county[p]), key: (p) => data.county[p][0] },
      { name: say("change"), number: true, of: (p) => { const c = luodi.change(data.county[p][0], before.county[p][0]); return c == null ? "" : [(c > 0 ? "+" : "") + luodi.shown(String(c)), data.county[p][5] === before.county[p][5] ? "" : "*"].join(""); }, key: (p) => luodi.change(data.county[p][0], before.county[p][0]) },
      { name: say("uom"), of: (p) => luodi.uom(frame.measures[p].uom) },
    ], names));
  }
};

luodi.moved = (move) => move == null || move.rank_change == null ? "" : move.rank_change > 0 ? "↑" + move.rank_change : move.rank_change < 0 ? "↓" + -move.rank_change : "–";

luodi.findings = (rows, { most = 200, unit = false, period } = {}) => luodi.table([
  ...(unit ? [{ name: luodi.say("unit"), of: (f) => luodi.unitLink(f.unit, period) }] : [{ name: luodi.say("period"), of: (f) => luodi.periodName(f.period) }]),
  { name: luodi.say("form"), of: (f) => luodi.formName(f.form) },
  { name: luodi.say("rule"), of: (f) => luodi.h("span", { title: luodi.ruleName(f.rule) }, f.rule) },
  { name: luodi.say("gravity"), of: (f) => luodi.h("span.gravity." + f.severity, {}, luodi.code(f.severity)) },
  { name: luodi.say("sentence"), wide: true, of: (f) => f.sentence },
  { name: luodi.say("effect", { uom: luodi.code("万元") }), number: true, of: (f) => f.effect == null ? "" : luodi.shown(f.effect, 0), key: (f) => f.effect },
  { name: luodi.say("where"), wide: true, of: (f) => [f.file, f.sheet, f.cell || (f.row_no && luodi.say("row", { row: f.row_no }))].filter(Boolean).join(" › ") },
], rows, { most });

// A county's or a unit's figures month by month, up to the period that is shown.
luodi.follow = (holder, places, now, grain = "county", member = "*") => {
  if (!places.length) return;
  luodi.later(async () => {
    const months = luodi.frame.periods.filter((p) => p.grain === now.grain && p.last <= now.last).slice(-13);
    const all = await Promise.all(places.map((place) => luodi.load(`measure/${place}`)));
    const figure = (at, p) => (((all[at][grain] || {})[member]) || {})[p.period];
    if (months.length < 2 || !months.some((p) => figure(0, p))) return;
    const uom = luodi.uom(luodi.frame.measures[places[0]].uom), anew = places.every((place) => luodi.frame.measures[place].nature === "year_to_date");
    const points = months.flatMap((p, i) => anew && i && p.year !== months[i - 1].year ? [null, p] : [p]); // a new year begins at nothing: no line falls
    const short = (p) => places.some((_, at) => (figure(at, p) || [])[5]);
    holder.append(luodi.chart(places.map(luodi.measureName).join("、") + `（${uom}）` + (months.some(short) ? luodi.say("partial_points") : ""), {
      legend: { top: 0 }, xAxis: { type: "category", data: points.map((p) => p ? luodi.periodName(p.period) + (short(p) ? "*" : "") : "") }, yAxis: { type: "value" },
      series: places.map((place, at) => ({ name: luodi.measureName(place), type: "line", symbolSize: 7, connectNulls: false, data: points.map((p) => { const f = p && figure(at, p); return f && f[0] != null ? Number(f[0]) : null; }) })),
    }, luodi.table([{ name: luodi.say("period"), of: (p) => luodi.periodName(p.period), key: (p) => p.last },
      ...places.map((place, at) => ({ name: luodi.measureName(place), number: true, of: (p) => luodi.figure(place, p.period, grain, member, figure(at, p)) }))], months, { filter: false })));
    luodi.draw();
  });
};
