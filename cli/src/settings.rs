//! How documents are read: the options, and what they are resolved to.

use std::ffi::OsString;
use std::fs;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use clap::Parser;
use findings_core::pipeline::ReadOptions;
use findings_core::plugin::Foreign as _;
use findings_core::runner::Runner;
use findings_core::source::Limits;
use findings_host::private;
use serde_json::Value;

use crate::brought::Brought;
use crate::error::Error;
use crate::input::name::name_of;
use crate::ocr::OcrArgs;
use crate::plugins::PluginArgs;
use crate::worker::ProcessRunner;

/// How documents are read.
#[derive(Debug, clap::Args)]
pub struct Settings {
    /// How many documents to read at a time [default: one per processor; at most four per processor]
    #[arg(short, long, value_name = "N", value_parser = clap::value_parser!(u16).range(1..))]
    jobs: Option<u16>,
    /// Time limit for each document in seconds; recognising pages (OCR) is allowed extra time
    #[arg(long, value_name = "SECONDS", default_value_t = 120, value_parser = clap::value_parser!(u64).range(1..))]
    timeout: u64,
    /// Largest file to read, in megabytes
    #[arg(long, value_name = "MB", default_value_t = 64, value_parser = clap::value_parser!(u64).range(1..1 << 20))]
    max_mb: u64,
    /// Password for locked documents
    #[arg(long, value_name = "PASSWORD")]
    password: Option<String>,
    /// A file whose first line is the password: other users of the machine can see a command line
    #[arg(long, value_name = "FILE", conflicts_with = "password")]
    password_file: Option<PathBuf>,
    /// Give a record for each document in a file that holds several, such as a committee's pack [default: for the first]
    #[arg(long)]
    pub(crate) split: bool,
    #[command(flatten)]
    pub(crate) plugins: PluginArgs,
    #[command(flatten)]
    ocr: OcrArgs,
    /// Bytes of memory that a document may take, where each is read in a worker of its own.
    #[arg(skip)]
    pub(crate) apart: Option<u64>,
}

/// How many documents are read at a time: as many as asked for, but at most four for each processor, because reading
/// needs processors and memory and hardly waits. By default, one for each processor.
pub(crate) fn jobs(asked: Option<u16>) -> usize {
    const MOST: usize = 4;
    let processors = std::thread::available_parallelism().map_or(1, usize::from);
    asked.map_or(processors, |asked| usize::from(asked).min(processors * MOST))
}

/// The resolved settings and services for reading.
pub(crate) struct Means {
    pub(crate) options: ReadOptions,
    /// The formats of plugins and files, if there are any.
    brought: Option<Arc<Brought>>,
    /// Which plugins are not used, and why.
    pub(crate) refused: Vec<String>,
}

impl Means {
    /// The plugins and files that are used, with their versions.
    pub(crate) fn readers(&self) -> Vec<String> {
        let brought = self.brought.iter();
        let mut names: Vec<String> =
            brought.flat_map(|b| b.formats().into_iter().filter_map(|f| b.plugin_of(f.id))).collect();
        names.dedup();
        names
    }

    /// The schemas that plugins and files provide.
    pub(crate) fn schemas(&self) -> Vec<Value> {
        self.brought.as_ref().map(|b| b.schemas()).unwrap_or_default()
    }

    /// Which format files are not used, and why. Loads all of them.
    pub(crate) fn refused_files(&self) -> Vec<String> {
        self.brought.as_ref().map(|b| b.refused()).unwrap_or_default()
    }

    /// Like [`refused_files`](Self::refused_files), for the files loaded so far.
    pub(crate) fn refused_so_far(&self) -> Vec<String> {
        self.brought.as_ref().map(|b| b.refused_so_far()).unwrap_or_default()
    }
}

#[derive(Parser)]
#[command(no_binary_name = true, disable_help_flag = true)]
struct Alone {
    #[command(flatten)]
    settings: Settings,
    /// Megabytes of memory that a document may take, in a worker of its own
    #[arg(long, value_parser = clap::value_parser!(u64).range(512..1 << 20))]
    memory_mb: Option<u64>,
}

impl Settings {
    /// Settings from the command's own options (`--jobs=2`), for use without a command line.
    ///
    /// # Errors
    /// An unknown option, or an invalid value.
    pub fn of_options(options: impl IntoIterator<Item = OsString>) -> Result<Self, Error> {
        let alone = Alone::try_parse_from(options).map_err(|e| {
            let text = e.to_string();
            let first = text.split("\n\n").next().unwrap_or_default().trim_start_matches("error: ");
            Error::Option(first.split_whitespace().collect::<Vec<_>>().join(" "))
        })?;
        Ok(Settings { apart: alone.memory_mb.map(|mb| mb << 20), ..alone.settings })
    }

