"use strict";
// Find a unit, an indicator, an official or a project by a part of its name.

luodi.search = (box, list) => {
  const { h, say, frame } = luodi;
  let found = [], at = -1;
  box.placeholder = say("search"); box.setAttribute("aria-label", say("search"));
  box.oninput = async () => {
    const words = box.value.trim().toLowerCase();
    if (!words) { list.hidden = true; return; }
    const has = (text) => words.split(/\s+/).every((w) => String(text || "").toLowerCase().includes(w));
    const projects = await luodi.load("projects"), seen = new Set(), leads = [...new Set(projects.map((p) => p.lead).filter(Boolean))];
    found = [
      ...frame.units.filter((u) => has(u.name + u.unit)).map((u) => [u.name, luodi.link("unit", u.unit), "unit"]),
      ...frame.measures.map((m, p) => [luodi.measureName(p), luodi.link("indicator", p), "indicator"]).filter(([name]) => has(name)),
      ...leads.filter(has).map((lead) => [lead, luodi.link("lead", lead), "lead"]),
      ...projects.filter((p) => !seen.has(p.at) && has(p.name + p.project_key) && seen.add(p.at)).map((p) => [p.name, luodi.link("project", p.at), "project"]),
    ].slice(0, 30);
    at = -1;
    list.replaceChildren(...found.map(([name, href, kind]) => h("li", {}, h("a", { href, onclick: close }, name, " ", h("small", {}, say(kind))))));
    if (!found.length) list.replaceChildren(h("li.empty", {}, say("nothing_found")));
    list.hidden = false;
  };
  box.onkeydown = (event) => {
    if (event.key === "Escape") close();
    if (event.key === "Enter" && found.length) { location.hash = found[Math.max(at, 0)][1]; close(); }
    if (event.key === "ArrowDown" || event.key === "ArrowUp") { at = Math.min(Math.max(at + (event.key === "ArrowDown" ? 1 : -1), 0), found.length - 1); const link = list.querySelectorAll("a")[at]; if (link) link.focus(); event.preventDefault(); }
  };
  list.onkeydown = (event) => { if (event.key === "Escape") { close(); box.focus(); } };
  document.addEventListener("click", (event) => { if (!box.parentNode.contains(event.target)) list.hidden = true; });
  function close() { list.hidden = true; box.value = ""; }
};
