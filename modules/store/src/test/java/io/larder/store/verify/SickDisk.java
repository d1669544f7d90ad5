package io.larder.store.verify;

import io.larder.platform.Disk;
import io.larder.platform.Errno;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.List;
import java.util.Set;

/// A disk on which some names cannot be read.
final class SickDisk {
  private static final Set<String> BY_NAME = Set.of("open", "list");

  private SickDisk() {}

  /// Every open and list of one of the names answers `EIO`.
  static Disk of(Disk disk, String... names) {
    List<String> sick = List.of(names);
    return (Disk)
        Proxy.newProxyInstance(
            SickDisk.class.getClassLoader(),
            new Class<?>[] {Disk.class},
            (_, method, arguments) -> {
              boolean isSick = BY_NAME.contains(method.getName()) && sick.contains(arguments[1]);
              if (isSick) {
                return -Errno.EIO;
              }
              try {
                return method.invoke(disk, arguments);
              } catch (InvocationTargetException e) {
                throw e.getCause() == null ? e : e.getCause();
              }
            });
  }
}
