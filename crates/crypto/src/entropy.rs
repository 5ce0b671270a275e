//! The machine's source of randomness.

use mithaq_types::Entropy;

/// Cryptographically secure random bytes from AWS-LC.
#[derive(Clone, Copy, Debug, Default)]
pub struct SystemEntropy;

impl Entropy for SystemEntropy {
    #[expect(clippy::disallowed_methods, reason = "the one place that reads the machine's randomness")]
    fn fill(&self, target: &mut [u8]) {
        // Going on with predictable tokens would be worse than stopping.
        aws_lc_rs::rand::fill(target).expect("the operating system has no randomness");
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn two_draws_differ() {
        assert_ne!(SystemEntropy.hex(16), SystemEntropy.hex(16));
    }
}
