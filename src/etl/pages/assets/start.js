"use strict";
// Which page is shown follows from the address behind the #; the language is remembered where the browser allows it.

(async () => {
  luodi.frame = await luodi.load("frame");
  const { h, say, frame } = luodi, main = document.querySelector("main"), remembered = (value) => { try { if (value) localStorage.setItem("luodi.lang", value); return localStorage.getItem("luodi.lang"); } catch { return null; } };
  frame.lang = remembered() || frame.lang;

  function around() {
    document.documentElement.lang = luodi.lang() ? "en" : "zh-CN";
    document.querySelector(".skip").textContent = say("skip");
    document.querySelector(".home").textContent = say("site_title", { county: frame.county });
    const pages = [["county", "county_page"], ["units", "units"], ["projects", "projects"], ["leads", "leads"], ["indicators", "indicators"], ["bulletin", "bulletin"]];
    document.querySelector("nav").replaceChildren(...pages.map(([page, word]) => h("a", { href: luodi.link(page), "data-page": page }, say(word))), h("a", { href: "../quality/index.html" }, say("proven")));
    document.querySelector("nav").setAttribute("aria-label", say("pages"));
    document.querySelector("footer").replaceChildren(h("p", {}, say("footer", { night: frame.night, day: frame.as_of })));
    const button = document.querySelector(".language");
    button.textContent = luodi.lang() ? "中文" : "English";
    button.onclick = () => { frame.lang = luodi.lang() ? "zh" : "en"; remembered(frame.lang); around(); show(); };
    luodi.search(document.querySelector(".search input"), document.querySelector(".search ul"));
  }

  let turn = 0;
  async function show(event) {
    const mine = ++turn, [page = "county", ...parts] = location.hash.replace(/^#\/?/, "").split("/").filter(Boolean).map(decodeURIComponent);
    let made;
    try {
      if (!luodi.views[page]) throw new Error(page);
      luodi.forget();
      made = await luodi.views[page](...parts);
    } catch (error) {
      made = [h("h1", {}, say("not_found")), h("p", {}, h("a", { href: "#/" }, say("county_page")))];
      luodi.problem = error;
    }
    if (mine !== turn) return;
    main.replaceChildren(...made.flat().filter(Boolean));
    document.title = `${(main.querySelector("h1") || main).textContent.slice(0, 60)} · ${frame.county}`;
    document.querySelectorAll("nav a").forEach((a) => a.toggleAttribute("aria-current", a.dataset.page === page));
    if (event) { scrollTo(0, 0); main.focus({ preventScroll: true }); }
    luodi.draw();
    document.body.dataset.shown = location.hash || "#/";
  }

  around();
  addEventListener("hashchange", show);
  await show();
})();
