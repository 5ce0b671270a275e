# ما يُبلَّغ به المستخدم عند حدوث شيء: عنوان، وكلمات قليلة للرسالة النصية القصيرة، وجُمل لصندوق الرسائل والبريد الإلكتروني.

news-signed-title = يمكن للتاجر { $merchant } الآن الاستقطاع منك
news-signed-sms = { wallet-name }: وافقت على أن يستقطع { $merchant } من محفظتك. يمكنك إنهاء ذلك في أي وقت من «الاتفاقيات».
news-signed-body = وافقت على أن يستقطع التاجر { $merchant } من محفظتك دون سؤالك في كل مرة. ترى كل استقطاع في «الاتفاقيات»، ويمكنك إنهاء ذلك من هناك في أي وقت.

news-ended-title = انتهى اتفاقك مع { $merchant }
news-ended-sms = { wallet-name }: انتهى اتفاقك مع { $merchant }، ولن يُستقطع بموجبه شيء بعد الآن.
news-ended-by-user = أنهيت اتفاقك مع التاجر { $merchant }، ولن يُستقطع بموجبه شيء بعد الآن.
news-ended-by-merchant = أنهى التاجر { $merchant } اتفاقه معك، ولن يُستقطع بموجبه شيء بعد الآن.
news-ended-by-wallet = أنهت المحفظة اتفاقك مع التاجر { $merchant }، ولن يُستقطع بموجبه شيء بعد الآن. اسأل دعم المحفظة إن أردت معرفة السبب.
news-ended-by-time = انتهت مدة اتفاقك مع التاجر { $merchant }، ولن يُستقطع بموجبه شيء بعد الآن.

news-charged-title = استقطع { $merchant } مبلغ { $amount }
news-charged-sms = { wallet-name }: استقطع { $merchant } مبلغ { $amount }. رصيدك { $balance }.
news-charged-body = استقطع التاجر { $merchant } مبلغ { $amount } لقاء «{ $description }». رصيدك الآن { $balance }.
news-charged-body-plain = استقطع التاجر { $merchant } مبلغ { $amount }. رصيدك الآن { $balance }.

news-refused-title = تعذّر على { $merchant } استقطاع { $amount }
news-refused-sms-balance = { wallet-name }: تعذّر على { $merchant } استقطاع { $amount } لأن رصيدك لا يكفي. لم يُستقطع شيء.
news-refused-sms-limit = { wallet-name }: تعذّر على { $merchant } استقطاع { $amount } لأنه يتجاوز حدّك. لم يُستقطع شيء.
news-refused-body-balance = أراد التاجر { $merchant } استقطاع { $amount }، لكن رصيدك لم يكن كافياً، فلم يُستقطع شيء. أضف رصيداً إلى محفظتك إن أردت أن تنجح المحاولة القادمة.
news-refused-body-limit = أراد التاجر { $merchant } استقطاع { $amount }، وهو مبلغ يتجاوز حدّك الشهري أو اليومي، فلم يُستقطع شيء. إن لم تكن تتوقع هذا الاستقطاع فيمكنك إنهاء الاتفاق من «الاتفاقيات».

news-refused-sms-balance-again = { wallet-name }: تعذّر على { $merchant } استقطاع { $amount } لأن رصيدك لا يكفي. المحاولة القادمة: { $day }.
news-refused-body-balance-again = أراد التاجر { $merchant } استقطاع { $amount }، لكن رصيدك لم يكن كافياً، فلم يُستقطع شيء. المحاولة القادمة في { $day }، فأضف رصيداً إلى محفظتك قبلها.
news-refused-body-limit-again = أراد التاجر { $merchant } استقطاع { $amount }، وهو مبلغ يتجاوز حدّك اليومي، فلم يُستقطع شيء. المحاولة القادمة في { $day }. إن لم تكن تتوقع هذا الاستقطاع فيمكنك إنهاء الاتفاق من «الاتفاقيات».

news-coming-title = سيستقطع { $merchant } مبلغ { $amount } في { $day }
news-coming-sms = { wallet-name }: سيستقطع { $merchant } مبلغ { $amount } في { $day } حسب اتفاقك.
news-coming-body = سيستقطع التاجر { $merchant } مبلغ { $amount } في { $day } حسب اتفاقك. أبقِ هذا المبلغ في محفظتك. وإن لم تعد تريده فأنهِ الاتفاق من «الاتفاقيات» قبل ذلك.

news-topped-up-title = أُضيف { $amount } إلى محفظتك
news-topped-up-sms = { wallet-name }: أُضيف { $amount } إلى محفظتك. رصيدك { $balance }.
news-topped-up-body = أُضيف { $amount } إلى محفظتك. رصيدك الآن { $balance }.

