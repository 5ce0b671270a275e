# تطبيق المحفظة: إضافة الرصيد والإرسال والاستلام والدفع بعرض رمز والمسح.

amount-label = المبلغ
amount-balance = الرصيد: { $amount }
amount-balance-now = رصيدك الآن { $amount }.
problem-amount-form = اكتب المبلغ رقماً صحيحاً بالدينار، مثل 25000.
problem-amount-low = أقل مبلغ هو { $amount }.
problem-amount-high = أعلى مبلغ في المرة الواحدة هو { $amount }.
problem-amount-balance = هذا أكثر من رصيدك. اكتب مبلغاً أقل، أو أضف رصيداً أولاً.
problem-amount-limit = يتجاوز هذا أحد حدود محفظتك اليومية أو الشهرية. اكتب مبلغاً أقل، أو اسأل دعم المحفظة.
problem-account = محفظتك مقيّدة حالياً، فلا يمكن نقل أي مبلغ. اسأل دعم المحفظة عمّا ينقص.
wallet-pin-locked-text = أُدخل الرمز بشكل خاطئ مرات كثيرة. سيُفتح من جديد في { $time }. إذا لم تكن أنت من أدخله فأبلغ دعم المحفظة الآن.

top-up-title = أضف رصيداً إلى محفظتك
top-up-sandbox = هذا المصرف للتجربة فقط، ولا تنتقل أموال حقيقية.
top-up-suggested = مبالغ للاختيار
top-up-bank = من أي مصرف
top-up-go = إضافة الرصيد
top-up-done = أُضيف إلى محفظتك
top-up-waiting = بانتظار مصرفك
top-up-waiting-text = لم يردّ مصرفك بعد. حالما يرسل { $amount } سيصل المبلغ إلى محفظتك ونخبرك بذلك. لا تُعد الطلب مرة ثانية.
problem-bank-refused = لم يرسل مصرفك المبلغ، ولم يتغيّر شيء. جرّب مبلغاً آخر أو مصرفاً آخر، أو اسأل مصرفك.
problem-bank-away = لا يمكن الوصول إلى مصرفك، ولم يتغيّر شيء. حاول لاحقاً.

send-title = إرسال الأموال
send-lead = إلى أي شخص لديه هذه المحفظة.
send-to = رقم هاتفه
send-scan = امسح رمزه
send-scan-text = يجده في صفحة «استلام».
send-question = هل ترسل مبلغاً إلى { $name }؟
send-other = شخص آخر
send-note = ملاحظة
send-note-hint = اختيارية، ويمكن للمستلم قراءتها.
send-pin = أدخل رمزك السري للإرسال
send-go = إرسال
send-final = يصل المبلغ فوراً ولا يمكن استرجاعه.
send-done = أُرسل إلى { $name }
problem-payee-form = هذا ليس رقم هاتف. اكتبه مع رمز البلد، مثل 9647701234567.
problem-payee-unknown = لا يمكن الإرسال إلى هذا الرقم. تأكد منه، أو اسأل صاحبه إن كانت لديه هذه المحفظة.
problem-payee-own = هذا رقمك أنت.
problem-note-long = الملاحظة طويلة جداً. اختصرها.

receive-title = استلام الأموال
receive-lead = دع الآخرين يمسحون هذا الرمز بمحافظهم.
receive-qr = رمز QR فيه رقم هاتفك، ليرسل لك الآخرون الأموال
receive-link = أو أرسل إليهم هذا الرابط
receive-link-hint = فيه رقم هاتفك ولا شيء غيره.
receive-share = أرسل مبلغاً إلى { $name }
receive-share-go = مشاركة الرابط

pay-ways = طرق الدفع
code-title = الدفع بعرض رمز
code-lead = يمسحه أمين الصندوق، فيُؤخذ المبلغ من محفظتك.
code-pin = أدخل رمزك السري للحصول على رمز الدفع
code-go = عرض رمز الدفع
code-show = اعرض هذا على أمين الصندوق
code-qr = رمز QR للدفع
code-barcode = رمز شريطي للدفع
code-digits = أرقام رمز الدفع:
code-until = صالح لدفعة واحدة حتى { $time }
code-left = بقيت { $seconds } ث
code-over = انتهت صلاحية هذا الرمز.
code-new = رمز جديد
code-note = من يحصل على هذا الرمز يمكنه أخذ مبلغ مرة واحدة. اعرضه على أمين الصندوق فقط، ولا ترسله إلى أي أحد.
code-restricted = لا يمكنك الدفع الآن

scan-title = مسح رمز
scan-lead = للدفع، أو لإرسال الأموال، أو لفتح تطبيق مصغّر.
scan-camera = ما تراه الكاميرا
scan-start = استخدام الكاميرا
scan-denied = لا يمكن استخدام الكاميرا. اسمح بها في إعدادات المتصفح، أو الصق نص الرمز في الأسفل.
scan-text = نص الرمز
scan-text-hint = الصق الرابط إن لم تتمكن من مسحه.
problem-scan-empty = الصق نص الرمز أولاً.
problem-scan-foreign = هذا ليس من رموز محفظتك. لم يُفتح شيء.
problem-scan-app = لا يوجد هذا التطبيق المصغّر في محفظتك. لم يُفتح شيء.
