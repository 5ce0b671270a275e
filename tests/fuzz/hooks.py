"""Makes schemathesis a merchant that the wallet knows.

Signs every request over its exact bytes, as a client made for this run; puts ids and tokens that exist in the place of
made-up ones, so that calls come further than "there is no such payment"; plays the user who pays; and checks that every
answer is signed over its exact bytes.
"""

import atexit
import base64
import collections
import datetime
import hashlib
import itertools
import json
import os
import re
import urllib.parse

import requests
import schemathesis
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import padding, rsa

WALLET = os.environ["MITHAQ_WALLET"]
KEPT = 64
"""How many ids of a kind are remembered."""

AGREEMENT, IN_STORE = "51051000101000100031", "IN_STORE_PAYMENT"
PURCHASE, CAPTURE, ESCROW = "51051000101000000011", "51051000101000000012", "51051000101000100008"
PRODUCTS = {
    "/capture": CAPTURE,
    "/void": CAPTURE,
    "/merchantAccept": ESCROW,
    "/confirm": ESCROW,
    "/refund": PURCHASE,
    "/cancel": PURCHASE,
    "/cancelPayment": CAPTURE,
}
"""What a payment must be for an endpoint to do something with it."""
KEYS = ["paymentRequestId", "captureRequestId", "voidRequestId", "refundRequestId", "requestId"]
KEYS += ["confirmRequestId", "confrimRequestId"]
"""Ids that make a call happen once: mostly new ones, else nearly every call repeats an earlier one."""
INQUIRIES = ("/inquiryPayment", "/inquiryRefund", "/cancel", "/cancelPayment", "/merchantAccept", "/refund")
"""What takes a payment's id that exists."""
SCOPES = ["auth_base", "auth_user", "USER_LOGIN_ID", "CARD_LIST"]
SCOPES += ["NOTIFICATION_INBOX", "NOTIFICATION_PUSH", "MERCHANT_ID", "MERCHANT_NAME"]


def sandbox(path, content=None):
    """The sandbox's control API (docs/sandbox-api.md); `None` if it refuses."""
    url = f"{WALLET}/sandbox/v1/{path}"
    answer = requests.get(url, timeout=30) if content is None else requests.post(url, json=content, timeout=30)
    return answer.json() if answer.ok else None


def signed_text(method, url, client_id, time, body):
    """The bytes that are signed: the path from its version on, with the query."""
    parts = urllib.parse.urlsplit(url)
    path = parts.path + (f"?{parts.query}" if parts.query else "")
    return f"{method} {path}\n{client_id}.{time}.".encode() + body


def now():
    return datetime.datetime.now(datetime.timezone.utc)


def bytes_of(request):
    body = request.body or b""
    return body.encode() if isinstance(body, str) else body


class Merchant(requests.auth.AuthBase):
    """Signs what requests is about to send."""

    def __init__(self):
        self.key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
        public = self.key.public_key().public_bytes(
            serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo
        )
        made = sandbox("clients", {"name": "Schemathesis", "publicKeyPem": public.decode()})
        self.client_id = made["clientId"]
        self.wallet_key = serialization.load_pem_public_key(made["walletPublicKeyPem"].encode())

    def __call__(self, request):
        # Some go out with the headers that schemathesis made up.
        return request if chance(bytes_of(request), "unsigned", 16) else self.sign(request)

    def sign(self, request):
        time = now().isoformat(timespec="milliseconds")
        content = signed_text(request.method, request.url, self.client_id, time, bytes_of(request))
        value = base64.b64encode(self.key.sign(content, padding.PKCS1v15(), hashes.SHA256())).decode()
        request.headers["Client-Id"] = self.client_id
        request.headers["Request-Time"] = time
        request.headers["Signature"] = f"algorithm=RSA256, keyVersion=1, signature={value}"
        return request

    def call(self, path, content):
        """A call of ours, to have something to begin with."""
        headers = {"Content-Type": "application/json; charset=UTF-8"}
        return requests.post(WALLET + path, json=content, headers=headers, auth=self.sign, timeout=30).json()


def chance(body, what, one_in):
    """The same decision for the same body every time."""
    digest = hashlib.sha256(what.encode() + body).digest()
    return int.from_bytes(digest[:4], "big") % one_in == 0


