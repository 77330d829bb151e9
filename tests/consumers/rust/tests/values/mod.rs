//! Compares generated models with the values that a vector expects. Rust has no names at run time,
//! so a model is converted back to JSON, and the variants of open enums are listed by hand.

use chrono::{DateTime, FixedOffset};
use serde_json::{json, Value};
use wire::models::Conference;

pub fn check(conference: &Conference, expect: &Value) -> Result<(), String> {
    let held = json!(conference);
    for (path, wanted) in expect["values"].as_object().expect("an object") {
        check_at(conference, &held, path, wanted).map_err(|wrong| format!("{path}: {wrong}"))?;
    }
    Ok(())
}

fn check_at(
    conference: &Conference,
    held: &Value,
    path: &str,
    wanted: &Value,
) -> Result<(), String> {
    let found = held.pointer(&format!("/{}", path.replace('.', "/")));
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
        "constant" => {
            let variant = format!("{}({})", plain(&wanted["enum"]), plain(&wanted["constant"]));
            *value == wanted["value"] && variant_at(conference, path) == variant
        }
        "kept-value" => {
            let value_as = if value.is_string() {
                "String"
            } else {
                "Integer"
            };
            *value == wanted["value"] && variant_at(conference, path).starts_with(value_as)
        }
        _ => false,
    };
    right
        .then_some(())
        .ok_or(format!("got {value}, want {wanted}"))
}

/// The variant of an open enum as `Debug` prints it, for example `VideoQuality(P720)`.
fn variant_at(conference: &Conference, path: &str) -> String {
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
