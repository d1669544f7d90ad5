package io.larder.storage.report;

import io.larder.protocol.conf.PeerAddress;
import io.larder.protocol.conf.StorageIdentity.IdRule;
import io.larder.protocol.fileid.GroupName;
import java.time.Duration;
import java.util.List;

/// What the reporter must know from the start.
///
/// @param group the own group
/// @param trackers all trackers, in the order of the conf
/// @param idRule how the own id is found
/// @param subdirCount `subdir_count_per_path`
/// @param uploadPriority `upload_priority`
/// @param version what is said in a join; begins with `L`
/// @param heartBeat time between beats, and between tries to reach a tracker
/// @param diskReport time between reports of space
public record ReportSettings(
    GroupName group,
    List<PeerAddress> trackers,
    IdRule idRule,
    int subdirCount,
    int uploadPriority,
    String version,
    Duration heartBeat,
    Duration diskReport) {
  public ReportSettings {
    trackers = List.copyOf(trackers);
    if (trackers.isEmpty()) {
      throw new IllegalArgumentException("tracker_server: at least one is needed");
    }
  }
}
