//! `findings serve`: answers, refusals, and that nothing is lost under load.

#![allow(missing_docs)]
#![cfg(target_os = "linux")]

mod common;

use std::io::{BufRead, BufReader, Write};
use std::net::TcpStream;
use std::process::{Child, Command, Stdio};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;
use std::time::{Duration, Instant};

use common::http::{Answer, ask, send};
use common::{RECIPE, REPORT, Sandbox};
use rustix::process::{Pid, Signal, kill_process};
use serde_json::{Value, json};

struct Server {
    child: Child,
    port: u16,
}

impl Server {
    fn start(sandbox: &Sandbox, args: &str) -> Self {
        let mut child = Command::new(env!("CARGO_BIN_EXE_findings"))
            .args(["serve", "--listen", "127.0.0.1:0"])
            .args(args.split_whitespace())
            .current_dir(sandbox.path())
            .env("FINDINGS_TRUST_FILE", sandbox.path().join("trusted.json"))
            .env("XDG_DATA_HOME", sandbox.path().join("data"))
            .env_remove("FINDINGS_PLUGIN_DIR")
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        let mut line = String::new();
        BufReader::new(child.stderr.take().unwrap()).read_line(&mut line).unwrap();
        let port =
            line.split_once("127.0.0.1:").and_then(|(_, rest)| rest.split_once(' ')).map(|(port, _)| port);
        Self { child, port: port.and_then(|p| p.parse().ok()).unwrap_or_else(|| panic!("{line}")) }
    }

    fn read(&self, name: &str, document: &[u8]) -> Answer {
        send(self.port, "POST", &format!("/v1/records?name={name}"), &[], Some(document))
    }

    fn get(&self, path: &str) -> Answer {
        ask(self.port, "GET", path, &[], None)
    }

    /// Memory of the server and of all its workers, in megabytes.
    fn memory(&self) -> u64 {
        let own = resident(self.child.id());
        let children = std::fs::read_dir("/proc")
            .unwrap()
            .flatten()
            .filter_map(|e| e.file_name().to_str()?.parse().ok());
        own + children.filter(|pid| parent(*pid) == Some(self.child.id())).map(resident).sum::<u64>()
    }
}

fn resident(pid: u32) -> u64 {
    let status = std::fs::read_to_string(format!("/proc/{pid}/status")).unwrap_or_default();
    let line = status.lines().find(|l| l.starts_with("VmRSS:"));
    line.and_then(|l| l.split_whitespace().nth(1)?.parse::<u64>().ok()).unwrap_or(0) >> 10
}

