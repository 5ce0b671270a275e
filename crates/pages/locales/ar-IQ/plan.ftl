# ما تعنيه الخطة الدورية بتقويم يفهمه الناس. تقف هذه الأجزاء في جملة واحدة وبينها فواصل:
# «في اليوم ٥ من كل شهر، أول مرة في ٥ شباط ٢٠٢٦، ١٢ مرة على الأكثر …».

plan-once = مرة واحدة
plan-every-month = في اليوم { $day } من كل شهر
plan-every-months =
    { $count ->
        [one] في اليوم { $day } من كل شهر
        [two] كل شهرين، في اليوم { $day } من الشهر
        [few] كل { $count } أشهر، في اليوم { $day } من الشهر
        [many] كل { $count } شهراً، في اليوم { $day } من الشهر
       *[other] كل { $count } شهر، في اليوم { $day } من الشهر
    }
plan-every-year = في { $day } من كل سنة
plan-every-days =
    { $count ->
        [one] كل يوم
        [two] كل يومين
        [few] كل { $count } أيام
        [many] كل { $count } يوماً
       *[other] كل { $count } يوم
    }
plan-every-weeks =
    { $count ->
        [few] كل { $count } أيام، يوم { $weekday }
        [many] كل { $count } يوماً، يوم { $weekday }
       *[other] كل { $count } يوم، يوم { $weekday }
    }
plan-on = في { $day }
plan-first = أول مرة في { $day }
plan-last = آخر مرة في { $day }
plan-times =
    { $count ->
        [one] مرة واحدة
        [two] مرتين على الأكثر
        [few] { $count } مرات على الأكثر
       *[other] { $count } مرة على الأكثر
    }
plan-total = بما لا يتجاوز { $total } في المجموع
plan-times-and-total =
    { $count ->
        [one] مرة واحدة بما لا يتجاوز { $total }
        [two] مرتين على الأكثر وبما لا يتجاوز { $total } في المجموع
        [few] { $count } مرات على الأكثر وبما لا يتجاوز { $total } في المجموع
       *[other] { $count } مرة على الأكثر وبما لا يتجاوز { $total } في المجموع
    }

plan-days = المواعيد
plan-more-days =
    { $count ->
        [one] وموعد آخر
        [two] وموعدان آخران
        [few] و{ $count } مواعيد أخرى
        [many] و{ $count } موعداً آخر
       *[other] و{ $count } موعد آخر
    }
plan-and-so-on = وهكذا

deal-most = بما لا يتجاوز { $amount }
deal-at-will = متى احتاج التاجر، دون موعد ثابت

scene-car-rental = تأجير السيارات
scene-medical = الرعاية الطبية
scene-education = التعليم
scene-media = الموسيقى والأفلام والأخبار
scene-games = الألعاب
scene-catering = وجبات الطعام
scene-vending = أجهزة البيع الآلي

# إلى أين وصلت الخطة.
progress-title = إلى أين وصلت الخطة
progress-count = { $paid } من { $count }
progress-times =
    { $count ->
        [0] لا شيء حتى الآن
        [one] مرة واحدة
        [two] مرتان
        [few] { $count } مرات
       *[other] { $count } مرة
    }
progress-sum = { $taken } من { $total }
progress-next = الاستقطاع القادم
progress-next-none = لم يبقَ ما يُستقطع
progress-when-window = بين { $from } و{ $until }
progress-when-day = في { $day }
progress-tried = تعذّر الاستقطاع في { $planned }. ستحاول المحفظة من جديد في { $again }، فاحرص على توفّر { $amount } حتى ذلك الحين.
progress-missed = لم يُجرَ استقطاع { $day } في وقته. لن يُستقطع شيء إلى أن يحدّد التاجر { $merchant } موعداً لاحقاً.
