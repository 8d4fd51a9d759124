// The Compare view: subjects and aspects go to the server, the table and its sources come back as finished HTML.
(() => {
  "use strict";

  const TYPING = 300;
  const VIEW = "#compare-view";
  let typing = null;
  let suggested = 0;
  let ticket = null;
  let stopping = false;
  let ticking = null;
  let newest = "";
  let starting = false;
  let shown = null;

  const view = () => document.querySelector(`${VIEW} .compare`);
  const part = (selector) => view().querySelector(selector);
  const parts = (selector) => [...view().querySelectorAll(selector)];
  const ask = (path, body) => window.loccitViews.ask(`compare/${path}`, JSON.stringify(body));
  const tidied = (words) => words.trim().replace(/\s+/g, " ");
  const isSame = (one, other) => one.toLowerCase() === other.toLowerCase();

  const subjects = () => parts(".subjects input").map((field) => tidied(field.value)).filter(Boolean);
  const boxes = () => parts(".aspects input[type=checkbox]");
  const chips = () => parts(".own .chips li");
  const nameOf = (chip) => chip.querySelector("span").textContent;
  const chosen = () => [...boxes().filter((box) => box.checked).map((box) => box.value), ...chips().map(nameOf)];
  const refuse = (words) => { part(".form-error").textContent = words; };

  async function compare() {
    if (ticket) return;
    refuse("");
    if (!addOwn()) return;
    const mine = ticket = `${Date.now()}-${Math.random()}`;
    begin();
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
      refuse(refused.message);
      (parts(".subjects input").find((field) => !tidied(field.value)) ?? part(".subjects input")).focus();
    } finally {
      if (ticket === mine) rest("");
    }
  }

  function begin() {
    const begun = Date.now();
    stopping = false;
    say("Comparing…");
    part("form").setAttribute("aria-busy", "true");
    // Read out each second they would be a nuisance.
    ticking = setInterval(() => { part(".seconds").textContent = `${Math.round((Date.now() - begun) / 1000)} s`; }, 1000);
  }

  function rest(words) {
    clearInterval(ticking);
    say(words);
    part("form").removeAttribute("aria-busy");
    ticket = null;
  }

  function say(words) {
    part(".comparing-now [role=status]").textContent = words;
    part(".seconds").textContent = "";
  }

  // What was checked by then comes as a table; whoever stops again does not wait for it.
  function stop() {
    if (!ticket) return;
    if (part("form").contains(document.activeElement)) part("button.main").focus();
    if (stopping) {
      rest("Stopped.");
      return;
    }
    stopping = true;
    part(".comparing-now [role=status]").textContent = "Stopping…";
    tellToStop(ticket);
  }

  // A wish to stop may overtake the comparison itself.
  async function tellToStop(mine) {
    const told = await ask("stop", { ticket: mine }).catch(() => null);
    if (told && !told.stopped && ticket === mine) setTimeout(tellToStop, TYPING, mine);
  }

  // The start depends on the library, and examples of its own take a while to be made: they wait until the view is open.
  async function freshen() {
    const form = view()?.querySelector("form");
    if (!form || starting || window.loccitViews.current() !== "compare") return;
    const known = form.dataset.generation;
    if (known && (!newest || newest === known)) return;
    starting = true;
    const found = await ask("start", {}).catch(() => null);
    starting = false;
    if (!found) return;
    newest = form.dataset.generation = String(found.generation);
    form.classList.toggle("empty", found.empty);
    part(".lead").innerHTML = found.lead;
    part("datalist").innerHTML = found.names;
    part(".examples").innerHTML = found.examples;
    if (subjects().length > 1) suggest();
    else offer(found.aspects);
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
    refuse("");
    suggest();
  }

  // Aspects: what was chosen stays chosen when others are offered.
  async function suggest() {
    const turn = ++suggested;
    try {
      const found = await ask("aspects", { subjects: subjects() });
      if (turn === suggested) offer(found.html);
    } catch (refused) {
      if (turn === suggested) refuse(refused.message);
    }
  }

  function offer(aspects) {
    const kept = chosen();
    const focused = document.activeElement?.closest(`${VIEW} .offered`) && document.activeElement.value;
    part(".offered").innerHTML = aspects;
    choose(kept);
    if (focused) boxes().find((box) => box.value === focused)?.focus();
  }

  function choose(names) {
    for (const name of names) {
      const box = boxes().find((one) => isSame(one.value, name));
      if (box) box.checked = true;
      else if (!chips().some((one) => isSame(nameOf(one), name))) part(".own .chips").append(chip(name));
    }
    // One of the reader's own that is offered as well is shown only once.
    for (const one of chips()) if (boxes().some((box) => isSame(box.value, nameOf(one)))) one.remove();
  }

  function chip(name) {
    const remove = Object.assign(document.createElement("button"), { type: "button", className: "remove-aspect", textContent: "✕" });
    remove.setAttribute("aria-label", `Remove the aspect ${name}`);
    const item = document.createElement("li");
    item.append(Object.assign(document.createElement("span"), { textContent: name }), remove);
    return item;
  }

  function removeChip(item) {
    const next = item.nextElementSibling ?? item.previousElementSibling;
    item.remove();
    (next?.querySelector("button") ?? part("[name=own]")).focus();
  }

  // Tells whether nothing is left in the field.
  function addOwn() {
    const field = part("[name=own]");
    const name = tidied(field.value);
    const longest = Number(part("form").dataset.longest);
    if (name.length > longest) {
      refuse(`Name an aspect in at most ${longest} characters; this one has ${name.length}.`);
      field.focus();
      return false;
    }
    field.value = "";
    if (name) choose([name.charAt(0).toUpperCase() + name.slice(1)]);
    return true;
  }

  function fill(data) {
    const named = JSON.parse(data.subjects);
    while (parts(".subjects li").length > Math.max(2, named.length)) part(".subjects li:last-child").remove();
    while (parts(".subjects li").length < named.length) addSubject();
    parts(".subjects input").forEach((field, place) => { field.value = named[place] ?? ""; });
    number();
    for (const box of boxes()) box.checked = false;
    part(".own .chips").replaceChildren();
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
    refuse("");
    addOwn();
  });
  document.addEventListener("change", (event) => {
    if (event.target.matches?.(".aspect-picker select")) pick(event.target.parentElement, event.target.selectedIndex);
  });
  document.addEventListener("input", (event) => {
    if (!event.target.matches?.(`${VIEW} .subjects input`)) return;
    refuse("");
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
    else if (button.matches(".remove-aspect")) removeChip(button.closest("li"));
    else if (button.matches(".add-aspect")) { refuse(""); addOwn(); part("[name=own]").focus(); }
    else if (button.matches(".stop")) stop();
    else if (button.matches(".export")) takeAlong(button);
    else if (button.matches(".example")) { fill(button.dataset); compare(); }
  });
  document.addEventListener("loccit-view", freshen);
  document.addEventListener("loccit-library", ({ detail }) => { newest = String(detail.generation ?? detail); freshen(); });
  // Nobody waits for it any more.
  window.addEventListener("pagehide", () => {
    if (ticket) navigator.sendBeacon(window.loccitViews.door("compare/stop"), JSON.stringify({ ticket }));
  });
})();
