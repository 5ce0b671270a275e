//! Keys, signatures, sealed secrets and PIN hashes.
