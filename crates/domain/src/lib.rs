//! What the wallet decides: contracts, tokens, payments and the ledger, as pure functions.
