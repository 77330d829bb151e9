//! Parses Retry-After into the format of the vectors.

use std::time::SystemTime;

use chrono::{DateTime, SecondsFormat, Utc};
use serde_json::{json, Value};

pub fn parse_retry_after(header: Option<&str>) -> Value {
    let Some(header) = header else {
        return Value::Null;
    };
    if header.bytes().all(|each| each.is_ascii_digit()) {
        return header
            .parse::<u64>()
            .map_or(Value::Null, |seconds| json!({"seconds": seconds}));
    }
    match httpdate::parse_http_date(header) {
        Err(_) => Value::Null,
        Ok(until) if until <= SystemTime::now() => json!({"seconds": 0}),
        Ok(until) => {
            let until = DateTime::<Utc>::from(until).to_rfc3339_opts(SecondsFormat::Secs, true);
            json!({"until": until})
        }
    }
}
