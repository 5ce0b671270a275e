// The bar on top: which Mini Program and which demo user are in the phone, the wallet's clock, the Studio's language.

import { createClock } from "./clock.js";
import { code, fill, h, num } from "./dom.js";
import { icon } from "./icons.js";
import { createMenu } from "./menu.js";

/** @typedef {import("./studio.js").Studio} Studio */
/** @typedef {import("./types.js").App} App */
/** @typedef {import("./types.js").User} User */

/**
 * @typedef {object} BarState
 * @property {App[]} apps
 * @property {App | null} app
 * @property {User | null} user
 * @property {import("./clock.js").RunningClock | null} clock
 */

/**
 * @typedef {object} BarActions
 * @property {(app: App) => void} chooseApp
 * @property {(user: User) => void} chooseUser
 * @property {() => void} switchLanguage
 * @property {(clock: import("./clock.js").RunningClock) => void} clockMoved
 */

/**
 * @param {HTMLElement} bar
 * @param {Studio} studio
 * @param {BarState} state
 * @param {BarActions} actions
 */
export function createTopBar(bar, studio, state, actions) {
  const { words } = studio;
  const brand = h(
    "div.brand",
    null,
    h("img", { src: "/static/mark.svg", alt: "", width: "26", height: "26" }),
    h("h1", null, words.t("brand")),
    h("span.sandbox-mark", { title: words.t("sandbox.why") }, words.t("sandbox")),
  );
  const language = h(
    "button.chip-button.language",
    { type: "button", lang: words.language === "ar" ? "en" : "ar", onclick: actions.switchLanguage },
    icon("languages"),
    words.t("language.other"),
  );
  const clock = state.clock && createClock(studio, state.clock, actions.clockMoved);
  fill(
    bar,
    brand,
    appPicker(studio, state, actions),
    userPicker(studio, state, actions),
    h("span.spring"),
    clock?.node,
    language,
  );
  return { stop: () => clock?.stop() };
}

/** @param {Studio} studio @param {BarState} state @param {BarActions} actions */
function appPicker({ words, people }, { apps, app }, actions) {
  /** @param {App} one */
  const name = (one) => people.inLanguage(one.name, one.nameAr) ?? one.appId;
  const items = apps.map((one) =>
    item(one.appId === app?.appId, [h("b", null, h("bdi", null, name(one))), code(originOf(one))], () => choose(one)),
  );
  const face = app ? [h("b", null, h("bdi", null, name(app))), code(hostOf(app))] : [words.t("app.none")];
  const button = h(
    "button.chip-button",
    { type: "button", disabled: apps.length === 0 },
    icon("smartphone"),
    ...face,
    icon("chevron"),
  );
  const menu = createMenu(button, h("div.picker", { role: "menu", "aria-label": words.t("menu.app") }, items));
  menu.node.classList.add("app-picker");

  /** @param {App} one */
  function choose(one) {
    menu.close();
    actions.chooseApp(one);
  }
  return menu.node;
}

/** @param {Studio} studio @param {BarState} state @param {BarActions} actions */
function userPicker({ words, format, people }, { user }, actions) {
  const items = people.users.map((one) =>
    item(
      one.userId === user?.userId,
      [
        h("b", null, h("bdi", null, people.userName(one.userId))),
        h("span", null, num(balanceOf(one))),
        h(
          "small",
          null,
          one.phone && code(`+${one.phone}`),
          one.pin && h("span.saffron-note", null, words.t("user.pin", { pin: `\u2066${one.pin}\u2069` })),
        ),
      ],
      () => choose(one),
    ),
  );
  const known = user ? (people.user(user.userId) ?? user) : null;
  const face = known
    ? [h("b", null, h("bdi", null, people.inLanguage(known.name, known.nameAr))), num(balanceOf(known))]
    : [words.t("user.none")];
  const button = h(
    `button.chip-button${user ? "" : ".wanted"}`,
    { type: "button", disabled: people.users.length === 0 },
    icon("user"),
    ...face,
    icon("chevron"),
  );
  const menu = createMenu(button, h("div.picker", { role: "menu", "aria-label": words.t("menu.user") }, items));
  menu.node.classList.add("user-picker");

  /** @param {User} one */
  function balanceOf(one) {
    return (one.balances ?? []).map((balance) => format.money(balance)).join(" · ");
  }

  /** @param {User} one */
  function choose(one) {
    menu.close();
    actions.chooseUser(one);
  }
  return menu.node;
}

/** @param {boolean} isChosen @param {import("./dom.js").Child[]} content @param {() => void} choose */
function item(isChosen, content, choose) {
  return h(
    "button.picker-item",
    { type: "button", role: "menuitemradio", "aria-checked": String(isChosen), onclick: choose },
    h("span.tick", null, isChosen && icon("check")),
    h("span.picker-text", null, content),
  );
}

/** @param {App} app */
function originOf(app) {
  return URL.canParse(app.startUrl) ? new URL(app.startUrl).origin : (app.origins[0] ?? app.startUrl);
}

/** @param {App} app */
function hostOf(app) {
  const origin = originOf(app);
  return URL.canParse(origin) ? new URL(origin).host : origin;
}
