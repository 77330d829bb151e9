//! Runs every vector of the contract through the generated client, against a running mock server.

mod values;

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::sync::{Arc, Mutex};

use contract_consumer::{connect, failure, in_utc, parse_retry_after, Exchange, Failure};
use libtest_mimic::{Arguments, Failed, Trial};
use reqwest::header::{HeaderMap, HeaderValue};
use serde::de::DeserializeOwned;
use serde_json::{json, Map, Value};
use wire::apis::conference_tokens_api::*;
use wire::apis::conferences_api::*;
use wire::apis::configuration::Configuration;
use wire::apis::streams_api::*;
use wire::models::{CreateConferenceRequest, UpdateConferenceRequest};

type Report = Arc<Mutex<BTreeMap<&'static str, Vec<String>>>>;

fn main() {
    let reasons = read("inexpressible.json");
    let files = fs::read_dir("contract/vectors").expect("the bundle is unpacked here");
    let vectors: Vec<Value> = files
        .map(|file| read(file.expect("a file").path().to_str().expect("a plain name")))
        .collect();
    let names: BTreeSet<&str> = vectors
        .iter()
        .filter_map(|each| each["name"].as_str())
        .collect();
    for listed in reasons.as_object().expect("an object").keys() {
        assert!(
            names.contains(listed.as_str()),
            "inexpressible.json lists {listed}, which is not a vector"
        );
    }

    let report = Report::default();
    let trials = vectors.iter().map(|vector| {
        let name = text(&vector["name"]).to_owned();
        let listed = reasons.get(&name).is_some();
        let (vector, report) = (vector.clone(), report.clone());
        Trial::test(name.clone(), move || {
            let outcome = match (run(&vector), listed) {
                (Ok(()), true) => Err("passes, but inexpressible.json lists it".to_owned()),
                (Err(_), true) => Ok("inexpressible"),
                (outcome, false) => outcome.map(|()| "passed"),
            };
            let kind = *outcome.as_ref().unwrap_or(&"failed");
            report
                .lock()
                .expect("no test panics")
                .entry(kind)
                .or_default()
                .push(name);
            outcome.map(drop).map_err(Failed::from)
        })
    });
    let conclusion = libtest_mimic::run(&Arguments::from_args(), trials.collect());
    let written = json!(*report.lock().expect("no test panics")).to_string();
    fs::write("report.json", written).expect("report.json is writable");
    conclusion.exit();
}

fn run(vector: &Value) -> Result<(), String> {
    let server = std::env::var("MOCK_SERVER").expect("set MOCK_SERVER to the server's address");
    let request = &vector["request"];
    let credentials = &request["credentials"];
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build();
    let prefer = format!("example={}", text(&vector["name"]));
    let mut headers = HeaderMap::new();
    headers.insert("Prefer", HeaderValue::try_from(prefer).expect("ASCII"));
    let credentials = (text(&credentials["project"]), text(&credentials["token"]));
    let (configuration, last) = connect(&server, credentials, headers);
    let outcome = runtime.expect("a runtime").block_on(call(
        &configuration,
        &last,
        text(&vector["operation"]),
        &request["arguments"],
        &request["fields"],
    ));
    let mut wanted = request.as_object().expect("an object").clone();
    for part in ["arguments", "fields", "credentials"] {
        wanted.remove(part);
    }
    same(sent(&last), Value::Object(wanted))?;
    let expect = &vector["expect"];
    match (outcome, expect.get("error")) {
        (Err(failed), Some(expected)) => same(as_expected(&failed), without_path(expected)),
        (Ok(result), None) => values::check(&result, expect),
        (Ok(result), Some(_)) => Err(format!("got {result}, want an error")),
        (Err(failed), None) => Err(format!("{failed:?}")),
    }
}

