// @ts-check
// The page's words, numbers and dates in both languages. Amounts are counted in BigInt: money is never a float.

import { language } from "./wallet.js";

const english = {
  shop: "Zaytoun Market",
  outside: "This is a Mini Program. Open it inside the wallet: see README.md.",
  login: "Sign in with my wallet",
  guest: "Welcome",
  hello: "Hello, {name}",
  customer: "You are signed in",
  working: "One moment",

  goods: "From the market today",
  "way.BUY": "Buy",
  "way.RESERVE": "Reserve",
  "way.ESCROW": "Buy, pay on receipt",
  scan: "Read a shelf label",
  noSuchGoods: "No goods here have the label {code}.",

  box: "Fresh Box",
  boxText: "A crate of the season every month for 5,000 IQD. Agreed once in your wallet, ended whenever you like.",
  subscribe: "Subscribe",
  subscribed: "You are subscribed.",
  notSubscribed: "You are not subscribed.",
  end: "End it",
  endTitle: "End the Fresh Box?",
  endText: "No more boxes will come, and nothing more will be charged.",
  endYes: "End it",
  endNo: "Keep it",
  ended: "Your subscription has ended.",

  orders: "Your orders",
  noOrders: "None yet.",
  "state.ASKED": "being prepared",
  "state.OPEN": "not paid yet",
  "state.HELD": "on hold",
  "state.ACCEPTED": "on its way",
  "state.PAID": "paid",
  "state.CLOSED": "not paid",
  "can.pay": "Pay",
  "can.check": "Ask again",
  "can.cancel": "Take the order back",
  "can.received": "I have it",
  taken: "Taken: {amount}",
  "op.REFUND": "Given back: {amount}",
  "op.CAPTURE": "Taken: {amount}",
  "op.VOID": "Let go: {amount}",
  "op.CONFIRM": "Confirmed: {amount}",
  "op.CANCEL": "Cancelled: {amount}",

  "pay.9000": "Thank you. {goods}: {state}.",
  "pay.8000": "Your payment is in progress. It will show here when it is done.",
  "pay.4000": "This order could not be paid ({code}).",
  "pay.6001": "You did not pay. The order stays open for a while.",
  "pay.6002": "The wallet could not be reached. Nothing was paid.",
  "pay.6004": "Nobody knows yet whether this was paid. It will show here.",
  "pay.3": "Another page of your wallet is open. Finish there first.",
  "pay.other": "The cashier did not open ({code}).",
  "sign.6001": "You did not agree, so nothing was signed.",
  "sign.6002": "The wallet could not be reached.",
  "sign.other": "This contract could not be signed ({code}).",
  "code.NO_ANSWER": "The shop did not answer. Try again in a moment.",
  "code.SESSION_UNKNOWN": "Please sign in again.",
  "code.other": "That did not work ({code}).",
  currency: "IQD",
};

