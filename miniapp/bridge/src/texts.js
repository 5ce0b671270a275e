// Failures as pages read them: the code in every spelling in use (jsapi.md 1.3), the text in the page's language.

/**
 * A failing reply. `error` is never 0 or empty: other people's bridges tell success from failure by it (1.2).
 * @typedef {{error: number|string, errorCode: string, errMessage: string, errorMessage: string, message: string} & Record<string, unknown>} FailureReply
 */

const TEXTS = {
  unsupported: ["not supported by this wallet", "غير مدعوم في هذه المحفظة"],
  parameter: ["wrong or missing parameter", "معامل خاطئ أو مفقود"],
  exactlyOne: ["exactly one of these parameters is needed", "يلزم معامل واحد فقط من هذه المعاملات"],
  tooLarge: ["the parameters are larger than 64 KB", "حجم المعاملات أكبر من 64 كيلوبايت"],
  unknown: ["something went wrong", "حدث خطأ ما"],
  outside: ["this page is not open inside the wallet", "هذه الصفحة ليست مفتوحة داخل المحفظة"],
  replaced: ["the connection to the wallet was made anew", "أُعيد إنشاء الاتصال بالمحفظة"],
  depth: ["depth can not be more than 10", "لا يمكن أن يتجاوز العمق 10"],
  noBack: ["there is no page to go back to", "لا توجد صفحة للرجوع إليها"],
  storageFull: ["the storage of this Mini Program is full", "مساحة تخزين هذا البرنامج المصغّر ممتلئة"],
  valueTooLong: ["the value is longer than 200 KB", "القيمة أطول من 200 كيلوبايت"],
  network: ["network error", "خطأ في الشبكة"],
  timeout: ["the request timed out", "انتهت مهلة الطلب"],
  aborted: ["the request was aborted", "أُلغي الطلب"],
  parse: ["JSON parse data error", "JSON parse data error"],
  httpStatus: ["http status error", "http status error"],
};

/** @param {string} language a language tag */
function isArabic(language) {
  return /^ar\b/i.test(language);
}

/**
 * @param {number|string} code
 * @param {keyof typeof TEXTS} text
 * @param {string} [detail] appended as it is: a parameter's name, for instance
 * @returns {FailureReply}
 */
function failure(code, text, detail) {
  const said = TEXTS[text][isArabic(pageLanguage()) ? 1 : 0];
  const message = detail ? `${said}: ${detail}` : said;
  return { error: code, errorCode: String(code), errMessage: message, errorMessage: message, message };
}

/** Thrown inside the bridge, and by the Sync forms: an Error that also is the failing reply. */
class Failure extends Error {
  /** @param {FailureReply} reply */
  constructor(reply) {
    super(reply.errorMessage);
    Object.assign(this, reply);
    this.name = "MiniProgramError";
    /** @type {FailureReply} */
    this.reply = reply;
  }
}

/**
 * The reply for anything that was thrown.
 * @param {unknown} thrown
 */
function replyOf(thrown) {
  return thrown instanceof Failure ? thrown.reply : failure(3, "unknown", String(thrown));
}
