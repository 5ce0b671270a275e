//! The preview proxy before a small site (spec/jsapi.md 7.2, qicard.md 11.3).

mod exchange;
mod pages;
mod site;
