// The shapes the Studio reads from the wallet: the live list, and the sandbox's reads. Types only, no code.
//
// Fields that an older or newer wallet may leave out are optional here, and every view copes without them.

/**
 * An amount as it is on the wire: minor units in a string of digits, perhaps with a minus (IQD: fils).
 * @typedef {{currency: string, value: string}} Amount
 */

/** @typedef {"miniProgram" | "merchant" | "wallet" | "user"} Lane */
/** @typedef {"good" | "bad" | "wait" | "plain"} Outcome */

/**
 * @typedef {object} CallRequest
 * @property {string} [method]
 * @property {string} [path]
 * @property {Record<string, string>} [headers]
 * @property {string | null} [body]  the exact text
 */

/**
 * @typedef {object} CallResponse
 * @property {number} [status]  HTTP status
 * @property {Record<string, string>} [headers]
 * @property {string | null} [body]  the exact text
 */

/**
 * @typedef {object} Signature
 * @property {boolean} valid
 * @property {number | string | null} [keyVersion]
 * @property {string | null} [clientName]
 * @property {string | null} [text]  the text that was signed, byte for byte
 * @property {string | null} [reason]  why it is not valid
 */

/**
 * @typedef {object} Links
 * @property {string} [paymentId]
 * @property {string} [contractId]
 * @property {string} [outboxId]
 * @property {string} [authId]
 * @property {string} [orderId]
 * @property {string} [operationId]
 * @property {string} [ix]
 */

/**
 * One message between two of the four actors, with its answer once that is there.
 * @typedef {object} Call
 * @property {number} seq
 * @property {string} at  ISO 8601, the wallet's clock, when it began
 * @property {number | null} [ms]  how long it took; nothing while waiting, and where nobody measured
 * @property {Lane} from
 * @property {Lane} to
 * @property {import("./stories.js").StoryName} [story]  whose steps these are: absent means the signing's
 * @property {number | null} step  its place in that story
 * @property {number | null} replyStep
 * @property {"openapi" | "notification" | "jsapi" | "page" | "message" | "net" | "log"} kind
 * @property {string} title
 * @property {string | null} status
 * @property {Outcome} outcome
 * @property {CallRequest | null} request
 * @property {CallResponse | null} response  null while waiting, and where nothing answers
 * @property {Signature | null} signature
 * @property {Links | null} links
 */

/** @typedef {Amount & {display?: string}} Balance */

/**
 * @typedef {object} User
 * @property {string} userId
 * @property {string} name
 * @property {string} [nameAr]
 * @property {string} [phone]
 * @property {string} [language]
 * @property {string} [pin]  demo users only, if the wallet tells
 * @property {Balance[]} [balances]
 */

/** @typedef {{csrf: string, user: User | null, walletOrigin: string}} Session */

/**
 * @typedef {object} App
 * @property {string} appId
 * @property {string} name
 * @property {string} [nameAr]
 * @property {string} startUrl
 * @property {string[]} origins
 * @property {string} clientId
 */

/** @typedef {{now: string, shifted: boolean, zone: string}} Clock */

/**
 * @typedef {object} Contract
 * @property {string} contractId
 * @property {string} status  SIGNED, ACTIVE, ENDED …
 * @property {string | null} [reason]  who ended it
 * @property {string | null} [endedAt]
 * @property {string} [clientId]
 * @property {string} [userId]
 * @property {string} [merchantName]  as it was shown
 * @property {string | null} [title]
 * @property {string} [description]  the merchant's words
 * @property {string} [pageText]  every line of the page the user accepted
 * @property {string} [acceptedAt]
 * @property {string | null} [startTime]  no charge before that day
 * @property {Amount | null} [agreedAmount]  at most, each charge
 * @property {Amount | null} [monthlyCeiling]  the user's own limit
 * @property {number} [charges]
 * @property {Amount | null} [charged]
 * @property {Agreement | null} [agreement]
 * @property {Plan | null} [plan]
 */

/**
 * What a contract has that was signed through the gateway: an agreement of periodic deduction, or of deductions at will.
 * @typedef {object} Agreement
 * @property {string} [appId]
 * @property {string} [personalProductCode]
 * @property {string | null} [productCode]
 * @property {string} [signScene]
 * @property {string | null} [externalAgreementNo]
 * @property {string | null} [externalLogonId]  the user's name at the merchant
 * @property {string} [invalidTime]
 * @property {boolean} [walletDeducts]
 */

