//! A client of one operation over the generated one: it says what kind of failure an answer is.

mod retry_after;

use std::sync::{Arc, Mutex};

use async_trait::async_trait;
use reqwest::{redirect::Policy, Request, Response};
use reqwest_middleware::{ClientBuilder, Middleware, Next};
use serde_json::Value;
use wire::apis::{configuration::Configuration, video_api::get_video_conference, Error};
use wire::models::{Conference, ErrorEntry, ErrorList, ErrorMessage};

pub use retry_after::wait_of;

/// An answer that is no conference.
#[derive(Debug, Default)]
pub struct Failure {
    pub kind: &'static str,
    pub status: u16,
    pub text: Option<String>,
    pub entries: Vec<ErrorEntry>,
    pub retry_after: Option<String>,
    pub request_id: Option<String>,
}

/// Read a conference; without `include_active_session` that parameter is not sent.
pub async fn get_conference(
    server: &str,
    credentials: (&str, &str),
    id: &str,
    include_active_session: Option<bool>,
) -> Result<Conference, Failure> {
    let head = Arc::new(Mutex::new(Head::default()));
    let http = reqwest::Client::builder()
        // A redirect would take the credentials elsewhere.
        .redirect(Policy::none())
        .no_proxy()
        .build()
        .expect("a client without TLS");
    let configuration = Configuration {
        base_path: server.to_owned(),
        basic_auth: Some((credentials.0.to_owned(), Some(credentials.1.to_owned()))),
        client: ClientBuilder::new(http)
            .with(Remember(head.clone()))
            .build(),
        ..Configuration::default()
    };
    let outcome = get_video_conference(&configuration, id, include_active_session).await;
    outcome.map_err(|error| failure(error, &head.lock().expect("no thread has failed")))
}

fn failure<T>(error: Error<T>, head: &Head) -> Failure {
    let mut failed = Failure {
        kind: kind_of(head.status),
        status: head.status,
        request_id: head.request_id.clone(),
        ..Failure::default()
    };
    if failed.kind == "contract" {
        return failed;
    }
    failed.retry_after = head.retry_after.clone();
    if let Error::ResponseError(answer) = error {
        // A status that the contract does not name may come with the same body.
        let body = serde_json::from_str::<Value>(&answer.content).unwrap_or_default();
        let message = serde_json::from_value::<ErrorMessage>(body.clone());
        failed.text = message.ok().map(|each| each.error);
        let list = serde_json::from_value::<ErrorList>(body);
        failed.entries = list.map(|each| each.errors).unwrap_or_default();
    }
    failed
}

fn kind_of(status: u16) -> &'static str {
    match status {
        200..=299 => "contract",
        400 => "bad-request",
        401 => "authentication",
        403 => "permission",
        404 => "not-found",
        422 => "validation",
        429 => "rate-limit",
        500.. => "server",
        _ => "other",
    }
}

/// What the generated client keeps to itself of an answer.
#[derive(Default)]
struct Head {
    status: u16,
    retry_after: Option<String>,
    request_id: Option<String>,
}

struct Remember(Arc<Mutex<Head>>);

#[async_trait]
impl Middleware for Remember {
    async fn handle(
        &self,
        request: Request,
        extensions: &mut http::Extensions,
        next: Next<'_>,
    ) -> reqwest_middleware::Result<Response> {
        let answer = next.run(request, extensions).await?;
        let header = |name| answer.headers().get(name)?.to_str().ok().map(str::to_owned);
        *self.0.lock().expect("no thread has failed") = Head {
            status: answer.status().as_u16(),
            retry_after: header("Retry-After"),
            request_id: header("X-Request-Id"),
        };
        Ok(answer)
    }
}
