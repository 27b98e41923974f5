//! Admission of requests, and security headers of answers: the same for the `review` page and for the service.

use axum::http::{HeaderMap, HeaderName, HeaderValue, header};

/// Whether a request is meant for this server. If its host is another name, a foreign page has made its own name
/// resolve to this machine (DNS rebinding); if its origin differs, it comes from a foreign page. `hosts` are the
/// server's names; `None` if it may be called anything.
pub(super) fn admits(headers: &HeaderMap, hosts: Option<&[String]>) -> bool {
    let host = headers.get(header::HOST).and_then(|v| v.to_str().ok());
    let is_ours = host.is_some_and(|host| hosts.is_none_or(|hosts| hosts.iter().any(|ours| ours == host)));
    let same = |origin: &HeaderValue| {
        let origin =
            origin.to_str().ok().and_then(|o| o.strip_prefix("http://").or(o.strip_prefix("https://")));
        origin.is_some() && origin == host
    };
    is_ours && headers.get(header::ORIGIN).is_none_or(same)
}

/// Tells a browser to load nothing from elsewhere, to show this in no other page, and to cache nothing.
pub(super) fn harden(headers: &mut HeaderMap) {
    const HEADERS: [(HeaderName, &str); 5] = [
        (
            header::CONTENT_SECURITY_POLICY,
            "default-src 'none'; img-src 'self'; style-src 'self'; script-src 'self'; connect-src 'self'; base-uri 'none'; \
             form-action 'none'; frame-ancestors 'none'",
        ),
        (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
        (header::X_FRAME_OPTIONS, "DENY"),
        (header::REFERRER_POLICY, "no-referrer"),
        (HeaderName::from_static("cross-origin-resource-policy"), "same-origin"),
    ];
    for (name, value) in HEADERS {
        headers.insert(name, HeaderValue::from_static(value));
    }
    headers.entry(header::CACHE_CONTROL).or_insert(HeaderValue::from_static("no-store"));
}

#[cfg(test)]
mod tests {
    use super::*;

    fn admitted(hosts: Option<&[String]>, host: &str, origin: Option<&str>) -> bool {
        let mut headers = HeaderMap::new();
        headers.insert(header::HOST, host.parse().unwrap());
        headers.extend(origin.map(|o| (header::ORIGIN, o.parse().unwrap())));
        admits(&headers, hosts)
    }

    #[test]
    fn pages_elsewhere_are_kept_out() {
        let hosts = ["127.0.0.1:80".to_owned(), "localhost:80".to_owned()];
        let ours = Some(&hosts[..]);
        assert!(admitted(ours, "localhost:80", None));
        assert!(admitted(ours, "localhost:80", Some("http://localhost:80")));
        assert!(!admitted(ours, "localhost:80", Some("http://127.0.0.1:80")));
        assert!(!admitted(ours, "localhost:80", Some("http://example.org")));
        assert!(!admitted(ours, "localhost:80", Some("null")));
        assert!(!admitted(ours, "evil.example:80", None));
        // If the server may be called anything, foreign pages are still kept out.
        assert!(admitted(None, "findings.example", None));
        assert!(admitted(None, "findings.example", Some("https://findings.example")));
        assert!(!admitted(None, "findings.example", Some("https://example.org")));
    }
}