/** @type {typeof english} */
const arabic = {
  shop: "سوق زيتون",
  outside: "هذا برنامج مصغّر. افتحه داخل المحفظة: راجع README.md.",
  login: "الدخول عبر محفظتي",
  guest: "أهلاً بك",
  hello: "أهلاً {name}",
  customer: "تم الدخول",
  working: "لحظة من فضلك",

  goods: "من السوق اليوم",
  "way.BUY": "اشترِ",
  "way.RESERVE": "احجز",
  "way.ESCROW": "اشترِ وادفع عند الاستلام",
  scan: "اقرأ بطاقة الرف",
  noSuchGoods: "لا توجد بضاعة بالرمز {code}.",

  box: "صندوق طازج",
  boxText: "صندوق من خيرات الموسم كل شهر بـ ٥٬٠٠٠ دينار. توافق مرة واحدة في محفظتك وتُنهيه متى شئت.",
  subscribe: "اشترك",
  subscribed: "أنت مشترك.",
  notSubscribed: "لست مشتركاً.",
  end: "أنهِ الاشتراك",
  endTitle: "إنهاء صندوق طازج؟",
  endText: "لن تصلك صناديق أخرى ولن يُستقطع شيء بعد الآن.",
  endYes: "أنهِه",
  endNo: "أبقِه",
  ended: "انتهى اشتراكك.",

  orders: "طلباتك",
  noOrders: "لا طلبات بعد.",
  "state.ASKED": "قيد التحضير",
  "state.OPEN": "لم يُدفع بعد",
  "state.HELD": "محجوز",
  "state.ACCEPTED": "في الطريق إليك",
  "state.PAID": "مدفوع",
  "state.CLOSED": "لم يُدفع",
  "can.pay": "ادفع",
  "can.check": "اسأل من جديد",
  "can.cancel": "تراجع عن الطلب",
  "can.received": "وصلني",
  taken: "استُقطع: {amount}",
  "op.REFUND": "أُعيد: {amount}",
  "op.CAPTURE": "استُقطع: {amount}",
  "op.VOID": "أُفرج عن: {amount}",
  "op.CONFIRM": "أُكّد: {amount}",
  "op.CANCEL": "أُلغي: {amount}",

  "pay.9000": "شكراً لك. {goods}: {state}.",
  "pay.8000": "دفعتك قيد التنفيذ، وستظهر هنا حين تتم.",
  "pay.4000": "تعذّر دفع هذا الطلب ({code}).",
  "pay.6001": "لم تدفع. يبقى الطلب مفتوحاً لبعض الوقت.",
  "pay.6002": "تعذّر الوصول إلى المحفظة. لم يُدفع شيء.",
  "pay.6004": "لا يُعرف بعد إن كان هذا قد دُفع. سيظهر هنا.",
  "pay.3": "هناك صفحة أخرى من محفظتك مفتوحة. أكملها أولاً.",
  "pay.other": "لم تُفتح صفحة الدفع ({code}).",
  "sign.6001": "لم توافق، فلم يُوقَّع شيء.",
  "sign.6002": "تعذّر الوصول إلى المحفظة.",
  "sign.other": "تعذّر توقيع هذا العقد ({code}).",
  "code.NO_ANSWER": "لم يُجب المتجر. حاول بعد قليل.",
  "code.SESSION_UNKNOWN": "يرجى الدخول من جديد.",
  "code.other": "لم ينجح ذلك ({code}).",
  currency: "دينار",
};

const tongue = await language();
/** @type {Record<string, string>} */
const words = tongue === "ar-IQ" ? arabic : english;

/** The words of a key, with its `{values}` in them; those of the family's `other` if there are none. @param {string} key @param {Record<string, string>} [values] */
export function text(key, values = {}) {
  const found = words[key] ?? words[`${key.split(".")[0]}.other`] ?? key;
  // Values keep their own direction inside the sentence.
  return found.replace(/\{(\w+)\}/g, (_, name) => `\u2068${values[name] ?? ""}\u2069`);
}

/** One of the texts that the backend sends in both languages. @param {Record<string, string>} both */
export const inLanguage = (both) => both[tongue] ?? both["en-US"] ?? "";

/** @param {{value: string}} amount fils as text, 1000 to the dinar */
export function money({ value }) {
  const fils = BigInt(value);
  const format = new Intl.NumberFormat(tongue);
  const rest = fils % 1000n;
  const whole = format.format(fils / 1000n);
  const decimals = rest === 0n ? "" : (tongue === "ar-IQ" ? "٫" : ".") + new Intl.NumberFormat(tongue, { minimumIntegerDigits: 3 }).format(rest);
  return `${whole}${decimals} ${text("currency")}`;
}

/** Puts the words into everything with data-t, and turns the page the right way round. */
export function translate() {
  document.documentElement.lang = tongue;
  document.documentElement.dir = tongue === "ar-IQ" ? "rtl" : "ltr";
  document.title = text("shop");
  for (const element of document.querySelectorAll("[data-t]")) element.textContent = text(element.getAttribute("data-t") ?? "");
}

export const tag = tongue;
