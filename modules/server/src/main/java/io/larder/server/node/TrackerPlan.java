package io.larder.server.node;

import io.larder.protocol.conf.PeerAddress;
import io.larder.tracker.Advertised;
import io.larder.tracker.TrackerSettings;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.OptionalInt;

/// What a node tells its tracker role.
final class TrackerPlan {
  private TrackerPlan() {}

  static TrackerSettings settings(NodePlan plan, NodePlan.TrackerPart part, String version) {
    TrackerSettings settings = TrackerSettings.of(part.conf(), part.ids(), version);
    return plan.storage()
        .map(conf -> conf.network().port())
        .map(port ->
            settings.answeringReachedAddress(plan.advertise().map(text -> advertised(text, port))))
        .orElse(settings);
  }

  /// Reads `HOST[:PORT]`; a host name is looked up once, because the native protocol carries addresses.
  private static Advertised advertised(String text, int storagePort) {
    PeerAddress address = PeerAddress.parse(text, storagePort);
    String host = address.hosts().getFirst();
    OptionalInt port = OptionalInt.of(address.port());
    try {
      return new Advertised(InetAddress.getByName(host).getHostAddress(), port);
    } catch (UnknownHostException e) {
      throw new StartFailedException(
          "tracker",
          new IllegalArgumentException("--advertise " + text + ": unknown host " + host, e));
    }
  }
}
