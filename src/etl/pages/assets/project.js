"use strict";
// Projects: the list of all, one project month by month against its plan, and the officials who lead them.

luodi.views.projects = async () => {
  const { h, say } = luodi, rows = await luodi.load("projects");
  return [h("h1", {}, say("projects")), rows.length ? luodi.table([
    { name: say("project"), wide: true, of: (r) => h("a", { href: luodi.link("project", r.at) }, r.name || r.project_key) },
    { name: say("form"), of: (r) => luodi.formName(r.form) }, { name: say("unit"), of: (r) => luodi.unitLink(r.unit) }, { name: say("town"), of: (r) => r.place || "" },
    { name: say("stage"), of: (r) => r.stage || "" }, { name: say("colour"), of: (r) => luodi.colour(r.colour) },
    { name: say("amount", { uom: luodi.code("万元") }), number: true, of: (r) => luodi.shown(r.amount), key: (r) => r.amount }, { name: say("done"), number: true, of: (r) => luodi.shown(r.done), key: (r) => r.done },
    { name: say("rate"), number: true, of: (r) => r.rate == null ? "" : luodi.shown(r.rate) + "%", key: (r) => r.rate },
    { name: say("gap"), number: true, of: (r) => luodi.shown(r.gap, 1), key: (r) => r.gap }, { name: say("lead"), of: (r) => r.lead ? h("a", { href: luodi.link("lead", r.lead) }, r.lead) : "" },
    { name: say("period"), of: (r) => luodi.periodName(r.period), key: (r) => r.period },
  ], rows, { sorted: [9, 1] }) : luodi.empty("no_projects")];
};

luodi.views.project = async (at) => {
  const { h, say } = luodi, list = await luodi.load("projects"), mine = list.filter((r) => r.at === Number(at)), first = mine[0];
  if (!first) return [h("h1", {}, say("projects")), luodi.empty("no_projects")];
  const told = (await luodi.load(`project/${Math.floor(Number(at) / 40)}`))[first.project_key];
  const where = (row, column) => { const cell = row.cells[column]; return cell ? h("small.cell", { title: `${row.file} › ${row.sheet || ""}` }, cell) : ""; };
  const amount = (column) => (row) => row[column] == null ? "" : [luodi.shown(row[column]), " ", where(row, column)];
  const cell = (name, column) => ({ name, number: true, of: (row) => h("span", {}, ...[amount(column)(row)].flat()), key: (row) => row[column] });
  return [
    h("p.path", {}, h("a", { href: "#/projects" }, say("projects")), " › ", first.name), h("h1", {}, first.name || first.project_key),
    h("dl.facts", {}, facts().map(([name, value]) => value ? [h("dt", {}, name), h("dd", {}, value)] : null)),
    line("progress", say("progress"), [["completed_ytd", "done"], ["annual_plan", "plan"]]), line("invested", say("money"), [["arrived_ytd", "reported"], ["arrived_recognised", "recognised"]]),
    told.progress.length > 0 && luodi.section(say("progress"), luodi.table([
      { name: say("period"), of: (r) => luodi.periodName(r.period), key: (r) => r.period }, { name: say("unit"), of: (r) => luodi.unitLink(r.unit, r.period) }, { name: say("stage"), of: (r) => r.stage || "" },
      { name: say("colour"), of: (r) => luodi.colour((told.lights.find((l) => l.period === r.period && l.unit === r.unit) || {}).colour) },
      cell(say("plan"), "annual_plan"), cell(say("month_done"), "completed_month"), cell(say("done"), "completed_ytd"), cell(say("since_start"), "completed_since_start"),
      { name: say("rate"), number: true, of: (r) => r.completion_rate == null ? "" : luodi.shown(r.completion_rate) + "%", key: (r) => r.completion_rate }, { name: say("gap"), number: true, of: (r) => luodi.shown(r.schedule_gap_pp, 1) },
      { name: say("told"), wide: true, of: (r) => [r.progress_text, r.problem_text].filter(Boolean).join("；") }, { name: say("where"), wide: true, of: (r) => [r.file, r.sheet, say("row", { row: r.row_no })].filter(Boolean).join(" › ") },
    ], told.progress, { filter: false })),
    told.invested.length > 0 && luodi.section(say("money"), luodi.table([
      { name: say("period"), of: (r) => luodi.periodName(r.period), key: (r) => r.period }, { name: say("unit"), of: (r) => luodi.unitLink(r.unit, r.period) }, { name: say("stage"), of: (r) => r.stage || "" },
      cell(say("contract"), "contracted_amount"), cell(say("arrived_month"), "arrived_month"), cell(say("reported"), "arrived_ytd"), cell(say("recognised"), "arrived_recognised"),
      { name: say("share"), number: true, of: (r) => r.share_pct == null ? "" : luodi.shown(r.share_pct) + "%" }, { name: say("where"), wide: true, of: (r) => [r.file, r.sheet, say("row", { row: r.row_no })].filter(Boolean).join(" › ") },
    ], told.invested, { filter: false })),
    told.claims.length > 0 && luodi.section(say("claims"), luodi.table([
      { name: say("period"), of: (c) => luodi.periodName(c.period) }, { name: say("unit"), of: (c) => luodi.unitLink(c.unit, c.period) }, { name: say("state"), of: (c) => luodi.code(c.state, "state") },
      { name: say("share"), number: true, of: (c) => c.share_pct == null ? "" : luodi.shown(c.share_pct) + "%" }, { name: say("others"), of: (c) => c.others || "" }, { name: say("why"), wide: true, of: (c) => [luodi.code(c.reason, "reason"), c.why].filter(Boolean).join("；") },
    ], told.claims, { filter: false })),
    told.findings.length > 0 && luodi.section(say("findings"), luodi.findings(told.findings)),
  ];

  function facts() {
    const p = told.progress[told.progress.length - 1] || {}, i = told.invested[told.invested.length - 1] || {};
    return [[say("code"), first.project_key.includes("@") ? "" : first.project_key], [say("lead"), p.lead_official || i.lead_official], [say("builder"), p.builder_name], [say("investor"), i.investor_name], [say("category"), [p.level, p.category, i.industry].filter(Boolean).join(" · ")],
      [say("start"), [p.planned_start && say("planned", { day: p.planned_start }), p.actual_start && say("actual", { day: p.actual_start })].filter(Boolean).join(" ")],
      [say("finish"), [p.planned_finish && say("planned", { day: p.planned_finish }), p.actual_finish && say("actual", { day: p.actual_finish })].filter(Boolean).join(" ")], [say("bottleneck"), [p.bottleneck_type, p.problem_text].filter(Boolean).join("：")]];
  }

  function line(subject, label, columns) {
    const rows = told[subject];
    return rows.length > 1 && luodi.chart(label + `（${luodi.code("万元")}）`, {
      legend: { top: 0 }, xAxis: { type: "category", data: rows.map((r) => luodi.periodName(r.period)) }, yAxis: { type: "value" },
      series: columns.map(([column, word]) => ({ name: say(word), type: "line", step: word === "plan" ? "middle" : false, symbolSize: 7, data: rows.map((r) => r[column] == null ? null : Number(r[column])) })),
    });
  }
};

