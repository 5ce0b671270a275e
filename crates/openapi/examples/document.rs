//! Prints the OpenAPI document of a wallet: `cargo run -p mithaq-openapi --example document -- http://localhost:7600`.

fn main() {
    let server_url = std::env::args().nth(1).unwrap_or_else(|| "http://localhost:7600".to_owned());
    println!("{:#}", mithaq_openapi::document(&server_url));
}
