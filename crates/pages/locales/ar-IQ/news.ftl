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

news-topped-up-title = أُضيف { $amount } إلى محفظتك
news-topped-up-sms = { wallet-name }: أُضيف { $amount } إلى محفظتك. رصيدك { $balance }.
news-topped-up-body = أُضيف { $amount } إلى محفظتك. رصيدك الآن { $balance }.

news-email-greeting = مرحباً { $name }،
news-email-time = الوقت: { $time }
news-email-payment = رقم الدفعة: { $payment }
news-email-caution = لا نطلب رمزك السري أبداً، لا بالبريد الإلكتروني ولا برسالة نصية ولا بالهاتف.
news-email-sender = { wallet-name }، محفظتك
