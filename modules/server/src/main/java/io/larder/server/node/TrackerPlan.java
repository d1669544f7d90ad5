package io.larder.server.node;

import io.larder.protocol.conf.PeerAddress;
import io.larder.protocol.wire.AddressWidth;
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
            settings.answeringReachedAddress(
                plan.advertise().map(text -> advertised(text, port, settings.width()))))
        .orElse(settings);
  }

  /// Reads `HOST[:PORT]`; a host name is looked up once, because the native protocol carries addresses.
  private static Advertised advertised(String text, int storagePort, AddressWidth width) {
    PeerAddress address = PeerAddress.parse(text, storagePort);
    String host = address.hosts().getFirst();
    OptionalInt port = OptionalInt.of(address.port());
    try {
      String ip = InetAddress.getByName(host).getHostAddress();
      if (ip.indexOf(':') >= 0 && width == AddressWidth.NARROW) {
        throw refused(
            text,
            "answers to clients have no room for an IPv6 address. Remedy: set response_ip_addr_size = IPv6"
                + " (LARDER_TRACKER_RESPONSE_IP_ADDR_SIZE=IPv6)");
      }
      return new Advertised(ip, port);
    } catch (UnknownHostException e) {
      throw refused(
          text,
          "unknown host "
              + host
              + ". Remedy: name an address, or a host that can be looked up here");
    }
  }

  private static StartFailedException refused(String text, String why) {
    return new StartFailedException(
        "tracker", new IllegalArgumentException("--advertise " + text + ": " + why));
  }
}
