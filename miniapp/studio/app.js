// The Studio's start: asks the wallet for what it needs, draws the page in the chosen language, keeps it up to date.

import { ApiError, createApi } from "./api.js";
import { CallBook } from "./calls.js";
import { readClock } from "./clock.js";
import { createDetail } from "./detail.js";
import { byId, fill, h } from "./dom.js";
import { createFormat } from "./format.js";
import { icon } from "./icons.js";
import { createLive } from "./live.js";
import { People } from "./people.js";
import { createPhone } from "./phone.js";
import { recall, remember } from "./memory.js";
import { followCalls } from "./stream.js";
import { createTabs } from "./tabs.js";
import { createToasts } from "./toast.js";
import { createTopBar } from "./topbar.js";
import { createWords, firstLanguage } from "./words.js";

/** @typedef {import("./studio.js").Studio} Studio */
/** @typedef {import("./types.js").App} App */
/** @typedef {import("./types.js").User} User */

/** Lists are read again this long after something happened, so that a burst costs one read. In milliseconds. */
const SETTLE_MS = 300;

const api = createApi();
const book = new CallBook();
const people = new People();
const say = createToasts(byId("toasts"));
const phone = createPhone(byId("phone"), somethingHappened);

let language = firstLanguage(recall("language"), navigator.languages);
/** @type {import("./topbar.js").BarState} */
const bar = { apps: [], app: null, user: null, clock: null };
/** What Live looks like, kept over a change of language. */
/** @type {import("./live.js").LiveState} */
const liveState = { filter: "all", story: "sign", since: 0, selected: null, connection: "connecting" };
let isSettling = false;

/** Everything that was drawn in the current language. */
let drawn = draw();

function draw() {
  const words = createWords(language);
  const zone = bar.clock?.zone ?? "Asia/Baghdad";
  const format = createFormat(language, zone);
  document.documentElement.lang = language;
  document.documentElement.dir = words.dir;
  document.title = words.t("brand");
  people.language = language;

  /** @type {Studio} */
  const studio = {
    words,
    format,
    api,
    book,
    people,
    walletOrigin: location.origin,
    clock: {
      now: () => new Date(bar.clock?.nowMs() ?? Date.now()),
      zone,
      get shifted() {
        return bar.clock?.shifted ?? false;
      },
    },
    hasUser: () => bar.user !== null,
    show: (subject, how) => detail.show(subject, how),
    showLive(paymentId) {
      tabs.open("live");
      const call = book.calls.find((candidate) => candidate.links?.paymentId === paymentId);
      if (call) live.selectCall(call.seq);
    },
    changed: somethingHappened,
    say,
    fail(error) {
      const isSilent = error instanceof ApiError && error.code === "NETWORK";
      say(isSilent ? words.t("error.network") : error instanceof Error ? error.message : String(error), "bad");
    },
  };
  const detail = createDetail(byId("detail"), studio);
  const live = createLive(studio, liveState);
  const tabs = createTabs(byId("middle"), studio, live, "live");
  drawViews(words, live.update);
  byId("phone").setAttribute("aria-label", words.t("phone"));
  detail.show(null);
  return { studio, detail, live, tabs, bar: drawBar(studio) };
}

/** @param {Studio} studio */
function drawBar(studio) {
  return createTopBar(byId("bar"), studio, bar, { chooseApp, chooseUser, switchLanguage, clockMoved });
}

function drawBarAgain() {
  drawn.bar.stop();
  drawn.bar = drawBar(drawn.studio);
}

/**
 * The two halves of the page, one at a time, where there is no room for both.
 * @param {import("./words.js").Words} words
 * @param {() => void} shown
 */
function drawViews(words, shown) {
  const views = /** @type {const} */ (["phone", "studio"]);
  const buttons = views.map((view) =>
    h(
      "button",
      { type: "button", onclick: () => show(view) },
      icon(view === "phone" ? "smartphone" : "live"),
      words.t(`view.${view}`),
    ),
  );
  /** @param {"phone" | "studio"} view */
  function show(view) {
    document.body.dataset.view = view;
    views.forEach((candidate, index) => buttons[index]?.setAttribute("aria-pressed", String(candidate === view)));
    shown();
  }
  fill(byId("views"), buttons);
  show(document.body.dataset.view === "studio" ? "studio" : "phone");
}

function switchLanguage() {
  const tab = drawn.tabs.current();
  const shown = drawn.detail.shown();
  drawn.live.remember();
  drawn.bar.stop();
  language = language === "ar" ? "en" : "ar";
  remember("language", language);
  drawn = draw();
  drawn.tabs.open(tab);
  drawn.detail.show(shown);
}

/** @param {App} app */
function chooseApp(app) {
  bar.app = app;
  remember("app", app.appId);
  drawBarAgain();
  phone.start(drawn.studio, app);
}

/** @param {User} user */
async function chooseUser(user) {
  try {
    const session = await api.signInAs(user.userId);
    bar.user = session.user;
    drawBarAgain();
    phone.start(drawn.studio, bar.app);
    const name = people.userName(user.userId);
    say(drawn.studio.words.t("user.as", { name }), "simulated");
    drawn.live.update();
  } catch (error) {
    drawn.studio.fail(error);
  }
}

/** @param {import("./clock.js").RunningClock} clock */
function clockMoved(clock) {
  bar.clock = clock;
  drawBarAgain();
  somethingHappened();
}

/** Reads again what a call may have changed: balances, who is signed in, the open list. */
function somethingHappened() {
  if (isSettling) return;
  isSettling = true;
  setTimeout(settle, SETTLE_MS);
}

async function settle() {
  // The bar is drawn anew below; not under the hands of somebody who has opened something in it.
  if (byId("bar").querySelector(".menu-panel:not([hidden])")) return void setTimeout(settle, SETTLE_MS);
  isSettling = false;
  drawn.tabs.refresh();
  const before = JSON.stringify([people.users, bar.user]);
  await readPeople().catch(() => undefined);
  if (JSON.stringify([people.users, bar.user]) !== before) drawBarAgain();
}

async function readPeople() {
  const [session] = await Promise.all([api.session(), people.load(api)]);
  bar.user = session.user;
  return session;
}

async function start() {
  try {
    const session = await readPeople();
    // Cookies and the bridge know the wallet by its own name only, not by another name of this machine.
    if (session.walletOrigin !== location.origin)
      return location.replace(session.walletOrigin + location.pathname + location.search);
    [bar.apps, bar.clock] = await Promise.all([api.get("/app/v1/apps"), readClock(api)]);
  } catch (error) {
    drawn.studio.fail(error);
  }
  const wanted = new URLSearchParams(location.search).get("appId") ?? recall("app");
  bar.app = bar.apps.find((app) => app.appId === wanted) ?? bar.apps[0] ?? null;
  drawn.bar.stop();
  drawn = draw();
  phone.start(drawn.studio, bar.app);
  followCalls({
    book,
    get: api.get,
    changed() {
      drawn.live.update();
      drawn.detail.refresh((seq) => book.get(seq));
      somethingHappened();
    },
    stateChanged(state) {
      drawn.live.connected(state);
    },
  });
}

void start();
