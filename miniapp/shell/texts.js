// Every word the shell itself says, in both languages: its own labels, and the texts of the failures that only it can
// know (the server words all others).

const EN = {
  wallet: "Mithaq",
  walletPage: "A page of your wallet",
  closeWalletPage: "Close this page and go back",
  closeApp: "Close this Mini Program",
  more: "More",
  reload: "Reload",
  popOut: "Open in a window of its own",
  ok: "OK",
  cancel: "Cancel",
  loading: "Loading",
  asking: "Asking the wallet what became of it",
  askingHint: "This takes at most a few seconds.",
  pageLost: "The page could not be shown",
  pageLostHint: "The connection was interrupted. Nothing was confirmed by this.",
  tryAgain: "Try again",
  closed: "{name} is closed",
  openAgain: "Open again",
  myWallet: "My wallet",
  inWindow: "{name} is open in a window of its own",
  bringBack: "Bring it back here",
  blocked: "The browser did not allow a new window",
  offline: "The wallet does not answer",
  offlineHint: "Check that it is running, then try again.",
  refused: "This Mini Program cannot be opened here",
  refusedOrigin: "Its address {origin} is not one of those registered for it.",
  refusedWallet: "Its address is the wallet's own. A Mini Program has to live on an origin of its own.",
  noSuchApp: "There is no Mini Program with this id",
  scanTitle: "Point the camera at a code",
  scanHint: "It is read as soon as all of it is in the picture. Only what it says is passed on.",
  scanTypeInstead: "Type it",
  scanLabel: "What does the code say?",
  scanByHand: "There is no camera here that can read codes. Type or paste the text of the code.",
  scanCancelled: "the user cancelled",
  scanFailed: "no code was read",
  unsupported: "not supported by this wallet",
  parameter: "wrong or missing parameter",
  exactlyOne: "exactly one of paymentUrl, tradeNO and orderStr is needed",
  notOurs: "authUrl is not an authorization page of this wallet",
  notCashier: "paymentUrl is not a cashier of this wallet",
  busy: "another wallet page is open",
  tooMany: "too many calls at once",
  unknown: "something went wrong",
  network: "network error: the wallet could not be reached",
  noAnswer: "the wallet did not answer; the result is not known",
};

/** @type {typeof EN} */
const AR = {
  wallet: "ميثاق",
  walletPage: "صفحة من محفظتك",
  closeWalletPage: "إغلاق هذه الصفحة والرجوع",
  closeApp: "إغلاق هذا البرنامج المصغّر",
  more: "المزيد",
  reload: "إعادة التحميل",
  popOut: "فتح في نافذة مستقلة",
  ok: "حسنًا",
  cancel: "إلغاء",
  loading: "جارٍ التحميل",
  asking: "نسأل المحفظة عمّا حدث",
  askingHint: "لن يستغرق هذا أكثر من بضع ثوانٍ.",
  pageLost: "تعذّر عرض الصفحة",
  pageLostHint: "انقطع الاتصال. لم يُؤكَّد أي شيء بسبب ذلك.",
  tryAgain: "إعادة المحاولة",
  closed: "أُغلق {name}",
  openAgain: "فتح من جديد",
  myWallet: "محفظتي",
  inWindow: "{name} مفتوح في نافذة مستقلة",
  bringBack: "إعادته إلى هنا",
  blocked: "لم يسمح المتصفح بفتح نافذة جديدة",
  offline: "المحفظة لا تستجيب",
  offlineHint: "تأكد من أنها تعمل ثم أعد المحاولة.",
  refused: "لا يمكن فتح هذا البرنامج المصغّر هنا",
  refusedOrigin: "عنوانه {origin} ليس من العناوين المسجّلة له.",
  refusedWallet: "عنوانه هو عنوان المحفظة نفسها. يجب أن يكون للبرنامج المصغّر عنوان خاص به.",
  noSuchApp: "لا يوجد برنامج مصغّر بهذا المعرّف",
  scanTitle: "وجّه الكاميرا نحو الرمز",
  scanHint: "يُقرأ الرمز حالما يظهر كله في الصورة. لا يُمرَّر إلا نصّه.",
  scanTypeInstead: "اكتبه",
  scanLabel: "ما نصّ الرمز؟",
  scanByHand: "لا توجد هنا كاميرا تقرأ الرموز. اكتب نصّ الرمز أو ألصقه.",
  scanCancelled: "ألغى المستخدم",
  scanFailed: "لم يُقرأ أي رمز",
  unsupported: "غير مدعوم في هذه المحفظة",
  parameter: "معامل خاطئ أو مفقود",
  exactlyOne: "يلزم واحد فقط من paymentUrl وtradeNO وorderStr",
  notOurs: "authUrl ليس صفحة تفويض تابعة لهذه المحفظة",
  notCashier: "paymentUrl ليس صفحة دفع تابعة لهذه المحفظة",
  busy: "هناك صفحة محفظة أخرى مفتوحة",
  tooMany: "طلبات كثيرة في وقت واحد",
  unknown: "حدث خطأ ما",
  network: "خطأ في الشبكة: تعذّر الوصول إلى المحفظة",
  noAnswer: "لم تستجب المحفظة، والنتيجة غير معروفة",
};

/** @typedef {keyof typeof EN} TextKey */
/** @typedef {(key: TextKey, values?: Record<string, string>) => string} Texts */

/** @param {string} language a language tag */
export function isArabic(language) {
  return /^ar\b/i.test(language);
}

/**
 * Texts in a language. Values are set apart from the sentence around them, so that a Latin name stands right inside
 * Arabic and the other way round.
 * @param {string} language
 * @returns {Texts}
 */
export function textsIn(language) {
  const table = isArabic(language) ? AR : EN;
  return (key, values = {}) => table[key].replace(/\{(\w+)\}/g, (_, name) => `\u2068${values[name] ?? ""}\u2069`);
}

/** Both tables, for the test that holds them side by side. */
export const TABLES = { en: EN, ar: AR };
