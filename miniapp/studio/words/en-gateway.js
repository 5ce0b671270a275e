// What the Studio says about agreements of periodic deduction and the gateway's calls; ar-gateway.js holds the same keys.

/** @typedef {import("../words.js").Forms} Forms */

/** @param {Forms} forms @returns {string | Forms} */
const plural = (forms) => forms;

export const enGateway = {
  "signstr": "What signStr holds",
  "signstr.unreadable": "It cannot be decoded.",
  "mistake.encodedOnce": "Encoded once only",
  "mistake.encodedOnce.todo": "Take the whole string that sdkExecute gives and percent-encode it once more (encodeURIComponent).",
  "mistake.encodedThrice": "Encoded once too often",
  "mistake.encodedThrice.todo":
    "Percent-encode the string that sdkExecute gives exactly once. A template or a query string may encode it again on its way to the Mini Program.",
  "mistake.plusLost": "A plus became a space",
  "mistake.plusLost.todo":
    "Something between the server and the page decodes the string as a form. Send it as JSON, and do not decode it.",
  "mistake.otherKey": "Signed with another key",
  "mistake.otherKey.todo":
    "The signature is not from the private key whose public half is registered for this app, or it is over another text. RSA2 needs a key of 2048 bits. Look which key and sign_type the server uses.",
  "mistake.returnUrl": "return_url is in it",
  "mistake.returnUrl.todo":
    "Leave it out. In the real app it leads the user out of the Mini Program after signing, and the call ends as 6001 although the agreement exists.",
  "signature.checked": "The text over which the wallet checked it",
  "compare.title": "Compare with what your server signed",
  "compare.why":
    "Paste the text over which your SDK made its signature. The official one for Node.js prints it as signString with NODE_DEBUG=alipay-sdk:util.",
  "compare.same": "The same, byte for byte: then it is the key.",
  "compare.order": "The same parameters in another order. They are sorted by name.",
  "compare.missing": "arrived, but your server did not sign it.",
  "compare.extra": "was signed by your server, but did not arrive.",
  "compare.encoded": "was signed percent-encoded. What is signed is the plain value.",
  "compare.plus": "has lost a plus sign on its way: it became a space.",
  "compare.differs": "differs.",
  "compare.mine": "Signed:",
  "compare.arrived": "Arrived:",

  "plan.every": "Deducted",
  "plan.days": plural({ one: "every day", other: "every {n} days" }),
  "plan.months": plural({ one: "every month", other: "every {n} months" }),
  "plan.single": "At most, each time",
  "plan.total": "At most, all together",
  "plan.payments": "At most",
  "plan.times": plural({ one: "once", other: "{n} times" }),
  "plan.first": "First time",
  "plan.next": "Next time",
  "plan.number": "no. {n}",
  "plan.number.of": "no. {n} of {of}",
  "plan.due": "The wallet tries on",
  "plan.failed": "Failed so far",
  "plan.last": "Last time",
  "plan.by": "By",
  "plan.by.wallet": "the wallet itself",
  "plan.by.merchant": "the merchant",
  "agreement.ends": "Runs out on",
  "agreement.will": "whenever the merchant asks",

  "apps": "Apps of the gateway",
  "apps.why": "What an app_id stands for: whose it is, how it signs, and where it hears of agreements.",
  "apps.none": "No app is registered.",
  "apps.address": "Calls go to",
  "apps.signs": "Signs with",
  "apps.key.PUBLIC_KEY": "a public key",
  "apps.key.CERTIFICATE": "a certificate",
  "apps.key.none": "nothing yet",
  "apps.sha1": "also SHA-1 (sign_type RSA)",
  "apps.hears": "Hears at",
  "apps.copy": "Copy the wallet's public key",
};
