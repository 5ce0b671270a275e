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

news-topped-up-title = { $amount } added to your wallet
news-topped-up-sms = { wallet-name }: { $amount } was added to your wallet. Your balance is { $balance }.
news-topped-up-body = { $amount } was added to your wallet. Your balance is now { $balance }.

news-email-greeting = Hello { $name },
news-email-time = When: { $time }
news-email-payment = Payment number: { $payment }
news-email-caution = We never ask for your PIN by e-mail, SMS or phone.
news-email-sender = { wallet-name }, your wallet
