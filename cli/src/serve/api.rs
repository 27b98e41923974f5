//! `findings serve`: reads documents into records, over HTTP.
//!
//! Nothing is stored, and nothing is fetched. A request that would have to wait too long is refused before its body is
//! read, so memory is bounded by the bodies of waiting requests. Each document is read in a worker with its own limits.

use std::future::IntoFuture;
use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use axum::body::{Body, Bytes, to_bytes};
use axum::extract::{Query, Request, State};
use axum::http::{HeaderValue, StatusCode, header};
use axum::middleware::{Next, from_fn_with_state};
use axum::response::{IntoResponse, Json, Response};
use axum::routing::{get, post};
use findings_core::pipeline::TOOL;
use serde::Deserialize;
use serde_json::{Value, json};
use tokio::net::TcpListener;
use tokio::sync::{OwnedSemaphorePermit, Semaphore};
use tokio::time::timeout;

use super::{guard, openapi};
use crate::apart::Apart;
use crate::error::Refusal;
use crate::input::Input;
use crate::library::{Rules, is_error};

/// The time limit for receiving a body, and for finishing requests in progress at shutdown.
const PATIENCE: Duration = Duration::from_secs(30);

/// The service's configuration.
pub(crate) struct Service {
    pub(crate) apart: Apart,
    pub(crate) formats: Value,
    /// The rules for validating records; the second also check codes against the code lists.
    pub(crate) rules: [Rules; 2],
    /// The largest body, in bytes.
    pub(crate) max_bytes: usize,
    /// How many documents are read at a time, and how many more may wait.
    pub(crate) jobs: usize,
    pub(crate) queue: usize,
}

struct Served {
    service: Service,
    /// One permit for each request that is read or waiting, and one for each that is read.
    places: Arc<Semaphore>,
    reading: Semaphore,
    /// The names by which clients address this server, if only this machine may.
    hosts: Option<[String; 2]>,
}

type Shared = State<Arc<Served>>;

/// Serves until SIGINT or SIGTERM, then finishes requests in progress. `ready` receives the address.
pub(crate) fn serve(service: Service, at: SocketAddr, ready: impl FnOnce(&str)) -> Result<(), Refusal> {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build();
    let runtime = runtime.map_err(|e| e.to_string())?;
    let served = runtime.block_on(async {
        let listener = TcpListener::bind(at).await?;
        let here = listener.local_addr()?;
        let hosts = here.ip().is_loopback().then(|| [here.to_string(), format!("localhost:{}", here.port())]);
        let stop = Stop::listen()?;
        ready(&format!("http://{here}"));
        let (places, reading) = (service.jobs + service.queue, Semaphore::new(service.jobs));
        let served = Arc::new(Served { service, places: Arc::new(Semaphore::new(places)), reading, hosts });
        let (end, ended) = tokio::sync::oneshot::channel::<()>();
        let server = axum::serve(listener, routes(served)).with_graceful_shutdown(async {
            let _ = ended.await;
        });
        let server = tokio::spawn(server.into_future());
        stop.come().await;
        let _ = end.send(());
        // Don't wait for idle connections.
        match timeout(PATIENCE, server).await {
            Ok(done) => done.map_err(std::io::Error::other)?,
            Err(_) => Ok(()),
        }
    });
    runtime.shutdown_background();
    Ok(served.map_err(|e| format!("{at} can't be served: {e}"))?)
}

/// The signals that end the service.
#[cfg(unix)]
struct Stop(tokio::signal::unix::Signal, tokio::signal::unix::Signal);

#[cfg(unix)]
impl Stop {
    fn listen() -> std::io::Result<Self> {
        use tokio::signal::unix::{SignalKind, signal};
        Ok(Self(signal(SignalKind::interrupt())?, signal(SignalKind::terminate())?))
    }

    async fn come(mut self) {
        tokio::select! {
            _ = self.0.recv() => {}
            _ = self.1.recv() => {}
        }
    }
}

#[cfg(not(unix))]
struct Stop;

#[cfg(not(unix))]
impl Stop {
    fn listen() -> std::io::Result<Self> {
        Ok(Self)
    }

    async fn come(self) {
        let _ = tokio::signal::ctrl_c().await;
    }
}

fn routes(served: Arc<Served>) -> Router {
    openapi::ROUTES
        .iter()
        .fold(Router::new(), |router, route| {
            router.route(
                route.path,
                match route.path {
                    "/v1/records" => post(records),
                    "/v1/validate" => post(validate),
                    "/v1/formats" => get(formats),
                    "/health" => get(health),
                    _ => get(|| async { Json(openapi::document()) }),
                },
            )
        })
        .fallback(|| async {
            fault(StatusCode::NOT_FOUND, "there is nothing here; GET /openapi.json describes the service")
        })
        .layer(from_fn_with_state(served.clone(), admit))
        .with_state(served)
}

