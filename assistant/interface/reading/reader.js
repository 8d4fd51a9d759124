// The reader: a whole document in a dialog, with the places that an answer cites in its margin.
window.loccitReader = (() => {
  "use strict";

  const LOST = '<div class="page"><h2 id="reader-title">The document did not come</h2>' +
    "<p>Loccit does not answer. Is it still running?</p></div>";
  // In a list, as Gradio's functions would be taken for a promise.
  let connected;
  const server = new Promise((resolve) => { connected = resolve; });
  let asked = 0;

  const reader = () => document.getElementById("reader");
  const spansOf = ({ dataset }) => dataset.spans.split(" ").filter(Boolean).map((span) => span.split("-").map(Number));

  // From one quote: what the same answer cites from the same document is marked too.
  function read(button) {
    const { document: id, sha256, panel, number } = button.dataset;
    const beside = panel ? document.querySelectorAll(`#${CSS.escape(panel)} .in-context[data-number]`) : [];
    const cited = [...beside].filter((other) => other.dataset.document === id)
      .map((other) => ({ number: Number(other.dataset.number), spans: spansOf(other) }));
    return open({ document: id, sha256, spans: spansOf(button), number: number ? Number(number) : null, cited });
  }

  async function open(request) {
    const turn = ++asked;
    const [functions] = await server;
    // An exception on the server arrives as undefined, a server that is gone as a rejection.
    const page = await functions.context(request).catch(() => undefined);
    if (turn !== asked) return;
    const dialog = reader();
    const body = dialog.querySelector(".reader-body");
    body.innerHTML = page ?? LOST;
    dialog.classList.toggle("with-places", Boolean(body.querySelector(".places")));
    dialog.querySelector(".reading").textContent = body.querySelector("h2").textContent;
    if (!dialog.open) {
      dialog.showModal();
      // The browser's Back leaves the document, not the page.
      history.pushState({ loccitReader: true }, "");
    }
    body.focus({ preventScroll: true });
    const mark = body.querySelector("mark");
    if (mark) mark.scrollIntoView({ block: "center" });
    else body.scrollTop = 0;
  }

  function point(button, byKeyboard) {
    const body = reader().querySelector(".reader-body");
    const { number } = button.dataset;
    body.querySelector(".page").classList.add("pointed");
    for (const words of body.querySelectorAll("[data-cites]")) words.classList.toggle("on", words.matches(`[data-cites~="${number}"]`));
    for (const other of body.querySelectorAll(".to-place")) other.removeAttribute("aria-current");
    button.setAttribute("aria-current", "true");
    const words = body.querySelector(".page .on");
    words.scrollIntoView({ block: "center" });
    if (!byKeyboard) return;
    words.tabIndex = -1;
    words.focus({ preventScroll: true });
  }

  document.addEventListener("click", (event) => {
    const button = event.target.closest?.("button");
    if (button?.matches(".in-context")) read(button);
    else if (button?.matches(".to-place")) point(button, event.detail === 0);
    else if (event.target.id === "reader") event.target.close();
  });
  window.addEventListener("popstate", () => { reader()?.close(); });
  document.addEventListener("close", (event) => {
    if (event.target.id === "reader" && history.state?.loccitReader) history.back();
  }, { capture: true });

  return { connect: (functions) => connected([functions]), open, read };
})();
