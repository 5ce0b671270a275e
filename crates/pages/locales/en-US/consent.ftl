# The consent page: which details a Mini Program may read (spec/qicard.md 9).

consent-title = Share details with { $merchant }
consent-question = Share these details with { $merchant }?
consent-note = { $merchant } never sees your PIN or your balance, and cannot take money with this.
consent-allow = Allow
consent-refuse = Do not allow

scope-user-id = Your customer number
scope-user-id-text = Lets the app recognise you. It is not your phone number.
scope-login-id = The phone number you sign in with
scope-login-id-text = So that the app knows your wallet account.
scope-hash-login-id = A fingerprint of your phone number
scope-hash-login-id-text = Lets the app compare it, not read it.
scope-user = Your basic profile
scope-user-text = Name, picture, gender, date of birth, nationality and contact details.
scope-name = Your name
scope-name-text = In English and Arabic, as it is in your wallet.
scope-avatar = Your picture
scope-avatar-text = The one of your wallet profile.
scope-gender = Your gender
scope-gender-text = As it is in your wallet.
scope-birthday = Your date of birth
scope-birthday-text = Day, month and year.
scope-nationality = Your nationality
scope-nationality-text = As it is in your wallet.
scope-contact = Your contact details
scope-contact-text = Phone number and e-mail address.
scope-inbox = Send messages to your inbox
scope-inbox-text = They appear in the inbox of your wallet.
scope-push = Send you notifications
scope-push-text = They appear on your phone.
scope-cards = Your list of cards
scope-cards-text = Account numbers, and card numbers with most digits hidden.
scope-merchant-id = Your business number
scope-merchant-id-text = If you use the wallet as a business.
scope-merchant-name = The name of your business
scope-merchant-name-text = With its picture, if you use the wallet as a business.
