// Counts the seconds that a payment code still holds, and takes it out of sight when it is over. Without this script the
// page says until when it holds, and asks for a new one by itself.

const card = document.querySelector("[data-code]");
const left = card.querySelector("[data-code-left]");
const over = card.querySelector("[data-code-over]");

// Counted from here: the clock of the device may be wrong, the wallet's is not.
const end = performance.now() + Number(card.dataset.seconds) * 1000;
const digits = new Intl.NumberFormat(document.documentElement.lang, { useGrouping: false });
const pattern = left.dataset.pattern;

function count() {
  const seconds = Math.max(0, Math.ceil((end - performance.now()) / 1000));
  left.textContent = pattern.replace("#", digits.format(seconds));
  if (seconds > 0) {
    setTimeout(count, 250);
    return;
  }
  card.classList.add("is-over");
  card.querySelector(".code-faces").setAttribute("aria-hidden", "true");
  over.hidden = false;
}

left.hidden = false;
count();
