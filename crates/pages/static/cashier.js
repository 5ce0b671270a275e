// What the cashier and receipts do beyond page.js: a page that waits for an issuer looks again, a page that says "paid"
// leaves after a while if nobody touches it, a refusal is read first, and a receipt is printed and shared. Without this
// script all of them can be read.

/** How long a page that says "paid" stays in the shell before it tells it, in milliseconds. */
const LINGER = 6000;

// Why nothing was paid stands first, and is read first.
document.querySelector("[data-first]")?.focus();

const waiting = document.querySelector("[data-wait]");

/** Shows the page anew once the server's is another one: what is only looked at does not jump. */
async function lookAgain() {
  try {
    const answer = await fetch(location.href, { cache: "no-store", headers: { Accept: "text/html" } });
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    if (answer.ok && page.querySelector("[data-wait]")) return later();
    location.reload();
  } catch {
    later();
  }
}

function later() {
  setTimeout(lookAgain, Number(waiting.dataset.wait) * 1000);
}

if (waiting) later();

const leaving = document.querySelector("[data-linger]");
if (leaving && window.parent !== window) {
  const timer = setTimeout(() => leaving.click(), LINGER);
  for (const touch of ["pointerdown", "keydown", "wheel"]) {
    addEventListener(touch, () => clearTimeout(timer), { once: true, passive: true });
  }
}

for (const button of document.querySelectorAll("[data-print]")) {
  button.hidden = false;
  button.addEventListener("click", () => print());
}

/** A receipt as lines of text: what stands in each pair of label and value. */
function linesOf(receipt) {
  const text = (node) => node.innerText.replace(/\s+/g, " ").trim();
  const heads = [...receipt.querySelectorAll("header > *")].map(text);
  const rows = [...receipt.querySelectorAll("dl > div")].map((row) => `${text(row.querySelector("dt"))}: ${text(row.querySelector("dd"))}`);
  return [...heads, ...rows].join("\n");
}

for (const button of document.querySelectorAll("[data-share]")) {
  const receipt = document.getElementById(button.dataset.share);
  const label = button.querySelector("span");
  button.hidden = !navigator.share && !navigator.clipboard;
  if (!navigator.share) label.textContent = button.dataset.instead;
  button.addEventListener("click", async () => {
    const text = linesOf(receipt);
    if (navigator.share) {
      // Whoever changes their mind in the dialog has done nothing wrong.
      await navigator.share({ title: document.title, text }).catch(() => {});
      return;
    }
    await navigator.clipboard.writeText(text);
    label.textContent = button.dataset.copied;
  });
}
