package io.larder.http;

import io.larder.http.download.DownloadPolicy;
import io.larder.http.operations.Operations;
import io.larder.http.remote.Elsewhere;
import io.larder.platform.WallClock;
import io.larder.protocol.fileid.GroupName;
import io.larder.protocol.fileid.Source;
import io.larder.store.Store;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Predicate;

/// What the HTTP role needs of its node.
///
/// @param settings the `[http]` section
/// @param files what is known of files
/// @param downloads the keys of http.conf, and what goes with them
/// @param operations what operators are told
/// @param pages a folder to read the pages from instead of those in the jar
/// @param clock the time of day
/// @param counters count what is done
public record HttpNode(
    HttpSettings settings,
    FilePlaces files,
    DownloadPolicy.Conf downloads,
    Operations operations,
    Optional<Path> pages,
    WallClock clock,
    HttpCounters counters) {

  /// Where files are.
  ///
  /// @param group the group of URLs without one
  /// @param store the store of this node, if it has one
  /// @param own whether a source in a file name is this very storage
  /// @param elsewhere the rest of the cluster, if there is any
  public record FilePlaces(
      GroupName group,
      Optional<Store> store,
      Predicate<Source> own,
      Optional<Elsewhere> elsewhere) {}
}