luodi.views.leads = async (period = luodi.latest()) => {
  const { h, say } = luodi, rows = (await luodi.load("leads")).filter((r) => r.period === period), names = [...new Set(rows.map((r) => r.lead))];
  const of = (lead) => rows.filter((r) => r.lead === lead), sum = (list, column) => list.reduce((all, r) => all + Number(r[column] || 0), 0);
  return [h("div.title", {}, h("h1", {}, say("leads") + " " + luodi.periodName(period)), luodi.choosePeriod(period, (p) => luodi.link("leads", p))), names.length ? luodi.table([
    { name: say("lead"), of: (n) => h("a", { href: luodi.link("lead", n, period) }, n) }, { name: say("projects"), number: true, of: (n) => of(n).length },
    ...["红", "黄", "绿"].map((c) => ({ name: luodi.colour(c), number: true, of: (n) => of(n).filter((r) => r.colour === c).length || "" })),
    { name: say("plan"), number: true, of: (n) => luodi.shown(String(sum(of(n), "annual_plan"))) }, { name: say("done"), number: true, of: (n) => luodi.shown(String(sum(of(n), "completed_ytd"))) },
    { name: say("findings"), number: true, of: (n) => sum(of(n), "findings") || "" },
  ], names) : luodi.empty("no_leads")];
};

luodi.views.lead = async (lead, period = luodi.latest()) => {
  const { h, say } = luodi, rows = (await luodi.load("leads")).filter((r) => r.lead === lead && r.period === period), list = await luodi.load("projects");
  const at = (r) => (list.find((p) => p.project_key === r.key) || {}).at;
  return [h("p.path", {}, h("a", { href: luodi.link("leads", period) }, say("leads")), " › ", lead), h("div.title", {}, h("h1", {}, `${lead} ${luodi.periodName(period)}`), luodi.choosePeriod(period, (p) => luodi.link("lead", lead, p))),
    rows.length ? luodi.table([
      { name: say("project"), wide: true, of: (r) => at(r) == null ? r.name : h("a", { href: luodi.link("project", at(r)) }, r.name) }, { name: say("unit"), of: (r) => luodi.unitLink(r.unit, period) },
      { name: say("stage"), of: (r) => `${r.stage || ""} ${say("months_there", { months: r.months_at_stage })}` }, { name: say("colour"), of: (r) => luodi.colour(r.colour) },
      { name: say("plan"), number: true, of: (r) => luodi.shown(r.annual_plan), key: (r) => r.annual_plan }, { name: say("done"), number: true, of: (r) => luodi.shown(r.completed_ytd), key: (r) => r.completed_ytd },
      { name: say("gap"), number: true, of: (r) => luodi.shown(r.schedule_gap_pp, 1), key: (r) => r.schedule_gap_pp }, { name: say("bottleneck"), wide: true, of: (r) => [r.bottleneck_type, r.problem_text].filter(Boolean).join("：") }, { name: say("findings"), number: true, of: (r) => r.findings || "" },
    ], rows) : luodi.empty("no_projects")];
};
