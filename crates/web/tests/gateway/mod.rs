//! `gateway.do`: the Alipay surface as merchants' servers and their users' browsers meet it (spec/alipay-agreement.md).

mod agreements;
mod browsers;
mod busy;
mod caller;
mod certificates;
mod changes;
mod checks;
mod envelope;
mod noise;
mod oauth;
mod old_keys;
mod studio;
mod trades_app_pay;
mod trades_causes;
mod trades_deductions;
mod trades_orders;
mod trades_parties;
mod trades_refunds;
mod trades_reuse;
mod trades_shop;
mod trades_undoing;
mod transport;
