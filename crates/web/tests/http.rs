//! The wallet over HTTP: what merchants, the shell, browsers and hostile pages send, and what they get.

mod gateway;
mod openapi;
mod pages;
mod proxy;
mod sandbox;
mod shell;
mod site;
mod support;
mod wallet;
