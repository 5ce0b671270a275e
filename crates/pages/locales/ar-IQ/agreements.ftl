# «الاتفاقيات»: كل عقود المستخدم، وما استُقطع بموجبها، وطريقة إنهائها.

agreements-title = الاتفاقيات
agreements-lead = يمكن لهؤلاء التجّار الاستقطاع من محفظتك دون سؤالك في كل مرة.
agreements-none = لا توجد اتفاقيات بعد
agreements-none-text = عندما تسمح لتاجر بالاستقطاع من محفظتك، يظهر الاتفاق هنا مع كل استقطاع، ويمكنك إنهاؤه من هنا في أي وقت.
agreements-none-current = لا يوجد اتفاق سارٍ. لا يمكن لأي تاجر الاستقطاع من محفظتك دون سؤالك.
agreements-current = الحالية
agreements-over = المنتهية

standing-waiting = لم يُستخدم بعد
standing-in-force = سارٍ
standing-later = سارٍ، ولا استقطاع قبل { $day }
standing-paused = موقوف مؤقتاً
standing-ended-by-user = أنهيته أنت في { $day }
standing-ended-by-merchant = أنهاه التاجر في { $day }
standing-ended-by-wallet = أنهته المحفظة في { $day }
standing-ended-by-time = انتهت مدته في { $day }

agreement-title = الاتفاق مع { $merchant }
agreement-waiting-text = لقد وافقت، لكن التاجر { $merchant } لم يبدأ باستخدام الاتفاق بعد. إن لم يفعل ذلك قريباً فسينتهي الاتفاق تلقائياً.
agreement-in-force-text = يمكن للتاجر { $merchant } الاستقطاع من محفظتك حسب الاتفاق، دون سؤالك في كل مرة.
agreement-later-text = يمكن للتاجر { $merchant } الاستقطاع من محفظتك حسب الاتفاق، دون سؤالك في كل مرة، ولكن ليس قبل { $day }.
agreement-paused-text = أوقفت المحفظة التاجر { $merchant } مؤقتاً، فلا يمكن استقطاع شيء حالياً. ويمكنك مع ذلك إنهاء الاتفاق.
agreement-charged = ما استُقطع حتى الآن
agreement-charges = عدد الاستقطاعات
agreement-charges-none = لا شيء حتى الآن
agreement-last-charge = آخر استقطاع
agreement-most-none = غير مذكور
agreement-most-of-wallet = حدّ المحفظة نفسها { $limit }
agreement-own-limit = سقفك الشهري
agreement-own-limit-none = لا يوجد
agreement-own-limit-taken = استُقطع { $taken } هذا الشهر
agreement-number = رقم الاتفاق

charges-title = الاستقطاعات
charges-none = لم يُستقطع أي شيء حتى الآن.
charges-older = استقطاعات أقدم
charges-newest = أحدث الاستقطاعات
charge-plain = استقطاع
charge-taken = تم الاستقطاع
charge-refused-balance = لم يُستقطع: لم يكن رصيدك كافياً
charge-refused-user-limit = لم يُستقطع: يتجاوز حدّك الشهري أو اليومي
charge-refused-charge-limit = لم يُستقطع: يتجاوز حدّ الاستقطاع الواحد
charge-refused-too-early = لم يُستقطع: قبل الموعد المتفق عليه
charge-refused-over = لم يُستقطع: لم يعد مسموحاً به
charge-refused-account = لم يُستقطع: كانت محفظتك مقيّدة
charge-refused-merchant = لم يُستقطع: كان التاجر موقوفاً
charge-refused-currency = لم يُستقطع: ليس بالعملة المتفق عليها
charge-refused-other = لم يُستقطع

accepted-title = ما وافقت عليه
accepted-in-english = في { $time }، بالإنكليزية
accepted-in-arabic = في { $time }، بالعربية
accepted-text = النص كما عُرض عليك ووافقت عليه، كلمة بكلمة.
accepted-hash = بصمة هذا النص (SHA-256)

agreement-end = إنهاء هذا الاتفاق
agreement-end-text = بعدها لن يتمكن التاجر { $merchant } من الاستقطاع منك. لا يمكن التراجع عن ذلك. ولا يُلغي الإنهاءُ ما طلبته من قبل، فتفاهم بشأنه مع التاجر.
agreement-end-pin = أدخل رمزك السري لإنهاء الاتفاق
agreement-locked-text = أُدخل الرمز بشكل خاطئ مرات كثيرة. سيُفتح من جديد في { $time }، وعندها يمكنك إنهاء الاتفاق من هنا. إذا كان الأمر عاجلاً، أو لم تكن أنت من أدخله، فأبلغ دعم المحفظة الآن.
