// A stub of the wallet's shell for the dev server: a picture of the demo shop with buttons that play the story.

/**
 * @param {HTMLElement} host
 * @param {{app: {name: string, nameAr?: string}, language: string}} options
 */
export function mountShell(host, { app, language }) {
  const isArabic = language === "ar-IQ";
  const root = host.attachShadow({ mode: "open" });
  const link = element("link", "");
  link.setAttribute("rel", "stylesheet");
  link.setAttribute("href", "/shell/stub.css");
  const phone = element("div", "", "phone");
  phone.dir = isArabic ? "rtl" : "ltr";
  phone.append(
    element("header", isArabic ? (app.nameAr ?? app.name) : app.name),
    element("div", "", "picture"),
    element("h1", isArabic ? "صندوق طازج" : "Fresh Box"),
    element("p", isArabic ? "خضار وفواكه كل شهر مقابل ٥٬٠٠٠ د.ع." : "Vegetables and fruit every month, 5,000 IQD."),
    button(isArabic ? "اشترك" : "Subscribe", "/dev/subscribe"),
    button(isArabic ? "اشترِ مرة واحدة" : "Buy once", "/dev/buy", "quiet"),
    button(isArabic ? "اخصم الآن" : "Charge now", "/dev/charge", "quiet"),
  );
  root.append(link, phone);
  return { destroy: () => host.replaceChildren() };
}

/** @param {string} name @param {string} text @param {string} [kind] */
function element(name, text, kind) {
  const made = document.createElement(name);
  made.textContent = text;
  if (kind) made.className = kind;
  return made;
}

/** @param {string} text @param {string} path @param {string} [kind] */
function button(text, path, kind) {
  const made = element("button", text, kind);
  made.addEventListener("click", () => void fetch(path, { method: "POST" }));
  return made;
}