class World:
    """What exists in the wallet: tokens, payments, refunds."""

    def __init__(self, merchant):
        self.merchant = merchant
        self.users = [user["userId"] for user in sandbox("users")]
        self.known = {}
        for user in self.users:
            sandbox(f"users/{user}/top-up", {"amount": {"currency": "IQD", "value": "1000000000"}})
            self.sign_contract(user)
        for seed in range(len(self.users)):
            self.sign_in(bytes([seed]))

    def remember(self, name, value):
        values = self.known.setdefault(name, [])
        if isinstance(value, str) and value not in values:
            values.append(value)
            del values[:-KEPT]

    def pick(self, name, seed):
        """One of those that exist: the newest, or any."""
        values = self.known.get(name)
        if not values:
            return None
        if not chance(seed, f"any {name}", 3):
            return values[-1]
        return values[int.from_bytes(hashlib.sha256(name.encode() + seed).digest()[:4], "big") % len(values)]

    def code(self, seed):
        """An authCode of one of the users."""
        user = self.users[seed[0] % len(self.users)]
        made = sandbox("auth-codes", {"clientId": self.merchant.client_id, "userId": user, "scopes": SCOPES})
        return made["authCode"]

    def sign_in(self, seed):
        tokens = self.apply(self.code(seed))
        self.remember("accessToken", tokens.get("accessToken"))
        self.remember("customerId", tokens.get("customerId"))

    def sign_contract(self, user):
        terms = json.dumps({"language": "en-US", "contractDesc": "A box every month"})
        offer = self.merchant.call("/v1/authorizations/prepare", {"scopes": "AGREEMENT_PAY", "extendInfo": terms})
        signed = sandbox("sign", {"authUrl": offer["authUrl"], "userId": user})
        self.remember("agreement", self.apply(signed["authCode"]).get("accessToken"))

    def apply(self, code):
        content = {"grantType": "AUTHORIZATION_CODE", "authCode": code}
        return self.merchant.call("/v1/authorizations/applyToken", content)

    def fill(self, path, body, seed):
        """Puts what exists in the place of what was made up."""
        if path.startswith("/v1/authorizations/"):
            return self.fill_authorization(path, body, seed)
        is_pay = "productCode" in body
        product = PRODUCTS.get(path.removeprefix("/v1/payments"))
        if product is not None and not chance(seed, "any payment", 3):
            self.fresh(product, seed, is_accepted=path.endswith("/confirm"))
        for name in ["accessToken", "paymentId", "paymentRequestId", "captureId", "refundId", "refundRequestId"]:
            is_key = name in ("paymentRequestId", "refundRequestId") and not path.endswith(INQUIRIES)
            if isinstance(body.get(name), str) and not (is_key and chance(seed, name, 2)):
                body[name] = self.pick(name, seed) or body[name]
        for name in KEYS:
            is_key = not (name == "paymentRequestId" and not is_pay) and not path.endswith("/inquiryRefund")
            if is_key and isinstance(body.get(name), str) and not chance(seed, f"repeat {name}", 4):
                body[name] = f"{name}-{next(serial)}"
        for name in ["paymentAmount", "captureAmount", "voidAmount", "refundAmount"]:
            if isinstance(body.get(name), dict) and not chance(seed, name, 4):
                body[name] = {"currency": "IQD", "value": str(1000 * (1 + seed[0]))}
        if isinstance(body.get("authClientId"), str) and not chance(seed, "another client", 4):
            body["authClientId"] = self.merchant.client_id
        for name in ["paymentNotifyUrl", "voidNotifyUrl", "refundNotifyUrl"]:
            if isinstance(body.get(name), str):
                body[name] = "http://127.0.0.1:9/gone"
        # Members that contradict each other: mostly so that they do not.
        if "confirmRequestId" in body and "confrimRequestId" in body and not chance(seed, "two spellings", 4):
            body["confrimRequestId"] = body["confirmRequestId"]
        if not chance(seed, "a capture", 4):
            body.pop("captureId", None)
        if is_pay:
            self.fill_pay(body, seed)

    def fresh(self, product, seed, is_accepted):
        """Makes a payment that is paid or held, so that the newest one is of use; sometimes leaves it open."""
        order = {"orderDescription": "Tea", "buyer": {"referenceBuyerId": "of the shop"}}
        amount = {"currency": "IQD", "value": str(1000 * (200 + seed[0]))}
        content = {"productCode": product, "paymentAmount": amount, "order": order}
        content["paymentRequestId"] = f"fresh-{hashlib.sha256(seed + product.encode()).hexdigest()[:40]}-{next(serial)}"
        answer = self.merchant.call("/v1/payments/pay", content)
        self.learn(content, answer, seed)
        if is_accepted and "paymentId" in answer:
            self.merchant.call("/v1/payments/merchantAccept", {"paymentId": answer["paymentId"]})

    def fill_authorization(self, path, body, seed):
        if isinstance(body.get("authCode"), str):
            body["authCode"] = self.code(seed)
        if isinstance(body.get("refreshToken"), str):
            body["refreshToken"] = self.apply(self.code(seed)).get("refreshToken")
        if isinstance(body.get("accessToken"), str) and not chance(seed, "any token", 8):
            body["accessToken"] = self.apply(self.code(seed)).get("accessToken")
        if isinstance(body.get("extendInfo"), str) and path.endswith("/prepare"):
            amount = {"currency": "IQD", "value": str(1000 * (1 + seed[0]))}
            terms = {"language": "ar-IQ", "contractDesc": body["extendInfo"] or "?", "agreedAmount": amount}
            body["extendInfo"] = json.dumps(terms)

    def fill_pay(self, body, seed):
        order = body.get("order")
        if isinstance(order, dict) and isinstance(order.get("buyer"), dict):
            order["buyer"]["referenceBuyerId"] = self.pick("customerId", seed)
        body.pop("paymentFactor", None)
        if isinstance(body.get("paymentExpiryTime"), str):
            body["paymentExpiryTime"] = (now() + datetime.timedelta(hours=1)).isoformat()
        if body["productCode"] in (AGREEMENT, "AGREEMENT_PAYMENT"):
            body["paymentAuthCode"] = self.pick("agreement", seed)
            body["order"] = {"orderDescription": "Fresh Box"}
        if body["productCode"] == IN_STORE and not chance(seed, "code", 4):
            code = sandbox("payment-codes", {"userId": self.users[seed[0] % len(self.users)]})
            body["paymentAuthCode"] = code["paymentCode"] if code else body.get("paymentAuthCode")

    def learn(self, sent, answer, seed):
        """Remembers what an answer names, and pays in the cashier."""
        for name in ["paymentId", "captureId", "refundId"]:
            self.remember(name, answer.get(name))
        if answer.get("result", {}).get("resultStatus") in ("S", "A") and isinstance(sent, dict):
            for name in ["paymentRequestId", "refundRequestId"]:
                self.remember(name, sent.get(name))
        form = answer.get("redirectActionForm")
        if isinstance(form, dict) and not chance(seed, "left open", 4):
            sandbox("pay", {"paymentUrl": form["redirectUrl"], "userId": self.users[seed[0] % len(self.users)]})


