# صفحة مشاركة البيانات: ما الذي يجوز للتطبيق المصغّر قراءته.

consent-title = مشاركة بياناتك مع { $merchant }
consent-question = هل تشارك هذه البيانات مع { $merchant }؟
consent-note = لا يطّلع التاجر { $merchant } على رمزك السري ولا على رصيدك أبداً، ولا يمكنه سحب أي مبلغ بهذه الموافقة.
consent-allow = أسمح
consent-refuse = لا أسمح

scope-user-id = رقمك لدى التاجر
scope-user-id-text = يتعرّف به التطبيق عليك، وهو ليس رقم هاتفك.
scope-login-id = رقم الهاتف الذي تسجّل الدخول به
scope-login-id-text = ليعرف التطبيق حسابك في المحفظة.
scope-hash-login-id = بصمة رقمية لرقم هاتفك
scope-hash-login-id-text = تصلح للمقارنة فقط، ولا يُقرأ منها رقمك.
scope-user = معلوماتك الأساسية
scope-user-text = الاسم والصورة والجنس وتاريخ الميلاد والجنسية ومعلومات الاتصال.
scope-name = اسمك
scope-name-text = بالعربية والإنكليزية، كما هو في محفظتك.
scope-avatar = صورتك
scope-avatar-text = صورة ملفك الشخصي في المحفظة.
scope-gender = جنسك
scope-gender-text = كما هو مسجّل في محفظتك.
scope-birthday = تاريخ ميلادك
scope-birthday-text = اليوم والشهر والسنة.
scope-nationality = جنسيتك
scope-nationality-text = كما هي مسجّلة في محفظتك.
scope-contact = معلومات الاتصال بك
scope-contact-text = رقم الهاتف والبريد الإلكتروني.
scope-inbox = إرسال رسائل إلى صندوقك
scope-inbox-text = تظهر في صندوق الرسائل في محفظتك.
scope-push = إرسال إشعارات إليك
scope-push-text = تظهر على هاتفك.
scope-cards = قائمة بطاقاتك
scope-cards-text = أرقام الحسابات، وأرقام البطاقات وقد أُخفي معظم أرقامها.
scope-merchant-id = رقم نشاطك التجاري
scope-merchant-id-text = إذا كنت تستخدم المحفظة لنشاط تجاري.
scope-merchant-name = اسم نشاطك التجاري
scope-merchant-name-text = مع صورته، إذا كنت تستخدم المحفظة لنشاط تجاري.
