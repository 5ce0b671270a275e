// What the wallet's pages do beyond HTML: they tell the shell when they are finished, draw the PIN as six boxes, show
// that a form is under way, and notice when there is no connection. Without this script every form still works.

const { ix, announce } = document.body.dataset;
const framed = window.parent !== window;
const status = document.querySelector("[data-status]");

/** Tells the shell, and only a shell of our own origin (spec/jsapi.md 7.3 rule 8). Carries no result. */
function tell(mp) {
  if (framed && ix) window.parent.postMessage({ mp, ix }, location.origin);
}

if (announce) tell(announce);
for (const button of document.querySelectorAll("[data-tell]")) {
  button.hidden = !framed;
  button.addEventListener("click", () => tell(button.dataset.tell));
}

/** Western digits for those of an Arabic or Persian keyboard; everything else goes. */
function digitsOf(text) {
  const western = text.replace(/[\u0660-\u0669\u06f0-\u06f9]/g, (digit) => String(digit.charCodeAt(0) & 15));
  return western.replace(/\D/g, "");
}

/** Draws boxes over the field that stays: one per digit, filled as they are typed. */
function drawBoxes(field) {
  const input = field.querySelector("input");
  const boxes = document.createElement("span");
  boxes.className = "boxes";
  boxes.setAttribute("aria-hidden", "true");
  for (let place = 0; place < input.maxLength; place += 1) boxes.append(document.createElement("i"));
  field.append(boxes);
  field.classList.add("drawn");

  const draw = () => {
    const typed = digitsOf(input.value);
    if (typed !== input.value) input.value = typed;
    const next = document.activeElement === input ? Math.min(typed.length, input.maxLength - 1) : -1;
    [...boxes.children].forEach((box, place) => {
      box.classList.toggle("on", place < typed.length);
      box.classList.toggle("next", place === next);
    });
  };
  // The boxes show no caret: typing always goes on at the end.
  const toEnd = () => input.setSelectionRange(input.value.length, input.value.length);
  input.addEventListener("input", () => { input.setCustomValidity(""); draw(); });
  input.addEventListener("blur", draw);
  input.addEventListener("focus", () => { draw(); toEnd(); });
  input.addEventListener("pointerup", toEnd);
  input.addEventListener("invalid", () => input.setCustomValidity(input.dataset.problem));
  draw();
}
document.querySelectorAll("[data-pin]").forEach(drawBoxes);

// What was wrong must be seen at once, also where the field that it is about stands below the fold. The browser's own
// autofocus does not reach into a frame whose shell has the focus.
const wrong = document.querySelector("[aria-invalid=true]");
if (wrong) {
  wrong.focus({ preventScroll: true });
  (document.querySelector("[role=alert]") ?? wrong).scrollIntoView({ block: "center" });
}

/** Buttons of all forms: one answer is enough. */
function setBusy(form, busy) {
  form.classList.toggle("busy", busy);
  for (const button of document.querySelectorAll("button[type=submit]")) button.disabled = busy;
  if (status) status.textContent = busy ? status.dataset.working : "";
}

/** Asks the server for a small file: a machine without internet may well be its own wallet's host. */
async function reachable() {
  if (navigator.onLine) return true;
  try {
    return (await fetch("/static/mark.svg", { method: "HEAD", cache: "no-store" })).ok;
  } catch {
    return false;
  }
}

function showOffline(form) {
  document.querySelector(".notice.bad")?.remove();
  const notice = document.getElementById("offline")?.content.firstElementChild?.cloneNode(true);
  if (!notice) return;
  form.querySelector("button[type=submit]").before(notice);
  notice.scrollIntoView({ block: "nearest" });
  window.addEventListener("online", () => notice.remove(), { once: true });
}

for (const form of document.querySelectorAll("form")) {
  form.addEventListener("submit", (event) => {
    if (form.classList.contains("busy")) {
      event.preventDefault();
      return;
    }
    if (navigator.onLine) {
      // After the browser has taken the form's data: a disabled field would not be sent.
      setTimeout(() => setBusy(form, true));
      return;
    }
    event.preventDefault();
    setBusy(form, true);
    reachable().then((there) => {
      if (there) return form.submit();
      setBusy(form, false);
      showOffline(form);
    });
  });
}

// A page that comes back from the browser's cache is not under way any more.
window.addEventListener("pageshow", (event) => {
  if (event.persisted) document.querySelectorAll("form").forEach((form) => setBusy(form, false));
});

for (const button of document.querySelectorAll("[data-copy]")) {
  const source = document.getElementById(button.dataset.copy);
  const label = button.querySelector("span");
  button.hidden = !navigator.clipboard;
  button.addEventListener("click", async () => {
    source.select();
    await navigator.clipboard.writeText(source.value);
    label.textContent = button.dataset.copied;
  });
}