/**
 * What was agreed on, and how far it has come.
 * @typedef {object} Plan
 * @property {"DAY" | "MONTH" | string} periodType
 * @property {number} period
 * @property {string} executeTime  the planned day of the first deduction
 * @property {Amount} singleAmount  at most, each time
 * @property {Amount | null} [totalAmount]  at most, all together
 * @property {number | null} [totalPayments]  how many there may be
 * @property {string} next  the planned day of the next deduction
 * @property {number} periodId  which one that is, from 1
 * @property {number} paid  how many succeeded
 * @property {string | null} [lastDeductAt]
 * @property {{failed?: number, dueAt?: string} | null} [run]  where the wallet deducts: what it does next
 */

/**
 * An app of the gateway.
 * @typedef {object} GatewayApp
 * @property {string} appId
 * @property {string} clientId
 * @property {"PUBLIC_KEY" | "CERTIFICATE" | null} [mode]
 * @property {boolean} [mayUseSha1]
 * @property {string | null} [gatewayUrl]  where it hears of agreements
 * @property {boolean} [walletDeducts]
 * @property {string} [gateway]  the address it calls
 * @property {string} [walletPublicKey]  PEM
 */

/** @typedef {{clientId: string, merchantId?: string, merchantName: string, merchantNameAr?: string}} Client */

/**
 * @typedef {object} Payment
 * @property {string} paymentId
 * @property {string} [paymentRequestId]
 * @property {string} status  OPEN, PROCESSING, AUTHORIZED, SUCCESS, FAIL, CANCELLED
 * @property {string | null} [code]  the result code of a refusal
 * @property {Amount} amount
 * @property {Amount | null} [fee]
 * @property {string | null} [product]  AGREEMENT, ONLINE, AUTH_CAPTURE, ESCROW, IN_STORE
 * @property {string | null} [source]  what it is paid from: `balance`, or a card as people know it
 * @property {Amount | null} [held]  held now
 * @property {Amount | null} [taken]  taken from the payer
 * @property {Amount | null} [refunded]  given back of what was taken
 * @property {Amount | null} [voided]  given back of what was held
 * @property {string | null} [dueAt]  when time alone changes it next: the order expires, the hold is given back
 * @property {boolean} [frozen]  the operator has stopped it
 * @property {string} [createdAt]
 * @property {string} [description]
 * @property {string | null} [contractId]
 * @property {string} [clientId]
 * @property {string | null} [userId]
 */

/**
 * @typedef {object} Posting
 * @property {string} account
 * @property {string} label
 * @property {Amount} amount
 * @property {string | null} [operationId]  the operation that made it, if it was not the payment itself
 */

/**
 * What happened to a payment after it was made.
 * @typedef {object} Operation
 * @property {string} operationId
 * @property {string} kind  CAPTURE, CONFIRM, VOID, REFUND, CANCEL
 * @property {string} paymentId
 * @property {string} [requestId]  the merchant's
 * @property {Amount} amount
 * @property {string} status  SUCCESS or FAIL
 * @property {string | null} [code]  the result code of a refusal
 * @property {string} [by]  MERCHANT, or SYSTEM for what time did
 * @property {string | null} [reason]  the merchant's words
 * @property {string} [at]
 */

/**
 * @typedef {object} OutboxRow
 * @property {string} outboxId
 * @property {string} kind  payment, contract or user
 * @property {string} target
 * @property {"PENDING" | "DELIVERED" | "DEAD"} state
 * @property {number} attempts
 * @property {string | null} [nextAt]
 * @property {string | null} [lastError]
 * @property {string} [createdAt]
 * @property {string | null} [paymentId]
 * @property {string} [body]
 */

/**
 * @typedef {object} Message
 * @property {"sms" | "email" | "inbox"} channel
 * @property {string} to
 * @property {string | null} [title]
 * @property {string} body
 * @property {string} at
 * @property {string} [userId]
 * @property {string | null} [paymentId]
 */

/**
 * @typedef {object} PaymentStory
 * @property {Payment} payment
 * @property {Posting[]} postings
 * @property {Operation[]} [operations]  oldest first
 * @property {OutboxRow[]} outbox
 * @property {Message[]} messages
 */
/** @typedef {{account: string, label: string, currency: string, balance: string | Amount, display?: string}} Account */
/** @typedef {{name: string, count: number, ok: boolean, detail?: string | null}} Check */
/** @typedef {{ok: boolean, checked: Check[]}} Verification */

export {};
