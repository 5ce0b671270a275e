// Parameter checks and canIUse, both answered from the one table (jsapi.md 1.3 error 2, 1.4).

/** @type {Record<string, (value: unknown) => boolean>} */
const KINDS = {
  string: (value) => typeof value === "string",
  number: (value) => (typeof value === "number" || typeof value === "string") && Number.isFinite(Number(value)),
  boolean: (value) => typeof value === "boolean",
  array: (value) => Array.isArray(value),
  object: (value) => isObject(value),
  strings: (value) => [value].flat().every((item) => typeof item === "string"),
  text: () => true,
  any: () => true,
};

/**
 * The failing reply if the parameters do not fit, else null. Parameters the table does not name are let through.
 * @param {Api} api
 * @param {Record<string, unknown>} args
 */
function checkParameters(api, args) {
  for (const [name, text] of Object.entries(api.params)) {
    const { type, required } = readKind(text);
    const value = args[name];
    const absent = value === undefined || value === null;
    if (required && (absent || value === "")) return refusal(api, failure(2, "parameter", name));
    if (!absent && !KINDS[type](value)) return refusal(api, failure(2, "parameter", name));
  }
  const given = api.oneOf?.filter((name) => args[name] !== undefined && args[name] !== null && args[name] !== "");
  if (given && given.length !== 1) return refusal(api, failure(2, "exactlyOne", api.oneOf?.join(", ")));
  return null;
}

/**
 * The reply of an API to parameters it cannot be called with.
 * @param {Api|null} api
 * @param {FailureReply} reply
 * @returns {FailureReply}
 */
function refusal(api, reply) {
  return { ...reply, ...api?.refused };
}

/** Whether the simulated base library is new enough for an API. @param {Api} api */
function isNewEnough(api) {
  return !api.since || versionAtLeast(session.sdkVersion, api.since);
}

/**
 * `api`, `api.return.x`, `api.callback.field`, `api.object.param.option`. Components (`button.open-type.share`) belong
 * to packages: an H5 page has none.
 * @param {unknown} schema
 * @returns {boolean}
 */
function canIUse(schema) {
  if (typeof schema !== "string") return false;
  const [name, part, member, option, ...rest] = schema.split(".");
  if (rest.length > 0) return false;
  const api = apiNamed(name) ?? (SYNC_NAMES.has(name) ? apiNamed(name.slice(0, -4)) : null);
  if (!api) return MEMBERS.includes(name) && part === undefined;
  if (!isNewEnough(api)) return false;
  if (part === undefined) return true;
  if (part === "return" || part === "callback") {
    return option === undefined && (member === undefined || api.returns.includes(member));
  }
  if (part !== "object") return false;
  if (member === undefined) return true;
  if (["success", "fail", "complete"].includes(member)) return option === undefined;
  if (!Object.prototype.hasOwnProperty.call(api.params, member)) return false;
  return option === undefined || readKind(api.params[member]).options.includes(option);
}
