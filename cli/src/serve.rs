//! `findings review DIR.findings`: serves the page of a record to this machine only, and stores a person's answers.
//!
//! Everything requires a token that only the printed address contains. Files are found by the digest of a document in
//! the collection, never by a path in a request.

pub(crate) mod api;
mod correction;
mod guard;
pub(crate) mod openapi;
mod quote;
mod session;

use std::fmt::Write as _;
use std::io;
use std::net::{Ipv4Addr, SocketAddr};
use std::path::Path as FilePath;
use std::sync::Arc;

use axum::Router;
use axum::body::Body;
use axum::extract::{Json, Path, Request, State};
use axum::http::{StatusCode, header};
use axum::middleware::{Next, from_fn_with_state};
use axum::response::{IntoResponse, Redirect, Response};
use axum::routing::{get, post};
use serde_json::{Value, json};

use crate::collection::{self, Collection};
use crate::error::Refusal;
use crate::page::{self, Page, Review, Sheet};
use crate::worker::ProcessRunner;
use session::{AnswerRequest, Asked, Document, QuoteRequest, Session};

/// The state for answering requests.
struct Served {
    session: Session,
    runner: ProcessRunner,
    /// The prefix of all paths, with the token: `/4f…`.
    base: String,
    /// The names by which a browser addresses this server.
    hosts: [String; 2],
}

type Shared = State<Arc<Served>>;

/// Serves a collection until Ctrl-C. `ready` receives the address.
pub(crate) fn serve(
    path: &FilePath,
    port: u16,
    name: Option<String>,
    ready: impl FnOnce(&str),
) -> Result<(), Refusal> {
    let collection = Collection::open(path)?;
    let session = Session::new(collection, name).map_err(collection::Error::store(path))?;
    let runner = ProcessRunner::new()?;
    let base = format!("/{}", token()?);
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build();
    let runtime = runtime.map_err(|e| e.to_string())?;
    let served: io::Result<()> = runtime.block_on(async {
        // Reachable from this machine only.
        let listener = tokio::net::TcpListener::bind(SocketAddr::from((Ipv4Addr::LOCALHOST, port))).await?;
        let port = listener.local_addr()?.port();
        // Listen for Ctrl-C before the address is known to anybody.
        let stop = tokio::spawn(tokio::signal::ctrl_c());
        tokio::task::yield_now().await;
        let hosts = [format!("127.0.0.1:{port}"), format!("localhost:{port}")];
        ready(&format!("http://{}{base}/", hosts[0]));
        let routes = routes(Arc::new(Served { session, runner, base, hosts }));
        let server = tokio::spawn(async move { axum::serve(listener, routes).await });
        let stopped = stop.await.map_err(io::Error::other)?;
        server.abort();
        stopped
    });
    // Every answer is stored as soon as it is given, so there is nothing to wait for.
    runtime.shutdown_background();
    Ok(served.map_err(|e| format!("the page can't be served: {e}"))?)
}

/// 128 random bits as hexadecimal digits.
fn token() -> Result<String, Refusal> {
    let mut bits = [0u8; 16];
    getrandom::fill(&mut bits).map_err(|e| format!("this system provides no random numbers: {e}"))?;
    Ok(bits.iter().fold(String::new(), |mut digits, b| {
        // Writing to a String cannot fail.
        let _ = write!(digits, "{b:02x}");
        digits
    }))
}

fn routes(served: Arc<Served>) -> Router {
    let at = |path: &str| format!("{}{path}", served.base);
    Router::new()
        .route(&at("/"), get(first))
        .route(&at("/documents"), get(documents))
        .route(&at("/document/{digest}"), get(document))
        .route(&at("/document/{digest}/page/{page}"), get(picture))
        .route(&at("/page.css"), get(|| async { asset("text/css; charset=utf-8", page::STYLE) }))
        .route(&at("/page.js"), get(|| async { asset("text/javascript; charset=utf-8", page::SCRIPT) }))
        .route(
            &at("/review.js"),
            get(|| async { asset("text/javascript; charset=utf-8", page::REVIEW_SCRIPT) }),
        )
        .route(&at("/parts"), post(parts))
        .route(&at("/quote"), post(quoted))
        .route(&at("/answer"), post(answer))
        .route(&at("/undo"), post(undo))
        .fallback(|| async { StatusCode::NOT_FOUND })
        .layer(from_fn_with_state(served.clone(), guard))
        .with_state(served)
}

/// Admits only requests that a browser makes to this very address.
async fn guard(State(served): Shared, request: Request, next: Next) -> Response {
    if !guard::admits(request.headers(), Some(&served.hosts)) {
        return StatusCode::FORBIDDEN.into_response();
    }
    let mut response = next.run(request).await;
    guard::harden(response.headers_mut());
    response
}

fn asset(kind: &'static str, text: &'static str) -> Response {
    ([(header::CONTENT_TYPE, kind)], text).into_response()
}

fn html(text: String) -> Response {
    ([(header::CONTENT_TYPE, "text/html; charset=utf-8")], text).into_response()
}

