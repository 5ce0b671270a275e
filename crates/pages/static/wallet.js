// What the wallet app's forms do beyond page.js: suggested amounts, sharing a link. Without it every form works.

for (const chips of document.querySelectorAll("[data-fill-of]")) {
  const field = document.getElementById(chips.dataset.fillOf);
  chips.hidden = false;
  for (const chip of chips.querySelectorAll("[data-fill]")) {
    chip.addEventListener("click", () => {
      field.value = chip.dataset.fill;
      field.focus();
    });
  }
}

for (const button of document.querySelectorAll("[data-share-link]")) {
  const field = document.getElementById(button.dataset.shareLink);
  button.hidden = !navigator.share;
  button.addEventListener("click", () => {
    // Whoever changes their mind in the dialog has done nothing wrong.
    navigator.share({ title: button.dataset.title, url: field.value }).catch(() => {});
  });
}
