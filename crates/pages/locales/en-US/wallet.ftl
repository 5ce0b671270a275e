# The wallet app: its doors, home, history and inbox.

doors = The wallet’s pages
door-home = Home
door-pay = Pay
door-agreements = Agreements
door-inbox = Inbox
door-more = More
back = Back
turn = Older and newer

entry-title = Your wallet
login-for-wallet = Then you see your balance, and can pay and send money.

day-today = Today
day-yesterday = Yesterday

home-hello = Hello, { $name }
home-balance = Your balance
home-ways = What you can do
way-send = Send
way-receive = Receive
way-scan = Scan
way-code = Show code
way-top-up = Top up
home-holds = On hold
home-held-until = Held until { $time }
home-last = Last movements
home-all = See all
home-nothing-yet = Nothing yet. Top up your wallet, and what comes and goes is listed here.
home-apps = Mini Programs

history-title = History
history-none = Nothing has moved yet
history-none-text = Every payment, charge, transfer and top-up is listed here.
history-older = Older movements
history-newest = Newest movements

movement-paid = Payment
movement-paid-with = Payment to { $name }
movement-charged = Charge
movement-charged-with = Charge by { $name }
movement-held = On hold
movement-held-with = Held for { $name }
movement-captured = Payment from a hold
movement-captured-with = { $name } took what was held for it
movement-captured-note = { $amount } of the hold was not needed and is free again.
movement-released = Hold ended
movement-released-with = The hold for { $name } ended
movement-released-note = { $merchant } did not take it. You can spend it again.
movement-refunded = Refund
movement-refunded-with = Refund from { $name }
movement-refunded-note = { $amount } came back to your balance. Below is the payment that it belongs to.
movement-sent = Sent
movement-sent-with = Sent to { $name }
movement-received = Received
movement-received-with = Received from { $name }
movement-topped-up = Top-up
movement-topped-up-with = Top-up from { $name }
movement-agreement = See the agreement
see-movement = See the receipt
to-home = To your wallet
to-order = Back to the order
go-on = Go on

fact-note = Note
fact-about = What for
fact-time = When
fact-phone = Phone number
fact-balance = Balance afterwards
fact-number = Number

inbox-unread =
    { $count ->
        [one] 1 unread message
       *[other] { $count } unread messages
    }
inbox-new = Unread:
inbox-none = No messages yet
inbox-none-text = Here you are told when money moves, when an agreement begins or ends, and what merchants write to you.
inbox-older = Older messages
inbox-newest = Newest messages
inbox-from-merchant = The merchant wrote this, not your wallet. Never give your PIN to anybody who writes to you.
inbox-open-app = Open { $name }
inbox-see-movement = See the movement
inbox-see-agreement = See the agreement
