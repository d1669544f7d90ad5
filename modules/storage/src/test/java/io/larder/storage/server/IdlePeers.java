package io.larder.storage.server;

import java.util.ArrayList;
import java.util.List;

/// The second process of [IdleConnectionsIT]: opens connections, uses each once, holds them until its input ends.
public final class IdlePeers {
  private IdlePeers() {}

  /// Opens, uses, holds.
  ///
  /// @param arguments port and number of connections
  public static void main(String[] arguments) throws Exception {
    int port = Integer.parseInt(arguments[0]);
    int count = Integer.parseInt(arguments[1]);
    List<Peer> peers = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      Peer peer = new Peer(port);
      if (!peer.isOpen()) {
        throw new IllegalStateException("connection " + i + " is not served");
      }
      peers.add(peer);
    }
    System.out.println("open " + peers.size());
    System.out.flush();
    while (System.in.read() >= 0) {
      // until the test closes our input
    }
    for (Peer peer : peers) {
      if (!peer.isOpen()) {
        throw new IllegalStateException("a connection is gone");
      }
    }
    System.out.println("still open " + peers.size());
  }
}
