// Links into the page: `?doc=…&span=START-END` opens a place. What the page has to say of itself stands by the box.
window.loccitLinks = (() => {
  "use strict";

  const UNREADABLE = "This link does not say which place it means; the document is open at its beginning.";

  function follow() {
    const asked = new URLSearchParams(location.search);
    const id = asked.get("doc");
    if (!id) return;
    const span = asked.get("span");
    const [, start, end] = /^(\d{1,9})-(\d{1,9})$/.exec(span ?? "") ?? [];
    const isPlace = start !== undefined && Number(start) < Number(end);
    if (span && !isPlace) tell(UNREADABLE);
    window.loccitReader.open({ document: id, spans: isPlace ? [[Number(start), Number(end)]] : [] });
  }

  function tell(words) {
    const line = document.querySelector("#filters .page-note");
    // Gradio puts the parts of the page in place one by one.
    if (line) line.textContent = words;
    else requestAnimationFrame(() => tell(words));
  }

  // Types a question for the reader, as if they had.
  function ask(question) {
    const box = document.querySelector("#question textarea");
    Object.getOwnPropertyDescriptor(HTMLTextAreaElement.prototype, "value").set.call(box, question);
    box.dispatchEvent(new Event("input", { bubbles: true }));
    requestAnimationFrame(() => document.querySelector("#question .submit-button")?.click());
  }

  function check(claim) {
    location.hash = "#check";
    const form = document.querySelector("#check-view form");
    form.text.value = claim;
    form.requestSubmit();
  }

  document.addEventListener("click", (event) => {
    const button = event.target.closest?.("button");
    if (button?.matches("#welcome .example")) {
      const { question, claim, then } = button.dataset;
      if (claim) return check(claim);
      if (then) document.querySelector("#question textarea").placeholder = then;
      ask(question);
    } else if (button?.matches(".ask-all")) {
      window.loccitFiltering.clear();
      ask(button.dataset.question);
    }
  });

  return { follow, tell, ask };
})();
