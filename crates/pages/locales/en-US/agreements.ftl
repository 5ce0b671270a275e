# "Agreements": every contract of the user, what was charged under it, and the way to end it.

agreements-title = Agreements
agreements-lead = These merchants may charge your wallet without asking you each time.
agreements-none = No agreements yet
agreements-none-text = When you allow a merchant to charge your wallet, the agreement and every charge appear here, and you can end it here at any time.
agreements-none-current = No agreement is in force. No merchant may charge your wallet without asking you.
agreements-current = Current
agreements-over = Ended

standing-waiting = Not in use yet
standing-in-force = In force
standing-later = In force, no charge before { $day }
standing-paused = Paused
standing-ended-by-user = Ended by you on { $day }
standing-ended-by-merchant = Ended by the merchant on { $day }
standing-ended-by-wallet = Ended by the wallet on { $day }
standing-ended-by-time = Ran out on { $day }

agreement-title = Agreement with { $merchant }
agreement-waiting-text = You agreed, but { $merchant } has not begun to use the agreement. If that does not happen soon, it ends by itself.
agreement-in-force-text = { $merchant } may charge your wallet as agreed, without asking you each time.
agreement-later-text = { $merchant } may charge your wallet as agreed, without asking you each time, but not before { $day }.
agreement-paused-text = The wallet has paused { $merchant }. Nothing can be charged for now. You can still end the agreement.
agreement-charged = Charged so far
agreement-charges = Charges
agreement-charges-none = None so far
agreement-last-charge = Last charge
agreement-most-none = Not stated
agreement-most-of-wallet = The wallet’s own limit is { $limit }
agreement-own-limit = Your monthly limit
agreement-own-limit-none = None
agreement-own-limit-taken = { $taken } taken this month
agreement-number = Agreement number

charges-title = Charges
charges-none = Nothing was charged so far.
charges-older = Older charges
charges-newest = Newest charges
charge-plain = Charge
charge-taken = Charged
charge-refused-balance = Not charged: your balance was not enough
charge-refused-user-limit = Not charged: above your monthly or daily limit
charge-refused-charge-limit = Not charged: more than one charge may take
charge-refused-too-early = Not charged: too early
charge-refused-over = Not charged: no longer allowed
charge-refused-account = Not charged: your wallet was restricted
charge-refused-merchant = Not charged: the merchant was paused
charge-refused-currency = Not charged: not in the agreed currency
charge-refused-other = Not charged

accepted-title = What you agreed to
accepted-in-english = On { $time }, in English
accepted-in-arabic = On { $time }, in Arabic
accepted-text = Word for word what you were shown and accepted.
accepted-hash = Fingerprint of this text (SHA-256)

agreement-end = End this agreement
agreement-end-text = From that moment { $merchant } cannot charge you any more. You cannot undo it. What you ordered is not cancelled by it: settle that with { $merchant }.
agreement-end-pin = Enter your PIN to end it
agreement-locked-text = It was entered wrongly too often. It opens again on { $time }; then you can end the agreement here. If you cannot wait, or it was not you, tell your wallet’s support now.
