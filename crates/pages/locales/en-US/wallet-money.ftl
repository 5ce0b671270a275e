# The wallet app: top-up, sending, receiving, paying by a code, scanning.

amount-label = Amount
amount-balance = Balance: { $amount }
amount-balance-now = Your balance is now { $amount }.
problem-amount-form = Write the amount as a whole number of dinars, for example 25000.
problem-amount-low = The least is { $amount }.
problem-amount-high = The most at once is { $amount }.
problem-amount-balance = This is more than your balance. Write a smaller amount, or top up first.
problem-amount-limit = This is above one of your wallet’s limits for a day or a month. Write a smaller amount, or ask your wallet’s support.
problem-account = Your wallet is restricted at the moment, so nothing can be moved. Ask your wallet’s support what is missing.
wallet-pin-locked-text = It was entered wrongly too often. It opens again on { $time }. If it was not you, tell your wallet’s support now.

top-up-title = Top up your wallet
top-up-sandbox = This bank is simulated. No real money moves.
top-up-suggested = Amounts to choose from
top-up-bank = From which bank
top-up-go = Top up
top-up-done = Added to your wallet
top-up-waiting = Waiting for your bank
top-up-waiting-text = Your bank has not answered yet. As soon as it sends the { $amount }, they are in your wallet and you are told. Do not top up a second time.
problem-bank-refused = Your bank did not send the money. Nothing changed. Try another amount or another bank, or ask your bank.
problem-bank-away = Your bank cannot be reached. Nothing changed. Try again later.

send-title = Send money
send-lead = To anybody who has this wallet.
send-to = Their phone number
send-scan = Scan their code
send-scan-text = They find it behind “Receive”.
send-question = Send money to { $name }?
send-other = Somebody else
send-note = Note
send-note-hint = If you like. They can read it.
send-pin = Enter your PIN to send
send-go = Send
send-final = It arrives at once and cannot be taken back.
send-done = Sent to { $name }
problem-payee-form = This is no phone number. Write it with the country code, for example 9647701234567.
problem-payee-unknown = Money cannot be sent to this number. Check it, or ask them whether they have this wallet.
problem-payee-own = This is your own number.
problem-note-long = The note is too long. Shorten it.

receive-title = Receive money
receive-lead = Let others scan this code with their wallet.
receive-qr = QR code with your phone number, for others to send you money
receive-link = Or send them this link
receive-link-hint = It holds your phone number and nothing else.
receive-share = Send money to { $name }
receive-share-go = Share the link

pay-ways = Ways to pay
code-title = Pay by showing a code
code-lead = The cashier scans it, and the amount is taken from your wallet.
code-pin = Enter your PIN to get a code
code-go = Show the code
code-show = Show this to the cashier
code-qr = QR code to pay with
code-barcode = Bar code to pay with
code-digits = The digits of the code:
code-until = Good for one payment until { $time }
code-left = { $seconds } s left
code-over = This code has run out.
code-new = Get a new code
code-note = Whoever has this code can take money once. Show it only to the cashier, and never send it to anybody.
code-restricted = You cannot pay now

scan-title = Scan a code
scan-lead = To pay, to agree, to send money, or to open a Mini Program.
scan-camera = What the camera sees
scan-start = Use the camera
scan-denied = The camera cannot be used. Allow it in your browser’s settings, or paste the text of the code below.
scan-text = Text of the code
scan-text-hint = Paste the link, if you cannot scan it.
problem-scan-empty = Paste the text of a code first.
problem-scan-foreign = This is none of your wallet’s codes. Nothing was opened.
problem-scan-app = Your wallet does not have this Mini Program. Nothing was opened.
