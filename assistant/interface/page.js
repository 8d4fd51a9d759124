// Citations open their sources in the page itself: nothing is fetched until a whole document is wanted.
window.loccit = (() => {
  "use strict";

  const NARROW = window.matchMedia("(max-width: 860px)");
  const TAP_RADIUS = 10;
  let pressed = null;
  let touched = false;
  let opener = null;

  // Beside the chat and beside the checked claims: each view has its own sources.
  const COLUMNS = ".sources-column";
  const SCROLLERS = "#chat .bubble-wrap, .claims-column, .compare-column";

  const byHash = (link) => document.getElementById(link.hash.slice(1));
  const linkAt = (event) =>
    event.target.closest?.('a[href^="#cite-"], a[href^="#sources-"], a[href^="#copy-"]');

  // A chip in a paragraph that is being written is replaced between press and release, and gets no click:
  // so a link is remembered at pointerdown and followed at pointerup; a click without a pointer is the keyboard.
  document.addEventListener("pointerdown", (event) => {
    const link = event.button === 0 && linkAt(event);
    pressed = link ? { link, x: event.clientX, y: event.clientY } : null;
    touched = false;
  });
  document.addEventListener("pointercancel", () => { pressed = null; });
  document.addEventListener("pointerup", (event) => {
    const press = pressed;
    pressed = null;
    if (!press || Math.hypot(event.clientX - press.x, event.clientY - press.y) > TAP_RADIUS) return;
    touched = event.pointerType === "touch";
    follow(press.link);
  });
  // After a touch come mouse events, at what has moved under the finger meanwhile: they would take the focus away.
  for (const type of ["mousedown", "click"]) {
    document.addEventListener(type, (event) => {
      if (!touched || event.detail === 0) return;
      touched = type !== "click";
      event.preventDefault();
      event.stopPropagation();
    }, { capture: true });
  }
  document.addEventListener("click", (event) => {
    const link = linkAt(event);
    if (link) {
      event.preventDefault();
      if (event.detail === 0) follow(link);
      return;
    }
    const button = event.target.closest?.("button");
    if (button?.matches(".close-sources")) closeSheet();
    else if (button?.matches("#chat .export")) takeAlong(button);
  });
  document.addEventListener("keydown", (event) => {
    // The focus is on a source that Enter has brought forward: Enter again goes on into its document.
    if (event.key === "Enter" && !event.repeat && event.target.matches?.(".cited")) return readOn(event.target);
    if (event.key !== "Escape" || document.querySelector("dialog[open]")) return;
    if (event.target.closest?.(COLUMNS) || document.body.classList.contains("sheet")) closeSheet();
  });

  function follow(link) {
    if (link.classList.contains("copy")) return copy(link);
    const target = byHash(link);
    if (!target) return;
    const isThere = !NARROW.matches || document.body.classList.contains("sheet");
    if (link === opener && target.matches(".cited.on") && isThere && readOn(target)) return;
    opener = link;
    const panel = target.closest(".answer-sources");
    const column = target.closest(COLUMNS);
    for (const other of column.querySelectorAll(".answer-sources")) other.hidden = other !== panel;
    for (const chosen of document.querySelectorAll(".card.on, .cited.on, .chip.on")) chosen.classList.remove("on");
    if (target !== panel) {
      target.classList.add("on");
      target.closest(".card").classList.add("on");
      for (const chip of document.querySelectorAll(`a.chip[href="${link.hash}"]`)) chip.classList.add("on");
    }
    if (NARROW.matches) openSheet(link, column);
    bringForward(target, panel, column);
  }

  function bringForward(target, panel, column) {
    const card = target.closest(".card");
    const top = card?.querySelector(".cited") === target ? card : target;
    const view = column.getBoundingClientRect();
    const box = top.getBoundingClientRect();
    if (NARROW.matches || box.top < view.top || box.bottom > view.bottom) top.scrollIntoView({ block: "start" });
    if (target !== panel) target.querySelector("mark")?.scrollIntoView({ block: "nearest" });
    (target === panel ? panel.querySelector("h2") : target).focus({ preventScroll: true });
  }

  // The sheet covers the lower part of a phone; the words that the reader came from stay in sight above it.
  function openSheet(link, column) {
    document.body.classList.add("sheet");
    const covered = link.getBoundingClientRect().bottom - column.offsetTop + 24;
    if (covered > 0) link.closest(SCROLLERS)?.scrollBy(0, covered);
  }

  function closeSheet() {
    document.body.classList.remove("sheet");
    opener?.focus({ preventScroll: true });
  }

  function readOn(source) {
    const button = source.querySelector(".in-context");
    if (button) window.loccitReader.read(button);
    return button;
  }

  async function copy(link) {
    const shown = link.closest(".message").cloneNode(true);
    for (const chip of shown.querySelectorAll("a.chip")) chip.replaceWith(`[${chip.hash.split("-").pop()}]`);
    shown.querySelectorAll(".how, .left-out, .notice, .read-as, .after").forEach((line) => line.remove());
    // With its parentheses, which are for the ear elsewhere.
    for (const mark of shown.querySelectorAll(".mark")) mark.textContent = mark.textContent;
    const holder = document.body.appendChild(document.createElement("div"));
    holder.className = "copied-text";
    holder.append(shown);
    const references = document.getElementById(link.hash.replace("#copy", "sources")).dataset.references;
    const text = `${holder.innerText.replaceAll("\u00a0", " ").trim()}\n\n${references}`;
    holder.remove();
    await navigator.clipboard.writeText(text);
    say(link, "Copied");
  }

  // A comparison is written on the server; the page only hands it over.
  async function takeAlong(button) {
    const { markdown, csv, file } = document.getElementById(`sources-${button.value}`).dataset;
    if (button.name === "markdown") {
      await navigator.clipboard.writeText(markdown);
      return say(button, "Copied");
    }
    const link = document.createElement("a");
    // Without the mark at its beginning, spreadsheets take UTF-8 for something else.
    link.href = URL.createObjectURL(new Blob(["\ufeff", csv], { type: "text/csv;charset=utf-8" }));
    link.download = file;
    link.click();
    URL.revokeObjectURL(link.href);
  }

  // Whatever a button says, it says again after a while.
  function say(button, word) {
    const usual = button.dataset.usual ??= button.textContent;
    button.textContent = word;
    setTimeout(() => { button.textContent = usual; }, 2000);
  }

  // Gradio fetches what draws an answer when it first needs it; until then the answer's row is empty.
  function shown(act) {
    const rows = () => [...document.querySelectorAll("#chat .bot-row")];
    const areFull = () => rows().every((row) => row.textContent.trim());
    requestAnimationFrame(() => requestAnimationFrame(() => {
      if (areFull()) return act();
      const watch = new MutationObserver(() => {
        if (!areFull()) return;
        watch.disconnect();
        act();
      });
      watch.observe(document.getElementById("chat"), { childList: true, subtree: true, characterData: true });
    }));
  }

  return {
    connect: (functions) => window.loccitReader.connect(functions),
    shown,
    answered: () => shown(() => {
      document.getElementById("sources-column").scrollTop = 0;
      // Gradio labels each message with its raw markup, which a screen reader would read out.
      for (const message of document.querySelectorAll("#chat [aria-label][data-testid]")) message.removeAttribute("aria-label");
      window.loccitAnswers.finished();
      window.loccitActions.finished();
    }),
  };
})();
