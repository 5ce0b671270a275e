# How an authorization or consent page ends: what happened, and what one can do next.

end-agreed = Agreed
end-agreed-text = { $merchant } may now charge your wallet as you have read. You can end this at any time in Agreements.
end-shared = Shared
end-shared-text = { $merchant } can now see the details you allowed.
end-not-agreed = Nothing was agreed
end-not-agreed-text = You did not agree, and nothing changed. { $merchant } is told that you refused.
end-not-shared = Nothing was shared
end-not-shared-text = You did not allow it, and nothing changed. { $merchant } is told that you refused.
end-expired = This request has run out
end-expired-text = It was open for a limited time only. Nothing changed. Go back to the app and start again there.
end-unknown = We do not know this request
end-unknown-text = The link may be incomplete or mistyped. Go back to the app and start again there.
end-unavailable = { $merchant } is paused
end-unavailable-text = The wallet has paused this merchant, so nothing can be agreed. Nothing changed. Try again later, or ask the merchant.
end-answered = This was answered already
end-answered-text = There is nothing left to do here. What is in force stands in Agreements.
end-locked = Your PIN is locked
end-locked-text = It was entered wrongly too often. It opens again on { $time }.
end-locked-help = Nothing was agreed. If it was not you who entered it, tell your wallet’s support now.
end-refused = This could not be done
end-refused-other-app = The request belongs to another app than the one that opened it. Nothing changed. Close this page and tell the merchant.
end-refused-account = Your wallet account is restricted at the moment. Nothing changed. Ask your wallet’s support what is missing.
end-refused-limit = One of your wallet’s limits does not allow it. Nothing changed. Ask your wallet’s support about your limits.
end-refused-other = The wallet could not complete it. Nothing changed. Go back to the app and try again.
