//! A client for one operation, on top of the generated client: it classifies failed responses.

mod retry_after;

use std::sync::{Arc, Mutex};

use async_trait::async_trait;
use reqwest::{redirect::Policy, Request, Response};
use reqwest_middleware::{ClientBuilder, Middleware, Next};
use serde_json::Value;
use wire::apis::{conferences_api::get_video_conference, configuration::Configuration, Error};
use wire::models::{Conference, ErrorEntry, ErrorList, ErrorMessage};

pub use retry_after::parse_retry_after;

/// A response that is not a conference.
#[derive(Debug, Default)]
pub struct Failure {
    pub kind: &'static str,
    pub status: u16,
    pub text: Option<String>,
    pub entries: Vec<ErrorEntry>,
    pub retry_after: Option<String>,
    pub request_id: Option<String>,
}

/// Return a conference. If `include_active_session` is `None`, it is not sent.
pub async fn get_conference(
    server: &str,
    credentials: (&str, &str),
    id: &str,
    include_active_session: Option<bool>,
) -> Result<Conference, Failure> {
    let head = Arc::new(Mutex::new(Head::default()));
    let http = reqwest::Client::builder()
        // Following a redirect could send the credentials to another host.
        .redirect(Policy::none())
        .no_proxy()
        .build()
        .expect("a client without TLS");
    let configuration = Configuration {
        base_path: server.to_owned(),
        basic_auth: Some((credentials.0.to_owned(), Some(credentials.1.to_owned()))),
        client: ClientBuilder::new(http)
            .with(RecordHead(head.clone()))
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
    if let Error::ResponseError(response) = error {
        // An undocumented status can have the same kind of body.
        let body = serde_json::from_str::<Value>(&response.content).unwrap_or_default();
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

/// The parts of a response that the generated client does not expose.
#[derive(Default)]
struct Head {
    status: u16,
    retry_after: Option<String>,
    request_id: Option<String>,
}

struct RecordHead(Arc<Mutex<Head>>);

#[async_trait]
impl Middleware for RecordHead {
    async fn handle(
        &self,
        request: Request,
        extensions: &mut http::Extensions,
        next: Next<'_>,
    ) -> reqwest_middleware::Result<Response> {
        let response = next.run(request, extensions).await?;
        let header = |name| {
            response
                .headers()
                .get(name)?
                .to_str()
                .ok()
                .map(str::to_owned)
        };
        *self.0.lock().expect("no thread has failed") = Head {
            status: response.status().as_u16(),
            retry_after: header("Retry-After"),
            request_id: header("X-Request-Id"),
        };
        Ok(response)
    }
}
