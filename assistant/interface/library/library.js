// The Library view: a list that the server narrows, forms that begin to add papers, and how far that is.
window.loccitLibrary = (() => {
  "use strict";

  const OFTEN = 700;
  const SELDOM = 4000;
  const TYPING = 120;
  const ONE_PART = window.matchMedia("(max-width: 860px)");
  let generation = -1;
  let listed = -1;
  let wasRunning = null;
  let asked = 0;
  let pending = null;
  let polling = null;
  let started = false;

  const view = () => document.querySelector("#library-view .library");
  const part = (selector) => view().querySelector(selector);
  const isOpen = () => window.loccitViews.current() === "library";
  const ask = (path, body) => window.loccitViews.ask(`library/${path}`, body);

  // The state of the library, now and then; often while papers are being added.
  async function poll() {
    clearTimeout(polling);
    let running = wasRunning;
    if (!document.hidden) {
      try {
        const state = await ask(`state?seen=${generation}`);
        running = state.running;
        follow(state);
      } catch {
        // The server may be back at the next try; until then the page shows what it knew.
      }
    }
    clearTimeout(polling);
    polling = setTimeout(poll, running ? OFTEN : SELDOM);
  }

  function follow(state) {
    document.querySelector("#top .counts").textContent = state.status;
    const held = document.querySelector("#sources .held");
    if (held && state.held) held.outerHTML = state.held;
    generation = state.generation;
    document.dispatchEvent(new CustomEvent("loccit-library", { detail: generation }));
    const adding = part(".adding");
    // Written only when it differs: a button that has the focus keeps it.
    if (adding.dataset.html !== state.adding) {
      adding.dataset.html = state.adding;
      adding.innerHTML = state.adding;
    }
    if (wasRunning && !state.running) part(".announced").textContent = adding.querySelector(".run")?.innerText ?? "";
    wasRunning = state.running;
    if (isOpen() && listed !== generation) list();
    document.dispatchEvent(new CustomEvent("loccit-library", { detail: { generation, running: state.running } }));
  }

  // The list. What is unfolded stays so when the library changes under it.
  async function list() {
    const number = ++asked;
    part(".clear").hidden = ![...new FormData(part(".filters")).values()].some(Boolean);
    const known = generation;
    const found = await ask(`documents?${wanted()}`).catch(failed);
    if (number !== asked) return;
    if (!found) return;
    listed = known;
    const papers = part(".papers");
    const unfolded = new Map([...papers.querySelectorAll(".paper:has([aria-expanded=true])")]
      .map((row) => [row.dataset.document, row.querySelector(".more")]));
    const focused = document.activeElement?.closest?.(".paper")?.dataset.document;
    part(".count").textContent = found.count;
    papers.innerHTML = found.rows;
    for (const row of papers.querySelectorAll(".paper")) {
      const more = unfolded.get(row.dataset.document);
      if (more) {
        row.querySelector(".more").replaceWith(more);
        row.querySelector(".unfold").setAttribute("aria-expanded", "true");
      }
      if (row.dataset.document === focused) row.querySelector(".unfold").focus({ preventScroll: true });
    }
  }

  function failed(error) {
    part(".count").textContent = error.message;
  }

  // From the overview: the papers that a bar or a number counts.
  async function narrow({ kind = "", year = "" }) {
    const form = part(".filters");
    form.reset();
    form.source_type.value = kind;
    form.year_from.value = year;
    form.year_to.value = year;
    turnTo("documents");
    await list();
    part(".documents").scrollTop = 0;
    part(".count").focus({ preventScroll: true });
  }

  function lookFor(words) {
    turnTo(ONE_PART.matches ? "add" : "documents");
    const box = part(".by-query [name=query]");
    box.value = words;
    box.scrollIntoView({ block: "center" });
    box.focus({ preventScroll: true });
  }

  function wanted(offset = 0) {
    const fields = new URLSearchParams(new FormData(part(".filters")));
    fields.set("offset", offset);
    return fields;
  }

  async function showMore(button) {
    const rest = button.closest(".rest");
    const found = await ask(`documents?${wanted(button.dataset.offset)}`).catch(failed);
    if (!found || !rest.isConnected) return;
    const before = rest.previousElementSibling;
    rest.outerHTML = found.rows;
    before.nextElementSibling?.querySelector(".unfold")?.focus({ preventScroll: true });
  }

  async function unfold(button) {
    const row = button.closest(".paper");
    const more = row.querySelector(".more");
    const open = button.getAttribute("aria-expanded") !== "true";
    if (open) {
      const answer = await ask(`document?${new URLSearchParams({ document: row.dataset.document })}`)
        .catch((error) => ({ error }));
      if (answer.error) more.replaceChildren(Object.assign(document.createElement("p"), { className: "error", textContent: answer.error.message }));
      else more.innerHTML = answer.html;
      for (const link of more.querySelectorAll("a[data-path]")) link.href = window.loccitViews.door(link.dataset.path);
    }
    button.setAttribute("aria-expanded", open);
    more.hidden = !open;
  }

  // Removing asks first.
  function askToRemove(button) {
    const dialog = document.getElementById("removal");
    dialog.querySelector(".named").textContent = button.dataset.title;
    dialog.querySelector(".form-error").textContent = "";
    dialog.dataset.document = button.dataset.document;
    dialog.showModal();
    dialog.querySelector("[value=keep]").focus();
  }

  async function remove(dialog) {
    const row = part(`.paper[data-document="${CSS.escape(dialog.dataset.document)}"]`);
    try {
      await ask("remove", JSON.stringify({ document: dialog.dataset.document }));
    } catch (error) {
      dialog.querySelector(".form-error").textContent = error.message;
      return;
    }
    const next = row?.nextElementSibling ?? row?.previousElementSibling;
    dialog.close();
    row?.remove();
    (next?.querySelector("button") ?? part("[name=q]")).focus();
    part(".announced").textContent = `Removed: ${dialog.querySelector(".named").textContent}`;
    poll();
  }

  // Adding. Each form says beside itself why it was refused.
  async function begin(form, path, body) {
    const error = form.querySelector(".form-error");
    const buttons = [...form.querySelectorAll("button:not(:disabled)")];
    error.textContent = "";
    buttons.forEach((button) => { button.disabled = true; });
    form.setAttribute("aria-busy", "true");
    try {
      const answer = await ask(path, body);
      return answer;
    } catch (refused) {
      error.textContent = refused.message;
      return null;
    } finally {
      form.removeAttribute("aria-busy");
      buttons.forEach((button) => { button.disabled = false; });
    }
  }

  async function add(form, path, body) {
    if (!await begin(form, path, body)) return false;
    wasRunning = true;
    part(".announced").textContent = "Adding papers.";
    await poll();
    part(".adding").scrollIntoView({ block: "nearest" });
    return true;
  }

  function search(form) {
    const fields = new FormData(form);
    return {
      query: fields.get("query"),
      limit: Number(fields.get("limit")),
      open_access_only: fields.has("open_access_only"),
      licences: fields.getAll("licences"),
    };
  }

  async function preview(form) {
    const holder = part(".preview");
    holder.replaceChildren();
    const wish = search(form);
    const found = await begin(form, "preview", JSON.stringify(wish));
    if (!found) return;
    holder.innerHTML = found.html;
    holder.dataset.search = JSON.stringify(wish);
    count();
    const heading = holder.querySelector("h3") ?? holder.querySelector(".none");
    heading.setAttribute("tabindex", "-1");
    heading.focus({ preventScroll: true });
    heading.scrollIntoView({ block: "nearest" });
  }

  function count() {
    const boxes = [...view().querySelectorAll(".finding input:not(:disabled)")];
    const chosen = boxes.filter((box) => box.checked).length;
    const every = view().querySelector(".every input");
    const button = view().querySelector(".add-chosen");
    if (every) {
      every.checked = chosen === boxes.length;
      every.indeterminate = chosen > 0 && chosen < boxes.length;
    }
    if (button) {
      button.disabled = chosen === 0;
      button.textContent = chosen === 1 ? "Add 1 paper" : `Add ${chosen} papers`;
    }
  }

  async function addChosen(form) {
    const chosen = new FormData(form).getAll("chosen");
    const body = JSON.stringify({ ...JSON.parse(part(".preview").dataset.search), chosen });
    if (await add(form, "add-chosen", body)) part(".preview").replaceChildren();
  }

  async function addFiles(files) {
    const form = part(".by-file");
    if (!files.length) return;
    const body = new FormData();
    for (const file of files) body.append("files", file);
    await add(form, "add-files", body);
    form.reset();
  }

  const SUBMITTED = {
    "by-name": async (form) => {
      if (await add(form, "add-named", JSON.stringify({ names: form.names.value }))) form.reset();
    },
    starter: (form) => add(form, "add-starter", "{}"),
    "by-query": preview,
    choose: addChosen,
    filters: () => list(),
  };

  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (form.closest("#removal")) {
      if (event.submitter?.value !== "remove") return;
      event.preventDefault();
      remove(form.closest("dialog"));
      return;
    }
    if (!form.closest("#library-view")) return;
    event.preventDefault();
    SUBMITTED[form.classList[0]]?.(form);
  });

  document.addEventListener("click", (event) => {
    const button = event.target.closest?.("#library-view button");
    if (!button) return;
    if (button.matches(".unfold")) unfold(button);
    else if (button.matches(".show-more")) showMore(button);
    else if (button.matches(".remove")) askToRemove(button);
    else if (button.matches(".try-again")) act("try-again");
    else if (button.matches(".forget")) act("forget");
    else if (button.matches(".parts button")) turnTo(button.dataset.part);
  });

  async function act(path) {
    try {
      await ask(path, "{}");
    } catch (error) {
      part(".by-name .form-error").textContent = error.message;
    }
    poll();
  }

  // On a phone one part is seen at a time; elsewhere the overview takes the place of the documents and the forms.
  function turnTo(name) {
    view().dataset.part = name;
    for (const button of view().querySelectorAll(".parts button")) {
      button.setAttribute("aria-pressed", button.dataset.part === name);
    }
    document.dispatchEvent(new CustomEvent("loccit-part", { detail: name }));
  }

  document.addEventListener("reset", (event) => {
    // The fields are empty only after this.
    if (event.target.matches?.("#library-view .filters")) setTimeout(list);
  });

  document.addEventListener("input", (event) => {
    if (!event.target.closest?.("#library-view .filters")) return;
    clearTimeout(pending);
    pending = setTimeout(list, TYPING);
  });

  document.addEventListener("change", (event) => {
    const field = event.target;
    if (field.matches?.("#library-view .by-file input")) addFiles([...field.files]);
    else if (field.matches?.("#library-view .every input")) {
      for (const box of view().querySelectorAll(".finding input:not(:disabled)")) box.checked = field.checked;
      count();
    } else if (field.matches?.("#library-view .finding input")) count();
  });

  for (const type of ["dragover", "dragleave", "drop"]) {
    document.addEventListener(type, (event) => {
      const zone = event.target.closest?.("#library-view .drop");
      if (!zone) return;
      event.preventDefault();
      zone.classList.toggle("over", type === "dragover");
      if (type === "drop") addFiles([...event.dataTransfer.files]);
    });
  }

  document.addEventListener("visibilitychange", () => { if (started && !document.hidden) poll(); });
  document.addEventListener("loccit-view", () => { if (started && isOpen()) poll(); });

  return {
    narrow,
    lookFor,
    // Gradio has made the page.
    start: () => {
      started = true;
      poll();
    },
  };
})();
