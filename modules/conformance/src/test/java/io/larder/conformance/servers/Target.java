package io.larder.conformance.servers;

import java.net.InetSocketAddress;

/// The servers under test as they were found when the suites began: one tracker and one storage of one group.
///
/// @param product who made them
/// @param tracker where the tracker listens
/// @param group the group that new files go to
/// @param storage where the storage listens that the tracker names
/// @param storageId the storage as the lists of the tracker name it
/// @param version what the storage says of itself
public record Target(
    Product product,
    InetSocketAddress tracker,
    String group,
    InetSocketAddress storage,
    String storageId,
    String version) {

  /// What this server answers where the two products differ.
  public Outcome outcome(Deviation deviation) {
    return isLarder() ? deviation.inLarder() : deviation.inFastdfs();
  }

  /// Whether this server behaves as the Larder column of the deviation says; for what no [Outcome] can tell.
  public boolean differs(Deviation deviation) {
    return outcome(deviation).equals(deviation.inLarder());
  }

  private boolean isLarder() {
    return product == Product.LARDER;
  }

  /// The tracker as `host:port`.
  public String trackerText() {
    return text(tracker);
  }

  /// The storage as `host:port`.
  public String storageText() {
    return text(storage);
  }

  private static String text(InetSocketAddress address) {
    return address.getAddress().getHostAddress() + ":" + address.getPort();
  }
}
