// Who is who: the names of demo users and merchants, by their ids, in the Studio's language.

/** @typedef {import("./types.js").User} User */
/** @typedef {import("./types.js").Client} Client */

/** Filled from the wallet's lists, and kept over a change of language. */
export class People {
  /** @type {User[]} */
  users = [];
  /** @type {Client[]} */
  clients = [];
  /** @type {import("./format.js").Language} */
  language = "en";

  /**
   * Reads both lists. What cannot be read stays as it was: names are a help, ids would do.
   * @param {import("./api.js").Api} api
   */
  async load(api) {
    const [users, clients] = await Promise.allSettled([api.get("/sandbox/v1/users"), api.get("/sandbox/v1/clients")]);
    if (users.status === "fulfilled") this.users = users.value;
    if (clients.status === "fulfilled") this.clients = clients.value;
  }

  /** @param {string | null | undefined} userId */
  user(userId) {
    return this.users.find((user) => user.userId === userId);
  }

  /** The user's name, else the id. @param {string | null | undefined} userId */
  userName(userId) {
    const user = this.user(userId);
    return this.inLanguage(user?.name, user?.nameAr) ?? userId ?? "–";
  }

  /**
   * The merchant's name, else the name it had then, else the client's id.
   * @param {string | null | undefined} clientId
   * @param {string} [then]
   */
  merchantName(clientId, then) {
    const client = this.clients.find((candidate) => candidate.clientId === clientId);
    return this.inLanguage(client?.merchantName, client?.merchantNameAr) ?? then ?? clientId ?? "–";
  }

  /**
   * Whose an account of the ledger is (`user:ID:IQD`, `merchant:ID:IQD`, `fees:IQD`), if it is somebody's we know.
   * @param {string} account
   * @returns {string | undefined}
   */
  ownerOf(account) {
    const [kind, id] = account.split(":");
    const client = kind === "merchant" ? this.clients.find(({ merchantId }) => merchantId === id) : undefined;
    const user = this.user(id);
    return client
      ? this.inLanguage(client.merchantName, client.merchantNameAr)
      : this.inLanguage(user?.name, user?.nameAr);
  }

  /** @param {string | undefined} name @param {string | undefined} nameAr */
  inLanguage(name, nameAr) {
    return (this.language === "ar" ? nameAr : undefined) ?? name;
  }
}
