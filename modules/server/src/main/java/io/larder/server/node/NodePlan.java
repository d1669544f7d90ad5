package io.larder.server.node;

import io.larder.protocol.conf.PeerAddress;
import io.larder.protocol.conf.StorageConf;
import io.larder.protocol.conf.StorageIds;
import io.larder.protocol.conf.TrackerConf;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Stream;

/// Which roles a node runs and with what settings.
///
/// @param tracker the tracker role
/// @param storage the storage role
/// @param sections what stands beside the roles in their files
/// @param httpPort where HTTP is served; empty for no HTTP
/// @param advertise the address that clients are told for storages of this node
public record NodePlan(
    Optional<TrackerPart> tracker,
    Optional<StorageConf> storage,
    Sections sections,
    Optional<Integer> httpPort,
    Optional<String> advertise) {
  /// The tracker role.
  ///
  /// @param conf its settings
  /// @param ids the storages it knows by id; empty when ids are not used
  public record TrackerPart(TrackerConf conf, Optional<StorageIds> ids) {}

  /// All three roles in one process: `larder up`.
  public static NodePlan complete(
      TrackerConf tracker,
      StorageIds ids,
      StorageConf storage,
      Sections sections,
      Optional<String> advertise) {
    return new NodePlan(
        Optional.of(new TrackerPart(tracker, Optional.of(ids))),
        Optional.of(storage),
        sections,
        sections.http().port(),
        advertise);
  }

  /// A tracker alone; HTTP only when its file names a port.
  public static NodePlan tracker(TrackerConf conf, Optional<StorageIds> ids, Sections sections) {
    return new NodePlan(
        Optional.of(new TrackerPart(conf, ids)),
        Optional.empty(),
        sections,
        sections.http().port().or(conf::httpPort),
        Optional.empty());
  }

  /// A storage alone; HTTP only when its file names a port.
  public static NodePlan storage(StorageConf conf, Sections sections) {
    return new NodePlan(
        Optional.empty(),
        Optional.of(conf),
        sections,
        sections.http().port().or(conf::httpPort),
        Optional.empty());
  }

  /// The largest `work_threads` of its roles; empty when none says it.
  OptionalInt workThreads() {
    return Stream.concat(
            tracker.map(part -> part.conf().network()).stream(),
            storage.map(StorageConf::network).stream())
        .flatMap(network -> network.connections().eventLoops().stream())
        .mapToInt(Integer::intValue)
        .max();
  }

  /// The trackers that the node's own client asks.
  List<PeerAddress> trackers() {
    return storage
        .map(StorageConf::trackers)
        .orElseGet(() ->
            tracker
                .map(part -> List.of(ownTracker(part.conf())))
                .orElseThrow(() -> new IllegalStateException("a node without roles")));
  }

  static PeerAddress ownTracker(TrackerConf conf) {
    List<String> bound = conf.network().bindAddresses();
    return new PeerAddress(
        List.of(bound.isEmpty() ? "127.0.0.1" : bound.getFirst()), conf.network().port());
  }
}
