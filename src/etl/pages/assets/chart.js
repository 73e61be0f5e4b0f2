"use strict";
// Charts as drawings that print well; each has its numbers in a table below it, for those who do not see it and for the way down.

luodi.colours = ["#9b2c2c", "#2f5d8a", "#b7791f", "#3d7a5a", "#6b5b95", "#718096"];

luodi.chart = (label, option, table, { lines, open } = {}) => {
  const { h, say } = luodi, place = h("div.chart", { role: "img", "aria-label": label });
  if (lines) place.style.height = Math.max(9, 4 + lines * 1.6) + "rem"; // one line each, however many units there are
  const made = h("figure", {}, h("figcaption", {}, label), place, table && h("details", {}, h("summary", {}, say("numbers")), table));
  luodi.later(() => {
    const chart = echarts.init(place, null, { renderer: "svg" });
    chart.setOption({
      animation: false, color: luodi.colours, aria: { enabled: true }, textStyle: { fontFamily: "inherit" },
      grid: { left: 8, right: 24, top: 36, bottom: 8, containLabel: true }, tooltip: { trigger: "axis", confine: true, renderMode: "richText" }, ...option,
    });
    if (open) chart.on("click", (event) => { location.hash = open(event.dataIndex); });
    luodi.drawn.push(chart);
    new ResizeObserver(() => chart.resize()).observe(place);
  });
  return made;
};

{ // charts are drawn once their page stands in the document
  let queue = [];
  luodi.drawn = [];
  luodi.later = (draw) => queue.push(draw);
  luodi.draw = () => { const all = queue; queue = []; all.forEach((draw) => draw()); };
  luodi.forget = () => { luodi.drawn.forEach((chart) => chart.dispose()); luodi.drawn = []; queue = []; };
  addEventListener("beforeprint", () => luodi.drawn.forEach((chart) => chart.resize()));
}

// One bar for each row [name, figure]: the last of them is drawn on top. `time` marks how much of the time has passed.
luodi.bars = (label, place, all, open, table, time) => {
  const few = 20, rows = all.length > 2 * few + 5 ? [...all.slice(0, few), ...all.slice(-few)] : all; // the table has all of them
  if (rows !== all) label += " · " + luodi.say("first_and_last", { few });
  const uom = luodi.uom(luodi.frame.measures[place].uom), value = (at) => rows[at][1][0];
  return luodi.chart(label, {
    tooltip: { trigger: "item", confine: true, renderMode: "richText", formatter: (p) => `${p.name} ${luodi.shown(value(p.dataIndex))}${uom}` },
    xAxis: { type: "value", name: uom, nameLocation: "end", nameGap: 6 },
    yAxis: { type: "category", data: rows.map(([name]) => name), axisLabel: { interval: 0, width: 120, overflow: "truncate" } },
    series: [{
      type: "bar", barMaxWidth: 16, data: rows.map(([, f]) => ({ value: Number(f[0]), itemStyle: { color: time != null && Number(f[0]) < time ? luodi.colours[0] : luodi.colours[1] } })),
      label: { show: true, position: "right", formatter: (p) => luodi.shown(value(p.dataIndex), 1) },
      markLine: time == null ? undefined : { symbol: "none", silent: true, lineStyle: { color: "#444", type: "dashed" }, label: { formatter: luodi.say("time_short", { time: luodi.shown(String(time), 1) }), position: "end" }, data: [{ xAxis: time }] },
    }],
  }, table, { lines: rows.length, open: (at) => open(rows[at]) });
};

luodi.unitBars = (label, place, period, members, time) => {
  const rows = Object.entries(members).filter(([, f]) => f && f[0] != null).sort((a, b) => Number(a[1][0]) - Number(b[1][0])).map(([unit, f]) => [luodi.unitName(unit), f, unit]);
  return luodi.bars(label, place, rows, ([, , unit]) => luodi.link("figure", place, period, "unit", unit), luodi.table([
    { name: luodi.say("unit"), of: ([, , unit]) => luodi.unitLink(unit, period) },
    { name: luodi.measureName(place), number: true, of: ([, f, unit]) => luodi.figure(place, period, "unit", unit, f, { uom: true }), key: ([, f]) => f[0] },
  ], rows, { sorted: [1, -1], filter: false }), time);
};
