//! A private server starts, dies, comes back, and leaves nothing behind.

use mithaq_cluster::{Cluster, Error, execute};
use std::path::{Path, PathBuf};

fn folders(cluster: &Cluster) -> [PathBuf; 2] {
    [cluster.home(), cluster.directory()].map(Path::to_owned)
}

#[tokio::test]
async fn a_server_keeps_what_was_written_however_it_stops_and_is_gone_when_dropped() {
    let Some(cluster) = Cluster::new() else { return };
    let url = cluster.database().await;
    execute(&url, "CREATE TABLE kept (number BIGINT)").await.unwrap();
    for (number, stop) in [Cluster::halt, Cluster::crash, Cluster::kill].into_iter().enumerate() {
        execute(&url, &format!("INSERT INTO kept VALUES ({number})")).await.unwrap();
        stop(&cluster).unwrap();
        assert!(cluster.pid().is_none());
        assert!(execute(&url, "SELECT 1").await.is_err(), "it is stopped");
        cluster.resume().unwrap();
        let rows = number + 1;
        execute(&url, &format!("SELECT 1 / CASE count(*) WHEN {rows} THEN 1 ELSE 0 END FROM kept")).await.unwrap();
    }
    let folders = folders(&cluster);
    drop(cluster);
    assert!(folders.iter().all(|folder| !folder.exists()), "{folders:?}");
}

#[tokio::test]
async fn settings_are_those_that_were_asked_for_also_after_a_restart() {
    let Some(cluster) = Cluster::new() else { return };
    cluster.configure(&[("synchronous_commit", "off"), ("cluster_name", "it's ours")]).unwrap();
    cluster.halt().unwrap();
    cluster.resume().unwrap();
    let check = "SELECT 1 / CASE WHEN current_setting('synchronous_commit') = 'off' \
        AND current_setting('cluster_name') = 'it''s ours' THEN 1 ELSE 0 END";
    execute(&cluster.url("postgres"), check).await.unwrap();
}

#[test]
fn a_server_that_cannot_start_says_why_and_leaves_nothing() {
    let parent = tempfile::Builder::new().prefix("mithaq-test-").tempdir_in("/tmp").unwrap();
    let open = std::os::unix::fs::PermissionsExt::from_mode(0o755);
    std::fs::set_permissions(parent.path(), open).unwrap();
    match Cluster::start_in(parent.path(), &[("shared_buffers", "plenty")]) {
        Err(Error::Missing) => return,
        Err(error) => assert!(error.to_string().contains("shared_buffers"), "{error}"),
        Ok(_) => panic!("it started"),
    }
    assert_eq!(std::fs::read_dir(parent.path()).unwrap().count(), 0);
}
