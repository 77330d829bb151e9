//! Runs every vector of the contract through the generated client, against a running mock server.

mod values;

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::sync::{Arc, Mutex};

use contract_consumer::{get_conference, parse_retry_after, Failure};
use libtest_mimic::{Arguments, Failed, Trial};
use serde_json::{json, Value};

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
    let outcome = runtime.expect("a runtime").block_on(get_conference(
        &server,
        (text(&credentials["project"]), text(&credentials["token"])),
        text(&request["arguments"]["id"]),
        request["arguments"]["include_active_session"].as_bool(),
    ));
    let expect = &vector["expect"];
    match (outcome, expect.get("error")) {
        (Err(failed), Some(expected)) => same(as_expected(&failed), without_path(expected)),
        (Ok(conference), None) => values::check(&conference, expect),
        (Ok(_), Some(_)) => Err("got a conference, want an error".to_owned()),
        (Err(failed), None) => Err(format!("{failed:?}")),
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
