package io.larder.tracker;

import io.larder.cluster.identity.IdentityPolicy;
import io.larder.cluster.identity.KnownIds;
import io.larder.cluster.registry.Rulebook;
import io.larder.cluster.select.SelectionPolicy;
import io.larder.protocol.conf.StorageIds;
import io.larder.protocol.conf.TrackerConf;
import io.larder.protocol.conf.TrackerConf.WideAddresses;
import io.larder.protocol.wire.AddressWidth;
import java.net.InetAddress;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Predicate;

/// Everything the tracker role is told.
///
/// @param conf tracker.conf
/// @param ids storage_ids.conf; there exactly when the conf uses storage ids
/// @param version what it says its version is, at most 8 characters; begins with `L`
/// @param answerReachedAddress a client is told the address it reached the tracker at, for a storage
///     on the tracker's own host: how a node without conf files is found from anywhere
/// @param advertised overrides that address
/// @param peersOnly commands between trackers are taken from known servers only
public record TrackerSettings(
    TrackerConf conf,
    Optional<StorageIds> ids,
    String version,
    boolean answerReachedAddress,
    Optional<Advertised> advertised,
    boolean peersOnly) {

  public TrackerSettings {
    if (conf.ids().useStorageId() != ids.isPresent()) {
      throw new IllegalArgumentException("use_storage_id and a list of storage ids go together");
    }
  }

  /// A tracker that does what its conf file says and nothing more.
  public static TrackerSettings of(TrackerConf conf, Optional<StorageIds> ids, String version) {
    return new TrackerSettings(conf, ids, version, false, Optional.empty(), true);
  }

  /// The same for a node without conf files, see [#answerReachedAddress].
  public TrackerSettings answeringReachedAddress(Optional<Advertised> override) {
    return new TrackerSettings(conf, ids, version, true, override, peersOnly);
  }

  /// The folder of its files.
  public Path basePath() {
    return Path.of(conf.basePath());
  }

  /// The rules of the cluster with these settings.
  public Rulebook rules() {
    KnownIds known = ids.map(KnownIds::of).orElse(KnownIds.NONE);
    return new Rulebook(
        SelectionPolicy.of(
            conf.selection(),
            conf.trunk().enabled(),
            conf.oversight().syncFileMaxDelay(),
            conf.oversight().syncFileMaxTime()),
        new IdentityPolicy(
            conf.ids().useStorageId(),
            conf.ids().inFileName(),
            conf.ids().trustServerId(),
            conf.oversight().followAddressChange(),
            known),
        conf.oversight().checkActiveInterval());
  }

  /// The width of addresses in answers to clients (S1 §2.4).
  public AddressWidth width() {
    boolean wide =
        conf.wideAddresses() == WideAddresses.ALWAYS || ids.map(StorageIds::hasV6).orElse(false);
    return wide ? AddressWidth.WIDE : AddressWidth.NARROW;
  }

  /// Where to listen; the first of two addresses, all when none is given.
  String host() {
    return conf.network().bindAddresses().stream().findFirst().orElse("0.0.0.0");
  }

  /// Longest frame.
  int bufferBytes() {
    return Math.toIntExact(conf.network().connections().bufferSize().bytes());
  }

  /// Who may connect; names have been looked up by whoever read the conf file.
  Predicate<InetAddress> allowedHosts() {
    return conf.network().allowHosts()::allows;
  }
}
