# The signing page of the Alipay surface: what a merchant may take from now on, how that ended, and the same beside an order.

sign-title = Agree to charges by { $merchant }
sign-question-plan = Allow { $merchant } to charge your wallet on these days, without asking you each time?
sign-question-once = Allow { $merchant } to charge your wallet once, on { $day }, without asking you again?
sign-question-will = Allow { $merchant } to charge your wallet whenever it needs to, without asking you each time?

sign-at-most = At most, each time
sign-at-most-once = At most
sign-each-time = Each time
sign-amount = Amount
sign-will-text = No day, no amount and no number of charges is fixed. Only the wallet’s own limit of { $limit } per charge applies. Agree only if you trust { $merchant } with that.

sign-for = For
sign-account = Account there
sign-taker = Who takes it
sign-taker-merchant = { $merchant }, each time
sign-taker-merchant-once = { $merchant }
sign-taker-wallet = The wallet, by itself
sign-when = When
sign-when-on-the-day = On the planned day only.
sign-when-window =
    { $count ->
        [one] On the planned day, or one day before it. The first: from { $from } to { $until }.
       *[other] It may be taken up to { $count } days before the planned day. The first: from { $from } to { $until }.
    }
sign-when-window-once = On one of the days from { $from } to { $until }.
sign-when-told =
    { $count ->
        [0] On the planned day. You are told when it is taken.
        [one] On the planned day. You are told one day before.
       *[other] On the planned day. You are told { $count } days before.
    }
sign-when-again =
    { $count ->
        [one] If your balance is not enough, it is tried again the day after.
       *[other] If your balance is not enough, it is tried again for up to { $count } days.
    }
sign-moves = If a day is moved
sign-moves-text = To a later day only, never to an earlier one. The days after it follow.
sign-moves-once = To a later day only, never to an earlier one.
sign-paid-from = Paid from
sign-paid-from-text = Only your balance in { $currency }
sign-valid = Valid
sign-valid-until = Until { $day }
sign-valid-open = Until one of you ends it
sign-ends = How to end it
sign-ends-text = In Agreements, at any time
sign-past-merchant = The first planned day is past. Nothing is taken until { $merchant } has named a later one.
sign-past-wallet = The first planned day is past. You are told first, and the first deduction is made after that.
sign-short = Your balance is less than that. You can agree now, but nothing can be taken until there is enough.

sign-pin = Enter your PIN to agree
sign-agree = Agree
sign-login-text = { $merchant } asks to charge your wallet from now on. Sign in to read the terms. You decide on the next page.

sign-door-title = { $merchant } asks for an agreement
sign-door-text = You came here over a link. Check that the address above is your wallet’s, then go on, or open it in the wallet app on your phone.
sign-door-go = Go on here
sign-scan-label = QR code that opens this agreement in the wallet app

sign-end-signed = You agreed with { $merchant }
sign-end-signed-text = { $merchant } can charge your wallet as you have read.
sign-end-before = You have agreed to this already
sign-end-before-text = Your agreement with { $merchant } is in force. Nothing was agreed a second time.
sign-end-where = You find it in Agreements, and can end it there at any time.
sign-end-agreements = Your agreements
sign-end-declined = Nothing was agreed
sign-end-declined-text = You did not agree, and nothing has changed. { $merchant } is told that you refused.

sign-failed-taken = This agreement cannot be signed again
sign-failed-taken-text = The number that the merchant gave it belongs to another agreement that is in force. Nothing has changed. Look into Agreements; if you still want this one, tell the merchant.
sign-failed-too-many = You have too many agreements here
sign-failed-too-many-text =
    { $most ->
        [one] You can have { $most } periodic agreement with one merchant. Nothing was agreed. End the one that you have in Agreements, then try again.
       *[other] You can have { $most } periodic agreements with one merchant. Nothing was agreed. End one that you do not need in Agreements, then try again.
    }
sign-failed-other-signer = This agreement is for somebody else
sign-failed-other-signer-text = The merchant expects another person, or one of another age. Nothing was agreed. Sign in with the wallet that you named there, or ask the merchant.
sign-failed-expired = This request is over
sign-failed-expired-text = It was open for a limited time. Nothing was agreed. Go back to the merchant and start again.
sign-failed-unknown = We do not know this request
sign-failed-unknown-text = The link may be incomplete or mistyped. Nothing was agreed. Go back to the merchant and start again.
sign-failed-answered = This request is answered
sign-failed-answered-text = There is nothing left to do here. What is in force stands in Agreements.
sign-failed-app = The wallet does not know who asks
sign-failed-app-text = The app that the request names is not registered, or is not the one that opened this page. Nothing was agreed. Close this page and tell the merchant.
sign-failed-signature = This request cannot be trusted
sign-failed-signature-text = It is not signed with the key that the wallet knows, or was changed on its way. Nothing was agreed. Close this page and tell the merchant.
sign-failed-request = This request is not complete
sign-failed-request-text = What the merchant sent cannot be agreed on. Nothing was agreed. Close this page and tell the merchant.
sign-failed-merchant = This merchant is paused
sign-failed-merchant-text = The wallet lets it make no agreements for now. Nothing was agreed. Try again later, or ask the merchant.
sign-failed-account = Your wallet is restricted
sign-failed-account-text = It can agree to nothing at the moment. Nothing was agreed. Ask your wallet’s support what is missing.
sign-failed-locked = Your PIN is locked
sign-failed-locked-text = It was entered wrongly too often. It opens again on { $time }. Nothing was agreed. If it was not you who entered it, tell your wallet’s support now.
sign-failed-other = This could not be done
sign-failed-other-text = The wallet could not carry it out. Nothing was agreed. Go back to the merchant and try again.

offered-plan = Also allow { $merchant } to charge your wallet on these days, without asking you each time
offered-once = Also allow { $merchant } to charge your wallet once more, without asking you again
offered-will = Also allow { $merchant } to charge your wallet whenever it needs to, without asking you each time
offered-title = Offered with this payment
offered-choice = You can pay without it: switch it off.
offered-off = Switched off: only this payment is made.
offered-terms = All terms
offered-pin = Enter your PIN to pay and agree

offered-end-signed = The agreement is signed too
offered-end-signed-text = { $merchant } can charge your wallet as you have read. You find it in Agreements, and can end it there at any time.
offered-end-not-wanted = No agreement was signed
offered-end-not-wanted-text = You have switched it off. Only this payment was made.
offered-end-failed = The agreement was not signed
offered-end-failed-text = Only the payment was made.
