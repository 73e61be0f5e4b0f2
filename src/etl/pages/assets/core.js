"use strict";
// What all pages share: data that come as scripts, words in two languages, numbers to the digit, and elements that hold text only.

const luodi = { views: {} };

// --- data: each script calls take(name, data); what is packed is gzip in base64 -------------------------------------------------

{
  const kept = new Map(), waiting = new Map();

  luodi.take = (name, data) => waiting.get(name)(data);

  luodi.load = (name) => {
    if (!kept.has(name)) {
      kept.set(name, new Promise((resolve, reject) => {
        waiting.set(name, (data) => resolve(typeof data === "string" ? unpacked(data) : data));
        const script = document.createElement("script");
        script.src = "data/" + name.split("/").map(encodeURIComponent).join("/") + ".js";
        script.onerror = () => reject(new Error(name));
        document.head.append(script);
      }));
    }
    return kept.get(name);
  };

  async function unpacked(text) {
    const bytes = Uint8Array.from(atob(text), (c) => c.charCodeAt(0));
    const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("gzip"));
    return JSON.parse(await new Response(stream).text());
  }
}

luodi.fileName = (code) => /^[A-Za-z0-9_.-]+$/.test(code) ? code
  : "x" + Array.from(new TextEncoder().encode(code), (b) => b.toString(16).padStart(2, "0")).join("");

// --- words ---------------------------------------------------------------------------------------------------------------------

luodi.lang = () => luodi.frame.lang === "en" ? 1 : 0;
luodi.pair = (texts) => texts[luodi.lang()] || texts[0];
luodi.say = (name, values = {}) => luodi.pair(luodi.frame.words[name] || [name, name]).replace(/\{(\w+)\}/g, (_, k) => values[k] ?? "");
luodi.code = (text, column) => { // a code may say another thing in another column
  const found = luodi.frame.codes[`${column}_${text}`] || luodi.frame.codes[text];
  return text == null ? "" : found ? luodi.pair(found) : String(text);
};
luodi.inWords = (text) => String(text || "").replace(/[a-z][a-z_]+/g, (found) => luodi.code(found)); // a reason that names codes among its words
luodi.uom = (text) => String(text || "").split("/").map(luodi.code).join("/");
luodi.unitName = (code) => code === "*" ? luodi.say("county") : (luodi.frame.units.find((u) => u.unit === code) || { name: code }).name;
luodi.formName = (code) => code === "*" ? luodi.say("all_forms") : luodi.frame.forms[code] ? luodi.pair(luodi.frame.forms[code]) : code;
luodi.measureName = (place) => { const m = luodi.frame.measures[place]; return luodi.lang() ? m.name_en : m.name; };
luodi.ruleName = (code) => luodi.frame.rules[code] ? luodi.pair(luodi.frame.rules[code]) : code;
luodi.columnName = (form, name) => ((luodi.frame.columns[form] || {})[name] || [name, name])[luodi.lang()];
luodi.place = (name) => luodi.frame.measures.findIndex((m) => m.form + "." + m.measure === name);

luodi.periodName = (code) => {
  const [, year, rest] = code.match(/^(\d{4})-?(.*)$/) || [null, code, ""];
  if (luodi.lang()) return code;
  if (!rest) return year + "年";
  if (/^\d\d$/.test(rest)) return `${year}年${Number(rest)}月`;
  const named = { H1: "上半年", H2: "下半年", Q1: "一季度", Q2: "二季度", Q3: "三季度", Q4: "四季度" }[rest];
  return named ? year + "年" + named : code;
};

// --- numbers: decimals are text, so that no digit is lost; rounded half up when shown -----------------------------------------------

luodi.rounded = (text, digits) => {
  const negative = text.startsWith("-"), [whole, part = ""] = text.replace("-", "").split(".");
  let scaled = BigInt(whole + part.padEnd(digits, "0").slice(0, digits));
  if ((part[digits] || "0") >= "5") scaled += 1n;
  const all = scaled.toString().padStart(digits + 1, "0"), cut = all.length - digits;
  const grouped = all.slice(0, cut).replace(/\B(?=(\d{3})+$)/g, ",");
  return (negative && scaled ? "-" : "") + grouped + (digits ? "." + all.slice(cut) : "");
};

luodi.shown = (text, digits = 2) => text == null || text === "" ? "—" : luodi.rounded(String(text), digits).replace(/(\.\d*?)0+$/, "$1").replace(/\.$/, "");
luodi.change = (now, before) => now == null || before == null ? null : Number((Number(now) - Number(before)).toFixed(6));

// --- elements: text is always text, never markup -------------------------------------------------------------------------------------

luodi.h = (tag, attributes = {}, ...children) => {
  const [name, ...classes] = tag.split("."), node = document.createElement(name || "div");
  if (classes.length) node.className = classes.join(" ");
  for (const [key, value] of Object.entries(attributes)) {
    if (value == null || value === false) continue;
    if (key.startsWith("on")) node.addEventListener(key.slice(2), value);
    else node.setAttribute(key, value === true ? "" : value);
  }
  node.append(...children.flat(Infinity).filter((c) => c != null && c !== false).map((c) => c instanceof Node ? c : String(c)));
  return node;
};

luodi.link = (...parts) => "#/" + parts.map((p) => encodeURIComponent(p)).join("/");
luodi.section = (title, ...children) => luodi.h("section", {}, luodi.h("h2", {}, title), ...children);
luodi.empty = (word) => luodi.h("p.empty", {}, luodi.say(word));
luodi.unitNames = (codes) => codes.split(" ").map(luodi.unitName).join("、");
luodi.unitLink = (code, period) => luodi.h("a", { href: luodi.link("unit", code, ...(period ? [period] : [])) }, luodi.unitName(code));
luodi.colour = (text) => text == null ? "" : luodi.h("span.light." + ({ 绿: "green", 黄: "yellow", 红: "red" }[text] || "grey"), {}, luodi.code(text));

luodi.periods = (grains = ["month", "quarter", "half", "year"]) => luodi.frame.periods.filter((p) => grains.includes(p.grain) || !["month", "quarter", "half", "year"].includes(p.grain));
luodi.period = (code) => luodi.frame.periods.find((p) => p.period === code);
// The last month that is over, but for one of which few of the reports were owed that a month of its year brings.
luodi.latest = () => {
  const months = luodi.frame.periods.filter((p) => p.grain === "month"), over = months.filter((p) => p.is_over).slice(-12);
  const most = Math.max(...over.map((p) => p.owed));
  return (over.filter((p) => 2 * p.owed >= most).pop() || months.pop() || luodi.frame.periods[luodi.frame.periods.length - 1]).period;
};

luodi.choosePeriod = (now, go) => luodi.h("label.choose", {}, luodi.say("period"), " ",
  luodi.h("select", { onchange: (e) => { location.hash = go(e.target.value); } },
    [...luodi.frame.periods].reverse().map((p) => luodi.h("option", { value: p.period, selected: p.period === now }, luodi.periodName(p.period)))));
