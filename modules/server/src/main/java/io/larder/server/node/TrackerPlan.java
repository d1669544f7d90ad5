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
    boolean complete = plan.storage().isPresent();
    return complete
        ? settings.answeringReachedAddress(plan.advertise().map(TrackerPlan::advertised))
        : settings;
  }

  /// Reads `HOST[:PORT]`; a host name is looked up once, because the native protocol carries addresses.
  private static Advertised advertised(String text) {
    PeerAddress address = PeerAddress.parse(text, 0);
    String host = address.hosts().getFirst();
    OptionalInt port = address.port() == 0 ? OptionalInt.empty() : OptionalInt.of(address.port());
    try {
      return new Advertised(InetAddress.getByName(host).getHostAddress(), port);
    } catch (UnknownHostException e) {
      throw new StartFailedException(
          "tracker",
          new IllegalArgumentException("--advertise " + text + ": unknown host " + host, e));
    }
  }
}
