// What every part of the Studio is given: words, formats, the wallet's answers, ways to show and to say something.
// Types only, no code.

/**
 * What the right-hand panel can show.
 * @typedef {{kind: "call", call: import("./types.js").Call}
 *   | {kind: "payment", paymentId: string}
 *   | {kind: "operation", paymentId: string, operationId: string}
 *   | {kind: "notification", row: import("./types.js").OutboxRow}} Subject
 */

/**
 * @typedef {object} Studio
 * @property {import("./words.js").Words} words
 * @property {import("./format.js").Format} format
 * @property {import("./api.js").Api} api
 * @property {import("./calls.js").CallBook} book
 * @property {import("./people.js").People} people
 * @property {string} walletOrigin
 * @property {{now: () => Date, zone: string, shifted: boolean}} clock  the wallet's, running
 * @property {() => boolean} hasUser  whether somebody is signed in in the phone
 * @property {(subject: Subject | null, how?: {open?: boolean, focus?: boolean}) => void} show
 *   `open` brings the panel to the front where it is a drawer; `focus` moves the keyboard there
 * @property {(paymentId: string) => void} showLive  opens Live at the first call about that payment
 * @property {() => void} changed  something was changed from here: read the lists again
 * @property {(text: string, tone?: import("./toast.js").Tone) => void} say
 * @property {(error: unknown) => void} fail  says what went wrong
 */

export {};
