//! `findings serve`: a service that reads documents, over HTTP.

use std::net::{Ipv4Addr, SocketAddr};

use super::{print, usage};
use crate::Exit;
use crate::apart::Apart;
use crate::error::Refusal;
use crate::serve::api::{self, Service};
use crate::serve::openapi;
use crate::settings::Settings;

/// Run an HTTP service: a document in, its record out
#[derive(clap::Args)]
#[command(after_help = EXAMPLES)]
pub(crate) struct Args {
    /// Address and port to listen on; by default, only this machine can connect
    #[arg(long, value_name = "ADDRESS:PORT", default_value_t = SocketAddr::from((Ipv4Addr::LOCALHOST, 8484)))]
    listen: SocketAddr,
    /// How many documents may wait while others are read; more are refused (429) before they are sent
    #[arg(long, value_name = "N", default_value_t = 8)]
    queue: u16,
    /// Memory limit for each document in megabytes: each is read in a process of its own
    #[arg(long, value_name = "MB", default_value_t = 2048, value_parser = clap::value_parser!(u64).range(512..1 << 20))]
    memory_mb: u64,
    /// Print the OpenAPI description of the service and exit
    #[arg(long)]
    openapi: bool,
    #[command(flatten)]
    settings: Settings,
}

const EXAMPLES: &str = "\
Examples:
  findings serve                                                  http://127.0.0.1:8484, for this machine alone
  curl --data-binary @letter.pdf 'localhost:8484/v1/records?name=letter.pdf'
  curl --data-binary @record.json localhost:8484/v1/validate      what is wrong with it
  curl localhost:8484/v1/formats; curl localhost:8484/health
  findings serve --openapi > openapi.json
  findings serve --listen 0.0.0.0:80 --queue 32                   for everyone who can reach this machine: put a proxy that
                                                                  checks access in front of it

A record is as `findings extract` prints it; a document that gives none is answered with status 422 and its error. Nothing
is stored, and nothing is fetched from a network. --max-mb limits a body, --timeout and --memory-mb the reading of a
document. After Ctrl-C or SIGTERM, requests in progress are finished.";

pub(crate) fn run(args: &Args) -> Exit {
    if args.openapi {
        return print(&format!("{:#}\n", openapi::document()));
    }
    if !args.listen.ip().is_loopback() {
        eprintln!("findings: anyone who can reach {} can have documents read", args.listen);
    }
    let ready = |address: &str| eprintln!("findings: listening on {address} (Ctrl-C stops it)");
    match service(args).and_then(|service| api::serve(service, args.listen, ready)) {
        Ok(()) => Exit::Done,
        Err(message) => usage(message),
    }
}

fn service(args: &Args) -> Result<Service, Refusal> {
    Ok(Service {
        apart: Apart::new(&args.settings, args.memory_mb << 20)?,
        formats: args.settings.formats()?,
        rules: [args.settings.rules(false)?, args.settings.rules(true)?],
        max_bytes: args.settings.max_bytes() as usize,
        jobs: args.settings.jobs(),
        queue: args.queue.into(),
    })
}
