// Who has signed in stands in the header with the way out beside the name; on a phone, at the foot of the Library view.
window.loccitSignedIn = (() => {
  "use strict";

  const NARROW = window.matchMedia("(max-width: 860px)");
  let form = null;

  function made(name) {
    const holder = document.createElement("form");
    holder.className = "signed-in";
    holder.method = "post";
    holder.action = window.loccitViews.door("logout");
    // It leaves the page, as none of the Library's own forms does.
    holder.addEventListener("submit", (event) => event.stopPropagation());
    const who = document.createElement("bdi");
    who.textContent = name;
    const out = document.createElement("button");
    out.textContent = "Sign out";
    holder.append(who, out);
    return holder;
  }

  function show() {
    const name = window.gradio_config?.username;
    const place = document.querySelector(NARROW.matches ? ".library" : "#top header");
    if (!name || !place) return;
    form ??= made(name);
    if (form.parentNode !== place) place.append(form);
  }

  document.addEventListener("loccit-view", show);
  NARROW.addEventListener("change", show);

  return { show };
})();
