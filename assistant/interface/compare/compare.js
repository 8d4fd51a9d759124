// The Compare view: subjects and aspects go to the server, the table and its sources come back as finished HTML.
(() => {
  "use strict";

  const TYPING = 300;
  const VIEW = "#compare-view";
  let typing = null;
  let suggested = 0;
  let ticket = null;
  let shown = null;

  const view = () => document.querySelector(`${VIEW} .compare`);
  const part = (selector) => view().querySelector(selector);
  const parts = (selector) => [...view().querySelectorAll(selector)];
  const ask = (path, body) => window.loccitViews.ask(`compare/${path}`, JSON.stringify(body));
  const tidied = (words) => words.trim().replace(/\s+/g, " ");
  const isSame = (one, other) => one.toLowerCase() === other.toLowerCase();

  const subjects = () => parts(".subjects input").map((field) => tidied(field.value)).filter(Boolean);
  const boxes = () => parts(".aspects input[type=checkbox]");
  const chosen = () => boxes().filter((box) => box.checked).map((box) => box.value);

  async function compare() {
    if (ticket) return;
    addOwn();
    const form = part("form");
    const mine = ticket = `${Date.now()}-${Math.random()}`;
    part(".form-error").textContent = "";
    part(".comparing-now").textContent = "Comparing…";
    form.setAttribute("aria-busy", "true");
    try {
      const found = await ask("table", { subjects: subjects(), aspects: chosen(), ticket: mine });
      if (ticket !== mine) return;
      shown = found;
      part(".compared").innerHTML = shown.table;
      part(".panels").innerHTML = shown.sources;
      part("#compare-sources").scrollTop = 0;
      const heading = part(".compared h2");
      heading.focus({ preventScroll: true });
      heading.scrollIntoView({ block: "start" });
    } catch (refused) {
      if (ticket !== mine) return;
      part(".compared").replaceChildren();
      part(".form-error").textContent = refused.message;
      (parts(".subjects input").find((field) => !tidied(field.value)) ?? part(".subjects input")).focus();
    } finally {
      if (ticket === mine) rest("");
    }
  }

  function rest(words) {
    part(".comparing-now").textContent = words;
    part("form").removeAttribute("aria-busy");
    ticket = null;
  }

  function stop() {
    if (!ticket) return;
    ask("stop", { ticket }).catch(() => {});
    rest("Stopped.");
    part("button.main").focus();
  }

  // Subjects.
  function number() {
    const fields = parts(".subjects li");
    fields.forEach((field, place) => {
      const name = `Subject ${place + 1}`;
      const input = field.querySelector("input");
      input.setAttribute("aria-label", name);
      input.placeholder = name;
      field.querySelector("button").setAttribute("aria-label", `Remove ${name.toLowerCase()}`);
    });
    part(".subjects ol").classList.toggle("fewest", fields.length <= 2);
    part(".add-subject").hidden = fields.length >= Number(part(".subjects ol").dataset.most);
  }

  function addSubject(words = "") {
    const field = part(".subjects li").cloneNode(true);
    field.querySelector("input").value = words;
    part(".subjects ol").append(field);
    number();
    return field.querySelector("input");
  }

  function removeSubject(field) {
    const next = field.nextElementSibling ?? field.previousElementSibling;
    field.remove();
    number();
    next.querySelector("input").focus();
    suggest();
  }

  // Aspects: what was chosen stays chosen when others are offered.
  async function suggest() {
    const turn = ++suggested;
    const found = await ask("aspects", { subjects: subjects() }).catch(() => null);
    if (!found || turn !== suggested) return;
    const kept = chosen();
    const focused = document.activeElement?.closest(`${VIEW} .offered`) && document.activeElement.value;
    part(".offered").innerHTML = found.html;
    choose(kept);
    if (focused) boxes().find((box) => box.value === focused)?.focus();
  }

  function choose(names) {
    for (const name of names) {
      const box = boxes().find((one) => isSame(one.value, name));
      if (box) box.checked = true;
      else part(".own .pills").append(pill(name));
    }
    // One of the reader's own that is offered as well is offered only once.
    const offered = parts(".offered input").map((box) => box.value);
    for (const box of parts(".own .pills input")) {
      if (offered.some((name) => isSame(name, box.value))) box.closest("label").remove();
    }
  }

  function pill(name) {
    const label = Object.assign(document.createElement("label"), { className: "pill" });
    const box = Object.assign(document.createElement("input"), { type: "checkbox", className: "sr", value: name, checked: true });
    label.append(box, Object.assign(document.createElement("span"), { textContent: name }));
    return label;
  }

  function addOwn() {
    const field = part("[name=own]");
    const name = tidied(field.value);
    field.value = "";
    if (name) choose([name.charAt(0).toUpperCase() + name.slice(1)]);
    return name;
  }

  function fill(data) {
    const named = JSON.parse(data.subjects);
    while (parts(".subjects li").length > Math.max(2, named.length)) part(".subjects li:last-child").remove();
    while (parts(".subjects li").length < named.length) addSubject();
    parts(".subjects input").forEach((field, place) => { field.value = named[place] ?? ""; });
    number();
    for (const box of boxes()) box.checked = false;
    part(".own .pills").replaceChildren();
    choose(JSON.parse(data.aspects));
    suggest();
  }

  // A narrow screen shows one aspect at a time, here and in the chat.
  function pick(picker, place) {
    const [previous, select, next] = picker.children;
    picker.closest(".compared-table").querySelectorAll(".comparison tbody tr").forEach((row, at) => row.classList.toggle("at", at === place));
    select.selectedIndex = place;
    previous.disabled = place === 0;
    next.disabled = place === select.length - 1;
  }

  function step(button) {
    const picker = button.parentElement;
    const by = button.name === "next-aspect" ? 1 : -1;
    const select = picker.querySelector("select");
    pick(picker, select.selectedIndex + by);
    // A button that can do no more would lose the focus.
    if (button.disabled) select.focus();
  }

  async function takeAlong(button) {
    const { markdown, csv, file } = shown;
    if (button.name === "markdown") save(markdown, "text/markdown", `${file}.md`);
    // Without the mark at its beginning, spreadsheets take UTF-8 for something else.
    else if (button.name === "csv") save(`\ufeff${csv}`, "text/csv", `${file}.csv`);
    else {
      const copied = await navigator.clipboard?.writeText(markdown).then(() => true, () => false);
      const usual = button.dataset.usual ??= button.textContent;
      button.textContent = copied ? "Copied" : "The browser does not allow it";
      setTimeout(() => { button.textContent = usual; }, 2000);
    }
  }

  function save(words, type, name) {
    const link = document.createElement("a");
    link.href = URL.createObjectURL(new Blob([words], { type: `${type};charset=utf-8` }));
    link.download = name;
    link.click();
    URL.revokeObjectURL(link.href);
  }

  document.addEventListener("submit", (event) => {
    if (!event.target.closest(VIEW)) return;
    event.preventDefault();
    compare();
  });
  document.addEventListener("keydown", (event) => {
    const isElsewhere = document.querySelector("dialog[open], body.sheet") || event.target.closest?.(".sources-column");
    if (event.key === "Escape" && ticket && !isElsewhere) stop();
    // Enter adds what was typed; in an empty field it compares.
    if (event.key !== "Enter" || event.isComposing || !event.target.matches?.(`${VIEW} [name=own]`)) return;
    if (!tidied(event.target.value)) return;
    event.preventDefault();
    addOwn();
  });
  document.addEventListener("change", (event) => {
    if (event.target.matches?.(".aspect-picker select")) pick(event.target.parentElement, event.target.selectedIndex);
  });
  document.addEventListener("input", (event) => {
    if (!event.target.matches?.(`${VIEW} .subjects input`)) return;
    clearTimeout(typing);
    typing = setTimeout(suggest, TYPING);
  });
  document.addEventListener("click", (event) => {
    const button = event.target.closest?.("button");
    if (!button) return;
    if (button.matches(".aspect-picker button")) step(button);
    if (!button.closest(VIEW)) return;
    if (button.matches(".add-subject")) addSubject().focus();
    else if (button.matches(".remove-subject")) removeSubject(button.closest("li"));
    else if (button.matches(".add-aspect")) { addOwn(); part("[name=own]").focus(); }
    else if (button.matches(".stop")) stop();
    else if (button.matches(".export")) takeAlong(button);
    else if (button.matches(".example")) { fill(button.dataset); compare(); }
  });
  // Nobody waits for it any more.
  window.addEventListener("pagehide", () => {
    if (ticket) navigator.sendBeacon(window.loccitViews.door("compare/stop"), JSON.stringify({ ticket }));
  });
})();
