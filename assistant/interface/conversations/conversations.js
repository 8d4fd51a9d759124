// Conversations: kept once the reader has switched that on, listed, named, found, deleted, and shown again.
window.loccitConversations = (() => {
  "use strict";

  const PARAMETER = "conversation";
  const TYPING = 150;
  const LONGEST_NAME = 80;
  const GONE = "This conversation is not kept here.";
  const MEANS = {
    browser: {
      label: "Keep conversations in this browser",
      off: "Now a conversation is gone when you leave this page.",
      on: "Your questions, the answers and the words that they quote are kept in this browser, on this device, until you delete them. Whoever uses this browser can read them.",
    },
    server: {
      label: "Keep my conversations on this server",
      off: "Now a conversation is gone when you leave this page.",
      on: "Your questions, the answers and the words that they quote are kept on this server, under your name, until you delete them. No other reader sees them.",
    },
  };
  let page = null;
  let store = null;
  let isOn = false;
  // The one on the page, if it is kept.
  let current = null;
  // Its turns as the server names them; their number, before it has named them.
  let keys = [];
  // Whether the next answer takes the place of one.
  let isReplacing = false;
  let typing = null;
  let searched = 0;

  const dialog = () => document.getElementById("conversations");
  const part = (selector) => dialog().querySelector(selector);
  const address = () => new URL(location.href);
  const wanted = () => address().searchParams.get(PARAMETER);

  // What an address brings is on its way: no first visit is shown before it.
  const hasAsked = Boolean(address().searchParams.get("q"));
  if (wanted() || hasAsked) document.documentElement.classList.add("awaiting");

  async function connect(functions) {
    page = functions;
    store = window.loccitStores.mine();
    isOn = await store.isOn().catch(() => false);
    if (wanted()) await showWanted();
    else window.loccitLinks.follow();
  }

  async function showWanted() {
    const kept = isOn && await store.read(wanted()).catch((error) => ({ error }));
    if (kept?.turns) return show(kept);
    remember(null);
    arrived();
    window.loccitLinks.tell(kept?.error?.message ?? GONE);
  }

  // The address names what is kept on the page: a reload shows it again, and asks nothing twice.
  function remember(id) {
    const now = address();
    for (const name of ["q", "doc", "span", PARAMETER]) now.searchParams.delete(name);
    if (id) now.searchParams.set(PARAMETER, id);
    history.replaceState(history.state, "", now);
  }

  function arrived() {
    document.documentElement.classList.remove("awaiting");
  }

  function show(kept) {
    // What is being written now would be written into what is opened.
    if (document.querySelector("#chat .making")) {
      remember(kept?.id ?? null);
      location.reload();
      return;
    }
    current = kept && { id: kept.id, name: kept.name, turns: kept.turns };
    keys = kept ? kept.turns.length : [];
    remember(kept?.id ?? null);
    page.show(kept?.turns ?? []);
  }

  // The page shows what was asked for.
  function restored() {
    arrived();
    window.loccit.answered();
    window.loccit.shown(() => [...document.querySelectorAll("#chat .user-row")].pop()?.scrollIntoView({ block: "start" }));
    document.querySelector("#question textarea")?.focus({ preventScroll: true });
    if (current) record();
  }

  const record = () => page.record(keys, current?.id ?? "");

  function asking(replaced) {
    isReplacing = Boolean(replaced);
    window.loccitLinks.tell("");
  }

  function answered() {
    arrived();
    if (isOn) record();
  }

  // The page has come, with the question of its address or without one.
  function opened() {
    if (document.querySelector("#chat .user-row")) window.loccit.answered();
    if (hasAsked) answered();
  }

  async function keep(told) {
    const { of, since, turns, keys: all } = JSON.parse(told);
    if (of !== (current?.id ?? "")) {
      // It was asked for before this conversation had a name; what is of another one is too late.
      if (!of) record();
      return;
    }
    if (!turns.length) {
      keys = all;
      return;
    }
    // Nothing in common: the server has begun anew, and what was kept before stays.
    const goesOn = current && (since > 0 || isReplacing);
    const before = goesOn ? current.turns.slice(0, since) : [];
    const id = goesOn ? current.id : newId();
    current = { id, name: goesOn ? current.name : named(turns[0].question), turns: [...before, ...turns] };
    keys = all;
    try {
      await store.keep(current);
      remember(id);
    } catch (error) {
      window.loccitLinks.tell(`This conversation is not kept. ${error.message}`);
    }
    if (dialog().open) list();
  }

  const newId = () => [...crypto.getRandomValues(new Uint8Array(12))].map((byte) => byte.toString(16).padStart(2, "0")).join("");
  const named = (question) => (question.length > LONGEST_NAME ? `${question.slice(0, LONGEST_NAME).replace(/\s+\S*$/, "")}…` : question);

  // The drawer.
  function open() {
    say("");
    part(".find-conversation").value = "";
    part(".sure-off").hidden = true;
    showSwitch();
    dialog().showModal();
    list();
  }

  function showSwitch() {
    const means = MEANS[store.isServer ? "server" : "browser"];
    part(".keep-words").textContent = means.label;
    part(".keep input").checked = isOn;
    part(".keeping-means").textContent = isOn ? means.on : means.off;
    part(".kept").hidden = !isOn;
  }

  const say = (words) => { part(".drawer-error").textContent = words; };

  async function list() {
    if (!isOn) return;
    const number = ++searched;
    const words = part(".find-conversation").value;
    const found = await store.list(words).catch((error) => ({ error }));
    if (number !== searched) return;
    say(found.error?.message ?? "");
    const rows = found.error ? [] : found;
    part(".conversation-list").replaceChildren(...rows.map(row));
    part(".find-conversation").hidden = !rows.length && !words;
    if (found.error) part(".found").textContent = "";
    else if (!rows.length) part(".found").textContent = words ? "No conversation has these words." : "None is kept yet.";
    else part(".found").textContent = words ? `${rows.length} found` : "";
  }

  function make(tag, properties, ...children) {
    const element = Object.assign(document.createElement(tag), properties);
    element.append(...children);
    return element;
  }

  function button(words, name, act) {
    const made = make("button", { type: "button", textContent: words, className: name });
    made.addEventListener("click", act);
    return made;
  }

  function row({ id, name, changed }) {
    const item = make("li", { className: "conversation" });
    const title = make("bdi", { textContent: name || "Untitled" });
    const at = make("small", { textContent: new Date(changed).toLocaleString("en-GB", { dateStyle: "medium", timeStyle: "short" }) });
    const reopen = button("", "reopen", () => pick(id));
    reopen.append(title, at);
    if (id === current?.id) reopen.setAttribute("aria-current", "true");
    const rename = button("Rename", "rename", () => askName(item, id, name));
    const remove = button("Delete", "delete", () => askToForget(item, id, name));
    rename.setAttribute("aria-label", `Rename ${name}`);
    remove.setAttribute("aria-label", `Delete ${name}`);
    item.append(reopen, make("span", { className: "of-one" }, rename, remove));
    return item;
  }

  async function pick(id) {
    const kept = await store.read(id).catch((error) => ({ error }));
    if (!kept?.turns) return say(kept?.error?.message ?? GONE);
    dialog().close();
    show(kept);
  }

  function askName(item, id, name) {
    const field = make("input", { value: name, maxLength: 200, autocomplete: "off" });
    field.setAttribute("aria-label", "Name of the conversation");
    const form = make("form", { className: "naming" }, field, make("button", { textContent: "Save" }), button("Cancel", "cancel", list));
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      done(item, id, () => rename(id, field.value.trim() || name));
    });
    item.replaceChildren(form);
    field.select();
  }

  async function rename(id, name) {
    await store.rename(id, name);
    if (id === current?.id) current.name = name;
  }

  function askToForget(item, id, name) {
    const no = button("Keep it", "cancel", list);
    item.replaceChildren(make("p", { className: "sure" }, "Delete ", make("bdi", { textContent: `“${name}”` }), "?"),
      make("span", { className: "of-one" }, button("Delete", "delete", () => done(item, id, () => forget(id))), no));
    no.focus();
  }

  async function forget(id) {
    await store.forget(id);
    if (id === current?.id) show(null);
  }

  async function done(item, id, act) {
    const failed = await act().then(() => null, (error) => error);
    await list();
    if (failed) say(failed.message);
    part(".find-conversation").focus();
  }

  async function switchTo(on) {
    if (!on) return askToEnd();
    try {
      await store.begin();
    } catch (error) {
      say(error.message);
      return showSwitch();
    }
    isOn = true;
    showSwitch();
    list();
    record();
  }

  async function askToEnd() {
    const kept = await store.list("").catch(() => []);
    if (!kept.length) return end();
    part(".keep input").checked = true;
    part(".sure-off p").textContent = kept.length === 1
      ? "Switching off deletes the conversation that is kept."
      : `Switching off deletes the ${kept.length} conversations that are kept.`;
    part(".sure-off").hidden = false;
    list();
    part(".keep-all").focus();
  }

  async function end() {
    part(".sure-off").hidden = true;
    try {
      await store.end();
      isOn = false;
      current = null;
      keys = [];
      remember(null);
    } catch (error) {
      say(error.message);
    }
    showSwitch();
    part(".keep input").focus();
  }

  document.addEventListener("click", (event) => {
    const found = event.target.closest?.("button, a");
    if (found?.matches("#top .conversations")) open();
    else if (found?.matches(".anew, #conversations .begin")) {
      if (event.ctrlKey || event.metaKey || event.shiftKey || !page) return;
      event.preventDefault();
      dialog().close();
      show(null);
    } else if (found?.matches("#conversations .close-drawer") || event.target.id === "conversations") dialog().close();
    else if (found?.matches("#conversations .delete-all")) end();
    else if (found?.matches("#conversations .keep-all")) {
      part(".sure-off").hidden = true;
      part(".keep input").focus();
    }
  });
  document.addEventListener("change", (event) => {
    if (event.target.matches?.("#conversations .keep input")) switchTo(event.target.checked);
  });
  document.addEventListener("input", (event) => {
    if (!event.target.matches?.("#conversations .find-conversation")) return;
    clearTimeout(typing);
    typing = setTimeout(list, TYPING);
  });

  return { connect, asking, answered, opened, keep, restored };
})();