/// Calls the generated function of an operation; returns its result as JSON.
async fn call(
    to: &Configuration,
    last: &Mutex<Exchange>,
    operation: &str,
    arguments: &Value,
    fields: &Value,
) -> Result<Value, Failure> {
    macro_rules! result_of {
        ($call:expr) => {
            match $call.await {
                Ok(result) => Ok(json!(result)),
                Err(error) => Err(failure(error, last)),
            }
        };
    }
    macro_rules! in_utc {
        ($kind:ty) => {{
            let mut body: $kind = parsed(fields);
            body.join_from = body.join_from.map(in_utc);
            body.join_until = body.join_until.map(in_utc);
            body
        }};
    }
    let id = arguments["id"].as_str().unwrap_or_default();
    let session = parsed(&arguments["include_active_session"]);
    let (number, size) = (
        parsed(&arguments["page_number"]),
        parsed(&arguments["page_size"]),
    );
    let token = arguments["page_token"].as_str();
    let after = parsed::<Option<_>>(&arguments["starts_after"]).map(in_utc);
    let before = parsed::<Option<_>>(&arguments["ends_before"]).map(in_utc);
    match operation {
        "list_video_conferences" => result_of!(list_video_conferences(
            to, after, before, session, number, size, token
        )),
        "create_video_conference" => {
            result_of!(create_video_conference(
                to,
                in_utc!(CreateConferenceRequest)
            ))
        }
        "get_video_conference" => result_of!(get_video_conference(to, id, session)),
        "update_video_conference" => {
            result_of!(update_video_conference(
                to,
                id,
                in_utc!(UpdateConferenceRequest)
            ))
        }
        "delete_video_conference" => result_of!(delete_video_conference(to, id)),
        "list_conference_tokens" => {
            result_of!(list_conference_tokens(to, id, number, size, token))
        }
        "list_conference_streams" => result_of!(list_conference_streams(to, id)),
        "create_conference_stream" => {
            result_of!(create_conference_stream(to, id, parsed(fields)))
        }
        "get_conference_token" => result_of!(get_conference_token(to, id)),
        "reset_conference_token" => result_of!(reset_conference_token(to, id)),
        "get_stream" => result_of!(get_stream(to, id)),
        "update_stream" => result_of!(update_stream(to, id, parsed(fields))),
        "delete_stream" => result_of!(delete_stream(to, id)),
        _ => panic!("unknown operation: {operation}"),
    }
}

fn parsed<T: DeserializeOwned>(value: &Value) -> T {
    serde_json::from_value(value.clone()).expect("an argument of the generated type")
}

/// Returns the last request in the format of the vectors.
fn sent(last: &Mutex<Exchange>) -> Value {
    let exchange = last.lock().expect("no thread has failed");
    let (method, url, headers, body) = exchange.request.as_ref().expect("a request");
    let query: Map<String, Value> = url
        .query_pairs()
        .map(|(name, value)| (name.into_owned(), json!(without_zeros(&value))))
        .collect();
    let named = ["Authorization", "Accept", "Content-Type"];
    let headers: Map<String, Value> = named
        .iter()
        .filter_map(|name| {
            Some((
                (*name).to_owned(),
                json!(headers.get(*name)?.to_str().ok()?),
            ))
        })
        .collect();
    let mut found = json!({
        "method": method.as_str(), "path": url.path(), "query": query, "headers": headers,
    });
    if !body.is_empty() {
        let mut body: Map<String, Value> = serde_json::from_slice(body).expect("a JSON object");
        for value in body.values_mut() {
            if let Some(text) = value.as_str() {
                *value = json!(without_zeros(text));
            }
        }
        found["body"] = Value::Object(body);
    }
    found
}

/// Removes the trailing zeros of the fraction of a date-time.
fn without_zeros(text: &str) -> String {
    match text.strip_suffix('Z').filter(|each| each.contains('.')) {
        Some(rest) => format!("{}Z", rest.trim_end_matches('0').trim_end_matches('.')),
        None => text.to_owned(),
    }
}

fn as_expected(failed: &Failure) -> Value {
    let entries: Vec<Value> = failed
        .entries
        .iter()
        .map(|each| {
            json!({
                "type": each.r#type, "code": each.code, "message": each.message,
                "attribute": each.attribute.clone().flatten(), "url": each.url,
            })
        })
        .collect();
    json!({
        "kind": failed.kind,
        "status": failed.status,
        "message": failed.text,
        "entries": entries,
        "wait": parse_retry_after(failed.retry_after.as_deref()),
        "request_id": failed.request_id,
    })
}

/// The generated client reports the line and column of an invalid value, not its path.
fn without_path(expected: &Value) -> Value {
    let mut expected = expected.clone();
    expected.as_object_mut().expect("an object").remove("at");
    expected
}

fn same(found: Value, wanted: Value) -> Result<(), String> {
    if found == wanted {
        return Ok(());
    }
    Err(format!("got {found}, want {wanted}"))
}

fn read(path: &str) -> Value {
    let text = fs::read_to_string(path).expect("a file");
    serde_json::from_str(&text).expect("JSON")
}

fn text(value: &Value) -> &str {
    value.as_str().expect("a string")
}
