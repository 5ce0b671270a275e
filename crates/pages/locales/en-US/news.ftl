# What users are told when something happens: a title, a few words for SMS (short, without typographic marks, so that
# one SMS holds them), and sentences for the inbox and for e-mail.

news-signed-title = { $merchant } may now charge you
news-signed-sms = { wallet-name }: you agreed that { $merchant } may charge your wallet. You can end this at any time in Agreements.
news-signed-body = You agreed that { $merchant } may charge your wallet without asking you each time. You see every charge in Agreements, and can end this there at any time.

news-ended-title = Your agreement with { $merchant } has ended
news-ended-sms = { wallet-name }: your agreement with { $merchant } has ended. Nothing more is charged under it.
news-ended-by-user = You ended your agreement with { $merchant }. Nothing more is charged under it.
news-ended-by-merchant = { $merchant } ended its agreement with you. Nothing more is charged under it.
news-ended-by-wallet = The wallet ended your agreement with { $merchant }. Nothing more is charged under it. Your wallet’s support can tell you why.
news-ended-by-time = Your agreement with { $merchant } has run out. Nothing more is charged under it.

news-charged-title = { $merchant } charged { $amount }
news-charged-sms = { wallet-name }: { $merchant } charged { $amount }. Your balance is { $balance }.
news-charged-body = { $merchant } charged { $amount } for “{ $description }”. Your balance is now { $balance }.
news-charged-body-plain = { $merchant } charged { $amount }. Your balance is now { $balance }.

news-refused-title = { $merchant } could not charge { $amount }
news-refused-sms-balance = { wallet-name }: { $merchant } could not charge { $amount }. Your balance was not enough. Nothing was taken.
news-refused-sms-limit = { wallet-name }: { $merchant } could not charge { $amount }. It was above your limit. Nothing was taken.
news-refused-body-balance = { $merchant } wanted to charge { $amount }, but your balance was not enough. Nothing was taken. Add money to your wallet if you want the next try to succeed.
news-refused-body-limit = { $merchant } wanted to charge { $amount }, which was above your monthly or daily limit. Nothing was taken. If you did not expect this charge, you can end the agreement in Agreements.

news-refused-sms-balance-again = { wallet-name }: { $merchant } could not charge { $amount }. Your balance was not enough. Next try: { $day }.
news-refused-body-balance-again = { $merchant } wanted to charge { $amount }, but your balance was not enough. Nothing was taken. The next try is on { $day }: add money to your wallet before then.
news-refused-body-limit-again = { $merchant } wanted to charge { $amount }, which was above your daily limit. Nothing was taken. The next try is on { $day }. If you did not expect this charge, you can end the agreement in Agreements.

news-coming-title = { $merchant } will charge { $amount } on { $day }
news-coming-sms = { wallet-name }: { $merchant } will charge { $amount } on { $day }, as you agreed.
news-coming-body = { $merchant } will charge { $amount } on { $day }, as you agreed. Keep that much in your wallet. If you no longer want it, end the agreement in Agreements before then.

news-topped-up-title = { $amount } added to your wallet
news-topped-up-sms = { wallet-name }: { $amount } was added to your wallet. Your balance is { $balance }.
news-topped-up-body = { $amount } was added to your wallet. Your balance is now { $balance }.

news-paid-title = You paid { $merchant } { $amount }
news-paid-sms = { wallet-name }: you paid { $merchant } { $amount }. Your balance is { $balance }.
news-paid-body = You paid { $merchant } { $amount } for “{ $description }”. Your balance is now { $balance }.
news-paid-body-plain = You paid { $merchant } { $amount }. Your balance is now { $balance }.

news-held-title = { $amount } is held for { $merchant }
news-held-sms = { wallet-name }: { $amount } is held for { $merchant } until { $time }. It is not paid yet.
news-held-body = { $amount } is held for { $merchant } for “{ $description }”, until { $time } at the latest. It is still yours, but you cannot spend it. What is not taken until then is free again.
news-held-body-plain = { $amount } is held for { $merchant }, until { $time } at the latest. It is still yours, but you cannot spend it. What is not taken until then is free again.

news-captured-title = { $merchant } took { $amount }
news-captured-sms = { wallet-name }: { $merchant } took the { $amount } that was held for it.
news-captured-sms-released = { wallet-name }: { $merchant } took { $amount } of what was held for it. { $released } is free again.
news-captured-body = { $merchant } took the { $amount } that was held for it. Nothing is held any more.
news-captured-body-released = { $merchant } took { $amount } of what was held for it. The other { $released } is free again.

news-released-title = { $amount } is no longer held
news-released-sms = { wallet-name }: { $amount } is no longer held for { $merchant }. You can spend it again.
news-released-body = { $amount } is no longer held for { $merchant }. It was not taken, and you can spend it again.

news-refunded-title = { $merchant } gave you back { $amount }
news-refunded-sms = { wallet-name }: { $merchant } gave you back { $amount }. Your balance is { $balance }.
news-refunded-body = { $merchant } gave you back { $amount }. Your balance is now { $balance }.

news-sent-title = You sent { $name } { $amount }
news-sent-sms = { wallet-name }: you sent { $name } { $amount }. Your balance is { $balance }.
news-sent-body = You sent { $name } { $amount }. Your balance is now { $balance }. If it was not you, tell your wallet’s support now.
news-sent-body-note = You sent { $name } { $amount }, with the note “{ $note }”. Your balance is now { $balance }. If it was not you, tell your wallet’s support now.

news-received-title = { $name } sent you { $amount }
news-received-sms = { wallet-name }: { $name } sent you { $amount }. Your balance is { $balance }.
news-received-body = { $name } sent you { $amount }. Your balance is now { $balance }.
news-received-body-note = { $name } sent you { $amount } and wrote “{ $note }”. Your balance is now { $balance }.

news-card-title = A card was linked to your wallet
news-card-sms = { wallet-name }: the card ending in { $digits } was linked to your wallet. If it was not you, tell support now.
news-card-body = The card ending in { $digits } was linked to your wallet. If it was not you, sign out your other devices, change your PIN, and tell your wallet’s support now.

news-pin-title = Your PIN was changed
news-pin-sms = { wallet-name }: your PIN was changed. If it was not you, tell your wallet's support now.
news-pin-body = Your PIN was changed. If it was not you, tell your wallet’s support now.

news-from-merchant-title = { $merchant }: { $title }
news-from-merchant-sms = { wallet-name }: message from { $merchant }: { $title }
news-from-merchant-author = Written by { $merchant }, not by your wallet.

news-email-greeting = Hello { $name },
news-email-time = When: { $time }
news-email-payment = Payment number: { $payment }
news-email-caution = We never ask for your PIN by e-mail, SMS or phone.
news-email-sender = { wallet-name }, your wallet
