//! Real reports compared with manual labels, if available.

use findings_hiqa::FINDINGS_PLUGIN;
use findings_tests::plugins::Tested;

fn plugin() -> Tested {
    Tested::new(&FINDINGS_PLUGIN, "hiqa")
}

#[test]
#[ignore = "needs the real reports at ../shared"]
fn real_reports_are_read_as_labelled() {
    plugin().is_read_as_labelled(&plugin().real());
}

#[test]
#[ignore = "needs the real reports at ../shared"]
fn real_records_hold() {
    plugin().has_records_that_hold(&plugin().real());
}

#[test]
#[ignore = "needs the real reports at ../shared"]
fn real_reports_are_left_to_the_plugin() {
    plugin().claims(&plugin().real(), 0.9);
}

#[test]
fn documents_of_others_are_not_claimed() {
    plugin().leaves_others_alone();
}

/// `cargo test --release -p findings-hiqa --test gold -- --ignored --nocapture`
#[test]
#[ignore = "a measurement: run it with --release --nocapture"]
fn measure_the_round_trip_of_a_report() {
    for (path, _) in plugin().real().into_iter().chain(plugin().own(3)) {
        println!("{}", findings_tests::plugins::round_trip::measure(&FINDINGS_PLUGIN, &path));
    }
}
