//! `findings review DIR.findings`: the served page, requested by a program and by a browser.

#![allow(missing_docs)]
#![cfg(feature = "serve")]

mod common;

use std::io::{BufRead, BufReader};
use std::process::{Child, Command, Stdio};
use std::thread::sleep;
use std::time::{Duration, Instant};

use common::http::{Answer, ask};
use common::{RECIPE, Sandbox};
use serde_json::{Value, json};

/// A fictional letter with values in doubt: the area's name and values looked up by it, the letter's date, and the
/// inspection's last day.
const LETTER: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../corpus/focused-visit/orrisford-2025-09-30.pdf");

/// The values of the letter that are in doubt, in the order of the page: dates, then the provider.
const DOUBTS: [&str; 5] =
    ["/letter/date", "/inspection/end", "/provider/name", "/provider/ids", "/provider/region"];

/// A process that is killed at the end of its test.
struct Running(Child);

impl Drop for Running {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

/// A served collection.
struct Served {
    sandbox: Sandbox,
    child: Running,
    port: u16,
    /// `/TOKEN`.
    base: String,
}

impl Served {
    fn new() -> Self {
        let sandbox = Sandbox::new(&[("in/scones.txt", RECIPE), ("secret.txt", "nobody may read this")]);
        std::fs::copy(LETTER, sandbox.path().join("in/letter.pdf")).unwrap();
        sandbox.run("sync in --into all.findings");
        let mut child = Command::new(env!("CARGO_BIN_EXE_findings"))
            .args(["review", "all.findings", "--name", "Jo"])
            .current_dir(sandbox.path())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        let mut line = String::new();
        BufReader::new(child.stderr.take().unwrap()).read_line(&mut line).unwrap();
        let address = line.trim().strip_prefix("findings: open http://127.0.0.1:").expect(&line).to_owned();
        let (port, base) = address.trim_end_matches('/').split_once('/').unwrap();
        Self { port: port.parse().unwrap(), base: format!("/{base}"), sandbox, child: Running(child) }
    }

    fn get(&self, path: &str) -> Answer {
        ask(self.port, "GET", &format!("{}{path}", self.base), &[], None)
    }

    fn post(&self, path: &str, body: Value) -> Answer {
        ask(self.port, "POST", &format!("{}{path}", self.base), &[], Some(&body))
    }

    fn letter(&self) -> Value {
        let run = self.sandbox.run("export all.findings --format ndjson");
        run.lines().into_iter().find(|r| r.get("error").is_none()).expect(&run.err)
    }

    fn digest(&self) -> String {
        self.letter()["document"]["sha256"].as_str().unwrap().to_owned()
    }