async fn first(State(served): Shared) -> Redirect {
    let open = served.session.documents().into_iter().find(|d| d.open > 0);
    Redirect::to(&match open {
        Some(d) => format!("{}/document/{}#d0", served.base, d.digest),
        None => format!("{}/documents", served.base),
    })
}

async fn documents(State(served): Shared) -> Response {
    let documents = served.session.documents();
    let mut list = String::new();
    for d in &documents {
        // Writing to a String cannot fail.
        if let Some(error) = &d.error {
            let _ = writeln!(
                list,
                "<li class=\"failed\"><b>{}</b> no record: {} ({})</li>",
                page::escape(&d.name),
                page::escape(&error.message),
                error.code.as_str(),
            );
            continue;
        }
        let _ = writeln!(
            list,
            "<li><a href=\"{}/document/{}\">{}</a> {}</li>",
            served.base,
            d.digest,
            page::escape(&d.name),
            if d.all == 0 {
                "nothing in doubt".into()
            } else {
                format!("{} of {} to look at", d.open, d.all)
            },
        );
    }
    html(page::documents(&served.base, &progress(&documents), &list))
}

fn progress(documents: &[Document]) -> String {
    let (all, open) = documents.iter().fold((0, 0), |(all, open), d| (all + d.all, open + d.open));
    let left = documents.iter().filter(|d| d.open > 0).count();
    let answered = match open {
        0 => format!("all {all} doubts answered"),
        _ => format!("{} of {all} doubts answered, {left} documents left", all - open),
    };
    match documents.iter().filter(|d| d.error.is_some()).count() {
        0 => answered,
        failed => format!("{answered}, {failed} gave no record (see All documents)"),
    }
}

async fn document(State(served): Shared, Path(digest): Path<String>) -> Result<Response, StatusCode> {
    let record = served.session.record(&digest).ok_or(StatusCode::NOT_FOUND)?;
    let documents = served.session.documents();
    if record.get("error").is_some() {
        return Err(StatusCode::NOT_FOUND);
    }
    let here = documents.iter().position(|d| d.digest == digest).unwrap_or_default();
    // The next document with open doubts, after this one and then from the start.
    let others = documents.iter().skip(here + 1).chain(documents.iter().take(here));
    let next = others.into_iter().find(|d| d.open > 0).map(|d| d.digest.clone());
    let sheets = sheets(&served, &record, &digest);
    let review = Review { base: served.base.clone(), digest, next, progress: progress(&documents) };
    Ok(html(Page { record: &record, sheets: &sheets, review: Some(&review) }.html()))
}

fn sheets(served: &Served, record: &Value, digest: &str) -> Vec<Sheet> {
    let document = &record["document"];
    if document["text_layer"] == "plain-text" {
        return match served.session.bytes(digest) {
            Ok(bytes) => page::text_sheets(&bytes),
            Err(why) => vec![Sheet::Missing(why.to_string())],
        };
    }
    let pages = document["pages"].as_u64().unwrap_or(1);
    (1..=pages).map(|n| Sheet::Linked(format!("{}/document/{digest}/page/{n}", served.base))).collect()
}

/// A page as printed, drawn on request.
async fn picture(
    State(served): Shared,
    Path((digest, page)): Path<(String, usize)>,
) -> Result<Response, (StatusCode, String)> {
    let draw = move || {
        let bytes = served.session.bytes(&digest)?;
        Ok(page::picture(&bytes, page.saturating_sub(1), page::DPI, &served.runner)?)
    };
    let drawn: Result<_, session::Fault> =
        tokio::task::spawn_blocking(draw).await.unwrap_or_else(|e| Err(e.into()));
    let picture = drawn.map_err(|why| (StatusCode::NOT_FOUND, why.to_string()))?;
    let about =
        [(header::CONTENT_TYPE, "image/png"), (header::CACHE_CONTROL, "private, max-age=3600, immutable")];
    Ok((about, Body::from(picture.png)).into_response())
}

async fn parts(State(served): Shared, Json(asked): Json<Asked>) -> Response {
    respond(served.session.parts(&asked))
}

/// The words marked on a page. Opening the document takes time, so this runs beside other requests.
async fn quoted(State(served): Shared, Json(request): Json<QuoteRequest>) -> Response {
    let quote = move || served.session.quote(&request);
    respond(tokio::task::spawn_blocking(quote).await.unwrap_or_else(|e| Err(e.into())))
}

async fn answer(State(served): Shared, Json(request): Json<AnswerRequest>) -> Response {
    let record = move || served.session.record_answer(&request);
    respond(tokio::task::spawn_blocking(record).await.unwrap_or_else(|e| Err(e.into())))
}

async fn undo(State(served): Shared) -> Response {
    respond(served.session.undo())
}

fn respond(result: Result<Value, session::Fault>) -> Response {
    match result {
        Ok(value) => Json(value).into_response(),
        Err(fault) => {
            let fault = json!({ "fault": fault.to_string() });
            (StatusCode::UNPROCESSABLE_ENTITY, Json(fault)).into_response()
        }
    }
}
