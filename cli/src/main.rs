//! The findings command.

fn main() -> std::process::ExitCode {
    findings_cli::run()
}