    fn say(&self, pointer: &str, said: &str, value: Option<&str>) -> Answer {
        let saying =
            json!({"digest": self.digest(), "pointer": pointer, "said": said, "at": pointer, "value": value});
        self.post("/answer", saying)
    }
}

#[test]
fn nothing_is_given_to_others_and_nothing_but_the_collection() {
    let served = Served::new();
    let first = served.get("/");
    assert_eq!(first.status, 303);
    let document = format!("/document/{}", served.digest());
    assert!(first.head.contains(&format!("location: {}{document}#d0", served.base)), "{}", first.head);
    let page = served.get(&document);
    assert!(page.status == 200 && page.text().contains("To look at <span>(5)"), "{}", page.text());
    let doubt = "title=\"/inspection/end\"><b>Last day</b><strong>3 September 2025</strong><span>";
    assert!(page.text().contains(doubt), "the entry shows the value: {}", page.text());
    assert!(page.text().contains("<strong class=\"none\">no value</strong>"), "{}", page.text());
    assert!(page.text().contains("1 gave no record (see All documents)"), "{}", page.text());
    let list = served.get("/documents").text();
    let (failed, letter) = (list.find("<b>in/scones.txt</b> no record: "), list.find("in/letter.pdf</a>"));
    assert!(failed.is_some() && failed < letter && list.contains("(unknown-format)</li>"), "{list}");
    for header in [
        "content-security-policy: default-src 'none'",
        "referrer-policy: no-referrer",
        "cache-control: no-store",
    ] {
        assert!(page.head.contains(header), "{}", page.head);
    }
    assert!(!page.head.contains("access-control"), "{}", page.head);
    assert!(served.get(&format!("{document}/page/1")).body.starts_with(b"\x89PNG"));
    assert_eq!(served.get(&format!("{document}/page/99")).status, 404);

    let wrong = format!("/{}{document}", "0".repeat(32));
    for path in [wrong.as_str(), "/", "/page.js", &document] {
        let answer = ask(served.port, "GET", path, &[], None);
        assert_eq!((answer.status, answer.text().as_str()), (404, ""), "{path}");
    }
    for path in [
        "/../../secret.txt",
        "/document/..%2f..%2fsecret.txt",
        "/document/%2e%2e/page/1",
        "/document/../../secret.txt",
    ] {
        let answer = served.get(path);
        assert!(answer.status >= 400 && !answer.text().contains("nobody may"), "{path}: {}", answer.status);
    }
    let here = format!("{}{document}", served.base);
    for foreign in ["Host: example.org", "Host: 127.0.0.1", "Origin: http://example.org", "Origin: null"] {
        let answer = ask(served.port, "GET", &here, &[foreign], None);
        assert_eq!((answer.status, answer.text().as_str()), (403, ""), "{foreign}");
    }
}

#[test]
fn what_a_person_says_is_in_every_export_and_becomes_a_label() {
    let served = Served::new();
    let refused = served.say("/inspection/end", "correct", Some("3 September"));
    assert_eq!(refused.status, 422);
    assert!(refused.json()["fault"].as_str().unwrap().contains("The schema expects"), "{}", refused.text());
    assert_eq!(served.say("/format/id", "withhold", None).status, 422);
    assert_eq!(served.sandbox.run("gold from all.findings -o labels").code, 1, "nothing was answered");

    assert_eq!(served.say("/inspection/end", "correct", Some("2025-09-04")).status, 200);
    assert_eq!(served.say("/letter/date", "withhold", None).status, 200);
    assert_eq!(served.post("/undo", json!({})).json()["pointer"], "/letter/date");
    assert_eq!(served.say("/letter/date", "accept", None).status, 200);
    assert_eq!(served.say("/provider/name", "accept", None).status, 200);
    assert_eq!(served.say("/provider/ids", "accept", None).status, 200);
    assert_eq!(served.sandbox.run("gold from all.findings -o labels").code, 1, "one is open");
    assert_eq!(served.say("/provider/region", "accept", None).status, 200);

    let letter = served.letter();
    assert_eq!(letter["inspection"]["end"], "2025-09-04");
    assert_eq!(letter["evidence"]["/inspection/end"]["status"], "corrected");
    assert_eq!(letter["letter"]["date"], "2025-09-30");
    served.sandbox.run("export all.findings -o all.ndjson");
    assert_eq!(served.sandbox.run("validate all.ndjson --strict").code, 0);
    served.sandbox.run("export all.findings -o doubts.csv --table doubts");
    let doubts = served.sandbox.read("doubts.csv");
    let statuses: Vec<&str> = doubts
        .lines()
        .skip(1)
        .filter_map(|l| {
            ["corrected", "accepted", "open"].into_iter().find(|s| l.split(',').any(|cell| cell == *s))
        })
        .collect();
    assert_eq!(statuses.len(), DOUBTS.len(), "{doubts}");
    assert!(!statuses.contains(&"open") && statuses.contains(&"corrected"), "{doubts}");

    // Reading everything again must not lose the answers.
    assert!(served.sandbox.run("sync in --into all.findings --all").err.contains("2 read"));
    assert_eq!(served.letter(), letter);
    let gold = served.sandbox.run("gold from all.findings -o labels");
    assert_eq!(gold.code, 0, "{}", gold.err);
    let label: Value = serde_json::from_str(&served.sandbox.read("labels/letter.label.json")).unwrap();
    assert_eq!(label["inspection_end"], "2025-09-04");
    let score = served.sandbox.run("score --gold labels in --format json");
    assert!(
        score.out.contains("2025-09-04") && score.out.contains("2025-09-03"),
        "{}{}",
        score.out,
        score.err
    );
    assert_eq!(served.sandbox.run("score --gold labels all.ndjson").code, 0);
}

#[test]
#[cfg(unix)]
fn ctrl_c_ends_it() {
    let mut served = Served::new();
    let interrupted = Command::new("kill").args(["-INT", &served.child.0.id().to_string()]).status().unwrap();
    assert!(interrupted.success());
    let since = Instant::now();
    let status = loop {
        if let Some(status) = served.child.0.try_wait().unwrap() {
            break status;
        }
        assert!(since.elapsed() < Duration::from_secs(10), "it goes on");
        sleep(Duration::from_millis(20));
    };
    assert_eq!(status.code(), Some(0));
}

/// A browser controlled through WebDriver.
struct Browser {
    _driver: Running,
    _profile: tempfile::TempDir,
    port: u16,
    session: String,
}

impl Browser {
    fn new() -> Self {
        let free = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
        let port = free.local_addr().unwrap().port();
        drop(free);
        let driver = Command::new("chromedriver").arg(format!("--port={port}")).stdout(Stdio::null()).spawn();
        let driver = Running(driver.expect("chromedriver, of the package chromium-driver"));
        let since = Instant::now();
        while std::net::TcpStream::connect(("127.0.0.1", port)).is_err() {
            assert!(since.elapsed() < Duration::from_secs(20), "chromedriver does not answer");
            sleep(Duration::from_millis(50));
        }
        let profile = tempfile::tempdir().unwrap();
        let flags = [
            "--headless",
            "--no-sandbox",
            "--disable-gpu",
            "--disable-quic",
            "--no-first-run",
            "--disable-background-networking",
            "--disable-component-update",
            "--disable-sync",
            "--window-size=1400,900",
        ];
        let mut flags: Vec<String> = flags.map(str::to_owned).to_vec();
        flags.push(format!("--user-data-dir={}", profile.path().display()));
        let wanted = json!({"capabilities": {"alwaysMatch": {"goog:chromeOptions": {"args": flags}}}});
        let begun = ask(port, "POST", "/session", &[], Some(&wanted)).json();
        let session = begun["value"]["sessionId"].as_str().unwrap_or_else(|| panic!("{begun}")).to_owned();
        Self { _driver: driver, _profile: profile, port, session }
    }