fn parent(pid: u32) -> Option<u32> {
    let status = std::fs::read_to_string(format!("/proc/{pid}/status")).ok()?;
    status.lines().find_map(|l| l.strip_prefix("PPid:"))?.trim().parse().ok()
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

fn fault(answer: &Answer) -> String {
    answer.json()["fault"].as_str().unwrap_or_else(|| panic!("{}", answer.text())).to_owned()
}

#[test]
fn a_document_gives_the_record_of_the_command() {
    let sandbox = Sandbox::new(&[("a.txt", REPORT)]);
    let server = Server::start(&sandbox, "");
    let answer = server.read("a.txt", REPORT.as_bytes());
    assert_eq!(answer.status, 200);
    assert_eq!(answer.text(), sandbox.run("extract a.txt --format ndjson").out.trim_end());
    let answer = server.read("b.txt", RECIPE.as_bytes());
    assert_eq!((answer.status, &answer.json()["error"]["code"]), (422, &"unknown-format".into()));
    assert_eq!(answer.json()["document"]["source"], "b.txt");
    assert!(answer.head.contains("x-content-type-options: nosniff"), "{}", answer.head);
}

#[test]
fn records_are_held_against_their_schema() {
    let sandbox = Sandbox::new(&[]);
    let server = Server::start(&sandbox, "");
    let mut record = server.read("a.txt", REPORT.as_bytes()).json();
    let check = |record: &Value, query: &str| {
        ask(server.port, "POST", &format!("/v1/validate{query}"), &[], Some(record))
    };
    assert_eq!(check(&record, "?strict=true").json(), json!({ "valid": true, "problems": [] }));
    record["diagnostics"] =
        json!([{ "severity": "info", "code": "tired", "path": null, "message": "", "page": null }]);
    assert_eq!(check(&record, "").json()["valid"], true);
    assert_eq!(check(&record, "?strict=true").json()["valid"], false);
    record["regulator"] = json!(7);
    let problems = check(&record, "").json()["problems"].to_string();
    assert!(problems.contains("/regulator: expected a string, found 7"), "{problems}");
    let answer = send(server.port, "POST", "/v1/validate", &[], Some(b"no"));
    assert_eq!((answer.status, fault(&answer).contains("not valid JSON")), (400, true));
}

#[test]
fn pages_elsewhere_and_large_bodies_are_refused() {
    let sandbox = Sandbox::new(&[]);
    let server = Server::start(&sandbox, "--max-mb 1");
    let refused =
        |headers: &[&str]| send(server.port, "POST", "/v1/records", headers, Some(REPORT.as_bytes())).status;
    assert_eq!(refused(&["Origin: http://example.org"]), 403);
    assert_eq!(refused(&["Host: example.org"]), 403);
    assert_eq!(refused(&[]), 200);
    let large = vec![b'a'; (1 << 20) + 1];
    assert_eq!(server.read("a.txt", &large).status, 413);
    // The same without a stated length.
    let mut stream = TcpStream::connect(("127.0.0.1", server.port)).unwrap();
    let head = format!(
        "POST /v1/records HTTP/1.1\r\nHost: 127.0.0.1:{}\r\nTransfer-Encoding: chunked\r\n\r\n",
        server.port
    );
    stream.write_all(head.as_bytes()).unwrap();
    let _ =
        stream.write_all(format!("{:x}\r\n", large.len()).as_bytes()).and_then(|()| stream.write_all(&large));
    let mut line = String::new();
    BufReader::new(stream).read_line(&mut line).unwrap();
    assert!(line.contains("413"), "{line}");
    assert_eq!(server.get("/nothing").status, 404);
    assert_eq!(server.get("/v1/records").status, 405);
}

#[test]
fn who_would_wait_too_long_is_told_so_at_once() {
    let sandbox = Sandbox::new(&[]);
    let server = Server::start(&sandbox, "--jobs 1 --queue 1");
    // Two clients that never send what they announced occupy both places.
    let slow: Vec<TcpStream> = (0..2)
        .map(|_| {
            let mut stream = TcpStream::connect(("127.0.0.1", server.port)).unwrap();
            let head = format!(
                "POST /v1/records HTTP/1.1\r\nHost: 127.0.0.1:{}\r\nContent-Length: 9\r\n\r\n",
                server.port
            );
            stream.write_all(head.as_bytes()).unwrap();
            stream
        })
        .collect();
    let started = Instant::now();
    while server.get("/health").json()["waiting"] != 2 {
        assert!(started.elapsed() < Duration::from_secs(10), "{}", server.get("/health").text());
    }
    let answer = server.read("a.txt", REPORT.as_bytes());
    assert_eq!(answer.status, 429);
    assert!(answer.head.contains("retry-after: 1"), "{}", answer.head);
    drop(slow);
    let started = Instant::now();
    while server.read("a.txt", REPORT.as_bytes()).status != 200 {
        assert!(started.elapsed() < Duration::from_secs(10), "their places are not free again");
    }
}

#[test]
fn what_would_eat_memory_or_kills_its_worker_costs_nothing_else() {
    let sandbox = Sandbox::new(&[]);
    let server = Server::start(&sandbox, "--jobs 1 --memory-mb 512");
    // Some 60 MB of words would take gigabytes, so their size is estimated first.
    let greedy = "Inspection of children’s services, some words. ".repeat((60 << 20) / 49);
    let answer = server.read("greedy.txt", greedy.as_bytes());
    assert_eq!(answer.json()["error"]["code"], "too-large", "{}", answer.text());
    assert_eq!(server.read("a.txt", REPORT.as_bytes()).status, 200);
    // A small file that takes more memory than a worker has.
    let answer = server.read("hungry.pdf", &common::hungry_pdf());
    let error = &answer.json()["error"];
    assert_eq!(error["code"], "too-large", "{}", answer.text());
    assert!(
        error["message"].as_str().is_some_and(|m| m.contains("more memory than the limit of 512 MB")),
        "{error}"
    );
    assert_eq!(server.read("a.txt", REPORT.as_bytes()).status, 200);
    // A worker killed from outside is replaced, and the document tried once more.
    let worker = std::fs::read_dir("/proc")
        .unwrap()
        .flatten()
        .filter_map(|e| e.file_name().to_str()?.parse().ok())
        .find(|pid| parent(*pid) == Some(server.child.id()))
        .expect("an idle worker");
    kill_process(Pid::from_raw(worker as i32).unwrap(), Signal::KILL).unwrap();
    assert_eq!(server.read("a.txt", REPORT.as_bytes()).status, 200);
}

/// Everything that the service's description promises must be true, and it must give no answer that is not described.
#[test]
fn the_description_is_true() {
    let sandbox = Sandbox::new(&[]);
    let server = Server::start(&sandbox, "--max-mb 1");
    let described = server.get("/openapi.json").json();
    assert_eq!(described, sandbox.run("serve --openapi").json());
    assert_eq!(described["openapi"], "3.1.0");
    let record = server.read("a.txt", REPORT.as_bytes()).text();
    let large = "a".repeat((1 << 20) + 1);
    let asked: [(&str, &str, &[&str], Option<&str>); 12] = [
        ("post", "/v1/records", &[], Some(REPORT)),
        ("post", "/v1/records", &[], Some(RECIPE)),
        ("post", "/v1/records", &[], Some("")),
        ("post", "/v1/records", &[], Some(&large)),
        ("post", "/v1/records", &["Host: elsewhere"], Some(REPORT)),
        ("post", "/v1/validate", &[], Some(&record)),
        ("post", "/v1/validate", &[], Some("{}")),
        ("post", "/v1/validate", &[], Some("no")),
        ("get", "/v1/formats", &[], None),
        ("get", "/health", &[], None),
        ("get", "/health", &["Origin: null"], None),
        ("get", "/openapi.json", &[], None),
    ];
    let mut seen = std::collections::BTreeSet::new();
    for (method, path, headers, body) in asked {
        let answer = send(server.port, &method.to_uppercase(), path, headers, body.map(str::as_bytes));
        let told = &described["paths"][path][method]["responses"][answer.status.to_string()];
        let schema = told["content"]["application/json"]["schema"]["$ref"].as_str();
        let schema = schema.unwrap_or_else(|| panic!("{method} {path}: {} is not described", answer.status));
        let schema = described.pointer(&schema[1..]).unwrap();
        let valid = jsonschema::validator_for(schema).unwrap();
        let faults: Vec<_> = valid.iter_errors(&answer.json()).map(|e| e.to_string()).collect();
        assert!(faults.is_empty(), "{method} {path} {}: {faults:?}", answer.status);
        assert!(answer.head.to_lowercase().contains("content-type: application/json"));
        seen.insert((path, method));
    }
    let described: Vec<_> = described["paths"].as_object().unwrap().iter().collect();
    let described =
        described.iter().flat_map(|(p, ms)| ms.as_object().unwrap().keys().map(|m| (p.as_str(), m.as_str())));
    assert_eq!(described.collect::<std::collections::BTreeSet<_>>(), seen);
}

#[test]
fn a_signal_ends_it_after_what_is_at_hand() {
    for signal in [Signal::INT, Signal::TERM] {
        let sandbox = Sandbox::new(&[]);
        let mut server = Server::start(&sandbox, "");
        assert_eq!(server.read("a.txt", REPORT.as_bytes()).status, 200);
        kill_process(Pid::from_child(&server.child), signal).unwrap();
        assert_eq!(server.child.wait().unwrap().code(), Some(0));
    }
}

/// Sends documents from several clients at once, including bad ones.
fn load(server: &Server, until: impl Fn(usize) -> bool + Sync) -> [usize; 4] {
    let (asked, read, none, refused) =
        (AtomicUsize::new(0), AtomicUsize::new(0), AtomicUsize::new(0), AtomicUsize::new(0));
    let pdf = std::fs::read(concat!(
        env!("CARGO_MANIFEST_DIR"),
        "/../corpus/focused-visit/wexcombe-2022-11-18.pdf"
    ))
    .unwrap();
    let cut = &pdf[..pdf.len() / 3];
    let documents: [(&[u8], u16); 5] =
        [(REPORT.as_bytes(), 200), (&pdf, 200), (cut, 0), (RECIPE.as_bytes(), 422), (b"\0\x01\x02", 422)];
    thread::scope(|scope| {
        for _ in 0..8 {
            scope.spawn(|| {
                loop {
                    let n = asked.fetch_add(1, Ordering::Relaxed);
                    if until(n) {
                        break;
                    }
                    let (document, expected) = documents[n % documents.len()];
                    // A client that is refused tries again.
                    let status = loop {
                        match server.read("x", document).status {
                            429 => refused.fetch_add(1, Ordering::Relaxed),
                            status => break status,
                        };
                        thread::sleep(Duration::from_millis(20));
                    };
                    match status {
                        status if expected != 0 && status != expected => {
                            panic!("{status} in place of {expected}")
                        }
                        200 => read.fetch_add(1, Ordering::Relaxed),
                        422 => none.fetch_add(1, Ordering::Relaxed),
                        other => panic!("{other}"),
                    };
                }
            });
        }
    });
    let asked = asked.into_inner() - 8;
    [asked, read.into_inner(), none.into_inner(), refused.into_inner()]
}

#[test]
fn nothing_is_lost_among_many() {
    let sandbox = Sandbox::new(&[]);
    let server = Server::start(&sandbox, "--jobs 2 --queue 3");
    let [asked, read, none, refused] = load(&server, |n| n >= 200);
    assert_eq!([asked, read + none], [200, 200]);
    assert!(read >= 80 && none >= 80 && refused > 0, "{read} read, {none} gave none, {refused} refused");
    assert_eq!(server.get("/health").json()["reading"], 0);
}

/// `cargo test -p findings-cli --test service -- --ignored --nocapture measure_ten_minutes`; MINUTES says how many.
#[test]
#[ignore = "takes ten minutes"]
fn measure_ten_minutes_of_load() {
    let minutes: u64 = std::env::var("MINUTES").ok().and_then(|m| m.parse().ok()).unwrap_or(10);
    let sandbox = Sandbox::new(&[]);
    let server = Server::start(&sandbox, "--jobs 2 --queue 3");
    load(&server, |n| n >= 300);
    let (before, end) = (server.memory(), Instant::now() + Duration::from_secs(60 * minutes));
    let [asked, read, none, refused] = load(&server, |_| Instant::now() >= end);
    let after = server.memory();
    println!(
        "{asked} asked in {minutes} min: {read} read, {none} gave none, {refused} refused; {before} MB before, {after} MB after"
    );
    assert_eq!(asked, read + none);
    assert!(after < before + 100, "{before} MB, then {after} MB");
}
