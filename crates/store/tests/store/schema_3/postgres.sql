-- What differs between the databases, as PostgreSQL had it.
UPDATE accounts SET balance = 243500000 WHERE account = 'user:sara:IQD';
INSERT INTO accounts (account, currency, balance) VALUES ('hold:sara:IQD', 'IQD', 1500000);