news-paid-title = دفعت إلى { $merchant } مبلغ { $amount }
news-paid-sms = { wallet-name }: دفعت إلى { $merchant } مبلغ { $amount }. رصيدك { $balance }.
news-paid-body = دفعت إلى التاجر { $merchant } مبلغ { $amount } لقاء «{ $description }». رصيدك الآن { $balance }.
news-paid-body-plain = دفعت إلى التاجر { $merchant } مبلغ { $amount }. رصيدك الآن { $balance }.

news-held-title = حُجز { $amount } للتاجر { $merchant }
news-held-sms = { wallet-name }: حُجز { $amount } للتاجر { $merchant } حتى { $time }. لم يُدفع بعد.
news-held-body = حُجز { $amount } للتاجر { $merchant } لقاء «{ $description }»، حتى { $time } على الأكثر. المبلغ ما زال لك، لكن لا يمكنك صرفه. وما لا يؤخذ منه حتى ذلك الوقت يعود متاحاً لك.
news-held-body-plain = حُجز { $amount } للتاجر { $merchant }، حتى { $time } على الأكثر. المبلغ ما زال لك، لكن لا يمكنك صرفه. وما لا يؤخذ منه حتى ذلك الوقت يعود متاحاً لك.

news-captured-title = أخذ { $merchant } مبلغ { $amount }
news-captured-sms = { wallet-name }: أخذ { $merchant } المبلغ المحجوز له { $amount }.
news-captured-sms-released = { wallet-name }: أخذ { $merchant } مبلغ { $amount } من المحجوز له، وعاد { $released } متاحاً لك.
news-captured-body = أخذ التاجر { $merchant } المبلغ المحجوز له { $amount }، ولم يعد شيء محجوزاً.
news-captured-body-released = أخذ التاجر { $merchant } مبلغ { $amount } من المحجوز له، وعاد الباقي { $released } متاحاً لك.

news-released-title = انتهى حجز { $amount }
news-released-sms = { wallet-name }: انتهى حجز { $amount } للتاجر { $merchant }. يمكنك صرفه من جديد.
news-released-body = انتهى حجز { $amount } للتاجر { $merchant }. لم يؤخذ المبلغ، ويمكنك صرفه من جديد.

news-refunded-title = أعاد لك { $merchant } مبلغ { $amount }
news-refunded-sms = { wallet-name }: أعاد لك { $merchant } مبلغ { $amount }. رصيدك { $balance }.
news-refunded-body = أعاد لك التاجر { $merchant } مبلغ { $amount }. رصيدك الآن { $balance }.

news-sent-title = أرسلت إلى { $name } مبلغ { $amount }
news-sent-sms = { wallet-name }: أرسلت إلى { $name } مبلغ { $amount }. رصيدك { $balance }.
news-sent-body = أرسلت إلى { $name } مبلغ { $amount }. رصيدك الآن { $balance }. إذا لم تكن أنت من أرسله فأبلغ دعم المحفظة الآن.
news-sent-body-note = أرسلت إلى { $name } مبلغ { $amount } مع الملاحظة «{ $note }». رصيدك الآن { $balance }. إذا لم تكن أنت من أرسله فأبلغ دعم المحفظة الآن.

news-received-title = وصلك من { $name } مبلغ { $amount }
news-received-sms = { wallet-name }: وصلك من { $name } مبلغ { $amount }. رصيدك { $balance }.
news-received-body = وصلك من { $name } مبلغ { $amount }. رصيدك الآن { $balance }.
news-received-body-note = وصلك من { $name } مبلغ { $amount } مع الملاحظة «{ $note }». رصيدك الآن { $balance }.

news-card-title = رُبطت بطاقة بمحفظتك
news-card-sms = { wallet-name }: رُبطت بمحفظتك البطاقة المنتهية بالرقم { $digits }. إذا لم تكن أنت فأبلغ الدعم الآن.
news-card-body = رُبطت بمحفظتك البطاقة المنتهية بالرقم { $digits }. إذا لم تكن أنت من ربطها، فسجّل الخروج من أجهزتك الأخرى وغيّر رمزك السري وأبلغ دعم المحفظة الآن.

news-pin-title = تم تغيير رمزك السري
news-pin-sms = { wallet-name }: تم تغيير رمزك السري. إذا لم تكن أنت من غيّره فأبلغ دعم المحفظة الآن.
news-pin-body = تم تغيير رمزك السري. إذا لم تكن أنت من غيّره فأبلغ دعم المحفظة الآن.

news-from-merchant-title = { $merchant }: { $title }
news-from-merchant-sms = { wallet-name }: رسالة من { $merchant }: { $title }
news-from-merchant-author = كتب هذه الرسالة التاجر { $merchant }، وليس محفظتك.

news-email-greeting = مرحباً { $name }،
news-email-time = الوقت: { $time }
news-email-payment = رقم الدفعة: { $payment }
news-email-caution = لا نطلب رمزك السري أبداً، لا بالبريد الإلكتروني ولا برسالة نصية ولا بالهاتف.
news-email-sender = { wallet-name }، محفظتك
