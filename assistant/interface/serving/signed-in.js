// Who has signed in stands in the header, with the way out beside the name.
(() => {
  "use strict";

  function show() {
    const name = window.gradio_config?.username;
    const header = document.querySelector("#top header");
    if (!name || !header || header.querySelector(".reader")) return;
    const form = document.createElement("form");
    form.className = "reader";
    form.method = "post";
    form.action = window.loccitViews.door("logout");
    const who = document.createElement("bdi");
    who.textContent = name;
    const out = document.createElement("button");
    out.textContent = "Sign out";
    form.append(who, out);
    header.append(form);
  }

  // The header has come by then.
  document.addEventListener("loccit-view", show);
})();
