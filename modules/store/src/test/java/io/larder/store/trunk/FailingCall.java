package io.larder.store.trunk;

import io.larder.platform.Disk;
import io.larder.platform.Errno;
import io.netty.buffer.ByteBuf;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Makes one call of a disk fail: the nth of a kind after it is armed. An append does half of its work,
/// as on a full disk, all others nothing. The calls that do not fail are done, but nothing is synced: that costs time,
/// and no power is lost here.
final class FailingCall implements InvocationHandler {
  /// Calls that change something.
  static final List<String> CHANGING =
      List.of(
          "open",
          "unlink",
          "rename",
          "write",
          "append",
          "copy",
          "truncate",
          "sync",
          "syncData",
          "syncDirectory");

  private final Disk disk;
  private final String call;
  private int left;
  private boolean armed;

  /// @param call name of the method
  /// @param nth how many of them are done before, once armed
  FailingCall(Disk disk, String call, int nth) {
    this.disk = disk;
    this.call = call;
    left = nth;
  }

  Disk disk() {
    return (Disk)
        Proxy.newProxyInstance(Disk.class.getClassLoader(), new Class<?>[] {Disk.class}, this);
  }

  synchronized void arm() {
    armed = true;
  }

  synchronized void disarm() {
    armed = false;
  }

  private synchronized boolean strikes(String name) {
    return armed && name.equals(call) && left-- == 0;
  }

  @Override
  public @Nullable Object invoke(Object proxy, Method method, Object @Nullable [] arguments)
      throws Throwable {
    if (strikes(method.getName())) {
      if (method.getName().equals("append") && arguments != null) {
        return disk.append(
            (int) arguments[0], (ByteBuf) arguments[1], (int) arguments[2], (int) arguments[3] / 2);
      }
      return method.getReturnType() == long.class ? (Object) (long) -Errno.EIO : -Errno.EIO;
    }
    if (method.getName().startsWith("sync")) {
      return 0;
    }
    try {
      return method.invoke(disk, arguments);
    } catch (InvocationTargetException e) {
      throw e.getCause() == null ? e : e.getCause();
    }
  }
}
