//! How parameters come in (spec/alipay-agreement.md 1.1): three placements, two charsets, and what is no request at all.

use super::caller::{Place, Reply, Request, http, post, world};
use crate::support::{Answer, World};
use serde_json::json;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};

const NONE: &str = "40004 USER_AGREEMENT_NOT_EXIST";
const ILLEGAL: &str = "40002 isv.invalid-parameter";

#[tokio::test]
async fn parameters_may_stand_in_the_query_in_a_form_or_in_both() {
    let world = world().await;
    for place in [Place::Both, Place::Query, Place::Form] {
        assert_eq!(Request::plain(&world).at(place).result(&world).await, NONE, "{place:?}");
    }
}

#[tokio::test]
async fn plain_fields_of_a_multipart_body_are_taken() {
    let world = world().await;
    let part = |(name, value): (String, Vec<u8>)| {
        let head = format!("--b0\r\nContent-Disposition: form-data; name=\"{name}\"\r\n\r\n");
        [head.as_bytes(), &value, b"\r\n"].concat()
    };
    let body: Vec<u8> = Request::plain(&world).sent().into_iter().flat_map(part).chain(*b"--b0--\r\n").collect();
    let send = async |body: Vec<u8>| {
        let request = http().post(format!("{}/gateway.do", world.origin));
        let request = request.header("Content-Type", "multipart/form-data; boundary=b0").body(body);
        Reply::read(Answer::of(request).await).signed().result()
    };
    assert_eq!(send(body.clone()).await, NONE);
    assert_eq!(send(body[..body.len() - 20].to_vec()).await, ILLEGAL);
}

/// Writes a request as it is, and returns all that comes back.
async fn raw(world: &World, request: &[u8]) -> String {
    let address = world.origin.trim_start_matches("http://");
    let mut stream = tokio::net::TcpStream::connect(address.replace("localhost", "127.0.0.1")).await.expect("connects");
    stream.write_all(request).await.expect("sends");
    let mut answer = Vec::new();
    stream.read_to_end(&mut answer).await.expect("an answer");
    String::from_utf8(answer).expect("UTF-8")
}

#[tokio::test]
async fn a_target_may_be_in_absolute_form() {
    let world = world().await;
    let (query, form) = Request::plain(&world).written();
    let request = format!(
        "POST {}/gateway.do?{query} HTTP/1.1\r\nHost: x\r\nConnection: close\r\nContent-Type: \
         application/x-www-form-urlencoded\r\nContent-Length: {}\r\n\r\n{form}",
        world.origin,
        form.len()
    );
    let answer = raw(&world, request.as_bytes()).await;
    assert!(answer.starts_with("HTTP/1.1 200 ") && answer.contains("USER_AGREEMENT_NOT_EXIST"), "{answer}");
}

#[tokio::test]
async fn a_space_may_be_a_plus_sign_or_percent_encoded() {
    let world = world().await;
    let (query, form) = Request::plain(&world).at(Place::Both).written();
    assert!(query.contains("timestamp=") && query.contains('+'));
    assert_eq!(post(&world, &format!("?{}", query.replace('+', "%20")), form).await.signed().result(), NONE);
}

#[tokio::test]
async fn a_parameter_that_is_there_twice_is_refused_by_name() {
    let world = world().await;
    let (query, form) = Request::plain(&world).written();
    for (query, form) in [
        (format!("?{query}"), format!("{form}&app_id=2021000000000001")),
        (format!("?{query}&charset=utf-8"), form.clone()),
        (format!("?{query}"), format!("{form}&{form}")),
    ] {
        let reply = post(&world, &query, form).await.signed();
        assert_eq!((reply.result().as_str(), reply.root.as_str()), (ILLEGAL, "alipay_user_agreement_query_response"));
        assert!(reply.object["sub_msg"].as_str().is_some_and(|said| said.contains("is there twice")), "{}", reply.text);
    }
}

