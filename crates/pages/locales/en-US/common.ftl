# Words on every page: the frame, buttons, the form fields, what is wrong with what was typed.

wallet-name = Mithaq
page-origin = This page comes from { $host }
sandbox = Sandbox
sandbox-hint = A place to try things out. No real money moves.
verified = Verified merchant
unverified = Merchant not verified
close = Close
not-now = Not now
working = One moment…
copy = Copy
copied = Copied

offline-title = You are offline
offline-text = Nothing was sent. Connect again, then press the button once more.

phone-label = Phone number
phone-hint = With country code, for example 9647701234567
pin-label = Your PIN
pin-hint = Six digits

problem-login-wrong = This phone number and PIN do not belong together. Check both.
problem-pin-wrong =
    { $tries ->
        [0] That PIN is not right. It is locked after this try.
        [one] That PIN is not right. { $tries } try left before it is locked.
       *[other] That PIN is not right. { $tries } tries left before it is locked.
    }
problem-pin-form = The PIN has six digits. Enter it again.
problem-ceiling-form = Write the limit as a whole number of dinars, for example 20000, or leave it empty.
