// Answers as they come: where they stand, who has the focus, and what screen readers are told.
window.loccitAnswers = (() => {
  "use strict";

  // A second click, meant for Ask, would fall on the button that has taken its place.
  const DOUBLE_CLICK = 500;
  // Whoever reads the page later meets the answer once, in the chat.
  const READ_OUT = 20_000;
  const told = new Set();
  let log = null;
  let written = false;
  let speaker = null;
  let questions = 0;
  let focused = null;
  let asked = 0;
  let forgetting = null;
  let anew = false;

  const box = () => document.getElementById("question");
  const stopButton = () => box()?.querySelector(".stop-button");
  const all = (selector) => document.querySelectorAll(`#chat ${selector}`);

  // Gradio puts the parts of the page in place one by one: whatever changes is looked at.
  function start() {
    speaker = document.createElement("div");
    speaker.className = "sr";
    speaker.setAttribute("role", "log");
    speaker.setAttribute("aria-label", "Checked sentences");
    document.body.append(speaker);
    new MutationObserver(changed).observe(document.body, { childList: true, subtree: true, characterData: true });
  }

  function changed() {
    keepFocus();
    nameKey();
    const rows = all(".user-row");
    if (rows.length > questions || (anew && all(".making").length)) begin(rows[rows.length - 1]);
    questions = rows.length;
    const sentences = all(".making .said");
    if (sentences.length) {
      // The chat would be read out again with every word that is added to it: only what has been checked is said, once.
      written = true;
      log.setAttribute("aria-live", "off");
    }
    for (const sentence of sentences) if (!sentence.querySelector(".unchecked")) tell(sentence);
  }

  function begin(row) {
    anew = false;
    log = row.closest("[role=log]");
    log.setAttribute("aria-live", "polite");
    written = false;
    told.clear();
    hush();
    if (!questions) return;
    // Not before it has its height, and there is room below it.
    requestAnimationFrame(() => requestAnimationFrame(() => {
      log.style.setProperty("--question", `${row.offsetHeight}px`);
      row.scrollIntoView({ block: "start" });
    }));
  }

  function tell(sentence) {
    const copy = sentence.cloneNode(true);
    for (const added of copy.querySelectorAll(".chip, .mark")) added.remove();
    if (told.has(copy.textContent)) return;
    told.add(copy.textContent);
    say(wordsOf(sentence));
  }

  function finished() {
    if (!written) return;
    const answer = [...all(".answer")].pop();
    const sentences = answer.querySelectorAll(".running .said");
    sentences.forEach(tell);
    const parts = sentences.length ? answer.querySelectorAll(".notice, .left-out summary, .how") : [answer];
    say("The answer is finished.");
    for (const part of parts) say(wordsOf(part));
    forgetting = setTimeout(hush, READ_OUT);
  }

  function say(words) {
    speaker.append(Object.assign(document.createElement("p"), { textContent: words }));
  }

  function hush() {
    clearTimeout(forgetting);
    speaker.replaceChildren();
  }

  function wordsOf(element) {
    const copy = element.cloneNode(true);
    copy.querySelector(".after")?.remove();
    for (const chip of copy.querySelectorAll(".chip")) chip.replaceWith(` [${chip.lastChild.textContent}] `);
    return copy.textContent.replaceAll(/\s+/g, " ").trim();
  }

  function nameKey() {
    const stop = stopButton();
    if (!stop || stop.title) return;
    stop.title = "Stop writing (Esc)";
    stop.setAttribute("aria-keyshortcuts", "Escape");
  }

  // Ask and Stop take each other's place, and the focus with it.
  function keepFocus() {
    if (!focused || focused.isConnected || document.activeElement !== document.body) return;
    box()?.querySelector("button")?.focus({ preventScroll: true });
  }

  document.addEventListener("focusin", (event) => {
    focused = event.target.closest?.("#question button") ?? null;
  });
  // Where something else is open, or another view, Escape is not meant for the answer.
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || event.isComposing || document.querySelector("dialog[open], body.sheet")) return;
    const stop = stopButton();
    if (!stop?.checkVisibility() || event.target.closest?.(".sources-column")) return;
    asked = 0;
    stop.click();
  }, { capture: true });
  document.addEventListener("pointerdown", (event) => {
    if (event.target.closest?.("#question .submit-button")) asked = event.timeStamp;
  });
  document.addEventListener("click", (event) => {
    if (!event.target.closest?.("#question .stop-button") || event.timeStamp - asked > DOUBLE_CLICK) return;
    event.preventDefault();
    event.stopImmediatePropagation();
  }, { capture: true });

  if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", start);
  else start();

  // A question that takes another's place is not one more.
  return { finished, replacing: () => { anew = true; } };
})();