serial = itertools.count(1)
answers = collections.Counter()
"""How often which endpoint answered which code."""


@atexit.register
def tell():
    for (path, code), count in sorted(answers.items()):
        print(f"answered {path} {code} {count}")


merchant = Merchant()
world = World(merchant)
schemathesis.auth.set_from_requests(merchant)


def seed_of(body):
    return hashlib.sha256(repr(body).encode()).digest()


@schemathesis.hook
def before_call(context, case, kwargs):
    body = case.body
    if isinstance(body, dict):
        seed = seed_of(body)
        if not chance(seed, "as it is", 3):
            case.body = json.loads(json.dumps(body))
            world.fill(case.path, case.body, seed)


@schemathesis.hook
def after_call(context, case, response):
    try:
        answer = json.loads(response.content)
    except ValueError:
        return
    if isinstance(answer, dict):
        answers[case.path, answer.get("result", {}).get("resultCode")] += 1
        world.learn(case.body, answer, seed_of(case.body))


@schemathesis.check
def answer_is_signed(ctx, response, case):
    """Every answer with HTTP 200 is the wallet's, over its exact bytes."""
    if response.status_code != 200:
        return
    headers = {name.lower(): values[0] for name, values in response.headers.items()}
    header = re.fullmatch(r"algorithm=RSA256, keyVersion=\d+, signature=(.+)", headers.get("signature", ""))
    assert header, f"the answer has no signature: {headers}"
    sent = response.request
    content = signed_text(
        sent.method, sent.url, headers.get("client-id", ""), headers["response-time"], response.content
    )
    value = urllib.parse.unquote(header[1]) if "%" in header[1] else header[1]
    try:
        merchant.wallet_key.verify(base64.b64decode(value), content, padding.PKCS1v15(), hashes.SHA256())
    except InvalidSignature:
        raise AssertionError("the wallet's signature does not fit the answer") from None
