# What a periodic plan means, as a calendar that a person understands. The parts stand in one sentence, with commas between
# them: "Every month on the 5th, the first time on 5 February 2026, at most 12 times and 118.80 CNY in all, …".

plan-once = once
plan-every-month = every month on the { $day }
plan-every-months =
    { $count ->
        [one] every month on the { $day }
       *[other] every { $count } months on the { $day }
    }
plan-every-year = every year on { $day }
plan-every-days =
    { $count ->
        [one] every day
       *[other] every { $count } days
    }
plan-every-weeks = every { $count } days, on { $weekday }
plan-on = on { $day }
plan-first = the first time on { $day }
plan-last = the last time on { $day }
plan-times =
    { $count ->
        [one] once
       *[other] at most { $count } times
    }
plan-total = at most { $total } in all
plan-times-and-total =
    { $count ->
        [one] once, at most { $total }
       *[other] at most { $count } times and { $total } in all
    }

plan-days = Planned days
plan-more-days =
    { $count ->
        [one] { $count } more day
       *[other] { $count } more days
    }
plan-and-so-on = and so on

deal-most = at most { $amount }
deal-at-will = Whenever the merchant needs to, no fixed day

scene-car-rental = Car rental
scene-medical = Medical care
scene-education = Education
scene-media = Music, films and news
scene-games = Games
scene-catering = Meals
scene-vending = Vending machines

# How far a plan has come.
progress-title = How far it has come
progress-count = { $paid } of { $count }
progress-times =
    { $count ->
        [0] None so far
        [one] { $count } time
       *[other] { $count } times
    }
progress-sum = { $taken } of { $total }
progress-next = Next charge
progress-next-none = Nothing is left to be charged
progress-when-window = Between { $from } and { $until }
progress-when-day = On { $day }
progress-tried = It could not be charged on { $planned }. The wallet tries again on { $again }: see that { $amount } is there by then.
progress-missed = The charge of { $day } was not taken in time. Nothing can be charged until { $merchant } names a later day.
