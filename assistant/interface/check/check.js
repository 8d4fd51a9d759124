// The Check view: a text goes to the server, its claims and their sources come back as finished HTML.
(() => {
  "use strict";

  const TYPING = 120;
  let typing = null;
  let searched = 0;
  let running = false;

  const view = () => document.querySelector("#check-view .check");
  const part = (selector) => view().querySelector(selector);
  const ask = (path, body) => window.loccitViews.ask(`check/${path}`, body);

  async function check(form) {
    if (running) return;
    running = true;
    const error = part(".form-error");
    const now = part(".checking-now");
    error.textContent = "";
    now.textContent = "Checking…";
    form.setAttribute("aria-busy", "true");
    const source = part("[role=combobox]").dataset.document;
    try {
      const found = await ask("claims", JSON.stringify({ text: form.text.value, document: source || null }));
      part(".checked").innerHTML = found.claims;
      part(".panels").innerHTML = found.sources;
      part("#check-sources").scrollTop = 0;
      now.textContent = "";
      const heading = part(".checked h2");
      heading.focus({ preventScroll: true });
      heading.scrollIntoView({ block: "nearest" });
    } catch (refused) {
      now.textContent = "";
      part(".checked").replaceChildren();
      error.textContent = refused.message;
      form.text.focus();
    } finally {
      form.removeAttribute("aria-busy");
      running = false;
    }
  }

  // One source: a field that offers what it finds while words are typed. Nothing chosen means all of them.
  const options = () => [...view().querySelectorAll("[role=option]")];
  const active = () => part("[role=option][aria-selected=true]");

  async function offer(field) {
    const number = ++searched;
    const words = new URLSearchParams({ q: field.dataset.document ? "" : field.value });
    const found = await ask(`sources?${words}`).catch((error) => ({ error }));
    if (number !== searched || document.activeElement !== field) return;
    const list = part("[role=listbox]");
    if (found.error) list.replaceChildren(Object.assign(document.createElement("li"), { className: "rest", textContent: found.error.message }));
    else list.innerHTML = found.html;
    list.hidden = false;
    list.scrollTop = 0;
    field.setAttribute("aria-expanded", "true");
    field.removeAttribute("aria-activedescendant");
  }

  function close() {
    searched++;
    const field = part("[role=combobox]");
    part("[role=listbox]").hidden = true;
    field.setAttribute("aria-expanded", "false");
    field.removeAttribute("aria-activedescendant");
    // Words that choose no source choose none: the field never looks as if it did.
    field.value = field.dataset.title ?? "";
  }

  function choose(id, title) {
    const field = part("[role=combobox]");
    if (id) Object.assign(field.dataset, { document: id, title });
    else ["document", "title"].forEach((name) => { delete field.dataset[name]; });
    field.title = title ?? "";
    part(".all-sources").hidden = !id;
    close();
  }

  function move(field, step) {
    const all = options();
    if (!all.length) return;
    const next = all[(all.indexOf(active()) + step + all.length + (step < 0 && !active() ? 1 : 0)) % all.length];
    point(field, next);
    next.scrollIntoView({ block: "nearest" });
  }

  function point(field, at) {
    for (const option of options()) option.setAttribute("aria-selected", option === at);
    field.setAttribute("aria-activedescendant", at.id);
  }

  function pressed(event) {
    const field = event.target;
    const isOpen = field.getAttribute("aria-expanded") === "true";
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      if (isOpen) move(field, event.key === "ArrowDown" ? 1 : -1);
      else offer(field);
    } else if (event.key === "Enter" && isOpen) {
      event.preventDefault();
      const option = active() ?? (options().length === 1 ? options()[0] : null);
      if (option) choose(option.dataset.document, option.dataset.title);
    } else if (event.key === "Escape" && isOpen) {
      event.stopPropagation();
      close();
    }
  }

  document.addEventListener("keydown", (event) => {
    if (event.target.matches?.("#check-view [role=combobox]")) pressed(event);
    // As in the question box, Enter sends; a new line takes Shift.
    else if (event.key === "Enter" && !event.shiftKey && !event.isComposing && event.target.matches?.("#check-view textarea")) {
      event.preventDefault();
      check(event.target.form);
    }
  });

  document.addEventListener("input", (event) => {
    const field = event.target;
    if (!field.matches?.("#check-view [role=combobox]")) return;
    if (field.dataset.document) {
      const typed = field.value;
      choose(null);
      field.value = typed;
    }
    clearTimeout(typing);
    typing = setTimeout(offer, TYPING, field);
  });

  document.addEventListener("focusin", (event) => {
    if (!event.target.matches?.("#check-view [role=combobox]")) return;
    event.target.select();
    offer(event.target);
  });
  document.addEventListener("focusout", (event) => {
    if (event.target.matches?.("#check-view [role=combobox]")) close();
  });

  // Before the field loses its focus, which would take the list away from under the pointer.
  document.addEventListener("mousedown", (event) => {
    const list = event.target.closest?.("#check-view [role=listbox]");
    if (list) event.preventDefault();
  });
  document.addEventListener("mousemove", (event) => {
    const option = event.target.closest?.("#check-view [role=option][aria-selected=false]");
    if (option) point(part("[role=combobox]"), option);
  });
  document.addEventListener("click", (event) => {
    const option = event.target.closest?.("#check-view [role=option]");
    if (option) choose(option.dataset.document, option.dataset.title);
    if (event.target.closest?.("#check-view .all-sources")) {
      choose(null);
      view().querySelector("textarea").focus();
    }
    const underlined = event.target.closest?.("#check-view a.underlined");
    if (underlined) {
      event.preventDefault();
      const claim = document.getElementById(underlined.hash.slice(1));
      claim.scrollIntoView({ block: "nearest" });
      claim.focus({ preventScroll: true });
    }
    const from = event.target.closest?.("a.check-in");
    if (from) {
      choose(from.dataset.document, from.dataset.title);
      requestAnimationFrame(() => requestAnimationFrame(() => part("textarea").focus()));
    }
  });

  document.addEventListener("submit", (event) => {
    if (!event.target.closest("#check-view")) return;
    event.preventDefault();
    check(event.target);
  });
})();
