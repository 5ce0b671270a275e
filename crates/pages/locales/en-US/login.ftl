# Signing in, when a page was opened and nobody is signed in.

login-title = Sign in to your wallet
login-for-authorize = { $merchant } asks to charge your wallet. You decide on the next page.
login-for-consent = { $merchant } asks to see some of your details. You decide on the next page.
login-button = Sign in
