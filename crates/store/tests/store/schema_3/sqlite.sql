-- What differs between the databases, as SQLite had it.
UPDATE standing SET balance = 243500000 WHERE kind = 'account' AND name = 'user:sara:IQD';
INSERT INTO standing (owner, kind, name, currency, balance) VALUES ('sara', 'account', 'hold:sara:IQD', 'IQD', 1500000);
