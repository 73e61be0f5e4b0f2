"use strict";
// A unit's page: its score with its range, its figures, what it owes, how good its data are, and what it is held to.

luodi.views.unit = async (unit, period = luodi.latest()) => {
  const { h, say, frame } = luodi, data = await luodi.load(`unit/${luodi.fileName(unit)}`), now = luodi.period(period);
  const own = data.figures[period] || {}, before = data.figures[now && now.before] || {};
  const of = (subject) => data[subject].filter((row) => row.period === period);
  const isLatest = period === luodi.latest(), wasRaised = (row) => isLatest || !luodi.period(row.period) || luodi.period(row.period).last <= now.last;
  const holder = h("div.charts");
  const places = ["investment_monthly.arrived_ytd_credited", "investment_monthly.arrived_recognised_credited"].map(luodi.place).filter((p) => p >= 0 && own[p]);
  luodi.follow(holder, places, now, "unit", unit);
  luodi.follow(holder, ["key_project_monthly.completed_ytd"].map(luodi.place).filter((p) => p >= 0 && own[p]), now, "unit", unit);
  return [
    h("p.path", {}, h("a", { href: luodi.link("units", period) }, say("units")), " › ", luodi.unitName(unit)),
    h("div.title", {}, h("h1", {}, `${luodi.unitName(unit)} ${luodi.periodName(period)}`), luodi.choosePeriod(period, (p) => luodi.link("unit", unit, p))),
    scores(), lights(), figures(), luodi.section(say("months"), holder), slots(), fitness(), matters(), findings(),
  ];

  function scores() {
    const places = of("places");
    if (!places.some((p) => p.score != null)) return luodi.section(say("score"), luodi.empty("not_released"));
    return luodi.section(say("score"), places.map((p) => {
      const move = of("moves").find((m) => m.scheme === p.scheme), nodes = of("scores").filter((s) => s.scheme === p.scheme);
      return h("div", {}, h("p.big", {}, luodi.shown(p.score), " ", h("span.uom", {}, luodi.code("分"))),
        h("p", {}, say("placed", { rank: p.rank_no ?? "—", of: p.ranked_units ?? "—", group: luodi.code(p.unit_group) }), " ", luodi.moved(move),
          p.score_low != null && p.score_low !== p.score_high && " " + say("may_be", { low: luodi.shown(p.score_low), high: luodi.shown(p.score_high) }),
          p.rank_best != null && p.rank_best !== p.rank_worst && " " + say("may_place", { best: p.rank_best, worst: p.rank_worst }), " ", luodi.code(p.standing, "standing")),
        nodes.length > 0 && luodi.table([
          { name: say("node"), of: (s) => h("span.level" + s.level_no, {}, s.node_name) },
          { name: say("weight"), number: true, of: (s) => luodi.shown(s.weight), key: (s) => s.weight },
          { name: say("value"), number: true, of: (s) => s.value == null ? "" : luodi.shown(s.value) + luodi.uom(s.uom), key: (s) => s.value },
          { name: say("score"), number: true, of: (s) => luodi.shown(s.score), key: (s) => s.score },
          { name: say("working"), wide: true, of: (s) => s.working || "" },
          { name: say("state"), wide: true, of: (s) => [luodi.code(s.status, "status"), luodi.inWords(s.reason)].filter(Boolean).join("：") },
        ], nodes, { filter: false }));
    }));
  }

  function lights() {
    const rows = of("lights").filter((l) => l.subject === "indicator");
    return rows.length > 0 && luodi.section(say("lights"), h("ul.lights", {}, rows.map((l) => h("li", {}, luodi.colour(l.colour), " ", h("b", {}, l.subject_name), " ", l.because))));
  }

  function figures() {
    const rows = Object.entries(own).map(([place, f]) => [Number(place), f, before[place]]);
    if (!rows.length) return luodi.section(say("figures"), luodi.empty("no_figure"));
    return luodi.section(say("figures"), luodi.table([
      { name: say("form"), of: ([p]) => luodi.formName(frame.measures[p].form) },
      { name: say("indicator"), of: ([p]) => h("a", { href: luodi.link("indicator", p, period) }, luodi.measureName(p)) },
      { name: luodi.periodName(period), number: true, of: ([p, f]) => luodi.figure(p, period, "unit", unit, f, { uom: true }), key: ([, f]) => f[0] },
      { name: now.before ? luodi.periodName(now.before) : say("before"), number: true, of: ([p, , b]) => b ? luodi.figure(p, now.before, "unit", unit, b) : "", key: ([, , b]) => b && b[0] },
    ], rows, { most: 60 }));
  }

  function slots() {
    const rows = data.slots.filter((s) => s.period === period || isLatest && (s.status === "missing" || s.is_mendable));
    return luodi.section(say("owed"), rows.length ? luodi.table([
      { name: say("period"), of: (s) => luodi.periodName(s.period), key: (s) => s.period }, { name: say("form"), of: (s) => luodi.formName(s.form) }, { name: say("deadline"), of: (s) => s.deadline },
      { name: say("received"), of: (s) => s.received || "" }, { name: say("state"), of: (s) => [luodi.code(s.status, "status"), s.verdict && luodi.code(s.verdict, "verdict")].filter(Boolean).join("，") },
      { name: say("errors"), number: true, of: (s) => s.errors, key: (s) => s.errors }, { name: say("warnings"), number: true, of: (s) => s.warnings, key: (s) => s.warnings },
      { name: say("mend_until"), of: (s) => s.mend_until || "" }, { name: say("file"), wide: true, of: (s) => s.file || "" },
    ], rows) : luodi.empty("nothing_owed"));
  }

  function fitness() {
    const rows = of("fitness");
    return rows.length > 0 && luodi.section(say("fitness"), luodi.table([
      { name: say("form"), of: (f) => luodi.formName(f.form) }, { name: say("state"), of: (f) => h("span.fit." + f.verdict, {}, luodi.code(f.verdict)) }, { name: say("why"), wide: true, of: (f) => f.reasons || "" },
    ], rows, { filter: false }));
  }

  function matters() {
    const rows = data.matters.filter(wasRaised);
    return rows.length > 0 && luodi.section(say("matters"), !isLatest && h("p.note", {}, say("matters_now", { day: frame.as_of })), luodi.table([
      { name: say("number"), of: (m) => m.number }, { name: say("kind"), of: (m) => luodi.code(m.kind, "kind") }, { name: say("subject"), of: (m) => m.subject_name },
      { name: say("told"), wide: true, of: (m) => m.figures || "" }, { name: say("due"), of: (m) => m.due || "" }, { name: say("state"), of: (m) => luodi.code(m.state, "state") + (m.is_past_due ? "，" + say("overdue") : "") },
    ], rows));
  }

  function findings() {
    const rows = data.findings.filter((f) => f.period === period || f.period.length < 7);
    return luodi.section(say("findings"), rows.length ? luodi.findings(rows) : luodi.empty("no_findings"));
  }
};

