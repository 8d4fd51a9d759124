// The overview of the library: its papers by year, the map of its passages, and what it knows little about.
window.loccitOverview = (() => {
  "use strict";

  const OFTEN = 400;
  // What is past the edge of a tip is cut: it tells which passage a dot is, the reader shows it whole.
  const GAP = 14;
  let seen = null;
  let latest = 0;
  let glance = null;
  let made = null;
  let chosen = null;
  let answered = [];
  let pointed = null;
  const previews = new Map();

  const view = () => document.querySelector("#library-view .overview");
  const part = (selector) => view().querySelector(selector);
  const ask = (path) => window.loccitViews.ask(`library/${path}`);
  const isOpen = () => window.loccitViews.current() === "library" && document.querySelector(".library")?.dataset.part === "overview";
  const plots = () => window.loccitPlots;

  // Nothing is asked for before the overview is opened, and again only when the library has changed.
  async function open() {
    if (!isOpen()) return;
    const known = await ask("overview").catch((error) => tell(".by-year", error));
    if (!known) return;
    if (known.generation === seen) return refresh();
    seen = known.generation;
    glance = known;
    const turn = ++latest;
    part(".totals").innerHTML = known.totals;
    view().classList.toggle("empty", !known.bars.kinds.length);
    if (!known.bars.kinds.length) return;
    const script = plots().load(window.loccitViews.door(view().dataset.script));
    showYears(script);
    showAspects();
    showMap(script, turn);
  }

  function tell(article, error) {
    part(`${article} .error`).textContent = error?.message ?? "";
  }

  async function showYears(script) {
    part(".by-year .scroller").innerHTML = glance.table;
    part(".legend").replaceChildren(...glance.bars.kinds.map(legendEntry));
    await script.then(drawYears).then(() => tell(".by-year"), (error) => tell(".by-year", error));
  }

  function legendEntry(kind, number) {
    const tone = Object.assign(document.createElement("i"), { className: `tone tone-${number % 8}${number < 8 ? "" : " hatched"}` });
    const count = Object.assign(document.createElement("small"), { textContent: kind.total.toLocaleString("en") });
    const button = Object.assign(document.createElement("button"), { type: "button", className: "to-list" });
    button.dataset.kind = kind.kind;
    button.append(tone, kind.name, " ", count);
    const entry = document.createElement("li");
    entry.append(button);
    return entry;
  }

  function drawYears() {
    const plot = part(".bars");
    plot.hidden = !glance.bars.years.length;
    if (!plot.hidden) return plots().bars(plot, glance.bars, (kind, year) => window.loccitLibrary.narrow({ kind, year }));
  }

  async function showAspects() {
    const shown = await ask("aspects").catch((error) => tell(".gaps", error));
    if (shown) part(".gaps .known").innerHTML = shown.html;
    else part(".gaps .known").replaceChildren();
  }

  // Made once for a state of the library; until then the page says how far it is.
  async function showMap(script, turn) {
    tell(".mapped");
    let state = null;
    try {
      state = await ask("map");
      while (turn === latest && state.done !== null) {
        told(state);
        await new Promise((resolve) => { setTimeout(resolve, OFTEN); });
        if (isOpen() && !document.hidden) state = await ask("map");
      }
    } catch (error) {
      if (turn === latest) tell(".mapped", error);
    }
    if (turn !== latest) return;
    part(".making").hidden = true;
    if (!state?.map) return;
    made = state.map;
    chosen = null;
    previews.clear();
    part(".note").textContent = state.note;
    part(".topics").innerHTML = state.topics;
    part(".mapped .scroller").replaceChildren();
    showTopics();
    view().classList.toggle("unmapped", made.x.length < 2);
    if (made.x.length > 1) await script.then(drawMap).catch((error) => tell(".mapped", error));
  }

  // The passages of the table are in many documents: it is asked for when it is opened.
  async function showTopics() {
    const scroller = part(".mapped .scroller");
    if (!part(".mapped .tabled").open || scroller.firstElementChild || !made) return;
    const shown = await ask("topics").catch((error) => tell(".mapped", error));
    if (shown) scroller.innerHTML = shown.html;
  }

  function told({ done, passages }) {
    const line = part(".making");
    const words = passages ? `Laying out ${passages.toLocaleString("en")} passages` : "Reading the passages";
    line.hidden = false;
    if (line.firstElementChild.textContent !== words) line.firstElementChild.textContent = words;
    line.querySelector("progress").value = done;
  }

  function drawMap() {
    answered = standingOut();
    return plots().map(part(".map"), made, { chosen, answered }, { open: read, point, leave });
  }

  // What the last answer cites: its sources stand in the panel beside the chat, each with its document and its words.
  function standingOut() {
    const panels = [...document.querySelectorAll("#sources .answer-sources")].filter((panel) => panel.querySelector(".cited .in-context[data-number]"));
    const panel = panels.at(-1);
    const cited = [...panel?.querySelectorAll(".cited .in-context[data-number]") ?? []].flatMap(({ dataset }) =>
      dataset.spans.split(" ").filter(Boolean).map((span) => [dataset.document, ...span.split("-").map(Number)]));
    const found = made.x.map((_, passage) => passage).filter((passage) => cited.some(([document, start, end]) =>
      made.documents[made.document[passage]] === document && made.start[passage] < end && start < made.end[passage]));
    const line = part(".answered");
    line.hidden = !found.length;
    const question = panel?.querySelector(".asked")?.textContent ?? "";
    line.textContent = found.length ? `★ ${found.length === 1 ? "The passage" : `The ${found.length} passages`} of the last answer: “${question}”` : "";
    return found;
  }

  function read(passage) {
    leave();
    window.loccitReader.open({ document: made.documents[made.document[passage]], spans: [[made.start[passage], made.end[passage]]] });
  }

  // Where the pointer is: the words come from the server, escaped there.
  async function point(passage, { clientX, clientY }) {
    pointed = passage;
    const asked = new URLSearchParams({ document: made.documents[made.document[passage]], start: made.start[passage], end: made.end[passage] });
    if (!previews.has(passage)) previews.set(passage, ask(`passage?${asked}`).catch(() => null));
    const shown = await previews.get(passage);
    if (!shown) previews.delete(passage);
    if (!shown || pointed !== passage) return;
    const tip = part(".tip");
    tip.innerHTML = shown.html;
    tip.hidden = false;
    const { width, height } = tip.getBoundingClientRect();
    const left = clientX + GAP + width < innerWidth ? clientX + GAP : Math.max(GAP, clientX - GAP - width);
    const top = clientY + GAP + height < innerHeight ? clientY + GAP : Math.max(GAP, clientY - GAP - height);
    tip.style.translate = `${Math.round(left)}px ${Math.round(top)}px`;
  }

  function leave() {
    pointed = null;
    part(".tip").hidden = true;
  }

  function choose(button) {
    const topic = Number(button.dataset.topic);
    chosen = chosen === topic ? null : topic;
    for (const other of view().querySelectorAll(".topic")) other.setAttribute("aria-pressed", Number(other.dataset.topic) === chosen);
    if (window.Plotly) plots().choose(part(".map"), made, { chosen, answered });
  }

  // The window or the scheme may have changed, or an answer have come, while the overview was away.
  function refresh() {
    if (!window.Plotly || !isOpen()) return;
    for (const plot of view().querySelectorAll(".js-plotly-plot")) plots().fit(plot);
    if (part(".bars").classList.contains("js-plotly-plot")) drawYears();
    if (part(".map").classList.contains("js-plotly-plot")) drawMap();
  }

  const about = (aspect) => made?.subject ? `${made.subject} in terms of ${aspect.toLowerCase()}` : aspect.toLowerCase();

  document.addEventListener("click", (event) => {
    const button = event.target.closest?.("#library-view .overview button");
    if (!button) return;
    const { dataset } = button;
    if (button.matches(".to-list")) window.loccitLibrary.narrow({ kind: dataset.kind, year: dataset.year });
    else if (button.matches(".to-passage")) window.loccitReader.open({ document: dataset.document, spans: [dataset.span.split("-").map(Number)] });
    else if (button.matches(".topic")) choose(button);
    else if (button.matches(".ask-aspect")) {
      location.hash = "#ask";
      window.loccitLinks.ask(`What is known about ${about(dataset.aspect)}?`);
    } else if (button.matches(".find-aspect")) window.loccitLibrary.lookFor([made?.subject, dataset.aspect.toLowerCase()].filter(Boolean).join(" "));
    else if (window.Plotly && button.matches(".zoom button")) {
      if (button.matches(".whole")) plots().whole(part(".map"));
      else plots().zoom(part(".map"), button.matches(".nearer"));
    }
  });

  document.addEventListener("toggle", (event) => { if (event.target.matches?.(".mapped .tabled")) showTopics(); }, { capture: true });
  document.addEventListener("loccit-part", open);
  document.addEventListener("loccit-view", open);
  document.addEventListener("loccit-library", ({ detail }) => { if (!detail.running && seen !== null && detail.generation !== seen) open(); });
  document.addEventListener("scroll", (event) => { if (event.target.matches?.(".overview")) leave(); }, { capture: true });
  // Light or dark is a class of the body, which there may not be yet.
  const watch = () => new MutationObserver(refresh).observe(document.body, { attributeFilter: ["class"] });
  if (document.body) watch();
  else document.addEventListener("DOMContentLoaded", watch);

  return { open };
})();
