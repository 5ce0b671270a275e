// Our declarations against the published `@mini-types/my`, name by name: what can be passed there can be passed here, and
// what comes back there comes back here. Where it does not, the reason stands beside it.

/// <reference types="@mini-types/my" />

import type { My } from "../../types/my.js";

type Published = typeof my;
type Calls<Program> = { [Name in keyof Program]: Program[Name] extends (...options: any) => any ? Name : never }[keyof Program];
type Shared = Calls<My> & Calls<Published>;
/** The wallet answers these with error 1, whatever is passed. */
type Refused = { [Name in Calls<My>]: My[Name] extends (...options: any) => Promise<never> ? Name : My[Name] extends (...options: any) => never ? Name : never }[Calls<My>];

/** Whether parameters of the published declaration are taken by ours. */
type Takes<Name extends Shared> = Parameters<Published[Name]> extends Parameters<My[Name]> ? never : Name;
/** Whether what we give back is what the published declaration promises; nobody reads what is void there. */
type Gives<Name extends Shared> =
  [Awaited<ReturnType<Published[Name]>>] extends [void] ? never
  : Awaited<ReturnType<My[Name]>> extends Awaited<ReturnType<Published[Name]>> ? never : Name;

type Compared = Exclude<Shared, Refused>;
type TakesLess = { [Name in Compared]: Takes<Name> }[Compared];
type GivesLess = { [Name in Compared]: Gives<Name> }[Compared];

/** Every name that is not compatible has to be here, and every name here has to be one. */
type Same<One, Other> = [One] extends [Other] ? ([Other] extends [One] ? true : false) : false;

// getAuthCode: the scopes that come back are this wallet's, not those of Alipay, also to `complete`. setStorage: `complete` is
// told of the success, where the published declaration has nothing. navigateTo: pages of an
// H5 site are documents of their own, with no channel between them. Of overloads a conditional type sees the last one:
// written-for-mini-types.ts calls each.
export const takesLess: Same<TakesLess, "getAuthCode" | "setStorage"> = true;
export const givesLess: Same<GivesLess, "getAuthCode" | "navigateTo"> = true;
/** Enough is compared: a slip in the types above would leave nothing. */
export const compared: Same<
  Extract<Compared, "getAuthCode" | "tradePay" | "request" | "alert" | "confirm" | "showToast" | "setStorage" | "navigateTo" | "scan" | "getSystemInfo">,
  "getAuthCode" | "tradePay" | "request" | "alert" | "confirm" | "showToast" | "setStorage" | "navigateTo" | "scan" | "getSystemInfo"
> = true;
