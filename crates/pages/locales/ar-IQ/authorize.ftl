# صفحة التفويض: ما يطلبه التاجر، بكلمات لا تدّعي شيئاً لم يذكره التاجر.

authorize-title = الموافقة على استقطاعات { $merchant }
authorize-question = هل تسمح للتاجر { $merchant } بالاستقطاع من محفظتك دون سؤالك في كل مرة؟

terms-at-most = الحد الأعلى لكل استقطاع
terms-no-amount = لم يُذكر حد أعلى للمبلغ
terms-no-amount-text = لم يحدّد التاجر حداً أعلى لمبلغ كل استقطاع، لذلك يسري حدّ المحفظة نفسها، وهو { $limit } لكل استقطاع.
terms-first-charge = أول استقطاع
terms-first-charge-from = ليس قبل { $day }
terms-first-charge-any = في أي وقت بعد موافقتك
terms-charges = عدد الاستقطاعات
terms-charges-any = غير محدود
terms-paid-from = يُدفع من
terms-paid-from-balance = رصيد المحفظة
terms-ends = ينتهي
terms-ends-by-you = عندما تُنهيه أنت
terms-text = ما الذي توافق عليه
terms-text-author = النص من { $merchant }
terms-note = ترى كل استقطاع في «الاتفاقيات». أنهِ الاتفاق من هناك متى شئت، ولن يُستقطع منك شيء بعد ذلك.

ceiling-title = حدّد سقفك الشهري بنفسك
ceiling-label = الحد الأعلى في الشهر الواحد
ceiling-hint = بالدينار ودون كسور. يُرفض كل استقطاع يتجاوز هذا السقف. اتركه فارغاً إن لم ترد سقفاً شهرياً.

authorize-pin = أدخل رمزك السري للموافقة
authorize-agree = أوافق

standalone-title = افتح هذا الطلب في تطبيق المحفظة
standalone-text = يمكنك هنا قراءة ما يطلبه التاجر { $merchant }. أما الموافقة فلا تتم إلا داخل تطبيق المحفظة، حيث سجّلت دخولك.
standalone-link = رابط هذا الطلب
standalone-hint = انسخ الرابط وافتحه في تطبيق المحفظة على هاتفك.