#[tokio::test]
async fn what_is_not_percent_encoded_correctly_is_refused_by_name() {
    let world = world().await;
    for form in ["app_id=%", "app_id=%2", "app_id=%zz", "=1", "a%20b=1", "&&&=&", "%00=1"] {
        let reply = post(&world, "?method=alipay.trade.pay", form).await.signed();
        assert_eq!((reply.result().as_str(), reply.root.as_str()), (ILLEGAL, "alipay_trade_pay_response"), "{form}");
    }
    let nothing = post(&world, "", "").await.signed();
    assert_eq!((nothing.result().as_str(), nothing.root.as_str()), ("40001 isv.missing-app-id", "error_response"));
}

#[tokio::test]
async fn what_is_too_long_is_refused() {
    let world = world().await;
    let long = "x".repeat(65_537);
    assert_eq!(Request::plain(&world).with("extra", &long).at(Place::Form).result(&world).await, ILLEGAL);
    let many: Vec<String> = (0..200).map(|number| format!("p{number}=1")).collect();
    assert_eq!(post(&world, "", many.join("&")).await.signed().result(), ILLEGAL);
    let reply = post(&world, "?method=alipay.trade.pay", format!("a={}", "x".repeat(1 << 20))).await.signed();
    assert!(reply.object["sub_msg"].as_str().is_some_and(|said| said.contains("1 MiB")), "{}", reply.text);
}

#[tokio::test]
async fn other_ways_to_ask_are_refused_with_200_all_the_same() {
    let world = world().await;
    let (query, _) = Request::plain(&world).at(Place::Query).written();
    for method in [reqwest::Method::PUT, reqwest::Method::DELETE, reqwest::Method::OPTIONS] {
        let request = http().request(method.clone(), format!("{}/gateway.do?{query}", world.origin));
        let reply = Reply::read(Answer::of(request).await).signed();
        assert!(reply.object["sub_msg"].as_str().is_some_and(|said| said.contains("GET or POST")), "{method}");
    }
    let request = http().post(format!("{}/gateway.do?{query}", world.origin));
    let request = request.header("Content-Type", "application/json").body("{}");
    assert_eq!(Reply::read(Answer::of(request).await).signed().result(), ILLEGAL);
}

#[tokio::test]
async fn values_may_be_gbk_if_that_is_declared_or_utf8_whatever_is_declared() {
    let world = world().await;
    let shop = super::trades_shop::Shop::of(&world);
    let logon = |terms: &mut mithaq_domain::AgreementTerms| terms.external_no = Some("会员01".to_owned());
    shop.agreement_with(&crate::support::SARA, None, logon).await;
    let content = json!({
        "external_agreement_no": "会员01", "personal_product_code": "GENERAL_WITHHOLDING_P",
        "sign_scene": "INDUSTRY|DIGITAL_MEDIA",
    });
    let request = || Request::new(&world, "alipay.user.agreement.query", &content);
    let gbk: Vec<u8> = content.to_string().split("会员").collect::<Vec<_>>().join("\u{1}\u{2}").into_bytes();
    let gbk: Vec<u8> = gbk
        .into_iter()
        .flat_map(|byte| match byte {
            1 => vec![0xBB, 0xE1],
            2 => vec![0xD4, 0xB1],
            other => vec![other],
        })
        .collect();
    for (request, result) in [
        (request(), "10000 Success"),
        (request().with("charset", "GBK"), "10000 Success"),
        (request().with("charset", "gbk").with("biz_content", &gbk), "10000 Success"),
        (request().with("charset", "GB2312").with("biz_content", &gbk), "10000 Success"),
        (request().with("biz_content", &gbk), "40002 isv.invalid-charset"),
        (request().with("charset", "gbk").with("biz_content", &gbk).with("extra", "会员"), "40002 isv.invalid-charset"),
        (request().with("charset", "latin1"), "40002 isv.invalid-charset"),
    ] {
        for place in [Place::Both, Place::Query, Place::Form] {
            let reply = request.clone().at(place).send(&world).await.signed();
            assert_eq!(reply.result(), result, "{place:?} {}", reply.text);
            if result.starts_with("10000") {
                assert_eq!(reply.object["external_agreement_no"], "会员01");
            }
        }
    }
}
