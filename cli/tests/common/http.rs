//! A minimal HTTP client for tests: one request for each connection.

use std::io::{Read, Write};
use std::net::TcpStream;
use std::time::Duration;

use serde_json::Value;

/// What a server answered.
pub struct Answer {
    pub status: u16,
    pub head: String,
    pub body: Vec<u8>,
}

impl Answer {
    pub fn text(&self) -> String {
        String::from_utf8_lossy(&self.body).into_owned()
    }

    pub fn json(&self) -> Value {
        serde_json::from_slice(&self.body).unwrap_or_else(|e| panic!("{e}: {}", self.text()))
    }
}

/// Sends a request to a server on this machine. `headers` are complete lines; if there is no `Host` among them, the
/// correct one is sent.
pub fn ask(port: u16, method: &str, path: &str, headers: &[&str], body: Option<&Value>) -> Answer {
    let json = body.map(Value::to_string);
    let headers = [headers, if json.is_some() { &["Content-Type: application/json"] } else { &[] }].concat();
    send(port, method, path, &headers, json.as_deref().map(str::as_bytes))
}

/// Like [`ask`], with any body.
pub fn send(port: u16, method: &str, path: &str, headers: &[&str], body: Option<&[u8]>) -> Answer {
    let mut stream = TcpStream::connect(("127.0.0.1", port)).unwrap();
    stream.set_read_timeout(Some(Duration::from_secs(60))).unwrap();
    let mut request = format!("{method} {path} HTTP/1.1\r\nConnection: close\r\n");
    if !headers.iter().any(|h| h.starts_with("Host:")) {
        request.push_str(&format!("Host: 127.0.0.1:{port}\r\n"));
    }
    headers.iter().for_each(|h| request.push_str(&format!("{h}\r\n")));
    if let Some(body) = body {
        request.push_str(&format!("Content-Length: {}\r\n", body.len()));
    }
    request.push_str("\r\n");
    stream.write_all(request.as_bytes()).unwrap();
    // A server that refuses a body because of its length does not read it.
    let _ = stream.write_all(body.unwrap_or_default());
    answer(&mut stream)
}

fn answer(stream: &mut TcpStream) -> Answer {
    let mut all = Vec::new();
    let mut part = [0; 16384];
    loop {
        let end = all.windows(4).position(|w| w == b"\r\n\r\n");
        let head = end.map(|end| String::from_utf8_lossy(&all[..end]).into_owned());
        // The server may keep the connection open after the announced length.
        let whole =
            head.as_deref().and_then(length).zip(end).is_some_and(|(n, end)| all.len() >= end + 4 + n);
        let read = if whole { 0 } else { stream.read(&mut part).unwrap() };
        if read == 0 {
            let (head, end) = (head.expect("a head"), end.expect("a head") + 4);
            let status = head.split(' ').nth(1).and_then(|s| s.parse().ok()).expect("a status");
            return Answer { status, head, body: all[end..].to_vec() };
        }
        all.extend_from_slice(&part[..read]);
    }
}

fn length(head: &str) -> Option<usize> {
    let line = head.lines().find(|l| l.to_ascii_lowercase().starts_with("content-length:"))?;
    line.split(':').nth(1)?.trim().parse().ok()
}