    /// How many documents are read at a time; capped at a useful number.
    pub(crate) fn jobs(&self) -> usize {
        jobs(self.jobs)
    }

    /// A message if fewer documents are read at a time than asked for.
    pub(crate) fn fewer_jobs(&self) -> Option<String> {
        let (asked, jobs) = (self.jobs?, self.jobs());
        (usize::from(asked) > jobs).then(|| {
            format!(
                "reading {jobs} documents at a time, not {asked}: more would be of no use on this machine"
            )
        })
    }

    /// The time limit for a document.
    pub(crate) fn timeout(&self) -> Duration {
        Duration::from_secs(self.timeout)
    }

    /// The size limit for a file, in bytes.
    pub(crate) fn max_bytes(&self) -> u64 {
        self.max_mb << 20
    }

    /// The same settings as options for [`Settings::of_options`], with paths in the form of names.
    pub(crate) fn as_options(&self) -> Vec<String> {
        let mut options = vec![format!("--timeout={}", self.timeout), format!("--max-mb={}", self.max_mb)];
        options.extend(self.jobs.map(|jobs| format!("--jobs={jobs}")));
        options.extend(self.password.as_ref().map(|word| format!("--password={word}")));
        options.extend(self.password_file.as_ref().map(|file| format!("--password-file={}", name_of(file))));
        options.extend(self.split.then(|| "--split".to_owned()));
        options.extend(self.plugins.as_options());
        options.extend(self.ocr.as_options());
        options
    }

    /// The folder of the OCR cache; created if missing.
    pub(crate) fn ocr_cache(&self) -> Option<PathBuf> {
        self.ocr.cache().filter(|folder| private::folder(folder).is_ok())
    }

    fn password(&self) -> Result<Option<String>, Error> {
        let Some(path) = &self.password_file else { return Ok(self.password.clone()) };
        let text = fs::read_to_string(path).map_err(|why| Error::Password { path: path.clone(), why })?;
        Ok(Some(text.lines().next().unwrap_or_default().to_owned()))
    }

    /// Finds plugins and sets up what reading needs.
    pub(crate) fn open(&self) -> Result<Means, Error> {
        let runner: Arc<dyn Runner> = Arc::new(ProcessRunner::new()?);
        let (plugins, refused) = self.plugins.open(runner.clone())?;
        let options = ReadOptions {
            limits: Limits { max_bytes: self.max_bytes() },
            runner: Some(runner),
            plugins: plugins.clone().map(|host| host as _),
            ocr: self.ocr.resolve(self.jobs()),
            progress: None,
            password: self.password()?,
            trace: false,
            uncalibrated: false,
        };
        Ok(Means { options, brought: plugins, refused })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(options: &[&str]) -> Result<Settings, Error> {
        Settings::of_options(options.iter().map(OsString::from))
    }

    #[test]
    fn settings_say_themselves() {
        let all = [
            "--jobs=2",
            "--timeout=7",
            "--max-mb=3",
            "--password=a b",
            "--split",
            "--plugin-dir=one",
            "--plugin-dir=t wo",
            "--plugin-timeout=9",
            "--no-plugins",
            "--ocr=never",
            "--ocr-cache=here",
        ];
        for options in [&all[..], &["--password-file=p", "--no-ocr-cache", "--ocr=always"], &[]] {
            let settings = of(options).unwrap();
            let again = Settings::of_options(settings.as_options().into_iter().map(OsString::from)).unwrap();
            assert_eq!(format!("{settings:?}"), format!("{again:?}"));
            assert!(
                options.iter().all(|o| settings.as_options().iter().any(|said| said == o)),
                "{options:?}"
            );
        }
    }

    #[test]
    fn options_that_make_no_sense_are_told_in_the_commands_words() {
        let settings = of(&["--jobs=2", "--timeout=7", "--split"]).unwrap();
        assert_eq!((settings.jobs(), settings.timeout().as_secs(), settings.split), (2, 7, true));
        let many = of(&["--jobs=9999"]).unwrap();
        assert_eq!(many.jobs(), 4 * of(&[]).unwrap().jobs());
        assert!(
            many.fewer_jobs().is_some_and(|said| said.contains("not 9999"))
                && settings.fewer_jobs().is_none()
        );
        assert_eq!(
            of(&["--jobs=0"]).unwrap_err().to_string(),
            "invalid value '0' for '--jobs <N>': 0 is not in 1..=65535"
        );
        let why = of(&["--ocr=perhaps"]).unwrap_err().to_string();
        assert!(why.ends_with("[possible values: auto, never, always]"), "{why}");
    }
}
