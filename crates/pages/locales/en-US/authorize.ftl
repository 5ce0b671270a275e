# The authorization page: what a merchant asks, in words that claim nothing the merchant did not state.

authorize-title = Agree to charges by { $merchant }
authorize-question = Allow { $merchant } to charge your wallet without asking you each time?

terms-at-most = At most, each charge
terms-no-amount = No maximum amount stated
terms-no-amount-text = The merchant did not state a maximum amount per charge. The wallet’s own limit of { $limit } per charge applies.
terms-first-charge = First charge
terms-first-charge-from = Not before { $day }
terms-first-charge-any = Any time after you agree
terms-charges = Number of charges
terms-charges-any = Not limited
terms-paid-from = Paid from
terms-paid-from-balance = Wallet balance
terms-ends = Ends
terms-ends-by-you = When you end it
terms-text = What you agree to
terms-text-author = Written by { $merchant }
terms-note = Every charge is listed in Agreements. End this there at any time, and charges stop.

ceiling-title = Set your own monthly limit
ceiling-label = At most in one calendar month
ceiling-hint = Whole dinars. A charge that would go above it is refused. Leave it empty for no monthly limit.

authorize-pin = Enter your PIN to agree
authorize-agree = Agree

standalone-title = Open this in the wallet app
standalone-text = You can read here what { $merchant } asks. Agreeing is only possible inside the wallet app, where you are signed in.
standalone-link = Link to this request
standalone-hint = Copy the link and open it in the wallet app on your phone.
