# Signing in, when a page was opened and nobody is signed in.

login-title = Sign in to your wallet
login-for-authorize = { $merchant } asks to charge your wallet. You decide on the next page.
login-for-consent = { $merchant } asks to see some of your details. You decide on the next page.
login-for-agreements = Then you see what you agreed to, and can end it.
login-button = Sign in
login-locked = The PIN was entered wrongly too often and is locked. It opens again on { $time }.
signed-in-as = Signed in as { $name }

# For those who come over a link on another site.
doorstep-text = You came here over a link. Make sure that the address above is your wallet’s, then go on.
doorstep-go = Go on
