// What a number stands for: beside it, while a pointer rests on it or the keyboard's focus is there.
(() => {
  "use strict";

  const REST = 140;
  const LEAVE = 200;
  const GAP = 8;
  let box = null;
  let chip = null;
  let waiting = null;
  let pointer = "";

  const chipAt = (event) => event.target.closest?.('a.chip[href^="#cite-"]');
  const copyOf = (element) => element?.cloneNode(true) ?? "";

  function show(link, { described = false } = {}) {
    clearTimeout(waiting);
    const source = document.getElementById(link.hash.slice(1));
    if (!source || !link.isConnected) return;
    hide();
    box ??= made();
    fill(source, link);
    chip = link;
    if (described) link.setAttribute("aria-describedby", box.id);
    box.showPopover();
    place(link);
  }

  function made() {
    const element = document.createElement("div");
    Object.assign(element, { id: "citation-preview", popover: "manual" });
    element.setAttribute("role", "tooltip");
    element.addEventListener("pointerenter", () => clearTimeout(waiting));
    element.addEventListener("pointerleave", leave);
    return document.body.appendChild(element);
  }

  // The card has it all, escaped on the server: here it is only copied.
  function fill(source, link) {
    const card = source.closest(".card");
    const title = Object.assign(document.createElement("p"), { className: "title" });
    title.append(...copyOf(card.querySelector("h3")).childNodes);
    const quote = document.createElement("blockquote");
    source.querySelectorAll("blockquote mark").forEach((mark, place) => {
      if (place) quote.append(" … ");
      quote.append(...copyOf(mark).childNodes);
    });
    const parts = [title, copyOf(card.querySelector(".record")), copyOf(card.querySelector(".tags")), copyOf(source.querySelector(".changed"))];
    if (quote.hasChildNodes()) parts.push(quote);
    if (link.classList.contains("on") && source.querySelector(".in-context")) {
      parts.push(Object.assign(document.createElement("p"), { className: "hint", textContent: "Choose it again for the whole document." }));
    }
    box.replaceChildren(...parts);
  }

  // Above the number, where the text has been read already; below it where there is no room.
  function place(link) {
    const at = link.getClientRects()[0];
    const { offsetWidth: width, offsetHeight: height } = box;
    const left = Math.max(GAP, Math.min(at.left - 24, innerWidth - width - GAP));
    const top = at.top - height - GAP > 0 ? at.top - height - GAP : Math.min(at.bottom + GAP, innerHeight - height - GAP);
    box.style.left = `${left}px`;
    box.style.top = `${Math.max(GAP, top)}px`;
  }

  function hide() {
    clearTimeout(waiting);
    chip?.removeAttribute("aria-describedby");
    chip = null;
    if (box?.matches(":popover-open")) box.hidePopover();
  }

  function leave() {
    clearTimeout(waiting);
    waiting = setTimeout(hide, LEAVE);
  }

  document.addEventListener("pointerover", (event) => {
    const link = chipAt(event);
    const where = `${event.clientX} ${event.clientY}`;
    // What has moved under a pointer at rest was not pointed at.
    if (!link || event.pointerType !== "mouse" || where === pointer) return;
    clearTimeout(waiting);
    if (link !== chip) waiting = setTimeout(show, chip ? 0 : REST, link);
  });
  document.addEventListener("pointermove", (event) => { pointer = `${event.clientX} ${event.clientY}`; }, { passive: true });
  document.addEventListener("pointerout", (event) => { if (chipAt(event)) leave(); });
  document.addEventListener("pointerdown", hide);
  document.addEventListener("focusin", (event) => {
    const link = chipAt(event);
    if (link?.matches(":focus-visible")) show(link, { described: true });
  });
  document.addEventListener("focusout", (event) => { if (chipAt(event)) hide(); });
  document.addEventListener("keydown", (event) => { if (event.key === "Escape") hide(); });
  // The focus brings its number into view: what is shown goes along.
  document.addEventListener("scroll", (event) => {
    if (!chip || event.target === box) return;
    const at = chip.getBoundingClientRect();
    if (at.bottom > 0 && at.top < innerHeight) place(chip);
    else hide();
  }, { capture: true, passive: true });
  document.addEventListener("loccit-view", hide);
})();
