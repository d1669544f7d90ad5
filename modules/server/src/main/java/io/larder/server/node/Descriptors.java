package io.larder.server.node;

import com.sun.management.UnixOperatingSystemMXBean;
import java.lang.management.ManagementFactory;

/// How many connections this process can hold: the tracker, the storage and HTTP share the descriptors that it may open.
public final class Descriptors {
  /// Descriptors that are not connections: files being read, jars, sockets of our own.
  private static final long KEPT = 256;

  private static final long UNKNOWN = 1024;
  private static final int SERVERS = 3;

  private Descriptors() {}

  /// The share of one server.
  public static int connectionsOfOneServer() {
    long descriptors =
        ManagementFactory.getOperatingSystemMXBean() instanceof UnixOperatingSystemMXBean unix
            ? unix.getMaxFileDescriptorCount()
            : UNKNOWN;
    return Math.clamp((descriptors - KEPT) / SERVERS, 64, 100_000);
  }
}
