// One call, opened: signature, request, response, what it changed, what it caused, and how to try it again.

import { objectIn } from "../bodies.js";
import { canCurl, curlOf } from "../curl.js";
import { code, h, num } from "../dom.js";
import { isGatewayCall } from "../gateway.js";
import { icon } from "../icons.js";
import { copyButton, facts, resendButton, section } from "../parts.js";
import { STORIES, storyOfCall } from "../stories.js";
import { bodyView, headersView, signedView } from "./code.js";
import { compareView, paramsView, signedParamsView, signStrPart } from "./gateway.js";
import { storyOf, storyParts } from "./story.js";

/** @typedef {import("../studio.js").Studio} Studio */
/** @typedef {import("../types.js").Call} Call */

/** @param {Studio} studio @param {Call} call */
export function callDetail(studio, call) {
  return [
    ...head(studio, call),
    signaturePart(studio, call),
    signStrPart(studio, call),
    consequences(studio, call),
    requestPart(studio, call),
    responsePart(studio, call),
    againPart(studio, call),
  ];
}

/** @param {Studio} studio @param {Call} call */
function head({ words, format }, call) {
  const { method, path } = call.request ?? {};
  const title = method && path && !isInParams(call) ? code(`${method} ${path}`) : words.known("title", call.title);
  const status = call.status && h(`b.outcome.${call.outcome}`, null, code(call.status));
  return [
    h("h2", { tabindex: "-1" }, title),
    h(
      "p.route",
      null,
      words.t(`lane.${call.from}`),
      h("i.route-arrow", { "aria-hidden": "true" }),
      words.t(`lane.${call.to}`),
    ),
    facts(
      steps(words, call),
      typeof call.ms === "number" && num(format.took(call.ms)),
      num(format.time(call.at)),
      status,
    ),
    stepSentences(words, call),
  ];
}

/** What the call's steps are, in words. @param {import("../words.js").Words} words @param {Call} call */
function stepSentences(words, call) {
  const story = storyOfCall(call);
  const steps = [call.step, call.replyStep].filter((step) => step !== null);
  const known = steps.filter((step) => step >= 1 && step <= STORIES[story].length);
  if (known.length === 0) return null;
  return h(
    `ol.sentences.story-${story}`,
    null,
    known.map((step) =>
      h("li", null, h("span.step", { "aria-hidden": "true" }, num(words.number(step))), words.known("step", `${story}.${step}`)),
    ),
  );
}

/** @param {import("../words.js").Words} words @param {Call} call */
function steps(words, call) {
  const of = STORIES[storyOfCall(call)].length;
  if (call.step !== null && call.replyStep !== null) {
    return h("span", null, words.t("detail.steps", { step: call.step, reply: call.replyStep, of }));
  }
  const step = call.step ?? call.replyStep;
  return step === null ? null : h("span", null, words.t("detail.step", { step, of }));
}

/** @param {Studio} studio @param {Call} call */
function signaturePart(studio, call) {
  const { words } = studio;
  const { signature } = call;
  if (!signature) return null;
  const verdict = signature.valid
    ? h("b.outcome.good", null, icon("check"), words.t("signature.valid"))
    : h("b.outcome.bad", null, icon("cross"), words.t("signature.invalid"));
  return section(
    words.t("detail.signature"),
    h("p.verdict", null, verdict, keyNote(studio, signature)),
    signature.reason && h("p.why", null, withoutText(signature)),
    signature.text && (isInParams(call) ? signedParamsView(studio, { ...signature, text: signature.text }) : signedView(studio, signature.text)),
    signature.text && isInParams(call) && !signature.valid && compareView(studio, signature.text),
  );
}

/** Why it does not fit; the text itself, where it is part of that, stands below. @param {import("../types.js").Signature} signature */
function withoutText({ reason, text }) {
  return text ? String(reason).replaceAll(text, "…") : reason;
}

/** Signed over parameters, not over method, path and body. @param {Call} call */
function isInParams(call) {
  return isGatewayCall(call) || call.title === "signStr";
}

/** @param {Studio} studio @param {import("../types.js").Signature} signature */
function keyNote({ words }, { keyVersion, clientName }) {
  if (keyVersion === null || keyVersion === undefined) return clientName ?? null;
  const version = Number.isFinite(Number(keyVersion)) ? Number(keyVersion) : String(keyVersion);
  return h(
    "span",
    null,
    clientName
      ? words.t("signature.key", { version, name: clientName })
      : words.t("signature.key.unnamed", { version }),
  );
}

/**
 * The operation that a call asked for, told by the ids in its answer.
 * @param {Call} call
 * @param {import("../types.js").PaymentStory} story
 */
function operationOf(call, { operations = [] }) {
  const body = objectIn(call.response?.body);
  const ids = ["refundId", "captureId", "confirmId", "voidId"].map((name) => body?.[name]);
  return operations.find(({ operationId }) => ids.includes(operationId) || call.links?.operationId === operationId);
}

/** Filled in when the wallet has answered; the panel does not wait for it. @param {Studio} studio @param {Call} call */
function consequences(studio, call) {
  const paymentId = call.links?.paymentId;
  if (!paymentId) return null;
  const place = h("div.consequences", { "aria-busy": "true" });
  storyOf(studio, paymentId)
    .then(
      (story) => place.replaceChildren(...storyParts(studio, story, operationOf(call, story))),
      (error) =>
        place.replaceChildren(h("p.why", null, studio.words.t("error.load", { message: String(error.message) }))),
    )
    .finally(() => place.removeAttribute("aria-busy"));
  return place;
}

/** @param {Studio} studio @param {Call} call */
function requestPart(studio, call) {
  if (!call.request) return null;
  return section(
    studio.words.t("detail.request"),
    headersView(studio, call.request.headers),
    isGatewayCall(call) ? paramsView(studio, call) : bodyView(studio, call.request.body),
  );
}

/** @param {Studio} studio @param {Call} call */
function responsePart(studio, call) {
  const { words } = studio;
  const { response } = call;
  if (response && !response.status && !response.body) return null;
  if (!response)
    return (
      call.outcome === "wait" && section(words.t("detail.response"), h("p.soft", null, words.t("detail.response.wait")))
    );
  return section(
    words.t("detail.response"),
    response.status && h("p.http", null, code(`HTTP ${response.status}`)),
    headersView(studio, response.headers),
    bodyView(studio, response.body),
  );
}

/** @param {Studio} studio @param {Call} call */
function againPart(studio, call) {
  const { words } = studio;
  const body = call.request?.body;
  const outboxId = call.kind === "notification" ? call.links?.outboxId : undefined;
  const buttons = [
    canCurl(call) && copyButton(studio, words.t("detail.curl"), curlOf(call, studio.walletOrigin)),
    outboxId && resendButton(studio, outboxId),
    body && copyButton(studio, words.t("detail.body"), body),
  ].filter((button) => button instanceof Node);
  if (buttons.length === 0) return null;
  return section(
    words.t("detail.again"),
    h("div.chips", null, buttons),
    canCurl(call) && h("p.hint", null, words.t("detail.curl.why")),
  );
}