    fn tell(&self, what: &str, body: &Value) -> Value {
        let answer = ask(self.port, "POST", &format!("/session/{}/{what}", self.session), &[], Some(body));
        assert_eq!(answer.status, 200, "{what}: {}", answer.text());
        answer.json()["value"].clone()
    }

    fn open(&self, url: &str) {
        self.tell("url", &json!({ "url": url }));
    }

    fn eval(&self, script: &str) -> Value {
        self.tell("execute/sync", &json!({ "script": format!("return {script}"), "args": [] }))
    }

    /// Presses keys one after the other, wherever the focus is.
    fn press(&self, keys: &str) {
        let all = keys
            .chars()
            .flat_map(|k| ["keyDown", "keyUp"].map(|t| json!({"type": t, "value": k.to_string()})));
        let keyboard = json!({"type": "key", "id": "keyboard", "actions": all.collect::<Vec<_>>()});
        self.tell("actions", &json!({ "actions": [keyboard] }));
    }

    /// Drags the mouse from one corner of a box to the other, in pixels of the window.
    fn drag(&self, [left, top, right, bottom]: [f64; 4]) {
        let to =
            |x: f64, y: f64| json!({"type": "pointerMove", "duration": 50, "x": x.round(), "y": y.round()});
        let steps = json!([
            to(left, top), {"type": "pointerDown", "button": 0}, to((left + right) / 2.0, bottom),
            to(right, bottom), {"type": "pointerUp", "button": 0}
        ]);
        let mouse = json!({"type": "pointer", "id": "mouse", "actions": steps});
        self.tell("actions", &json!({ "actions": [mouse] }));
    }

    /// Waits until a condition is true on the page.
    fn wait(&self, condition: &str) {
        let since = Instant::now();
        while self.eval(condition) != json!(true) {
            assert!(
                since.elapsed() < Duration::from_secs(20),
                "never: {condition}; the page says {}",
                self.eval("document.body.innerText.slice(0, 1500)")
            );
            sleep(Duration::from_millis(50));
        }
    }

