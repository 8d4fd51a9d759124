// The first visit keeps up with the library: papers may be added while the page is open.
(() => {
  "use strict";

  let asking = false;

  document.addEventListener("loccit-library", async ({ detail: generation }) => {
    const greeting = document.querySelector("#welcome .greeting");
    if (!greeting || asking || greeting.dataset.generation === String(generation)) return;
    asking = true;
    const found = await window.loccitViews.ask("conversations/welcome").catch(() => null);
    asking = false;
    // Nothing is lost if it does not come: the next look at the library asks again.
    if (found && !greeting.contains(document.activeElement)) greeting.outerHTML = found.html;
  });
})();
