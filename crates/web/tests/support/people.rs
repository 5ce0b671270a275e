//! The users of the tests.

use mithaq_crypto::{SystemEntropy, hash_pin};
use mithaq_domain::{Language, PersonName, User, UserStatus};
use mithaq_types::UserId;
use std::collections::HashMap;
use std::sync::LazyLock;

/// PINs are slow to hash: once each for all tests.
static PIN_HASHES: LazyLock<HashMap<&str, String>> =
    LazyLock::new(|| [SARA, OMAR].iter().map(|person| (person.pin, hash_pin(person.pin, &SystemEntropy))).collect());

/// A user with money.
pub struct Person {
    pub user_id: &'static str,
    pub phone: &'static str,
    pub pin: &'static str,
    name: &'static str,
    name_ar: &'static str,
    language: Language,
}

impl Person {
    /// As the wallet keeps them.
    pub fn row(&self) -> User {
        let name = |full: &str| PersonName { full: full.into(), ..PersonName::default() };
        User {
            user_id: UserId::new(self.user_id),
            phone: self.phone.into(),
            name: name(self.name),
            name_ar: name(self.name_ar),
            email: None,
            gender: None,
            birth_date: None,
            nationality: None,
            language: self.language,
            status: UserStatus::Active,
            pin_hash: PIN_HASHES[self.pin].clone(),
            pin_failures: 0,
            pin_locked_until: None,
        }
    }
}

/// Reads English.
pub const SARA: Person = Person {
    user_id: "216610000000000000001",
    phone: "9647700000001",
    pin: "111111",
    name: "Sara Ali Hasan",
    name_ar: "سارة علي حسن",
    language: Language::EnUs,
};
/// Reads Arabic.
pub const OMAR: Person = Person {
    user_id: "216610000000000000002",
    phone: "9647700000002",
    pin: "222222",
    name: "Omar Khalid",
    name_ar: "عمر خالد",
    language: Language::ArIq,
};
