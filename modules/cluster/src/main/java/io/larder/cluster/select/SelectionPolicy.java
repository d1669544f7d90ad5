package io.larder.cluster.select;

import io.larder.protocol.conf.Selection;
import io.larder.protocol.conf.Selection.Download;
import io.larder.protocol.conf.Selection.Lookup;
import io.larder.protocol.conf.Selection.Path;
import io.larder.protocol.conf.Selection.Server;
import io.larder.protocol.fileid.GroupName;
import java.time.Duration;
import java.util.Optional;

/// How the tracker chooses, as the rules need it (S2 §3.3).
///
/// @param lookup which group takes an upload that names none
/// @param storeGroup the group of [Lookup#SPECIFIED], else empty
/// @param server which storage of the group takes an upload
/// @param path which store path takes an upload
/// @param download which storage serves a download
/// @param trunk small files go to trunk files: their free space counts
/// @param syncMaxDelay `storage_sync_file_max_delay`: after this every replica is taken to be complete
/// @param syncMaxTime `storage_sync_file_max_time`: how long one file may take to be copied
public record SelectionPolicy(
    Lookup lookup,
    Optional<GroupName> storeGroup,
    Server server,
    Path path,
    Download download,
    Reserve reserve,
    boolean trunk,
    Duration syncMaxDelay,
    Duration syncMaxTime) {

  public SelectionPolicy {
    if (lookup == Lookup.SPECIFIED && storeGroup.isEmpty()) {
      throw new IllegalArgumentException("store_group is required with store_lookup = 1");
    }
    if (trunk && server == Server.ROUND_ROBIN) {
      // trunk slots are handed out by one server: uploads gather at one too, as C forces it
      server = Server.FIRST_BY_ID;
    }
  }

  /// The policy of a conf file.
  public static SelectionPolicy of(
      Selection conf, boolean trunk, Duration syncMaxDelay, Duration syncMaxTime) {
    return new SelectionPolicy(
        conf.lookup(),
        conf.storeGroup(),
        conf.server(),
        conf.path(),
        conf.download(),
        Reserve.of(conf.reserved()),
        trunk,
        syncMaxDelay,
        syncMaxTime);
  }
}
