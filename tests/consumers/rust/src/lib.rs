//! What a program adds to the generated client: settings, and errors that say what failed.

mod retry_after;

use std::sync::{Arc, Mutex};

use async_trait::async_trait;
use chrono::{DateTime, FixedOffset};
use reqwest::header::{HeaderMap, HeaderValue, ACCEPT};
use reqwest::{redirect::Policy, Method, Request, Response, Url};
use reqwest_middleware::{ClientBuilder, Middleware, Next};
use serde_json::Value;
use wire::apis::{configuration::Configuration, Error};
use wire::models::{ErrorEntry, ErrorList, ErrorMessage};

pub use retry_after::parse_retry_after;

/// A response that is not what the operation returns.
#[derive(Debug, Default)]
pub struct Failure {
    pub kind: &'static str,
    pub status: u16,
    pub text: Option<String>,
    pub entries: Vec<ErrorEntry>,
    pub retry_after: Option<String>,
    pub request_id: Option<String>,
}

/// Return what the generated functions need, and the last exchange that they will have had.
pub fn connect(
    server: &str,
    credentials: (&str, &str),
    mut headers: HeaderMap,
) -> (Configuration, Arc<Mutex<Exchange>>) {
    headers.insert(ACCEPT, HeaderValue::from_static("application/json"));
    let last = Arc::new(Mutex::new(Exchange::default()));
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
            .with(Record(headers, last.clone()))
            .build(),
        ..Configuration::default()
    };
    (configuration, last)
}

/// Convert a time of a request, which the generated code would send with its offset.
pub fn in_utc(time: DateTime<FixedOffset>) -> DateTime<FixedOffset> {
    time.to_utc().fixed_offset()
}

/// Classify an error of a generated function.
pub fn failure<T>(error: Error<T>, last: &Mutex<Exchange>) -> Failure {
    let head = last.lock().expect("no thread has failed");
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

/// A request, and the parts of its response that the generated client does not expose.
#[derive(Default)]
pub struct Exchange {
    pub request: Option<(Method, Url, HeaderMap, Vec<u8>)>,
    status: u16,
    retry_after: Option<String>,
    request_id: Option<String>,
}

struct Record(HeaderMap, Arc<Mutex<Exchange>>);

#[async_trait]
impl Middleware for Record {
    async fn handle(
        &self,
        mut request: Request,
        extensions: &mut http::Extensions,
        next: Next<'_>,
    ) -> reqwest_middleware::Result<Response> {
        request.headers_mut().extend(self.0.clone());
        let body = request.body().and_then(|each| each.as_bytes());
        let sent = (
            request.method().clone(),
            request.url().clone(),
            request.headers().clone(),
            body.unwrap_or_default().to_vec(),
        );
        let response = next.run(request, extensions).await?;
        let header = |name| {
            response
                .headers()
                .get(name)?
                .to_str()
                .ok()
                .map(str::to_owned)
        };
        *self.1.lock().expect("no thread has failed") = Exchange {
            request: Some(sent),
            status: response.status().as_u16(),
            retry_after: header("Retry-After"),
            request_id: header("X-Request-Id"),
        };
        Ok(response)
    }
}