    fn chosen(&self) -> String {
        self.eval("(document.querySelector('[aria-current]') || {}).title || ''").as_str().unwrap().to_owned()
    }
}

impl Drop for Browser {
    fn drop(&mut self) {
        // The browser does not end with its driver, so end its session.
        let _ = ask(self.port, "DELETE", &format!("/session/{}", self.session), &[], None);
    }
}

#[test]
#[ignore = "needs a browser: the packages chromium and chromium-driver"]
fn words_are_quoted_by_drawing_a_frame_over_them() {
    const ENTER: &str = "\u{e007}";
    let (served, browser) = (Served::new(), Browser::new());
    let read = served.letter();
    // "… on 2" ends a line, and "and 3 September 2025" begins the next, which is the part quoted.
    let stands = &read["evidence"]["/inspection/end"]["spans"][1];
    browser.open(&format!("http://127.0.0.1:{}{}/document/{}", served.port, served.base, served.digest()));
    browser.wait(&left(DOUBTS.len()));
    browser.wait("document.querySelector('.linked img').naturalWidth > 0");
    browser.eval("findings.choose(findings.doubts().find(f => f.title === '/inspection/end'), false, true)");
    browser.press("c");
    browser.wait("!document.querySelector('#correction').hidden");

    // Where nothing is printed, there is nothing to quote.
    let corner = browser.eval("(p => { const b = p.getBoundingClientRect(); return [b.left, b.top]; })(document.querySelector('#p1 svg'))");
    let (x, y) = (corner[0].as_f64().unwrap(), corner[1].as_f64().unwrap());
    browser.drag([x + 2.0, y + 2.0, x + 12.0, y + 12.0]);
    browser.wait("document.querySelector('#fault').textContent.includes('No words')");

    let box_of = "(e => { const r = document.querySelectorAll(`#pages rect[data-e=\"${e}\"]`)[1]; \
                  r.scrollIntoView({block: 'center', behavior: 'instant'}); const b = r.getBoundingClientRect(); \
                  return [b.left, b.top, b.right, b.bottom]; })(findings.chosen().dataset.e)";
    let corners: Vec<f64> =
        browser.eval(box_of).as_array().unwrap().iter().filter_map(Value::as_f64).collect();
    browser.drag(corners.try_into().unwrap());
    browser.wait("document.querySelector('#quoted q') !== null");
    let quote = browser.eval("document.querySelector('#quoted q').textContent");
    assert!(quote.as_str().unwrap().contains("September 2025"), "{quote}");
    // The form already contains the day that is printed there.
    let typed = browser.eval("document.querySelector('#typed input').value");
    assert_eq!(typed, read["inspection"]["end"], "{quote}");
    browser.eval("document.activeElement.select()");
    browser.press("2025-09-04");
    browser.press(ENTER);
    browser.wait(&left(DOUBTS.len() - 1));

    let corrected = served.letter();
    assert_eq!(corrected["inspection"]["end"], "2025-09-04");
    let entry = &corrected["evidence"]["/inspection/end"];
    assert_eq!((&entry["status"], &entry["quote"]), (&json!("corrected"), &quote));
    assert_eq!(entry["spans"].as_array().map(Vec::len), Some(1));
    let (marked, side) = (&entry["spans"][0], |span: &Value, i: usize| span["bbox"][i].as_f64().unwrap());
    assert_eq!(marked["page"], stands["page"]);
    assert!((0..4).all(|i| (side(marked, i) - side(stands, i)).abs() < 6.0), "{marked} {stands}");
}

/// A condition: the page is completely loaded, and `n` doubts are open.
fn left(n: usize) -> String {
    format!(
        "document.readyState === 'complete' && document.querySelectorAll('.group.doubts .field').length === {n}"
    )
}

#[test]
#[ignore = "needs a browser: the packages chromium and chromium-driver"]
fn a_person_goes_through_doubts_by_keyboard() {
    const ENTER: &str = "\u{e007}";
    let served = Served::new();
    let browser = Browser::new();
    browser.open(&format!("http://127.0.0.1:{}{}/", served.port, served.base));
    browser.wait(&left(DOUBTS.len()));
    browser.wait("document.querySelector('.linked img').naturalWidth > 0");
    let first = browser.chosen();
    browser.press("n");
    assert_ne!(browser.chosen(), first);
    browser.press("p");
    assert_eq!(browser.chosen(), first);

    // One doubt after the other: the last day is corrected, all others are accepted.
    for (at, left_then) in DOUBTS.into_iter().zip((0..DOUBTS.len()).rev()) {
        assert_eq!(browser.chosen(), at);
        if at == "/inspection/end" {
            browser.press("c");
            browser.wait("!document.querySelector('#correction').hidden");
            browser.press("soon");
            browser.press(ENTER);
            browser.wait("document.querySelector('#fault').textContent.includes('The schema expects')");
            browser.eval("document.activeElement.select()");
            browser.press("2025-09-04");
            browser.press(ENTER);
        } else {
            browser.press("a");
        }
        if left_then == 0 {
            browser.wait("location.pathname.endsWith('/documents')");
        } else {
            browser.wait(&left(left_then));
            browser.wait("document.querySelector('.group.doubts [aria-current]') !== null");
        }
    }
    assert_eq!(served.letter()["inspection"]["end"], "2025-09-04");

    browser.open(&format!("http://127.0.0.1:{}{}/document/{}", served.port, served.base, served.digest()));
    browser.wait(&left(0));
    browser.press("u");
    browser.wait(&left(1));
    let again = browser.chosen();
    browser.press("a");
    browser.wait("location.pathname.endsWith('/documents')");
    browser.open(&format!("http://127.0.0.1:{}{}/document/{}", served.port, served.base, served.digest()));
    browser.wait(&left(0));
    let answered = browser.eval("[...document.querySelectorAll('.group.answered .field')].map(f => f.title)");
    assert!(answered.as_array().unwrap().contains(&json!(again)), "{answered}");

    served.sandbox.run("export all.findings -o all.ndjson");
    let letter = served.letter();
    assert_eq!(letter["inspection"]["end"], "2025-09-04");
    assert!(
        letter["diagnostics"].as_array().unwrap().iter().any(|d| d["code"] == "corrected"),
        "{}",
        letter["diagnostics"]
    );

    browser.open(&format!("http://127.0.0.1:{}/{}/documents", served.port, "0".repeat(32)));
    let shown = browser.eval("document.body.innerText");
    assert!(
        shown.as_str().unwrap().contains("404") && !shown.as_str().unwrap().contains("letter"),
        "{shown}"
    );
}
