package io.larder.tracker.session;

import io.larder.cluster.view.AddressClass;
import io.larder.cluster.view.StorageView;
import io.larder.protocol.conf.PeerAddress;
import io.larder.protocol.wire.AddressWidth;
import io.larder.protocol.wire.Routes.Endpoint;
import io.larder.tracker.Advertised;
import io.larder.tracker.TrackerSettings;
import io.netty.util.NetUtil;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// How one peer sees servers: which of their addresses it is told (S1 §2, architecture §9).
///
/// A storage with two addresses is shown with the one of the peer's own network. With
/// `answerReachedAddress`, a storage on the tracker's host is shown with the address that the peer
/// reached the tracker at, because that one leads there for certain. Immutable, one per connection.
final class Vantage {
  private static final int NARROW_TEXT = AddressWidth.NARROW.bytes() - 1;

  private final InetAddress peer;
  private final String peerIp;
  private final AddressClass peerClass;
  private final String localIp;
  private final int localPort;
  private final @Nullable String shown;
  private final @Nullable Advertised advertised;

  Vantage(InetSocketAddress peer, InetSocketAddress local, TrackerSettings settings) {
    this.peer = peer.getAddress();
    this.peerIp = text(peer.getAddress());
    this.peerClass = AddressClass.of(peerIp);
    this.localIp = text(local.getAddress());
    this.localPort = local.getPort();
    this.advertised = settings.answerReachedAddress() ? settings.advertised().orElse(null) : null;
    this.shown = settings.answerReachedAddress() ? shownIp(settings.width()) : null;
  }

  private @Nullable String shownIp(AddressWidth width) {
    String ip = advertised == null ? localIp : advertised.ip();
    return width == AddressWidth.NARROW && ip.length() > NARROW_TEXT ? null : ip;
  }

  /// The peer's address.
  String peerIp() {
    return peerIp;
  }

  /// The address it reached the tracker at.
  String localIp() {
    return localIp;
  }

  /// The port it reached the tracker at.
  int localPort() {
    return localPort;
  }

  /// Whether the peer is on this very host. Looks at the interfaces: for joins only.
  boolean sameHost() {
    try {
      return peer.isLoopbackAddress() || NetworkInterface.getByInetAddress(peer) != null;
    } catch (SocketException e) {
      return false; // an address that no interface can be asked about is none of ours
    }
  }

  /// The address of a storage as this peer is told.
  String ip(StorageView storage) {
    String here = shown;
    return here != null && isLocal(storage)
        ? here
        : storage.identity().addresses().chosenFor(peerClass);
  }

  /// Address and port of a storage as this peer is told.
  Endpoint endpoint(StorageView storage) {
    return new Endpoint(ip(storage), port(storage));
  }

  /// The port of a storage as this peer is told.
  int port(StorageView storage) {
    Advertised override = advertised;
    return override != null && override.storagePort().isPresent() && isLocal(storage)
        ? override.storagePort().getAsInt()
        : storage.identity().port();
  }

  /// The address of a tracker as this peer is told: its own is the one the peer reached it at.
  String ip(PeerAddress tracker, Optional<PeerAddress> self) {
    String here = shown;
    return here != null && self.isPresent() && self.get().equals(tracker)
        ? here
        : tracker.hosts().get(0);
  }

  private static boolean isLocal(StorageView storage) {
    return storage.link().isPresent() && storage.link().get().sameHost();
  }

  static String hostAndPort(String ip, int port) {
    return ip.indexOf(':') >= 0 ? "[" + ip + "]:" + port : ip + ":" + port;
  }

  private static String text(InetAddress address) {
    return NetUtil.toAddressString(address);
  }
}
