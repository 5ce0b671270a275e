//! What leaves the wallet: merchant notifications, SMS, e-mail.
