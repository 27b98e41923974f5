//! The bars themselves: indicatif's, or, in a build without `shell`, none that is drawn.

#[cfg(feature = "shell")]
mod drawn {
    use indicatif::{ProgressDrawTarget, ProgressStyle};

    pub(in crate::progress) use indicatif::{MultiProgress as Bars, ProgressBar as Bar};

    /// Where bars are drawn, if they are.
    pub(in crate::progress) fn bars(drawn: bool) -> Bars {
        let target = if drawn { ProgressDrawTarget::stderr() } else { ProgressDrawTarget::hidden() };
        Bars::with_draw_target(target)
    }

    /// A bar of a length that looks as a template says.
    pub(in crate::progress) fn bar(length: u64, template: &str) -> Bar {
        Bar::new(length).with_style(style(template))
    }

    /// A bar that is drawn once it is added to others; its length is 0.
    pub(in crate::progress) fn hidden(template: &str) -> Bar {
        let bar = Bar::hidden().with_style(style(template));
        bar.set_length(0);
        bar
    }

    fn style(template: &str) -> ProgressStyle {
        ProgressStyle::with_template(template).unwrap_or_else(|_| ProgressStyle::default_bar())
    }
}

#[cfg(feature = "shell")]
pub(super) use drawn::{Bar, Bars, bar, bars, hidden};

#[cfg(not(feature = "shell"))]
mod counted {
    use std::sync::Arc;
    use std::sync::atomic::{AtomicU64, Ordering};

    /// Bars that nobody sees.
    #[derive(Debug, Clone)]
    pub(in crate::progress) struct Bars;

    /// How far something is.
    #[derive(Debug, Clone, Default)]
    pub(in crate::progress) struct Bar(Arc<(AtomicU64, AtomicU64)>);

    pub(in crate::progress) fn bars(_drawn: bool) -> Bars {
        Bars
    }

    pub(in crate::progress) fn bar(length: u64, _template: &str) -> Bar {
        let bar = Bar::default();
        bar.inc_length(length);
        bar
    }

    pub(in crate::progress) fn hidden(_template: &str) -> Bar {
        Bar::default()
    }

    impl Bars {
        pub(in crate::progress) fn add(&self, bar: Bar) -> Bar {
            bar
        }

        pub(in crate::progress) fn suspend<T>(&self, say: impl FnOnce() -> T) -> T {
            say()
        }
    }

    impl Bar {
        pub(in crate::progress) fn hidden() -> Bar {
            Bar::default()
        }

        pub(in crate::progress) fn inc(&self, by: u64) {
            self.0.0.fetch_add(by, Ordering::Relaxed);
        }

        pub(in crate::progress) fn inc_length(&self, by: u64) {
            self.0.1.fetch_add(by, Ordering::Relaxed);
        }

        pub(in crate::progress) fn position(&self) -> u64 {
            self.0.0.load(Ordering::Relaxed)
        }

        pub(in crate::progress) fn length(&self) -> Option<u64> {
            Some(self.0.1.load(Ordering::Relaxed))
        }

        pub(in crate::progress) fn set_message(&self, _message: String) {}

        pub(in crate::progress) fn finish_and_clear(&self) {}
    }
}

#[cfg(not(feature = "shell"))]
pub(super) use counted::{Bar, Bars, bar, bars, hidden};
