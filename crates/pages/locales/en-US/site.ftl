# Pages about the server itself: its front page and its errors.

home-title = A wallet for Mini Programs
home-text = This server is a wallet. Its pages open inside the wallet app, when a merchant asks you to agree to charges or to share details.
home-nothing = To pay or to agree, open the wallet app on your phone. Your wallet is here as well.
home-agreements-text = See who may charge you and what was charged, and end any agreement.
home-wallet-text = See your balance and what moved, pay by a code, send and receive money.
home-app = Open the wallet app
home-app-text = Run a Mini Program as on a phone, with demo users and demo money.
home-studio = Open the Studio
home-studio-text = Watch every message between Mini Program, merchant and wallet.

error-not-found = There is no such page
error-not-found-text = The address may be incomplete or mistyped.
error-stale = This page is no longer current
error-stale-text = It was open for too long, or in another window. Nothing changed. Close it and open it again.
error-too-many = Too many tries
error-too-many-text = Wait a minute, then try again.
error-internal = Something went wrong on our side
error-internal-text = It is not your fault. If you had just agreed to something, look in Agreements before you try again.
error-trace = Reference for support
