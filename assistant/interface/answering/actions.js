// What stands under an answer: taking it along, asking it again, judging it, and going on from it.
window.loccitActions = (() => {
  "use strict";

  const KEPT = { good: "Kept: good.", "not-answered": "Kept: not answered." };
  const TAKEN_BACK = "Taken back.";
  const BUSY = "An answer is being made.";
  const SHOWN = 4000;
  let page = null;
  // The answer that the next question takes the place of, and what stood in the box before.
  let editing = null;
  let replacing = "";
  let draft = "";

  const box = () => document.querySelector("#question textarea");
  const under = (name) => document.querySelector(`#chat .after[data-answer="${CSS.escape(name)}"]`);
  const newest = () => [...document.querySelectorAll("#chat .bot-row")].pop()?.querySelector(".after");
  const isBusy = () => document.querySelector("#chat .making");

  function say(after, words) {
    const line = after?.querySelector(".done");
    if (!line) return;
    line.textContent = words;
    clearTimeout(line.fading);
    line.fading = setTimeout(() => { line.textContent = ""; }, SHOWN);
  }

  // Asking: a question goes the way of every other, through the box.
  function ask(question, answer = "") {
    draft = editing ? editing.draft : box().value;
    leave();
    replacing = answer;
    window.loccitLinks.ask(question);
  }

  function replaced() {
    const answer = editing ? editing.answer : replacing;
    if (!box().value.trim()) return "";
    leave();
    replacing = "";
    if (answer) window.loccitAnswers.replacing();
    return answer;
  }

  function again(after) {
    const { answer, question, whole } = after.dataset;
    // What was asked after an older answer stays: it is asked once more at the end, with all that it means.
    if (after === newest()) ask(question, answer);
    else ask(whole);
  }

  function edit(after) {
    const before = editing ? editing.draft : box().value;
    leave();
    editing = { answer: after.dataset.answer, draft: before };
    const row = after.closest(".bot-row");
    row.previousElementSibling?.classList.add("edited");
    for (let next = row; next; next = next.nextElementSibling) next.classList.add("leaving");
    const line = document.createElement("p");
    line.className = "editing";
    line.append("What you send takes the place of this question and of what came after it. ");
    line.append(Object.assign(document.createElement("button"), { type: "button", className: "cancel", textContent: "Cancel" }));
    document.getElementById("question").before(line);
    write(after.dataset.question);
    box().focus();
    box().setSelectionRange(box().value.length, box().value.length);
  }

  function cancel() {
    const { answer, draft: before } = editing;
    leave();
    write(before);
    under(answer)?.querySelector(".edit").focus();
  }

  function leave() {
    editing = null;
    document.querySelector(".editing")?.remove();
    for (const row of document.querySelectorAll("#chat :is(.edited, .leaving)")) row.classList.remove("edited", "leaving");
  }

  function write(words) {
    Object.getOwnPropertyDescriptor(HTMLTextAreaElement.prototype, "value").set.call(box(), words);
    box().dispatchEvent(new Event("input", { bubbles: true }));
  }

  // Files.
  function exported(told) {
    const { answer, error, file, media_type: type, text } = JSON.parse(told);
    if (error) return say(under(answer), error);
    const link = document.createElement("a");
    link.href = URL.createObjectURL(new Blob([text], { type: `${type};charset=utf-8` }));
    link.download = file;
    link.click();
    URL.revokeObjectURL(link.href);
    say(under(answer), "Downloaded.");
  }

  // Opinions.
  function judge(after, opinion, wrong = null) {
    const isOn = opinion === after.dataset.opinion && String(wrong ?? "") === (after.dataset.wrong ?? "");
    after.dataset.judged = "here";
    page.judge({ answer: after.dataset.answer, opinion: isOn ? null : opinion, wrong: isOn ? null : wrong });
  }

  function judged(told) {
    const { answer, error, opinion, wrong } = JSON.parse(told);
    const after = under(answer);
    if (error) return say(after, error);
    showOpinion(after, opinion, wrong);
    const which = wrong ? `Kept: citation ${wrong} is wrong.` : "Kept: a citation is wrong.";
    say(after, opinion ? KEPT[opinion] ?? which : TAKEN_BACK);
  }

  function showOpinion(after, opinion, wrong) {
    if (!after) return;
    after.dataset.opinion = opinion ?? "";
    after.dataset.wrong = wrong ?? "";
    for (const button of after.querySelectorAll(".opinion")) button.setAttribute("aria-pressed", button.name === opinion);
    const menu = after.querySelector("[data-opinion]");
    menu?.classList.toggle("on", menu.dataset.opinion === opinion);
    for (const item of after.querySelectorAll(".wrong")) item.setAttribute("aria-pressed", item.value === String(wrong));
  }

  // What to ask next comes after the answer, below all that is being read.
  function finished() {
    if (draft && !box().value) write(draft);
    draft = "";
    const after = newest();
    if (!after || after.dataset.followed || !page) return;
    after.dataset.followed = "asked";
    const shown = [...document.querySelectorAll("#chat .after")].map((one) => one.dataset.answer);
    page.follow({ answer: after.dataset.answer, shown });
  }

  function followed(told) {
    const { answer, questions, opinions } = JSON.parse(told);
    for (const [name, { opinion, wrong }] of Object.entries(opinions)) {
      // What was said on this page since is newer than what the server had read.
      if (!under(name)?.dataset.judged) showOpinion(under(name), opinion, wrong);
    }
    const after = under(answer);
    if (!after || after !== newest() || !questions.length) return;
    const heading = Object.assign(document.createElement("p"), { textContent: "Ask next" });
    const list = document.createElement("ul");
    for (const question of questions) {
      const item = list.appendChild(document.createElement("li"));
      item.append(Object.assign(document.createElement("button"), { type: "button", className: "follow-up", textContent: question }));
    }
    after.querySelector(".follow-ups").replaceChildren(heading, list);
  }

  function act(button) {
    if (button.matches(".editing .cancel")) return cancel();
    const after = button.closest("#chat .after");
    if (!after) return;
    const isAsking = button.matches(".again, .edit, .follow-up");
    if (isAsking && isBusy()) return say(after, BUSY);
    if (button.matches(".again")) again(after);
    else if (button.matches(".edit")) edit(after);
    else if (button.matches(".follow-up")) ask(button.textContent);
    else if (button.matches(".take")) page.export({ answer: after.dataset.answer, kind: button.value });
    else if (button.matches(".opinion")) judge(after, button.name);
    else if (button.matches(".wrong")) judge(after, "wrong-citation", Number(button.value));
    if (button.matches(".item")) close(button.closest("details"), button.contains(document.activeElement));
  }

  function close(menu, isFocused) {
    menu.open = false;
    if (isFocused) menu.querySelector("summary").focus();
  }

  // Inside the chat, whichever button it hangs from.
  function place(list) {
    list.style.left = "0";
    const over = list.getBoundingClientRect().right - list.closest(".message-row").getBoundingClientRect().right;
    list.style.left = `${Math.min(0, -over)}px`;
    list.scrollIntoView({ block: "nearest", inline: "nearest" });
  }

  document.addEventListener("click", (event) => {
    for (const menu of document.querySelectorAll("#chat .menu[open]")) if (!menu.contains(event.target)) menu.open = false;
    const button = event.target.closest?.("button");
    if (button) act(button);
  });
  document.addEventListener("toggle", (event) => {
    if (event.target.matches?.("#chat .menu[open]")) place(event.target.lastElementChild);
  }, { capture: true });
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || event.isComposing || document.querySelector("dialog[open]")) return;
    const menu = document.querySelector("#chat .menu[open]");
    if (menu) close(menu, menu.contains(document.activeElement));
    else if (editing && event.target === box()) cancel();
  });

  return {
    connect: (functions) => { page = functions; },
    replaced, exported, judged, followed, finished,
  };
})();