luodi.views.units = async (period = luodi.latest()) => {
  const { h, say, frame } = luodi, data = await luodi.load(`period/${period}`), score = Object.fromEntries(data.places.filter((p) => p.score != null).map((p) => [p.unit, p]));
  const shown = frame.compared.map((c) => luodi.place(c.figure)).filter((p) => p >= 0);
  return [
    h("div.title", {}, h("h1", {}, say("units") + " " + luodi.periodName(period)), luodi.choosePeriod(period, (p) => luodi.link("units", p))),
    luodi.table([
      { name: say("unit"), of: (u) => luodi.unitLink(u.unit, period) }, { name: say("kind"), of: (u) => luodi.code(u.kind, "kind") },
      { name: say("score"), number: true, of: (u) => score[u.unit] ? luodi.shown(score[u.unit].score) : "", key: (u) => score[u.unit] && score[u.unit].score },
      { name: say("rank"), number: true, of: (u) => score[u.unit] ? score[u.unit].rank_no ?? "" : "", key: (u) => score[u.unit] && score[u.unit].rank_no },
      ...shown.map((p) => ({ name: luodi.measureName(p), number: true, of: (u) => { const f = (data.units[p] || {})[u.unit]; return f ? luodi.figure(p, period, "unit", u.unit, f, { uom: true }) : ""; }, key: (u) => ((data.units[p] || {})[u.unit] || [])[0] })),
      { name: say("errors"), number: true, of: (u) => data.findings.filter((f) => f.unit === u.unit && f.severity === "error").length || "", key: (u) => data.findings.filter((f) => f.unit === u.unit && f.severity === "error").length },
      { name: say("owed"), number: true, of: (u) => data.slots.filter((s) => s.unit === u.unit && s.status === "missing").length || "" },
    ], frame.units.filter((u) => u.reports)),
  ];
};
