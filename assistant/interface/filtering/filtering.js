// Filters: what may answer. They are kept on the page alone, told by their pills, and sent with every question.
window.loccitFiltering = (() => {
  "use strict";

  const TYPING = 150;
  const LONGEST = 28;
  const chosen = { year_from: null, year_to: null, kinds: new Map(), documents: new Map() };
  let typing = null;
  let searched = 0;
  let counted = 0;

  const row = () => document.querySelector("#filters .filters-row");
  const part = (selector) => row().querySelector(selector);
  const panel = (name) => document.getElementById(`filter-${name}`);
  const pill = (name) => part(`.pill[data-filter="${name}"]`);
  const opened = () => row()?.querySelector(".filter-panel:not([hidden])");
  const ask = (path, body) => window.loccitViews.ask(`filtering/${path}`, body);

  // As the server reads it.
  function current() {
    return {
      year_from: chosen.year_from,
      year_to: chosen.year_to,
      source_types: [...chosen.kinds.keys()],
      documents: [...chosen.documents.keys()],
    };
  }

  const isOn = () => Boolean(chosen.year_from ?? chosen.year_to ?? (chosen.kinds.size || chosen.documents.size || null));

  function yearsSaid() {
    const { year_from: from, year_to: to } = chosen;
    if (from === null && to === null) return null;
    if (to === null) return `From ${from}`;
    if (from === null) return `To ${to}`;
    return from === to ? `${from}` : `${from}–${to}`;
  }

  function said(names, many) {
    if (!names.length) return null;
    if (names.length > 1) return `${names.length} ${many}`;
    const [name] = names;
    return name.length > LONGEST ? `${name.slice(0, LONGEST).trimEnd()}…` : name[0].toUpperCase() + name.slice(1);
  }

  function show() {
    const words = {
      years: yearsSaid(),
      kinds: said([...chosen.kinds.values()], "kinds"),
      documents: said([...chosen.documents.values()], "sources"),
    };
    for (const [name, on] of Object.entries(words)) {
      const button = pill(name);
      button.firstElementChild.textContent = on ?? button.dataset.usual;
      button.classList.toggle("on", on !== null);
      const remove = part(`.remove[data-filter="${name}"]`);
      remove.hidden = on === null;
      remove.setAttribute("aria-label", `Remove the filter: ${on ?? "none"}`);
      panel(name).querySelector(".any").hidden = on === null;
    }
    row().classList.toggle("narrow", isOn());
    count();
  }

  async function count() {
    const number = ++counted;
    const status = part(".fitting");
    if (!isOn()) {
      status.textContent = "";
      return;
    }
    const found = await ask("fitting", JSON.stringify(current())).catch((error) => ({ said: error.message, none: true }));
    if (number !== counted) return;
    status.textContent = found.said;
    status.classList.toggle("none", found.none);
    status.title = found.within ?? "";
  }

  function open(name) {
    close();
    panel(name).hidden = false;
    pill(name).setAttribute("aria-expanded", "true");
    ({ years: openYears, kinds: openKinds, documents: openDocuments })[name]();
  }

  function close(focus = false) {
    const now = opened();
    if (!now) return;
    now.hidden = true;
    const button = pill(now.id.replace("filter-", ""));
    button.setAttribute("aria-expanded", "false");
    if (focus) button.focus();
  }

  async function openYears() {
    const [from, to] = panel("years").querySelectorAll("input");
    from.focus();
    const there = await ask("choices").catch(() => ({}));
    from.placeholder = there.first ?? "";
    to.placeholder = there.last ?? "";
  }

  async function openKinds() {
    const offered = panel("kinds").querySelector(".offered");
    const there = await ask("choices").catch((error) => ({ error }));
    if (there.error) offered.replaceChildren(sentence(there.error.message));
    else offered.innerHTML = there.kinds;
    for (const box of offered.querySelectorAll("input")) box.checked = chosen.kinds.has(box.value);
    offered.querySelector("input")?.focus();
  }

  function openDocuments() {
    const field = panel("documents").querySelector(".find-source");
    field.value = "";
    field.focus();
    showPicked();
    find();
  }

  function showPicked() {
    panel("documents").querySelector(".picked").replaceChildren(...[...chosen.documents].map(([id, title]) => {
      const label = Object.assign(document.createElement("label"), { className: "pick" });
      const box = Object.assign(document.createElement("input"), { type: "checkbox", name: "document", value: id, checked: true });
      box.dataset.title = title;
      label.append(box, " ", Object.assign(document.createElement("span"), { textContent: title }));
      return label;
    }));
  }

  async function find() {
    const number = ++searched;
    const words = new URLSearchParams({ q: panel("documents").querySelector(".find-source").value });
    const found = await ask(`sources?${words}`).catch((error) => ({ error }));
    if (number !== searched) return;
    const offered = panel("documents").querySelector(".offered");
    if (found.error) offered.replaceChildren(sentence(found.error.message));
    else offered.innerHTML = found.html;
    hidePicked();
  }

  function hidePicked() {
    for (const box of panel("documents").querySelectorAll(".offered input")) {
      box.checked = false;
      box.closest(".pick").hidden = chosen.documents.has(box.value);
    }
  }

  const sentence = (words) => Object.assign(document.createElement("p"), { className: "rest", textContent: words });

  function clear(name) {
    if (!name || name === "years") {
      chosen.year_from = chosen.year_to = null;
      for (const field of panel("years").querySelectorAll("input")) field.value = "";
    }
    if (!name || name === "kinds") chosen.kinds.clear();
    if (!name || name === "documents") chosen.documents.clear();
    for (const box of row().querySelectorAll(".filter-panel input[type=checkbox]")) {
      box.checked = chosen.kinds.has(box.value) || chosen.documents.has(box.value);
    }
    showPicked();
    hidePicked();
    show();
  }

  function pick(box) {
    const held = box.name === "kind" ? chosen.kinds : chosen.documents;
    const words = box.dataset.word ?? box.dataset.title;
    if (box.checked) held.set(box.value, words);
    else held.delete(box.value);
    if (box.name === "document") {
      const inPicked = box.closest(".picked");
      showPicked();
      hidePicked();
      // The box has moved, or is gone: the focus goes on from the field that finds more.
      const same = inPicked ? null : panel("documents").querySelector(`.picked input[value="${CSS.escape(box.value)}"]`);
      (same ?? panel("documents").querySelector(".find-source")).focus();
    }
    show();
  }

  function year(field) {
    const number = field.value.trim() === "" ? null : Number(field.value);
    // While a year is being typed it is none yet.
    chosen[field.name] = Number.isInteger(number) && number >= 1000 && number <= 9999 ? number : null;
    show();
  }

  document.addEventListener("click", (event) => {
    const button = event.target.closest?.("#filters button");
    if (!button) return;
    if (button.matches(".pill")) {
      if (button.getAttribute("aria-expanded") === "true") close();
      else open(button.dataset.filter);
    } else if (button.matches(".any")) {
      clear(button.dataset.filter);
      close(true);
    } else if (button.matches(".remove")) {
      close();
      clear(button.dataset.filter);
      pill(button.dataset.filter).focus();
    }
  });
  document.addEventListener("change", (event) => {
    if (event.target.matches?.("#filters input[type=checkbox]")) pick(event.target);
  });
  document.addEventListener("input", (event) => {
    const field = event.target;
    if (field.matches?.("#filters .years input")) year(field);
    else if (field.matches?.("#filters .find-source")) {
      clearTimeout(typing);
      typing = setTimeout(find, TYPING);
    }
  });
  document.addEventListener("pointerdown", (event) => {
    if (opened() && !event.target.closest?.("#filters .filter-panel, #filters .pill")) close();
  });
  document.addEventListener("focusin", (event) => {
    if (opened() && !event.target.closest?.("#filters")) close();
  });
  // Of the window: the document's listeners would take Escape for a wish to stop the answer.
  window.addEventListener("keydown", (event) => {
    const now = opened();
    if (!now || !event.target.closest?.("#filters")) return;
    if (event.key === "Escape" || (event.key === "Enter" && event.target.matches(".years input"))) {
      event.preventDefault();
      event.stopPropagation();
      close(true);
    }
  }, { capture: true });

  // As it goes with a question; nothing where every source may answer.
  const chosenNow = () => (isOn() ? JSON.stringify(current()) : "");

  return { chosen: chosenNow, clear };
})();
