// Which view of the page is open: the address says so, that a reload and the browser's buttons keep it.
window.loccitViews = (() => {
  "use strict";

  const OTHERS = ["compare", "check", "library"];

  function current() {
    const name = location.hash.slice(1);
    return OTHERS.includes(name) ? name : "ask";
  }

  function show() {
    const open = current();
    for (const name of OTHERS) document.documentElement.classList.toggle(`in-${name}`, name === open);
    for (const link of document.querySelectorAll("#top nav a")) {
      if (link.hash === `#${open}`) link.setAttribute("aria-current", "page");
      else link.removeAttribute("aria-current");
    }
    document.body?.classList.remove("sheet");
    document.dispatchEvent(new CustomEvent("loccit-view", { detail: open }));
  }

  // A path of Loccit's own doors, wherever the page is served from.
  function door(path) {
    const root = new URL(window.gradio_config?.root ?? ".", location.href).pathname.replace(/\/$/, "");
    return `${root}/${path}`;
  }

  async function ask(path, body) {
    let answer;
    try {
      answer = await fetch(door(path), body && { method: "POST", body });
    } catch {
      throw new Error("Loccit does not answer. Is it still running?");
    }
    const said = await answer.json().catch(() => ({}));
    if (!answer.ok) throw new Error(said.error ?? "Loccit failed at this; its terminal says how.");
    return said;
  }

  window.addEventListener("hashchange", show);
  show();

  return { current, show, door, ask };
})();
