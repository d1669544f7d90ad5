package io.larder.cluster.select;

import io.larder.protocol.fileid.GroupName;
import java.time.Duration;
import java.util.Optional;

/// How the tracker chooses, from tracker.conf (S2 §3.3).
///
/// @param storeGroup the group of [GroupRule#NAMED], else empty
/// @param trunk small files go to trunk files: their free space counts
/// @param syncMaxDelay `storage_sync_file_max_delay`: after this every replica is taken to be complete
/// @param syncMaxTime `storage_sync_file_max_time`: how long one file may take to be copied
public record SelectionPolicy(
    GroupRule groupRule,
    Optional<GroupName> storeGroup,
    ServerRule serverRule,
    PathRule pathRule,
    DownloadRule downloadRule,
    ReservedSpace reserved,
    boolean trunk,
    Duration syncMaxDelay,
    Duration syncMaxTime) {

  public SelectionPolicy {
    if (groupRule == GroupRule.NAMED && storeGroup.isEmpty()) {
      throw new IllegalArgumentException("store_group is required with store_lookup = 1");
    }
    if (trunk && serverRule == ServerRule.ROUND_ROBIN) {
      // trunk slots are handed out by one server: uploads gather at one too, as C forces it
      serverRule = ServerRule.FIRST_BY_ID;
    }
  }

  /// `store_lookup`: which group takes an upload that names none.
  public enum GroupRule {
    ROUND_ROBIN,
    NAMED,
    MOST_FREE
  }

  /// `store_server`: which storage of the group takes an upload.
  public enum ServerRule {
    ROUND_ROBIN,
    FIRST_BY_ID,
    FIRST_BY_PRIORITY
  }

  /// `store_path`: which store path takes an upload; the values 0 and 2 of the file.
  public enum PathRule {
    ROUND_ROBIN,
    MOST_FREE
  }

  /// `download_server`: which storage serves a download.
  public enum DownloadRule {
    ROUND_ROBIN,
    SOURCE_FIRST
  }
}
