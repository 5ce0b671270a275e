# ما يراه المتصفح عند رفض طلب صفحة عبر البوابة: أغلبه للمطوّر الذي كوّن العنوان.

gateway-error = تعذّر فتح هذه الصفحة
gateway-error-text = أخطأ المتجر أو التطبيق الذي أرسلك إلى هنا في طلبه. لم يُتفق على شيء، ولم يُستقطع شيء. ارجع إليه وأبلغه.
gateway-error-developers = للمطوّر
gateway-error-do = ما الذي يجب فعله
gateway-error-do-signature = قارن النص أعلاه حرفاً حرفاً بالنص الذي وقّعته. الأسباب المعتادة: رُمّز النص مرة زائدة أو ناقصة، أو وقفت علامة «+» مكان الفراغ، أو استُخدم مفتاح خاص غير الذي سُجّل مفتاحه العام.
gateway-error-do-signature-type = أرسل sign_type بالقيمة RSA2. القيمة RSA للتطبيقات التي سمح لها المشغّل بذلك فقط.
gateway-error-do-key = سجّل المفتاح العام للتطبيق أو شهاداته لدى مشغّل المحفظة.
gateway-error-do-app = أرسل app_id الذي سجّلك به مشغّل المحفظة: 16 رقماً.
gateway-error-do-certificate = أرسل app_cert_sn و alipay_root_cert_sn للشهادات المسجّلة لهذا التطبيق.
gateway-error-do-timestamp = أرسل timestamp بالصيغة yyyy-MM-dd HH:mm:ss بتوقيت GMT+8، وتحقق من ساعة خادمك.
gateway-error-do-charset = أرسل charset بالقيمة utf-8 أو gbk، والقيم بهذا الترميز.
gateway-error-do-method = تحقق من اسم method. لا يفتح المتصفح إلا طلبات الصفحات، وما سواها يستدعيه خادمك.
gateway-error-do-wait = استعلم برقمك الخاص عمّا إذا كانت العملية قد تمت، ثم حاول مرة أخرى.
gateway-error-do-request = صحّح ما تذكره الجملة أعلاه، ووقّع الطلب من جديد، وافتح العنوان الجديد.
