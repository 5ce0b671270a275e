// navigateTo and its family for H5 pages: ordinary navigation of this document (jsapi.md 4.4). The next document says
// hello anew. An H5 site has no tabs, so switchTab goes where it is told like reLaunch. At most ten pages deep.

const PAGES_MAX = 10;

/** @type {Record<string, (args: Record<string, any>) => Record<string, unknown>>} */
const navigationApis = {
  navigateTo({ url }) {
    const target = pageUrl(url);
    const depth = pageDepth();
    if (depth >= PAGES_MAX) throw new Failure(failure(1, "depth"));
    rememberDepth(depth + 1);
    afterReply(() => location.assign(target.href));
    return {};
  },

  redirectTo({ url }) {
    return replaceWith(url);
  },

  reLaunch({ url }) {
    const answer = replaceWith(url);
    rememberDepth(1);
    return answer;
  },

  switchTab({ url }) {
    const answer = replaceWith(url);
    rememberDepth(1);
    return answer;
  },

  navigateBack({ delta }) {
    const steps = Math.max(1, Math.trunc(Number(delta ?? 1)));
    const leave = wayBack(steps);
    if (!leave) throw new Failure(failure(1, "noBack"));
    rememberDepth(Math.max(1, pageDepth() - steps));
    afterReply(leave);
    return {};
  },
};

/** @param {string} url */
function replaceWith(url) {
  const target = pageUrl(url);
  afterReply(() => location.replace(target.href));
  return {};
}

/**
 * How to go back within this frame, or null on its first page. history.go would be wrong there: a frame shares its
 * history with the window around it, and going back too far would take the shell away.
 * @param {number} steps
 * @returns {(() => void)|null}
 */
function wayBack(steps) {
  const navigation = /** @type {any} */ (window).navigation;
  if (navigation && typeof navigation.entries === "function" && navigation.currentEntry) {
    const here = navigation.currentEntry.index;
    if (here <= 0) return null;
    const target = navigation.entries()[Math.max(0, here - steps)];
    return () => {
      const { committed, finished } = navigation.traverseTo(target.key);
      committed.catch(() => {});
      finished.catch(() => {});
    };
  }
  const depth = pageDepth();
  return depth > 1 ? () => history.go(-Math.min(steps, depth - 1)) : null;
}

/** Leaves only after the callbacks of the current call have run. @param {() => void} leave */
function afterReply(leave) {
  setTimeout(() => setTimeout(leave, 0), 0);
}

function depthKey() {
  return `mithaq:depth:${session.startupParams.launchId ?? ""}`;
}

function pageDepth() {
  try {
    return Number(sessionStorage.getItem(depthKey())) || 1;
  } catch {
    return 1;
  }
}

/** @param {number} depth */
function rememberDepth(depth) {
  try {
    sessionStorage.setItem(depthKey(), String(depth));
  } catch {
    // A frame without storage cannot count its pages; it can still open them.
  }
}
