# تطبيق المحفظة: أبوابه والصفحة الرئيسية والسجل وصندوق الرسائل.

doors = صفحات المحفظة
door-home = الرئيسية
door-pay = الدفع
door-agreements = الاتفاقيات
door-inbox = الرسائل
door-more = المزيد
back = رجوع
turn = الأقدم والأحدث

entry-title = محفظتك
login-for-wallet = عندها ترى رصيدك، ويمكنك الدفع وإرسال الأموال.

day-today = اليوم
day-yesterday = أمس

home-hello = مرحباً، { $name }
home-balance = رصيدك
home-ways = ما يمكنك فعله
way-send = إرسال
way-receive = استلام
way-scan = مسح رمز
way-code = عرض رمز
way-top-up = إضافة رصيد
home-holds = مبالغ محجوزة
home-held-until = محجوز حتى { $time }
home-last = آخر الحركات
home-all = عرض الكل
home-nothing-yet = لا شيء بعد. أضف رصيداً إلى محفظتك، وسيظهر هنا كل ما يدخل إليها ويخرج منها.
home-apps = التطبيقات المصغّرة

history-title = سجل الحركات
history-none = لا توجد حركات بعد
history-none-text = تظهر هنا كل دفعة وكل استقطاع وكل تحويل وكل إضافة رصيد.
history-older = حركات أقدم
history-newest = أحدث الحركات

movement-paid = دفع
movement-paid-with = دفع إلى { $name }
movement-charged = استقطاع
movement-charged-with = استقطاع من { $name }
movement-held = محجوز
movement-held-with = مبلغ محجوز للتاجر { $name }
movement-captured = دفع من مبلغ محجوز
movement-captured-with = أخذ { $name } المبلغ المحجوز له
movement-captured-note = لم تكن هناك حاجة إلى { $amount } من المبلغ المحجوز، وقد عاد متاحاً لك.
movement-released = انتهى الحجز
movement-released-with = انتهى الحجز للتاجر { $name }
movement-released-note = لم يأخذ التاجر { $merchant } المبلغ، ويمكنك صرفه من جديد.
movement-refunded = استرداد
movement-refunded-with = استرداد من { $name }
movement-refunded-note = عاد { $amount } إلى رصيدك. في الأسفل الدفعة التي يعود إليها.
movement-sent = تحويل صادر
movement-sent-with = أرسلت إلى { $name }
movement-received = تحويل وارد
movement-received-with = استلمت من { $name }
movement-topped-up = إضافة رصيد
movement-topped-up-with = إضافة رصيد من { $name }
movement-agreement = عرض الاتفاق
see-movement = عرض الوصل
to-home = إلى محفظتك
to-order = العودة إلى الطلب
go-on = متابعة

fact-note = الملاحظة
fact-about = لقاء
fact-time = الوقت
fact-phone = رقم الهاتف
fact-balance = الرصيد بعدها
fact-number = الرقم

inbox-unread =
    { $count ->
        [one] رسالة واحدة غير مقروءة
        [two] رسالتان غير مقروءتين
        [few] { $count } رسائل غير مقروءة
       *[other] { $count } رسالة غير مقروءة
    }
inbox-new = غير مقروءة:
inbox-none = لا توجد رسائل بعد
inbox-none-text = هنا نخبرك عندما تتحرك أموالك، وعندما يبدأ اتفاق أو ينتهي، وتجد ما يكتبه لك التجّار.
inbox-older = رسائل أقدم
inbox-newest = أحدث الرسائل
inbox-from-merchant = كتب التاجر هذه الرسالة، وليس محفظتك. لا تعطِ رمزك السري لأي أحد يكتب إليك.
inbox-open-app = فتح { $name }
inbox-see-movement = عرض الحركة
inbox-see-agreement = عرض الاتفاق