async fn admit(State(served): Shared, request: Request, next: Next) -> Response {
    let hosts = served.hosts.as_ref().map(|hosts| &hosts[..]);
    let mut response = if guard::admits(request.headers(), hosts) {
        next.run(request).await
    } else {
        fault(
            StatusCode::FORBIDDEN,
            "the request comes from a page of another site, or its Host is not a name of this server",
        )
    };
    guard::harden(response.headers_mut());
    response
}

fn fault(status: StatusCode, why: &str) -> Response {
    (status, Json(json!({ "fault": why }))).into_response()
}

/// A received body, with the permit that it holds as long as it exists.
struct Taken {
    bytes: Bytes,
    _place: OwnedSemaphorePermit,
}

/// Receives a body, if there is a free place. If it declares itself too large, it is not read at all.
async fn take(served: &Served, request: Request) -> Result<Taken, Response> {
    let max = served.service.max_bytes;
    let too_large = || {
        fault(
            StatusCode::PAYLOAD_TOO_LARGE,
            &format!("the body is larger than the limit of {} MB (--max-mb)", max >> 20),
        )
    };
    let said =
        request.headers().get(header::CONTENT_LENGTH).and_then(|l| l.to_str().ok()?.parse::<usize>().ok());
    if said.is_some_and(|said| said > max) {
        return Err(too_large());
    }
    let Ok(place) = served.places.clone().try_acquire_owned() else {
        let mut response =
            fault(StatusCode::TOO_MANY_REQUESTS, "too many documents are waiting; try again later");
        response.headers_mut().insert(header::RETRY_AFTER, HeaderValue::from_static("1"));
        return Err(response);
    };
    match timeout(PATIENCE, to_bytes(request.into_body(), max)).await {
        Ok(Ok(bytes)) => Ok(Taken { bytes, _place: place }),
        Ok(Err(_)) => Err(too_large()),
        Err(_) => Err(fault(StatusCode::REQUEST_TIMEOUT, "the body did not arrive in time")),
    }
}

#[derive(Deserialize)]
struct Named {
    name: Option<String>,
}

async fn records(
    State(served): Shared,
    Query(named): Query<Named>,
    request: Request,
) -> Result<Response, Response> {
    let Taken { bytes, _place } = take(&served, request).await?;
    let name = named.name.unwrap_or_else(|| "document".into());
    // The semaphore is never closed.
    let _reading = served.reading.acquire().await;
    let work = {
        let served = served.clone();
        move || served.service.apart.read(&Input::in_memory(&name, &bytes[..])).swap_remove(0)
    };
    let outcome = tokio::task::spawn_blocking(work).await;
    let outcome = outcome
        .map_err(|_| fault(StatusCode::INTERNAL_SERVER_ERROR, "a bug in findings; please report it"))?;
    let status = if is_error(&outcome) { StatusCode::UNPROCESSABLE_ENTITY } else { StatusCode::OK };
    Ok((status, [(header::CONTENT_TYPE, "application/json")], Body::from(outcome)).into_response())
}

#[derive(Deserialize)]
struct Strictly {
    strict: Option<String>,
}

async fn validate(
    State(served): Shared,
    Query(how): Query<Strictly>,
    request: Request,
) -> Result<Response, Response> {
    let strict = how.strict.is_some_and(|s| s == "true");
    let taken = take(&served, request).await?;
    let _reading = served.reading.acquire().await;
    let work = {
        let served = served.clone();
        move || {
            let record: Value = serde_json::from_slice(&taken.bytes).map_err(|e| e.to_string())?;
            let problems = served.service.rules[usize::from(strict)].problems(&record);
            Ok::<_, String>(problems.iter().map(ToString::to_string).collect::<Vec<_>>())
        }
    };
    match tokio::task::spawn_blocking(work).await {
        Ok(Ok(problems)) => {
            Ok(Json(json!({ "valid": problems.is_empty(), "problems": problems })).into_response())
        }
        Ok(Err(why)) => Err(fault(StatusCode::BAD_REQUEST, &format!("the body is not valid JSON: {why}"))),
        Err(_) => Err(fault(StatusCode::INTERNAL_SERVER_ERROR, "a bug in findings; please report it")),
    }
}

async fn formats(State(served): Shared) -> Json<Value> {
    Json(served.service.formats.clone())
}

async fn health(State(served): Shared) -> Json<Value> {
    let Service { jobs, queue, .. } = served.service;
    let reading = jobs - served.reading.available_permits();
    let taken = jobs + queue - served.places.available_permits();
    Json(
        json!({ "status": "ok", "tool": TOOL, "reading": reading, "waiting": taken.saturating_sub(reading) }),
    )
}
