# What a browser is shown when a page method of the gateway is refused: mostly for the developer who made the address.

gateway-error = This page could not be opened
gateway-error-text = The shop or app that sent you here made a mistake in its request. Nothing was agreed, and nothing was charged. Go back there and tell them.
gateway-error-developers = For the developer
gateway-error-do = What to do
gateway-error-do-signature = Compare the text above, character by character, with the one that you signed. Usual causes: the string is encoded once too often or too seldom, a “+” stands for a space, or another private key was used than the one whose public key is registered.
gateway-error-do-signature-type = Send sign_type RSA2. RSA is only for apps for which the operator has allowed it.
gateway-error-do-key = Register the app’s public key, or its certificates, with the wallet’s operator.
gateway-error-do-app = Send the app_id under which the wallet’s operator has registered you: 16 digits.
gateway-error-do-certificate = Send app_cert_sn and alipay_root_cert_sn of the certificates that are registered for this app.
gateway-error-do-timestamp = Send timestamp as yyyy-MM-dd HH:mm:ss in GMT+8, and check your server’s clock.
gateway-error-do-charset = Send charset as utf-8 or gbk, and the values in it.
gateway-error-do-method = Check the method’s name. A browser opens page methods only; everything else is called by your server.
gateway-error-do-wait = Query by your own number whether it was done, then try again.
gateway-error-do-request = Correct what the sentence above names, sign the request anew, and open the new address.
