//! Compares generated models with the values that a vector expects. Rust has no names at run time,
//! so a model is converted back to JSON, and the variants of open enums are listed by hand.

use chrono::{DateTime, FixedOffset};
use serde_json::Value;
use wire::models::Conference;

pub fn check(held: &Value, expect: &Value) -> Result<(), String> {
    for (path, wanted) in expect["values"].as_object().expect("an object") {
        check_at(held, path, wanted).map_err(|wrong| format!("{path}: {wrong}"))?;
    }
    if expect["model"].is_null() != held.is_null() {
        return Err(format!("got {held}, want {}", expect["model"]));
    }
    Ok(())
}

fn check_at(held: &Value, path: &str, wanted: &Value) -> Result<(), String> {
    let pointer = path.replace(['.', '['], "/").replace(']', "");
    let found = held.pointer(&format!("/{pointer}"));
    let kind = wanted["kind"].as_str().expect("a kind");
    let Some(value) = found else {
        return (kind == "absent")
            .then_some(())
            .ok_or("is absent".to_owned());
    };
    let right = match kind {
        "null" => value.is_null(),
        "text" | "integer" | "boolean" | "uuid" | "object" => *value == wanted["value"],
        "instant" => instant(value).is_some() && instant(value) == instant(&wanted["value"]),
        "model" => value.is_object(),
        "list" => value.as_array().map(Vec::len) == wanted["length"].as_u64().map(|n| n as usize),
        "constant" => {
            let variant = format!("{}({})", plain(&wanted["enum"]), plain(&wanted["constant"]));
            *value == wanted["value"] && variant_at(held, path) == variant
        }
        "kept-value" => {
            let value_as = if value.is_string() {
                "String"
            } else {
                "Integer"
            };
            *value == wanted["value"] && variant_at(held, path).starts_with(value_as)
        }
        _ => false,
    };
    right
        .then_some(())
        .ok_or(format!("got {value}, want {wanted}"))
}

/// The variant of an open enum as `Debug` prints it, for example `VideoQuality(P720)`.
fn variant_at(held: &Value, path: &str) -> String {
    let (owner, path) = match path
        .strip_prefix("data[")
        .and_then(|each| each.split_once("]."))
    {
        Some((index, rest)) => (
            &held["data"][index.parse::<usize>().expect("an index")],
            rest,
        ),
        None => (held, path),
    };
    let conference: Conference =
        serde_json::from_value(owner.clone()).expect("only conferences have open enums");
    let session = conference
        .active_session
        .clone()
        .flatten()
        .unwrap_or_default();
    let shown = match path {
        "quality" => format!("{:?}", conference.quality),
        "layout" => format!("{:?}", conference.layout),
        "size" => conference
            .size
            .as_ref()
            .map(|each| format!("{each:?}"))
            .unwrap_or_default(),
        "active_session.fps" => format!("{:?}", session.fps.flatten().unwrap_or_default()),
        "active_session.quality" => format!("{:?}", session.quality.flatten().unwrap_or_default()),
        "active_session.status" => format!("{:?}", session.status.flatten().unwrap_or_default()),
        _ => String::new(),
    };
    shown
}

fn instant(value: &Value) -> Option<DateTime<FixedOffset>> {
    DateTime::parse_from_rfc3339(value.as_str()?).ok()
}

fn plain(value: &Value) -> &str {
    value.as_str().expect("a name")
}
