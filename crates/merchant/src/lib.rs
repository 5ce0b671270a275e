//! SDK for merchant backends: signed client and notification receiver.
