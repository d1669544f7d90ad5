package io.larder.cluster.view;

import io.larder.protocol.conf.RwMode;
import io.larder.protocol.fileid.StorageId;

/// Who a storage is: its id, where it is reached, what it may be used for.
///
/// @param order the place in which it was added to its group; files keep storages in this order
public record Identity(StorageId id, Addresses addresses, int port, RwMode mode, int order) {
  /// `ip:port` of the first address.
  public String hostAndPort() {
    String ip = addresses.first();
    return ip.indexOf(':') >= 0 ? "[" + ip + "]:" + port : ip + ":" + port;
  }

  public Identity withPort(int newPort) {
    return new Identity(id, addresses, newPort, mode, order);
  }
}
