// What all calls have in common: the three callbacks, the failure, names that are taken and ignored.

/**
 * What a failing call is told. The code is the same in `error` and `errorCode`, the text the same in all three spellings, in the
 * page's language: 1 there is no such API, 2 a parameter is wrong, 3 something else went wrong or a wallet page is open
 * already, 4 not allowed; from 10 on each API has its own.
 */
export interface Failure<Code = number> {
  /** Never 0. */
  error: Code;
  errorCode: string;
  errorMessage: string;
  errMessage: string;
  message: string;
}

/** The three callbacks that every call takes. */
export interface Callbacks<Result, Failed = Failure> {
  /** Called with the result. */
  success?(result: Result): void;
  /** Called with the error. */
  fail?(error: Failed): void;
  /** Called after either of the two, with the same object. */
  complete?(outcome: Result | Failed): void;
}

/** Parameters that other wallets know: taken, and ignored. */
export type Ignored<Names extends string> = { [Name in Names]?: unknown };

/** A result with nothing in it. */
export type Nothing = {};
