//! What must always hold, each as a query that lists what breaks it.

use crate::reader::Sql;

/// A rule: its words, what it is counted over, and the query that lists what breaks it.
pub struct Rule {
    pub name: &'static str,
    pub over: &'static str,
    pub broken: Sql,
}

pub const RULES: &[Rule] = &[
    Rule {
        name: "the postings of every currency sum to zero",
        over: "SELECT count(*) FROM (SELECT DISTINCT currency FROM postings) AS x",
        broken: Sql::Both(
            "SELECT currency || ' is off by ' || sum(minor) FROM postings GROUP BY currency HAVING sum(minor) <> 0",
        ),
    },
    Rule {
        name: "every transaction is balanced in every currency",
        over: "SELECT count(*) FROM (SELECT DISTINCT transaction_id FROM postings) AS x",
        broken: Sql::Both(
            "SELECT transaction_id FROM postings GROUP BY transaction_id, currency HAVING sum(minor) <> 0",
        ),
    },
    Rule {
        name: "the balances of every currency sum to zero",
        over: "SELECT count(*) FROM (SELECT DISTINCT currency FROM accounts) AS x",
        broken: Sql::Both(
            "SELECT currency || ' is off by ' || sum(minor) FROM (SELECT currency, balance AS minor FROM accounts \
                 UNION ALL SELECT currency, minor FROM credits) AS x GROUP BY currency HAVING sum(minor) <> 0",
        ),
    },
    Rule {
        name: "every balance, with what waits to be folded in, equals the sum of its postings",
        over: "SELECT count(*) FROM accounts",
        broken: Sql::Both(
            "SELECT account FROM (SELECT account, balance AS minor FROM accounts UNION ALL \
                 SELECT account, minor FROM credits UNION ALL SELECT account, -minor FROM postings) AS x \
                 GROUP BY account HAVING sum(minor) <> 0",
        ),
    },
    Rule {
        name: "every posting belongs to an account",
        over: "SELECT count(*) FROM postings",
        broken: Sql::Both(
            // SQLite's accounts are a view over several kinds of rows: asked for all at once, not for each posting.
            "SELECT transaction_id FROM postings WHERE account IN (SELECT account FROM postings \
                 EXCEPT SELECT account FROM accounts EXCEPT SELECT account FROM credits)",
        ),
    },
    Rule {
        name: "only accounts that collect have anything to be folded in",
        over: "SELECT count(*) FROM credits",
        broken: Sql::Both(
            "SELECT account FROM credits WHERE account NOT LIKE 'merchant:%' AND account NOT LIKE 'fees:%' \
                 AND account NOT LIKE 'world:%' OR minor <= 0 AND account NOT LIKE 'world:%'",
        ),
    },
    Rule {
        name: "no balance but the outside world's is below zero",
        over: "SELECT count(*) FROM accounts",
        broken: Sql::Both("SELECT account FROM accounts WHERE balance < 0 AND account NOT LIKE 'world:%'"),
    },
    Rule {
        name: "a payment that succeeded has postings of exactly its amount",
        over: "SELECT count(*) FROM payments WHERE status = 'SUCCESS'",
        broken: Sql::Both(
            "SELECT payment_id FROM payments p WHERE status = 'SUCCESS' AND \
                 (SELECT coalesce(-sum(minor), 0) FROM postings WHERE transaction_id = p.payment_id \
                 AND minor < 0 AND account = 'user:' || p.user_id || ':' || p.currency) <> p.minor",
        ),
    },
    Rule {
        name: "a payment that failed has no postings",
        over: "SELECT count(*) FROM payments WHERE status = 'FAIL'",
        broken: Sql::Both(
            "SELECT payment_id FROM payments p WHERE status = 'FAIL' AND EXISTS \
                 (SELECT 1 FROM postings WHERE transaction_id = p.payment_id)",
        ),
    },
    Rule {
        name: "every payment posting belongs to a payment",
        over: "SELECT count(*) FROM postings WHERE payment_id IS NOT NULL",
        broken: Sql::Both(
            "SELECT transaction_id FROM postings p WHERE payment_id IS NOT NULL AND NOT EXISTS \
                 (SELECT 1 FROM payments WHERE payment_id = p.payment_id AND status <> 'FAIL')",
        ),
    },
    Rule {
        name: "what an order holds is on hold for it, to the unit",
        over: "SELECT count(*) FROM payment_states",
        broken: Sql::Both(
            "SELECT payment_id FROM payment_states s WHERE held <> (SELECT coalesce(sum(minor), 0) FROM postings p \
                 WHERE p.account LIKE 'hold:%' AND (p.transaction_id = s.payment_id OR p.transaction_id IN \
                 (SELECT operation_id FROM payment_operations o WHERE o.payment_id = s.payment_id)))",
        ),
    },
    Rule {
        name: "what was taken and not refunded is what the payer has given, to the unit",
        over: "SELECT count(*) FROM payment_states",
        broken: Sql::Both(
            "SELECT payment_id FROM payment_states s WHERE held + taken - refunded <> (SELECT coalesce(-sum(minor), 0) \
                 FROM postings p WHERE p.account LIKE 'user:%' AND (p.transaction_id = s.payment_id OR p.transaction_id \
                 IN (SELECT operation_id FROM payment_operations o WHERE o.payment_id = s.payment_id)))",
        ),
    },
    Rule {
        name: "what was refunded is the sum of its refunds and cancellations",
        over: "SELECT count(*) FROM payment_states WHERE refunded > 0",
        broken: Sql::Both(
            "SELECT payment_id FROM payment_states s WHERE refunded <> (SELECT coalesce(sum(minor), 0) \
                 FROM payment_operations o WHERE o.payment_id = s.payment_id AND o.done AND (o.kind = 'REFUND' \
                 OR (o.kind = 'CANCEL' AND s.taken > 0)))",
        ),
    },
    Rule {
        name: "nothing is held of an order that is over or was never paid",
        over: "SELECT count(*) FROM payment_states WHERE status <> 'AUTHORIZED'",
        broken: Sql::Both("SELECT payment_id FROM payment_states WHERE status <> 'AUTHORIZED' AND held <> 0"),
    },
    Rule {
        name: "an operation that was refused has no postings, and every other has its own",
        over: "SELECT count(*) FROM payment_operations",
        broken: Sql::Both(
            "SELECT operation_id FROM payment_operations o WHERE done <> EXISTS \
                 (SELECT 1 FROM postings p WHERE p.transaction_id = o.operation_id)",
        ),
    },
    Rule {
        name: "every open order has a state",
        over: "SELECT count(*) FROM payments WHERE status = 'OPEN'",
        broken: Sql::Both(
            "SELECT payment_id FROM payments p WHERE status = 'OPEN' AND NOT EXISTS \
                 (SELECT 1 FROM payment_states s WHERE s.payment_id = p.payment_id)",
        ),
    },
    Rule {
        name: "every order that is over and has a notify URL was notified",
        over: "SELECT count(*) FROM payments WHERE status = 'OPEN' AND notifies",
        broken: Sql::Both(
            "SELECT payment_id FROM payments p JOIN payment_states s USING (payment_id) WHERE p.status = 'OPEN' \
                 AND p.notifies AND s.status IN ('AUTHORIZED', 'SUCCESS', 'FAILED', 'CANCELLED') AND NOT EXISTS \
                 (SELECT 1 FROM outbox o WHERE o.payment_id = p.payment_id \
                 AND o.kind IN ('payment-notice', 'gateway-notice'))",
        ),
    },
    Rule {
        name: "every transfer was posted with exactly its amount",
        over: "SELECT count(*) FROM transfers",
        broken: Sql::Both(
            "SELECT transfer_id FROM transfers t WHERE (SELECT count(*) FROM postings p \
                 WHERE p.transaction_id = t.transfer_id AND ((p.account = 'user:' || t.giver || ':' || t.currency \
                 AND p.minor = -t.minor) OR (p.account = 'user:' || t.taker || ':' || t.currency \
                 AND p.minor = t.minor))) <> 2",
        ),
    },
    Rule {
        name: "every payment of a contract stands once in the list of its payments",
        over: "SELECT count(*) FROM payments WHERE contract_id IS NOT NULL",
        broken: Sql::Each {
            sqlite: "SELECT id FROM (SELECT previous AS id FROM payments \
                     UNION ALL SELECT json_extract(body, '$.last_payment') FROM contract_states) AS x \
                     WHERE id IS NOT NULL GROUP BY id HAVING count(*) > 1",
            postgres: "SELECT id FROM (SELECT previous AS id FROM payments \
                       UNION ALL SELECT body::jsonb ->> 'last_payment' FROM contract_states) AS x \
                       WHERE id IS NOT NULL GROUP BY id HAVING count(*) > 1",
        },
    },
    Rule {
        name: "every payment of a contract is in the list of its payments",
        over: "SELECT count(*) FROM payments WHERE contract_id IS NOT NULL",
        broken: Sql::Each {
            sqlite: "SELECT p.payment_id FROM payments p LEFT JOIN (SELECT previous AS id FROM payments UNION ALL \
                     SELECT json_extract(body, '$.last_payment') FROM contract_states) x ON x.id = p.payment_id \
                     WHERE p.contract_id IS NOT NULL AND x.id IS NULL",
            postgres: "SELECT p.payment_id FROM payments p LEFT JOIN (SELECT previous AS id FROM payments UNION ALL \
                       SELECT body::jsonb ->> 'last_payment' FROM contract_states) x ON x.id = p.payment_id \
                       WHERE p.contract_id IS NOT NULL AND x.id IS NULL",
        },
    },
    Rule {
        name: "every payment decided at once with a notify URL has exactly one notification",
        over: "SELECT count(*) FROM payments WHERE notifies AND status <> 'OPEN'",
        broken: Sql::Both(
            // Merchants of the gateway hear of every refund in the same way.
            "SELECT payment_id FROM payments p WHERE status <> 'OPEN' AND (SELECT count(*) FROM outbox o \
                 WHERE o.payment_id = p.payment_id AND o.kind = 'payment-notice') + (SELECT CASE WHEN count(*) = 0 THEN 0 \
                 ELSE count(*) - (SELECT count(*) FROM payment_operations x WHERE x.payment_id = p.payment_id AND x.done) \
                 END FROM outbox o WHERE o.payment_id = p.payment_id AND o.kind = 'gateway-notice') \
                 <> CASE WHEN p.notifies THEN 1 ELSE 0 END",
        ),
    },
    Rule {
        name: "every payment that succeeded at once is told to its payer once, and so is whatever came of it",
        over: "SELECT count(*) FROM payments WHERE status = 'SUCCESS'",
        broken: Sql::Both(
            "SELECT payment_id FROM payments p WHERE status = 'SUCCESS' AND (SELECT count(*) FROM outbox o \
                 WHERE o.payment_id = p.payment_id AND o.kind = 'user-news') <> 1 + (SELECT count(*) \
                 FROM payment_operations x WHERE x.payment_id = p.payment_id AND x.done)",
        ),
    },
    Rule {
        name: "every deposit was posted to its user with exactly its amount",
        over: "SELECT count(*) FROM deposits",
        broken: Sql::Both(
            "SELECT reference FROM deposits d WHERE NOT EXISTS (SELECT 1 FROM postings p \
                 WHERE p.transaction_id = d.transaction_id AND p.minor = d.minor AND p.cause = 'deposit' \
                 AND p.account = 'user:' || d.user_id || ':' || d.currency)",
        ),
    },
    Rule {
        name: "every deposit's transaction has its reference",
        over: "SELECT count(*) FROM postings WHERE cause = 'deposit'",
        broken: Sql::Both(
            "SELECT transaction_id FROM postings p WHERE cause = 'deposit' AND NOT EXISTS \
                 (SELECT 1 FROM deposits d WHERE d.transaction_id = p.transaction_id)",
        ),
    },
    Rule {
        name: "every message is in its user's inbox",
        over: "SELECT count(*) FROM inbox",
        broken: Sql::Each {
            sqlite: "SELECT message_id FROM inbox m WHERE NOT EXISTS (SELECT 1 FROM users u WHERE u.user_id = m.user_id) \
                     OR id NOT IN (SELECT previous FROM inbox WHERE previous IS NOT NULL UNION ALL \
                     SELECT newest FROM standing WHERE kind = 'inbox')",
            postgres: "SELECT message_id FROM inbox m WHERE NOT EXISTS \
                       (SELECT 1 FROM users u WHERE u.user_id = m.user_id)",
        },
    },
    Rule {
        name: "every contract has a state and every state a contract",
        over: "SELECT count(*) FROM contracts",
        broken: Sql::Both(
            "SELECT contract_id FROM contracts c WHERE NOT EXISTS (SELECT 1 FROM contract_states s \
                 WHERE s.contract_id = c.contract_id) UNION ALL SELECT contract_id FROM contract_states s \
                 WHERE NOT EXISTS (SELECT 1 FROM contracts c WHERE c.contract_id = s.contract_id)",
        ),
    },
    Rule {
        name: "a contract's counters equal its successful payments",
        over: "SELECT count(*) FROM contract_states",
        broken: Sql::Each {
            sqlite: "SELECT s.contract_id FROM contract_states s LEFT JOIN (SELECT contract_id, count(*) AS charges, \
                     sum(minor) AS taken FROM payments WHERE status = 'SUCCESS' GROUP BY contract_id) p \
                     USING (contract_id) WHERE json_extract(s.body, '$.charges') <> coalesce(p.charges, 0) \
                     OR json_extract(s.body, '$.charged_minor') <> coalesce(p.taken, 0)",
            postgres: "SELECT s.contract_id FROM contract_states s LEFT JOIN (SELECT contract_id, count(*) AS charges, \
                       sum(minor) AS taken FROM payments WHERE status = 'SUCCESS' GROUP BY contract_id) p \
                       USING (contract_id) WHERE (s.body::jsonb ->> 'charges')::bigint <> coalesce(p.charges, 0) \
                       OR (s.body::jsonb ->> 'charged_minor')::bigint <> coalesce(p.taken, 0)",
        },
    },
    Rule {
        name: "a plan's counters equal the charges under its agreement",
        over: "SELECT count(*) FROM contract_states",
        broken: Sql::Each {
            sqlite: "SELECT contract_id FROM contract_states WHERE json_extract(body, '$.plan') IS NOT NULL \
                     AND (json_extract(body, '$.plan.paid') <> json_extract(body, '$.charges') \
                     OR json_extract(body, '$.plan.paid_minor') <> json_extract(body, '$.charged_minor'))",
            postgres: "SELECT contract_id FROM contract_states WHERE body::jsonb -> 'plan' IS NOT NULL \
                       AND (body::jsonb #>> '{plan,paid}' <> body::jsonb ->> 'charges' \
                       OR body::jsonb #>> '{plan,paid_minor}' <> body::jsonb ->> 'charged_minor')",
        },
    },
];
