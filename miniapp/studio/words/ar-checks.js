// Arabic for the names of the ledger's checks, as the wallet sends them (crates/store/src/verify.rs).

export const arChecks = {
  "check.the postings of every currency sum to zero": "مجموع قيود كل عملة صفر",
  "check.every transaction is balanced in every currency": "كل حركة متوازنة في كل عملة",
  "check.the balances of every currency sum to zero": "مجموع أرصدة كل عملة صفر",
  "check.every balance equals the sum of its postings": "كل رصيد يساوي مجموع قيوده",
  "check.every posting belongs to an account": "لكل قيد حساب",
  "check.no balance but the outside world's is below zero": "لا رصيد دون الصفر إلا ما هو خارج المحفظة",
  "check.a payment that succeeded has postings of exactly its amount": "للدفعة الناجحة قيود بمبلغها تماماً",
  "check.a payment that failed has no postings": "ليس للدفعة المرفوضة قيود",
  "check.every payment posting belongs to a payment": "كل قيد دفع يعود إلى دفعة",
  "check.every payment has exactly one idempotency row": "لكل دفعة سجل طلب واحد",
  "check.every idempotency row has its payment": "لكل سجل طلب دفعته",
  "check.every payment with a notify URL has exactly one notification": "لكل دفعة لها عنوان إشعار إشعار واحد",
  "check.every payment that succeeded is told to its payer once": "كل دفعة ناجحة أُبلغ بها صاحبها مرة واحدة",
  "check.every contract has a state and every state a contract": "لكل عقد حالة ولكل حالة عقد",
  "check.a contract's counters equal its successful payments": "عدّادات العقد تساوي دفعاته الناجحة",
};
