// The page: asks its backend for a signed string, hands it to the wallet, and then asks its backend again. What the wallet tells
// the page proves nothing; the notification that the backend gets does.

const AR = {
  title: "نادي السينما", offer: "كل الأفلام كما تشاء. ‎9.90 يوان كل شهر لمدة سنة.", sign: "اشترك",
  payAndSign: "ادفع ‎9.90 يوان الآن واشترك", status: "اشتراكك", number: "الاتفاقية", deduct: "خذ ‎9.90 يوان لهذا الشهر",
  unsign: "أنهِ الاشتراك", answers: "بماذا أجابت المحفظة", NORMAL: "سارٍ", ENDED: "منتهٍ", OFFERED: "لم يُوقَّع بعد",
};
const EN = { NORMAL: "in force", ENDED: "ended", OFFERED: "not signed yet" };

const $ = (id) => document.getElementById(id);
/** external_agreement_no, which the backend made. */
let number = "";
/** The member as the backend told it last. */
let shown = null;
let words = EN;

/** Writes an answer down, newest first. */
function write(kind, call, answer) {
  const item = document.createElement("li");
  const title = document.createElement("b");
  const body = document.createElement("pre");
  item.className = kind;
  title.textContent = call;
  body.textContent = JSON.stringify(answer, null, 2);
  item.append(title, body);
  $("answers").prepend(item);
}

/** Asks the backend. Paths are relative to the page: it may be shown from elsewhere, under a path of its own. */
async function ask(what) {
  const response = await fetch(`api/${what}`, { method: "POST", headers: { "content-type": "application/json" }, body: JSON.stringify({ number }) });
  const answer = await response.json();
  if (!response.ok) throw new Error(answer.error);
  return answer;
}

/** As the documents' sample does it: callbacks, and a result that is a text to parse. */
async function sign() {
  const offer = await ask("sign-str");
  number = offer.number;
  my.paySignCenter({
    signStr: offer.signStr,
    success: ({ resultStatus, result }) => {
      write(resultStatus === "7000" ? "good" : "bad", `my.paySignCenter: ${resultStatus}`, result ? JSON.parse(result) : result);
      // 7001 is not known: it may be signed. Then the backend hears of it all the same.
      if (resultStatus === "7000" || resultStatus === "7001") settle("NORMAL");
    },
    fail: (res) => write("bad", "my.paySignCenter: fail", res),
  });
}

async function payAndSign() {
  const offer = await ask("order-str");
  number = offer.number;
  my.tradePay({
    orderStr: offer.orderStr,
    success: ({ resultCode, result }) => {
      write(resultCode === "9000" ? "good" : "bad", `my.tradePay: ${resultCode}`, result ? JSON.parse(result) : result);
      if (resultCode === "9000") settle("NORMAL");
    },
    fail: (res) => write("bad", "my.tradePay: fail", res),
  });
}

/** Looks for some seconds whether the notification has come. */
async function settle(status) {
  for (let tries = 0; tries < 20; tries += 1) {
    const member = await ask("member");
    show(member);
    if (member.status === status) return;
    await new Promise((resolve) => setTimeout(resolve, 300));
  }
}

function show(member) {
  shown = member;
  const isOver = member.status === "ENDED";
  $("join").hidden = !isOver && member.status !== "OFFERED";
  $("member").hidden = false;
  $("status").textContent = words[member.status];
  $("status").dataset.status = member.status;
  $("agreement-no").textContent = member.agreementNo ?? "";
  $("deduct").disabled = $("unsign").disabled = member.status !== "NORMAL";
}

async function act(what) {
  const answer = await ask(what);
  write(answer.code === "10000" ? "good" : "bad", what, answer);
  await settle(what === "unsign" ? "ENDED" : "NORMAL");
}

/** A button that cannot be pressed twice while its work goes on, and says what went wrong. */
function onPress(id, work) {
  $(id).addEventListener("click", async () => {
    $(id).disabled = true;
    await work().catch((error) => write("bad", id, String(error.message ?? error)));
    $(id).disabled = false;
    if (shown) show(shown);
  });
}

function speak() {
  const arabic = /^ar/i.test(window.my?.env?.language || navigator.language);
  Object.assign(document.documentElement, { lang: arabic ? "ar-IQ" : "en", dir: arabic ? "rtl" : "ltr" });
  if (!arabic) return;
  words = AR;
  for (const place of document.querySelectorAll("[data-word]")) place.textContent = AR[place.dataset.word];
  document.title = AR.title;
}

onPress("sign", sign);
onPress("pay-and-sign", payAndSign);
onPress("deduct", () => act("deduct"));
onPress("unsign", () => act("unsign"));
// The language is known when the wallet has answered the bridge.
if (window.my?.getSystemInfo) my.getSystemInfo({ complete: speak });
else speak();
