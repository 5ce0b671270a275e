//! Payment PINs at rest: argon2id in the PHC text form.

use argon2::{Argon2, PasswordHash, PasswordHasher as _, PasswordVerifier as _, RECOMMENDED_SALT_LEN};
use mithaq_types::Entropy;

/// The argon2id hash of `pin` under a fresh salt, as PHC text: 19 MiB, two passes, one lane.
///
/// Takes some tens of milliseconds of CPU: call it off the threads that serve requests. A PIN is short, so a
/// stolen table of hashes falls to guessing all the same; the limit on wrong tries is what protects an account.
#[must_use]
pub fn hash_pin(pin: &str, entropy: &dyn Entropy) -> String {
    let mut salt = [0; RECOMMENDED_SALT_LEN];
    entropy.fill(&mut salt);
    let hash = Argon2::default()
        .hash_password_with_salt(pin.as_bytes(), &salt)
        .expect("argon2 takes any text under 4 GiB with a salt of the recommended length");
    hash.to_string()
}

/// Whether `pin` is the one whose hash is `phc`. A text that is no hash matches nothing.
#[must_use]
pub fn verify_pin(pin: &str, phc: &str) -> bool {
    PasswordHash::new(phc).is_ok_and(|hash| Argon2::default().verify_password(pin.as_bytes(), &hash).is_ok())
}

#[cfg(test)]
mod tests {
    use super::*;
    use mithaq_types::SeededEntropy;

    #[test]
    fn a_pin_is_known_again_and_no_other_is() {
        let phc = hash_pin("111111", &SeededEntropy::new(1));
        assert!(phc.starts_with("$argon2id$v=19$m=19456,t=2,p=1$"), "{phc}");
        assert!(verify_pin("111111", &phc));
        assert!(!verify_pin("111112", &phc));
        assert!(!verify_pin("111111", "111111"));
    }

    #[test]
    fn one_pin_has_many_hashes() {
        let entropy = SeededEntropy::new(1);
        assert_ne!(hash_pin("222222", &entropy), hash_pin("222222", &entropy));
    }
}
